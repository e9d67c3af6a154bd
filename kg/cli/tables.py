"""Tables for a terminal."""

from __future__ import annotations

import shutil
import sys

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

_ENDLESS = 100_000
_SHORT = 12


def screen_width() -> int:
    """The columns of the terminal (or of ``COLUMNS``); where output is piped, no limit."""
    if sys.stdout.isatty():
        return shutil.get_terminal_size().columns
    return shutil.get_terminal_size((_ENDLESS, 24)).columns


def print_table(headings: list[str], rows: list[list[str]], *, numeric: frozenset[int] = frozenset()) -> None:
    """Print rows under headings, wrapped to the width of the screen; `numeric` columns stand right.

    A column whose cells are all short (dates, figures) is not wrapped while the others can give way.
    """
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), show_edge=False, pad_edge=False)
    for at, heading in enumerate(headings):
        longest = max((len(row[at]) for row in rows), default=0)
        short = max(longest, len(heading)) <= _SHORT
        table.add_column(
            heading,
            justify="right" if at in numeric else "left",
            no_wrap=short,
            min_width=min(longest, _SHORT) if short else None,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(width=screen_width(), highlight=False, emoji=False, markup=False)
    console.print(table)
