from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.intervals import common, days_between, first_day, last_day


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-03-02", date(2019, 3, 2), date(2019, 3, 2)),
    ],
)
def test_the_days_of_a_date(partial: str, first: date, last: date) -> None:
    assert (first_day(partial), last_day(partial)) == (first.toordinal(), last.toordinal())


def test_no_days_without_a_date_or_in_a_stretch_that_ends_before_it_begins() -> None:
    assert days_between(None, None) is None
    assert days_between("2019-03-02", "2019-03-01") is None
    assert days_between("2019-03", "2019-03") == days_between("2019-03-01", "2019-03-31")


@pytest.mark.parametrize(
    ("stretches", "shared"),
    [
        ([], (None, None)),
        ([(None, None)], (None, None)),
        ([("2019", "2019"), ("2019-03", "2019-03")], ("2019-03", "2019-03")),
        ([("2019-03", None), (None, "2019-04-05")], ("2019-03", "2019-04-05")),
        ([("2019-03-01", None), ("2019-03", "2019-03")], ("2019-03", "2019-03")),
        ([("2019", "2019"), ("2020", "2020")], (None, None)),
        ([("2019-03-01", "2019-03-31"), ("2019-03", "2019-03")], ("2019-03-01", "2019-03-31")),
    ],
)
def test_what_stretches_share_in_the_most_precise_words(
    stretches: list[tuple[str | None, str | None]], shared: tuple[str | None, str | None]
) -> None:
    assert common(stretches) == shared


DAYS = st.dates(date(2019, 1, 1), date(2019, 12, 31)).map(str)
PARTIAL = st.builds(lambda day, length: day[:length], DAYS, st.sampled_from([4, 7, 10]))


@given(st.lists(st.tuples(st.none() | PARTIAL, st.none() | PARTIAL), max_size=4))
def test_what_is_shared_lies_in_each(stretches: list[tuple[str | None, str | None]]) -> None:
    shared = days_between(*common(stretches))
    for each in stretches:
        days = days_between(*each)
        if shared is not None and days is not None:
            assert days.both(shared) == shared
