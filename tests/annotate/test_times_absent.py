"""What is no time, and what is a time that dates nothing."""

import pytest

from kg.annotate.times import resolve

PUBLISHED = "2021-08-10"

NOTHING = [
    "2,500 troops crossed the border.",
    "The 215 Corps and the 93rd Brigade fought.",
    "He is 28.",
    "The Sunday Times reported it.",
    "The Mail on Sunday reported it.",
    "He told USA Today so.",
    "Russia Today said so.",
    "Black September claimed it.",
    "Sen. May opposed the bill.",
    "Theresa May resigned.",
    "May said she was ready.",
    "The talks may fail.",
    "They march through the city.",
    "The march was calm.",
    "March on the capital!",
    "June Smith met April Jones.",
    "Mr. August left.",
    "an august body",
    "They sat in the sun.",
    "Christmas trees",
    "the Easter Rising",
    "an Easter egg",
    "pre-Christmas sales",
    "Merry Christmas!",
    "won 9/11 seats",
    "the September 11 hijackers",
    "the Audi Q5",
    "a quarter of the vote",
    "the third quarter of the game",
    "the October Revolution",
    "the Arab Spring",
    "the Winter Olympics",
    "the Six-Day War",
    "the Seven Years' War",
    "Bloody Sunday",
    "the Good Friday Agreement",
    "the 17 November group",
    "the March 23 Movement",
    "the April 6 Youth Movement",
    "In the fall of Kunduz many died.",
    "prices fall",
    "water springs up",
    "UN Resolution 1973",
    "Flight 1991",
    "room 2001",
    "Boeing 2014",
    "Windows 2000",
    "in 2000 villages",
    "a force of 2014 soldiers",
    "some 1990 people",
    "more than 2000 people",
    "They killed 2014 people.",
    "at 2000 GMT",
    "since 1800 hours",
    "$2015",
    "2019%",
    "0.2015",
    "www.2015.com",
    "+1 202 2015 1999",
    "F-16 and G-20",
    "pre-1967 borders",
    "the 2:30 a.m. blast",
    "One day he will return.",
    "to this day",
    "300 barrels a day",
    "24/7",
    "a last-minute deal",
    "the last days of the regime",
    "the second half of the match",
    "the next house",
    "this man",
    "early elections",
    "the late President Hrawi",
    "the end of the war",
    "the first day of the trial",
    "three-quarters of voters",
    "February 30",
    "31 February 2020",
    "2021-02-30",
    "13/13/2021",
    "May 32",
    "May 5.5",
    "99 May",
    "Euro 2012",
    "a day after the blast",
    "the Friday Mosque",
    "the third Sunday in Lent",
    "",
    "   \n\n\t",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_time(text: str) -> None:
    assert [text[t.begin : t.end] for t in resolve(text, PUBLISHED)] == []


UNDATED = [
    ("They fought for weeks.", "weeks", "duration"),
    ("a three-day fast", "three-day", "duration"),
    ("after two decades of war", "two decades", "duration"),
    ("a 72-hour truce", "72-hour", "duration"),
    ("a 28-year-old man", "28-year-old", "duration"),
    ("a weeks-long siege", "weeks-long", "duration"),
    ("a decades-old feud", "decades-old", "duration"),
    ("for more than a week", "more than a week", "duration"),
    ("in less than a week", "less than a week", "duration"),
    ("within hours of each other", "hours", "duration"),
    ("They took it in two days.", "two days", "duration"),
    ("two days before the vote", "two days", "duration"),
    ("nearly 20 years of war", "nearly 20 years", "duration"),
    ("every day", "every day", "set"),
    ("They pray daily.", "daily", "set"),
    ("on Sundays", "Sundays", "set"),
    ("every other Sunday", "every other Sunday", "set"),
    ("each night", "each night", "set"),
    ("twice a week", "twice a week", "set"),
    ("every three months", "every three months", "set"),
    ("Every Friday night they march.", "Every Friday night", "set"),
]


@pytest.mark.parametrize(("text", "words", "kind"), UNDATED)
def test_durations_and_sets_have_no_dates(text: str, words: str, kind: str) -> None:
    found = resolve(text, PUBLISHED)
    assert [(text[t.begin : t.end], t.kind, t.start_date, t.end_date) for t in found] == [
        (words, kind, None, None)
    ]


def test_a_blank_line_parts_words() -> None:
    assert [t.start_date for t in resolve("They met in May\n\n2014 people came.", PUBLISHED)] == ["2021-05"]


def test_a_count_after_a_month_is_no_day() -> None:
    (found,) = resolve("In May 15 people were killed.", PUBLISHED)
    assert (found.start_date, found.end_date) == ("2021-05", "2021-05")
