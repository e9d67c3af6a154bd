"""Rules for days that have a name: holidays, and days of history."""

from __future__ import annotations

from kg.annotate.times import words as w
from kg.annotate.times.calendar_dates import CalendarDates
from kg.annotate.times.counting import APOSTROPHES, DASHES, Parsed
from kg.annotate.times.dates import parts
from kg.annotate.times.lexicon import TimeLexicon, time_lexicon
from kg.annotate.times.model import Fixed, Holiday
from kg.annotate.times.scanner import Words


class NamedDays(CalendarDates):
    """Rules over the names of ``ontology/lexicon/times.yaml``."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.lexicon: TimeLexicon = time_lexicon()

    def named_day(self, i: int) -> Parsed:
        """*Thanksgiving Day*, *Christmas 2019*, *9/11*: a holiday or a day of history that begins at `i`."""
        return self.holiday(i) or self.known_day(i)

    def holiday(self, i: int, shift: int | None = None) -> Parsed:
        """*Labor Day*, *Easter weekend*, *New Year's Eve 1999*; a name of one word before no noun only."""
        listed = self.lexicon.holidays.get(self.low[i])
        if listed is None or not self.words.capital(i):
            return None
        for name, rule in listed:
            end = i + len(name)
            if not self.reads(i, name):
                continue
            weekend = self.low[end] == "weekend"
            if weekend:
                end += 1
            elif len(name) == 1 and (self.names_more(end) or self.joined(i)):
                return None
            year, year_shift, end = self.year_after(end)
            node = Holiday(rule=rule, year=year, shift=shift, year_shift=year_shift, weekend=weekend)
            return node, end
        return None

    def known_day(self, i: int) -> Parsed:
        """*9/11*, *Sept. 11* before *attacks*."""
        for day in self.lexicon.days.get(self.low[i], ()):
            end = i + len(day.words)
            if not self.reads(i, day.words) or (self.words.glued(end) and self.raw[end].isalnum()):
                continue
            if day.before:
                good = self.low[end] in day.before
            else:
                good = self.before(i) in w.PREPOSITIONS or (i > 0 and self.low[i - 1] in w.DETERMINERS)
                good = good and not (self.words.glued(i) or self.low[end] == "/")
            year, month, number = parts(day.date) or (None, None, None)
            if good:
                return Fixed(year=year, month=month, day=number), end
        return None

    def reads(self, i: int, name: tuple[str, ...]) -> bool:
        """Whether `name` stands at `i`, whatever its apostrophes."""
        return all(
            self.low[i + k] == word or (word in APOSTROPHES and self.low[i + k] in APOSTROPHES)
            for k, word in enumerate(name)
            if i + k < len(self.low)
        )

    def names_more(self, end: int) -> bool:
        """Whether what follows at `end` makes another name or thing of the word before it."""
        if self.low[end] in DASHES and self.words.glued(end):
            return True
        follows = self.low[end]
        return self.raw[end].isalpha() and follows not in w.FUNCTION_WORDS and follows not in ("last", "next")

    def joined(self, i: int) -> bool:
        """Whether the word at `i` hangs on one before it (*pre-Christmas*)."""
        return i > 0 and self.low[i - 1] in DASHES and self.words.glued(i)
