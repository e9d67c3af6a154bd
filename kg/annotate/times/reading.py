"""A text's time expressions, from the words to the calendar: `resolve`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from kg.annotate.times.dateline import find_dateline
from kg.annotate.times.grammar import expressions
from kg.annotate.times.model import Found, Tense, Timex
from kg.annotate.times.resolution import resolve_all
from kg.annotate.times.scanner import Words, scan
from kg.annotate.times.tense import tense_by_words
from kg.model import PartialDate

TenseAt: TypeAlias = Callable[[int, int], Tense | None]
"""The tense of the clause around the expression at these code points."""


def resolve(
    text: str, published: PartialDate | None = None, tense_at: TenseAt | None = None
) -> tuple[Timex, ...]:
    """Every time expression of `text`, in order, with the interval that it denotes.

    `published` is the date of publication (any precision; None or an ill-formed date: unknown, and
    relative expressions stay undated). `tense_at` says where a clause looks; without it the words
    around the expression do. A dateline is no expression. Raises nothing on any text.

    >>> [(each.start_date, each.end_date) for each in resolve("since Friday", "2021-08-10")]
    [('2021-08-06', None)]
    """
    words = scan(text)
    at = tense_at or (lambda _begin, _end: None)

    def tense_of(found: Found) -> Tense | None:
        if tense_at is None:
            return tense_by_words(words, found.start, found.end)
        return at(words.begin[found.start], words.end[found.end - 1])

    resolved = resolve_all(_outside_dateline(text, words), published, tense_of)
    return tuple(
        Timex(
            begin=words.begin[found.start],
            end=words.end[found.end - 1],
            start_date=start,
            end_date=end,
            kind=kind,
        )
        for found, (start, end), kind in resolved
    )


def _outside_dateline(text: str, words: Words) -> Iterator[Found]:
    dateline = find_dateline(text)
    for found in expressions(words):
        if dateline and words.begin[found.start] < dateline.end and dateline.begin < words.end[found.end - 1]:
            continue
        yield found
