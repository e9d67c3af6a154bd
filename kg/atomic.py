"""Files that are replaced whole or not at all."""

from __future__ import annotations

import gzip
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

from kg.errors import ResourceError, reason

_BUFFER = 1 << 18


@contextmanager
def replaced(target: Path, gzipped: bool | None = None) -> Iterator[IO[bytes]]:
    """A stream of bytes into a new file that takes the place of `target` if all went well, and else is gone.

    Where `gzipped`, or the name ends in ``.gz``, the bytes are packed, without a name or a time. A
    device or a pipe is written to as it stands: it cannot be replaced. Raises `ResourceError` where the
    folder is missing or the file cannot be written.
    """
    if not target.parent.is_dir():
        raise ResourceError(f"{target}: the folder {target.parent} does not exist: make it first")
    if target.is_dir():
        raise ResourceError(f"{target}: is a folder: name a file in it")
    if target.exists() and not target.is_file():
        try:
            with target.open("wb") as device:
                yield device
        except BrokenPipeError:
            raise
        except OSError as error:
            raise ResourceError(f"{target}: cannot be written: {reason(error)}") from None
        return
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    except OSError as error:
        raise ResourceError(f"{target}: cannot be written: {reason(error)}") from None
    try:
        with os.fdopen(handle, "wb", buffering=_BUFFER) as file:
            with packed(file, target.name.lower().endswith(".gz") if gzipped is None else gzipped) as stream:
                yield stream
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException as error:
        with suppress(OSError):
            Path(name).unlink()
        if isinstance(error, OSError):
            raise ResourceError(f"{target}: cannot be written: {reason(error)}") from None
        raise


@contextmanager
def packed(file: IO[bytes], gzipped: bool) -> Iterator[IO[bytes]]:
    """`file`, or a gzip stream into it that names no file and no time."""
    if not gzipped:
        yield file
        return
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0, compresslevel=6) as squeezed,
        io.BufferedWriter(cast(io.RawIOBase, squeezed), _BUFFER) as buffered,
    ):
        yield buffered


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
