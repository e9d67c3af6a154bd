"""One writer at a time: an advisory lock on a file, which the system gives back when its holder dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import ResourceError, reason

NAME = "lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the store in `folder` for writing while the block runs.

    Raises `ResourceError` where another process holds it, naming the process, or where it cannot be held.
    """
    path = folder / NAME
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise ResourceError(f"{folder}: cannot be written to: {reason(error)}") from None
    try:
        if not _lock(handle):
            holder = os.read(handle, 32).decode("ascii", "replace").strip() or "unknown"
            raise ResourceError(
                f"{folder}: another program is at work on this store (process {holder}): "
                "wait until it is done, or stop it"
            )
        with suppress(OSError):  # on a full disk the pid has no place; the lock holds all the same
            os.ftruncate(handle, 0)
            os.write(handle, f"{os.getpid()}\n".encode("ascii"))
        yield
    finally:
        os.close(handle)  # gives the lock back


if sys.platform == "win32":
    import msvcrt

    _PLACE = 1 << 20  # behind the pid: what is locked cannot be read

    def _lock(handle: int) -> bool:
        os.lseek(handle, _PLACE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
