"""Readers' corrections, applied to digests built by hand."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reduction_cases import RULES, article, body, event_of, groups, named, of, person, place

from kg.corrections import parse_corrections
from kg.errors import DataError
from kg.model import Link, Place, Reduction, Status
from kg.resolve.digest import Digest
from kg.resolve.reduction import reduce

BY = "by: A. Reader, why: I was there"


def corrected(digests: list[Digest], *entries: str, **more: Any) -> Reduction:
    """The reduction with each of `entries` as one correction, in YAML's flow style without its braces."""
    text = "\n".join(f"- {{{entry}, {BY}}}" for entry in entries)
    return reduce(digests, rules=RULES, corrections=parse_corrections(text, "fix.yaml"), **more)


def entry(id_: str) -> Link | None:
    """The gazetteer of the tests."""
    if id_ == "geonames/7":
        return Link(id=id_, label="Arda", kind="PopulatedPlace", confidence=1.0, reason="")
    if id_ == "geonames/9":
        where = Place(id="9", name="Arda Minor", kind="PopulatedPlace", country="XA")
        return Link(
            id="geonames/9", label="Arda Minor", kind="PopulatedPlace", confidence=1.0, reason="", place=where
        )
    if id_ == "gazetteer/league":
        return Link(id=id_, label="League", kind="ArmedGroup", confidence=1.0, reason="")
    return None


def two_spellings() -> list[Digest]:
    """Three articles: Ora Lind, Orah Lynd, and Ora Lind again; two captures of one town."""
    front = body("Red Front")
    return [
        article(
            "a", [person("Ora Lind"), place("Arda", "7"), front],
            [{"kind": "Capture", "agents": (2,), "places": (1,), "start_date": "2019-03-02",
              "end_date": "2019-03-02"},
             {"kind": "Statement", "agents": (0,), "about": ("e0",)}],
            date="2019-03-03",
        ),
        article(
            "b", [person("Orah Mynd"), place("Arda", "7"), front],
            [{"kind": "Capture", "agents": (2,), "places": (1,), "start_date": "2019-03-02",
              "end_date": "2019-03-02"},
             {"kind": "Meeting", "agents": (0,), "places": (1,), "start_date": "2019-03"}],
            date="2019-03-04",
        ),
        article(
            "c", [person("Ora Lind"), place("Borda", "8"), body("Blue Front")],
            [{"kind": "Battle", "agents": (2,), "places": (1,), "status": Status.CLAIMED}],
            date="2019-05-04",
        ),
    ]  # fmt: skip


def test_without_corrections_nothing_changes() -> None:
    plain = reduce(two_spellings(), rules=RULES)
    assert corrected(two_spellings()) == plain
    assert groups(plain) == [["a:e0", "b:e0"], ["a:e1"], ["b:e1"], ["c:e0"]]
    assert of(plain, "a", 0).id == of(plain, "c", 0).id != of(plain, "b", 0).id


@pytest.mark.parametrize(
    "one", ["id:person/ora-lind", "<https://w3id.org/newskg/id/person/ora-lind>", "Ora Lind",
            "Ora Lind (Person)", "id:article/c#m0"],
)  # fmt: skip
def test_two_are_one(one: str) -> None:
    found = corrected(two_spellings(), f"same: ['{one}', 'id:article/b#m0']")
    assert of(found, "a", 0) == of(found, "b", 0) == of(found, "c", 0)
    assert of(found, "b", 0).id == "person/ora-lind"  # that of the first
    assert "Orah Mynd" in of(found, "b", 0).alternate_labels
    assert "one by a reader's correction" in (of(found, "b", 0).reason or "")
    assert event_of(found, "b", "e1").agents == ("person/ora-lind",)
    (applied,) = found.corrections
    assert (applied.by, applied.why, applied.things) == ("A. Reader", "I was there", ("person/ora-lind",))
    assert found.unapplied == ()


def test_the_first_that_is_named_gives_the_id_the_linked_one_before_it() -> None:
    found = corrected(two_spellings(), "same: ['id:article/b#m0', Ora Lind]")
    assert of(found, "a", 0).id == "person/orah-mynd"
    digests = [*two_spellings(), article("d", [place("Arda Old"), place("Borda", "8")])]
    joined = corrected(digests, "same: ['id:article/d#m0', id:geonames/7]")
    assert of(joined, "d", 0).id == of(joined, "a", 1).id == "geonames/7"
    assert of(joined, "d", 0).label == "Arda"


def test_a_name_is_the_label_of_what_was_only_described() -> None:
    digests = [article("a", [person("Ora Lind"), person("the kidnapped old engineer", named=False)],
                       [{"kind": "Detention", "targets": (1,)}])]  # fmt: skip
    found = corrected(digests, "same: ['id:article/a#m0', 'id:article/a#m1']")
    assert (of(found, "a", 1).id, of(found, "a", 1).label) == ("person/ora-lind", "Ora Lind")


def test_one_is_two() -> None:
    plain = reduce(two_spellings(), rules=RULES)
    found = corrected(two_spellings(), "split: Ora Lind, apart: ['id:article/c#m0']")
    assert of(found, "a", 0).id == of(plain, "a", 0).id
    apart = of(found, "c", 0)
    assert apart.id.startswith("person/ora-lind-") and apart.reason == "set apart by a reader's correction"
    assert found.corrections[0].things == tuple(sorted([of(found, "a", 0).id, apart.id]))
    more = [*two_spellings(), article("0", [person("Ora Lind"), place("Arda", "7")])]
    again = corrected(more, "split: Ora Lind, apart: ['id:article/c#m0']")
    assert of(again, "c", 0).id == apart.id
    assert of(again, "0", 0).id == of(found, "a", 0).id


def test_what_is_set_apart_from_something_linked_has_no_link() -> None:
    found = corrected(two_spellings(), "split: Arda, apart: ['id:article/b#m1']")
    assert of(found, "a", 1).id == "geonames/7"
    assert of(found, "b", 1).link is None
    assert of(found, "b", 1).id.startswith("place/arda-")
    assert groups(found) == [["a:e0"], ["a:e1"], ["b:e0"], ["b:e1"], ["c:e0"]]


def test_a_link_is_wrong() -> None:
    found = corrected(two_spellings(), "link: id:geonames/8, to: none")
    borda = of(found, "c", 1)
    assert (borda.link, borda.label, borda.kind) == (None, "Borda", "PopulatedPlace")
    assert borda.id.startswith("place/borda")
    assert found.corrections[0].things == (borda.id,)
    assert event_of(found, "c", "e0").places == (borda.id,)


def test_two_of_one_name_without_their_links_are_still_two() -> None:
    digests = [*two_spellings(), article("d", [place("Arda", "70", country="XB")])]
    found = corrected(digests, "link: id:geonames/7, to: none", "link: id:geonames/70, to: none")
    assert of(found, "a", 1) == of(found, "b", 1)
    assert of(found, "a", 1).id != of(found, "d", 0).id
    assert [entity.link for entity in named(found, "Arda")] == [None, None]


def test_one_place_under_two_names_is_no_contradiction() -> None:
    found = corrected(
        two_spellings(), "place: id:article/a#e0, to: Borda", "place: id:article/b#e0, to: id:geonames/8"
    )
    assert event_of(found, "a", "e0").places == ("geonames/8",)


@pytest.mark.parametrize("to", ["geonames/9", "id:geonames/9", "https://sws.geonames.org/9/", "geonames:9"])
def test_another_link_is_right(to: str) -> None:
    found = corrected(two_spellings(), f"link: Borda, to: '{to}'", links=entry)
    borda = of(found, "c", 1)
    assert (borda.id, borda.label) == ("geonames/9", "Arda Minor")
    assert borda.link is not None and borda.link.confidence == 1.0
    assert "Borda" in borda.alternate_labels
    assert borda.reason == "linked by a reader's correction"


def test_what_is_linked_alike_is_one() -> None:
    digests = [*two_spellings(), article("d", [place("Arda Minor", "9")])]
    found = corrected(digests, "link: Borda, to: geonames/9", links=entry)
    assert of(found, "c", 1) == of(found, "d", 0)


def test_two_events_are_one_and_one_is_two() -> None:
    found = corrected(two_spellings(), "same: ['id:article/a#e0', 'id:article/c#e0']")
    assert groups(found) == [["a:e0", "b:e0", "c:e0"], ["a:e1"], ["b:e1"]]
    event = event_of(found, "c", "e0")
    assert (event.kind, event.status) == ("Capture", Status.ASSERTED)
    assert (event.reason or "").endswith("one by a reader's correction")
    assert found.corrections[0].things == (event.id,)
    found = corrected(two_spellings(), "split: 'id:article/a#e0', apart: ['id:article/b#e0']")
    assert groups(found) == [["a:e0"], ["a:e1"], ["b:e0"], ["b:e1"], ["c:e0"]]
    assert event_of(found, "a", "e0").reason is None


def test_what_did_not_happen_is_no_event() -> None:
    found = corrected(two_spellings(), "untrue: id:article/b#e0")
    assert groups(found) == [["a:e1"], ["b:e1"], ["c:e0"]]
    assert event_of(found, "a", "e1").about == ()
    (applied,) = found.corrections
    assert applied.things == ()
    assert [f"{ref.article}:{ref.key}" for ref in applied.mentions] == ["a:e0", "b:e0"]


def test_what_an_event_was() -> None:
    found = corrected(
        two_spellings(),
        "date: id:article/a#e0, day: 2019-03-01",
        "place: id:article/a#e0, to: Borda",
        "kind: id:article/a#e0, to: Battle",
        "status: id:article/a#e0, to: denied",
        "date: id:article/c#e0, end: 2019-05",
    )
    event = event_of(found, "a", "e0")
    assert (event.start_date, event.end_date, event.dated_by) == ("2019-03-01", "2019-03-01", ())
    assert (event.places, event.kind, event.status) == (("geonames/8",), "Battle", Status.DENIED)
    assert event.label == "Battle of Red Front in Borda, 2019-03-01"
    assert event.id == event_of(reduce(two_spellings(), rules=RULES), "a", "e0").id
    other = event_of(found, "c", "e0")
    assert (other.start_date, other.end_date) == (None, "2019-05")
    placeless = event_of(corrected(two_spellings(), "place: id:article/c#e0, to: none"), "c", "e0")
    assert placeless.places == ()


def test_an_entity_of_another_class() -> None:
    found = corrected(two_spellings(), "kind: Red Front, to: kg:ArmedGroup")
    assert {entity.kind for entity in named(found, "Red Front")} == {"ArmedGroup"}


def test_the_order_of_entries_and_articles_does_not_show() -> None:
    entries = [
        "same: [Ora Lind, 'id:article/b#m0']",
        "split: Arda, apart: ['id:article/b#m1']",
        "same: ['id:article/a#e0', 'id:article/b#e0']",
        "date: id:article/b#e1, day: 2019-03-02",
    ]
    wanted = corrected(two_spellings(), *entries)
    assert len(wanted.corrections) == 4
    for order in permutations(entries):
        assert corrected(two_spellings(), *order) == wanted
    for digests in permutations(two_spellings()):
        assert corrected(list(digests), *entries) == wanted


@pytest.mark.parametrize(
    ("gone", "why"),
    [
        ("untrue: id:event/capture-000000000000", "the graph has no 'id:event/capture-000000000000'"),
        ("untrue: id:article/z#e0", "the graph has nothing with the mention 'id:article/z#e0'"),
        ("same: [Nobody, Ora Lind]", "the graph has no 'Nobody'"),
        ("split: Ora Lind, apart: ['id:article/b#m0']", "is no mention of 'Ora Lind'"),
        ("split: 'Orah Mynd', apart: ['id:article/b#m0']", "nothing would be left of 'Orah Mynd'"),
        ("place: id:article/c#e0, to: Nowhere", "the graph has no 'Nowhere'"),
    ],
)
def test_what_no_longer_applies_is_said(gone: str, why: str) -> None:
    found = corrected(two_spellings(), gone, "kind: Red Front, to: ArmedGroup")
    (said,) = found.unapplied
    assert said.startswith("fix.yaml, line 1: no longer applies: ") and why in said
    assert "\n" not in said
    assert len(found.corrections) == 1


def test_a_name_of_several_does_not_apply() -> None:
    digests = [*two_spellings(), article("d", [place("Arda", "70", kind="Province")])]
    (said,) = corrected(digests, "link: Arda, to: none").unapplied
    assert "'Arda' is the name of 2: id:geonames/7 (PopulatedPlace), id:geonames/70 (Province)" in said
    assert corrected(digests, "link: Arda (Province), to: none").unapplied == ()


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (
            ["same: [Ora Lind, 'id:article/b#m0']", "same: ['id:article/c#m0', 'id:article/b#m0']",
             "split: Ora Lind, apart: ['id:article/c#m0']"],
            "line 3: what is set apart here is made one again at fix.yaml, line 1",
        ),
        (["link: Borda, to: none", "link: id:geonames/8, to: geonames/9"], "another link is given at"),
        (["split: Arda, apart: ['id:article/b#m1']", "link: 'id:article/b#m1', to: geonames/7"],
         "line 1: what is set apart here is made one again at a link that both are given"),
        (["link: Borda, to: geonames/404"], "line 1: no gazetteer has 'geonames/404'"),
        (["link: Borda, to: gazetteer/league"], "is of the class ArmedGroup, what is to be linked of Place"),
        (["link: id:article/a#e0, to: none"], "is an event, and 'link' corrects an entity"),
        (["date: Borda, day: 2019"], "is an entity, and 'date' corrects an event"),
        (["same: [Borda, 'id:article/a#e0']"], "an event and an entity cannot be one"),
        (["same: [Borda, Red Front]"], r"class Place \(geonames/8\) and what is of Organization cannot be"),
        (["date: id:article/a#e0, day: 2019", "date: id:article/b#e0, day: 2018"], "another date is given"),
        (["untrue: id:article/a#e0", "date: id:article/b#e0, day: 2018"], "this event did not happen, says"),
        (["same: [id:article/a#e0, id:article/b#e0]", "split: id:article/a#e0, apart: [id:article/b#e0]"],
         "line 2: what is set apart here"),
        (["kind: Borda, to: Company"], "class PopulatedPlace cannot be of Company: give one below Place"),
        (["kind: Borda, to: Region", "kind: 'id:geonames/8', to: Facility"], "another kind is given at"),
        (["kind: id:article/a#e0, to: Company"], "'Company' is no class of events"),
        (["place: id:article/a#e0, to: Ora Lind"], "'Ora Lind' is no place"),
        (["split: id:article/a#m0, apart: [id:article/a#m0]"], "stands for what stays, and is set apart too"),
    ],
)  # fmt: skip
def test_contradictions_are_refused_with_the_line(entries: list[str], message: str) -> None:
    with pytest.raises(DataError, match=message) as raised:
        corrected(two_spellings(), *entries, links=entry)
    assert "fix.yaml, line " in str(raised.value)
    assert "\n" not in str(raised.value)


ENTITY_MENTIONS = [f"id:article/{article_}#m{number}" for article_ in "abc" for number in (0, 1, 2)]
ACCOUNTS = ["id:article/a#e0", "id:article/a#e1", "id:article/b#e0", "id:article/b#e1", "id:article/c#e0"]


@st.composite
def entries(draw: st.DrawFn) -> str:
    among = draw(st.sampled_from([ENTITY_MENTIONS, ACCOUNTS]))
    one, *others = draw(st.lists(st.sampled_from(among), min_size=2, max_size=3, unique=True))
    listed = ", ".join(f"'{each}'" for each in others)
    return draw(
        st.sampled_from([f"same: ['{one}', {listed}]", f"split: '{one}', apart: [{listed}]"])
        if among is ENTITY_MENTIONS
        else st.sampled_from(
            [f"same: ['{one}', {listed}]", f"split: '{one}', apart: [{listed}]", f"untrue: '{one}'"]
        )
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(entries(), min_size=1, max_size=4, unique=True), st.randoms(use_true_random=False))
def test_whatever_is_corrected_everything_is_somewhere_once(told: list[str], random: Any) -> None:
    plain = reduce(two_spellings(), rules=RULES)
    try:
        found = corrected(two_spellings(), *told)
    except DataError as error:
        assert str(error).startswith("fix.yaml, line ")
        return
    again, digests = list(told), two_spellings()
    random.shuffle(again)
    random.shuffle(digests)
    shuffled = corrected(digests, *again)
    assert shuffled.entities == found.entities and shuffled.events == found.events
    assert sorted(ref for entity in found.entities for ref in entity.mentions) == sorted(
        ref for entity in plain.entities for ref in entity.mentions
    )
    assert len({entity.id for entity in found.entities}) == len(found.entities)
    gone = {ref for each in found.corrections if "did not happen" in each.label for ref in each.mentions}
    told_of = [ref for event in found.events for ref in event.mentions]
    assert sorted([*told_of, *gone]) == sorted(ref for event in plain.events for ref in event.mentions)
    known = {entity.id for entity in found.entities} | {event.id for event in found.events}
    for event in found.events:
        assert {*event.agents, *event.targets, *event.places, *event.about} <= known
    for each in found.corrections:
        assert known.issuperset(each.things)
    assert len(found.corrections) + len(found.unapplied) == len(told)
