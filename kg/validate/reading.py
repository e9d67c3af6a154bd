"""Reads any RDF file that we write, and others, as N-Triples text of the union of its graphs."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from kg.errors import ResourceError, reason


def read_quads(path: Path) -> Iterator[Quad]:
    """The quads of an RDF file, also gzipped, in the format of its ending.

    Raises `ResourceError` where the file cannot be read, has another ending, or breaks its format: with
    the line.
    """
    syntax = _syntax(path)
    try:
        with _opened(path) as stream:
            yield from parse(input=stream, format=syntax)
    except SyntaxError as error:
        raise ResourceError(f"{path}: {_one_line(error)}") from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ResourceError(f"{path}: the gzip file is broken or cut: {error}") from None
    except OSError as error:
        raise ResourceError(f"{path}: cannot be read: {reason(error)}") from None
    except ValueError as error:  # text that is not UTF-8
        raise ResourceError(f"{path}: cannot be read: {error}") from None


def union_text(quads: Iterable[Quad]) -> tuple[str, int]:
    """N-Triples of `quads` without their graphs, and how many they are."""
    count = 0

    def triples() -> Iterator[Triple]:
        nonlocal count
        for quad in quads:
            count += 1
            yield quad.triple

    buffer = io.BytesIO()
    serialize(triples(), buffer, RdfFormat.N_TRIPLES)
    return buffer.getvalue().decode(), count


def _syntax(path: Path) -> RdfFormat:
    ending = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    syntax = RdfFormat.from_extension(ending.removeprefix("."))
    if syntax is None or ending == ".txt":  # which is an article, though N-Triples once had that ending
        raise ResourceError(
            f"{path}: the ending '{path.suffix}' is none of RDF: "
            "use .ttl .nt .nq .trig .rdf .jsonld, also with .gz"
        )
    return syntax


def _opened(path: Path) -> AbstractContextManager[IO[bytes]]:
    return cast(IO[bytes], gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _one_line(error: SyntaxError) -> str:
    message = " ".join(str(error.msg).split())
    if error.lineno is not None and f"line {error.lineno}" not in message:
        return f"line {error.lineno}: {message}"
    return message
