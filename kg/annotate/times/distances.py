"""Intervals at a distance from a date: units on or back, the units up to it, its own unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from kg.annotate.times import dates
from kg.annotate.times.dates import UNDATED, Interval
from kg.model import PartialDate

Parts: TypeAlias = tuple[int, int | None, int | None]
"""Year, month and day of a date, the last two None where it does not say."""


def away(
    known: Parts,
    day: date | None,
    unit: str,
    count: int,
) -> Interval:
    """`count` units from a date, as precise as the unit."""
    if abs(count) > 3000:
        return UNDATED
    year, month, _ = known
    years = {"year": 1, "decade": 10, "century": 100}.get(unit)
    if years:
        return dates.one(dates.make(year + years * count))
    if unit in ("month", "quarter"):
        moved = dates.shift_months(year, month, count * (3 if unit == "quarter" else 1)) if month else None
        return dates.one(dates.make(*moved)) if moved else UNDATED
    if day is None:
        return UNDATED
    if unit in ("week", "fortnight"):
        moved_day = dates.shift_days(day, count * (7 if unit == "week" else 14))
        return dates.week(moved_day) if moved_day else UNDATED
    if unit in ("hour", "minute"):
        hours = count if unit == "hour" else 0
        whole = int(hours / 24)
        return dates.day_interval(dates.shift_days(day, whole))
    if unit in ("day", "night"):
        return dates.day_interval(dates.shift_days(day, count))
    return UNDATED


def stretch(count: int | None, unit: str, known: Parts | None, day: date | None) -> Interval:
    """The units up to publication, or those that come."""
    if count is None or known is None or abs(count) > 3000:
        return UNDATED
    year, month, _ = known
    years = {"year": 1, "decade": 10, "century": 100}.get(unit)
    if years and not (unit == "year" and abs(count) == 1 and month):
        other, now = dates.make(year - years * count), dates.make(year)
    elif unit in ("year", "month", "quarter") and month:
        size = {"year": 12, "quarter": 3}.get(unit, 1)
        moved = dates.shift_months(year, month, -count * size)
        other, now = (dates.make(*moved) if moved else None), dates.make(year, month)
    elif day and unit in ("day", "night", "week", "fortnight", "hour", "minute"):
        size = {"week": 7, "fortnight": 14}.get(unit, 1)
        length = -(-abs(count) // 24) if unit == "hour" else 1 if unit == "minute" else abs(count) * size
        moved_day = dates.shift_days(day, -length if count > 0 else length)
        other, now = (moved_day.isoformat() if moved_day else None), day.isoformat()
    else:
        return UNDATED
    if other is None or now is None:
        return UNDATED
    return (other, now) if count > 0 else (now, other)


def back(value: PartialDate | None, unit: str, count: int) -> PartialDate | None:
    """`value` so many weeks, months or years earlier, as precise as it is (weeks: a day only)."""
    known, day = dates.parts(value), dates.to_day(value)
    if known is None or abs(count) > 3000:
        return None
    year, month, number = known
    if unit == "week":
        moved = dates.shift_days(day, -7 * count) if day else None
        return moved.isoformat() if moved else None
    if month is None:
        return dates.make(year - count) if unit == "year" else None
    shifted = dates.shift_months(year, month, -count * (12 if unit == "year" else 1))
    return dates.make(*shifted, number) if shifted else None


def upto(start: PartialDate | None, end: PartialDate | None, unit: str, count: int, sign: int) -> Interval:
    """`count` units that end with the interval, or begin with it where `sign` is 1; months as months."""
    value = end if sign < 0 else start
    known, day = dates.parts(value), dates.to_day(value)
    if known is None:
        return UNDATED
    if unit in ("day", "week"):
        size = count * (7 if unit == "week" else 1) - 1
        other_day = dates.shift_days(day, sign * size) if day else None
        return dates.days(*((other_day, day) if sign < 0 else (day, other_day)))
    if known[1] is None:
        return UNDATED
    size = count * {"year": 12, "quarter": 3}.get(unit, 1) - 1
    moved = dates.shift_months(known[0], known[1], sign * size)
    here, other = dates.make(known[0], known[1]), dates.make(*moved) if moved else None
    if other is None:
        return UNDATED
    return (other, here) if sign < 0 else (here, other)


def same(unit: str, known: Parts, day: date | None, *, single: bool) -> Interval:
    """*that day*, *the same month*: the anchor, as precise as the unit."""
    year, month, _ = known
    if unit == "year":
        return dates.one(dates.make(year))
    if unit == "decade":
        return dates.make(year - year % 10), dates.make(year - year % 10 + 9)
    if unit == "month" and month:
        return dates.one(dates.make(year, month))
    if unit == "day" and day and single:
        return dates.day_interval(day)
    if unit == "week" and day:
        return dates.week(day)
    if unit == "weekend" and day:
        saturday = dates.shift_days(day, 5 - day.weekday())
        return dates.days(saturday, dates.shift_days(saturday, 1)) if saturday else UNDATED
    return UNDATED


def three(year: int, month: int) -> Interval:
    """Three months from `month` on."""
    end = dates.shift_months(year, month, 2)
    return dates.make(year, month), dates.make(*end) if end else None


def year_of(month: int, day: int, year: int, fits: Callable[[int], bool], step: int) -> int | None:
    """The first year from `year`, by `step`, that has this day and fits (29 February waits for its year)."""
    for _ in range(10):
        if fits(year) and dates.make(year, month, day) is not None:
            return year
        year += step
    return None
