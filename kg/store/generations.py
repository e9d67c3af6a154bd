"""Generations: the graphs of a store, in Oxigraph on disk, made beside those asked, then switched to.

A generation that ``newskg.json`` names is never written to again. The next is a copy that shares its files
(hard links), or is made from nothing; readers keep the one that they opened.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from pyoxigraph import Store as Oxigraph

from kg.errors import DataError, ResourceError, reason
from kg.store.state import State, graphs_folder, sync_folder

_ENGINE = "IO error"
"""What the messages of the engine about its own files begin with."""

_PORTION = 32 << 20
"""Bytes of N-Quads that are loaded at once, in some 300 MB of memory."""

_LITTLE = 0.05
"""The share of what is there that may be added, before all is put in order again."""


class Generation:
    """The graphs that are being made; `open_next` makes one. `before` are the bytes of what is there."""

    def __init__(self, path: Path, quads: Oxigraph, before: int = 0) -> None:
        self._path, self._quads, self._before = path, quads, before
        self._loads = 0

    def load(self, blocks: Iterable[bytes]) -> None:
        """Loads whole lines of N-Quads in UTF-8, some at a time, so that memory does not grow with them.

        Raises `ResourceError` where the disk is full.
        """
        with _written(self._path):
            for portion in _portions(iter(blocks)):
                stream = io.BufferedReader(_Pieces(portion), 1 << 16)
                self._quads.bulk_load(cast(IO[bytes], stream), RdfFormat.N_QUADS)
                self._loads += 1

    def remove_quads(self, lines: IO[bytes]) -> None:
        """Removes the quads in a stream of N-Quads."""
        with _written(self._path):
            for quad in parse(lines, RdfFormat.N_QUADS):
                self._quads.remove(quad)

    def settle(self) -> None:
        """Keeps all for good, put in order where so much was loaded that queries would be slow."""
        with _written(self._path):
            self._quads.flush()
            grown = _size(self._path) - self._before
            if self._loads > 1 or (self._before and grown > self._before * _LITTLE):
                self._quads.optimize()

    def load_rdf(self, stream: IO[bytes], syntax: RdfFormat, *, base: str, graph: str) -> None:
        """Loads RDF; triples that name no graph go into `graph`, relative IRIs below `base`.

        Raises `SyntaxError` where the data is broken, `OSError` where it cannot be read, `ResourceError`
        where the disk is full.
        """
        try:
            self._quads.bulk_load(stream, syntax, base_iri=base, to_graph=NamedNode(graph))
        except OSError as error:
            if str(error).startswith(_ENGINE):
                raise _cannot_write(self._path, error) from None
            raise

    def copy_graphs(self, other: Oxigraph, graphs: Iterable[str]) -> None:
        """Takes `graphs` of another store."""
        with _written(self._path):
            self._quads.bulk_extend(_quads_of(other, graphs))

    def remove(self, graph: str) -> None:
        """Removes a graph, where it is there."""
        with _written(self._path):
            self._quads.remove_graph(NamedNode(graph))

    def graphs(self) -> set[str]:
        """The IRIs of the named graphs. Raises `DataError` where one is named by a blank node."""
        with _written(self._path):
            names = list(self._quads.named_graphs())
        blank = next((name for name in names if not isinstance(name, NamedNode)), None)
        if blank is not None:
            raise DataError(f"a graph is named by a blank node ({blank}): name it by an IRI")
        return {name.value for name in names}

    def __len__(self) -> int:
        with _written(self._path):
            return len(self._quads)


@contextmanager
def open_next(folder: Path, state: State, *, copied: bool) -> Iterator[Generation]:
    """The generation after that of `state`, holding the same where it is `copied`, else nothing.

    When the block ends well all is on disk, and `newskg.json` may name it. Raises `ResourceError` where it
    cannot be made.
    """
    path = graphs_folder(folder, state.generation + 1)
    with _written(path):
        if path.exists():
            shutil.rmtree(path)
        before = 0
        if copied and state.generation:
            open_current(folder, state).backup(path)
            before = _size(path)
        quads = Oxigraph(path)
    try:
        made = Generation(path, quads, before)
        yield made
        made.settle()
        with _written(path):
            del made, quads
            sync_folder(path)
            sync_folder(folder)
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise


@contextmanager
def scratch(folder: Path) -> Iterator[Generation]:
    """Graphs that belong to nothing and are gone after the block."""
    path = graphs_folder(folder, 0)
    with _written(path):
        shutil.rmtree(path, ignore_errors=True)
        quads = Oxigraph(path)
    try:
        yield Generation(path, quads)
    finally:
        del quads
        shutil.rmtree(path, ignore_errors=True)


def open_current(folder: Path, state: State) -> Oxigraph:
    """The graphs of a store to be read, none of a new one. Raises `ResourceError` where they are broken."""
    if not state.generation:
        return Oxigraph()
    path = graphs_folder(folder, state.generation)
    try:
        return Oxigraph.read_only(str(path))
    except OSError as error:
        raise ResourceError(
            f"{path}: the graphs cannot be opened ({_short(error)}): make them again with: "
            f"kg build INPUT... -o '{folder}' --rebuild"
        ) from None


def _quads_of(store: Oxigraph, graphs: Iterable[str]) -> Iterator[Quad]:
    for graph in graphs:
        yield from store.quads_for_pattern(None, None, None, NamedNode(graph))


@contextmanager
def _written(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _cannot_write(path, error) from None


def _cannot_write(path: Path, error: OSError) -> ResourceError:
    return ResourceError(f"{path}: the graphs cannot be written: {_short(error)}")


def _short(error: OSError) -> str:
    said = " ".join(reason(error).split())
    if "No space left" in said:
        return "no space left on device: free some space; nothing is lost"
    return said[:200]


def _size(folder: Path) -> int:
    """The bytes of the files in `folder`, which the engine may remove while they are counted."""
    size = 0
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            size += path.stat().st_size
    return size


def _portions(blocks: Iterator[bytes]) -> Iterator[Iterator[bytes]]:
    """Blocks for one load after another; each must be used up before the next."""

    def portion(first: bytes) -> Iterator[bytes]:
        size = len(first)
        yield first
        while size < _PORTION:
            block = next(blocks, b"")
            if not block:
                return
            size += len(block)
            yield block

    for first in blocks:
        yield portion(first)


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a stream."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        into = memoryview(cast(bytearray, buffer)).cast("B")
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(into), len(self._rest))
        into[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
