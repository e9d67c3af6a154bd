"""Styled paragraphs on a terminal: wrapped to its width, coloured where that is wanted."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator

import click
from rich.console import Console
from rich.style import Style as RichStyle
from rich.text import Text

from kg.view.paragraphs import Paragraph, Piece, Style

WIDEST = 100
"""Columns: longer lines of prose are hard to read."""

_NARROWEST = 30
_DEFAULT = 80
# The sixteen colours of the terminal's own palette, so that they suit a light and a dark ground.
_LOOKS = {
    Style.HEADING: RichStyle(bold=True),
    Style.KEY: RichStyle(italic=True),
    Style.FAINT: RichStyle(dim=True),
    Style.PERSON: RichStyle(color="yellow"),
    Style.ORGANIZATION: RichStyle(color="cyan"),
    Style.GROUP: RichStyle(color="magenta"),
    Style.PLACE: RichStyle(color="green"),
    Style.TIME: RichStyle(color="blue", underline=True),
    Style.EVENT: RichStyle(color="red", bold=True),
}


def wants_colour(when: str) -> bool:
    """Whether to colour standard output: as `when` says, else by the terminal and its environment.

    NO_COLOR (https://no-color.org) and FORCE_COLOR count where they are set and not empty.
    """
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def text_width() -> int:
    """The columns for prose: those of the terminal (or ``COLUMNS``), 80 in a pipe, 100 at most."""
    return max(_NARROWEST, min(shutil.get_terminal_size((_DEFAULT, 24)).columns, WIDEST))


def print_paragraphs(paragraphs: Iterable[Paragraph], *, colour: bool, width: int | None = None) -> None:
    """Print paragraphs on standard output, an empty one as an empty line."""
    console = Console(
        width=width or text_width(),
        color_system="standard" if colour else None,
        force_terminal=colour,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    for paragraph in paragraphs:
        for line in _lines(paragraph, console):
            with console.capture() as captured:
                console.print(line, end="", soft_wrap=True)
            # click would strip the colours where standard output is no terminal, even if asked for.
            click.echo(captured.get(), color=True if colour else None)


def _lines(paragraph: Paragraph, console: Console) -> Iterator[Text]:
    name, style = paragraph.label
    bare = name.lstrip(" ")
    label = Text.assemble(Text(" " * (len(name) - len(bare))), _text([Piece(bare, style)]))
    indent = paragraph.indent
    lead = max(label.cell_len + 1, indent) if label.plain else indent
    body = _text(paragraph.pieces)
    # What the label takes beyond the indent is taken from the first line by a stretch of its width.
    body = Text.assemble(Text("\u00a0" * (lead - indent)), body)
    for number, line in enumerate(body.wrap(console, max(console.width - indent, 1), overflow="fold")):
        line.rstrip()
        if number:
            yield Text.assemble(Text(" " * indent), line)
        else:
            gap = Text(" " * (lead - label.cell_len)) if line.plain else Text("")
            yield Text.assemble(label, gap, line[lead - indent :] if lead > indent else line)


def _text(pieces: Iterable[Piece]) -> Text:
    text = Text()
    for piece in pieces:
        text.append(piece.text, _LOOKS.get(piece.style))
    return text
