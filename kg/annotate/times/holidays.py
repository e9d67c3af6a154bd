"""Feasts and holidays by rule: a day of the month, the nth weekday of a month, a distance from Easter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kg.annotate.times.dates import FIRST_YEAR, LAST_YEAR, shift_days, to_day


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayRule:
    """When a holiday falls each year. One of `day`, `weekday` with `nth`, and `easter` (days after) is set.

    `nth` counts from 1, or back from -1, the last of its month.
    """

    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    easter: int | None = None

    def of_year(self, year: int) -> date | None:
        """The day in `year` (Gregorian calendar), or None where there is none.

        >>> HolidayRule(month=11, weekday=3, nth=4).of_year(2001)
        datetime.date(2001, 11, 22)
        """
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        if self.easter is not None:
            return shift_days(easter_sunday(year), self.easter)
        if self.month is None:
            return None
        if self.day is not None:
            return to_day(f"{year:04}-{self.month:02}-{self.day:02}")
        if self.weekday is None or self.nth is None:
            return None
        if self.nth > 0:
            first = date(year, self.month, 1)
            return first + timedelta((self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))
        last = date(year + self.month // 12, self.month % 12 + 1, 1) - timedelta(1)
        return last - timedelta((last.weekday() - self.weekday) % 7 - 7 * (self.nth + 1))


def easter_sunday(year: int) -> date:
    """Easter of the Western churches (the algorithm of Meeus, Jones and Butcher).

    >>> easter_sunday(2016)
    datetime.date(2016, 3, 27)
    """
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
