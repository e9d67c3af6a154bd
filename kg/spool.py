"""Pieces of bytes kept on the disk under their names, so that memory holds no more than an index."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from kg.errors import ResourceError, given_twice, reason


class Spool:
    """Articles' data in a file without a name in `folder`; close it, or use it in a `with`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None
        self._index: dict[str, tuple[int, int]] = {}

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._index)

    def add(self, article: str, data: bytes) -> None:
        """Keeps the data of one article.

        Raises `DataError` where its identifier was added before, `ResourceError` where the disk is full.
        """
        if article in self._index:
            raise given_twice(article)
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by `close`
            begin = self._file.seek(0, os.SEEK_END)
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            raise ResourceError(f"{self._folder}: the articles cannot be kept: {reason(error)}") from None
        self._index[article] = (begin, len(data))

    def __iter__(self) -> Iterator[bytes]:
        """The data of each article, in the order of their identifiers."""
        for article in sorted(self._index):
            begin, length = self._index[article]
            assert self._file is not None
            self._file.seek(begin)
            yield self._file.read(length)

    def close(self) -> None:
        """Gives the file back."""
        if self._file is not None:
            with suppress(OSError):  # on a full disk the rest of it has no place, and no use
                self._file.close()
            self._file = None
