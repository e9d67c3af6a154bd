"""The date at a told length of time from another."""

from __future__ import annotations

import pytest

from kg.annotate.times import dates_apart, resolve


@pytest.mark.parametrize(
    ("length", "anchor", "sign", "interval"),
    [
        ("three days", "2021-08-09", -1, ("2021-08-06", "2021-08-06")),
        ("a day", "2021-03-01", -1, ("2021-02-28", "2021-02-28")),
        ("the week", "2021-08-09", -1, ("2021-08-02", "2021-08-08")),
        ("two weeks", "2021-08-09", 1, ("2021-08-23", "2021-08-29")),
        ("one month", "2021-01-15", -1, ("2020-12", "2020-12")),
        ("two decades", "2021", -1, ("2001", "2001")),
        ("almost two years", "2021-08-09", -1, ("2019", "2020")),
        ("more than two years", "2021-08-09", -1, ("2018", "2019")),
        ("less than a week", "2021-08-09", 1, ("2021-08-09", "2021-08-22")),
    ],
)
def test_as_precise_as_the_unit(length: str, anchor: str, sign: int, interval: tuple[str, str]) -> None:
    assert dates_apart(length, anchor, sign) == interval


@pytest.mark.parametrize(
    ("length", "anchor"),
    [
        ("several days", "2021-08-09"),
        ("about two years", "2021-08-09"),
        ("hours", "2021-08-09"),
        ("three days", "2021-08"),
        ("two months", "2021"),
        ("some apples", "2021-08-09"),
        ("three days", "no date"),
        ("9999 years", "2021"),
    ],
)
def test_what_is_vague_or_finer_than_the_anchor_gives_nothing(length: str, anchor: str) -> None:
    assert dates_apart(length, anchor, -1) == (None, None)


def test_that_day_is_not_today() -> None:
    text = "He survived an attack on August 4. “They tried to kill me today,” he said that day."
    assert [time.start_date for time in resolve(text, "2018-08-14")] == [
        "2018-08-04",
        "2018-08-14",
        "2018-08-04",
    ]
