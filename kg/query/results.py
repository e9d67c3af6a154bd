"""What a query answers: rows, a yes or no, or triples, as RDF terms of pyoxigraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple

Term: TypeAlias = NamedNode | BlankNode | Literal
Answer: TypeAlias = "Bindings | Boolean | Graph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bindings:
    """The answer of SELECT: the names of the columns, and rows to be read once; None is unbound."""

    variables: tuple[str, ...]
    rows: Iterator[tuple[Term | None, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Boolean:
    """The answer of ASK."""

    value: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The answer of CONSTRUCT or DESCRIBE: triples to be read once."""

    triples: Iterator[Triple]


def answer(raw: QuerySolutions | QueryBoolean | QueryTriples, limit: int | None = None) -> Answer:
    """`raw` as one of ours, cut to its first `limit` rows or triples."""
    if isinstance(raw, QueryBoolean):
        return Boolean(value=bool(raw))
    if isinstance(raw, QueryTriples):
        return Graph(triples=islice(raw, limit))
    variables = tuple(variable.value for variable in raw.variables)
    width = range(len(variables))
    return Bindings(variables=variables, rows=(tuple(row[at] for at in width) for row in islice(raw, limit)))
