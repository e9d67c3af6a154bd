"""Intervals by the bootstrap: what they enclose, that they repeat, and comparisons of two runs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.evaluate.counts import FIGURES, Count, Evaluation
from kg.evaluate.intervals import compare, score


def evaluation(*counts: Count) -> Evaluation:
    """One figure of so many documents."""
    articles = {
        str(number): {figure: count if figure == "events" else Count() for figure in FIGURES}
        for number, count in enumerate(counts)
    }
    return Evaluation(articles=articles, misses=())


SOME = [Count(right=right, wrong=10 - right, missed=10 - right) for right in (3, 5, 6, 7, 8, 8, 9, 10)]


def events(*counts: Count, samples: int = 500, seed: int = 0) -> tuple[float, float]:
    found = next(
        each for each in score(evaluation(*counts), samples=samples, seed=seed) if each.figure == "events"
    )
    assert found.f1 is not None
    return found.f1


def test_an_interval_lies_around_its_figure() -> None:
    low, high = events(*SOME)
    assert 0.5 < low < 0.7 < high < 0.9


def test_the_same_seed_gives_the_same_interval() -> None:
    assert events(*SOME) == events(*SOME)
    assert events(*SOME) != events(*SOME, seed=1)


def test_more_documents_make_it_narrower() -> None:
    narrow, wide = events(*SOME * 8), events(*SOME)
    assert narrow[1] - narrow[0] < (wide[1] - wide[0]) / 2


def test_documents_that_are_alike_leave_no_doubt() -> None:
    assert events(*[Count(right=1, wrong=1)] * 5) == pytest.approx((2 / 3, 2 / 3))


def test_one_document_has_no_interval() -> None:
    assert all(each.f1 is None for each in score(evaluation(Count(right=1))))


def test_what_nobody_counted_has_none() -> None:
    assert next(each for each in score(evaluation(*SOME)) if each.figure == "dates").f1 is None


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=6))
def test_bounds_are_figures_of_documents(counts: list[tuple[int, int, int]]) -> None:
    for each in score(
        evaluation(*(Count(right=right, wrong=wrong, missed=missed) for right, wrong, missed in counts)),
        samples=100,
    ):
        for interval in (each.precision, each.recall, each.f1):
            assert interval is None or 0 <= interval[0] <= interval[1] <= 1


def test_a_run_is_compared_with_itself() -> None:
    run = evaluation(*SOME)
    found = next(each for each in compare(run, run) if each.figure == "events")
    assert (found.difference, found.interval, found.p) == (0, (0, 0), 1)


def test_a_run_that_is_better_everywhere() -> None:
    better = [Count(right=count.right + 2, wrong=count.wrong, missed=count.missed) for count in SOME]
    found = next(each for each in compare(evaluation(*SOME), evaluation(*better)) if each.figure == "events")
    assert found.difference is not None and found.interval is not None and found.p is not None
    assert 0 < found.interval[0] < found.difference < found.interval[1]
    assert found.p < 0.01


def test_a_difference_that_may_be_chance() -> None:
    mixed = [SOME[-1 - number] for number in range(len(SOME))]
    found = next(each for each in compare(evaluation(*SOME), evaluation(*mixed)) if each.figure == "events")
    assert found.interval is not None and found.p is not None
    assert found.interval[0] < 0 < found.interval[1] and found.p > 0.5


def test_other_gold_is_no_comparison() -> None:
    with pytest.raises(UsageError, match="the same gold"):
        compare(evaluation(*SOME), evaluation(*SOME[1:]))
