"""The grammar of English time expressions: a text's words to nodes (`model`), left to right, in one pass.

Written from the ways of speaking that TIMEX3 annotates (TimeML 1.2.1): the preposition stays outside
the expression, the article inside, what is no time is passed over. A word that can begin no
expression costs one look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeAlias

from kg.annotate.times import words as w
from kg.annotate.times.calendar_dates import share
from kg.annotate.times.counting import APOSTROPHES, DASHES, DEICTIC, STOPS, Parsed, possible
from kg.annotate.times.lengths import Lengths
from kg.annotate.times.lexicon import time_lexicon
from kg.annotate.times.model import (
    Ago,
    Anchored,
    Fixed,
    Found,
    Months,
    Node,
    Quantity,
    Range,
    Recurrent,
    Relative,
    SamePeriod,
    Season,
    Upto,
    Weekend,
    Years,
)
from kg.annotate.times.scanner import BARRIER, Words

_UPTO = frozenset({"to", "until", "till", "through", "into"})
_COMPARING = frozenset({"compared", "from", "against", "versus", "than"})
_COMPARED = 25
_SENTENCE_ENDS = frozenset({".", "!", "?", BARRIER})


def expressions(words: Words) -> Iterator[Found]:
    """Every time expression among `words`, in order, none inside another."""
    reader = _Reader(words)
    i = 0
    while i < words.size:
        if words.low[i] not in reader.starts and not words.raw[i][0].isdigit():
            i += 1
            continue
        found = reader.read(i)
        if found is None:
            i += 1
        elif isinstance(found, int):
            i = found
        else:
            yield found
            i = found.end
            second = reader.second_day(found)
            if second:
                yield second
                i = second.end


def _looks_back(node: Node) -> bool:
    """Whether *from* before `node` compares with it and begins nothing (*up from a year ago*)."""
    match node:
        case Ago() | SamePeriod():
            return True
        case Anchored(count=int(count)):
            return count < 0
        case Relative():
            return node.offset < 0
        case Fixed():
            return node.shift == -1
    return False


@cache
def _first_words() -> tuple[frozenset[str], frozenset[str]]:
    """The first words of named days, and those of any expression."""
    lexicon = time_lexicon()
    named = frozenset(lexicon.holidays.keys() | lexicon.days.keys())
    return named, _STARTS | lexicon.names.keys() | named


class _Reader(Lengths):
    """All rules together, and the choice among them."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.names = self.lexicon.names
        self.named, self.starts = _first_words()

    def read(self, i: int) -> Found | int | None:
        """The expression that begins at `i`, the end of a name to pass over, or None."""
        self.origin = i
        skip = self.name(i)
        if skip:
            return skip
        node = self.range_between(i) or self.any(i)
        if node is None:
            return None
        value, end = node
        if isinstance(value, Fixed) and value.year is not None and value.month is None:
            self.last_year_end = end
        preposition, opens = self.opening(i, end)
        if isinstance(value, Anchored) and value.count == -1 and self.compares(i):
            preposition = "from"
        if isinstance(value, Weekend) and self.low[end - 2] not in w.DETERMINERS and self.counting_noun(end):
            opens = ""  # *after weekend talks*
        if isinstance(value, (Quantity, Recurrent, Range, Upto)) or (
            preposition == "from" and _looks_back(value)
        ):
            opens = ""
        return Found(start=i, end=end, node=value, opens=opens, preposition=preposition)

    def second_day(self, found: Found) -> Found | None:
        """The second day of *May 3 and 5*, after the first was `found`."""
        node, end = found.node, found.end
        if not (isinstance(node, Fixed) and node.month and node.day) or self.low[end] not in ("and", "or"):
            return None
        day = self.day_number(end + 1)
        if (
            day is None
            or day[0] <= node.day
            or self.low[day[1] - 1] in w.MONTHS
            or self.low[day[1]] in w.MONTHS
        ):
            return None
        year, shift, finish = self.year_after(day[1])
        if year is None and self.low[finish] not in STOPS and self.low[finish] not in w.FUNCTION_WORDS:
            return None
        value = Fixed(year=year or node.year, month=node.month, day=day[0], year_shift=shift)
        if not possible(value):
            return None
        return Found(start=end + 1, end=finish, node=value, preposition=found.preposition)

    def name(self, i: int) -> int | None:
        """The end of a name of the list that begins at `i`, or None."""
        for name in self.names.get(self.low[i], ()):
            end = i + len(name)
            if tuple(self.low[i:end]) == name and not self.raw[i][0].islower():
                return end
        dotted = self.low[i] in w.MONTHS_SHORT and self.low[i + 1] == "."
        if dotted:
            for name in self.names.get(self.low[i], ()):
                if (name[0], *self.low[i + 2 : i + 1 + len(name)]) == name:
                    return i + 1 + len(name)
        return None

    def opening(self, i: int, end: int) -> tuple[str, str]:
        """The preposition before word `i`, and which end of the interval it leaves open."""
        before = i - 1
        if before >= 1 and self.low[before] in ("least", "about", "around", "roughly") and before:
            before -= 2 if self.low[before - 1] == "at" else 1
        if before < 0:
            return "", ""
        word = self.low[before]
        previous = self.low[before - 1] if before else ""
        if word == "to" and previous in ("prior", "up"):
            word = "before" if previous == "prior" else "until"
        elif word == "of" and previous == "ahead":
            word = "before"
        elif word == "than" and previous == "later":
            word = "by" if self.low[before - 2] in ("no", "not") else "after"
        elif word == "of" and previous == "as":
            word = "as of"
        if word not in w.PREPOSITIONS and word not in w.OPENS_START:
            return "", ""
        if self.possessive(end) and self.low[end + 2] not in ("end", "close"):
            return word, ""
        if word in w.OPENS_START:
            return word, "end"
        return word, "start" if word in w.OPENS_END else ""

    def any(self, i: int) -> Parsed:
        """Any expression at `i`."""
        return self.point(i) or self.quantity(i) or self.recurrent(i)

    def compares(self, i: int) -> bool:
        """Whether the sentence compares before `i` (*compared with $3 million a year earlier*)."""
        for k in range(i - 1, max(i - _COMPARED, -1), -1):
            if self.low[k] in _SENTENCE_ENDS and not self.words.glued(k + 1):
                return False
            if self.low[k] in _COMPARING:
                return True
        return False

    def range_between(self, i: int) -> Parsed:
        """A point that goes on to a second one: *May 3 to June 5*, *between Monday and Friday*."""
        first = self.point(i)
        if first is None:
            return None
        node, end = first
        if not isinstance(node, (Fixed, Season, Months, Years)):
            return first
        before = self.low[i - 1] if i else ""
        joint = self.low[end]
        whole = (node.year is not None and node.month is None) if isinstance(node, Fixed) else True
        if joint in DASHES:
            allowed = True
        elif joint in _UPTO:
            allowed = before == "from" or not whole
        else:
            allowed = joint == "and" and before == "between"
        if not allowed:
            return first
        after = end + 1
        if self.low[after] in ("the", "late", "early", "mid") or self.low[after] == joint:
            pass
        second = self.point(after, licensed=True)
        if second is None or not isinstance(second[0], (Fixed, Season, Months, Years)):
            return first
        if isinstance(node, Fixed) != isinstance(second[0], Fixed):
            return first
        if joint in ("into", "-") and isinstance(node, Fixed) and joint == "into" and node.weekday is None:
            return first
        return share(node, second[0]), second[1]

    def point(self, i: int, licensed: bool = False) -> Parsed:
        """A date or a part of one."""
        word = self.low[i]
        if not word or self.far(i):
            return None
        if word in self.named:
            named = self.named_day(i)
            if named:
                return named
        if word[0].isdigit():
            return self.numeric(i, licensed)
        rule = _RULES.get(word)
        return rule(self, i, licensed) if rule else None


_Rule: TypeAlias = Callable[[_Reader, int, bool], Parsed]

_RULES: dict[str, _Rule] = {
    "the": _Reader.the,
    **dict.fromkeys(w.WEEKDAYS | w.WEEKDAYS_SHORT, _Reader.weekday),
    **dict.fromkeys(w.WEEKDAYS_PLURAL, _Reader.weekdays),
    **dict.fromkeys(w.MONTHS, _Reader.month),
    **dict.fromkeys(w.SEASONS, _Reader.season),
    **dict.fromkeys(DEICTIC, _Reader.shifted),
    **dict.fromkeys(w.PHASES, _Reader.phase),
    **dict.fromkeys(w.EDGES, _Reader.edges),
    **dict.fromkeys(("that", "same"), _Reader.that),
    **dict.fromkeys(
        ("today", "yesterday", "tomorrow", "tonight", "overnight", "weekend"), _Reader.daily_word
    ),
    **dict.fromkeys(("first", "second", "third", "fourth"), _Reader.nth),
    "recent": _Reader.recent,
    **dict.fromkeys(("q", "h"), _Reader.quarter),
    **dict.fromkeys(("fiscal", "fy"), _Reader.fiscal),
    **dict.fromkeys(APOSTROPHES, _Reader.short_year),
    "year": _Reader.year_end,
}
_STARTS = (
    frozenset(_RULES) | frozenset(w.NUMBERS) | w.VAGUE_NUMBERS | frozenset(w.UNITS) | w.FREQUENCIES
    | w.APPROXIMATORS
    | {"a", "an", "half", "more", "less", "fewer", "at", "every", "each", "once", "twice", "times", "per"}
)  # fmt: skip
