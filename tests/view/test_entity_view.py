from __future__ import annotations

from dataclasses import replace

import ardan
import pytest

from kg.query.entity import find_entity, portrait
from kg.query.portrait import Portrait
from kg.view.entity import view_entity
from kg.view.paragraphs import Style


def of(name: str, limit: int | None = None) -> Portrait:
    source = ardan.Ardan()
    return portrait(source, find_entity(source, name), limit=limit)


def told(found: Portrait) -> list[str]:
    """The paragraphs with their labels, as text."""
    return [f"{one.label.text.strip()} {one.text}".strip() for one in view_entity(found)]


def test_a_place() -> None:
    lines = told(of("Port Ardan"))
    assert lines[:9] == [
        "Port Ardan, PopulatedPlace",
        "https://w3id.org/newskg/id/geonames/3",
        "",
        "also called Ardan",
        "on earth 11.125, 21.5 (latitude, longitude)",
        "lies in Ardan (Province); Sorrel (Country)",
        "the same as https://sws.geonames.org/3/",
        "mentioned 4 times in 2 articles (2031-05-04 to 2031-05-05)",
        "capital of Ardan (Province)",
    ]


def test_a_person_with_posts_and_events() -> None:
    lines = told(of("Ilo Vant"))
    said = "– The Northern League captured Port Ardan on Saturday, its spokesman Ilo Vant said."
    assert lines[4:8] == [
        "post spokesman at Northern League (ArmedGroup), as of 2031-05-04",
        f"{said} [one, 2031-05-04]",
        "member of Northern League (ArmedGroup)",
        f"{said} [one, 2031-05-04]",
    ]
    at = lines.index("2031-05-03: Northern League captures Port Ardan (Capture, Claimed, 0.90 sure)")
    assert lines[at + 1 : at + 4] == [
        "as source; who Northern League; where Port Ardan; "
        "on the word of Defence Ministry of Sorrel, Ilo Vant",
        f"{said} [one, 2031-05-04; on the word of Ilo Vant]",
        "– The Defence Ministry of Sorrel denied that the League had captured Ardan on Saturday. "
        "[two, 2031-05-05; Denied, on the word of Defence Ministry of Sorrel]",
    ]
    assert "undated: Ilo Vant says (Statement, Asserted, 0.90 sure)" in lines


def test_former_posts_and_holders() -> None:
    assert "post former mayor at Tellmouth (PopulatedPlace), as of 2031-05-05" in told(of("Zoé Ardan"))
    assert "post here former mayor: Zoé Ardan (Person), as of 2031-05-05" in told(of("Tellmouth"))


def test_figures_of_each_account() -> None:
    lines = told(of("Port Ardan"))
    assert any(line.endswith("[one, 2031-05-04; killed 7, wounded 24]") for line in lines)
    assert any(line.endswith("[two, 2031-05-05; killed 4]") for line in lines)


def test_what_is_left_out_is_said() -> None:
    lines = told(of("Ilo Vant", limit=1))
    assert "Events (the first 1 of 4)" in lines
    assert lines[-1] == "3 more: --limit 4"
    assert told(of("Ilo Vant", limit=0))[-1] == "4 more: --limit 4"


@pytest.mark.parametrize(
    ("same_as", "confidence", "wanted"),
    [
        ((), 0.9, "linked 0.90 sure: by its name"),
        (("urn:x",), 0.9, "linked 0.90 sure: by its name"),
        (("urn:x",), None, "linked by its name"),
        ((), None, "as one by its name"),
    ],
)
def test_the_link_has_its_reason(same_as: tuple[str, ...], confidence: float | None, wanted: str) -> None:
    found = replace(of("League"), confidence=confidence, reason="by its\nname", same_as=same_as)
    assert wanted in told(found)


def test_the_date_stands_once() -> None:
    found = of("Ilo Vant")
    event = replace(found.events[0], label="Meeting of two, 2031-05-01", reason="the same days")
    lines = told(replace(found, events=(event,), event_count=1))
    assert "2031-05-01: Meeting of two (Meeting, Asserted)" in lines
    assert "told together: the same days" not in lines  # one account only
    twice = replace(event, accounts=event.accounts * 2)
    assert "told together: the same days" in told(replace(found, events=(twice,), event_count=1))


def test_nothing_but_a_name() -> None:
    assert told(of("Government of Sorrel"))[3:] == [
        "mentioned in no article",
        "parts Defence Ministry of Sorrel (GovernmentBody)",
    ]


def test_a_terminal_is_not_steered_by_a_label() -> None:
    lines = told(replace(of("League"), label="a\x1b[2Jb\nc"))
    assert lines[0] == "a\ufffd[2Jb c, ArmedGroup"


def test_kinds_have_their_colour() -> None:
    heading = view_entity(of("League"))[0]
    assert [piece.style for piece in heading.pieces] == [Style.HEADING, Style.PLAIN, Style.ORGANIZATION]
