"""What a time expression says before it is put on the calendar: one small value a form of words.

The terms are TimeML's: a *timex* is an expression, its *anchor* the date that it counts from.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from kg.annotate.times.holidays import HolidayRule
from kg.model import PartialDate


class Tense(StrEnum):
    """Where the clause of an expression looks: back, ahead, or ahead by words less sure (*would*, *due*)."""

    PAST = "past"
    FUTURE = "future"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A date of the calendar, perhaps without its year or (weekday only) without anything else.

    `year_shift` is -1 in *May last year*; `week_shift` -1 in *Friday of last week*. `shift` is -1 in
    *last Friday*, *last May*, 0 in *this*, 1 in *next*.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    shift: int | None = None
    year_shift: int | None = None
    week_shift: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """The day, week, month… that lies `offset` of them from publication (*yesterday*, *last week*)."""

    unit: str
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ago:
    """`count` units before publication (below 0: after it); None where the number is vague."""

    unit: str
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """`count` units after the date that the text spoke of last (below 0: before it; 0: *that day*).

    `loose`: of the day that the text goes on about (*later in the day*), where it spoke of one only.
    """

    unit: str
    count: int | None
    few: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The last `count` units up to publication; below 0, those that come. None where vague."""

    unit: str
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A season by its first month: of a year, or the last, this or next one by `shift`."""

    month: int
    year: int | None = None
    shift: int | None = None
    year_shift: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """A run of whole years: a decade, a century, *2010-2014*."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """Months `first` to `last` of a year (a quarter, a half); where None, of the year that publication and
    the clause make likely.
    """

    first: int
    last: int
    year: int | None = None
    year_shift: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekend:
    """Saturday and Sunday: the last ones by default, or by `shift` the last, this or next weekend."""

    shift: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day that comes every year: of a year, or the last, this or next one by `shift`; with its weekend."""

    rule: HolidayRule
    year: int | None = None
    shift: int | None = None
    year_shift: int | None = None
    weekend: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDay:
    """A day of a month that is not named (*on the 12th*, *Friday the 13th*)."""

    day: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """The next such weekday after the date that the text spoke of last, or the one before (`sign` -1)."""

    weekday: int
    sign: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgoPoint:
    """The day so long before the day of `node` (*a week ago Friday*, *ten years ago today*)."""

    ago: Ago
    node: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Upto:
    """`count` units that end with `node`, or begin with it where `sign` is 1 (*the three months to June*)."""

    unit: str
    count: int
    node: Node
    sign: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePeriod:
    """The part of a year that was told last, in the year of `year` (*the same period last year*)."""

    year: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Overnight:
    """The night before the day of publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """From the start of one node to the end of another."""

    first: Node
    last: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The week or weekend that the day of `node` lies in (*the week of June 5*)."""

    unit: str
    node: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A length of time, vague where `count` is None; a date only in *in two days* said of the future."""

    unit: str
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrent:
    """A frequency (*every day*). Dates nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vague:
    """A time that cannot be put on the calendar (*in recent months*)."""


Node: TypeAlias = (
    Fixed | Relative | Ago | Anchored | Stretch | Season | Years | Months | Weekend | Overnight | Range
    | Around | Quantity | Recurrent | Vague | Holiday | MonthDay | Following | AgoPoint | Upto | SamePeriod
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A node with its place among the words that were read; `opens` is what its preposition leaves open."""

    start: int
    end: int
    node: Node
    opens: str = ""
    preposition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """A time expression in a text: code points `begin` to `end` (half-open) and the interval it denotes.

    An open end is None. `kind` is ``date``, ``duration`` or ``set``; only the first dates an event.
    """

    begin: int
    end: int
    start_date: PartialDate | None
    end_date: PartialDate | None
    kind: str = "date"
