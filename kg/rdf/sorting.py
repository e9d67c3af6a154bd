"""Writes a graph sorted, in any of the output formats, whatever its size and the order it came in.

The quads come and go as lines of N-Quads: text is sorted several times faster than terms are. The order is
that of the bytes of the lines, but a subject comes before those whose IRIs begin with its own, its types
before what else is said of it and, where the format has named graphs, the graph before all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, parse, serialize

from kg.rdf.formats import OutputFormat
from kg.rdf.line_sort import Sorter, sorting
from kg.rdf.syntax import write_quads
from kg.vocabulary import RDF

_BLOCK = 1 << 20
# Bytes that stand in no UTF-8, so that each exchange can be taken back: a term ends as a space does, and what
# is said of its types comes first.
_EXCHANGES = ((f"> <{RDF.type}> ".encode(), b" \xfd"), (b"> ", b" \xff"))
# No IRI and no blank node holds a quotation mark, so the last one in a line ends the literal.
_LINE = re.compile(rb'^(\S+ \S+ (?:"[^\n]*"\S*|\S+))(?: ([<_][^\s">]*)>?)? \.$', re.MULTILINE)
_END = b" .\n"
_KEY_END = b" \xfe"
_KEYED = b"\\2" + _KEY_END + b"\\g<0>"
_UNION = b"\\1 ."

Feed = Callable[[IO[bytes]], object]
"""Writes quads to the stream that it is given, as lines of N-Quads, in any order, also more than once."""


def write_sorted(
    feed: Feed,
    stream: IO[bytes],
    output: OutputFormat,
    *,
    folder: Path | None = None,
    on_lines: Callable[[int], None] = lambda _count: None,
) -> int:
    """Writes the quads of `feed` to `stream`, sorted (`SortedQuads`); the number written.

    Raises `ResourceError` where the disk is full.
    """
    with SortedQuads(output, folder, on_lines) as quads:
        feed(cast(IO[bytes], quads))
        return quads.write_to(stream)


def lines_of(quads: Iterable[Quad]) -> Feed:
    """A feed of these quads."""

    def feed(stream: IO[bytes]) -> None:
        serialize(quads, stream, RdfFormat.N_QUADS)

    return feed


class SortedQuads:
    """A stream that takes quads as lines of N-Quads and sorts them while they come; to be used in a `with`.

    The lines are as pyoxigraph writes them (`lines_of` makes such of quads). A format without named graphs
    gets the union, each triple once. Memory does not grow with the quads: they are kept in temporary files
    in `folder`, or where the system keeps such. `on_lines` hears how many lines more have been taken, and
    then again how many have been written, some thousand at a time.
    """

    def __init__(
        self,
        output: OutputFormat,
        folder: Path | None = None,
        on_lines: Callable[[int], None] = lambda _count: None,
    ) -> None:
        self._output, self._folder, self._on_lines = output, folder, on_lines
        self._opened = ExitStack()
        self._sink: _Sink | None = None

    def __enter__(self) -> SortedQuads:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives all back, written or not."""
        self._opened.close()

    def write(self, data: bytes) -> int:
        """Takes lines, or parts of such. Raises `ResourceError` where the disk is full."""
        return self._taking().write(data)

    def write_graph(self, lines: bytes) -> None:
        """Takes whole lines, at least one, all of one named graph: which is quicker. Raises as `write`."""
        self._taking().write_graph(lines)

    def flush(self) -> None:
        """Does nothing: a stream has it."""

    def write_to(self, stream: IO[bytes]) -> int:
        """Writes all that was taken to `stream`, once; the number of quads or triples written.

        Raises `ResourceError` where the disk is full.
        """
        source = _Source(self._taking().sorted(), self._output.named_graphs, self._on_lines)
        if self._output.syntax == RdfFormat.N_QUADS:
            while block := source.read():
                stream.write(block)
        else:
            lines = cast(IO[bytes], source)
            write_quads(parse(lines, RdfFormat.N_QUADS), stream, self._output)
        return source.count

    def _taking(self) -> _Sink:
        if self._sink is None:
            sorter = self._opened.enter_context(sorting(self._folder))
            self._sink = _Sink(sorter, self._output.named_graphs, self._on_lines)
        return self._sink


class _Sink:
    """Takes lines and gives them to a sorter in the form that sorts well."""

    def __init__(self, sorter: Sorter, by_graph: bool, on_lines: Callable[[int], None]) -> None:
        self._sorter = sorter
        self._by_graph = by_graph
        self._on_lines = on_lines
        self._pending: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> int:
        self._pending.append(bytes(data))
        self._size += len(data)
        if self._size >= _BLOCK:
            self._pass_on()
        return len(data)

    def write_graph(self, lines: bytes) -> None:
        end = lines[lines.rindex(b" ", 0, -len(_END)) :]
        if self._by_graph:
            key = end[1 : -len(_END)].removesuffix(b">") + _KEY_END
            self._sort(key + lines[:-1].replace(b"\n", b"\n" + key) + b"\n")
        else:
            self._sort(lines.replace(end, _END))

    def sorted(self) -> IO[bytes]:
        self._pass_on()
        assert not self._size, "the last line is not ended"
        return self._sorter.sorted()

    def _pass_on(self) -> None:
        text = b"".join(self._pending)
        end = text.rfind(b"\n") + 1
        block, rest = text[:end], text[end:]
        self._pending, self._size = [rest], len(rest)
        self._sort(_LINE.sub(_KEYED if self._by_graph else _UNION, block))

    def _sort(self, block: bytes) -> None:
        for plain, sortable in _EXCHANGES:
            block = block.replace(plain, sortable)
        self._sorter.write(block)
        self._on_lines(block.count(b"\n"))


class _Source:
    """A stream of sorted lines as they were before `_Sink` changed them."""

    def __init__(self, lines: IO[bytes], by_graph: bool, on_lines: Callable[[int], None]) -> None:
        self._lines = lines
        self._by_graph = by_graph
        self._on_lines = on_lines
        self._ready = b""
        self._at = 0
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        if self._at == len(self._ready):
            self._ready, self._at = self._next(), 0
        end = len(self._ready) if size < 0 else self._at + size
        chunk = self._ready[self._at : end]
        self._at += len(chunk)
        return chunk

    def _next(self) -> bytes:
        block = self._lines.read(_BLOCK)
        if not block.endswith(b"\n"):
            block += self._lines.readline()
        for plain, sortable in reversed(_EXCHANGES):
            block = block.replace(sortable, plain)
        lines = block.count(b"\n")
        self.count += lines
        self._on_lines(lines)
        if self._by_graph:
            block = b"\n".join([line[line.find(b"\xfe") + 1 :] for line in block.split(b"\n")])
        return block
