"""The date at a told length of time from another: *three days* or *almost two years* before a Monday."""

from __future__ import annotations

import re

from kg.annotate.times import dates
from kg.annotate.times.dates import UNDATED, Interval
from kg.annotate.times.distances import away
from kg.annotate.times.grammar import expressions
from kg.annotate.times.model import Quantity
from kg.annotate.times.scanner import scan
from kg.model import PartialDate

_ONE = re.compile(r"\b(?:an?|the)\b", re.IGNORECASE)
_LESS = re.compile(r"\b(?:almost|nearly|less|under|within|barely|not)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:more|over|least)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|around|roughly|approximately|few|couple|several|some)\b", re.IGNORECASE)


def dates_apart(length: str, anchor: PartialDate, sign: int) -> Interval:
    """The interval that lies the time named by `length` after `anchor`, before it where `sign` is -1.

    It is as precise as the unit; *almost* and *more than* leave a unit of room. Nothing where the length is
    vague, none, or more precise than the anchor.

    >>> dates_apart("three days", "2021-08-09", -1)
    ('2021-08-06', '2021-08-06')
    >>> dates_apart("almost two years", "2021-08-09", -1)
    ('2019', '2020')
    """
    found = list(expressions(scan(f"for {_ONE.sub('one', length)}")))
    known = dates.parts(anchor)
    if len(found) != 1 or known is None or _ABOUT.search(length):
        return UNDATED
    node = found[0].node
    if not isinstance(node, Quantity) or node.count is None:
        return UNDATED
    room = -1 if _LESS.search(length) else 1 if _MORE.search(length) else 0
    both = [
        away(known, dates.to_day(anchor), node.unit, sign * count)
        for count in {node.count, node.count + room}
    ]
    starts, ends = [start for start, _ in both if start], [end for _, end in both if end]
    return (min(starts), max(ends)) if len(starts) == len(ends) == len(both) else UNDATED
