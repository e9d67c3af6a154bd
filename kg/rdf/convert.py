"""One RDF file in another syntax, sorted, so that the same quads give the same bytes."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, parse, serialize

from kg.errors import ResourceError, reason
from kg.rdf.formats import OutputFormat
from kg.rdf.syntax import write_quads
from kg.vocabulary import RDF

_TYPE = f"> <{RDF.type}> ".encode()
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

    Formats without named graphs get the union. Memory holds all of them at once. Raises `ResourceError`
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
            lines = _lines(parse(data, _SYNTAXES[ending], base_iri=source.resolve().as_uri()), output)
    except SyntaxError as error:
        where = f", line {error.lineno}" if error.lineno else ""
        raise ResourceError(f"{source}{where}: {' '.join(str(error.msg).split())}") from None
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ResourceError(f"{source}: the gzip file is broken or cut: {error}") from None
    except OSError as error:
        raise ResourceError(f"{source}: cannot be read: {reason(error)}") from None
    write_quads(parse(b"\n".join(lines), RdfFormat.N_QUADS), stream, output)
    return len(lines)


def _lines(quads: Iterator[Quad], output: OutputFormat) -> list[bytes]:
    """Lines of N-Quads, each once, by graph, subject, predicate (types first) and value.

    Text is sorted several times faster than terms are.
    """
    if output.named_graphs:
        text = serialize(quads, format=RdfFormat.N_QUADS) or b""
        return sorted(set(filter(None, text.split(b"\n"))), key=lambda line: (_graph(line), _key(line)))
    text = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""
    return sorted(set(filter(None, text.split(b"\n"))), key=_key)


def _key(line: bytes) -> bytes:
    return line.replace(_TYPE, b"> \x00", 1)


def _graph(line: bytes) -> bytes:
    """The graph that a line of N-Quads names; empty for the default graph.

    >>> _graph(b'<a:s> <a:p> "a <b" <a:g> .'), _graph(b'<a:s> <a:p> <a:o> .')
    (b'<a:g>', b'')
    """
    if line.count(b" ") == 3:
        return b""
    last = line.rsplit(b" ", 2)[1]
    # Else the end of a literal: no IRI and no blank node holds a quotation mark.
    return last if last[:1] in (b"<", b"_") and b'"' not in last else b""
