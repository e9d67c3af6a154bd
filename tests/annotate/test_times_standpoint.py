"""Times told from the day of publication: weekdays with tense, weeks, months, years, stretches, *ago*."""

import pytest

from kg.annotate.times import resolve

PUBLISHED = "2021-08-10"  # a Tuesday


def read(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None, str | None]]:
    return [(text[t.begin : t.end], t.start_date, t.end_date) for t in resolve(text, published)]


WEEKDAYS = [
    ("The mayor of Cali resigned on Sunday.", "Sunday", "2021-08-08"),
    ("Sunday's attack in Mopti killed four.", "Sunday", "2021-08-08"),
    ("Sunday’s attack in Mopti killed four.", "Sunday", "2021-08-08"),
    ("Troops entered Gao late Sunday.", "late Sunday", "2021-08-08"),
    ("Shells fell on Saturday night.", "Saturday night", "2021-08-07"),
    ("The minister flew to Goma Wednesday to see the camp.", "Wednesday", "2021-08-04"),
    ("A bridge fell on Tuesday.", "Tuesday", "2021-08-10"),
    ("A bridge fell last Tuesday.", "last Tuesday", "2021-08-03"),
    ("The court meets next Monday.", "next Monday", "2021-08-16"),
    ("The court meets next Tuesday.", "next Tuesday", "2021-08-17"),
    ("Rebels left the port last Friday.", "last Friday", "2021-08-06"),
    ("The parliament will vote on Friday.", "Friday", "2021-08-13"),
    ("The parliament will vote on Tuesday.", "Tuesday", "2021-08-10"),
    ("On Friday, the parliament will vote.", "Friday", "2021-08-13"),
    ("On Friday, the parliament was stormed.", "Friday", "2021-08-06"),
    ("Talks are scheduled for Thursday in Geneva.", "Thursday", "2021-08-12"),
    ("A vote is due on Sunday.", "Sunday", "2021-08-15"),
    ("Talks set for Thursday were called into doubt.", "Thursday", "2021-08-12"),
    ("Roads were closed due to the floods on Sunday.", "Sunday", "2021-08-08"),
    ("He may return on Friday.", "Friday", "2021-08-13"),
    ("He would return on Friday.", "Friday", "2021-08-13"),
    ("The governor said on Monday that he would resign.", "Monday", "2021-08-09"),
    ("Will Okafor spoke on Friday.", "Friday", "2021-08-06"),
    ("It happened early on Monday.", "early on Monday", "2021-08-09"),
    ("It happened in the early hours of Friday.", "the early hours of Friday", "2021-08-06"),
    ("It happened on the night of Friday.", "the night of Friday", "2021-08-06"),
    ("Police came on Thursday of last week.", "Thursday of last week", "2021-08-05"),
    ("Police came Thursday last week.", "Thursday last week", "2021-08-05"),
    ("They meet on Monday next week.", "Monday next week", "2021-08-16"),
    ("This past Sunday they voted.", "This past Sunday", "2021-08-08"),
    ("This coming Sunday they vote.", "This coming Sunday", "2021-08-15"),
    ("The army took the dam overnight Friday.", "overnight Friday", "2021-08-06"),
    ("Monday, August 9, was calm.", "Monday, August 9", "2021-08-09"),
    ("It opened on Thurs., Aug. 5.", "Thurs., Aug. 5", "2021-08-05"),
    ("It rained on Friday 3 May 2013.", "Friday 3 May 2013", "2013-05-03"),
    ("Last Tuesday, May 4, it rained.", "Last Tuesday, May 4", "2021-05-04"),
    ("The strike (Sunday) failed.", "Sunday", "2021-08-08"),
]


@pytest.mark.parametrize(("text", "words", "day"), WEEKDAYS)
def test_weekdays(text: str, words: str, day: str) -> None:
    assert read(text) == [(words, day, day)]


DAYS = [
    ("Today the port reopened.", "Today", "2021-08-10", "2021-08-10"),
    ("The port reopens tomorrow.", "tomorrow", "2021-08-11", "2021-08-11"),
    ("tomorrow morning", "tomorrow morning", "2021-08-11", "2021-08-11"),
    ("Yesterday's vote was close.", "Yesterday", "2021-08-09", "2021-08-09"),
    ("The day before yesterday it was calm.", "The day before yesterday", "2021-08-08", "2021-08-08"),
    ("the day after tomorrow", "the day after tomorrow", "2021-08-12", "2021-08-12"),
    ("A mine exploded last night.", "last night", "2021-08-09", "2021-08-09"),
    ("A mine exploded this morning.", "this morning", "2021-08-10", "2021-08-10"),
    ("They meet tonight.", "tonight", "2021-08-10", "2021-08-10"),
    ("Drones hit Odesa overnight.", "overnight", "2021-08-09", "2021-08-10"),
    ("Drones hit Odesa overnight into Sunday.", "overnight into Sunday", "2021-08-07", "2021-08-08"),
    ("Three soldiers died over the weekend.", "the weekend", "2021-08-07", "2021-08-08"),
    ("the army's weekend push", "weekend", "2021-08-07", "2021-08-08"),
    ("They met last weekend.", "last weekend", "2021-08-07", "2021-08-08"),
    ("They will meet this weekend.", "this weekend", "2021-08-14", "2021-08-15"),
    ("They will meet next weekend.", "next weekend", "2021-08-21", "2021-08-22"),
    ("They met last week.", "last week", "2021-08-02", "2021-08-08"),
    ("last week's talks", "last week", "2021-08-02", "2021-08-08"),
    ("They met this week.", "this week", "2021-08-09", "2021-08-10"),
    ("They will meet this week.", "this week", "2021-08-10", "2021-08-15"),
    ("a tense week, this week", "this week", "2021-08-09", "2021-08-15"),
    ("They will meet next week.", "next week", "2021-08-16", "2021-08-22"),
    ("They met earlier this month.", "earlier this month", "2021-08", "2021-08"),
    ("They met last month.", "last month", "2021-07", "2021-07"),
    ("They meet next month.", "next month", "2021-09", "2021-09"),
    ("this year", "this year", "2021", "2021"),
    ("Late last year the mine closed.", "Late last year", "2020", "2020"),
    ("next year", "next year", "2022", "2022"),
    ("this decade", "this decade", "2020", "2029"),
    ("last century", "last century", "1901", "2000"),
    ("by the end of the month", "the end of the month", None, "2021-08"),
    ("since the start of the year", "the start of the year", "2021", None),
    ("Later in the week, troops left.", "Later in the week", "2021-08-09", "2021-08-10"),
    ("last quarter", "last quarter", "2021-04", "2021-06"),
    ("last summer", "last summer", "2020-06", "2020-08"),
    ("this summer", "this summer", "2021-06", "2021-08"),
    ("last winter", "last winter", "2020-12", "2021-02"),
    ("next spring", "next spring", "2022-03", "2022-05"),
    ("They fled in the spring.", "the spring", "2021-03", "2021-05"),
    ("last September", "last September", "2020-09", "2020-09"),
    ("last May", "last May", "2021-05", "2021-05"),
    ("next May", "next May", "2022-05", "2022-05"),
    ("two decades ago", "two decades ago", "2001", "2001"),
    ("20 years ago", "20 years ago", "2001", "2001"),
    ("a year ago", "a year ago", "2020", "2020"),
    ("six months ago", "six months ago", "2021-02", "2021-02"),
    ("two weeks ago", "two weeks ago", "2021-07-26", "2021-08-01"),
    ("three days ago", "three days ago", "2021-08-07", "2021-08-07"),
    ("nearly twenty-five years ago", "nearly twenty-five years ago", "1996", "1996"),
    ("a couple of days ago", "a couple of days ago", "2021-08-08", "2021-08-08"),
    ("two hours ago", "two hours ago", "2021-08-10", "2021-08-10"),
    ("ten days from now", "ten days from now", "2021-08-20", "2021-08-20"),
    ("in two weeks' time", "two weeks' time", "2021-08-23", "2021-08-29"),
    ("The envoy will leave in two days.", "two days", "2021-08-12", "2021-08-12"),
    ("in the last 24 hours", "the last 24 hours", "2021-08-09", "2021-08-10"),
    ("in the past 36 hours", "the past 36 hours", "2021-08-08", "2021-08-10"),
    ("over the past two weeks", "the past two weeks", "2021-07-27", "2021-08-10"),
    ("over the past three months", "the past three months", "2021-05", "2021-08"),
    ("over the past year", "the past year", "2020-08", "2021-08"),
    ("over the past decade", "the past decade", "2011", "2021"),
    ("in the next three days", "the next three days", "2021-08-10", "2021-08-13"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "start", "end"), DAYS)
def test_from_publication(text: str, words: str, start: str | None, end: str | None) -> None:
    assert read(text) == [(words, start, end)]


OPEN = [
    ("Since Friday three towns have fallen.", "Friday", "2021-08-06", None),
    ("The camp has been shut since May.", "May", "2021-05", None),
    ("The war has gone on since late 2014.", "late 2014", "2014", None),
    ("All must leave by August 31.", "August 31", None, "2021-08-31"),
    ("Troops are set to leave by September 11.", "September 11", None, "2021-09-11"),
    ("By May 1 they had taken the valley.", "May 1", None, "2021-05-01"),
    ("They have until Sunday.", "Sunday", None, "2021-08-15"),
    ("Until Friday the town was held by rebels.", "Friday", None, "2021-08-06"),
    ("no later than Friday", "Friday", None, "2021-08-13"),
    ("before 2010", "2010", None, "2010"),
    ("prior to June 2012", "June 2012", None, "2012-06"),
    ("after 2015", "2015", "2015", None),
    ("since at least 2014", "2014", "2014", None),
    ("A truce holds from 1 May.", "1 May", "2021-05-01", None),
    ("after Sunday's attack", "Sunday", "2021-08-08", "2021-08-08"),
]


@pytest.mark.parametrize(("text", "words", "start", "end"), OPEN)
def test_open_ends(text: str, words: str, start: str | None, end: str | None) -> None:
    assert read(text) == [(words, start, end)]


@pytest.mark.parametrize(
    "text",
    [
        "in recent months", "a few years ago", "years ago", "in the coming days", "in the last few weeks",
        "the past few days", "several months ago",
    ],
)  # fmt: skip
def test_vague_times_are_listed_without_date(text: str) -> None:
    ((_, start, end),) = read(text)
    assert (start, end) == (None, None)
    assert resolve(text, PUBLISHED)[0].kind == "date"


@pytest.mark.parametrize(
    "text",
    ["on Sunday", "yesterday", "last week", "in May", "May 1", "two years ago", "overnight", "the weekend",
     "last summer", "the last 24 hours", "this year", "by August 31"],
)  # fmt: skip
@pytest.mark.parametrize("published", [None, "", "soon", "2021-13-01", "2021-02-30"])
def test_nothing_is_guessed_without_publication(text: str, published: str | None) -> None:
    ((_, start, end),) = read(text, published)
    assert (start, end) == (None, None)


PARTIAL = [
    ("on Sunday", "2021-08", None),
    ("yesterday", "2021-08", None),
    ("today", "2021-08", "2021-08"),
    ("last month", "2021-08", "2021-07"),
    ("last week", "2021-08", None),
    ("in May", "2021-08", "2021-05"),
    ("in November", "2021-08", "2020-11"),
    ("May 1", "2021-08", "2021-05-01"),
    ("August 31", "2021-08", "2021-08-31"),
    ("three days ago", "2021-08", None),
    ("last year", "2021", "2020"),
    ("two decades ago", "2021", "2001"),
    ("in May", "2021", None),
    ("May 1", "2021", None),
    ("today", "2021", "2021"),
    ("this month", "2021", None),
    ("last summer", "2021", None),
]


@pytest.mark.parametrize(("text", "published", "date"), PARTIAL)
def test_publication_of_lower_precision(text: str, published: str, date: str | None) -> None:
    ((_, start, end),) = read(text, published)
    assert (start, end) == (date, date)
