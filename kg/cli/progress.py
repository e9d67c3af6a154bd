"""A line on standard error that counts what is done, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`advance` is told the name of each thing done, `note` prints a line above the count."""

    advance: Callable[[str], None]
    note: Callable[[str], None]


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """Counts ``what: 12  name`` while the block runs; where no terminal is, only notes are printed."""

    def echo(line: str) -> None:
        click.echo(line, err=True)

    if not sys.stderr.isatty():
        yield Progress(advance=lambda _name: None, note=echo)
        return

    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn(f"{what}: {{task.completed:,.0f}}"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def advance(name: str) -> None:
            bar.update(task, advance=1, description=escape(name))

        def note(line: str) -> None:
            console.print(line, markup=False, highlight=False, soft_wrap=True)

        yield Progress(advance=advance, note=note)
