"""A line on standard error that counts what is done, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import ProgressColumn, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`advance` is told the name of each thing done, `note` prints a line above the count."""

    advance: Callable[[str], None]
    note: Callable[[str], None]


@contextmanager
def progress(what: str, total: Callable[[], int | None] = lambda: None) -> Iterator[Progress]:
    """Counts ``what: 12 of 40  8.1/s  0:00:03  name`` while the block runs: rate and time left.

    `total` is asked for the number there will be only where it is shown; where that is None, the time that
    has passed is shown. Where no terminal is, only notes are printed.
    """

    def echo(line: str) -> None:
        click.echo(line, err=True)

    if not sys.stderr.isatty():
        yield Progress(advance=lambda _name: None, note=echo)
        return

    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    count = total()
    with Bar(*_columns(what, count), console=console, transient=True) as bar:
        task = bar.add_task("", total=count)

        def advance(name: str) -> None:
            bar.update(task, advance=1, description=escape(name))

        def note(line: str) -> None:
            console.print(line, markup=False, highlight=False, soft_wrap=True)

        yield Progress(advance=advance, note=note)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None]]:
    """Counts ``what: 120,000  8,000/s`` while the block runs, told how many more; else silent."""
    if not sys.stderr.isatty():
        yield lambda _more: None
        return

    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(*_columns(what, None), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda more: bar.update(task, advance=more)


def _columns(what: str, count: int | None) -> list[ProgressColumn]:
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    done = f"{what}: {{task.completed:,.0f}}"
    if count is None:
        return [
            SpinnerColumn(),
            TextColumn(done),
            _rate_column(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
        ]
    return [
        SpinnerColumn(),
        TextColumn(f"{done} of {count:,}"),
        BarColumn(bar_width=20),
        _rate_column(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    ]


def _rate_column() -> ProgressColumn:
    from rich.progress import ProgressColumn
    from rich.text import Text

    class RateColumn(ProgressColumn):
        """How many are done in a second."""

        def render(self, task: Task) -> Text:
            rate = task.finished_speed or task.speed
            return Text("" if rate is None else f"{rate:,.1f}/s")

    return RateColumn()
