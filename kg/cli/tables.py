"""Tables for a terminal."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Sequence

import click
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

_GAP = 2
_ENDLESS = 100_000
_WORD = 16
_FIGURES = re.compile(r"[\d.,:/+-]+")


def screen_width() -> int:
    """The columns of the terminal (or of ``COLUMNS``); where output is piped, no limit."""
    fallback = 80 if sys.stdout.isatty() else _ENDLESS
    return shutil.get_terminal_size((fallback, 24)).columns


def print_table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, numeric: frozenset[int] = frozenset()
) -> None:
    """Print rows under headings, cells wrapped to fit the screen; `numeric` columns stand right."""
    width = screen_width()
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False)
    columns = [[heading, *(row[at] for row in rows)] for at, heading in enumerate(headings)]
    for at, size in enumerate(widths(columns, width)):
        table.add_column(
            Text(headings[at]), justify="right" if at in numeric else "left", width=size, overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(width=max(width, 1), highlight=False, emoji=False, markup=False)
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


def widths(columns: Sequence[Sequence[str]], screen: int) -> list[int]:
    """How wide to make each column, given its cells, so that all stand side by side on the screen.

    Each has room for its longest word (up to 16 characters; less where that is too much, but dates and
    figures are broken last); what is left goes to the columns by what they lack.
    """
    natural = [max((cell_len(cell) for cell in cells), default=1) or 1 for cells in columns]
    room = max(screen - _GAP * (len(columns) - 1), len(columns))
    if sum(natural) <= room:
        return natural
    words = [[word for cell in cells for word in cell.split()] for cells in columns]
    whole = [_longest(word for word in column if _FIGURES.fullmatch(word)) for column in words]
    broken = [_longest(column) for column in words]
    for longest in range(_WORD, 0, -1):
        least = [max(kept, min(word, longest)) for kept, word in zip(whole, broken, strict=True)]
        if sum(least) <= room:
            break
    else:
        least = [max(room // len(columns), 1)] * len(columns)
    left = max(room - sum(least), 0)
    for at in sorted(range(len(least)), key=lambda at: broken[at] - least[at]):
        if 0 < min(broken[at], _WORD) - least[at] <= left:
            left -= min(broken[at], _WORD) - least[at]
            least[at] = min(broken[at], _WORD)
    wanted = [full - low for full, low in zip(natural, least, strict=True)]
    shared = [low + left * want // (sum(wanted) or 1) for low, want in zip(least, wanted, strict=True)]
    for at in sorted(range(len(shared)), key=lambda at: shared[at] - natural[at])[: room - sum(shared)]:
        shared[at] += shared[at] < natural[at]
    return shared


def _longest(words: Iterable[str]) -> int:
    """How wide the longest of the words is, at least 1."""
    return max((cell_len(word) for word in words), default=1) or 1
