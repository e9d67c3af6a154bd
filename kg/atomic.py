"""A file is replaced whole or not at all: written beside its place, flushed to the disk, then renamed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ResourceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """A folder that lasts as long as the work, and the file in it that takes the place of the old one."""

    folder: Path
    file: Path


def check_place(path: Path) -> None:
    """Whether a file can come to stand at `path`.

    Raises:
        ResourceError: its folder does not exist or cannot be written to.
    """
    folder = path.parent
    if not folder.exists():
        raise ResourceError(f"{folder}: no such folder: make it with: mkdir -p '{folder}'")
    if not folder.is_dir():
        raise ResourceError(f"{folder}: is no folder: write to another place")
    if not os.access(folder, os.W_OK):
        raise ResourceError(
            f"{folder}: cannot be written to: write to another place, or change its permissions"
        )


@contextmanager
def replacing(path: Path) -> Iterator[Workplace]:
    """A workplace beside `path`; what stands in its file at the end of the block replaces `path`.

    Where the block raises, or leaves no file, `path` stays as it was. A symbolic link
    is followed. The permissions of an older file are kept.

    Raises:
        ResourceError: the disk is full, or the folder cannot be written to.
    """
    target = path.resolve()
    check_place(target)
    try:
        with tempfile.TemporaryDirectory(
            prefix=f".{target.name[:40]}.", dir=target.parent, ignore_cleanup_errors=True
        ) as name:
            folder = Path(name)
            workplace = Workplace(folder=folder, file=folder / target.name)
            yield workplace
            if not workplace.file.exists():
                return
            with workplace.file.open("rb+") as stream:
                os.fsync(stream.fileno())
            with suppress(FileNotFoundError):
                shutil.copymode(target, workplace.file)
            workplace.file.replace(target)
            _sync_folder(target.parent)
    except OSError as error:
        kept = f"{path} is as it was" if target.exists() else f"{path} was not written"
        raise ResourceError(
            f"{path}: {error.strerror or error}: {kept}: free some space, or write to another place"
        ) from error


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not every file system can
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
