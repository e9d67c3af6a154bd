from __future__ import annotations

import doctest
import io
from decimal import Decimal
from pathlib import Path

import ardan
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import ResourceError, UsageError
from kg.model import Status
from kg.rdf import narrowing as narrowing_module
from kg.rdf.narrowed import narrowed
from kg.rdf.narrowing import Narrowing
from kg.rdf.sorting import lines_of
from kg.vocabulary import DCTERMS, KG, NIF, PREFIXES, RDF

ID = "https://w3id.org/newskg/id/"
ALL = tuple(parse(path=str(ardan.DATA), format=RdfFormat.TRIG))
TYPE, EVENT = NamedNode(RDF.type), NamedNode(KG.Event)
EVENTS = {"bombing", "capture", "denied", "left", "meeting", "retake", "said", "told"}


def rest(narrowing: Narrowing, quads: tuple[Quad, ...] = ALL) -> list[Quad]:
    out = io.BytesIO()
    with narrowed(lines_of(quads), narrowing) as feed:
        feed(out)
    return list(parse(out.getvalue(), RdfFormat.N_QUADS))


def of_class(quads: list[Quad], kind: str) -> set[str]:
    """The last steps of the IRIs of all that is of a class."""
    found = {quad.subject for quad in quads if quad.predicate == TYPE and quad.object == NamedNode(kind)}
    return {str(each)[1:-1].removeprefix(ID).partition("/")[2] for each in found}


def events(**narrowing: object) -> set[str]:
    return of_class(rest(Narrowing(**narrowing)), KG.Event)  # type: ignore[arg-type]


def test_nothing_narrowed_is_the_whole() -> None:
    assert not Narrowing()
    assert set(rest(Narrowing())) == set(ALL)


def test_a_class_with_those_below_it() -> None:
    assert events(classes=("attack",)) == {"bombing"}
    assert events(classes=("Statement", "kg:Meeting")) == {"said", "told", "denied", "meeting"}


def test_an_event_brings_what_it_rests_on_and_no_more() -> None:
    left = rest(Narrowing(classes=("Meeting",)))
    assert of_class(left, KG.Person) == {"ilo-vant", "zoe-ardan"}
    assert of_class(left, KG.Place) == {"1", "4"}, "where it was, and the country around"
    assert of_class(left, KG.Organization) >= {"northern-league"}, "what one of them belongs to"
    assert of_class(left, KG.Article) == {"one", "two"}
    assert of_class(left, KG.EventMention) == {"two#e3"}
    assert "two#m4" in of_class(left, KG.Mention)
    assert "two#m3" not in of_class(left, KG.Mention)


def test_entities_of_a_class_without_events() -> None:
    left = rest(Narrowing(classes=("Person",)))
    assert of_class(left, KG.Person) == {"ilo-vant", "zoe-ardan"}
    assert of_class(left, KG.Event) == set()
    assert of_class(left, KG.Position) == {"vant", "ardan-1", "ardan-2"}
    assert "one#r1" in of_class(left, KG.RelationMention), "the evidence of a tie"


@pytest.mark.parametrize(
    ("since", "gone"),
    [
        ("2031-04", set()),
        ("2031", set()),
        ("2031-05", {"bombing"}),
        ("2031-05-02", {"bombing", "meeting"}),
        ("2031-05-03", {"bombing", "meeting"}),
        ("2031-05-04", {"bombing", "meeting", "capture"}),
        ("2031-05-05", {"bombing", "meeting", "capture", "said", "told"}),
        ("2031-06", EVENTS - {"retake"}),
        ("2032", EVENTS),
    ],
)
def test_since(since: str, gone: set[str]) -> None:
    """Dated ones by their last day, undated ones by the articles."""
    assert events(since=since) == EVENTS - gone


def test_since_takes_the_older_articles_of_what_stays() -> None:
    left = rest(Narrowing(since="2031-06"))
    assert of_class(left, KG.Article) == {"two"}
    assert of_class(left, KG.EventMention) == {"two#e6"}


def test_graphs_of_articles() -> None:
    left = rest(Narrowing(graphs=(f"{ID}article/one",)))
    assert of_class(left, KG.Article) == {"one"}
    assert of_class(left, KG.Event) == {"capture", "said", "told", "bombing"}
    assert all(str(quad.graph_name) != f"<{ID}article/two>" for quad in left)
    mentions = {str(quad.object) for quad in left if quad.predicate == NamedNode(KG.hasMention)}
    assert all("article/one#" in mention for mention in mentions)
    whole = {quad for quad in ALL if quad.graph_name == NamedNode(f"{ID}article/one")}
    assert whole <= set(left)


def test_the_graph_of_events_brings_all_that_events_rest_on() -> None:
    left = rest(Narrowing(graphs=(f"{ID}graph/events",)))
    assert of_class(left, KG.Event) == EVENTS
    assert "harbour-post" in of_class(left, KG.Organization)
    assert "one#m2" in of_class(left, KG.Mention)


def test_a_graph_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="no graph <x:y> there"):
        rest(Narrowing(graphs=("x:y",)))


def test_confidence_and_status() -> None:
    assert events(min_confidence=Decimal("0.9")) == {"capture", "said", "told", "denied", "meeting", "left"}
    assert events(statuses=(Status.PLANNED, Status.CLAIMED)) == {"retake", "capture"}
    left = rest(Narrowing(min_confidence=Decimal("0.9")))
    assert "one#e4" not in of_class(left, KG.EventMention), "an account of an event that goes"
    assert "one#t2" in of_class(left, KG.TimeMention)
    assert of_class(left, KG.Article) == {"one", "two"}


def test_what_a_statement_is_about_goes_where_that_goes() -> None:
    left = rest(Narrowing(classes=("Statement",)))
    assert not [quad for quad in left if quad.predicate == NamedNode(KG.about)]


def test_without_wording_names_and_figures_stay() -> None:
    left = rest(Narrowing(wording=False))
    lost = {quad.predicate.value for quad in set(ALL) - set(left)}
    assert lost == {KG.sentence, KG.quotation, KG.casualtyText, DCTERMS.title, NIF.anchorOf}
    anchors = {
        quad.object.value
        for quad in left
        if quad.predicate == NamedNode(NIF.anchorOf) and isinstance(quad.object, Literal)
    }
    assert {"Port Ardan", "Ilo Vant"} <= anchors
    assert not anchors & {"captured", "he", "Saturday", "Troops", "its spokesman Ilo Vant"}
    text = "\n".join(quad.object.value for quad in left if isinstance(quad.object, Literal))
    words = {quad.object.value for quad in ALL if quad.predicate == NamedNode(KG.sentence)}
    assert not [sentence for sentence in words if sentence in text]


def test_a_text_of_a_mention_that_we_do_not_know_is_wording() -> None:
    article = NamedNode(f"{ID}article/one")
    new = tuple(
        Quad(article, NamedNode(f"x:{number}"), value, article)
        for number, value in enumerate(
            (
                Literal('a "^^<http://www.w3.org/2001/XMLSchema#integer>'),
                Literal("words", language="en"),
                Literal(1),
                Literal(
                    "<p>words</p>", datatype=NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML")
                ),
            )
        )
    )
    elsewhere = Quad(
        NamedNode("x:context"), NamedNode(NIF.isString), Literal("all of it"), NamedNode("x:graph")
    )
    assert elsewhere not in rest(Narrowing(wording=False), (*ALL, elsewhere))
    assert set(new) & set(rest(Narrowing(wording=False), ALL + new)) == {new[2]}


def test_what_is_no_thing_stays_unless_it_speaks_of_what_goes() -> None:
    graph, p = NamedNode(f"{ID}graph/provenance"), NamedNode("x:p")
    credit = Quad(NamedNode("x:dataset"), p, Literal("thanks"), graph)
    other = Quad(NamedNode("x:other"), p, Literal("x"), NamedNode("x:graph"))
    speaks = Quad(NamedNode("x:speaks"), p, NamedNode(f"{ID}event/left"), NamedNode("x:graph"))
    told = Quad(NamedNode("x:speaks"), p, Literal("of it"), NamedNode("x:graph"))
    more = (*ALL, credit, other, speaks, told)
    left = set(rest(Narrowing(classes=("Meeting",)), more))
    assert {credit, other} <= left and not {speaks, told} & left
    left = set(rest(Narrowing(graphs=(f"{ID}article/one",)), more))
    assert credit in left and not {other, speaks, told} & left


CHOICES = st.builds(
    Narrowing,
    graphs=st.lists(
        st.sampled_from(
            [f"{ID}{name}" for name in ("article/one", "article/two", "graph/events", "graph/entities")]
        ),
        max_size=2,
    ).map(tuple),
    since=st.sampled_from([None, "2031", "2031-05", "2031-05-03", "2031-05-05"]),
    classes=st.lists(
        st.sampled_from(["Event", "Capture", "Statement", "Person", "Place", "Agent"]), max_size=2
    ).map(tuple),
    statuses=st.lists(st.sampled_from(list(Status)), max_size=2).map(tuple),
    min_confidence=st.sampled_from([None, Decimal("0.8"), Decimal(1)]),
    wording=st.booleans(),
)


@given(CHOICES, st.randoms(use_true_random=False))
def test_no_loose_ends_and_no_order(narrowing: Narrowing, shuffled: object) -> None:
    left = rest(narrowing)
    subjects, before = {quad.subject for quad in left}, {quad.subject for quad in ALL}
    assert not [quad for quad in left if quad.object in before and quad.object not in subjects]
    assert set(left) <= set(ALL)
    again = list(ALL)
    shuffled.shuffle(again)  # type: ignore[attr-defined]
    assert set(rest(narrowing, tuple(again))) == set(left)
    told = {quad.subject for quad in left if quad.predicate == NamedNode(KG.hasMention)}
    assert {quad.subject for quad in left if quad.object == EVENT} <= told


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"since": "May"}, "'May' is no date"),
        ({"since": "2031-02-30"}, "no date"),
        ({"classes": ("Captur",)}, "no class of events or entities 'Captur': did you mean Capture?"),
        ({"classes": ("Mention",)}, "no class of events or entities"),
        ({"min_confidence": Decimal("1.1")}, "cannot be: give one from 0 to 1"),
        ({"min_confidence": Decimal("nan")}, "cannot be: give one from 0 to 1"),
    ],
)
def test_what_cannot_be_asked(options: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        Narrowing(**options)  # type: ignore[arg-type]
    assert message in str(caught.value)


def test_a_full_disk_is_said(tmp_path: Path) -> None:

    with pytest.raises(ResourceError), narrowed(lines_of(ALL), Narrowing(since="2031"), tmp_path / "none"):
        pass


def test_the_examples_are_run() -> None:
    assert PREFIXES["kg"] == KG.iri
    result = doctest.testmod(narrowing_module)
    assert result.attempted and not result.failed
