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
    """Raises `UsageError` where the text is an update, or asks another server without `services`."""
    keyword = tokens.update(text)
    if keyword is not None:
        raise UsageError(f"{name}: only queries are run, and {keyword} is an update")
    if not services and tokens.calls_service(text):
        raise UsageError(f"{name}: SERVICE asks another server: allow it with --allow-service")


def _message(message: str, text: str) -> str:
    """The engine's message as `, line 2, column 19: …`, on one short line."""
    match = _PLACE.match(message)
    where = f", line {match[1]}, column {match[2]}" if match else ""
    rest = " ".join(message[match.end() if match else 0 :].split())
    missing = sorted(tokens.undeclared_prefixes(text))
    if missing and "Prefix not found" in rest:
        known = PREFIXES.get(missing[0], "IRI")
        return f"{where}: the prefix {missing[0]}: is not declared: begin with PREFIX {missing[0]}: <{known}>"
    if rest.startswith("expected one of "):
        wanted = [one.strip() for one in rest.removeprefix("expected one of ").split(", ")]
        plain = [one for one in wanted if re.fullmatch(r"[A-Za-z][A-Za-z ]*", one)]
        rest = f"expected {' or '.join(plain[:6])}" if plain else rest
    return f"{where}: {rest[:_LONGEST]}"
