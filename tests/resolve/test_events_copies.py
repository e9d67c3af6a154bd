"""Near-copies of one report are one witness; independent reports of one event are not."""

from __future__ import annotations

from typing import Any

import pytest
from reduction_cases import article, body, place, reduced

from kg.model import Event, MentionRef
from kg.resolve.digest import Digest
from kg.resolve.sketches import same_text, sketch

LEAD = (
    "Fighters of the Quilla Front seized the river port of Tambo Grande on Sunday after two days of shelling "
    "that drove most of its people into the hills, the governor of the province said."
)
EDITED = (
    "Fighters from the Quilla Front seized the river port of Tambo Grande Sunday, after two days of shelling "
    "that drove most of its people into the hills, the province's governor said."
)
SHORTENED = (
    "Fighters of the Quilla Front seized the river port of Tambo Grande on Sunday after two days of shelling "
    "that drove most of its people into the hills."
)
OWN = (
    "The river port of Tambo Grande fell to the Quilla Front on Sunday, residents reached by telephone said, "
    "and soldiers were seen leaving in boats."
)
REST = [
    "Eleven soldiers were buried in the garden of the customs house, according to the priest of the parish.",
    "The ministry of the interior has asked the neighbouring country to close its side of the bridge.",
    "Nobody in the port has heard from the mayor since he boarded a fishing boat on Saturday night.",
    "The Front, which split from the teachers' union nine years ago, also holds the two mines upstream.",
]


@pytest.mark.parametrize("other", [LEAD, EDITED, SHORTENED, LEAD.upper(), LEAD.replace("Front", "“Front”")])
def test_light_edits_leave_a_sentence_the_same(other: str) -> None:
    assert same_text(sketch(LEAD), sketch(other))
    assert same_text(sketch(other), sketch(LEAD))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LEAD, OWN),
        (LEAD, REST[0]),
        (
            "Rebels captured the town of Tambo on Monday, officials said.",
            "The Quilla Front captured the town of Tambo on Monday, according to residents.",
        ),
        ("He did not say more.", "He did not say more."),
        ("", ""),
    ],
)
def test_other_sentences_and_short_ones_are_not(one: str, other: str) -> None:
    assert not same_text(sketch(one), sketch(other))


CAST = [body("Quilla Front") | {"kind": "ArmedGroup"}, place("Tambo Grande", "11"), place("Cajas", "12")]
TAKEN: dict[str, Any] = {
    "kind": "Capture", "start_date": "2019-03-02", "end_date": "2019-03-02", "agents": (0,), "places": (1,),
}  # fmt: skip


def report(id_: str, *sentences: str) -> Digest:
    """An article whose first sentence tells of the capture, and each of the others of something else."""
    others = [{"kind": "Statement", "text": sketch(sentence)} for sentence in sentences[1:]]
    return article(id_, CAST, [TAKEN | {"text": sketch(sentences[0])}, *others], date="2019-03-04")


def capture(*digests: Digest) -> Event:
    (event,) = (event for event in reduced(*digests).events if event.kind == "Capture")
    return event


def account(article_: str) -> MentionRef:
    return MentionRef(article=article_, key="e0")


def test_independent_reports_are_witnesses_each() -> None:
    event = capture(report("a", LEAD), report("b", OWN))
    assert (event.witnesses, event.copies) == (2, ())
    assert "independent" not in (event.reason or "")
    assert capture(report("a", LEAD)).witnesses == 1


def test_near_copies_are_one_witness() -> None:
    event = capture(report("a", LEAD), report("b", EDITED))
    assert (event.witnesses, event.copies) == (1, (account("a"), account("b")))
    assert (event.reason or "").startswith(
        "2 accounts in 2 articles, one independent witness (copies of a text: a and b): b joins a by "
    )


def test_copies_of_copies_and_one_of_its_own() -> None:
    event = capture(report("a", SHORTENED), report("b", OWN), report("c", EDITED), report("d", LEAD))
    assert event.witnesses == 2
    assert event.copies == (account("a"), account("c"), account("d"))


def test_versions_of_one_report_are_one_witness_where_this_sentence_was_written_anew() -> None:
    event = capture(report("a", LEAD, *REST), report("b", OWN, *REST[1:]))
    assert (event.witnesses, event.copies) == (1, (account("a"), account("b")))


def test_a_shared_quotation_or_background_makes_no_version() -> None:
    assert capture(report("a", LEAD, *REST[:2]), report("b", OWN, *REST[:2])).witnesses == 2


def test_what_is_told_twice_in_one_article_is_no_copy() -> None:
    twice = article("a", CAST, [TAKEN | {"text": sketch(LEAD)}] * 2, date="2019-03-04")
    assert (capture(twice).witnesses, capture(twice).copies) == (1, ())
