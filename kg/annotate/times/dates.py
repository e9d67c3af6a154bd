"""Arithmetic on dates of three precisions: ``YYYY``, ``YYYY-MM`` and ``YYYY-MM-DD`` (ISO 8601).

Every function returns None where the calendar has no such date; none raises. Years run from 1000 to 2199.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TypeAlias

from kg.model import PartialDate

Interval: TypeAlias = tuple[PartialDate | None, PartialDate | None]
UNDATED: Interval = (None, None)
FIRST_YEAR, LAST_YEAR = 1000, 2199

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def make(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """The date of these parts, as precise as they are.

    >>> make(2020, 2), make(2021, 2, 30)
    ('2020-02', None)
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def parts(value: PartialDate | None) -> tuple[int, int | None, int | None] | None:
    """Year, month and day of `value`, the last two None where it does not say; None where it is no date.

    >>> parts("2020-02")
    (2020, 2, None)
    """
    found = _FORM.fullmatch(value) if value else None
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or make(year, month, day) is None:
        return None
    return year, month, day


def to_day(value: PartialDate | None) -> date | None:
    """`value` as a day, or None where it is less precise."""
    found = parts(value)
    if found is None or found[1] is None or found[2] is None:
        return None
    return date(found[0], found[1], found[2])


def shift_days(day: date, days: int) -> date | None:
    """`day` and so many days later (earlier, below 0)."""
    try:
        moved = day + timedelta(days=days)
    except OverflowError:
        return None
    return moved if FIRST_YEAR <= moved.year <= LAST_YEAR else None


def shift_months(year: int, month: int, months: int) -> tuple[int, int] | None:
    """Year and month, so many months later (earlier, below 0)."""
    index = year * 12 + month - 1 + months
    moved = index // 12, index % 12 + 1
    return moved if FIRST_YEAR <= moved[0] <= LAST_YEAR else None


def day_interval(day: date | None) -> Interval:
    """The one day `day`."""
    return (day.isoformat(), day.isoformat()) if day else UNDATED


def days(first: date | None, last: date | None) -> Interval:
    """From the day `first` to the day `last`."""
    return (first.isoformat(), last.isoformat()) if first and last else UNDATED


def one(value: PartialDate | None) -> Interval:
    """The interval that the single date `value` denotes."""
    return value, value


def week(day: date) -> Interval:
    """Monday to Sunday around `day` (weeks of ISO 8601)."""
    monday = shift_days(day, -day.weekday())
    return days(monday, shift_days(monday, 6)) if monday else UNDATED


def in_order(interval: Interval) -> bool:
    """Whether the start is not after the end, both cut to the shorter; true where an end is open."""
    start, end = interval
    if start is None or end is None:
        return True
    size = min(len(start), len(end))
    return start[:size] <= end[:size]
