"""The dateline of a report: the place and the day of writing, before its first sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.annotate.times.dates import to_day
from kg.annotate.times.grammar import expressions
from kg.annotate.times.model import Fixed, Found
from kg.annotate.times.resolution import resolve_all
from kg.annotate.times.scanner import Words, scan
from kg.model import PartialDate

_HEAD = 600
_DASH = re.compile(r"\s*[)\]]?\s*(?:\([^)\n]{1,60}\)\s*)?(?:--|—|–|-\s|\Z)")
_PLACE = re.compile(r"[^\W\d_a-z][^\n.;:!?]{0,80}[,(]\s*(?:[A-Z][\w/ ]{0,30}[,(]\s*)?\Z")
_LABEL = re.compile(
    r"\s*(?:date|dated|published|posted|updated|issued|release date|last updated)\s*(?:on|:)?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A date at the head of a report, at code points `begin` to `end`; `date` is None without a year."""

    begin: int
    end: int
    date: PartialDate | None


def find_dateline(text: str) -> Dateline | None:
    """The first dateline of `text`, or a date that has one of its first lines for itself; else None.

    >>> find_dateline("LIMA, Peru (Jan. 25, 2013) -- Police said so.").date
    '2013-01-25'
    """
    head = text[:_HEAD]
    words = scan(head)
    for found in expressions(words):
        if not isinstance(found.node, Fixed) or found.node.month is None or found.node.day is None:
            continue
        begin, end = words.begin[found.start], words.end[found.end - 1]
        if _is_dateline(head, begin, end):
            return Dateline(begin=begin, end=end, date=_date(found, words))
    return None


def dateline_date(text: str) -> PartialDate | None:
    """The date of writing that the head of `text` gives, with day, month and year, or None."""
    found = find_dateline(text)
    return found.date if found else None


def _date(found: Found, words: Words) -> PartialDate | None:
    del words
    start = resolve_all([found], None, lambda _: None)[0][1][0]
    return start if to_day(start) else None


def _is_dateline(head: str, begin: int, end: int) -> bool:
    """Whether the date at `begin` to `end` stands after a place and before a dash, or alone on its line."""
    line = head.rfind("\n", 0, begin) + 1
    before = head[line:begin]
    stop = head.find("\n", end)
    after = head[end : stop if stop >= 0 else len(head)]
    if _LABEL.fullmatch(before):
        return True
    if not before.strip():
        return stop >= 0 and not after.strip(" .|\r") and head[begin:end][-4:].isdigit()
    return bool(
        _PLACE.fullmatch(before) and _DASH.match(after) and not (after.strip() == "" and "(" in before)
    )
