"""Holidays, days of an unnamed month and the like on the calendar, against publication and the text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from kg.annotate.times import dates
from kg.annotate.times.dates import UNDATED, Interval
from kg.annotate.times.model import Following, Found, Holiday, MonthDay, Node, SamePeriod, Tense
from kg.model import PartialDate

TenseOf: TypeAlias = Callable[[Found], Tense | None]
"""Says where the clause of an expression looks; asked only where it matters."""

REACH = 90
"""So many words back an anchor may lie."""
TOLD = 60
"""So many words back a date with its year lends it to one without."""

_MONTHS_BACK = 15
"""A year has a Friday the 13th at the latest after so many months."""


class Occasions(ABC):
    """Holds the date of publication and, as the text goes on, the date spoken of last."""

    def __init__(self, published: PartialDate | None, tense: TenseOf) -> None:
        self.known = dates.parts(published)
        self.day = dates.to_day(published)
        self.tense_of = tense
        self.anchor: Interval = UNDATED
        self.anchor_at = -REACH
        self.days: list[tuple[PartialDate, int]] = []  # each single day spoken of, and where
        self.full: tuple[date, int] | None = None  # the last day that was given with its year, and where
        self.month: tuple[int, int, int] | None = None  # the last year and month given together, and where

    @abstractmethod
    def tense(self, found: Found) -> Tense | None:
        """Where the clause of `found` looks."""

    @abstractmethod
    def interval(self, node: Node, found: Found) -> Interval:
        """The interval of `node`, both ends closed."""

    def ahead(self, found: Found) -> bool:
        """Whether the clause looks ahead, surely or likely."""
        return self.tense(found) in (Tense.FUTURE, Tense.PLANNED)

    def holiday(self, node: Holiday, found: Found) -> Interval:
        """A holiday, its year worked out as that of a day of the calendar is."""
        year = node.year
        if year is None and node.year_shift is not None and self.known:
            year = self.known[0] + node.year_shift
        chosen = node.rule.of_year(year) if year is not None else self.near_holiday(node, found)
        if chosen is None:
            return UNDATED
        if not node.weekend:
            return dates.day_interval(chosen)
        to_saturday = 5 - chosen.weekday()
        saturday = dates.shift_days(chosen, to_saturday - 7 if chosen.weekday() < 3 else to_saturday)
        sunday = dates.shift_days(saturday, 1) if saturday else None
        if saturday is None or sunday is None:
            return UNDATED
        return dates.days(min(saturday, chosen), max(sunday, chosen))

    def near_holiday(self, node: Holiday, found: Found) -> date | None:
        """The holiday of no told year: after a full date told shortly before, else around publication."""
        if node.shift is None and self.full and 0 <= found.start - self.full[1] <= TOLD:
            base = self.full[0]
            after = [node.rule.of_year(year) for year in (base.year, base.year + 1)]
            if self.known is None or base.year != self.known[0]:
                return next((day for day in after if day and 0 <= (day - base).days <= 183), None)
        if self.day is None:
            return None
        days = [node.rule.of_year(self.day.year + k) for k in (-1, 0, 1)]
        before = [day for day in days if day and (day < self.day if node.shift == -1 else day <= self.day)]
        after_it = [day for day in days if day and (day > self.day if node.shift == 1 else day >= self.day)]
        if node.shift == 0:
            return days[1]
        ahead = node.shift == 1 or (node.shift is None and found.preposition != "since" and self.ahead(found))
        if ahead and self.tense_of(found) is not Tense.FUTURE and node.shift is None:
            ahead = bool(after_it) and (after_it[0] - self.day).days <= 240
        if ahead:
            return after_it[0] if after_it else None
        return before[-1] if before else None

    def day_of_month(self, node: MonthDay, found: Found) -> Interval:
        """*the 12th*: of the month told of last, else the last 12th or, of what is ahead, the next."""
        if node.weekday is not None:
            return self.weekday_the(node.weekday, node.day)
        told = dates.parts(self.anchor[0]) if found.start - self.anchor_at <= REACH else None
        if told and told[1] and self.known and told[:2] != self.known[:2]:
            return dates.one(dates.make(told[0], told[1], node.day))
        if self.day is None:
            return UNDATED
        ahead = self.ahead(found)
        passed = node.day <= self.day.day if not ahead else node.day < self.day.day
        move = (1 if passed else 0) if ahead else (0 if passed else -1)
        moved = dates.shift_months(self.day.year, self.day.month, move)
        return dates.one(dates.make(*moved, node.day)) if moved else UNDATED

    def weekday_the(self, weekday: int, number: int) -> Interval:
        """*Friday the 13th*: the last one."""
        for back in range(_MONTHS_BACK):
            moved = dates.shift_months(self.day.year, self.day.month, -back) if self.day else None
            value = dates.to_day(dates.make(*moved, number)) if moved else None
            if value and self.day and value <= self.day and value.weekday() == weekday:
                return dates.day_interval(value)
        return UNDATED

    def following(self, node: Following, found: Found) -> Interval:
        """*the following Monday*."""
        value = self.anchor[1 if node.sign > 0 else 0] or self.anchor[0] or self.anchor[1]
        base = dates.to_day(value)
        if base is None or found.start - self.anchor_at > REACH:
            return UNDATED
        distance = (node.sign * (node.weekday - base.weekday())) % 7 or 7
        return dates.day_interval(dates.shift_days(base, node.sign * distance))

    def same_period(self, node: SamePeriod, found: Found) -> Interval:
        """The months told last in the other year; that year where none were."""
        first, last = dates.parts(self.anchor[0]), dates.parts(self.anchor[1])
        told = found.start - self.anchor_at <= REACH
        value = self.interval(node.year, found)[0]
        year = int(value[:4]) if value else self.known[0] - 1 if self.known else None
        if year is None:
            return UNDATED
        if first and last and told and first[1] and last[1] and not (first[2] or last[2]):
            return dates.make(year - last[0] + first[0], first[1]), dates.make(year, last[1])
        return dates.one(dates.make(year))
