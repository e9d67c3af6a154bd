"""Sorts lines of bytes that need not fit into memory, each once, in the order of their bytes.

The system's own `sort` does it where there is one, in another process while the lines are still being made;
else runs of lines are sorted in memory, kept in temporary files and merged. Both give the same bytes.
"""

from __future__ import annotations

import heapq
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import IO, Protocol

from kg.errors import ResourceError, reason

_MEMORY = 64 << 20
_RUN = 64 << 20
_BLOCK = 1 << 20
_PROBE = b"b\nA\n\xc3\xa9\na b\na\nB\n\xff\n\na\n!\n"


class Sorter(Protocol):
    """Takes whole lines, each ended by a line feed, in blocks; then gives them sorted, once."""

    def write(self, block: bytes, /) -> None:
        """Takes a block of whole lines. Raises `ResourceError` where there is no room for it."""

    def sorted(self) -> IO[bytes]:
        """The lines in the order of their bytes, each once; nothing may be written after."""

    def close(self) -> None:
        """Gives all back, finished or not."""


@contextmanager
def sorting(folder: Path | None = None) -> Iterator[Sorter]:
    """A sorter with its temporary files in `folder`, or where the system keeps such; closed at the end."""
    place = Path(tempfile.gettempdir()) if folder is None else folder
    command = system_sort()
    sorter: Sorter = SystemSorter(command, place) if command else MergeSorter(place)
    try:
        yield sorter
    finally:
        sorter.close()


@cache
def system_sort() -> str | None:
    """The path of a `sort` that takes our options and orders lines by their bytes, or None."""
    path = shutil.which("sort") if os.name == "posix" else None
    if path is None:
        return None
    with tempfile.TemporaryDirectory() as folder, suppress(OSError, subprocess.SubprocessError):
        got = subprocess.run(
            _command(path, Path(folder)),
            input=_PROBE,
            capture_output=True,
            timeout=20,
            env=_env(),
            check=False,
        )
        wanted = b"".join(line + b"\n" for line in sorted(set(_PROBE.splitlines())))
        return path if got.returncode == 0 and got.stdout == wanted else None
    return None


class SystemSorter:
    """The system's `sort` at `path`."""

    def __init__(self, path: str, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            _command(path, folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=_env(),
            process_group=0 if os.name == "posix" else None,  # an interrupt is for this process to answer
        )

    def write(self, block: bytes, /) -> None:
        assert self._process.stdin is not None
        view = memoryview(block)
        try:
            while view:
                view = view[self._process.stdin.write(view) :]
        except BrokenPipeError:
            raise self._failure() from None

    def sorted(self) -> IO[bytes]:
        assert self._process.stdin is not None
        self._process.stdin.close()
        return io.BufferedReader(_Output(self), _BLOCK)

    def read_into(self, buffer: memoryview) -> int:
        """Fills `buffer` from the output; 0 where all was well and it is at its end."""
        assert self._process.stdout is not None
        count = os.readv(self._process.stdout.fileno(), [buffer])
        if not count and self._process.wait():
            raise self._failure()
        return count

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()  # it removes its temporary files
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()

    def _failure(self) -> ResourceError:
        assert self._process.stderr is not None
        said = self._process.stderr.read(4096).decode("utf-8", "replace").strip().partition("\n")[0]
        return _no_room(self._folder, said.removeprefix("sort: ") or "sort was ended from outside")


class _Output(io.RawIOBase):
    """What a `SystemSorter` puts out, as a stream."""

    def __init__(self, sorter: SystemSorter) -> None:
        super().__init__()
        self._sorter = sorter

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        return self._sorter.read_into(memoryview(buffer))  # type: ignore[arg-type]


class MergeSorter:
    """Sorts in this process: runs of at most `run` bytes, each in a file in `folder`, merged at the end."""

    def __init__(self, folder: Path, run: int = _RUN) -> None:
        self._folder = folder
        self._limit = run
        self._blocks: list[bytes] = []
        self._size = 0
        self._runs: list[IO[bytes]] = []

    def write(self, block: bytes, /) -> None:
        self._blocks.append(block)
        self._size += len(block)
        if self._size >= self._limit:
            self._spill()

    def sorted(self) -> IO[bytes]:
        last = self._lines()
        runs: list[Iterator[bytes]] = [iter(last), *map(_read_back, self._runs)]
        return io.BufferedReader(_Lines(heapq.merge(*runs) if self._runs else iter(last)), _BLOCK)

    def close(self) -> None:
        while self._runs:
            self._runs.pop().close()
        self._blocks = []

    def _lines(self) -> list[bytes]:
        lines = sorted(set(b"".join(self._blocks).split(b"\n")[:-1]))
        self._blocks, self._size = [], 0
        return lines

    def _spill(self) -> None:
        lines = self._lines()
        try:
            file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by `close`
            self._runs.append(file)
            file.writelines(line + b"\n" for line in lines)
            file.seek(0)
        except OSError as error:
            raise _no_room(self._folder, reason(error)) from None


class _Lines(io.RawIOBase):
    """Sorted lines as a stream, each once."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        super().__init__()
        self._lines = (line for line, _ in groupby(lines))
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        target = memoryview(buffer)  # type: ignore[arg-type]
        if not self._rest:
            block, size = [], 0
            for line in self._lines:
                block.append(line + b"\n")
                size += len(line)
                if size >= _BLOCK:
                    break
            self._rest = memoryview(b"".join(block))
        count = min(len(target), len(self._rest))
        target[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def _read_back(file: IO[bytes]) -> Iterator[bytes]:
    return (line[:-1] for line in file)


def _command(path: str, folder: Path) -> list[str]:
    return [path, "-u", "-S", f"{_MEMORY >> 10}k", "-T", str(folder)]


def _env() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}


def _no_room(folder: Path, said: str) -> ResourceError:
    return ResourceError(f"{folder}: the graph cannot be sorted there: {said}")
