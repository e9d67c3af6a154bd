"""Where gold's words stand in a text: names by longest match, and the sentence around an offset."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from kg.evaluate.gold import GoldArticle

_BREAK = re.compile(r"(?<=[.!?”\"])\s+|\n+")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Code points, half-open; `key` is the gold entity that is named there, empty where none must be."""

    begin: int
    end: int
    key: str = ""

    def meets(self, begin: int, end: int) -> bool:
        """Whether another span overlaps."""
        return self.begin < end and begin < self.end


class Windows:
    """A text cut roughly into sentences: an end mark and a space end one, so does a line break.

    Rough on purpose: a window may hold more than a sentence, where that ends without a mark.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._cuts = sorted({0, *(found.end() for found in _BREAK.finditer(text))})

    def around(self, at: int) -> tuple[int, int]:
        """Begin and end of the window in which an offset lies."""
        number = bisect_right(self._cuts, at)
        begin = self._cuts[number - 1]
        end = self._cuts[number] if number < len(self._cuts) else len(self._text)
        return begin, end

    def sentence(self, at: int) -> str:
        """The text of that window."""
        begin, end = self.around(at)
        return self._text[begin:end].strip()


def name_spans(gold: GoldArticle) -> tuple[list[Span], list[Span]]:
    """The mentions that gold asks for, and the spans that are neither right nor wrong; longest name first."""
    forms = [(name, entity.key) for entity in gold.entities for name in entity.names]
    forms += [(form, "") for form in gold.optional_mentions]
    taken: list[Span] = []
    for form, key in sorted(forms, key=lambda pair: -len(pair[0])):
        for found in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", gold.text):
            if not any_meets(taken, *found.span()):
                taken.append(Span(begin=found.start(), end=found.end(), key=key))
    optional = set(gold.optional_mentions)
    neutral = [span for span in taken if not span.key or gold.text[span.begin : span.end] in optional]
    return [span for span in taken if span not in neutral], neutral


def any_meets(spans: Iterable[Span], begin: int, end: int) -> bool:
    """Whether one of the spans overlaps."""
    return any(span.meets(begin, end) for span in spans)
