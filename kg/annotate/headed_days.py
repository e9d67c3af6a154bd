"""*In other operations on Tuesday:* — a line that ends with a colon lends its day to what stands under it.

So does a day that opens a paragraph of its own: *3 May 2021: In the market two guards were shot.*
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from kg.annotate.layer import Layer

if TYPE_CHECKING:
    from kg.annotate.events import Telling

_LONGEST = 90  # characters of a heading
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"\s*(?:[-*•·–—]|\(?\d{1,2}[.)])\s")


def lend_headed_days(doc: Doc, found: Layer, tellings: Mapping[int, Telling]) -> None:
    """Date what is told without a time of its own in the past tense under a line that gives one day.

    The day holds until the next line with a colon; under a heading of a list, until the list ends; a day that
    opens a paragraph, to the end of that.
    """
    for time, start, end in (*_headed(doc, found), *_opened(doc, found)):
        day = found.times[time]
        for i, telling in tellings.items():
            if not start <= i < end or telling.frame.speech or not _past(doc, i):
                continue
            sentence = doc[i].sent
            if any(
                max(sentence.start, start) <= t.start < sentence.end for t in found.times if t.kind == "date"
            ):
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


def _opened(doc: Doc, found: Layer) -> Iterator[tuple[int, int, int]]:
    """Each day that a paragraph opens with, before a colon, and the tokens behind that."""
    for index, time in enumerate(found.times):
        if time.kind != "date" or time.end >= len(doc) or doc[time.end].text != ":":
            continue
        if time.start and "\n" not in doc[time.start - 1].text:
            continue
        if len(time.start_date or "") == len("YYYY-MM-DD") and time.start_date == time.end_date:
            line = _LINE.match(doc.text, doc[time.end].idx)
            until = line.end() if line else len(doc.text)
            yield index, time.end, next((t.i for t in doc[time.end :] if t.idx >= until), len(doc))


def _is_heading(line: str) -> bool:
    return len(line) <= _LONGEST and line.rstrip().endswith(":")


def _past(doc: Doc, i: int) -> bool:
    """Whether the clause of token `i` is in the plain past, so that the day can be its own."""
    token = doc[i]
    stands_off = ("had", "has", "have", "will", "would", "to")
    if any(child.dep_ == "aux" and child.lower_ in stands_off for child in token.children):
        return False
    if _is_past(token):
        return True
    return token.tag_ in ("VBN", "VBG", "NN", "NNS") and _is_past(token.sent.root)


def _is_past(verb: Token) -> bool:
    """*fell*, *was taken*."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if verb.tag_ == "VBN":
        return bool(auxiliaries & {"was", "were"}) and not auxiliaries & {"had", "have", "has"}
    return verb.tag_ == "VBD"
