"""A store in memory, read from one RDF file; the file is not changed."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from pyoxigraph import DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat
from pyoxigraph import Store as Oxigraph

from kg.errors import ResourceError, reason

_WHERE = re.compile(r"^Parser error at line \d+ .*?: ")
FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
    ".n3": RdfFormat.N3,
}


class MemoryStore:
    """Quads in memory; `open_file` makes one."""

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
    """Read an RDF file, its format taken from the ending (one of `FORMATS`, each also with ``.gz``).

    Raises `ResourceError` where the file is missing, of no known ending, broken (with the line) or cut.
    """
    packed = path.suffix.lower() == ".gz"
    ending = (path.with_suffix("") if packed else path).suffix.lower()
    chosen = FORMATS.get(ending)
    if path.is_dir():
        raise ResourceError(f"{path}: is a folder, and --data takes a file")
    if not path.exists():
        raise ResourceError(f"{path}: no such file")
    if chosen is None:
        raise ResourceError(f"{path}: no RDF by its ending: use one of {' '.join(FORMATS)}, each also .gz")
    quads = Oxigraph()
    try:
        with path.open("rb") as raw:
            stream = cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if packed else raw
            quads.bulk_load(stream, chosen, base_iri=path.resolve().as_uri())
    except SyntaxError as error:
        where = f", line {error.lineno}, column {error.offset}" if error.lineno else ""
        what = _WHERE.sub("", " ".join(str(error.msg).split()))
        raise ResourceError(f"{path}{where}: {what}") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ResourceError(f"{path}: the gzip file is broken or cut: {error}") from error
    except OSError as error:
        raise ResourceError(f"{path}: cannot be read: {reason(error)}") from error
    return MemoryStore(quads)
