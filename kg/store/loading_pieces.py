"""A graph on its way to a server: its triples as N-Triples in a temporary file, counted and digested."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO

from pyoxigraph import DefaultGraph, RdfFormat, Triple, parse, serialize

from kg.store.protocol import Store

_IN_MEMORY = 16 << 20
_MOST_BYTES = 16 << 20
_BLANK = re.compile(rb"_:|\S+ \S+ _:")
_DIGEST_BITS = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Spooled:
    """The triples of one graph. `digest` is the same for the same triples in any order; `blank` when there
    are blank nodes, which only stay what they are within one request."""

    stream: IO[bytes]
    triples: int
    digest: str
    blank: bool

    def pieces(self, most: int) -> Iterator[bytes]:
        """The triples in pieces of at most `most`, and of some megabytes; all in one where blank nodes are.
        One empty piece where there are none."""
        self.stream.seek(0)
        if self.blank or not self.triples:
            yield self.stream.read()
            return
        lines: list[bytes] = []
        size = 0
        for line in self.stream:
            if lines and (len(lines) >= most or size + len(line) > _MOST_BYTES):
                yield b"".join(lines)
                lines, size = [], 0
            lines.append(line)
            size += len(line)
        yield b"".join(lines)


@contextmanager
def spooled(source: Store, graph: str | None) -> Iterator[Spooled]:
    """A graph of `source`, None the one without a name; gone when the block ends."""
    with SpooledTemporaryFile(_IN_MEMORY) as stream:
        if graph is None:
            _write_nameless(source, stream)
        else:
            source.dump(stream, graph=graph)
        stream.seek(0)
        count, total, blank = 0, 0, False
        for line in stream:
            count += 1
            total += int.from_bytes(hashlib.blake2b(line, digest_size=_DIGEST_BITS // 8).digest())
            blank = blank or _BLANK.match(line) is not None
        yield Spooled(stream=stream, triples=count, digest=f"{total % (1 << _DIGEST_BITS):032x}", blank=blank)


def _write_nameless(source: Store, stream: IO[bytes]) -> None:
    """The triples of the default graph of `source` as N-Triples."""
    with SpooledTemporaryFile(_IN_MEMORY) as quads:
        source.dump(quads)
        quads.seek(0)
        serialize(
            (
                Triple(quad.subject, quad.predicate, quad.object)
                for quad in parse(quads, RdfFormat.N_QUADS)
                if isinstance(quad.graph_name, DefaultGraph)
            ),
            stream,
            RdfFormat.N_TRIPLES,
        )
