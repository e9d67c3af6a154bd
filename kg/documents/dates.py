"""The date of publication: from a record, from the head of the text, from a file's name.

Dates are ISO 8601 text of the precision that was given: a year, a month or a day. The day of a date-time
is kept as written, in its own time zone; nothing is guessed.
"""

from __future__ import annotations

import datetime
import re

from kg.model import PartialDate, Span

_CLOCK = r"(?:[T ]\s*\d{1,2}(?::?\d{2}){0,2}(?:[.,]\d+)?\s*(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?|\d{6}Z?)"
_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?"
    rf"|(?P<year_of_day>\d{{4}})(?P<mark>[-/]?)(?P<month_of_day>\d{{2}})(?P=mark)(?P<day>\d{{2}}){_CLOCK}?",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"[\s\ufeff]*date\s*:?[^\S\n]+"
    r"(?P<date>\d{4}-\d{2}(?:-\d{2}(?:T[\d:.,]+(?:Z|[+-]\d{2}:?\d{2})?)?)?)(?=\s|\Z)\s*",
    re.IGNORECASE,
)
_IN_NAME = re.compile(r"(?<!\d)(?:(\d{4})-(\d{2})-(\d{2})|(\d{4})(\d{2})(\d{2}))(?!\d)")
_NAMED_YEARS = range(1800, 2200)
"""Years believed of eight digits in a file's name; others are running numbers."""


def parse_date(value: str) -> PartialDate | None:
    """`value` as a year, month or day in ISO 8601; None where it is no such date.

    Takes ``2021``, ``2021-08``, ``2021-08-10``, ``20210810``, ``2021/08/10`` and ISO date-times.

    >>> parse_date("2021-08-10T23:30:00+04:30")
    '2021-08-10'
    >>> parse_date("2021-02-30") is None
    True
    """
    found = _DATE.fullmatch(value.strip())
    if found is None:
        return None
    if found["day"] is None:
        return _checked(found["year"], found["month"], None)
    return _checked(found["year_of_day"], found["month_of_day"], found["day"])


def leading_date(text: str) -> tuple[str, Span] | None:
    """A ``date 2021-08-10`` at the start of `text` and the stretch to pass over, or None.

    The date is as written, not yet checked; the stretch ends where the prose begins.
    """
    found = _HEAD.match(text)
    if found is None:
        return None
    return found["date"], Span(begin=0, end=found.end())


def date_in_name(name: str) -> PartialDate | None:
    """The first day written in a file's name as ``2021-08-10`` or ``20210810``, or None."""
    for found in _IN_NAME.finditer(name):
        year, month, day = (a or b for a, b in zip(found.groups()[:3], found.groups()[3:], strict=True))
        if int(year) in _NAMED_YEARS and (date := _checked(year, month, day)):
            return date
    return None


def _checked(year: str, month: str | None, day: str | None) -> PartialDate | None:
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part for part in (year, month, day) if part)
