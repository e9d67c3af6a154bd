"""Writes quads in any of the output formats, as they come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, cast

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kg.rdf.formats import OutputFormat
from kg.rdf.json_ld import write_json_ld
from kg.rdf.xml_text import XmlText, without_forbidden
from kg.vocabulary import PREFIXES

_WRITTEN = ("kg", "nif", "prov", "schema", "geo", "wgs84", "dcterms", "skos", "rdfs", "owl", "xsd")
_PREFIXES = {prefix: PREFIXES[prefix] for prefix in _WRITTEN}


def write_quads(quads: Iterator[Quad], stream: IO[bytes], output: OutputFormat) -> None:
    """Writes `quads` as they come; those of one subject must come together.

    JSON-LD is written by `kg.rdf.json_ld`.
    """
    if output.syntax == RdfFormat.JSON_LD and not output.named_graphs:
        write_json_ld(quads, stream)
        return
    if output.syntax == RdfFormat.RDF_XML:
        stream = cast(IO[bytes], XmlText(stream))
        quads = (_for_xml(quad) for quad in quads)
    serialize(quads, stream, output.syntax, prefixes=_PREFIXES)


def _for_xml(quad: Quad) -> Quad:
    value = quad.object
    if isinstance(value, NamedNode) or not isinstance(value, Literal):
        return quad
    allowed = without_forbidden(value.value)
    if allowed == value.value:
        return quad
    return Quad(quad.subject, quad.predicate, Literal(allowed), quad.graph_name)
