"""Intervals of days, from dates of three precisions (ISO 8601: year, month or day)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg.model import PartialDate

_NEVER = date.max.toordinal()


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """The days from `first` to `last`, both included, counted from the year 1 (proleptic Gregorian)."""

    first: int = 1
    last: int = _NEVER

    @property
    def count(self) -> int:
        """How many days; none is less than one."""
        return self.last - self.first + 1

    def both(self, other: Days) -> Days | None:
        """The days that are in both, or None."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Days(first, last) if first <= last else None


def first_day(day: PartialDate) -> int:
    """The first day of a date, a month or a year. Raises `ValueError` where there is no such day."""
    year, month, of_month = _parts(day)
    return date(year, month or 1, of_month or 1).toordinal()


def last_day(day: PartialDate) -> int:
    """The last day of a date, a month or a year. Raises `ValueError` where there is no such day."""
    year, month, of_month = _parts(day)
    month = month or 12
    return date(year, month, of_month or monthrange(year, month)[1]).toordinal()


def days_between(start: PartialDate | None, end: PartialDate | None) -> Days | None:
    """The days from `start` to `end`; None where both ends are open, or no day lies between them."""
    if start is None and end is None:
        return None
    days = Days(first_day(start) if start else 1, last_day(end) if end else _NEVER)
    return days if days.count > 0 else None


def common(
    stretches: Iterable[tuple[PartialDate | None, PartialDate | None]],
) -> tuple[PartialDate | None, PartialDate | None]:
    """The start and the end of what all `stretches` share, written as the most precise of them have it.

    Stretches that share no day give (None, None).
    """
    dated = [(days, pair) for pair in stretches if (days := days_between(*pair)) is not None]
    if not dated:
        return None, None
    shared = Days(max(days.first for days, _ in dated), min(days.last for days, _ in dated))
    if shared.count < 1:
        return None, None
    whole = [pair for days, pair in dated if days == shared]
    if whole:
        return min(
            whole, key=lambda pair: (-len(pair[0] or "") - len(pair[1] or ""), pair[0] or "", pair[1] or "")
        )
    starts = [pair[0] for days, pair in dated if pair[0] and days.first == shared.first]
    ends = [pair[1] for days, pair in dated if pair[1] and days.last == shared.last]
    return max(starts, key=len, default=None), max(ends, key=len, default=None)


def _parts(day: PartialDate) -> tuple[int, int | None, int | None]:
    year, _, rest = day.partition("-")
    month, _, of_month = rest.partition("-")
    return int(year), int(month) if month else None, int(of_month) if of_month else None
