"""Dates of the calendar in words and numbers, ranges, parts of years, dates counted from the text's own."""

import pytest

from kg.annotate.times import resolve

PUBLISHED = "2021-08-10"


def read(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None, str | None]]:
    return [(text[t.begin : t.end], t.start_date, t.end_date) for t in resolve(text, published)]


ABSOLUTE = [
    ("on Jan. 25, 2013,", "Jan. 25, 2013", "2013-01-25"),
    ("on January 25, 2013", "January 25, 2013", "2013-01-25"),
    ("on 25 January 2013", "25 January 2013", "2013-01-25"),
    ("on 25th of January 2013", "25th of January 2013", "2013-01-25"),
    ("on 5 Sept. 2014", "5 Sept. 2014", "2014-09-05"),
    ("Friday, May 3, 2013", "Friday, May 3, 2013", "2013-05-03"),
    ("2020-02-03", "2020-02-03", "2020-02-03"),
    ("at 2020-02-03T10:00:00Z", "2020-02-03", "2020-02-03"),
    ("on 25/01/2013", "25/01/2013", "2013-01-25"),
    ("on 01/25/2013", "01/25/2013", "2013-01-25"),
    ("on 25.1.2013", "25.1.2013", "2013-01-25"),
    ("on 5/5/2013", "5/5/2013", "2013-05-05"),
    ("on 03/04/2013", "03/04/2013", "2013"),
    ("in February 2020", "February 2020", "2020-02"),
    ("the July 2014 war", "July 2014", "2014-07"),
    ("in May, 2014", "May, 2014", "2014-05"),
    ("since then, in 1998", "1998", "1998"),
    ("the 2015 deal", "2015", "2015"),
    ("Chad's 2008 battle", "2008", "2008"),
    ("(1999)", "1999", "1999"),
    ("in early 2015", "early 2015", "2015"),
    ("in mid-2015", "mid-2015", "2015"),
    ("at the end of 2014", "the end of 2014", "2014"),
    ("in the winter of 2012", "the winter of 2012", "2012"),
]


@pytest.mark.parametrize(("text", "words", "date"), ABSOLUTE)
@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_absolute_dates_need_no_publication(text: str, words: str, date: str, published: str | None) -> None:
    assert read(text, published) == [(words, date, date)]


WITHOUT_YEAR = [
    ("on May 1", "May 1", "2021-05-01"),
    ("on 19 June", "19 June", "2021-06-19"),
    ("On January 21 they fought.", "January 21", "2021-01-21"),
    ("on November 3", "November 3", "2020-11-03"),
    ("on August 10", "August 10", "2021-08-10"),
    ("on August 11", "August 11", "2020-08-11"),
    ("The vote will be held on November 3.", "November 3", "2021-11-03"),
    ("The vote scheduled for September 19 was put off.", "September 19", "2021-09-19"),
    ("on the 5th of May", "the 5th of May", "2021-05-05"),
    ("on August 5th", "August 5th", "2021-08-05"),
    ("on February 29", "February 29", "2020-02-29"),
    ("in May", "May", "2021-05"),
    ("in August", "August", "2021-08"),
    ("in September", "September", "2020-09"),
    ("It will reopen in September.", "September", "2021-09"),
    ("elections planned for November", "November", "2021-11"),
    ("in mid-March", "mid-March", "2021-03"),
    ("in late July", "late July", "2021-07"),
    ("the October vote", "October", "2020-10"),
    ("in August last year", "August last year", "2020-08"),
    ("on Aug. 5 of last year", "Aug. 5 of last year", "2020-08-05"),
    ("the first week of May", "the first week of May", "2021-05"),
]


@pytest.mark.parametrize(("text", "words", "date"), WITHOUT_YEAR)
def test_year_from_publication(text: str, words: str, date: str) -> None:
    assert read(text) == [(words, date, date)]


INTERVALS = [
    ("from 3 to 5 May", "3 to 5 May", "2021-05-03", "2021-05-05"),
    ("between June 1 and June 10", "June 1 and June 10", "2021-06-01", "2021-06-10"),
    ("on June 1-10", "June 1-10", "2021-06-01", "2021-06-10"),
    ("on June 1–10, 2014", "June 1–10, 2014", "2014-06-01", "2014-06-10"),
    ("on 3-5 May 2014", "3-5 May 2014", "2014-05-03", "2014-05-05"),
    ("from March 3 to May 5, 2014,", "March 3 to May 5, 2014", "2014-03-03", "2014-05-05"),
    ("from December 20 to January 5, 2015", "December 20 to January 5, 2015", "2014-12-20", "2015-01-05"),
    ("from December 20 to January 5", "December 20 to January 5", "2020-12-20", "2021-01-05"),
    ("From Monday to Wednesday it was calm.", "Monday to Wednesday", "2021-08-02", "2021-08-04"),
    ("Between Friday and Sunday 40 died.", "Friday and Sunday", "2021-08-06", "2021-08-08"),
    ("Friday night into Saturday", "Friday night into Saturday", "2021-08-06", "2021-08-07"),
    ("the night of June 5-6", "June 5-6", "2021-06-05", "2021-06-06"),
    ("from 2010 to 2014", "2010 to 2014", "2010", "2014"),
    ("between late 2014 and early 2016", "late 2014 and early 2016", "2014", "2016"),
    ("the 2003-2011 war", "2003-2011", "2003", "2011"),
    ("from January to March 2016", "January to March 2016", "2016-01", "2016-03"),
    ("in the summer of 2014", "the summer of 2014", "2014-06", "2014-08"),
    ("in spring 2012", "spring 2012", "2012-03", "2012-05"),
    ("in the 1990s", "the 1990s", "1990", "1999"),
    ("in the late 1980s", "the late 1980s", "1980", "1989"),
    ("in the mid-1990s", "the mid-1990s", "1990", "1999"),
    ("in the '90s", "the '90s", "1990", "1999"),
    ("in the nineties", "the nineties", "1990", "1999"),
    ("in the 20th century", "the 20th century", "1901", "2000"),
    ("in the third quarter of 2014", "the third quarter of 2014", "2014-07", "2014-09"),
    ("Q3 2019", "Q3 2019", "2019-07", "2019-09"),
    ("in the first half of 2015", "the first half of 2015", "2015-01", "2015-06"),
    ("in the last quarter of last year", "the last quarter of last year", "2020-10", "2020-12"),
    ("in the first three months of 2014", "the first three months of 2014", "2014-01", "2014-03"),
    ("the week of June 5", "the week of June 5", "2021-05-31", "2021-06-06"),
    ("the weekend of June 5", "the weekend of June 5", "2021-06-05", "2021-06-06"),
]


@pytest.mark.parametrize(("text", "words", "start", "end"), INTERVALS)
def test_intervals(text: str, words: str, start: str, end: str) -> None:
    found = read(text)
    assert [(each[1], each[2]) for each in found] == [(start, end)]
    assert words in found[0][0]


SEVERAL = [
    ("Rebels held the town in 2015 and again in 2016.", ["2015", "2016"]),
    ("They met on May 3 and June 5, 2012.", ["2012-05-03", "2012-06-05"]),
    ("They met on May 3 and 5, 2012.", ["2012-05-03", "2012-05-05"]),
    ("They met on 3 and 5 May 2013.", ["2013-05-03", "2013-05-05"]),
    ("on 5 May, 6 May and 7 May 2013", ["2013-05-05", "2013-05-06", "2013-05-07"]),
    ("in December and January 2014", ["2013-12", "2014-01"]),
    ("on Friday, Saturday and Sunday", ["2021-08-06", "2021-08-07", "2021-08-08"]),
    ("On January 21 they fought. A day later, they left.", ["2021-01-21", "2021-01-22"]),
    ("On January 21 they fought; the next day, they left.", ["2021-01-21", "2021-01-22"]),
    ("On January 21 they fought. The same day, they left.", ["2021-01-21", "2021-01-21"]),
    ("On January 21 they fought. That night, they left.", ["2021-01-21", "2021-01-21"]),
    ("On January 21 they fought, after talks a day earlier.", ["2021-01-21", "2021-01-20"]),
    ("On Friday it was taken. The previous day it was calm.", ["2021-08-06", "2021-08-05"]),
    ("On Friday it was taken. Hours later it was lost.", ["2021-08-06", "2021-08-06"]),
    ("On Friday he spoke. Earlier in the day he met the emir.", ["2021-08-06", "2021-08-06"]),
    ("The town fell in May 2014. A year later it fell again.", ["2014-05", "2015"]),
    ("The town fell in May 2014. Two months later it fell again.", ["2014-05", "2014-07"]),
    ("The town fell in 2014. The following year it fell again.", ["2014", "2015"]),
    ("The town fell in 2014. That year it fell again.", ["2014", "2014"]),
    ("It began on May 5, 2014. On May 9 it ended.", ["2014-05-05", "2014-05-09"]),
    ("It began in May 2014. On May 9 it ended.", ["2014-05", "2014-05-09"]),
    ("In May 2014 it began. By night on June 9 it ended.", ["2014-05", "2021-06-09"]),
    ("On May 5 he came. Later that day he left.", ["2021-05-05", "2021-05-05"]),
    ("On December 30, 2014 it began. On January 2 it ended.", ["2014-12-30", "2015-01-02"]),
]


@pytest.mark.parametrize(("text", "wanted"), SEVERAL)
def test_several_and_anchored(text: str, wanted: list[str]) -> None:
    found = read(text)
    assert [start for _, start, _ in found] == wanted
    assert [end for _, _, end in found] == wanted


def test_days_and_weeks_after_an_anchor() -> None:
    assert read("On January 21 they fought. A few days later they left.")[1][1:] == (
        "2021-01-22",
        "2021-01-28",
    )
    assert read("On January 21 they fought. Two weeks later they left.")[1][1:] == (
        "2021-02-01",
        "2021-02-07",
    )
    assert read("On January 21 they fought. Weeks later they left.")[1][1:] == (None, None)


def test_an_anchor_is_needed_and_must_be_near() -> None:
    assert read("A day later, they left.") == [("A day later", None, None)]
    far = "On January 21 they fought." + " They rested and ate and slept." * 20 + " The next day they left."
    assert read(far)[1][1:] == (None, None)
    assert read("On January 21 they fought. A day later, they left.", None)[1][1:] == (None, None)
    assert read("On January 21, 2020 they fought. A day later, they left.", None)[1][1] == "2020-01-22"


def test_years_out_of_reach_stay_undated() -> None:
    assert read("9,000 years ago") == [("9,000 years ago", None, None)]
    assert read("999999 days ago") == [("999999 days ago", None, None)]
