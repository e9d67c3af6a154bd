"""Runs a query on whatever can be asked, and turns the engine's complaints into ours."""

from __future__ import annotations

import re
from typing import Protocol

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

from kg.errors import UsageError
from kg.query import tokens
from kg.query.prefixes import PREFIXES
from kg.query.results import Answer, answer

_PLACE = re.compile(r"(?:error )?at (\d+):(\d+):\s*")
_LONGEST = 160
_DEEPEST = 64
_AROUND = 16


class Queryable(Protocol):
    """Anything that answers SPARQL 1.1 queries over the union of its graphs.

    `query` raises `SyntaxError` where the text is no query.
    """

    def query(self, text: str, /) -> QuerySolutions | QueryBoolean | QueryTriples:
        """The raw answer."""
        ...


def run(
    source: Queryable, text: str, *, name: str = "query", limit: int | None = None, services: bool = False
) -> Answer:
    """Ask `source`; keep the first `limit` rows.

    Raises `UsageError` where the text is not SPARQL (line, column and what was expected), is an update,
    or asks another server (`SERVICE`) without `services`.
    """
    check(text, name=name, services=services)
    try:
        return answer(source.query(text), limit)
    except SyntaxError as error:
        raise UsageError(f"{name}{_message(str(error), text)}") from error


def check(text: str, *, name: str = "query", services: bool = False) -> None:
    """Raises `UsageError` where the text is an update, is nested without end, or asks another server without
    `services`."""
    keyword = tokens.update(text)
    if keyword is not None:
        raise UsageError(f"{name}: only queries are run, and {keyword} is an update")
    if tokens.depth(text) > _DEEPEST:  # the engine's parser would overflow its stack, and end the process
        raise UsageError(f"{name}: is nested more than {_DEEPEST} levels deep: write it flatter")
    if not services and tokens.calls_service(text):
        raise UsageError(f"{name}: SERVICE asks another server: allow it with --allow-service")


def _message(message: str, text: str) -> str:
    """The engine's message as `, line 2, column 19: …`, on one short line.

    The engine names the furthest place that it came to, which may lie just behind the fault.
    """
    match = _PLACE.match(message)
    rest = " ".join(message[match.end() if match else 0 :].split())
    if match is None:
        return f": {rest[:_LONGEST]}"
    missing = tokens.undeclared(text)
    if missing and "Prefix not found" in rest:
        before, prefix = text[: missing[0].begin], missing[0].text.partition(":")[0]
        where = f", line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"
        known = PREFIXES.get(prefix, "IRI")
        return f"{where}: the prefix {prefix}: is not declared: begin with PREFIX {prefix}: <{known}>"
    where = f", line {match[1]}, column {match[2]}"
    lines = [*text.splitlines(), ""]
    line, column = lines[min(int(match[1]), len(lines)) - 1], int(match[2]) - 1
    near = line[max(column - _AROUND, 0) : column + _AROUND].strip()
    spot = f"near '{near}'" if near else "before this line" if int(match[1]) > 1 else "at its end"
    wanted = [one.strip() for one in rest.removeprefix("expected ").removeprefix("one of ").split(", ")]
    plain = [one for one in wanted if re.fullmatch(r"[A-Za-z][A-Za-z ]*", one)]
    sentence = next((one for one in plain if " " in one), None)
    if sentence is not None:
        return f"{where}: {sentence}"
    hint = f": expected {' or '.join(plain)}" if near and len(plain) == len(wanted) else ""
    return f"{where}: no SPARQL {spot}{hint}"
