"""What holds of any text and any date of publication."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.times import dateline_date, resolve
from kg.annotate.times.dates import in_order, parts
from kg.annotate.times.dates import make as make_date

_VOCABULARY = """
    the last next past this that same on in by since until from to between and of early late mid - –
    , . ( ) ' s Sunday Friday Tuesday May March June December Sept. Jan spring winter fall weekend
    overnight today yesterday 1 3 15 31 29 2014 2015 2000 1990 90 0 99999 12,000 st th two several a
    few dozens day days week weeks month months year years decade century ago later earlier before
    after will said was planned every daily end first quarter half night morning 2021-08-10 5/5/2013
    Q 4 : / % GMT
"""
_WORDS = st.sampled_from(sorted(set(_VOCABULARY.split())))
_TEXT = st.one_of(
    st.text(max_size=60),
    st.lists(_WORDS, max_size=14).map(" ".join),
    st.lists(_WORDS, max_size=8).map("".join),
)
_PUBLISHED = st.one_of(
    st.none(),
    st.dates(date(1000, 1, 1), date(2199, 12, 31)).map(date.isoformat),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: day.isoformat()[:7]),
    st.integers(0, 9999).map(lambda year: f"{year:04}"),
    st.text(max_size=10),
)


@settings(max_examples=400, deadline=None)
@given(_TEXT, _PUBLISHED)
def test_any_text_gives_valid_dates_in_order(text: str, published: str | None) -> None:
    end = 0
    for found in resolve(text, published):
        assert end <= found.begin < found.end <= len(text)
        end = found.end
        assert found.kind in ("date", "duration", "set")
        for value in (found.start_date, found.end_date):
            assert value is None or parts(value) is not None
        assert in_order((found.start_date, found.end_date))
        if found.kind != "date":
            assert (found.start_date, found.end_date) == (None, None)


_ENDLESS = (
    "late |the end of |the week of |early on the |the night of |mid-|2014-|a hundred |the |twenty-"
    "|about more than at least |between May 1 and "
)


@pytest.mark.parametrize("words", _ENDLESS.split("|"))
@pytest.mark.parametrize("end", ["Sunday", "2014", "days"])
def test_words_without_end_are_read(words: str, end: str) -> None:
    resolve(words * 3000 + end, "2021-08-10")


@settings(max_examples=200, deadline=None)
@given(_TEXT)
def test_a_dateline_is_a_day_or_nothing(text: str) -> None:
    found = dateline_date(text)
    assert found is None or len(found) == 10


@given(st.dates(date(1950, 1, 1), date(2080, 12, 31)))
def test_a_weekday_is_within_the_week_before_publication(published: date) -> None:
    (found,) = resolve("It fell on Friday.", published.isoformat())
    assert found.start_date is not None
    day = date.fromisoformat(found.start_date)
    assert day.weekday() == 4
    assert 0 <= (published - day).days <= 6


@given(st.dates(date(1950, 1, 1), date(2080, 12, 31)), st.dates(date(1950, 1, 1), date(2080, 12, 31)))
def test_written_dates_are_read_back(day: date, published: date) -> None:
    for form in ("%B {}, %Y", "{} %B %Y", "%Y-%m-%d", "%A, %B {}, %Y"):
        text = f"It fell on {day.strftime(form.format(day.day))}."
        found = resolve(text, published.isoformat())
        assert [(each.start_date, each.end_date) for each in found] == [(day.isoformat(), day.isoformat())], (
            text
        )


@given(st.integers(-10, 3000), st.integers(-3, 15), st.integers(-3, 35))
def test_made_dates_are_read_back(year: int, month: int, day: int) -> None:
    made = make_date(year, month, day)
    assert made is None or parts(made) == (year, month, day)
