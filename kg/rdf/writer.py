"""Writes a graph: each article's quads go to a spool file as they come, and out of it in order.

Memory holds an index of the articles and the reduction, never the quads. The same articles give the
same bytes in whatever order they were added.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from kg.atomic import replaced
from kg.model import ReadArticle, Reduction
from kg.rdf.formats import output_format
from kg.rdf.mapping import reduction_quads
from kg.rdf.provenance import provenance_quads
from kg.rdf.settings import MappingSettings
from kg.rdf.syntax import write_quads
from kg.spool import Spool


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a graph holds."""

    articles: int
    mentions: int
    entities: int
    positions: int
    events: int
    triples: int


class GraphWriter:
    """Collects articles in the folder `tmp`, then writes the graph; close it, or use it in a `with`."""

    def __init__(self, tmp: Path) -> None:
        self._spool = Spool(tmp)
        self._mentions = 0

    def __enter__(self) -> GraphWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives the temporary file back."""
        self._spool.close()

    def add(self, article: ReadArticle) -> None:
        """Takes one article.

        Raises `DataError` where its identifier was added before, `ResourceError` where the disk is full.
        """
        self._spool.add(article.id, article.quads)
        self._mentions += article.mentions

    def quads(self, reduction: Reduction, settings: MappingSettings) -> Iterator[Quad]:
        """All quads in their order: articles by identifier, entities, events, provenance."""
        for data in self._spool:
            yield from parse(input=data, format=RdfFormat.N_QUADS)
        yield from reduction_quads(reduction, settings)
        yield from provenance_quads(reduction, settings)

    def finish(self, reduction: Reduction, settings: MappingSettings, target: Path, ending: str) -> Counts:
        """Writes the file `target` whole or not at all, in the format of `ending` (`kg.rdf.formats`).

        `settings` are those that the articles were mapped with, and what the provenance is to say. Raises
        `UsageError` where `ending` is none, `ResourceError` where `target` cannot be written, and what
        `reduction_quads` raises.
        """
        output = output_format(ending)
        triples = 0

        def counted() -> Iterator[Quad]:
            nonlocal triples
            for quad in self.quads(reduction, settings):
                triples += 1
                yield quad

        with replaced(target, output.gzip) as stream:
            write_quads(counted(), stream, output)
        return Counts(
            articles=len(self._spool),
            mentions=self._mentions,
            entities=len(reduction.entities),
            positions=len(reduction.positions),
            events=len(reduction.events),
            triples=triples,
        )
