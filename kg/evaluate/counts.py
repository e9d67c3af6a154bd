"""Counts and figures: what was right, wrong and missed, for each article and over all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FIGURES = (
    *("evidence", "mentions", "entities", "linking", "events", "arguments", "dates", "status", "sources"),
    *("whole events", "relations"),
)
"""What is measured, in the order in which it is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many things were `right`, how many `wrong` ones there are beside, and how many are `missed`."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            right=self.right + other.right,
            wrong=self.wrong + other.wrong,
            missed=self.missed + other.missed,
        )

    @property
    def gold(self) -> int:
        """How many things gold has."""
        return self.right + self.missed

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; None where nothing was found."""
        found = self.right + self.wrong
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """The share of gold that was found; None where gold has nothing."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where there is nothing of either."""
        whole = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / whole if whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One thing that differs from gold: in which article and sentence, under which figure, and what."""

    article: str
    figure: str
    what: str
    sentence: str = ""

    def __str__(self) -> str:
        return f"{self.article}: {self.what}" + (
            f": “{' '.join(self.sentence.split())}”" if self.sentence else ""
        )


@dataclass(slots=True)
class Tally:
    """The counts of one article as they come, with what was missed."""

    article: str
    counts: dict[str, Count] = field(default_factory=lambda: {figure: Count() for figure in FIGURES})
    misses: list[Miss] = field(default_factory=list)

    def add(self, figure: str, *, right: int = 0, wrong: int = 0, missed: int = 0) -> None:
        self.counts[figure] += Count(right=right, wrong=wrong, missed=missed)

    def miss(self, figure: str, what: str, sentence: str = "") -> None:
        self.misses.append(Miss(article=self.article, figure=figure, what=what, sentence=sentence))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A graph against gold: the counts of each article, by its name and the figure, and every miss.

    `absent` are the articles that have gold and are not in the graph; all of their gold is missed.
    """

    articles: Mapping[str, Mapping[str, Count]]
    misses: tuple[Miss, ...]
    absent: tuple[str, ...] = ()

    def total(self, figure: str) -> Count:
        """The count of a figure over all articles."""
        return added(counts[figure] for counts in self.articles.values())


def added(counts: Iterable[Count]) -> Count:
    """The sum of counts."""
    each = list(counts)
    return Count(
        right=sum(count.right for count in each),
        wrong=sum(count.wrong for count in each),
        missed=sum(count.missed for count in each),
    )
