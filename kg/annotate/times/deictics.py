"""Rules for times told from a standpoint (*last week*, *the same day*), and for parts of times."""

from __future__ import annotations

from dataclasses import replace

from kg.annotate.times import words as w
from kg.annotate.times.calendar_dates import share
from kg.annotate.times.counting import APOSTROPHES, DASHES, DEICTIC, STOPS, Parsed
from kg.annotate.times.model import (
    Ago,
    Anchored,
    Around,
    Fixed,
    Following,
    MonthDay,
    Months,
    Overnight,
    Quantity,
    Range,
    Recurrent,
    Relative,
    Season,
    Stretch,
    Vague,
    Weekend,
    Years,
)
from kg.annotate.times.periods import Periods

_ON_DAY = frozenset({"on", "by", "until", "since"})


class Deictics(Periods):
    """Rules that point from the day of publication or from the date told before."""

    def the(self, i: int, licensed: bool) -> Parsed:
        """What begins with *the*."""
        del licensed
        j = i + 1
        if self.far(j):
            return None
        word = self.low[j]
        if word == "day":
            return self.the_day(i)
        named = self.holiday(j) if word in w.ORDINALS else None
        if named:
            return named  # *the Fourth of July*
        if word in ("same", "corresponding", "comparable", "year"):
            found = self.same_period(j)
            if found:
                return found
        if word in ("same", "following", "next", "previous", "preceding"):
            found = self.anchored_the(i)
            if found:
                return found
        if word == "fiscal" or (word in DEICTIC and self.low[j + 1] == "fiscal"):
            return self.fiscal_year(j if word == "fiscal" else j + 1)
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
            return self.stretch(j) or self.part_of(j) or (self.weekday_shift(j) if word in DEICTIC else None)
        if word in w.EDGES or (word in w.PHASES and self.low[j + 1] in w.EDGES):
            return self.edge(j)
        if word in w.PHASES:
            return self.phase(j, True)
        if word in ("night", "week", "month", "year") and self.low[j + 2] in STOPS:
            sign = {"before": -1, "after": 1}.get(self.low[j + 1])
            if sign:
                return Anchored(unit="day" if word == "night" else word, count=sign), j + 2
        number = self.number(j)
        if number and number[0] and self.low[number[1]] in w.UNITS:
            return self.upto(number[1], number[0])
        if word in w.PARTS_OF_DAY or word in ("week", "month", "quarter", "year", "weekend"):
            found = self.of_point(j) or self.upto(j)
            if found:
                return found
            if word == "weekend":
                return Weekend(), j + 1
            return None
        if word in ("early", "small") or word in w.DECADE_WORDS:
            return self.decade_word(j)
        if word in w.SEASONS:
            return self.season(j, True)
        if word[:1].isdigit() or word in APOSTROPHES:
            return self.the_number(i)
        return None

    def the_day(self, i: int) -> Parsed:
        """*the day before yesterday*, *the day before*."""
        follow, then = self.low[i + 2], self.low[i + 3]
        if follow == "before" and then == "yesterday":
            return Ago(unit="day", count=2), i + 4
        if follow == "after" and then == "tomorrow":
            return Ago(unit="day", count=-2), i + 4
        if follow in ("before", "after") and then in STOPS:
            return Anchored(unit="day", count=-1 if follow == "before" else 1), i + 3
        return None

    def anchored_the(self, i: int) -> Parsed:
        """*the same day*, *the next day*, *the previous month*: counted from the date before in the text."""
        word, unit = self.low[i + 1], self.low[i + 2]
        if unit in w.WEEKDAYS and self.words.capital(i + 2) and word != "same":
            end = i + 4 if self.low[i + 3] in w.PARTS_OF_DAY else i + 3
            return Following(weekday=w.WEEKDAYS[unit], sign=1 if word in ("following", "next") else -1), end
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
        if self.low[j] in APOSTROPHES and self.low[j + 1][:1].isdigit():
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
        if self.low[j + 1] in ("st", "nd", "rd", "th") and self.low[i - 1 if i else i] in _ON_DAY:
            number = self.day_number(j)
            follows = self.low[j + 2]
            if number and (follows in STOPS or follows in w.FUNCTION_WORDS - {"of", "and"}):
                return MonthDay(day=number[0]), j + 2
        found = self.day_month(j) or self.decade(j)
        if found and isinstance(found[0], Fixed) and "of" not in self.low[j : found[1]]:
            return None
        return found

    def of_point(self, j: int) -> Parsed:
        """*night of June 5*, *week of 5 May*, *month of May*: `j` is at the first of these words."""
        if self.low[j + 1] not in ("of", "after", "before") or self.low[j + 1] != "of":
            return None
        inner = self.point(j + 2, licensed=True)
        if inner is None:
            return None
        node, end = inner
        if isinstance(node, Range):
            return inner
        if (
            self.low[j] in w.PARTS_OF_DAY
            and isinstance(node, Fixed)
            and (node.day or node.weekday is not None)
        ):
            joint = self.low[end]
            if joint in ("to", "-", "–", "into"):
                second = self.point(end + 1, licensed=True)
                if second and isinstance(second[0], Fixed):
                    return share(node, second[0]), second[1]
            return inner
        if self.low[j] in ("week", "weekend") and isinstance(node, Fixed) and node.day:
            return Around(unit=self.low[j], node=node), end
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
        if unit in ("hour", "night") or (unit == "day" and word in ("last", "next")):
            return None
        return Stretch(unit=str(unit), count=sign), j + 2

    def part_of(self, j: int) -> Parsed:
        """*first quarter of 2015*, *first three months of 2014*, *last days of May*."""
        nth = w.ORDINALS.get(self.low[j])
        if nth is None:
            return None
        k = j + 1
        number = self.number(k)
        count = 1
        if number and number[0] is not None:
            count, k = number[0], number[1]
        quarter = self.bare_quarter(j) if self.low[j + 1] == "quarter" and self.low[k + 1] != "in" else None
        if quarter and self.year_after(quarter[1])[2] == quarter[1]:
            return quarter
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
        """*third quarter of 2014*, *third-quarter* without the article."""
        del licensed
        return self.part_of(i) or self.bare_quarter(i)

    def edge(self, j: int) -> Parsed:
        """*end of the month*, *beginning of 2014*, *middle of May*: as precise as what they are part of."""
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
        """*late Sunday*, *early on Monday*, *mid-March*, *earlier this month*, *early 2015*."""
        del licensed
        word = self.low[i]
        j = i + 1
        if self.low[j] in DASHES and (self.words.glued(j) or word == "mid"):
            j += 1
        if self.low[j] in ("in", "on"):
            preposition = self.low[j]
            j += 1
            if self.low[j] == "the":
                unit = self.low[j + 1]
                if unit == "day" and word in ("earlier", "later"):
                    return Anchored(unit="day", count=0, loose=True), j + 2
                if unit in ("week", "month", "year", "decade") and self.low[j + 2] != "of":
                    return Relative(unit=unit), j + 2
                if preposition == "in" and unit in w.PARTS_OF_DAY:
                    opens = self.words.opens_sentence(i) and self.low[j + 2] == ","
                    opens |= word in ("earlier", "later")
                    return (Anchored(unit="day", count=0, loose=True), j + 2) if opens else None
                return self.the(j, True)
            return self.point(j, licensed=True)
        if word in ("early", "small") and self.low[j] in ("hours", "morning"):
            return self.hours_of(j)
        if self.low[j] == "the":
            return None
        if self.low[j] in w.PARTS_OF_DAY and self.low[j + 1] in w.WEEKDAYS:
            j += 1  # *late afternoon Wednesday*
        inner = self.point(j, licensed=True)
        if inner is None and word in ("early", "mid", "late") and self.low[j] in w.DECADE_WORDS:
            return self.decade_word(j)
        if inner and isinstance(inner[0], (Anchored, Relative, Fixed, Season, Years, Weekend, Months)):
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

    def shifted(self, i: int, licensed: bool) -> Parsed:
        """*last week*, *this month*, *next Friday*, *last September*, *last night*, *past 24 hours*."""
        word = self.low[i]
        shift = DEICTIC[word]
        j = i + 1
        if word == "this" and self.low[j] in ("past", "coming"):
            shift = DEICTIC[self.low[j]]
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
        if word == "fiscal":
            return self.fiscal_year(j)
        if word == "time" and shift == 0 and self.low[j + 1] in ("last", "next"):
            return self.after_shift(j + 2, DEICTIC[self.low[j + 1]])
        if word in self.lexicon.holidays:
            holiday = self.holiday(j, shift)
            if holiday:
                return holiday
        if word in w.PARTS_OF_DAY:
            if shift == 0 and word != "midnight":
                return Relative(unit="day"), j + 1
            return (Relative(unit="day", offset=-1), j + 1) if word == "night" and shift == -1 else None
        return self.weekday_shift(j - 1, shift)

    def weekday_shift(self, i: int, shift: int | None = None) -> Parsed:
        """A weekday, month or season after *last*, *this* or *next* at `i`."""
        if shift is None:
            shift = DEICTIC[self.low[i]]
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
        if follows in STOPS or follows in w.FUNCTION_WORDS or self.low[i] == "same":
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
        inside = self.words.capital(i) and not self.words.opens_sentence(i)
        if inside and self.raw[i - 1].isalpha() and self.raw[i - 1].istitle():
            return None
        if word == "weekend":
            return Weekend(), i + 1
        if word == "overnight":
            return self.overnight(i)
        end = i + 2 if self.low[i + 1] in w.PARTS_OF_DAY else i + 1
        return Relative(unit="day", offset={"yesterday": -1, "tomorrow": 1}.get(word, 0)), end

    def overnight(self, i: int) -> Parsed:
        """*overnight*, *overnight Friday*, *overnight into Sunday*."""
        j = i + 1
        joint = self.low[j]
        if joint in ("on", "into", "from"):
            j += 1
        number = w.WEEKDAYS.get(self.low[j])
        if number is None or not self.words.capital(j):
            dated = self.point(j, licensed=True) if self.low[j] in w.MONTHS or joint == "on" else None
            if dated and isinstance(dated[0], (Fixed, Range)):
                return dated
            return Overnight(), i + 1
        last = Fixed(weekday=number)
        second = w.WEEKDAYS.get(self.low[j + 2])
        if second is not None and (self.low[j + 1] in DASHES or self.low[j + 1] in ("to", "into")):
            return Range(first=last, last=Fixed(weekday=second)), j + 3
        if joint == "into":
            return Range(first=Fixed(weekday=(number - 1) % 7), last=last), j + 1
        return last, j + 1

    def decade_word(self, j: int) -> Parsed:
        """*nineties*, *early hours of Friday*."""
        if self.low[j] in ("early", "small"):
            return self.phase(j, True)
        tens = w.DECADE_WORDS.get(self.low[j])
        return (Years(first=1900 + tens, last=1909 + tens), j + 1) if tens else None
