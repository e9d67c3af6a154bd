"""A graph narrowed, as a feed of what stays of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from kg.errors import ResourceError, UsageError, reason
from kg.rdf.narrowing import Narrowing
from kg.rdf.selection import Selection
from kg.rdf.sorting import Feed

_BLOCK = 1 << 20


@contextmanager
def narrowed(feed: Feed, narrowing: Narrowing, folder: Path | None = None) -> Iterator[Feed]:
    """What `narrowing` leaves of `feed`, whose lines are as pyoxigraph writes them.

    The graph is kept in a temporary file in `folder`, or where the system keeps such, while it is read
    twice; memory holds the names of its things and their links.

    Raises:
        UsageError: a graph is named that the feed has not.
        ResourceError: the disk is full.
    """
    if not narrowing:
        yield feed
        return
    selection = Selection(narrowing)
    place = folder or Path(tempfile.gettempdir())
    with _spool(place) as spool:
        feed(cast(IO[bytes], _Tee(spool, place, selection)))
        for graph in narrowing.graphs:
            if graph not in selection.graphs:
                raise UsageError(f"no graph <{graph}> there: an article's graph bears the article's IRI")
        selection.settle()

        def rest(stream: IO[bytes]) -> None:
            spool.seek(0)
            block: list[bytes] = []
            size = 0
            for line in spool:
                if selection.keeps(line):
                    block.append(line)
                    size += len(line)
                if size >= _BLOCK:
                    stream.write(b"".join(block))
                    block, size = [], 0
            stream.write(b"".join(block))

        yield rest


def _spool(folder: Path) -> IO[bytes]:
    try:
        return tempfile.TemporaryFile(dir=folder)
    except OSError as error:
        raise _no_room(folder, error) from None


def _no_room(folder: Path, error: OSError) -> ResourceError:
    return ResourceError(f"{folder}: the graph cannot be kept there: {reason(error)}")


class _Tee:
    """A stream that keeps what it is given in a file, and shows each line to a selection."""

    def __init__(self, file: IO[bytes], folder: Path, selection: Selection) -> None:
        self._file = file
        self._folder = folder
        self._selection = selection
        self._rest = b""

    def write(self, data: bytes) -> int:
        try:
            self._file.write(data)
        except OSError as error:
            raise _no_room(self._folder, error) from None
        *lines, self._rest = (self._rest + bytes(data)).split(b"\n")
        for line in lines:
            self._selection.read(line)
        return len(data)

    def flush(self) -> None:
        pass
