"""The grammar of English time expressions: a text's words to nodes (`model`), left to right, in one pass.

Written from the ways of speaking that TIMEX3 annotates (TimeML 1.2.1): the preposition stays outside
the expression, the article inside, what is no time is passed over. A word that can begin no
expression costs one look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from kg.annotate.times import words as w
from kg.annotate.times.dates import FIRST_YEAR, LAST_YEAR, make
from kg.annotate.times.model import (
    Ago, Anchored, Fixed, Found, Months, Node, Overnight, Quantity, Range, Recurrent, Relative, Season, Stretch, Vague,
    Weekend, Years,
)  # fmt: skip
from kg.annotate.times.scanner import BARRIER, Words

Parsed: TypeAlias = tuple[Node, int] | None
"""A node and the index after its last word."""

_DASHES = frozenset({"-", "–", "—", "‑"})
_STOPS = frozenset({"", BARRIER, ".", ",", ";", ":", "!", "?", ")", "”", '"', "’", "'", "—", "–"})
_APOSTROPHES = frozenset({"'", "’", "‘"})
_DEICTIC = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "this": 0,
    "current": 0,
    "next": 1,
    "coming": 1,
    "following": 1,
}
_UPTO = frozenset({"to", "until", "till", "through", "into"})


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


class _Reader:
    """The rules, over one text. Each takes the index that it starts from and gives what it read or None."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.low = words.low
        self.raw = words.raw
        self.names = w.names()
        self.starts = _STARTS | self.names.keys()
        self.last_year_end = -9  # where a year was read last: a second may follow with *and*

    # -- the whole expression

    def read(self, i: int) -> Found | int | None:
        """The expression that begins at `i`, the end of a name to pass over, or None."""
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
        if isinstance(value, (Quantity, Recurrent, Range)):
            opens = ""
        return Found(start=i, end=end, node=value, opens=opens, preposition=preposition)

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
        elif word == "than" and previous in ("later", "earlier"):
            word = "by" if previous == "later" else "after"
        elif word == "of" and previous == "as":
            word = "as of"
        if word not in w.PREPOSITIONS and word not in w.OPENS_START:
            return "", ""
        if self.possessive(end):
            return word, ""
        if word in w.OPENS_START:
            return word, "end"
        return word, "start" if word in w.OPENS_END else ""

    def possessive(self, i: int) -> bool:
        """Whether a possessive sign stands at `i`."""
        return self.low[i] in _APOSTROPHES and self.words.glued(i) and self.low[i + 1] == "s"

    def before(self, i: int) -> str:
        """The word before `i`, passing over the article."""
        if i > 1 and self.low[i - 1] == "the":
            return self.low[i - 2]
        return self.low[i - 1] if i else ""

    def any(self, i: int) -> Parsed:
        """Any expression at `i`."""
        return self.point(i) or self.quantity(i) or self.recurrent(i)

    def range_between(self, i: int) -> Parsed:
        """A point that goes on to a second one: *May 3 to June 5*, *from Monday to Friday*, *between A and B*."""
        first = self.point(i)
        if first is None:
            return None
        node, end = first
        if not isinstance(node, (Fixed, Season, Months, Years)):
            return first
        before = self.low[i - 1] if i else ""
        joint = self.low[end]
        whole = (node.year is not None and node.month is None) if isinstance(node, Fixed) else True
        if joint in _DASHES:
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
        return _share(node, second[0]), second[1]

    # -- points

    def point(self, i: int, licensed: bool = False) -> Parsed:
        """A date or a part of one."""
        word = self.low[i]
        if not word:
            return None
        if word[0].isdigit():
            return self.numeric(i, licensed)
        rule = _RULES.get(word)
        return rule(self, i, licensed) if rule else None

    def the(self, i: int, licensed: bool) -> Parsed:
        """What begins with *the*."""
        j = i + 1
        word = self.low[j]
        if word == "day":
            return self.the_day(i)
        if word in ("same", "following", "next", "previous", "preceding"):
            found = self.anchored_the(i)
            if found:
                return found
        if word in (
            "last",
            "past",
            "next",
            "coming",
            "previous",
            "first",
            "recent",
            "following",
            "final",
            "opening",
            "second",
            "third",
            "fourth",
            "closing",
        ):
            return self.stretch(j) or self.part_of(j) or (self.weekday_shift(j) if word in _DEICTIC else None)
        if word in w.EDGES or (word in w.PHASES and self.low[j + 1] in w.EDGES):
            return self.edge(j)
        if word in w.PHASES:
            return self.phase(j, True)
        if word == "night" and self.low[j + 1] == "before" and self.low[j + 2] in _STOPS:
            return Anchored(unit="day", count=-1), j + 2
        if word in w.PARTS_OF_DAY or word in ("week", "month", "year", "weekend"):
            found = self.of_point(j)
            if found:
                return found
            if word == "weekend":
                return Weekend(), j + 1
            return None
        if word in ("early", "small") or word in w.DECADE_WORDS:
            return self.decade_word(j)
        if word in w.SEASONS:
            return self.season(j, True)
        if word[:1].isdigit() or word in _APOSTROPHES:
            return self.the_number(i)
        return None

    def the_day(self, i: int) -> Parsed:
        """*the day before yesterday*, *the day before*."""
        follow, then = self.low[i + 2], self.low[i + 3]
        if follow == "before" and then == "yesterday":
            return Ago(unit="day", count=2), i + 4
        if follow == "after" and then == "tomorrow":
            return Ago(unit="day", count=-2), i + 4
        if follow in ("before", "after") and then in _STOPS:
            return Anchored(unit="day", count=-1 if follow == "before" else 1), i + 3
        return None

    def anchored_the(self, i: int) -> Parsed:
        """*the same day*, *the next day*, *the previous month*: counted from the date before in the text."""
        word, unit = self.low[i + 1], self.low[i + 2]
        if unit in ("morning", "evening", "night", "afternoon"):
            unit = "day"
        if unit not in ("day", "week", "month", "year", "weekend", "decade") or self.low[i + 3] in (
            "of",
            "s",
        ):
            return None
        if word == "next" and unit != "day":
            return None
        count = 0 if word == "same" else -1 if word in ("previous", "preceding") else 1
        return Anchored(unit=unit, count=count), i + 3

    def the_number(self, i: int) -> Parsed:
        """*the 1990s*, *the '90s*, *the 5th of May*, *the 20th century*, *the 2015 deal*."""
        j = i + 1
        if self.low[j] in _APOSTROPHES and self.low[j + 1][:1].isdigit():
            j += 1
        word = self.low[j]
        if (
            len(word) == 2
            and word[1] == "0"
            and self.low[j + 1] == "s"
            and self.words.glued(j + 1)
            and word[0] in "23456789"
        ):
            first = 1900 + int(word)
            return Years(first=first, last=first + 9), j + 2
        if word.isdigit() and self.low[j + 1] in ("st", "nd", "rd", "th") and self.low[j + 2] == "century":
            century = int(word) if len(word) == 2 else 0
            if 11 <= century <= 21:
                return Years(first=century * 100 - 99, last=century * 100), j + 3
        return self.numeric(j, False)

    def of_point(self, j: int) -> Parsed:
        """*night of June 5*, *week of 5 May*, *month of May*: `j` is at the first of these words."""
        if self.low[j + 1] not in ("of", "after", "before") or self.low[j + 1] != "of":
            return None
        inner = self.point(j + 2, licensed=True)
        if inner is None:
            return None
        node, end = inner
        if (
            self.low[j] in w.PARTS_OF_DAY
            and isinstance(node, Fixed)
            and (node.day or node.weekday is not None)
        ):
            joint = self.low[end]
            if joint in ("to", "-", "–", "into"):
                second = self.point(end + 1, licensed=True)
                if second and isinstance(second[0], Fixed):
                    return _share(node, second[0]), second[1]
            return inner
        if self.low[j] == "month" and isinstance(node, Fixed) and node.month and not node.day:
            return inner
        if self.low[j] == "year" and isinstance(node, Fixed) and node.year and not node.month:
            return inner
        return None

    def stretch(self, j: int) -> Parsed:
        """*last 24 hours*, *past three years*, *next two days*: `j` is at *last*."""
        word = self.low[j]
        if word not in ("last", "past", "next", "coming", "previous", "following"):
            return None
        sign = -1 if word in ("next", "coming", "following") else 1
        number = self.number(j + 1)
        anchored = word in ("previous", "following")
        if number:
            count, k = number
            if self.low[k] in ("more", "or", "full"):
                k += 1
            unit = w.UNITS.get(self.low[k])
            if unit and self.low[k + 1] != "of":
                if anchored:
                    return Vague(), k + 1
                return Stretch(unit=unit, count=None if count is None else sign * count), k + 1
            return None
        unit = w.UNITS.get(self.low[j + 1])
        if unit in (None, "minute", "weekend") or anchored or self.low[j + 2] == "of":
            return None
        if self.low[j + 1] in w.PLURAL_UNITS:
            return Vague(), j + 2
        if unit in ("hour", "night"):
            return None
        return Stretch(unit=str(unit), count=sign), j + 2

    def part_of(self, j: int) -> Parsed:
        """*first quarter of 2015*, *second half of last year*, *first three months of 2014*, *last week of May*."""
        nth = w.ORDINALS.get(self.low[j])
        if nth is None:
            return None
        k = j + 1
        number = self.number(k)
        count = 1
        if number and number[0] is not None:
            count, k = number
        unit = self.low[k]
        if unit not in ("quarter", "half", "month", "months", "week", "weeks", "day", "days", "weekend"):
            return None
        k += 1
        if self.low[k] in ("of", "in"):
            k += 1
        elif unit not in ("quarter", "half"):
            return None
        if self.low[k] == "the" and self.low[k + 1] in ("year", "month", "week"):
            inner: Parsed = (Relative(unit=self.low[k + 1]), k + 2)
        else:
            inner = self.point(k, licensed=True)
        if inner is None:
            return None
        node, end = inner
        year: int | None = None
        shift: int | None = None
        if isinstance(node, Fixed) and node.year and not node.month:
            year = node.year
        elif isinstance(node, Relative) and node.unit == "year":
            shift = node.offset
        else:
            return (node, end) if isinstance(node, (Fixed, Relative)) else None
        span = {"quarter": 3, "half": 6, "month": count, "months": count}.get(unit)
        if span is None or not 1 <= span <= 12 or (nth == -1 and unit == "months" and count > 12):
            return node, end
        first = 13 - span if nth == -1 else (nth - 1) * span + 1 if unit in ("quarter", "half") else 1
        if unit == "month" and nth > 1:
            first = nth
        last = first + span - 1
        return (
            (Months(first=first, last=last, year=year, year_shift=shift), end) if last <= 12 else (node, end)
        )

    def nth(self, i: int, licensed: bool) -> Parsed:
        """*third quarter of 2014* without the article."""
        del licensed
        return self.part_of(i)

    def edge(self, j: int) -> Parsed:
        """*end of the month*, *beginning of 2014*, *middle of last year*: as precise as what they are part of."""
        if self.low[j] in w.PHASES:
            j += 1
        if self.low[j + 1] != "of":
            return None
        k = j + 2
        if self.low[k] == "the":
            unit = self.low[k + 1]
            if unit in ("week", "month", "year", "decade") and self.low[k + 2] != "of":
                return Relative(unit=unit), k + 2
            inner = self.the(k, True)
        else:
            inner = self.point(k, licensed=True)
        return inner if inner and not isinstance(inner[0], (Quantity, Recurrent)) else None

    def edges(self, i: int, licensed: bool) -> Parsed:
        """*end of 2014* without the article."""
        del licensed
        return self.edge(i)

    def phase(self, i: int, licensed: bool) -> Parsed:
        """*late Sunday*, *early on Monday*, *mid-March*, *earlier this month*, *later in the year*, *early 2015*."""
        word = self.low[i]
        j = i + 1
        if self.low[j] in _DASHES and (self.words.glued(j) or word == "mid"):
            j += 1
        if self.low[j] in ("in", "on"):
            preposition = self.low[j]
            j += 1
            if self.low[j] == "the":
                unit = self.low[j + 1]
                if unit == "day" and word in ("earlier", "later"):
                    return Anchored(unit="day", count=0), j + 2
                if unit in ("week", "month", "year", "decade") and self.low[j + 2] != "of":
                    return Relative(unit=unit), j + 2
                if preposition == "in" and unit in w.PARTS_OF_DAY:
                    return None
                return self.the(j, True)
            return self.point(j, licensed=True)
        if word in ("early", "small") and self.low[j] in ("hours", "morning"):
            return self.hours_of(j)
        if self.low[j] == "the":
            return None
        inner = self.point(j, licensed=True)
        if inner is None and word in ("early", "mid", "late") and self.low[j] in w.DECADE_WORDS:
            return self.decade_word(j)
        if inner and isinstance(inner[0], (Relative, Fixed, Season, Years, Weekend, Months)):
            return inner
        return None

    def hours_of(self, j: int) -> Parsed:
        """*early hours of Friday*, *early morning on Friday*."""
        k = j + 1
        if self.low[k] in w.PARTS_OF_DAY and self.low[j] == "hours":
            k += 1
        if self.low[k] not in ("of", "on"):
            return None
        return self.point(k + 1, licensed=True)

    def weekday(self, i: int, licensed: bool) -> Parsed:
        """*Sunday*, *Saturday night*, *Friday, May 3*, *Monday last week*, *Sundays*."""
        if not self.words.capital(i):
            return None
        number = w.WEEKDAYS.get(self.low[i])
        if number is None:
            number = w.WEEKDAYS_SHORT[self.low[i]]
            return self.weekday_date(i, number, i + (2 if self.low[i + 1] == "." else 1), must=True)
        if i and self.low[i - 1] == "the" and self.words.capital(i + 1) and self.raw[i + 1].isalpha():
            return None
        return self.weekday_date(i, number, i + 1, must=False)

    def weekday_date(self, i: int, number: int, j: int, must: bool) -> Parsed:
        """The date that a weekday is given with, else the weekday."""
        part = j
        if self.low[part] in w.PARTS_OF_DAY:
            part += 1
        k = part + 1 if self.low[part] in (",", "(") else part
        if self.low[k] == "the" and self.low[k + 1][:1].isdigit():
            k += 1
        dated = None
        if self.low[k][:1].isdigit() or (self.low[k] in w.MONTHS and self.words.capital(k)):
            dated = self.numeric(k, False) if self.low[k][0].isdigit() else self.month_day(k)
        if dated and isinstance(dated[0], Fixed) and dated[0].day:
            end = dated[1] + 1 if self.low[part] == "(" and self.low[dated[1]] == ")" else dated[1]
            return replace(dated[0], weekday=number), end
        if must:
            return None
        if self.low[part] in ("mornings", "nights", "evenings"):
            return Recurrent(), part + 1
        k = part + 1 if self.low[part] == "of" else part
        if self.low[k] in ("last", "this", "next") and self.low[k + 1] == "week":
            return Fixed(weekday=number, week_shift=_DEICTIC[self.low[k]]), k + 2
        del i
        return Fixed(weekday=number), part

    def weekdays(self, i: int, licensed: bool) -> Parsed:
        """*Sundays*."""
        del licensed
        return (Recurrent(), i + 1) if self.words.capital(i) else None

    def month(self, i: int, licensed: bool) -> Parsed:
        """*May 1*, *May 2014*, *in May*, *Jan. 25, 2013*, *June 1-10*, *May last year*."""
        if not self.words.capital(i):
            return None
        if i and self.words.glued(i) and self.low[i - 1] not in _DASHES | {"(", "/", "“", '"', "[", "‘"}:
            return None
        return self.month_day(i) or self.month_year(i, licensed)

    def month_day(self, i: int) -> Parsed:
        """Month and day, perhaps a second day and the year."""
        month = w.MONTHS[self.low[i]]
        j = i + 1
        if self.low[j] == "." and self.low[i] in w.MONTHS_SHORT:
            j += 1
        if self.low[j] == "the":
            j += 1
        day = self.day_number(j)
        if day is None:
            return None
        value, end = day
        if self.counts(i, end):
            return None
        last = None
        if self.low[end] in _DASHES or self.low[end] == "to":
            last = self.day_number(end + 1)
            if last and (last[0] <= value or (self.low[end] == "to" and self.counting_noun(last[1]))):
                last = None
        finish = last[1] if last else end
        year, shift, finish = self.year_after(finish)
        first = Fixed(year=year, month=month, day=value, year_shift=shift)
        if not _possible(first):
            return None
        if last:
            second = replace(first, day=last[0])
            return (Range(first=first, last=second), finish) if _possible(second) else (first, finish)
        return first, finish

    def month_year(self, i: int, licensed: bool) -> Parsed:
        """A month with its year, or bare where the words around it allow."""
        month = w.MONTHS[self.low[i]]
        j = i + 1
        dotted = self.low[j] == "." and self.low[i] in w.MONTHS_SHORT
        if dotted:
            j += 1
        year, shift, end = self.year_after(
            j, comma=self.low[j + 1][:1].isdigit() and len(self.low[j + 1]) == 4
        )
        if (
            year is None
            and shift is None
            and not (self.low[i] in w.MONTHS_FULL and self.bare_month(i, licensed))
        ):
            return None
        return Fixed(year=year, month=month, year_shift=shift), end

    def bare_month(self, i: int, licensed: bool) -> bool:
        """Whether a month without day or year is one."""
        before = self.low[i - 1] if i else ""
        after = i + 1
        named = self.low[i] in w.AMBIGUOUS_MONTHS
        if named and self.low[after] in w.AUXILIARIES:
            return False
        if (
            named
            and self.words.capital(after)
            and self.raw[after].isalpha()
            and before not in ("in", "since", "last")
        ):
            return False
        if licensed or before in w.MONTH_LICENCES:
            if (
                before in ("on", "and", "or", "for", "to", "of", "by", "about", "over", "than")
                and named
                and not licensed
            ):
                return before in ("and", "or", "of", "by") and self.near_month(i)
            if before in ("about", "over", "on", "for") and not licensed:
                return False
            return True
        if named and (self.low[i] == "may" or not self.attributive(i, after)):
            return before in ("its", "the", "their", "a", "his") and self.attributive(i, after)
        if i and not self.words.opens_sentence(i) and self.words.capital(i - 1) and self.raw[i - 1].isalpha():
            return before in w.DETERMINERS and self.attributive(i, after)
        return self.attributive(i, after) or self.low[after] in _STOPS or self.possessive(after)

    def near_month(self, i: int) -> bool:
        """Whether another month stands close before `i` (*between April and May*, *April or May*)."""
        return any(self.low[k] in w.MONTHS_FULL for k in range(max(0, i - 3), i)) or self.low[i - 1] == "by"

    def attributive(self, i: int, after: int) -> bool:
        """Whether the word at `i` qualifies a common noun after it (*the October vote*)."""
        word = self.low[after]
        before = self.low[i - 1] if i else ""
        return (
            before in w.DETERMINERS
            and self.raw[after].isalpha()
            and self.raw[after].islower()
            and word not in w.FUNCTION_WORDS
        )

    def year_after(self, i: int, comma: bool = True) -> tuple[int | None, int | None, int]:
        """The year that follows at `i` (*, 2013*, *of 2013*, *last year*), as year, shift and end."""
        j = i
        if (comma and self.low[j] == ",") or self.low[j] == "of":
            j += 1
        year = self.year_number(j)
        if year is not None and not self.counting_noun(j + 1):
            return year, None, j + 1
        if self.low[j] == "the" and self.low[j + 1] == "same" and self.low[j + 2] == "year":
            return None, None, i
        if (
            self.low[j] in ("last", "this", "next")
            and self.low[j + 1] == "year"
            and (j == i or self.low[i] == "of")
        ):
            return None, _DEICTIC[self.low[j]], j + 2
        return None, None, i

    def season(self, i: int, licensed: bool) -> Parsed:
        """*summer 2012*, *the spring of 2014*, *in the summer*; *fall* only with a year."""
        word = self.low[i]
        month = w.SEASONS[word]
        year, shift, end = self.year_after(i + 1, comma=False)
        if year is not None or shift is not None:
            return Season(month=month, year=year, year_shift=shift), end
        before = self.before(i)
        if word == "fall" or self.words.capital(i):
            return None
        follows = self.low[i + 1]
        if before in ("in", "during", "since", "by", "until", "through", "throughout", "of") and (
            follows in _STOPS or follows in w.FUNCTION_WORDS
        ):
            return Season(month=month), i + 1
        del licensed
        return None

    def shifted(self, i: int, licensed: bool) -> Parsed:
        """*last week*, *this month*, *next Friday*, *last September*, *last night*, *past 24 hours*."""
        word = self.low[i]
        shift = _DEICTIC[word]
        j = i + 1
        if word == "this" and self.low[j] in ("past", "coming"):
            shift = _DEICTIC[self.low[j]]
            j += 1
            if self.low[j] in ("week", "month", "year") and shift == -1:
                return Stretch(unit=self.low[j], count=1), j + 1
            return self.after_shift(j, shift)
        if word == "current":
            return None
        if word in ("past", "coming", "previous", "following"):
            if word == "following" and not self.number(j):
                return None
            if word == "past" and self.low[j] in w.WEEKDAYS and not (i and self.low[i - 1] == "this"):
                return None
            return self.stretch(i)
        if word in ("last", "next") and self.number(j):
            return self.stretch(i)
        if word == "next" and self.low[j] == "day" and not licensed:
            return Anchored(unit="day", count=1), j + 1
        return self.after_shift(j, shift)

    def after_shift(self, j: int, shift: int) -> Parsed:
        """What *last*, *this* or *next* stands before, at `j`."""
        word = self.low[j]
        if word in ("week", "month", "year", "decade", "century", "quarter"):
            if shift == 0 and word == "week" and self.low[j + 1] in ("s",):
                return None
            return Relative(unit=word, offset=shift), j + 1
        if word == "weekend":
            return Weekend(shift=shift), j + 1
        if word in w.PARTS_OF_DAY:
            if shift == 0 and word != "midnight":
                return Relative(unit="day"), j + 1
            return (Relative(unit="day", offset=-1), j + 1) if word == "night" and shift == -1 else None
        return self.weekday_shift(j - 1, shift)

    def weekday_shift(self, i: int, shift: int | None = None) -> Parsed:
        """A weekday, month or season after *last*, *this* or *next* at `i`."""
        if shift is None:
            shift = _DEICTIC[self.low[i]]
        j = i + 1
        word = self.low[j]
        if word in w.WEEKDAYS and self.words.capital(j):
            end = j + 2 if self.low[j + 1] in w.PARTS_OF_DAY else j + 1
            dated = self.weekday_date(j, w.WEEKDAYS[word], j + 1, must=True)
            return dated or (Fixed(weekday=w.WEEKDAYS[word], shift=shift), end)
        if word in w.MONTHS_FULL and self.words.capital(j):
            dated = self.month_day(j)
            if dated and isinstance(dated[0], Fixed):
                node = dated[0] if dated[0].year else replace(dated[0], shift=shift)
                return node, dated[1]
            return Fixed(month=w.MONTHS[word], shift=shift), j + 1
        if word in w.SEASONS and not (word == "fall" and self.low[j + 1] == "of"):
            return Season(month=w.SEASONS[word], shift=shift), j + 1
        if word in ("day", "days") and shift == 1 and word == "day":
            return Anchored(unit="day", count=1), j + 1
        return None

    def that(self, i: int, licensed: bool) -> Parsed:
        """*that day*, *that night*, *that year*; *same day*."""
        del licensed
        unit = self.low[i + 1]
        if unit in ("morning", "evening", "night", "afternoon"):
            unit = "day"
        if unit not in ("day", "week", "month", "year", "weekend"):
            return None
        follows = self.low[i + 2]
        if follows in _STOPS or follows in w.FUNCTION_WORDS or self.low[i] == "same":
            return Anchored(unit=unit, count=0), i + 2
        return None

    def recent(self, i: int, licensed: bool) -> Parsed:
        """*recent months*."""
        del licensed
        return (Vague(), i + 2) if self.low[i + 1] in w.PLURAL_UNITS else None

    def daily_word(self, i: int, licensed: bool) -> Parsed:
        """*today*, *yesterday*, *tomorrow*, *tonight*, *overnight*, *weekend*."""
        del licensed
        word = self.low[i]
        if self.words.capital(i) and not self.words.opens_sentence(i):
            if (
                i
                and self.words.capital(i - 1)
                and self.raw[i - 1].isalpha()
                and not self.raw[i - 1].isupper()
            ):
                return None
        if word == "weekend":
            return Weekend(), i + 1
        if word == "overnight":
            return Overnight(), i + 1
        end = i + 2 if self.low[i + 1] in w.PARTS_OF_DAY else i + 1
        return Relative(unit="day", offset={"yesterday": -1, "tomorrow": 1}.get(word, 0)), end

    def quarter(self, i: int, licensed: bool) -> Parsed:
        """*Q1 2015*."""
        del licensed
        number = self.low[i + 1]
        year = self.year_number(i + 2)
        if self.words.glued(i + 1) and number in ("1", "2", "3", "4") and year is not None:
            first = int(number) * 3 - 2
            return Months(first=first, last=first + 2, year=year), i + 3
        return None

    def decade_word(self, j: int) -> Parsed:
        """*nineties*, *early hours of Friday*."""
        if self.low[j] in ("early", "small"):
            return self.phase(j, True)
        tens = w.DECADE_WORDS.get(self.low[j])
        return (Years(first=1900 + tens, last=1909 + tens), j + 1) if tens else None

    # -- numbers

    def numeric(self, i: int, licensed: bool) -> Parsed:
        """What begins with a digit and is a date."""
        if self.words.glued(i) and self.low[i - 1] not in _DASHES | {"(", "“", '"', "[", "‘", "'", "’"}:
            return None
        return (
            self.iso(i) or self.slashed(i) or self.day_month(i) or self.decade(i) or self.year_range(i, licensed)
            or self.year(i, licensed)
        )  # fmt: skip

    def run(self, i: int, count: int) -> bool:
        """Whether `count` words from `i` stand without a blank between them."""
        return i + count <= self.words.size and all(self.words.glued(k) for k in range(i + 1, i + count))

    def iso(self, i: int) -> Parsed:
        """*2021-08-10*, with a time after it or without."""
        low = self.low
        if not (
            self.run(i, 5) and low[i + 1] == "-" == low[i + 3] and len(low[i]) == 4 and len(low[i + 2]) == 2
        ):
            return None
        if not (len(low[i + 4]) == 2 and low[i].isdigit() and low[i + 2].isdigit() and low[i + 4].isdigit()):
            return None
        node = Fixed(year=int(low[i]), month=int(low[i + 2]), day=int(low[i + 4]))
        return (node, i + 5) if _possible(node) else None

    def slashed(self, i: int) -> Parsed:
        """*25/01/2013*, *25.1.2013*; where day and month could change places, the year alone is sure."""
        low = self.low
        sign = low[i + 1]
        if sign not in ("/", ".") or not self.run(i, 5) or low[i + 3] != sign or len(low[i + 4]) != 4:
            return None
        if not all(low[k].isdigit() for k in (i, i + 2, i + 4)) or len(low[i]) > 2 or len(low[i + 2]) > 2:
            return None
        one, two, year = int(low[i]), int(low[i + 2]), int(low[i + 4])
        if one > 12 or one == two:
            node = Fixed(year=year, month=two, day=one)
        elif two > 12:
            node = Fixed(year=year, month=one, day=two)
        else:
            node = Fixed(year=year)
        return (node, i + 5) if _possible(node) else None

    def day_number(self, i: int) -> tuple[int, int] | None:
        """A day of the month at `i`, with its ordinal ending."""
        word = self.low[i]
        if not (word.isdigit() and word.isascii() and len(word) <= 2 and 1 <= int(word) <= 31):
            return None
        end = i + 1
        if self.low[end] in ("st", "nd", "rd", "th") and self.words.glued(end):
            end += 1
        if self.words.glued(end) and (self.low[end] == "%" or (self.raw[end].isalnum())):
            return None
        if self.low[end] in (".", ":", ",", "/") and self.words.glued(end) and self.words.glued(end + 1):
            if self.low[end + 1].isdigit():
                return None
        return int(word), end

    def day_month(self, i: int) -> Parsed:
        """*19 June*, *5th of May 2012*, *3-5 May*, *3 to 5 May*."""
        day = self.day_number(i)
        if day is None:
            return None
        value, end = day
        last = None
        if (
            self.low[end] in _DASHES
            or self.low[end] == "to"
            or (self.low[end] == "and" and i and self.low[i - 1] == "between")
        ):
            last = self.day_number(end + 1)
            if last is None or last[0] <= value:
                return None
            end = last[1]
        if self.low[end] == "of":
            end += 1
        if self.low[end] not in w.MONTHS or not self.words.capital(end) or self.words.glued(end):
            return None
        if self.low[end] == "may" and self.low[end + 1] in w.AUXILIARIES:
            return None
        month = w.MONTHS[self.low[end]]
        end += 1
        if (
            self.low[end] == "."
            and self.low[end - 1] in w.MONTHS_SHORT
            and self.words.raw[end + 1][:1].isdigit()
        ):
            end += 1
        year, shift, end = self.year_after(end)
        node = Fixed(year=year, month=month, day=value, year_shift=shift)
        if not _possible(node):
            return None
        if last:
            second = replace(node, day=last[0])
            return (Range(first=node, last=second), end) if _possible(second) else None
        return node, end

    def decade(self, i: int) -> Parsed:
        """*1990s*."""
        word = self.low[i]
        end = i + 1
        if self.low[end] in _APOSTROPHES and i and self.low[i - 1] == "the":
            end += 1
        if not (
            len(word) == 4
            and word.isdigit()
            and word[3] == "0"
            and self.low[end] == "s"
            and self.run(i, end + 1 - i)
        ):
            return None
        first = int(word)
        if not FIRST_YEAR <= first <= LAST_YEAR - 99:
            return None
        long = word[2] == "0" and first < 2000
        return Years(first=first, last=first + (99 if long else 9)), end + 1

    def year_number(self, i: int) -> int | None:
        """The number at `i` where it can be a year."""
        word = self.low[i]
        if not (len(word) == 4 and word.isdigit() and word.isascii() and 1500 <= int(word) <= LAST_YEAR - 99):
            return None
        if self.words.glued(i) and (self.low[i - 1] in "$€£#.:/" or self.raw[i - 1].isalpha()):
            return None
        end = i + 1
        if self.words.glued(end) and (self.raw[end].isalnum() or self.low[end] == "%"):
            return None
        if self.words.glued(end) and self.low[end] in (".", ",", ":", "/") and self.words.glued(end + 1):
            return None if self.low[end + 1][:1].isdigit() else int(word)
        return int(word)

    def year_range(self, i: int, licensed: bool) -> Parsed:
        """*2010-2014*, *2010-14*."""
        first = self.year_number(i)
        if first is None or self.low[i + 1] not in _DASHES or not self.words.glued(i + 2):
            return None
        before = self.low[i - 1] if i else ""
        if not (licensed or before in w.YEAR_LICENCES or before in w.DETERMINERS or before == "("):
            return None
        word = self.low[i + 2]
        if len(word) == 2 and word.isdigit():
            last: int | None = first - first % 100 + int(word)
        else:
            last = self.year_number(i + 2)
        if last is None or last <= first or self.low[i + 3] in _DASHES:
            return None
        return Years(first=first, last=last), i + 3

    def year(self, i: int, licensed: bool) -> Parsed:
        """A year by itself, where the words around it allow."""
        year = self.year_number(i)
        if year is None:
            return None
        before = self.low[i - 1] if i else ""
        after = i + 1
        if self.low[after] in ("gmt", "hours", "hrs", "local", "utc") or self.low[after] in w.UNITS:
            return None
        noun = self.counting_noun(after)
        if noun and before not in w.DETERMINERS:
            if year % 100 == 0 or before in ("of", "than", "for", "around", "from", "by", "and", "between"):
                return None
            if self.low[after] in w.PLURAL_PEOPLE:
                return None
        if licensed or before in w.YEAR_LICENCES - {"for", "than", "around"}:
            return Fixed(year=year), after
        if before in ("for", "than", "around"):
            return None if year % 100 == 0 or noun else (Fixed(year=year), after)
        if before in _DASHES and i > 1 and self.low[i - 2] in w.PHASES:
            return Fixed(year=year), after
        if before == "(" and self.low[after] in (")", ",", ";", "-", "–"):
            return Fixed(year=year), after
        if before in ("and", "or", ",") or (before == "again"):
            near = self.last_year_end
            if 0 <= i - near <= 3:
                return Fixed(year=year), after
            return None
        if (
            before == "in"
            or (before == "s" and i > 1 and self.low[i - 2] in _APOSTROPHES)
            or before in w.DETERMINERS
        ):
            follows = self.raw[after]
            if (
                follows.isalpha()
                and self.low[after] not in w.FUNCTION_WORDS
                and not (noun and year % 100 == 0)
            ):
                return Fixed(year=year), after
        return None

    def counting_noun(self, i: int) -> bool:
        """Whether the word at `i` is something that a number before it would count."""
        word = self.low[i]
        if not self.raw[i].isalpha() or not self.raw[i].islower() or word in w.FUNCTION_WORDS:
            return False
        return (word.endswith("s") and not word.endswith("ss")) or word in w.PLURAL_PEOPLE

    def counts(self, i: int, end: int) -> bool:
        """Whether the number after the month at `i` counts what follows (*in May 15 people were killed*)."""
        return bool(i) and self.low[i - 1] == "in" and self.counting_noun(end)

    def number(self, i: int) -> tuple[int | None, int] | None:
        """A count at `i`: its value (None where vague) and the index after it."""
        word = self.low[i]
        if word in ("a", "the"):
            if self.low[i + 1] in ("few", "couple", "number", "dozen", "hundred"):
                return self.number(i + 1) if word == "a" else None
            return None
        if word[:1].isdigit():
            if self.words.glued(i) and self.low[i - 1] not in _DASHES | {"(", "“", '"', "‘"}:
                return None
            if (
                self.low[i + 1] == "."
                and self.words.glued(i + 1)
                and self.words.glued(i + 2)
                and self.low[i + 2].isdigit()
            ):
                return None, i + 3
            plain = word.replace(",", "")
            return (int(plain), i + 1) if len(plain) <= 6 and plain.isascii() else (None, i + 1)
        if word == "couple":
            return 2, i + 2 if self.low[i + 1] == "of" else i + 1
        if word in w.VAGUE_NUMBERS:
            if self.low[i + 1] == "of":
                return None, i + 2
            return (None, i + 1) if word not in ("number", "dozens", "scores", "hundreds") else None
        value = w.NUMBERS.get(word)
        if value is None:
            return None
        j = i + 1
        if 20 <= value <= 90 and value % 10 == 0:
            k = j + 1 if self.low[j] in _DASHES and self.words.glued(j) else j
            small = w.NUMBERS.get(self.low[k], 0)
            if 1 <= small <= 9:
                return value + small, k + 1
        if value < 100 and self.low[j] == "hundred":
            return value * 100, j + 1
        if value < 12 and self.low[j] == "dozen":
            return value * 12, j + 1
        return value, j

    # -- lengths and frequencies

    def quantity(self, i: int) -> Parsed:
        """*two decades ago*, *a day later*, *for weeks*, *three-day*, *28-year-old*, *hours later*."""
        word = self.low[i]
        if word in w.APPROXIMATORS:
            return self.quantity(i + 1) if self.low[i + 1] not in w.APPROXIMATORS else None
        if word in ("more", "less", "fewer") and self.low[i + 1] == "than":
            return self.quantity(i + 2) if self.low[i + 2] not in ("more", "less", "fewer") else None
        if word == "at" and self.low[i + 1] in ("least", "most"):
            return self.quantity(i + 2) if self.low[i + 2] != "at" else None
        if word in w.UNITS:
            return self.bare_unit(i)
        one = word in ("a", "an") and self.low[i + 1] in w.UNITS
        number = (1, i + 1) if one else self.number(i)
        if number is None:
            return None
        count, j = number
        hyphen = self.low[j] in _DASHES and self.words.glued(j) and self.words.glued(j + 1)
        if hyphen:
            return self.hyphened(j + 1, count)
        if self.low[j] in (
            "more",
            "other",
            "full",
            "consecutive",
            "straight",
            "successive",
            "whole",
            "long",
            "further",
        ):
            j += 1
        unit = w.UNITS.get(self.low[j])
        if unit is None or self.low[j] not in w.DURATION_UNITS or self.low[j] == "second":
            return None
        suffixed = self.suffix(j + 1, unit, count, few=count is None)
        if suffixed:
            return suffixed
        if one or (count == 1 and word == "one"):
            before = self.low[i - 1] if i else ""
            if before not in (
                "for",
                "in",
                "within",
                "after",
                "over",
                "than",
                "about",
                "nearly",
                "almost",
                "during",
                "just",
                "least",
            ):
                return None
        end = j + 1
        if self.low[end] == "old" and self.low[j].endswith("s"):
            end += 1
        return Quantity(unit=unit, count=count), end

    def hyphened(self, j: int, count: int | None) -> Parsed:
        """*three-day*, *28-year-old*: `j` is at the unit."""
        unit = w.UNITS.get(self.low[j])
        if unit is None:
            return None
        end = j + 1
        if self.low[end] in _DASHES and self.low[end + 1] in ("old", "long") and self.words.glued(end + 1):
            end += 2
            if self.low[end] == "s" and self.words.glued(end):
                end += 1
        return Quantity(unit=unit, count=count), end

    def bare_unit(self, i: int) -> Parsed:
        """*for weeks*, *hours later*, *decades ago*, *weeks-long*, *decades-old*."""
        unit = w.UNITS[self.low[i]]
        if self.low[i + 1] in _DASHES and self.low[i + 2] in ("long", "old") and self.words.glued(i + 2):
            return Quantity(unit=unit, count=None), i + 3
        if self.low[i] not in w.PLURAL_UNITS:
            return None
        suffixed = self.suffix(i + 1, unit, None, few=unit == "day")
        if suffixed:
            return suffixed
        before = self.low[i - 1] if i else ""
        if before in ("for", "in", "within", "over", "after", "during") and self.low[i] in w.DURATION_UNITS:
            return Quantity(unit=unit, count=None), i + 1
        return None

    def suffix(self, i: int, unit: str, count: int | None, few: bool) -> Parsed:
        """What makes a length a point: *ago*, *later*, *earlier*, *from now*."""
        word = self.low[i]
        if word == "ago":
            return Ago(unit=unit, count=count), i + 1
        if word == "from" and self.low[i + 1] in ("now", "today"):
            return Ago(unit=unit, count=None if count is None else -count), i + 2
        if word == "later" and self.low[i + 1] != "than":
            return Anchored(unit=unit, count=count, few=few), i + 1
        if word in ("earlier", "previously", "prior", "beforehand") and self.low[i + 1] not in ("than", "to"):
            return Anchored(unit=unit, count=None if count is None else -count), i + 1
        if word in ("before", "after") and self.low[i + 1] in _STOPS and self.low[i + 1]:
            sign = 1 if word == "after" else -1
            return Anchored(
                unit=unit, count=None if count is None else sign * count, few=few and sign > 0
            ), i + 1
        return None

    def recurrent(self, i: int) -> Parsed:
        """*every day*, *each Sunday*, *daily*, *twice a week*."""
        word = self.low[i]
        if word in w.FREQUENCIES:
            if self.words.capital(i) and not self.words.opens_sentence(i):
                return None
            return Recurrent(), i + 1
        if word in ("every", "each"):
            j = i + 1
            number = self.number(j)
            if number:
                j = number[1]
            elif self.low[j] in ("other", "single", "second", "third"):
                j += 1
            follows = self.low[j]
            if (
                follows in w.UNITS
                or follows in w.WEEKDAYS
                or follows in w.PARTS_OF_DAY
                or follows in w.SEASONS
            ):
                end = j + 2 if self.low[j + 1] in w.PARTS_OF_DAY else j + 1
                return Recurrent(), end
            return (Recurrent(), j + 1) if follows in w.MONTHS_FULL and self.words.capital(j) else None
        if (
            word in ("once", "twice", "times")
            and self.low[i + 1] in ("a", "an", "per")
            and self.low[i + 2] in w.UNITS
        ):
            return Recurrent(), i + 3
        if word == "per" and self.low[i + 1] in w.UNITS:
            return Recurrent(), i + 2
        return None


def _possible(node: Fixed) -> bool:
    """Whether the calendar has such a date (29 February in some year)."""
    return make(node.year or 2000, node.month, node.day) is not None


def _share(first: Node, last: Node) -> Range:
    """The range, what one end leaves out filled in from the other (*May 3 to June 5, 2014*)."""
    if isinstance(first, Fixed) and isinstance(last, Fixed):
        if last.year is not None and first.year is None and first.month is not None:
            if last.month is not None and first.month > last.month:
                first = replace(first, year=last.year - 1)
            else:
                first = replace(first, year=last.year)
        if last.month is None and last.year is None and last.weekday is None:
            last = replace(last, month=first.month)
        if first.year is not None and last.year is None and last.month is not None:
            later = first.month is not None and last.month < first.month
            last = replace(last, year=first.year + (1 if later else 0))
        if last.year_shift is not None and first.year is None:
            first = replace(first, year_shift=last.year_shift)
    return Range(first=first, last=last)


_Rule: TypeAlias = Callable[[_Reader, int, bool], Parsed]

_RULES: dict[str, _Rule] = {
    "the": _Reader.the,
    **dict.fromkeys(w.WEEKDAYS | w.WEEKDAYS_SHORT, _Reader.weekday),
    **dict.fromkeys(w.WEEKDAYS_PLURAL, _Reader.weekdays),
    **dict.fromkeys(w.MONTHS, _Reader.month),
    **dict.fromkeys(w.SEASONS, _Reader.season),
    **dict.fromkeys(_DEICTIC, _Reader.shifted),
    **dict.fromkeys(w.PHASES, _Reader.phase),
    **dict.fromkeys(w.EDGES, _Reader.edges),
    **dict.fromkeys(("that", "same"), _Reader.that),
    **dict.fromkeys(
        ("today", "yesterday", "tomorrow", "tonight", "overnight", "weekend"), _Reader.daily_word
    ),
    **dict.fromkeys(("first", "second", "third", "fourth"), _Reader.nth),
    "recent": _Reader.recent,
    "q": _Reader.quarter,
}
_STARTS = (
    frozenset(_RULES) | frozenset(w.NUMBERS) | w.VAGUE_NUMBERS | frozenset(w.UNITS) | w.FREQUENCIES | w.APPROXIMATORS
    | {"a", "an", "more", "less", "fewer", "at", "every", "each", "once", "twice", "times", "per"}
)  # fmt: skip
