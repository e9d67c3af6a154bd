"""The graph that the tests ask, and how its answers are written down."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store

from kg.query import binding, engine, formats, saved
from kg.query.results import Bindings
from kg.resources import queries_dir

DATA = Path(__file__).parent / "data" / "ardan.trig"
ROWS = Path(__file__).parent / "query" / "rows"


class Ardan:
    """The invented war of two articles, in memory."""

    def __init__(self, more: str = "") -> None:
        self.store = Store()
        self.store.load(path=str(DATA))
        self.store.load(more.encode(), RdfFormat.TURTLE)

    def query(self, text: str, /) -> QuerySolutions | QueryBoolean | QueryTriples:
        return self.store.query(text, use_default_graph_as_union=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question and the rows that it is answered with, as a person reads them."""

    query: str
    params: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join((self.query, *(f"{key}={value}" for key, value in self.params)))


def cases() -> list[Case]:
    """Every case of the folder `rows`: `> query: key=value; key=value`, the headings, the rows."""
    found = []
    for path in sorted(ROWS.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            ask, *rows = block.strip("\n").splitlines()
            query, _, params = ask.removeprefix("> ").partition(":")
            pairs = [one.strip().split("=", 1) for one in params.split(";") if one.strip()]
            found.append(
                Case(query=query, params=tuple((key, value) for key, value in pairs), rows=tuple(rows))
            )
    return found


def text_of(case: Case, source: engine.Queryable) -> tuple[saved.SavedQuery, str]:
    """The saved query of a case, and its SPARQL with the parameters filled in."""
    query = saved.find_query(case.query, queries_dir())
    return query, binding.fill(query.text, binding.bind(query, case.params, source))


def readable(query: saved.SavedQuery, answer: Bindings) -> tuple[str, ...]:
    """Headings and rows as a case has them."""
    shown = formats.for_reading(answer, query)
    rows = (" | ".join(formats.plain(one) for one in row).rstrip() for row in shown.rows)
    return (" | ".join(shown.variables), *rows)
