"""Holidays by rule, and the file that tells of them."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.times.holidays import HolidayRule, easter_sunday
from kg.annotate.times.lexicon import load_time_lexicon, time_lexicon
from kg.errors import DataError


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1989, 3, 26), (2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2019, 4, 21), (2024, 3, 31)],
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == date(year, month, day)


@given(st.integers(1583, 2199))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    day = easter_sunday(year)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


@given(st.integers(1583, 2199), st.integers(1, 12), st.integers(0, 6), st.sampled_from([-2, -1, 1, 2, 3, 4]))
def test_nth_weekday(year: int, month: int, weekday: int, nth: int) -> None:
    found = HolidayRule(month=month, weekday=weekday, nth=nth).of_year(year)
    assert found is not None
    assert (found.month, found.weekday()) == (month, weekday)
    if nth > 0:
        assert (found.day - 1) // 7 + 1 == nth


def test_no_such_day() -> None:
    assert HolidayRule(month=2, day=29).of_year(2021) is None
    assert HolidayRule(month=2, day=29).of_year(2020) == date(2020, 2, 29)
    assert HolidayRule(easter=0).of_year(3000) is None


def test_names_of_more_words_come_first() -> None:
    words = [name for name, _ in time_lexicon().holidays["christmas"]]
    assert words == sorted(words, key=len, reverse=True)
    assert len(words) > 2


BROKEN = [
    ("names: []\nholiday: []", "unknown section 'holiday'"),
    ("names: []\nholidays: [{names: [Kite Day]}]", "Kite Day"),
    ("names: []\nholidays: [{names: [Kite Day], day: '02-30'}]", "Kite Day"),
    ("names: []\nholidays: [{names: [Kite Day], weekday: Funday, nth: 1, of: May}]", "Kite Day"),
    ("names: []\nholidays: [{day: '02-03'}]", "needs 'names'"),
    ("names: []\nholidays: 3", "needs 'names'"),
    ("names: []\ndays: [{names: [Kite Day], date: '2001'}]", "YYYY-MM-DD"),
    ("names: []\ndays: [3]", "YYYY-MM-DD"),
    ("names: []\nscheduled: {start: soon}", "'scheduled'"),
    ("names: []\nput_off: 3", "'put_off'"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_a_broken_section_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "times.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load_time_lexicon(path)


def test_sections_may_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "times.yaml"
    path.write_text("names: [Monday Club]", encoding="utf-8")
    found = load_time_lexicon(path)
    assert found.names == {"monday": (("monday", "club"),)}
    assert not found.holidays
