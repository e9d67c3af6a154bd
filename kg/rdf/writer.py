"""Writes a graph: the quads of each article are sorted as they come, and with all others at the end.

Memory holds the articles' identifiers and the reduction, never the quads. The same articles give the
same bytes in whatever order they were added, those that any export of the same graph has.
"""

from __future__ import annotations

import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from kg.atomic import replaced
from kg.errors import ResourceError, given_twice, reason
from kg.model import ReadArticle, Reduction
from kg.rdf.formats import output_format
from kg.rdf.mapping import reduction_quads
from kg.rdf.provenance import provenance_quads
from kg.rdf.settings import MappingSettings
from kg.rdf.sorting import SortedQuads, lines_of

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
    """Sees a graph as it is made, as N-Quads: each article's, then, in a file, all others.

    Those it may see in a thread, while the graph is being written.
    """

    def article(self, quads: bytes, /) -> None: ...

    def rest(self, quads: IO[bytes], /) -> None: ...


class GraphWriter:
    """Collects articles in the folder `tmp`, then writes the graph, once; to be used in a `with`.

    It is written in the format of `ending` (`kg.rdf.formats`). A `watcher` is shown what is written.
    Raises `UsageError` where `ending` is none.
    """

    def __init__(self, tmp: Path, ending: str, watcher: Watcher | None = None) -> None:
        self._tmp = tmp
        self._watcher = watcher
        self._output = output_format(ending)
        self._quads = SortedQuads(self._output, tmp)
        self._articles: set[str] = set()
        self._mentions = 0
        self._merged: IO[bytes] | None = None
        self._counted = 0, 0, 0

    def __enter__(self) -> GraphWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives the temporary files back."""
        self._quads.close()
        self._drop_merged()

    def add(self, article: ReadArticle) -> None:
        """Takes one article.

        Raises `DataError` where its identifier was added before, `ResourceError` where the disk is full.
        """
        if article.id in self._articles:
            raise given_twice(article.id)
        self._articles.add(article.id)
        self._quads.write_graph(article.quads)
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

    def write(self, target: Path) -> Counts:
        """Writes the file `target` whole or not at all.

        Raises `ResourceError` where `target` cannot be written.
        """
        assert self._merged is not None, "merge comes first"
        with replaced(target, self._output.gzip) as stream, ThreadPoolExecutor(max_workers=1) as beside:
            self._merged.seek(0)
            shutil.copyfileobj(self._merged, self._quads, _PIECE)
            watched = beside.submit(self._watcher.rest, self._merged) if self._watcher else None
            triples = self._quads.write_to(stream)
            if watched is not None:
                watched.result()
        entities, positions, events = self._counted
        return Counts(
            articles=len(self._articles),
            mentions=self._mentions,
            entities=entities,
            positions=positions,
            events=events,
            triples=triples,
        )

    def finish(self, reduction: Reduction, settings: MappingSettings, target: Path) -> Counts:
        """`merge` and `write`."""
        self.merge(reduction, settings)
        return self.write(target)

    def _drop_merged(self) -> None:
        if self._merged is not None:
            with suppress(OSError):  # on a full disk the rest of it has no place, and no use
                self._merged.close()
            self._merged = None
