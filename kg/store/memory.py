"""A store in memory, read from one RDF file; the file is not changed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from pyoxigraph import DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat
from pyoxigraph import Store as Oxigraph

from kg.errors import ResourceError
from kg.store.rdf_file import rdf_file


class MemoryStore:
    """Quads in memory; `open_file` and `read_lines` make one."""

    def __init__(self, quads: Oxigraph) -> None:
        self._quads = quads

    def query(self, text: str, /) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Ask a query over the union of all graphs; raises `SyntaxError` where the text is no query."""
        return self._quads.query(text, use_default_graph_as_union=True)

    def graphs(self) -> Iterator[str | None]:
        """The IRIs of the named graphs, sorted; None, first, for a default graph that holds something."""
        if next(self._quads.quads_for_pattern(None, None, None, DefaultGraph()), None) is not None:
            yield None
        yield from sorted(name.value for name in self._quads.named_graphs())

    def dump(self, stream: IO[bytes], /, graph: str | None = None) -> None:
        """Write all quads as N-Quads, or the triples of `graph` as N-Triples."""
        if graph is None:
            self._quads.dump(stream, RdfFormat.N_QUADS)
        else:
            self._quads.dump(stream, RdfFormat.N_TRIPLES, from_graph=NamedNode(graph))

    def __len__(self) -> int:
        return len(self._quads)

    def close(self) -> None:
        """Nothing is open."""


def open_file(path: Path) -> MemoryStore:
    """Read an RDF file, its format taken from the ending (`kg.store.rdf_file.FORMATS`).

    Raises `ResourceError` where the file is missing, of no known ending, broken (with the line) or cut.
    """
    if path.is_dir():
        raise ResourceError(f"{path}: is a folder, and --data takes a file")
    quads = Oxigraph()
    with rdf_file(path) as (stream, syntax):
        quads.bulk_load(stream, syntax, base_iri=path.resolve().as_uri())
    return MemoryStore(quads)


def read_lines(feed: Callable[[IO[bytes]], object]) -> MemoryStore:
    """The quads that `feed` writes to the stream that it is given, as N-Quads."""
    lines = io.BytesIO()
    feed(lines)
    quads = Oxigraph()
    quads.bulk_load(lines.getvalue(), RdfFormat.N_QUADS)
    return MemoryStore(quads)
