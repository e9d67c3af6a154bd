"""Rules for lengths of time, for what counts from them (*two days ago*), and for frequencies."""

from __future__ import annotations

from kg.annotate.times import words as w
from kg.annotate.times.counting import APOSTROPHES, DASHES, STOPS, Parsed
from kg.annotate.times.deictics import Deictics
from kg.annotate.times.model import Ago, AgoPoint, Anchored, Fixed, Quantity, Recurrent, Relative


class Lengths(Deictics):
    """Rules over a number and a unit."""

    def quantity(self, i: int) -> Parsed:
        """*two decades ago*, *a day later*, *for weeks*, *three-day*, *28-year-old*, *hours later*."""
        word = self.low[i]
        if self.far(i):
            return None
        if word in w.APPROXIMATORS:
            return self.quantity(i + 1) if self.low[i + 1] not in w.APPROXIMATORS else None
        if word in ("more", "less", "fewer") and self.low[i + 1] == "than":
            return self.quantity(i + 2) if self.low[i + 2] not in ("more", "less", "fewer") else None
        if word == "at" and self.low[i + 1] in ("least", "most"):
            return self.quantity(i + 2) if self.low[i + 2] != "at" else None
        if word in w.UNITS:
            return self.bare_unit(i)
        if word == "half":
            return self.half(i)
        one = word in ("a", "an") and self.low[i + 1] in w.UNITS
        number = (1, i + 1) if one else self.number(i)
        if number is None:
            return None
        count, j = number
        hyphen = self.low[j] in DASHES and self.words.glued(j) and self.words.glued(j + 1)
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
        if unit == "hour" and len(word) == 4 and word.isdigit():
            return None
        suffixed = self.suffix(j + 1, unit, count, few=count is None)
        if suffixed:
            return suffixed
        upto = self.upto(j, count) if count and not one else None
        if upto:
            return upto
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
        if unit is None or unit == "quarter":
            return None
        end = j + 1
        if self.low[end] in DASHES and self.low[end + 1] in ("old", "long") and self.words.glued(end + 1):
            end += 2
            if self.low[end] == "s" and self.words.glued(end):
                end += 1
        return Quantity(unit=unit, count=count), end

    def bare_unit(self, i: int) -> Parsed:
        """*for weeks*, *hours later*, *decades ago*, *weeks-long*, *decades-old*."""
        unit = w.UNITS[self.low[i]]
        if self.low[i + 1] in DASHES and self.low[i + 2] in ("long", "old") and self.words.glued(i + 2):
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
            return self.ago_point(i + 1, Ago(unit=unit, count=count))
        if word == "from" and self.low[i + 1] in ("now", "today"):
            return Ago(unit=unit, count=None if count is None else -count), i + 2
        if word in APOSTROPHES:
            j = i + 2 if self.low[i + 1] == "s" else i + 1
            if self.low[j] == "time":
                return Ago(unit=unit, count=None if count is None else -count), j + 1
        if word == "later" and self.low[i + 1] != "than":
            return Anchored(unit=unit, count=count, few=few), i + 1
        if word in ("earlier", "previously", "prior", "beforehand") and self.low[i + 1] not in ("than", "to"):
            return Anchored(unit=unit, count=None if count is None else -count), i + 1
        if word in ("before", "after") and self.low[i + 1] in STOPS:
            sign = 1 if word == "after" else -1
            return Anchored(
                unit=unit, count=None if count is None else sign * count, few=few and sign > 0
            ), i + 1
        return None

    def ago_point(self, i: int, ago: Ago) -> Parsed:
        """*ten years ago today*, *a week ago Friday*, *two years ago this month*: `i` is behind *ago*."""
        pointed = self.low[i] in ("today", "this") or (self.low[i] in w.WEEKDAYS and self.words.capital(i))
        if ago.count is None or ago.unit not in ("week", "month", "year") or not pointed:
            return ago, i
        point = self.point(i)
        if point is None or not isinstance(point[0], (Relative, Fixed)):
            return ago, i
        return AgoPoint(ago=ago, node=point[0]), point[1]

    def half(self, i: int) -> Parsed:
        """*half a century ago*, *half an hour*."""
        unit = w.UNITS.get(self.low[i + 2]) if self.low[i + 1] in ("a", "an") else None
        smaller = w.HALVES.get(unit) if unit else None
        if smaller is None:
            return None
        unit, count = smaller
        return self.suffix(i + 3, unit, count, few=False) or (Quantity(unit=unit, count=count), i + 3)

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
