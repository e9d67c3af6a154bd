"""Styled text, free of any terminal: pieces that have a style, and paragraphs of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from kg.model import PartialDate


class Style(StrEnum):
    """What a piece of text is; what it looks like is for the screen to say."""

    PLAIN = "plain"
    HEADING = "heading"
    KEY = "key"
    FAINT = "faint"
    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    PLACE = "place"
    TIME = "time"
    EVENT = "event"


class Piece(NamedTuple):
    """A stretch of text of one style."""

    text: str
    style: Style = Style.PLAIN


NOTHING = Piece("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Pieces to be wrapped, `indent` columns from the left; `label` stands before the first line.

    A label that is as wide as the indent pushes the first line to the right. No pieces: an empty line.
    """

    pieces: tuple[Piece, ...] = ()
    label: Piece = NOTHING
    indent: int = 0

    @property
    def text(self) -> str:
        """The text of the pieces."""
        return "".join(piece.text for piece in self.pieces)


def paragraph(*pieces: Piece | str, label: Piece | str = "", indent: int = 0) -> Paragraph:
    """A paragraph; plain text may stand for a piece."""
    return Paragraph(pieces=tuple(_piece(piece) for piece in pieces), label=_piece(label), indent=indent)


def separated(groups: Iterable[Iterable[Piece]], separator: str) -> tuple[Piece, ...]:
    """The pieces of all groups that are not empty, with `separator` between the groups."""
    found: list[Piece] = []
    for group in groups:
        pieces = list(group)
        if pieces and found:
            found.append(Piece(separator))
        found += pieces
    return tuple(found)


def shown(text: str) -> str:
    """`text` with what a terminal would act on made harmless: line breaks stay, other spaces are spaces.

    Controls, and the invisible characters that turn the direction of writing, become U+FFFD.

    >>> shown("a\\tb\\x1b[2J")
    'a b\\ufffd[2J'
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or char == "\n" else " " if char.isspace() else "\ufffd" for char in text
    )


def on_one_line(text: str) -> str:
    """`shown`, with line breaks and repeated spaces as one space."""
    return " ".join(shown(text).split())


def interval(start: PartialDate | None, end: PartialDate | None) -> str:
    """Two dates as a person writes them; empty where both are open.

    >>> interval("2012-03", None)
    'since 2012-03'
    """
    if start is None:
        return "" if end is None else f"until {end}"
    if end is None:
        return f"since {start}"
    return start if start == end else f"{start} to {end}"


def _piece(piece: Piece | str) -> Piece:
    return piece if isinstance(piece, Piece) else Piece(piece)
