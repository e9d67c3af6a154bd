"""One RDF file in another syntax, sorted, so that the same quads give the same bytes."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import ResourceError
from kg.rdf.formats import OutputFormat
from kg.rdf.writer import write_quads
from kg.vocabulary import RDF

_SYNTAXES = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


def convert(source: Path, stream: IO[bytes], output: OutputFormat) -> int:
    """Write what the file `source` holds to `stream`; the number of triples or quads.

    Formats without named graphs get the union. Memory holds all quads at once. Raises `ResourceError`
    where `source` cannot be read.
    """
    gzipped = source.suffix.lower() == ".gz"
    ending = (source.with_suffix("") if gzipped else source).suffix.lower()
    if not source.is_file():
        raise ResourceError(f"{source}: no such file")
    if ending not in _SYNTAXES:
        raise ResourceError(
            f"{source}: no RDF by its ending: use one of {' '.join(_SYNTAXES)}, each also .gz"
        )
    try:
        with source.open("rb") as raw:
            data = cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if gzipped else raw
            quads = set(parse(data, _SYNTAXES[ending], base_iri=source.resolve().as_uri()))
    except SyntaxError as error:
        where = f", line {error.lineno}" if error.lineno else ""
        raise ResourceError(f"{source}{where}: {' '.join(str(error.msg).split())}") from None
    except (OSError, EOFError) as error:
        raise ResourceError(f"{source}: {getattr(error, 'strerror', None) or error}") from None
    if not output.named_graphs:
        quads = {Quad(quad.subject, quad.predicate, quad.object) for quad in quads}
    write_quads(_sorted(quads), stream, output)
    return len(quads)


def _sorted(quads: set[Quad]) -> Iterator[Quad]:
    """By graph, subject (types first), predicate and value."""
    return iter(sorted(quads, key=_key))


def _key(quad: Quad) -> tuple[str, str, bool, str, str]:
    predicate = quad.predicate.value
    return (str(quad.graph_name), _text(quad.subject), predicate != RDF.type, predicate, _text(quad.object))


def _text(term: NamedNode | BlankNode | Literal | Triple) -> str:
    return str(term)
