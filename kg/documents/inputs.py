"""Which files an input means, and the identifier that each gives its article.

An input is a file, a folder (read with all folders below it), a glob pattern, or ``-`` for standard
input. In a folder the files that end in ``.txt`` or ``.jsonl`` are read, and those without an ending, as
text; hidden ones, pipes, devices and all others are passed over.
"""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kg.errors import DocumentError, KgError, ResourceError, reason

OnError = Callable[[KgError], None]

_ENDING = re.compile(r"\.(?=\w*[A-Za-z])\w{1,8}\Z", re.ASCII)


class InputFormat(StrEnum):
    """What an input holds."""

    TEXT = "text"
    JSONL = "jsonl"


_FORMATS = {".txt": InputFormat.TEXT, ".jsonl": InputFormat.JSONL, "": InputFormat.TEXT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file to read; `path` is None for standard input, `format` None where the content tells.

    `id` is the identifier of the article in a text file. `place` is the file as messages name it.
    """

    path: Path | None
    id: str
    place: str
    format: InputFormat | None


STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    path: Path
    relative: str
    format: InputFormat


def find_inputs(
    inputs: Iterable[str | Path], *, on_error: OnError, stdin_format: InputFormat | None = None
) -> list[Input]:
    """All files that `inputs` mean, in the order of their absolute paths, standard input last.

    A file that several inputs reach is read once. The identifier is the file's name, or, where a name
    occurs twice, its path below the input folder. What cannot be used goes to `on_error`.
    """
    found: dict[str, _Found] = {}
    standard_input = False
    for given in inputs:
        if str(given) == STANDARD_INPUT:
            standard_input = True
            continue
        for item in _guarded(str(given), on_error):
            key = os.path.abspath(item.path)  # noqa: PTH100 - resolve() would make one file of two links
            if key not in found or len(item.relative) > len(found[key].relative):
                found[key] = item
    names = Counter(item.path.name for item in found.values())
    files = [
        Input(
            path=item.path,
            id=item.path.name if names[item.path.name] == 1 else item.relative,
            place=printable(str(item.path)),
            format=item.format,
        )
        for _, item in sorted(found.items())
    ]
    if standard_input:
        files.append(Input(path=None, id="stdin", place="standard input", format=stdin_format))
    return files


def printable(name: str) -> str:
    """`name` as it can be printed on one line, whatever bytes a file system puts in it."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)


def _guarded(given: str, on_error: OnError) -> Iterator[_Found]:
    """What `_find` finds; where the system refuses to look (a closed folder, an endless name), its word."""
    try:
        yield from _find(given, on_error)
    except OSError as error:
        on_error(ResourceError(f"{printable(given)}: cannot be read: {reason(error)}"))


def _find(given: str, on_error: OnError) -> Iterator[_Found]:
    path = Path(given)
    if not given.strip():  # a shell's unset variable, not the folder that one stands in
        on_error(ResourceError("an input is empty text: give a file, a folder, a pattern or - instead"))
    elif path.is_dir():
        yield from _filled(_walk(path, path, on_error), f"{printable(given)}: ", on_error)
    elif path.exists():
        name_format = _format(path.name)
        if name_format is None:
            on_error(
                DocumentError(
                    f"{printable(given)}: its ending is not one that kg reads: "
                    "give .txt (plain text) or .jsonl (JSON Lines)"
                )
            )
        else:
            yield _Found(path=path, relative=path.name, format=name_format)
    elif glob.has_magic(given):
        yield from _filled(_matches(given, on_error), f"no file matches {printable(given)}: ", on_error)
    else:
        on_error(ResourceError(f"{printable(given)}: no such file or folder: check the path"))


def _filled(found: Iterator[_Found], prefix: str, on_error: OnError) -> Iterator[_Found]:
    empty = True
    for item in found:
        empty = False
        yield item
    if empty:
        on_error(ResourceError(f"{prefix}nothing to read: kg reads files that end in .txt or .jsonl"))


def _matches(pattern: str, on_error: OnError) -> Iterator[_Found]:
    fixed = Path(*_fixed_parts(Path(pattern).parts))
    for match in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - the pattern may be absolute
        path = Path(match)
        if path.is_dir():
            yield from _walk(path, fixed, on_error)
        elif (name_format := _format(path.name)) is not None and not _is_special(path):
            yield _Found(path=path, relative=_below(path, fixed), format=name_format)


def _fixed_parts(parts: tuple[str, ...]) -> Iterator[str]:
    for part in parts:
        if glob.has_magic(part):
            return
        yield part


def _walk(folder: Path, root: Path, on_error: OnError) -> Iterator[_Found]:
    def refuse(error: OSError) -> None:
        on_error(ResourceError(f"{printable(str(error.filename))}: cannot be read: {reason(error)}"))

    seen: set[str] = set()
    for top, folders, files in os.walk(folder, onerror=refuse, followlinks=True):
        real = os.path.realpath(top)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(top, name)
            if not name.startswith(".") and (name_format := _format(name)) and not _is_special(path):
                yield _Found(path=path, relative=_below(path, root), format=name_format)


def _is_special(path: Path) -> bool:
    """Whether `path` is a pipe, a socket or a device, of which nobody knows whether it ever ends."""
    return path.exists() and not path.is_file()


def _below(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _format(name: str) -> InputFormat | None:
    found = _ENDING.search(name)
    return _FORMATS.get(found[0].lower() if found else "")
