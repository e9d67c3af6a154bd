from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.boilerplate import find_boilerplate, load_cues
from kg.errors import DataError

FIRST = "The river Po rose by two metres on Monday, and the mayor of Cremona asked for help."
SECOND = "Volunteers filled sandbags through the night while trains to Milan stood still."
LAST = "The water is expected to fall by Friday, the regional office said."


def skipped(text: str, **options: str) -> list[str]:
    return [text[span.begin : span.end] for span in find_boilerplate(text, **options)]  # type: ignore[arg-type]


def article(*lines: str) -> str:
    return "\n\n".join(lines)


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Article continues below advertisement",
        "Image source: Some Agency",
        "Photo: A. Rossi/Some Agency",
        "Photo by Anna Rossi",
        "Read more: Floods in the delta",
        "ALSO READ: Floods in the delta",
        "Read more",
        "Related: Floods in the delta",
        "Follow us on Twitter and Facebook",
        "Share this article",
        "Facebook Twitter WhatsApp",
        "Learn Italian by the sea: enrol on our summer course today!",
        "Sign up for our newsletter",
        "Subscribe to our daily updates",
        "Email Address *",
        "* indicates required",
        "Leave a comment",
        "12 Comments",
        "editor@paper.example",
        "https://paper.example/floods",
        "(+39) 02 5555 1234",
        "We use cookies to give you the best experience.",
        "© 2021 The Paper. All rights reserved.",
        "Published: 10 August 2021, 10:30",
        "4 min read",
        "Tags: floods, rivers",
        "The views expressed in this article are the author's own.",
        "The views and opinions expressed here do not necessarily reflect those of the paper.",
        "This article was first published on another site.",
        "* * *",
    ],
)
def test_a_cue_in_the_middle_takes_its_own_line(line: str) -> None:
    assert skipped(article(FIRST, line, SECOND, LAST)) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell after the flood.",
        "The views expressed by the mayor angered the farmers.",
        "Subscribers to the theory were few.",
        "This report was published by the ministry on Monday and blames the dam.",
        "Follow-up talks were held on Tuesday.",
        "Source of the river",
        "Comments by the mayor drew anger in the town.",
        "Video by the rescuers showed two boats.",
        "More news from the delta is expected.",
        "Read the letter aloud, the judge told him.",
        "Signed up by the army, he left for the north.",
        "No one knows",
        "WATER RISES AGAIN",
        "“The remarks do not necessarily reflect our policy,” said the minister in the evening.",
    ],
)
def test_prose_and_crossheads_stay(line: str) -> None:
    assert skipped(article(FIRST, line, SECOND, LAST)) == []


def test_a_block_at_the_end_goes_as_a_whole() -> None:
    block = article(
        "Subscribe to the Weekly Letter by The Paper",
        "* indicates required",
        "Full Name",
        "Email Address *",
        "made with  formmaker",
        "Floods in the north",
        "CERTIFICATE COURSE IN RIVER SCIENCE",
        "Six weeks, two rivers",
        "JOIN TODAY!",
        "team@paper.example\ncourses.paper.example\n(+39) 02 5555 1234",
        "The views expressed are those of the author and not of the paper.",
        "Facebook Comments",
    )
    assert skipped(article("Floods in the north", FIRST, SECOND, LAST, block)) == [block]


def test_prose_stops_a_block() -> None:
    text = article(FIRST, "Share this article", LAST, "Facebook Comments", "Leave a reply")
    assert skipped(text) == ["Share this article", "Facebook Comments\n\nLeave a reply"]


def test_short_lines_without_a_cue_are_no_block() -> None:
    assert skipped(article(FIRST, SECOND, "Lodi: 12 houses", "Crema: 3 houses", "Pavia: none")) == []


def test_a_headline_that_stands_again_goes_only_among_boilerplate() -> None:
    headline = "Floods in the north"
    assert skipped(article(headline, FIRST, headline, SECOND, LAST)) == []
    assert skipped(article(headline, FIRST, LAST, "Share this", headline, "Comments")) == [
        article("Share this", headline, "Comments")
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Brief News from Some Paper.",
        "(Reporting by Anna Rossi; editing by Bo Lind.)",
        "Additional reporting by J. Rossi.",
        "Follow Us on our channel at paper.example.",
        "All rights reserved.",
        "With inputs from agencies.",
        "(AFP)",
        "(Some Press, with agencies)",
        "– Some Wire",
        "Some Press contributed to this report.",
        "Some information for this report came from Some Press.",
    ],
)
def test_a_cue_at_the_end_of_the_last_paragraph_takes_its_sentence(sentence: str) -> None:
    assert skipped(article(FIRST, f"{LAST} {sentence}")) == [sentence]


def test_several_sentences_at_the_end_go_and_prose_between_stays() -> None:
    tail = "Reporting by Anna Rossi. All rights reserved."
    assert skipped(article(FIRST, f"{LAST} {tail}")) == [tail]
    assert skipped(article(FIRST, f"Reporting by Anna Rossi. {LAST}")) == []


@pytest.mark.parametrize(
    "line",
    [
        "News agencies",
        "The Paper News",
        "Staff Reporter",
        "- Some Press Agency",
        "ABC/DEF",
        "With Some Wire and Some Press",
    ],
)
def test_a_sign_off_is_the_last_line(line: str) -> None:
    assert skipped(article(FIRST, LAST, line)) == [line]


def test_a_by_line_goes_at_the_head_only() -> None:
    assert skipped(article("Floods in the north", "By Anna Rossi", FIRST, LAST)) == ["By Anna Rossi"]
    assert skipped(article(FIRST, "By the Po", SECOND, LAST)) == []


def test_an_only_line_stays() -> None:
    assert skipped("The Paper News") == []
    assert skipped(LAST) == []


def test_lines_may_end_in_crlf_and_the_beginning_is_left_alone() -> None:
    assert skipped(f"{FIRST}\r\n\r\nShare this\r\n\r\n{LAST}\r\n") == ["Share this"]
    text = f"Share this\n{FIRST}"
    assert find_boilerplate(text, begin=len("Share this")) == ()


@given(
    st.lists(st.sampled_from([FIRST, LAST, "Share", "", "Read more: x", "\t", "A\r", "Brief News from X."]))
)
def test_spans_are_sorted_apart_and_inside(lines: list[str]) -> None:
    text = "\n".join(lines)
    spans = find_boilerplate(text)
    assert all(0 <= span.begin < span.end <= len(text) for span in spans)
    assert all(a.end < b.begin for a, b in pairwise(spans))
    assert all(FIRST not in text[span.begin : span.end] for span in spans)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_taken(text: str) -> None:
    for span in find_boilerplate(text):
        assert 0 <= span.begin < span.end <= len(text)


@pytest.mark.parametrize("source", ["[line", "[line]\nx = ['(']"])
def test_wrong_cues_are_refused_with_their_place(source: str) -> None:
    with pytest.raises(DataError, match=r"boilerplate\.toml"):
        load_cues(source)


@pytest.mark.parametrize(
    "piece", ["Aa. ", "A.", "home > a ", "share ", "e-mail ", "- - ", "news and ", "views and ", "0 "]
)
def test_no_line_takes_long(piece: str) -> None:
    line = (piece * 700)[:690] + "é;x!1 q"
    started = time.perf_counter()
    find_boilerplate(article(FIRST, line, line))
    assert time.perf_counter() - started < 2
