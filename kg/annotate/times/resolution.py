"""Nodes of the grammar to intervals of the calendar, against the date of publication and the dates told.

By default a weekday or a month without year is the last one on or before publication; where its clause
looks ahead, the first on or after it. Nothing is guessed: what needs a date that is missing, or is
less precise than it would have to be, stays undated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kg.annotate.times import dates
from kg.annotate.times.dates import UNDATED, Interval
from kg.annotate.times.distances import away, back, same, stretch, three, upto, year_of
from kg.annotate.times.model import (
    Ago,
    AgoPoint,
    Anchored,
    Around,
    Fixed,
    Following,
    Found,
    Holiday,
    MonthDay,
    Months,
    Node,
    Overnight,
    Quantity,
    Range,
    Recurrent,
    Relative,
    SamePeriod,
    Season,
    Stretch,
    Tense,
    Upto,
    Vague,
    Weekend,
    Years,
)
from kg.annotate.times.occasions import REACH, TOLD, Occasions, TenseOf
from kg.model import PartialDate

_COMPARES = frozenset({"from", "than", "with", "to"})
_KINDS = {Quantity: "duration", Recurrent: "set"}


def resolve_all(
    found: Iterable[Found], published: PartialDate | None, tense: TenseOf
) -> list[tuple[Found, Interval, str]]:
    """Each expression with its interval and kind, in order of the text."""
    resolver = _Resolver(published, tense)
    return [(each, *resolver.resolve(each)) for each in _lend_years(list(found))]


def _lend_years(found: list[Found]) -> list[Found]:
    """The year of *May 3 and June 5, 2012* given to the first date too."""
    for k in range(len(found) - 2, -1, -1):
        node, after = found[k].node, found[k + 1].node
        if not (isinstance(node, Fixed) and isinstance(after, Fixed)):
            continue
        if not (node.month and after.month and after.year) or bool(node.day) != bool(after.day):
            continue
        if node.year or node.shift is not None or node.year_shift is not None:
            continue
        if 1 <= found[k + 1].start - found[k].end <= 3:
            year = after.year - ((node.month, node.day or 0) > (after.month, after.day or 0))
            found[k] = replace(found[k], node=replace(node, year=year))
    return found


class _Resolver(Occasions):
    """Goes through the expressions of a text."""

    def resolve(self, found: Found) -> tuple[Interval, str]:
        """The interval and the kind of `found`."""
        node = found.node
        if isinstance(node, Quantity):
            return self.quantity(found, node)
        kind = _KINDS.get(type(node), "date")
        if kind != "date" or isinstance(node, Vague):
            return UNDATED, kind
        interval = self.interval(node, found)
        if not dates.in_order(interval):
            interval = UNDATED
        self.remember(found, node, interval)
        if found.opens == "start":
            interval = (None, interval[1])
        elif found.opens == "end":
            interval = (interval[0], None)
        return interval, kind

    def remember(self, found: Found, node: Node, interval: Interval) -> None:
        """Keep what later expressions count from."""
        if interval == UNDATED:
            return
        if isinstance(node, Relative) and node.offset == 0 and node.unit == "day" and self.anchor != UNDATED:
            return  # nothing is counted from *today* where another day was spoken of: *that day* is not it
        if interval[0] and interval[0] == interval[1] and dates.to_day(interval[0]):
            self.days.append((interval[0], found.end))
        self.anchor, self.anchor_at = interval, found.end
        if isinstance(node, Fixed) and node.year and node.month:
            day = dates.to_day(interval[0])
            self.full = (day, found.end) if day else None
            self.month = (node.year, node.month, found.end)
            if self.known is None and day is None:
                first = dates.to_day(dates.make(node.year, node.month, 1))
                self.full = (first, found.end) if first else self.full

    def quantity(self, found: Found, node: Quantity) -> tuple[Interval, str]:
        """A length, or (*will leave in two days*) a point ahead."""
        if found.preposition == "in" and node.count and self.tense(found) is Tense.FUTURE:
            interval = self.ago(Ago(unit=node.unit, count=-node.count))
            if interval != UNDATED:
                self.remember(found, node, interval)
                return interval, "date"
        return UNDATED, "duration"

    def tense(self, found: Found) -> Tense | None:
        """Where the clause looks; a deadline (*by May 1*) looks ahead unless its clause looks back."""
        tense = self.tense_of(found)
        if tense is None and found.preposition in ("by", "until", "till", "through"):
            return Tense.PLANNED
        return tense

    def interval(self, node: Node, found: Found) -> Interval:
        """The interval of `node`, both ends closed."""
        match node:
            case Fixed():
                return self.fixed(node, found)
            case Relative():
                return self.relative(node, found)
            case Ago():
                return self.ago(node)
            case Anchored():
                return self.anchored(node, found)
            case Stretch():
                return stretch(node.count, node.unit, self.known, self.day)
            case Season():
                return self.season(node, found)
            case Years():
                return dates.make(node.first), dates.make(node.last)
            case Months():
                return self.months(node, found)
            case Holiday():
                return self.holiday(node, found)
            case MonthDay():
                return self.day_of_month(node, found)
            case Following():
                return self.following(node, found)
            case AgoPoint():
                weekly = isinstance(node.node, Relative) and node.node.unit == "week"
                start, end = dates.week(self.day) if weekly and self.day else self.interval(node.node, found)
                unit, count = node.ago.unit, node.ago.count or 0
                return back(start, unit, count), back(end, unit, count)
            case Upto():
                return upto(*self.interval(node.node, found), node.unit, node.count, node.sign)
            case SamePeriod():
                return self.same_period(node, found)
            case Weekend():
                return self.weekend(node, found)
            case Overnight():
                return dates.days(dates.shift_days(self.day, -1), self.day) if self.day else UNDATED
            case Range():
                return self.range(node, found)
            case Around():
                return self.around(node, found)
            case _:
                return UNDATED

    # -- dates of the calendar

    def fixed(self, node: Fixed, found: Found) -> Interval:
        """A date, its year worked out where it has none."""
        if node.year_shift is not None and self.known:
            node = replace(node, year=self.known[0] + node.year_shift, year_shift=None)
        if node.year is not None:
            return dates.one(dates.make(node.year, node.month, node.day))
        if node.month is None:
            return self.weekday(node, found) if node.weekday is not None else UNDATED
        if node.day is None:
            return self.bare_month(node.month, node.shift, found)
        return self.month_day(node, found)

    def weekday(self, node: Fixed, found: Found) -> Interval:
        """A day of the week."""
        if self.day is None or node.weekday is None:
            return UNDATED
        if node.week_shift is not None:
            monday = dates.shift_days(self.day, 7 * node.week_shift - self.day.weekday())
            return dates.day_interval(dates.shift_days(monday, node.weekday) if monday else None)
        back = (self.day.weekday() - node.weekday) % 7
        ahead = (node.weekday - self.day.weekday()) % 7
        if node.shift == -1:
            move = -(back or 7)
        elif node.shift == 1:
            move = ahead or 7
        elif node.shift == 0 and found.preposition != "since":
            move = -back if self.tense(found) is Tense.PAST else ahead
        else:
            move = ahead if found.preposition != "since" and self.ahead(found) else -back
        return dates.day_interval(dates.shift_days(self.day, move))

    def bare_month(self, month: int, shift: int | None, found: Found) -> Interval:
        """A month without year."""
        if self.known is None:
            return UNDATED
        year, current, _ = self.known
        if current is None:
            return UNDATED
        if shift == -1:
            year -= 0 if month < current else 1
        elif shift == 1:
            year += 0 if month > current else 1
        elif shift is None:
            tense = None if found.preposition == "since" else self.tense(found)
            until = (month - current) % 12
            if tense is Tense.FUTURE or (tense is Tense.PLANNED and until <= 8):
                year += 0 if month >= current else 1
            else:
                year -= 0 if month <= current else 1
        return dates.one(dates.make(year, month))

    def month_day(self, node: Fixed, found: Found) -> Interval:
        """A month and a day without year."""
        month, day = node.month or 1, node.day or 1
        nearby = self.from_text(month, day, found)
        if nearby:
            return dates.day_interval(nearby)
        if self.known is None or self.known[1] is None:
            return UNDATED
        year, current, today = self.known
        if node.shift is not None:
            if node.shift == 0:
                return dates.one(dates.make(year, month, day))
            passed = (month, day) < (current, today or day)
            year += (0 if passed else -1) if node.shift < 0 else (1 if passed else 0)
            return dates.one(dates.make(year, month, day))
        if today is None:
            if month == current:
                return dates.one(dates.make(year, month, day))
            today = 1
        before = year_of(
            month, day, year, lambda each: (each, month, day) <= (year, current or 1, today or 1), -1
        )
        after = year_of(
            month, day, year, lambda each: (each, month, day) >= (year, current or 1, today or 1), 1
        )
        if node.weekday is not None:
            fitting = [
                each for each in (before, after) if each and date(each, month, day).weekday() == node.weekday
            ]
            if len(fitting) == 1:
                return dates.one(dates.make(fitting[0], month, day))
        tense = None if found.preposition == "since" else self.tense(found)
        chosen = before
        if after and tense is Tense.FUTURE:
            chosen = after
        elif after and tense is Tense.PLANNED:
            until = (date(after, month, day) - date(year, self.known[1], today)).days
            chosen = after if until <= 240 else before
        return dates.one(dates.make(chosen, month, day)) if chosen else UNDATED

    def near(self, found: Found, told: int) -> bool:
        """Whether a date told at word `told` lends its year: in a text of no date it does to the end."""
        return found.start >= told and (self.known is None or found.start - told <= TOLD)

    def from_text(self, month: int, day: int, found: Found) -> date | None:
        """The day after a full date told shortly before, where the text is telling of another year."""
        if self.month and self.month[1] == month and self.near(found, self.month[2]):
            return dates.to_day(dates.make(self.month[0], month, day))
        if self.full is None or not self.near(found, self.full[1]):
            return None
        base = self.full[0]
        if self.known and base.year == self.known[0]:
            return None
        for year in (base.year, base.year + 1):
            value = dates.to_day(dates.make(year, month, day))
            if value and 0 <= (value - base).days <= 183:
                self.full = (value, found.end)
                return value
        return None

    def range(self, node: Range, found: Found) -> Interval:
        """From the start of the first to the end of the last."""
        last = self.interval(node.last, found)
        first = node.first
        if isinstance(first, Fixed) and isinstance(node.last, Fixed) and first.year is None:
            end = dates.parts(last[1])
            if first.weekday is not None and first.month is None:
                day = dates.to_day(last[1])
                back = -((day.weekday() - first.weekday) % 7) if day else 0
                return dates.days(dates.shift_days(day, back), day) if day else UNDATED
            if end is None:
                return UNDATED
            year = end[0]
            if first.month and end[1] and (first.month, first.day or 0) > (end[1], end[2] or 31):
                year -= 1
            first = replace(first, year=year)
        start = self.interval(first, found)
        return (start[0], last[1]) if start[0] and last[1] else UNDATED

    def season(self, node: Season, found: Found) -> Interval:
        """The three months of a season; a winter of one year only is that year, since it has two of them."""
        year = node.year
        if node.year_shift is not None and self.known:
            year = self.known[0] + node.year_shift
        if year is not None:
            return dates.one(dates.make(year)) if node.month == 12 else three(year, node.month)
        if self.known is None or self.known[1] is None:
            return UNDATED
        now = self.known[0] * 12 + self.known[1] - 1
        begins = self.known[0] * 12 + node.month - 1
        while begins > now:
            begins -= 12  # the last one begun
        under_way = now - begins <= 2
        if node.shift == -1:
            begins -= 12 if under_way else 0
        elif node.shift == 1 or (node.shift is None and self.tense(found) is Tense.FUTURE):
            begins += 12
        elif node.shift == 0 and not under_way and self.tense(found) is not Tense.PAST:
            ahead = begins + 12
            begins = ahead if ahead // 12 == self.known[0] else begins
        return three(begins // 12, begins % 12 + 1)

    def months(self, node: Months, found: Found) -> Interval:
        """A quarter or a half of a year; without a year the last one begun or, ahead, the next."""
        year = node.year
        if year is None and self.known:
            year = self.known[0] + (node.year_shift or 0)
            if node.year_shift is None:
                current = self.known[1]
                if current is None:
                    return UNDATED
                if self.ahead(found):
                    year += node.last < current
                else:
                    year -= node.first > current
        if year is None:
            return UNDATED
        return dates.make(year, node.first), dates.make(year, node.last)

    def weekend(self, node: Weekend, found: Found) -> Interval:
        """Saturday and Sunday."""
        if self.day is None:
            return UNDATED
        weekday = self.day.weekday()
        own = 5 - weekday  # days to the Saturday of this week
        if node.shift == 1:
            move = own + 7
        elif node.shift == -1:
            move = own - 7
        elif node.shift == 0:
            move = own - 7 if weekday < 4 and self.tense(found) is Tense.PAST else own
        elif self.ahead(found):
            move = own
        else:
            move = own if weekday >= 5 else own - 7
        saturday = dates.shift_days(self.day, move)
        return dates.days(saturday, dates.shift_days(saturday, 1)) if saturday else UNDATED

    def around(self, node: Around, found: Found) -> Interval:
        """The week or the weekend around a day."""
        day = dates.to_day(self.interval(node.node, found)[0])
        if day is None:
            return UNDATED
        start, end = dates.week(day)
        monday = dates.to_day(start)
        saturday = dates.shift_days(monday, 5) if monday else None
        return (saturday.isoformat() if saturday else None, end) if node.unit == "weekend" else (start, end)

    # -- counted from publication

    def relative(self, node: Relative, found: Found) -> Interval:
        """*yesterday*, *last month*, *this year*."""
        if self.known is None:
            return UNDATED
        year, month, _ = self.known
        match node.unit:
            case "year":
                return dates.one(dates.make(year + node.offset))
            case "decade":
                first = year - year % 10 + 10 * node.offset
                return dates.make(first), dates.make(first + 9)
            case "century":
                first = (year - 1) // 100 * 100 + 1 + 100 * node.offset
                return dates.make(first), dates.make(first + 99)
            case "month" | "quarter" if month is not None:
                if node.unit == "quarter":
                    moved = dates.shift_months(year, (month - 1) // 3 * 3 + 1, 3 * node.offset)
                    return three(*moved) if moved else UNDATED
                moved = dates.shift_months(year, month, node.offset)
                return dates.one(dates.make(*moved)) if moved else UNDATED
            case "week" if self.day:
                return self.week(node.offset, found)
            case "day":
                if self.day:
                    return dates.day_interval(dates.shift_days(self.day, node.offset))
                return dates.one(dates.make(year, month)) if node.offset == 0 else UNDATED
        return UNDATED

    def week(self, offset: int, found: Found) -> Interval:
        """A week; of this one only the days that the tense leaves."""
        if self.day is None:
            return UNDATED
        moved = dates.shift_days(self.day, 7 * offset)
        if moved is None:
            return UNDATED
        start, end = dates.week(moved)
        if offset == 0:
            tense = self.tense(found)
            if tense is Tense.PAST:
                end = self.day.isoformat()
            elif tense is not None:
                start = self.day.isoformat()
        return start, end

    def ago(self, node: Ago) -> Interval:
        """So many units back from publication, as precise as the unit."""
        if node.count is None or self.known is None:
            return UNDATED
        return away(self.known, self.day, node.unit, -node.count)

    # -- counted from the text

    def anchored(self, node: Anchored, found: Found) -> Interval:
        """So many units from the date that the text spoke of last; not from one to come to what is past."""
        if found.start - self.anchor_at > REACH:
            compares = node.count == -1 and found.preposition in _COMPARES and node.unit in ("month", "year")
            return self.ago(Ago(unit=node.unit, count=1)) if compares else UNDATED
        if node.loose:
            near = {day for day, at in self.days if found.start - at <= TOLD}
            return dates.one(near.pop()) if len(near) == 1 else UNDATED
        if self.day and (self.anchor[0] or "") > self.day.isoformat() and self.tense(found) is Tense.PAST:
            return UNDATED
        start, end = self.anchor
        base = (end or start) if (node.count or 0) >= 0 else (start or end)
        known, day = dates.parts(base), dates.to_day(base)
        if known is None:
            return UNDATED
        if node.count is None:
            if node.few and node.unit == "day" and day:
                return dates.days(dates.shift_days(day, 1), dates.shift_days(day, 7))
            if node.unit in ("hour", "minute") and day:
                return dates.day_interval(day)
            return UNDATED
        if node.count == 0:
            single = self.anchor[1] is None or self.anchor[0] in (None, self.anchor[1])
            return same(node.unit, known, day, single=single)
        if node.unit == "weekend" and day:
            saturday = dates.shift_days(
                day, 5 - day.weekday() + 7 * (node.count if node.count < 0 else node.count - 1)
            )
            if saturday and node.count > 0 and saturday <= day:
                saturday = dates.shift_days(saturday, 7)
            return dates.days(saturday, dates.shift_days(saturday, 1)) if saturday else UNDATED
        return away(known, day, node.unit, node.count)
