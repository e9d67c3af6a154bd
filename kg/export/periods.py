"""A day for an interval, and how precise it is, as ACLED gives them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model import PartialDate

_WEEK = 7
_MONTH = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedDay:
    """`day` stands for the interval; `precision` is 1 for a day, 2 for a week, 3 for a month.

    `day` and `precision` are empty for what is longer or open, `year` for what is not within one.
    """

    day: str = ""
    year: str = ""
    precision: str = ""


def coded_day(start: PartialDate | None, end: PartialDate | None) -> CodedDay:
    """The day itself, or the one in the middle of a week or month at most.

    >>> coded_day("2023-03", "2023-03")
    CodedDay(day='2023-03-16', year='2023', precision='3')
    """
    if start is None or end is None:
        return CodedDay()
    first, last = _first(start), _last(end)
    if first is None or last is None or last < first:
        return CodedDay()
    length = (last - first).days + 1
    year = first.isoformat()[:4] if first.year == last.year else ""
    if length > _MONTH:
        return CodedDay(year=year)
    middle = first + timedelta(days=length // 2)
    precision = "1" if length == 1 else "2" if length <= _WEEK else "3"
    return CodedDay(day=middle.isoformat(), year=middle.isoformat()[:4], precision=precision)


def _first(value: PartialDate) -> date | None:
    try:
        return date.fromisoformat(value + "-01" * (2 - value.count("-")))
    except ValueError:
        return None


def _last(value: PartialDate) -> date | None:
    first = _first(value)
    if first is None or value.count("-") == 2:
        return first
    month = first.month if value.count("-") else 12
    return date(first.year, month, calendar.monthrange(first.year, month)[1])
