"""Which graphs a file of N-Quads has quads in: read off its lines, several times faster than loading them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

_BLOCK = 1 << 20
_NODE = rb"(?:<[^>\n]*>|_:[^\s<>]+)"
_LITERAL = rb'"(?:[^"\\\n]|\\[^\n])*"(?:@[A-Za-z0-9-]+|\^\^<[^>\n]*>)?'
# As programs write it, with one space between terms. Otherwise written is right too, but not understood here.
_LINE = re.compile(
    rb"^" + _NODE + rb" <[^>\n]*> (?:" + _NODE + rb"|" + _LITERAL + rb")(?: <([^>\\\n]*)>)? \.\r?\n", re.M
)


def graph_names(lines: IO[bytes]) -> set[str] | None:
    """The IRIs of the graphs that are named; None where a line is not written plainly enough to tell."""
    names: set[bytes] = set()
    for block, count in _blocks(lines):
        found = _LINE.findall(block)
        if len(found) != count:
            return None
        names.update(found)
    try:
        return {name.decode() for name in names if name}
    except UnicodeDecodeError:
        return None


def _blocks(lines: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Whole lines, many at a time, and how many."""
    rest = b""
    while data := lines.read(_BLOCK):
        whole, newline, rest = (rest + data).rpartition(b"\n")
        if newline:
            yield whole + newline, whole.count(b"\n") + 1
    if rest:
        yield rest + b"\n", 1
