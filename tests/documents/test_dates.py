from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.dates import date_in_name, leading_date, parse_date


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2021", "2021"),
        ("2021-08", "2021-08"),
        ("2021-08-10", "2021-08-10"),
        (" 2021-08-10 ", "2021-08-10"),
        ("20210810", "2021-08-10"),
        ("2021/08/10", "2021-08-10"),
        ("2021-08-10T23:30:00+04:30", "2021-08-10"),
        ("2021-08-10T23:30:00.123Z", "2021-08-10"),
        ("2021-08-10 23:30", "2021-08-10"),
        ("2021-08-10 23:30:00 UTC", "2021-08-10"),
        ("20210810T233000Z", "2021-08-10"),
        ("20210810233000", "2021-08-10"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_dates_keep_their_day_and_precision(written: str, date: str) -> None:
    assert parse_date(written) == date


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "2021-13",
        "2021-02-30",
        "0000-01-01",
        "10/08/2021",
        "2021-8-1",
        "21-08-10",
        "2021-08-10x",
    ],
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert parse_date(written) is None


@given(st.dates())
def test_every_day_is_read_back(day: datetime.date) -> None:
    assert parse_date(day.isoformat()) == day.isoformat()
    assert parse_date(day.strftime("%Y%m%d").rjust(8, "0")) == day.isoformat()


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_none(text: str) -> None:
    date = parse_date(text)
    assert date is None or parse_date(date) == date


@pytest.mark.parametrize(
    ("text", "date", "rest"),
    [
        (" date 2021-08-10 Rain fell.", "2021-08-10", "Rain fell."),
        ("date 2021-08-10\n\nRain fell.", "2021-08-10", "Rain fell."),
        ("\n Date: 2021-08-10\nRain fell.", "2021-08-10", "Rain fell."),
        ("date 2021-08 Rain fell.", "2021-08", "Rain fell."),
        ("date 2021-08-10T10:00:00Z Rain fell.", "2021-08-10T10:00:00Z", "Rain fell."),
        ("date 2021-08-10", "2021-08-10", ""),
    ],
)
def test_a_date_at_the_head_is_found_with_its_stretch(text: str, date: str, rest: str) -> None:
    found = leading_date(text)
    assert found is not None
    assert found[0] == date
    assert text[found[1].end :] == rest


@pytest.mark.parametrize(
    "text",
    [
        "The date 2021-08-10 was set.",
        "Date 2021 was a good year.",
        "date 2021-08-10was",
        "dates 2021-08-10",
        "2021-08-10 Rain fell.",
    ],
)
def test_prose_is_no_head(text: str) -> None:
    assert leading_date(text) is None


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("lima-2021-08-10.txt", "2021-08-10"),
        ("20210810_lima.txt", "2021-08-10"),
        ("a99999999-20210810.txt", "2021-08-10"),
        ("12345678.txt", None),
        ("2021-02-30.txt", None),
        ("120210810.txt", None),
        ("lima.txt", None),
    ],
)
def test_a_date_in_a_name_is_checked(name: str, date: str | None) -> None:
    assert date_in_name(name) == date
