"""Rules for dates of the calendar: days, months, years, weekdays, seasons, in words and in numbers."""

from __future__ import annotations

from dataclasses import replace

from kg.annotate.times import words as w
from kg.annotate.times.counting import (
    APOSTROPHES,
    DASHES,
    DEICTIC,
    STOPS,
    Counting,
    Parsed,
    full_year,
    possible,
)
from kg.annotate.times.dates import FIRST_YEAR, LAST_YEAR
from kg.annotate.times.model import Fixed, MonthDay, Node, Range, Recurrent, Season, Years

_AS_FAR = frozenset({"early", "late", "recently", "far", "long", "soon"})


def share(first: Node, last: Node) -> Range:
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


class CalendarDates(Counting):
    """Rules that name the calendar."""

    def numeric(self, i: int, licensed: bool) -> Parsed:
        """What begins with a digit and is a date."""
        if self.words.glued(i) and self.low[i - 1] not in DASHES | {"(", "“", '"', "[", "‘", "'", "’", "*"}:
            return None
        return (
            self.iso(i) or self.slashed(i) or self.day_month(i) or self.decade(i)
            or self.year_range(i, licensed) or self.year(i, licensed)
        )  # fmt: skip

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
        return (node, i + 5) if possible(node) else None

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
        return (node, i + 5) if possible(node) else None

    def day_month(self, i: int) -> Parsed:
        """*19 June*, *5th of May 2012*, *3-5 May*, *3 to 5 May*."""
        day = self.day_number(i)
        if day is None:
            return None
        value, end = day
        if self.low[end] in DASHES and self.low[end + 1] in w.MONTHS and self.run(i, 5):
            return self.hyphened_date(value, end)
        last = None
        if (
            self.low[end] in DASHES
            or self.low[end] == "to"
            or (self.low[end] == "and" and i and self.low[i - 1] == "between")
        ):
            last = self.day_number(end + 1)
            if last is None or last[0] <= value:
                return None
            end = last[1]
        if self.low[end] in ("and", "or") and i and self.low[i - 1] in ("on", "the", "of"):
            other = self.day_month(end + 1)
            if other and isinstance(other[0], Fixed):
                return replace(other[0], day=value), end
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
        if year is None and shift is None and self.low[end - 1] in w.MONTHS_SHORT:
            year, end = self.abbreviated_year(end)
        node = Fixed(year=year, month=month, day=value, year_shift=shift)
        if not possible(node):
            return None
        if last:
            second = replace(node, day=last[0])
            return (Range(first=node, last=second), end) if possible(second) else None
        return node, end

    def abbreviated_year(self, i: int) -> tuple[int | None, int]:
        """The year of *8 Mar 16* at `i`, where the number counts nothing, and the index after it."""
        word = self.low[i]
        ends = self.low[i + 1] in STOPS or self.low[i + 1] in w.FUNCTION_WORDS
        if len(word) != 2 or not (word.isdigit() and word.isascii()) or self.words.glued(i) or not ends:
            return None, i
        return full_year(int(word)), i + 1

    def hyphened_date(self, day: int, end: int) -> Parsed:
        """*10-Aug-2021*: `end` is at the first hyphen."""
        word = self.low[end + 3]
        if self.low[end + 2] not in DASHES or not word.isdigit() or len(word) != 4:
            return None
        node = Fixed(year=int(word), month=w.MONTHS[self.low[end + 1]], day=day)
        return (node, end + 4) if possible(node) else None

    def decade(self, i: int) -> Parsed:
        """*1990s*."""
        word = self.low[i]
        end = i + 1
        if self.low[end] in APOSTROPHES and i and self.low[i - 1] == "the":
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

    def year_range(self, i: int, licensed: bool) -> Parsed:
        """*2010-2014*, *2010-14*."""
        first = self.year_number(i)
        if first is not None and self.low[i + 1] == "through":
            last = self.year_number(i + 2)
            return (Years(first=first, last=last), i + 3) if last is not None and last > first else None
        if first is None or self.low[i + 1] not in DASHES or not self.words.glued(i + 2):
            return None
        before = self.low[i - 1] if i else ""
        if not (licensed or before in w.YEAR_LICENCES or before in w.DETERMINERS or before == "("):
            return None
        word = self.low[i + 2]
        if len(word) == 2 and word.isdigit():
            last = first - first % 100 + int(word)
        else:
            last = self.year_number(i + 2)
        if last is None or last <= first or self.low[i + 3] in DASHES:
            return None
        return Years(first=first, last=last), i + 3

    def year(self, i: int, licensed: bool) -> Parsed:
        """A year by itself, where the words around it allow."""
        year = self.year_number(i)
        if year is None:
            return None
        before = self.low[i - 1] if i else ""
        if before in ("least", "about", "around") and i > 2:
            before = self.low[i - 2] if self.low[i - 2] != "at" else self.low[i - 3]
        after = i + 1
        if self.low[after] in ("gmt", "hours", "hrs", "local", "utc") or self.low[after] in w.UNITS:
            return None
        if before == "of" and i > 1 and self.low[i - 2] in ("total", "number", "toll", "strength"):
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
        if before in DASHES and i > 1 and self.low[i - 2] in w.PHASES:
            return Fixed(year=year), after
        if before == "(" and self.low[after] in (")", ",", ";", "-", "–"):
            return Fixed(year=year), after
        if before == "to" and i > 1 and self.low[i - 2] in ("back", "dating", "dated", "dates"):
            return Fixed(year=year), after
        if before == "as" and not _AS_FAR.isdisjoint(self.low[max(i - 4, 0) : i - 1]):
            return Fixed(year=year), after
        if before in ("and", "or", ",") or (before == "again"):
            near = self.last_year_end
            if 0 <= i - near <= 3:
                return Fixed(year=year), after
            return None
        if (
            before == "in"
            or (before == "s" and i > 1 and self.low[i - 2] in APOSTROPHES)
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

    def month(self, i: int, licensed: bool) -> Parsed:
        """*May 1*, *May 2014*, *in May*, *Jan. 25, 2013*, *June 1-10*, *May last year*."""
        if not self.words.capital(i):
            return None
        if i and self.words.glued(i) and self.low[i - 1] not in DASHES | {"(", "/", "“", '"', "[", "‘"}:
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
        if self.low[end] in DASHES or self.low[end] == "to":
            last = self.day_number(end + 1)
            if last and (last[0] <= value or (self.low[end] == "to" and self.counting_noun(last[1]))):
                last = None
        finish = last[1] if last else end
        year, shift, finish = self.year_after(finish)
        first = Fixed(year=year, month=month, day=value, year_shift=shift)
        if not possible(first):
            return None
        if last:
            second = replace(first, day=last[0])
            return (Range(first=first, last=second), finish) if possible(second) else (first, finish)
        return first, finish

    def month_year(self, i: int, licensed: bool) -> Parsed:
        """A month with its year, or bare where the words around it allow."""
        if i and self.low[i - 1].isdigit() and len(self.low[i - 1]) <= 2:
            return None
        month = w.MONTHS[self.low[i]]
        j = i + 1
        dotted = self.low[j] == "." and self.low[i] in w.MONTHS_SHORT
        if dotted:
            j += 1
        joined = (self.low[j] in DASHES and self.low[j + 1] in w.MONTHS and self.words.capital(j + 1)) or (
            licensed and i > 1 and self.low[i - 1] in DASHES
        )
        year, shift, end = self.year_after(
            j, comma=self.low[j + 1][:1].isdigit() and len(self.low[j + 1]) == 4
        )
        if (
            year is None
            and shift is None
            and not joined
            and not (self.low[i] in w.MONTHS_FULL and self.bare_month(i, licensed))
        ):
            return None
        return Fixed(year=year, month=month, year_shift=shift), end

    def bare_month(self, i: int, licensed: bool) -> bool:
        """Whether a month without day or year is one."""
        before = self.low[i - 1] if i else ""
        after = i + 1
        joined = self.low[after] in DASHES or self.low[after] in ("and", "or", "to")
        if joined and self.low[after + 1] in w.MONTHS_FULL and self.words.capital(after + 1):
            return self.year_after(after + 2)[0] is not None or before in w.MONTH_LICENCES
        named = self.low[i] in w.AMBIGUOUS_MONTHS
        if named and self.low[after] in w.AUXILIARIES and not licensed:
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
            return licensed or before not in ("about", "over", "on")
        if named and (self.low[i] == "may" or not self.attributive(i, after)):
            return before in ("its", "the", "their", "a", "his") and self.attributive(i, after)
        if i and not self.words.opens_sentence(i) and self.words.capital(i - 1) and self.raw[i - 1].isalpha():
            return before in w.DETERMINERS and self.attributive(i, after)
        return self.attributive(i, after) or self.low[after] in STOPS or self.possessive(after)

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

    def weekday(self, i: int, licensed: bool) -> Parsed:
        """*Sunday*, *Saturday night*, *Friday, May 3*, *Monday last week*, *Sundays*."""
        if not self.words.capital(i) or (not licensed and i and self.low[i - 1] in w.ORDINALS):
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
        if self.low[part] == "the" and self.low[part + 2] == "th":
            day = self.day_number(part + 1)
            if day and self.low[day[1]] not in ("of", *w.MONTHS):
                return MonthDay(day=day[0], weekday=number), day[1]
        k = part + 1 if self.low[part] == "of" else part
        if self.low[k] in ("last", "this", "next") and self.low[k + 1] == "week":
            return Fixed(weekday=number, week_shift=DEICTIC[self.low[k]]), k + 2
        del i
        return Fixed(weekday=number), part

    def weekdays(self, i: int, licensed: bool) -> Parsed:
        """*Sundays*."""
        del licensed
        return (Recurrent(), i + 1) if self.words.capital(i) else None

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
            follows in STOPS or follows in w.FUNCTION_WORDS
        ):
            return Season(month=month), i + 1
        del licensed
        return None

    def short_year(self, i: int, licensed: bool) -> Parsed:
        """*'98* after a preposition."""
        del licensed
        year = self.two_digits(i) if i and self.low[i - 1] in w.YEAR_LICENCES else None
        return (Fixed(year=year), i + 2) if year is not None else None
