"""Quads as N-Triples text of the union of their graphs, which every engine reads."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

Dump = Callable[[IO[bytes]], object]
"""Writes quads to the stream that it is given, as N-Quads."""


def union_text(source: Dump | Iterable[Quad]) -> tuple[str, int]:
    """N-Triples of the quads of `source` without their graphs, and how many they are."""
    count = 0

    def triples() -> Iterator[Triple]:
        nonlocal count
        for quad in _quads(source):
            count += 1
            yield quad.triple

    buffer = io.BytesIO()
    serialize(triples(), buffer, RdfFormat.N_TRIPLES)
    return buffer.getvalue().decode(), count


def _quads(source: Dump | Iterable[Quad]) -> Iterable[Quad]:
    if not callable(source):
        return source
    dumped = io.BytesIO()
    source(dumped)
    return parse(dumped.getvalue(), RdfFormat.N_QUADS)
