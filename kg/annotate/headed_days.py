"""*In other operations on Tuesday:* — a line that ends with a colon lends its day to what stands under it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from kg.annotate.layer import Layer

if TYPE_CHECKING:
    from kg.annotate.events import Telling

_LONGEST = 90  # characters of a heading
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"\s*(?:[-*•·–—]|\(?\d{1,2}[.)])\s")


def lend_headed_days(doc: Doc, found: Layer, tellings: Mapping[int, Telling]) -> None:
    """Date what is told without a time of its own in the past tense under a line that gives one day.

    The day holds until the next line with a colon; under a heading of a list, until the list ends.
    """
    for time, start, end in _headed(doc, found):
        day = found.times[time]
        for i, telling in tellings.items():
            if not start <= i < end or telling.frame.speech or not _past(doc, i):
                continue
            sentence = doc[i].sent
            if any(sentence.start <= t.start < sentence.end for t in found.times if t.kind == "date"):
                continue
            for index in telling.accounts:
                account = found.accounts[index]
                if not account.dated:
                    account.times = [time, *account.times]
                    account.start_date, account.end_date = day.start_date, day.end_date


def _headed(doc: Doc, found: Layer) -> Iterator[tuple[int, int, int]]:
    """Each heading's time expression, and the tokens under it."""
    text = doc.text
    if ":\n" not in text:
        return
    lines = [match for match in _LINE.finditer(text) if match.group().strip()]
    begins = [token.idx for token in doc]
    headings = [k for k, line in enumerate(lines) if _is_heading(line.group())]
    for k, until in pairwise([*headings, len(lines)]):
        first, last = bisect_left(begins, lines[k].start()), bisect_left(begins, lines[k].end())
        days = [
            index
            for index, time in enumerate(found.times)
            if first <= time.start < last and time.kind == "date" and time.start_date
        ]
        single = len(days) == 1 and found.times[days[0]].start_date == found.times[days[0]].end_date
        if not single or len(found.times[days[0]].start_date or "") < len("YYYY-MM-DD"):
            continue
        below = lines[k + 1 : until]
        if below and _BULLET.match(below[0].group()):
            listed = next((n for n, line in enumerate(below) if not _BULLET.match(line.group())), len(below))
            below = below[:listed]
        if below:
            yield days[0], last, bisect_left(begins, below[-1].end())


def _is_heading(line: str) -> bool:
    return len(line) <= _LONGEST and line.rstrip().endswith(":")


def _past(doc: Doc, i: int) -> bool:
    """Whether the clause of token `i` is in the plain past, so that the day can be its own."""
    token = doc[i]
    if any(child.lower_ in ("had", "has", "have", "will", "would", "to") for child in token.children):
        return False
    if token.tag_ == "VBD":
        return True
    return token.tag_ in ("VBN", "VBG", "NN", "NNS") and token.sent.root.tag_ == "VBD"
