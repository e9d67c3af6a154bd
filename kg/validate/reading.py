"""Quads as N-Quads text, which every engine reads as the union of their graphs."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import IO

from pyoxigraph import Quad, RdfFormat, serialize

Dump = Callable[[IO[bytes]], object]
"""Writes quads to the stream that it is given, as N-Quads."""


def quads_text(source: Dump | Iterable[Quad]) -> str:
    """The quads of `source` as N-Quads, a line each."""
    stream = io.BytesIO()
    if callable(source):
        source(stream)
    else:
        serialize(source, stream, RdfFormat.N_QUADS)
    return stream.getvalue().decode()


def count(text: str) -> int:
    """How many quads the lines of `text` are: N-Quads has no line breaks in literals."""
    return text.count("\n")
