from __future__ import annotations

import ardan
import pytest

from kg.errors import DataError, UsageError
from kg.query.entity import find_entity, portrait
from kg.query.names import AmbiguousNameError, UnknownNameError
from kg.query.portrait import Portrait

BASE = "https://w3id.org/newskg/id/"


@pytest.fixture(scope="module")
def source() -> ardan.Ardan:
    return ardan.Ardan()


def of(source: ardan.Ardan, name: str, limit: int | None = None) -> Portrait:
    return portrait(source, find_entity(source, name), limit=limit)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the LEAGUE", "organization/northern-league"),
        ("Zoe Ardan", "person/zoe-ardan"),
        ("Ardan (Province)", "geonames/2"),
        ("id:geonames/3", "geonames/3"),
        (f"<{BASE}geonames/3>", "geonames/3"),
        (f"{BASE}geonames/3", "geonames/3"),
        ("wd:Q999001", "organization/northern-league"),
        ("geonames:3/", "geonames/3"),
        ("geonames:3", "geonames/3"),
        ("troops", "organization/troops"),
    ],
)
def test_what_names_an_entity(source: ardan.Ardan, text: str, wanted: str) -> None:
    assert find_entity(source, text).value == BASE + wanted


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("  ", UsageError, "the name is empty"),
        ("id:geonames/99", DataError, "nothing in the graph has the IRI 'id:geonames/99'"),
        ("http://a b/", UnknownNameError, "no person, organization, group or place called 'http://a b/'"),
        ("<a b>", UsageError, "'<a b>' is no IRI"),
        ("Ilo Vent", UnknownNameError, "did you mean Ilo Vant"),
        ("id:event/capture", DataError, "class Capture.*kg query evidence --param event=id:event/capture"),
        ("id:article/one", DataError, "of the class Article, no person"),
        ('x" } DROP ALL #', UnknownNameError, "no person"),
    ],
)
def test_what_names_none(source: ardan.Ardan, text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        find_entity(source, text)


def test_several_of_one_name_are_a_choice(source: ardan.Ardan) -> None:
    with pytest.raises(AmbiguousNameError) as raised:
        find_entity(source, "Ardan")
    assert [choice.iri.removeprefix(BASE) for choice in raised.value.choices] == [
        "geonames/2",
        "geonames/3",
        "person/zoe-ardan",
    ]


def test_one_link_of_two_entities_is_a_choice() -> None:
    more = f"""@prefix kg: <https://w3id.org/newskg/ontology#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <{BASE}organization/other> a kg:Agent, kg:Organization ; rdfs:label "Other" ;
            <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q999001> ."""
    with pytest.raises(AmbiguousNameError) as raised:
        find_entity(ardan.Ardan(more), "wd:Q999001")
    assert [choice.label for choice in raised.value.choices] == ["Northern League", "Other"]


def test_a_person(source: ardan.Ardan) -> None:
    found = of(source, "Zoe Ardan")
    assert (found.label, found.kind, found.names) == ("Zoé Ardan", "Person", ("Ardan",))
    assert [(post.title, post.former, post.as_of) for post in found.posts] == [
        ("minister", False, "2031-05-05"),
        ("mayor", True, "2031-05-05"),
    ]
    assert [post.other.label for post in found.posts if post.other] == [
        "Defence Ministry of Sorrel",
        "Tellmouth",
    ]
    assert found.posts[0].evidence[0].article == "two"
    assert found.posts[0].evidence[0].sentence.startswith("The minister, Zoé Ardan, met")
    assert [(tie.relation, tie.inverse, tie.other.label) for tie in found.ties] == [
        ("residentOf", False, "Tellmouth")
    ]
    assert (found.mention_count, found.article_count) == (1, 1)


def test_an_organisation_has_its_members_and_the_evidence(source: ardan.Ardan) -> None:
    found = of(source, "League")
    (tie,) = found.ties
    assert (tie.relation, tie.inverse, tie.other.label) == ("memberOf", True, "Ilo Vant")
    assert [one.article for one in tie.evidence] == ["one"]
    (post,) = found.posts
    assert (post.title, post.inverse, post.other and post.other.label) == ("spokesman", True, "Ilo Vant")
    assert found.same_as == ("http://www.wikidata.org/entity/Q999001",)
    assert (found.first_issued, found.last_issued) == ("2031-05-04", "2031-05-05")


def test_a_place_on_earth(source: ardan.Ardan) -> None:
    found = of(source, "Port Ardan")
    assert (found.latitude, found.longitude) == (11.125, 21.5)
    assert [(one.label, one.kind) for one in found.around] == [("Ardan", "Province"), ("Sorrel", "Country")]
    assert ("capitalOf", False) in {(tie.relation, tie.inverse) for tie in found.ties}


def test_a_country_has_the_events_in_it(source: ardan.Ardan) -> None:
    found = of(source, "Sorrel")
    assert [event.label for event in found.events] == [
        "bombing in Port Ardan",
        "Zoé Ardan meets Ilo Vant",
        "Northern League captures Port Ardan",
        "troops plan to capture Port Ardan",
        "troops leave Port Ardan",
    ]
    assert found.events[-1].roles == ("origin", "destination")


def test_events_in_order_of_time_the_undated_last(source: ardan.Ardan) -> None:
    found = of(source, "Ilo Vant")
    assert [(event.start, event.roles, event.label) for event in found.events] == [
        ("2031-05-01", ("target",), "Zoé Ardan meets Ilo Vant"),
        ("2031-05-03", ("source",), "Northern League captures Port Ardan"),
        (None, ("agent",), "Ilo Vant says"),
        (None, ("agent",), "Ilo Vant tells Harbour Post"),
    ]


def test_an_event_with_its_accounts(source: ardan.Ardan) -> None:
    event = of(source, "Ilo Vant").events[1]
    assert (event.kind, event.status, event.confidence) == ("Capture", "Claimed", 0.9)
    assert (event.agents, event.places) == (("Northern League",), ("Port Ardan",))
    assert event.sources == ("Defence Ministry of Sorrel", "Ilo Vant")
    assert [(one.evidence.article, one.status, one.sources) for one in event.accounts] == [
        ("one", "Claimed", ("Ilo Vant",)),
        ("two", "Denied", ("Defence Ministry of Sorrel",)),
    ]


def test_figures_and_quotations_stand_by_their_account(source: ardan.Ardan) -> None:
    bombing = of(source, "Port Ardan").events[0]
    assert [(one.killed, one.wounded) for one in bombing.accounts] == [(7, 24), (4, None)]
    told = of(source, "Ilo Vant").events[-1]
    assert [one.quotation for one in told.accounts] == ["The port is ours,"]
    assert told.kind == "Threat"


def test_the_limit_is_counted(source: ardan.Ardan) -> None:
    found = of(source, "Ilo Vant", limit=1)
    assert (len(found.events), found.event_count) == (1, 4)
    assert of(source, "Ilo Vant", limit=0).events == ()


def test_a_thing_without_mentions(source: ardan.Ardan) -> None:
    found = of(source, "Government of Sorrel")
    assert (found.mention_count, found.event_count, found.first_issued) == (0, 0, None)
    assert [(tie.relation, tie.inverse, tie.other.label) for tie in found.ties] == [
        ("partOf", True, "Defence Ministry of Sorrel")
    ]


def test_places_that_lie_in_each_other_end() -> None:
    more = f"""@prefix kg: <https://w3id.org/newskg/ontology#> .
        <{BASE}geonames/1> kg:locatedIn <{BASE}geonames/3> ."""
    found = of(ardan.Ardan(more), "Sorrel")
    assert {one.label for one in found.around} == {"Ardan", "Port Ardan"}
