"""How names are written: abbreviations, compounds, lines in capitals, datelines, full names in brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from kg.annotate.columns import HYPHENS, Columns

MIXED = re.compile(r"[A-Z][a-z]{1,2}[A-Z]{1,2}")  # *MoD*: a written word has no capital inside
COMPOUND = re.compile(r"[^\W\d_]+(?:[-‐‑–][^\W\d_]{1,3}(?=[-‐‑–]))+[-‐‑–][^\W\d_]+")  # *Aix-en-Othe*
NUMBERED = re.compile(r"[A-Z]{1,4}-?\d{1,3}")  # *MS-13*
INITIALS = re.compile(r"(?:[A-Z]\.){1,3}")
_ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,7}[A-Z]")
_LONG, _MOST = 5, 0.7  # letters of an acronym that may hold more than first letters, and the share of those
_FARTHEST = 12  # tokens before an acronym that its full name may begin


def inside(c: Columns, i: int) -> bool:
    """Whether token `i` is capitalised where a common noun would not be."""
    if not c.capital[i] or not c.text[i][0].isalpha():
        return False
    start = c.starts[c.sentence[i]]
    before = i - 1
    while before >= start and (c.space[before] or c.pos[before] == "PUNCT"):
        if c.text[before] in "“\"‘'(:—–--":
            return False
        before -= 1
    return before >= start and c.pos[i] == "PROPN"


def acronym(name: str) -> bool:
    """Whether the name is short and all capitals."""
    return name.isalpha() and name.isupper() and 2 <= len(name) <= 6


def joins(c: Columns, i: int) -> bool:
    """Whether token `i` joins the parts of a name that it stands in with a capital (*Doctors Without X*)."""
    return c.text[i] == "Without" and c.tag[i] == "IN"


def dateline(c: Columns, i: int) -> bool:
    """Whether token `i`, in capitals, begins a sentence as the place of a dateline (*TUNIS (Agency) -*)."""
    text = c.text[i]
    if len(text) < 3 or not text.isupper() or not text.isalpha():
        return False
    start = c.starts[c.sentence[i]]
    if any(not c.space[k] and not c.text[k].isupper() for k in range(start, i)):
        return False
    stop = min(i + 14, len(c))
    dash = next((k for k in range(i + 1, stop) if c.text[k] in ("-", "--", "–", "—")), None)
    return dash is not None and not c.glued[dash - 1]


def headlines(c: Columns) -> list[bool]:
    """For each sentence, whether nearly all its words are capitalised and no full stop ends it."""
    found = []
    for s, start in enumerate(c.starts):
        end = c.starts[s + 1] if s + 1 < len(c.starts) else len(c)
        words = [i for i in range(start, end) if c.text[i][0].isalpha() and len(c.text[i]) > 3]
        capitals = sum(c.text[i][0].isupper() for i in words)
        last = next((c.text[k] for k in range(end - 1, start - 1, -1) if not c.space[k]), "")
        found.append(last != "." and len(words) >= 4 and capitals >= 0.8 * len(words))
    return found


def capitals_only(c: Columns) -> list[bool]:
    """For each sentence, whether it is a line all in capitals."""
    found = []
    for s, start in enumerate(c.starts):
        end = c.starts[s + 1] if s + 1 < len(c.starts) else len(c)
        words = [i for i in range(start, end) if c.text[i].isalpha()]
        found.append(len(words) >= 3 and all(c.text[i].isupper() for i in words))
    return found


def told_in_full(c: Columns, marks: list[bool], links: Collection[str]) -> dict[int, int]:
    """Where names begin and end that an acronym in brackets behind them is made of.

    Each word with a capital gives a letter, in their order, and so may the others (after Schwartz and
    Hearst 2003).
    """
    found: dict[int, int] = {}
    for at in range(2, len(c) - 2):
        closed = c.text[at + 2] in (")", ",", ";")
        if c.text[at] != "(" or not closed or not _ACRONYM.fullmatch(c.text[at + 1]):
            continue
        letters = c.text[at + 1].upper()
        start = at
        for k in range(at - 1, max(c.starts[c.sentence[at]], at - _FARTHEST) - 1, -1):
            if c.capital[k]:
                if _spells(letters, c.text[k:at]) or _begins(letters, c, k, at):
                    start = k
                    break
                if c.text[k][0] == letters[0] and c.lower[k + 1] in ("of", "for"):
                    start = k  # of another language's letters
            elif c.lower[k] not in links and c.text[k] not in HYPHENS and c.tag[k] != "POS":
                break
        if start < at - 1 and not all(marks[start:at]):
            found[start] = at
    return found


def _begins(letters: str, c: Columns, start: int, at: int) -> bool:
    """Whether a name behind *the* has most of the letters of a long acronym among its first ones."""
    if len(letters) < _LONG or start == 0 or c.lower[start - 1] != "the":
        return False
    first = Counter(word[0].upper() for word in c.text[start:at] if word[0].isupper())
    return first.total() >= _LONG and (first & Counter(letters)).total() >= _MOST * len(letters)


def _spells(letters: str, words: list[str]) -> bool:
    """Whether the first letters of the words with a capital, or of all, are those of an acronym."""
    parts = [word for word in words if word[0].isalpha()]
    capitals = "".join(word[0] for word in parts if word[0].isupper())
    if len(letters) > 2 and sorted(letters) == sorted(capitals):
        return True  # Forces of the North (FN) in another language's order
    return letters in (capitals, "".join(word[0].upper() for word in parts))
