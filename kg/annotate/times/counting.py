"""The numbers, days and years that the rules of the grammar are built of, and the looks around them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final, TypeAlias

from kg.annotate.times import words as w
from kg.annotate.times.dates import LAST_YEAR, make
from kg.annotate.times.model import Fixed, Node
from kg.annotate.times.scanner import BARRIER, Words

Parsed: TypeAlias = tuple[Node, int] | None
"""A node and the index after its last word."""

DASHES: Final = frozenset({"-", "–", "—", "‑"})
STOPS: Final = frozenset({"", BARRIER, ".", ",", ";", ":", "!", "?", ")", "”", '"', "’", "'", "—", "–"})
APOSTROPHES: Final = frozenset({"'", "’", "‘"})
DEICTIC: Final = {
    "last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1,
}  # fmt: skip

_LONGEST: Final = 16
_PIVOT: Final = 40
"""*'40* is 2040, *'41* 1941."""


def possible(node: Fixed) -> bool:
    """Whether the calendar has such a date (29 February in some year)."""
    return make(node.year or 2000, node.month, node.day) is not None


def full_year(last_two: int) -> int:
    """The year that two digits stand for."""
    return last_two + (1900 if last_two > _PIVOT else 2000)


class Counting(ABC):
    """Rules over one text. Each takes the index that it starts from and gives what it read or None."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.low = words.low
        self.raw = words.raw
        self.origin = 0  # where the expression that is being read begins
        self.last_year_end = -9  # where a year was read last: a second may follow with *and*

    def far(self, i: int) -> bool:
        """Whether word `i` lies further on than any expression goes: rules that nest end there."""
        return i - self.origin > _LONGEST

    @abstractmethod
    def point(self, i: int, licensed: bool = False) -> Parsed:
        """A date or a part of one; `licensed` where the words before vouch for it. The grammar says how."""

    def possessive(self, i: int) -> bool:
        """Whether a possessive sign stands at `i`."""
        return self.low[i] in APOSTROPHES and self.words.glued(i) and self.low[i + 1] == "s"

    def before(self, i: int) -> str:
        """The word before `i`, passing over the article."""
        if i > 1 and self.low[i - 1] == "the":
            return self.low[i - 2]
        return self.low[i - 1] if i else ""

    def run(self, i: int, count: int) -> bool:
        """Whether `count` words from `i` stand without a blank between them."""
        return i + count <= self.words.size and all(self.words.glued(k) for k in range(i + 1, i + count))

    def number(self, i: int) -> tuple[int | None, int] | None:
        """A count at `i`: its value (None where vague) and the index after it."""
        word = self.low[i]
        if word in ("a", "the"):
            if self.low[i + 1] in ("few", "couple", "number", "dozen", "hundred"):
                return self.number(i + 1) if word == "a" else None
            return None
        if word[:1].isdigit():
            if self.words.glued(i) and self.low[i - 1] not in DASHES | {"(", "“", '"', "‘"}:
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
            k = j + 1 if self.low[j] in DASHES and self.words.glued(j) else j
            small = w.NUMBERS.get(self.low[k], 0)
            if 1 <= small <= 9:
                return value + small, k + 1
        if value < 100 and self.low[j] == "hundred":
            return value * 100, j + 1
        if value < 12 and self.low[j] == "dozen":
            return value * 12, j + 1
        return value, j

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
        joined = self.words.glued(end) and self.words.glued(end + 1)
        if joined and self.low[end] in (".", ":", ",", "/") and self.low[end + 1].isdigit():
            return None
        return int(word), end

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

    def two_digits(self, i: int) -> int | None:
        """The year of *'98* at `i`, its apostrophe."""
        word = self.low[i + 1]
        if self.low[i] not in APOSTROPHES or self.words.glued(i) or not self.words.glued(i + 1):
            return None
        if len(word) != 2 or not (word.isdigit() and word.isascii()):
            return None
        if self.words.glued(i + 2) and self.raw[i + 2].isalnum():
            return None
        return full_year(int(word))

    def counting_noun(self, i: int) -> bool:
        """Whether the word at `i` is something that a number before it would count."""
        word = self.low[i]
        if not self.raw[i].isalpha() or not self.raw[i].islower() or word in w.FUNCTION_WORDS:
            return False
        return (word.endswith("s") and not word.endswith("ss")) or word in w.PLURAL_PEOPLE

    def counts(self, i: int, end: int) -> bool:
        """Whether the number after the month at `i` counts what follows (*in May 15 people were killed*)."""
        return bool(i) and self.low[i - 1] == "in" and self.counting_noun(end)

    def year_after(self, i: int, comma: bool = True) -> tuple[int | None, int | None, int]:
        """The year that follows at `i` (*, 2013*, *of 2013*, *last year*), as year, shift and end."""
        j = i
        if (comma and self.low[j] == ",") or self.low[j] == "of":
            j += 1
        year = self.year_number(j)
        if year is not None and not self.counting_noun(j + 1):
            return year, None, j + 1
        short = self.two_digits(j) if self.low[j] in APOSTROPHES else None
        if short is not None:
            return short, None, j + 2
        if self.low[j] == "the" and self.low[j + 1] == "same" and self.low[j + 2] == "year":
            return None, None, i
        if (
            self.low[j] in ("last", "this", "next")
            and self.low[j + 1] == "year"
            and (j == i or self.low[i] == "of")
        ):
            return None, DEICTIC[self.low[j]], j + 2
        return None, None, i
