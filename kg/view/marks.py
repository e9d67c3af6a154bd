"""An article's text with what was found in it marked in place.

In colour a mark is a style and a faint tag behind it; without colour it stands in brackets:
``[entity TAG]``, ``<time DATES>``, ``{trigger TAG Class}``, ``~passed over~``. Marks may nest and cross.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Status
from kg.view.paragraphs import Paragraph, Piece, Style, interval, shown
from kg.view.tags import Tagged

_BRACKETS = {Style.TIME: "<>", Style.EVENT: "{}", Style.FAINT: "~~"}
_ENTITY = "[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of the text (code points, half-open) with its style, and the tag to stand behind it."""

    begin: int
    end: int
    style: Style
    tag: str = ""


def marks(tagged: Tagged) -> tuple[Mark, ...]:
    """A mark for each mention, time expression, trigger and stretch passed over, in order of the text."""
    annotated = tagged.resolved.annotated
    found = [
        *(Mark(begin=span.begin, end=span.end, style=Style.FAINT) for span in annotated.document.skip),
        *(
            Mark(begin=one.begin, end=one.end, style=tagged.style(one.chain), tag=tagged.chains[one.chain])
            for one in annotated.mentions
        ),
        *(
            Mark(
                begin=one.begin,
                end=one.end,
                style=Style.TIME,
                tag=interval(one.start_date, one.end_date) or "?",
            )
            for one in annotated.times
        ),
        *_triggers(tagged),
    ]
    return tuple(sorted(found, key=lambda mark: (mark.begin, -mark.end, mark.style is Style.EVENT)))


def _triggers(tagged: Tagged) -> Iterator[Mark]:
    """One mark for each span; where it tells of several events, their tags by class and status."""
    spans: dict[tuple[int, int], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    accounts = {account.key: account for account in tagged.resolved.annotated.events}
    for key, name in tagged.events.items():
        account = accounts[key]
        status = "" if account.status is Status.ASSERTED else f", {account.status}"
        spans[account.begin, account.end][f"{account.kind}{status}"].append(name)
    for (begin, end), told in spans.items():
        tag = "; ".join(f"{' '.join(names)} {what}" for what, names in told.items())
        yield Mark(begin=begin, end=end, style=Style.EVENT, tag=tag)


def marked(text: str, found: Sequence[Mark], *, colour: bool) -> tuple[Piece, ...]:
    """`text` in pieces, `found` (sorted as `marks` does) shown in them.

    Where marks overlap, the shortest gives the style. With brackets in place of colour, all text between
    tags is the text as it stands.
    """
    pieces: list[Piece] = []
    found = [mark for mark in found if mark.begin < mark.end]
    borders = sorted({0, len(text), *(mark.begin for mark in found), *(mark.end for mark in found)})
    open_marks: list[Mark] = []
    waiting = list(reversed(found))
    for at, border in enumerate(borders):
        for mark in [one for one in reversed(open_marks) if one.end == border]:
            open_marks.remove(mark)
            pieces += _closing(mark, colour=colour)
        while waiting and waiting[-1].begin == border:
            mark = waiting.pop()
            open_marks.append(mark)
            if not colour:
                pieces.append(Piece(_brackets(mark)[0]))
        if at + 1 < len(borders):
            inner = min(reversed(open_marks), key=lambda one: one.end - one.begin, default=None)
            pieces.append(Piece(shown(text[border : borders[at + 1]]), inner.style if inner else Style.PLAIN))
    return tuple(pieces)


def lines(pieces: Sequence[Piece]) -> tuple[Paragraph, ...]:
    """A paragraph for each line of the text in `pieces`; of empty lines one stays, at the ends none."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        found[-1].append(Piece(first, piece.style))
        found += [[Piece(line, piece.style)] for line in rest]
    kept: list[Paragraph] = []
    for line in found:
        told = tuple(piece for piece in line if piece.text)
        if "".join(piece.text for piece in told).strip():
            kept.append(Paragraph(pieces=told))
        elif kept and kept[-1].pieces:
            kept.append(Paragraph())
    return tuple(kept[:-1] if kept and not kept[-1].pieces else kept)


def _closing(mark: Mark, *, colour: bool) -> list[Piece]:
    tag = [Piece(f" {mark.tag}", Style.FAINT)] if mark.tag else []
    return tag if colour else [*tag, Piece(_brackets(mark)[1])]


def _brackets(mark: Mark) -> str:
    return _BRACKETS.get(mark.style, _ENTITY)
