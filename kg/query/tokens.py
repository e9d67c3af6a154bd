"""The tokens of a SPARQL text, as far as filling in parameters and refusing services need them.

Follows the terminals of SPARQL 1.1, section 19.8. Nothing is parsed here: the engine does that. What
matters is that a comment, a string or an IRI is never taken for anything else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*'''|\"{3}(?:"{0,2}(?:[^"\\]|\\.))*\"{3}
        |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
    | (?P<variable>[?$]\w+)
    | (?P<name>[\w.-]{0,200}:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<space>\s+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_OPEN, _CLOSED, _UNARY = frozenset("{(["), frozenset("})]"), frozenset("!^+-")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "INSERT", "DELETE", "WITH")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One token: its kind (a group of the pattern above), its text, where it begins and ends."""

    kind: str
    text: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A `VALUES ?name { … }` over one variable: the place of a parameter. `begin` is after its ``{``,
    `end` before its ``}``; `free` when all that stands there is ``UNDEF``."""

    name: str
    begin: int
    end: int
    free: bool


def tokens(text: str) -> list[Token]:
    """The tokens of `text` in order, without spaces and comments."""
    return [
        Token(kind=match.lastgroup or "other", text=match.group(), begin=match.start(), end=match.end())
        for match in _TOKEN.finditer(text)
        if match.lastgroup not in ("space", "comment")
    ]


def slots(text: str) -> list[Slot]:
    """Every `VALUES ?name { … }` over a single variable, in order of the text."""
    found = []
    line = tokens(text)
    for at, token in enumerate(line):
        if token.kind != "word" or token.text.upper() != "VALUES" or at + 2 >= len(line):
            continue
        variable, brace = line[at + 1], line[at + 2]
        if variable.kind != "variable" or brace.text != "{":
            continue
        close = at + 3
        while close < len(line) and line[close].text != "}":
            close += 1
        if close == len(line):
            continue
        inside = line[at + 3 : close]
        found.append(
            Slot(
                name=variable.text[1:],
                begin=brace.end,
                end=line[close].begin,
                free=len(inside) == 1 and inside[0].text.upper() == "UNDEF",
            )
        )
    return found


def undeclared(text: str) -> list[Token]:
    """The prefixed names in `text` whose prefix no `PREFIX` line declares."""
    line = tokens(text)
    declared = {
        name.text.rstrip(":")
        for keyword, name in pairwise(line)
        if keyword.text.upper() == "PREFIX" and name.kind == "name"
    }
    return [one for one in line if one.kind == "name" and one.text.partition(":")[0] not in declared]


def form(text: str) -> str | None:
    """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; None where the text is no query."""
    for token in tokens(text):
        if token.kind == "word" and token.text.upper() in _FORMS:
            return token.text.upper()
    return None


def update(text: str) -> str | None:
    """The keyword of SPARQL 1.1 Update that the text begins with after its prologue, or None."""
    for token in tokens(text):
        word = token.text.upper()
        if token.kind == "word" and word in _FORMS:
            return None
        if token.kind == "word" and word in _UPDATES:
            return word
    return None


def depth(text: str) -> int:
    """How many brackets, or signs of one operand in a row, stand open at once at most."""
    deepest, level, signs = 0, 0, 0
    for token in tokens(text):
        signs = signs + 1 if token.text in _UNARY else 0
        level += (token.text in _OPEN) - (token.text in _CLOSED)
        deepest = max(deepest, level + signs)
    return deepest


def calls_service(text: str) -> bool:
    """Whether the text asks another server (`SERVICE`), written with escapes or not."""
    plain = _ESCAPE.sub(_character, text)
    return any(
        token.kind == "word" and token.text.upper() == "SERVICE"
        for version in {text, plain}
        for token in tokens(version)
    )


def _character(match: re.Match[str]) -> str:
    """The character that a `\\u` escape stands for; the escape itself where there is none such."""
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match.group()
