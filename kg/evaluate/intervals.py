"""How sure the figures are: confidence intervals by the bootstrap over documents.

Documents are drawn with replacement, as many as there are, `SAMPLES` times; of the figures of the samples the
2.5th and the 97.5th percentile bound the interval (Efron and Tibshirani, An Introduction to the Bootstrap,
1993, chapter 13). Whole documents are drawn, since what is in one document is not independent. Two runs
are compared by the same draws for both (the paired bootstrap: Berg-Kirkpatrick, Burkett and Klein, EMNLP
2012). With few documents intervals are rough, and too narrow; with one there is none.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import UsageError
from kg.evaluate.counts import FIGURES, Count, Evaluation, added

SAMPLES = 1000
SEED = 0
_TAIL = 0.025

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One figure of a graph: what was counted, and the 95 % intervals of precision, recall and F1."""

    figure: str
    count: Count
    precision: Interval | None
    recall: Interval | None
    f1: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One figure of two runs: F1 of `one` and the `other`, the `difference` (other less one), its interval.

    `p` is twice the share of draws in which the difference is none or the other way: small where it is no
    chance.
    """

    figure: str
    one: float | None
    other: float | None
    difference: float | None
    interval: Interval | None
    p: float | None


def score(evaluation: Evaluation, *, samples: int = SAMPLES, seed: int = SEED) -> tuple[Score, ...]:
    """The figures with their intervals, in the order of `FIGURES`."""
    draws = _draws(len(evaluation.articles), samples, seed)
    return tuple(
        _score(figure, [counts[figure] for counts in evaluation.articles.values()], draws)
        for figure in FIGURES
    )


def compare(
    one: Evaluation, other: Evaluation, *, samples: int = SAMPLES, seed: int = SEED
) -> tuple[Comparison, ...]:
    """Two runs over the same gold, figure by figure. Raises `UsageError` where the gold is not the same."""
    if one.articles.keys() != other.articles.keys():
        raise UsageError(
            "two runs can be compared over the same gold only: evaluate both with the same folder"
        )
    draws = _draws(len(one.articles), samples, seed)
    return tuple(_comparison(figure, one.articles, other.articles, draws) for figure in FIGURES)


def _draws(documents: int, samples: int, seed: int) -> list[list[int]]:
    if documents < 2:
        return []
    chance = random.Random(seed)
    return [chance.choices(range(documents), k=documents) for _ in range(samples)]


def _score(figure: str, counts: Sequence[Count], draws: Iterable[Sequence[int]]) -> Score:
    drawn = [added(counts[at] for at in draw) for draw in draws]

    def interval(measure: Callable[[Count], float | None]) -> Interval | None:
        return _percentiles([value for each in drawn if (value := measure(each)) is not None])

    return Score(
        figure=figure,
        count=added(counts),
        precision=interval(lambda each: each.precision),
        recall=interval(lambda each: each.recall),
        f1=interval(lambda each: each.f1),
    )


def _comparison(
    figure: str,
    one: Mapping[str, Mapping[str, Count]],
    other: Mapping[str, Mapping[str, Count]],
    draws: Iterable[Sequence[int]],
) -> Comparison:
    names = list(one)
    first, second = ([run[name][figure] for name in names] for run in (one, other))
    here, there = added(first).f1, added(second).f1
    differences = []
    for draw in draws:
        before, after = added(first[at] for at in draw).f1, added(second[at] for at in draw).f1
        if before is not None and after is not None:
            differences.append(after - before)
    return Comparison(
        figure=figure,
        one=here,
        other=there,
        difference=None if here is None or there is None else there - here,
        interval=_percentiles(differences),
        p=_p(differences),
    )


def _p(differences: Sequence[float]) -> float | None:
    if not differences:
        return None
    below = sum(each <= 0 for each in differences)
    above = sum(each >= 0 for each in differences)
    return min(1.0, 2 * (min(below, above) + 1) / (len(differences) + 1))


def _percentiles(values: Sequence[float]) -> Interval | None:
    """The bounds of the interval, by linear interpolation; None where there are no values."""
    if not values:
        return None
    ordered = sorted(values)

    def at(share: float) -> float:
        place = share * (len(ordered) - 1)
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (ordered[high] - ordered[low]) * (place - low)

    return at(_TAIL), at(1 - _TAIL)
