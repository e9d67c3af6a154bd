"""Writes a graph: each article's quads go to a spool file as they come, and out of it in order.

Memory holds an index of the articles and the reduction, never the quads. The same articles give the
same bytes in whatever order they were added.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from kg.atomic import replaced
from kg.errors import DataError, ResourceError, reason
from kg.model import Reduction, ResolvedDocument
from kg.rdf.formats import OutputFormat, output_format
from kg.rdf.mapping import article_quads, reduction_quads
from kg.rdf.provenance import provenance_quads
from kg.rdf.settings import MappingSettings
from kg.rdf.terms import node
from kg.rdf.xml_text import XmlText, without_forbidden
from kg.vocabulary import KG, PREFIXES

_WRITTEN = ("kg", "nif", "prov", "schema", "geo", "wgs84", "dcterms", "skos", "rdfs", "owl", "xsd")
_PREFIXES = {prefix: PREFIXES[prefix] for prefix in _WRITTEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a graph holds."""

    articles: int
    mentions: int
    entities: int
    positions: int
    events: int
    triples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedArticle:
    """An article's quads as N-Quads text: made in any process, added in one."""

    id: str
    mentions: int
    triples: int
    data: bytes


def map_article(resolved: ResolvedDocument, settings: MappingSettings) -> MappedArticle:
    """The quads of one article, ready for `GraphWriter.add`. Raises what `article_quads` raises."""
    quads = list(article_quads(resolved, settings))
    in_article = node(KG.inArticle)
    return MappedArticle(
        id=resolved.annotated.document.id,
        mentions=sum(quad.predicate == in_article for quad in quads),
        triples=len(quads),
        data=serialize(quads, format=RdfFormat.N_QUADS) or b"",
    )


class GraphWriter:
    """Collects articles in the folder `tmp`, then writes the graph; close it, or use it in a `with`."""

    def __init__(self, tmp: Path, settings: MappingSettings) -> None:
        self._settings = settings
        self._tmp = tmp
        self._spool: IO[bytes] | None = None
        self._index: dict[str, tuple[int, int]] = {}
        self._mentions = 0

    def __enter__(self) -> GraphWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives the spool file back."""
        if self._spool is not None:
            self._spool.close()
            self._spool = None

    def add_article(self, resolved: ResolvedDocument) -> None:
        """Maps one article and adds it. Raises what `map_article` and `add` raise."""
        self.add(map_article(resolved, self._settings))

    def add(self, mapped: MappedArticle) -> None:
        """Adds an article that was mapped with the same settings.

        Raises `DataError` where its identifier was added before, `ResourceError` where the disk is full.
        """
        if mapped.id in self._index:
            raise DataError(f"two articles have the identifier '{mapped.id}': give one of them another")
        try:
            if self._spool is None:
                self._spool = tempfile.TemporaryFile(dir=self._tmp)  # noqa: SIM115 - closed by `close`
            begin = self._spool.seek(0, os.SEEK_END)
            self._spool.write(mapped.data)
            self._spool.flush()
        except OSError as error:
            raise ResourceError(f"{self._tmp}: the articles cannot be kept: {reason(error)}") from None
        self._index[mapped.id] = (begin, len(mapped.data))
        self._mentions += mapped.mentions

    def quads(self, reduction: Reduction) -> Iterator[Quad]:
        """All quads in their order: articles by identifier, entities, events, provenance."""
        for identifier in sorted(self._index):
            yield from self._article(identifier)
        yield from reduction_quads(reduction, self._settings)
        yield from provenance_quads(reduction, self._settings)

    def finish(self, reduction: Reduction, target: Path, ending: str) -> Counts:
        """Writes the file `target` whole or not at all, in the format of `ending` (`kg.rdf.formats`).

        Raises `UsageError` where `ending` is none, `ResourceError` where `target` cannot be written,
        and what `reduction_quads` raises.
        """
        output = output_format(ending)
        triples = 0

        def counted() -> Iterator[Quad]:
            nonlocal triples
            for quad in self.quads(reduction):
                triples += 1
                yield quad

        with replaced(target, output.gzip) as stream:
            write_quads(counted(), stream, output)
        return Counts(
            articles=len(self._index),
            mentions=self._mentions,
            entities=len(reduction.entities),
            positions=len(reduction.positions),
            events=len(reduction.events),
            triples=triples,
        )

    def _article(self, identifier: str) -> Iterator[Quad]:
        assert self._spool is not None
        begin, length = self._index[identifier]
        self._spool.seek(begin)
        return parse(input=self._spool.read(length), format=RdfFormat.N_QUADS)


def write_quads(quads: Iterator[Quad], stream: IO[bytes], output: OutputFormat) -> None:
    """Writes `quads` as they come; those of one subject must come together."""
    if output.syntax == RdfFormat.RDF_XML:
        stream = cast(IO[bytes], XmlText(stream))
        quads = (_for_xml(quad) for quad in quads)
    if output.named_graphs:
        serialize(quads, stream, output.syntax, prefixes=_PREFIXES)
    else:
        triples = (quad.triple for quad in quads)
        serialize(triples, stream, output.syntax, prefixes=_PREFIXES)


def _for_xml(quad: Quad) -> Quad:
    value = quad.object
    if isinstance(value, NamedNode) or not isinstance(value, Literal):
        return quad
    allowed = without_forbidden(value.value)
    if allowed == value.value:
        return quad
    return Quad(quad.subject, quad.predicate, Literal(allowed), quad.graph_name)
