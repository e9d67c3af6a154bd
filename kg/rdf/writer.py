"""Writes a graph: each article's quads go to a spool file as they come, and out of it sorted.

Memory holds an index of the articles and the reduction, never the quads. The same articles give the
same bytes in whatever order they were added, those that any export of the same graph has.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from kg.atomic import replaced
from kg.errors import ResourceError, reason
from kg.model import ReadArticle, Reduction
from kg.rdf.formats import output_format
from kg.rdf.mapping import reduction_quads
from kg.rdf.provenance import provenance_quads
from kg.rdf.settings import MappingSettings
from kg.rdf.sorting import lines_of, write_sorted
from kg.spool import Spool

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a graph holds."""

    articles: int
    mentions: int
    entities: int
    positions: int
    events: int
    triples: int


class Watcher(Protocol):
    """Sees a graph as it is made, as N-Quads: each article's, then, in a file, all others."""

    def article(self, quads: bytes, /) -> None: ...

    def rest(self, quads: IO[bytes], /) -> None: ...


class GraphWriter:
    """Collects articles in the folder `tmp`, then writes the graph; close it, or use it in a `with`.

    A `watcher` is shown what is written.
    """

    def __init__(self, tmp: Path, watcher: Watcher | None = None) -> None:
        self._tmp = tmp
        self._watcher = watcher
        self._spool = Spool(tmp)
        self._mentions = 0
        self._merged: IO[bytes] | None = None
        self._counted = 0, 0, 0

    def __enter__(self) -> GraphWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives the temporary files back."""
        self._spool.close()
        self._drop_merged()

    def add(self, article: ReadArticle) -> None:
        """Takes one article.

        Raises `DataError` where its identifier was added before, `ResourceError` where the disk is full.
        """
        self._spool.add(article.id, article.quads)
        if self._watcher is not None:
            self._watcher.article(article.quads)
        self._mentions += article.mentions

    def merge(self, reduction: Reduction, settings: MappingSettings) -> None:
        """Takes what the articles agree on, which may be let go after that: it is much where they are many.

        `settings` are those that the articles were mapped with, and what the provenance is to say. Raises
        `ResourceError` where the disk is full, and what `reduction_quads` raises.
        """
        self._drop_merged()
        try:
            self._merged = tempfile.TemporaryFile(dir=self._tmp)  # noqa: SIM115 - closed by `close`
            lines_of(reduction_quads(reduction, settings))(self._merged)
            lines_of(provenance_quads(reduction, settings))(self._merged)
            self._merged.flush()
        except OSError as error:
            raise ResourceError(f"{self._tmp}: the graph cannot be kept: {reason(error)}") from None
        self._counted = len(reduction.entities), len(reduction.positions), len(reduction.events)

    def write(self, target: Path, ending: str) -> Counts:
        """Writes the file `target` whole or not at all, in the format of `ending` (`kg.rdf.formats`).

        Raises `UsageError` where `ending` is none, `ResourceError` where `target` cannot be written.
        """
        output = output_format(ending)
        merged = self._merged
        assert merged is not None, "merge comes first"

        def feed(stream: IO[bytes]) -> None:
            for quads in self._spool:
                stream.write(quads)
            if self._watcher is not None:
                self._watcher.rest(merged)
            merged.seek(0)
            shutil.copyfileobj(merged, stream, _PIECE)

        with replaced(target, output.gzip) as stream:
            triples = write_sorted(feed, stream, output, folder=self._tmp)
        entities, positions, events = self._counted
        return Counts(
            articles=len(self._spool),
            mentions=self._mentions,
            entities=entities,
            positions=positions,
            events=events,
            triples=triples,
        )

    def finish(self, reduction: Reduction, settings: MappingSettings, target: Path, ending: str) -> Counts:
        """`merge` and `write`."""
        self.merge(reduction, settings)
        return self.write(target, ending)

    def _drop_merged(self) -> None:
        if self._merged is not None:
            with suppress(OSError):  # on a full disk the rest of it has no place, and no use
                self._merged.close()
            self._merged = None
