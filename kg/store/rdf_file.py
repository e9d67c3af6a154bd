"""RDF files as a user names them: the format by the ending, gzip undone, complaints in our words."""

from __future__ import annotations

import gzip
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from pyoxigraph import RdfFormat

from kg.errors import ResourceError, reason
from kg.limits import MOST_UNPACKED

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
    ".n3": RdfFormat.N3,
}
"""The formats by the endings that are read, each also with ``.gz``."""

_FREE = 100_000_000
"""Bytes that any gzip file may unpack to."""

_ENTITY = b"<!ENTITY"
_LONGEST_ENTITY = 500
_DECLARED = re.compile(rb"<!ENTITY\s+\w[\w.:-]*\s+(?:\"(?:[^\"&%]|&#)*\"|'(?:[^'&%]|&#)*')\s*>")

_WHERE = re.compile(r"^Parser error at line \d+ .*?: ")


class _Unpacked:
    """A gzip file unpacked as it is read, up to so many times its size."""

    def __init__(self, packed: IO[bytes], path: Path) -> None:
        self._stream = gzip.GzipFile(fileobj=packed)
        self._path = path
        self._times = MOST_UNPACKED.value()
        self._left = max(_FREE, self._times * os.fstat(packed.fileno()).st_size)

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size if 0 <= size < _FREE else _FREE)
        self._left -= len(data)
        if self._left < 0:
            raise ResourceError(
                f"{self._path}: unpacks to more than {self._times} times its size: unpack it yourself, or"
                f" set {MOST_UNPACKED.name} to more"
            )
        return data


class _PlainEntities:
    """XML as it is read, as long as its entities are short and stand for nothing but themselves.

    Entities made of entities let a few lines stand for more than any memory holds ("a billion laughs").
    """

    def __init__(self, xml: IO[bytes], path: Path) -> None:
        self._xml = xml
        self._path = path
        self._open = b""

    def read(self, size: int = -1) -> bytes:
        data = self._xml.read(size)
        seen = self._open + data
        self._open = seen[-len(_ENTITY) + 1 :]
        at = seen.find(_ENTITY)
        while at >= 0:
            declared = _DECLARED.match(seen, at)
            if declared is None:
                if data and len(seen) - at < _LONGEST_ENTITY:
                    self._open = seen[at:]
                    break
                raise ResourceError(
                    f"{self._path}: declares an entity that is long or made of others, which could unpack to"
                    " anything: convert the file to Turtle with a tool that you trust it to"
                )
            at = seen.find(_ENTITY, declared.end())
        return data


@contextmanager
def rdf_file(path: Path) -> Iterator[tuple[IO[bytes], RdfFormat]]:
    """The bytes of an RDF file and its format; what reading or parsing it raises in the block says where.

    Raises `ResourceError` where the file is missing, of no known ending, broken (with the line) or cut.
    """
    packed = path.suffix.lower() == ".gz"
    ending = (path.with_suffix("") if packed else path).suffix.lower()
    chosen = FORMATS.get(ending)
    if path.is_dir():
        raise ResourceError(f"{path}: is a folder, and here a file is asked for")
    if not path.exists():
        raise ResourceError(f"{path}: no such file")
    if chosen is None:
        raise ResourceError(f"{path}: no RDF by its ending: use one of {' '.join(FORMATS)}, each also .gz")
    try:
        with path.open("rb") as raw:
            stream = cast(IO[bytes], _Unpacked(raw, path)) if packed else raw
            if chosen == RdfFormat.RDF_XML:
                stream = cast(IO[bytes], _PlainEntities(stream, path))
            yield stream, chosen
    except SyntaxError as error:
        where = f", line {error.lineno}, column {error.offset}" if error.lineno else ""
        what = _WHERE.sub("", " ".join(str(error.msg).split()))
        raise ResourceError(f"{path}{where}: {what}") from error
    except MemoryError as error:  # the parser's own bound on one term
        raise ResourceError(f"{path}: a line or term in it is longer than can be read: {error}") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ResourceError(f"{path}: the gzip file is broken or cut: {error}") from error
    except OSError as error:
        raise ResourceError(f"{path}: cannot be read: {reason(error)}") from error
