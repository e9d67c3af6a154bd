from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest
import sample

from kg.errors import DataError
from kg.model import AnnotatedDocument, Chain, ResolvedDocument, SourceDocument
from kg.view.article import legend, view_article
from kg.view.paragraphs import Style
from kg.view.record import json_line, record
from kg.view.tags import tag


def told(resolved: ResolvedDocument) -> list[str]:
    """The paragraphs with their labels, as text."""
    return [
        f"{one.label.text} {one.text}" if one.label.text else one.text
        for one in view_article(resolved, colour=False)
    ]


def section(lines: list[str], name: str) -> list[str]:
    """What stands below the heading `name`, to the next empty line."""
    rest = lines[lines.index(name) + 1 :]
    return rest[: rest.index("")] if "" in rest else rest


def test_tags_count_each_sort_by_first_mention() -> None:
    tagged = tag(sample.first_report())
    assert tagged.chains == {2: "P1", 0: "O1", 3: "O2", 4: "G1", 1: "L1", 5: "L2", 6: "L3"}
    assert tagged.events == {"e1": "E1", "e2": "E2", "e3": "E3", "e4": "E4"}


def test_the_heading() -> None:
    assert told(sample.first_report())[0] == "first report.txt · 2012-03-04 · The Example · Kidal falls"
    assert told(sample.second_report())[0] == "second · 2012-03"


def test_entities_with_links() -> None:
    assert section(told(sample.first_report()), "Entities") == [
        "P1 Amadou Touré, Person; 1 mention",
        "O1 Sahel Front, ArmedGroup; 3 mentions",
        "O2 army, MilitaryUnit; 1 mention; also “the army”",
        "G1 soldiers, Group; 1 mention",
        "L1 Kidal, PopulatedPlace; 2 mentions; linked to geonames/2455290 Kidal (PopulatedPlace, ML) "
        "at 18.44, 1.41, 0.90 sure: the only populated place of this name",
        "L2 Gao, PopulatedPlace; 1 mention",
        "L3 Mali, Country; 1 mention; linked to geonames/2453866 Mali (Country) at 18.00, -2.00, "
        "1.00 sure: a country's name",
    ]


def test_posts_and_ties() -> None:
    assert section(told(sample.first_report()), "Posts and ties") == [
        "Amadou Touré P1: spokesman at army O2",
        "Gao L2 locatedIn Mali L3",
    ]


def test_events_with_their_roles() -> None:
    assert section(told(sample.first_report()), "Events") == [
        "E1 captured, Capture, Asserted, 0.90 sure; who Sahel Front O1; where Kidal L1; "
        "when 2012-03-03 “on 3 March”",
        "E2 said, Statement, Asserted; who Amadou Touré P1; tells of E3; words “They killed 12 soldiers.”",
        "E3 killed, Killing, Claimed, 0.75 sure; who Sahel Front O1 “They”; whom soldiers G1; "
        "on the word of Amadou Touré P1; figures killed 12, “12”",
        "E4 march, Movement, Planned; who Sahel Front O1 “They”; from Kidal L1; to Gao L2; "
        "when since 2012-03; on the word of Amadou Touré P1",
    ]


def test_many_names_are_not_all_told() -> None:
    resolved = sample.first_report()
    chains = resolved.annotated.chains
    named = replace(chains[0], names=("SF", "sahel front", *(f"Front {number}" for number in range(9))))
    annotated = replace(resolved.annotated, chains=(named, *chains[1:]))
    (line,) = (one for one in told(replace(resolved, annotated=annotated)) if one.startswith("O1 "))
    assert line.endswith("also “SF”, “Front 0”, “Front 1”, “Front 2”, “Front 3”, “Front 4”, 4 more")


def test_an_article_in_which_nothing_was_found() -> None:
    annotated = AnnotatedDocument(document=SourceDocument(id="a", text="Rain.\n"), sentences=())
    assert told(ResolvedDocument(annotated=annotated)) == ["a", "", "Rain.", "", "Nothing was found in it."]


def test_a_class_that_the_ontology_lacks_is_refused() -> None:
    annotated = AnnotatedDocument(
        document=SourceDocument(id="a", text="Rain."),
        sentences=(),
        chains=(Chain(id=0, kind="Persn", name="Rain"),),
    )
    with pytest.raises(DataError, match="no class 'Persn'"):
        view_article(ResolvedDocument(annotated=annotated), colour=True)


def test_colour_takes_the_place_of_brackets() -> None:
    paragraphs = view_article(sample.first_report(), colour=True)
    pieces = [piece for one in paragraphs for piece in one.pieces]
    assert not {"[", "{", "<"} & {piece.text for piece in pieces}
    styles = {piece.text: piece.style for piece in pieces}
    assert styles["captured"] is Style.EVENT
    assert styles["Kidal"] is Style.PLACE
    assert styles["soldiers"] is Style.GROUP
    assert styles["on 3 March"] is Style.TIME


def test_the_legend_shows_each_mark() -> None:
    (plain,) = legend(colour=False)
    assert plain.text == (
        "[person P1]  [organization O1]  [group G1]  [place L1]  <time its dates>  "
        "{event E1 Class, Status}  ~passed over~"
    )
    (coloured,) = legend(colour=True)
    assert {Style.PERSON, Style.ORGANIZATION, Style.GROUP, Style.PLACE, Style.TIME, Style.EVENT} <= {
        piece.style for piece in coloured.pieces
    }


@pytest.mark.parametrize("resolved", sample.reports(), ids=["first", "second"])
def test_the_record_is_the_model(resolved: ResolvedDocument) -> None:
    line = json_line(resolved)
    assert "\n" not in line
    assert line == json_line(resolved)
    found = json.loads(line)
    assert list(found) == [one.name for one in fields(AnnotatedDocument)]
    text = found["document"]["text"]
    for name in ("mentions", "times", "events", "relations"):
        for one in found[name]:
            assert one["anchor"] == text[one["begin"] : one["end"]] != ""
    for chain in found["chains"]:
        link = resolved.links.get(chain["id"])
        assert (chain["link"] or {}).get("id") == (link.id if link else None)
        assert list(chain) == [*(one.name for one in fields(Chain)), "link"]


def test_the_record_of_a_link() -> None:
    chain = record(sample.first_report())["chains"][1]
    assert chain["link"]["place"]["latitude"] == 18.44111
    assert chain["link"]["reason"] == "the only populated place of this name"
