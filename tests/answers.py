"""Answers as they are compared: as sets, terms as N-Triples."""

from __future__ import annotations

import io

from pyoxigraph import RdfFormat, parse

from kg.query.results import Answer, Bindings, Graph
from kg.store.protocol import Store


def rows(answer: Answer) -> frozenset[tuple[str | None, ...]]:
    """The rows or triples of an answer."""
    if isinstance(answer, Bindings):
        return frozenset(tuple(None if cell is None else str(cell) for cell in row) for row in answer.rows)
    assert isinstance(answer, Graph)
    return frozenset((str(triple),) for triple in answer.triples)


def triples_of(store: Store) -> set[object]:
    """All that a store holds, whatever graph it is in."""
    stream = io.BytesIO()
    store.dump(stream)
    return {quad.triple for quad in parse(stream.getvalue(), RdfFormat.N_QUADS)}
