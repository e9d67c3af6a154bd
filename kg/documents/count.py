"""How many articles there are to read, as far as that can be known before they are read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.documents.inputs import InputFormat, find_inputs

_MOST = 1 << 30
_BLOCK = 1 << 20


def count_documents(inputs: Iterable[str | Path]) -> int | None:
    """About how many articles `inputs` hold: files of text, and lines of records.

    None where that is not cheap to know: standard input, or more than a gigabyte of records. What cannot
    be read counts nothing.
    """
    count, left = 0, _MOST
    for source in find_inputs(inputs, on_error=lambda _error: None):
        if source.path is None or not source.path.is_file():  # a pipe can be read but once
            return None
        if source.format is not InputFormat.JSONL:
            count += 1
            continue
        try:
            left -= source.path.stat().st_size
            if left < 0:
                return None
            count += _lines(source.path)
        except OSError:
            continue
    return count


def _lines(path: Path) -> int:
    count, last = 0, b"\n"
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            count += block.count(b"\n")
            last = block[-1:]
    return count + (last != b"\n")
