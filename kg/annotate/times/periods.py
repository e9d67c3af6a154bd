"""Rules for the periods that companies and statistics report on: quarters, fiscal years, months to a day."""

from __future__ import annotations

from kg.annotate.times import words as w
from kg.annotate.times.counting import APOSTROPHES, DASHES, STOPS, Parsed
from kg.annotate.times.model import Ago, Anchored, Fixed, Months, Node, Relative, SamePeriod, Upto, Vague
from kg.annotate.times.named_days import NamedDays

_NEAR = 20
_PERIODS = frozenset({"period", "quarter", "half", "month", "week", "time"})
_ENDING = frozenset({"to", "through", "ended", "ending"})
_BEGINNING = frozenset({"beginning", "starting"})


class Periods(NamedDays):
    """Rules of balance sheets and tables."""

    def quarter(self, i: int, licensed: bool) -> Parsed:
        """*Q1 2015*, *Q3*, *H1 2022*, *Q3 FY2015* (the year: fiscal years begin where they like)."""
        del licensed
        number = self.low[i + 1]
        half = self.low[i] == "h"
        glued = self.words.glued
        if not (glued(i + 1) and number in tuple("12" if half else "1234") and self.words.capital(i)):
            return None
        if (glued(i) and self.low[i - 1] not in {"(", "“", '"'}) or (
            glued(i + 2) and self.raw[i + 2].isalnum()
        ):
            return None
        end = i + 3 if self.low[i + 2] in ("of", "-", ",") else i + 2
        fiscal = self.fiscal(end, False)
        if fiscal:
            return fiscal
        year = self.year_number(end)
        size = 6 if half else 3
        first = int(number) * size - size + 1
        if year is not None:
            return Months(first=first, last=first + size - 1, year=year), end + 1
        named = i > 0 and self.words.capital(i - 1) and not self.words.opens_sentence(i - 1)
        if half or named or self.games_near(i):
            return None
        return Months(first=first, last=first + size - 1), i + 2

    def bare_quarter(self, i: int) -> Parsed:
        """*third quarter*, *third-quarter* without a year, told of no game."""
        nth = w.ORDINALS.get(self.low[i], 0)
        hyphen = self.low[i + 1] in DASHES and self.words.glued(i + 1)
        j = i + 2 if hyphen else i + 1
        if not 1 <= nth <= 4 or self.low[i] == "opening" or self.low[j] != "quarter":
            return None
        if self.low[j + 1] == "of" or (self.low[j + 1] in DASHES and not hyphen) or self.games_near(i):
            return None
        return Months(first=nth * 3 - 2, last=nth * 3), j + 1

    def games_near(self, i: int) -> bool:
        """Whether a word of games stands near."""
        return not self.lexicon.games.isdisjoint(self.low[max(i - _NEAR, 0) : i + _NEAR])

    def fiscal(self, i: int, licensed: bool) -> Parsed:
        """*fiscal 1990*, *fiscal year 2015*, *FY2015*, *FY15*."""
        del licensed
        if self.low[i] == "fy":
            short = self.low[i + 1]
            if len(short) == 2 and short.isdigit() and self.words.glued(i + 1):
                return Fixed(year=2000 + int(short)), i + 2
            year, end = self.year_with_letters(i + 1), i + 2
        elif self.low[i] == "fiscal":
            j = i + 2 if self.low[i + 1] == "year" or self.low[i + 1] in DASHES else i + 1
            year, end = self.year_number(j), j + 1
        else:
            return None
        return (Fixed(year=year), end) if year is not None else None

    def year_with_letters(self, i: int) -> int | None:
        """The year at `i`, though letters stand before it without a blank."""
        word = self.low[i]
        return int(word) if len(word) == 4 and word.isdigit() and word[:2] in ("19", "20") else None

    def fiscal_year(self, j: int) -> Parsed:
        """*fiscal year* behind *the*, *last* or *next*: `j` is at *fiscal*. Nobody says when it begins."""
        named = self.fiscal(j, True)
        if named or self.low[j + 1] != "year":
            return named
        return self.upto(j + 1) or (Vague(), j + 2)

    def year_end(self, i: int, licensed: bool) -> Parsed:
        """*year-end*, *year-end 1989*, *year's end*: as precise as the year."""
        del licensed
        if self.low[i + 1] in DASHES and self.words.glued(i + 1) and self.low[i + 2] == "end":
            end = i + 3
        elif self.low[i + 1] in APOSTROPHES and self.low[i + 2] == "s" and self.low[i + 3] == "end":
            end = i + 4
        else:
            return None
        year = self.year_number(end)
        if year is not None:
            return Fixed(year=year), end + 1
        if self.raw[end].isalpha() and self.low[end] not in w.FUNCTION_WORDS:
            return None
        return Relative(unit="year"), end

    def upto(self, j: int, count: int = 1) -> Parsed:
        """*three months to June*, *week ended Jan. 6*, *year to March*: `j` is at the unit."""
        unit = w.UNITS.get(self.low[j])
        if unit not in ("day", "week", "month", "quarter", "year") or count < 1:
            return None
        k = j + 2 if self.low[j + 1] in ("period", "that") else j + 1
        joint = self.low[k]
        if joint not in _ENDING and joint not in _BEGINNING:
            return None
        if self.low[k + 1] == "on":
            k += 1
        if joint == "to" and self.low[k + 1] == "the":
            return None
        inner = self.point(k + 1, licensed=True)
        if inner is None:
            return None
        node, end = inner
        if not isinstance(node, Fixed):
            return None
        to_day = bool(node.day or node.weekday is not None)
        if not to_day and (unit in ("day", "week") or node.month is None):
            return None
        return Upto(unit=unit, count=count, node=node, sign=1 if joint in _BEGINNING else -1), end

    def same_period(self, j: int) -> Parsed:
        """*same period last year*, *year-ago quarter*: `j` is at *same* or *year*."""
        if self.low[j] == "year":
            if self.low[j + 1] not in DASHES or self.low[j + 2] not in ("ago", "earlier"):
                return None
            k = j + 4 if self.low[j + 3] in w.ORDINALS else j + 3
            if self.low[k] not in _PERIODS:
                return None
            return SamePeriod(year=Ago(unit="year", count=1)), k + 1
        k = j + 2
        if self.low[j + 1] not in _PERIODS:
            return None
        if self.low[k] in ("of", "in"):
            k += 1
        year = self.same_year(k)
        return (SamePeriod(year=year[0]), year[1]) if year else None

    def same_year(self, k: int) -> tuple[Node, int] | None:
        """The year at `k`: *last year*, *a year earlier*, *the previous year*, *2019*."""
        low = self.low
        if low[k] in ("last", "this") and low[k + 1] == "year":
            return Relative(unit="year", offset=-1 if low[k] == "last" else 0), k + 2
        if low[k] in ("a", "one") and low[k + 1] == "year" and low[k + 2] in ("ago", "earlier", "before"):
            node: Node = Ago(unit="year", count=1) if low[k + 2] == "ago" else Anchored(unit="year", count=-1)
            return node, k + 3
        if low[k] == "the" and low[k + 1] in ("previous", "preceding") and low[k + 2] == "year":
            return Anchored(unit="year", count=-1), k + 3
        year = self.year_number(k)
        if year is not None and (low[k + 1] in STOPS or low[k + 1] in w.FUNCTION_WORDS):
            return Fixed(year=year), k + 1
        return None
