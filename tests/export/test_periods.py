from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export.periods import CodedDay, coded_day


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("2031-05-03", "2031-05-03", CodedDay(day="2031-05-03", year="2031", precision="1")),
        ("2031-05-03", "2031-05-04", CodedDay(day="2031-05-04", year="2031", precision="2")),
        ("2031-05-01", "2031-05-07", CodedDay(day="2031-05-04", year="2031", precision="2")),
        ("2031-05-01", "2031-05-08", CodedDay(day="2031-05-05", year="2031", precision="3")),
        ("2031-02", "2031-02", CodedDay(day="2031-02-15", year="2031", precision="3")),
        ("2030-12-28", "2031-01-02", CodedDay(day="2030-12-31", year="2030", precision="2")),
        ("2031", "2031", CodedDay(year="2031")),
        ("2030", "2031", CodedDay()),
        ("2031-05", "2031-06", CodedDay(year="2031")),
        ("2031-05-03", None, CodedDay()),
        (None, "2031-05-03", CodedDay()),
        (None, None, CodedDay()),
        ("2031-05-04", "2031-05-03", CodedDay()),
        ("2031-02-30", "2031-02-30", CodedDay()),
        ("soon", "soon", CodedDay()),
    ],
)
def test_a_day_for_an_interval(start: str | None, end: str | None, wanted: CodedDay) -> None:
    assert coded_day(start, end) == wanted


@given(st.dates(), st.integers(min_value=0, max_value=60))
def test_the_day_lies_in_the_interval(first: datetime.date, days: int) -> None:
    last = min(first.toordinal() + days, datetime.date.max.toordinal())
    end = datetime.date.fromordinal(last)
    coded = coded_day(first.isoformat(), end.isoformat())
    if coded.day:
        assert first.isoformat() <= coded.day <= end.isoformat()
        assert coded.year == coded.day[:4]
    else:
        assert end.toordinal() - first.toordinal() > 30
