"""What triples rest on: on the invented war, property by property; on a real build, at random."""

from __future__ import annotations

import random
from pathlib import Path

import ardan
import pytest
from pyoxigraph import NamedNode

from kg.build import build
from kg.config import BuildOptions
from kg.documents import read_documents
from kg.errors import DataError, KgError, UsageError
from kg.query.grounds import Ground, Quote, Reason, Rest
from kg.query.names import AmbiguousNameError, UnknownNameError
from kg.query.why import find_subject, why
from kg.store.opening import open_source

BASE = "https://w3id.org/newskg/id/"
REPORTS = Path(__file__).resolve().parents[2] / "data" / "reports"
DRAWN = 100


@pytest.fixture(scope="module")
def source() -> ardan.Ardan:
    return ardan.Ardan()


def reason(source: ardan.Ardan, subject: str, predicate: str, object_: str | None = None) -> Reason:
    """The only triple that fits."""
    (found,) = why(source, find_subject(source, subject), predicate, object_).reasons
    return found


def marks(quote: Quote) -> list[str]:
    return [f"{mark.role}: {mark.words}" for mark in quote.marks]


@pytest.mark.parametrize(
    ("subject", "predicate", "object_", "rests", "quoted"),
    [
        (
            "id:event/capture", "kg:hasAgent", "Northern League", ["text"],
            [["agent: Northern League", "trigger: captured"], ["agent: League", "trigger: captured"]],
        ),
        ("id:event/capture", "hasPlace", "id:geonames/3", ["text"],
         [["trigger: captured", "place: Port Ardan"], ["trigger: captured", "place: Ardan"]]),
        ("id:event/capture", "accordingTo", "Ilo Vant", ["text"],
         [["trigger: captured", "source: Ilo Vant"]]),
        ("id:event/capture", "status", "Claimed", ["text"], [["trigger: captured", "source: Ilo Vant"]]),
        ("id:event/capture", "startDate", None, ["text"],
         [["trigger: captured", "time: Saturday"], ["trigger: captured", "time: Saturday"]]),
        ("id:event/meeting", "startDate", "2031-05-01", ["text"], [["trigger: met"]]),
        ("id:event/bombing", "a", "Bombing", ["text"], [["trigger: blast"], ["trigger: bombing"]]),
        ("id:event/bombing", "rdf:type", "kg:Attack", ["ontology", "text"],
         [["trigger: blast"], ["trigger: bombing"]]),
        ("id:event/bombing", "label", None, ["program"], [["trigger: blast"], ["trigger: bombing"]]),
        ("id:event/bombing", "confidence", None, ["program"], [["trigger: blast"]]),
        ("id:event/said", "about", "id:event/capture", ["text"], [["told: captured", "trigger: said"]]),
        ("Port Ardan", "label", None, ["text"], [["mention: Port Ardan"], ["mention: Port Ardan"]]),
        ("Port Ardan", "sameAs", None, ["gazetteer"], None),
        ("Port Ardan", "lat", "11.125", ["gazetteer"], None),
        ("id:geonames/3/geometry", "asWKT", None, ["gazetteer"], None),
        ("id:geonames/1", "label", None, ["gazetteer"], []),
        ("Tellmouth", "locatedIn", "Sorrel", ["elsewhere"], []),
        ("Ilo Vant", "memberOf", None, ["text"],
         [["object: Northern League", "relation: its spokesman Ilo Vant", "subject: Ilo Vant"]]),
        ("Ilo Vant", "holdsPosition", "spokesman", ["text"], [["post: Ilo Vant"]]),
        ("id:position/vant", "asOf", "2031-05-04", ["text"], [["post: Ilo Vant"]]),
        ("id:organization/government", "label", None, ["elsewhere"], []),
        ("id:article/one#e1", "placeMention", None, ["text"], [["mention: captured", "place: Port Ardan"]]),
        ("id:article/one", "dcterms:issued", None, ["article"], []),
    ],
)  # fmt: skip
def test_what_each_property_rests_on(
    source: ardan.Ardan,
    subject: str,
    predicate: str,
    object_: str | None,
    rests: list[str],
    quoted: list[list[str]] | None,
) -> None:
    found = reason(source, subject, predicate, object_)
    assert [ground.rests_on for ground in found.grounds] == rests
    assert all(ground.note for ground in found.grounds)
    if quoted is not None:
        assert [marks(quote) for ground in found.grounds for quote in ground.quotes] == quoted


def test_the_sentence_has_its_place_and_its_article(source: ardan.Ardan) -> None:
    found = reason(source, "id:event/capture", "hasAgent")
    first, second = found.grounds[0].quotes
    assert (first.begin, first.end, first.article, first.issued) == (0, 81, "one", "2031-05-04")
    assert first.title == "League takes the port"
    assert first.sentence[first.marks[0].begin : first.marks[0].end] == "Northern League"
    assert second.article == "two"
    assert found.grounds[0].note == "2 of its 2 accounts say so (kg:agentMention)"


SENTENCE = "The war is the war."


def mentioned(*offsets: int, text: str | None = None) -> ardan.Ardan:
    """A place with a mention "war" at each of the offsets, all in the sentence `SENTENCE`."""
    mentions = "".join(
        f"<urn:m{at}> a kg:Mention ; kg:inArticle <urn:a> ; nif:beginIndex {at} ; nif:endIndex {at + 3} ;"
        f' nif:anchorOf "war" ; kg:sentence "{SENTENCE}" . <urn:p> kg:hasMention <urn:m{at}> .\n'
        for at in offsets
    )
    held = f'<urn:a> nif:isString "{text}" .' if text else ""
    return ardan.Ardan(
        "@prefix kg: <https://w3id.org/newskg/ontology#> ."
        "@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> ."
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        f'<urn:p> a kg:Place ; rdfs:label "War" . {mentions} {held}'
    )


@pytest.mark.parametrize(
    ("offsets", "text", "begin"),
    [
        ((104,), None, None),  # the first "war" of a sentence at 100, or the second of one at 89
        ((104, 115), None, 100),  # both together fit only the one
        ((104,), "x" * 100 + SENTENCE, 100),
        ((115,), "x" * 100 + SENTENCE, 100),
        ((104,), "another text", None),
    ],
)
def test_words_that_stand_twice_in_their_sentence(
    offsets: tuple[int, ...], text: str | None, begin: int | None
) -> None:
    (found,) = why(mentioned(*offsets, text=text), NamedNode("urn:p"), "label").reasons
    assert {quote.begin for ground in found.grounds for quote in ground.quotes} == {begin}


def test_what_follows_by_the_ontology_rests_on_what_it_follows_from(source: ardan.Ardan) -> None:
    source = ardan.Ardan(
        "@prefix kg: <https://w3id.org/newskg/ontology#> ."
        f"<{BASE}event/meeting> kg:hasParticipant <{BASE}person/zoe-ardan> ;"
        " <http://semanticweb.cs.vu.nl/2009/11/sem/hasActor> <urn:x> ."
    )
    found = reason(source, "id:event/meeting", "hasParticipant")
    assert [ground.rests_on for ground in found.grounds] == ["ontology", "text"]
    assert found.grounds[0].note == "kg:hasAgent is under kg:hasParticipant"
    actor = "http://semanticweb.cs.vu.nl/2009/11/sem/hasActor"
    assert reason(source, "id:event/meeting", f"<{actor}>").grounds == (
        Ground(rests_on=Rest.ELSEWHERE, note="no mention and no entry carries it"),
    )


def test_foreign_words_for_what_is_said_in_ours() -> None:
    source = ardan.Ardan(
        "@prefix gaf: <http://groundedannotationframework.org/gaf#> ."
        "@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> . @prefix org: <http://www.w3.org/ns/org#> ."
        f"<{BASE}event/meeting> a sem:Event ; sem:hasActor <{BASE}person/zoe-ardan> ;"
        f" gaf:denotedBy <{BASE}article/two#e3> . <{BASE}position/vant> org:heldBy <{BASE}person/ilo-vant> ."
    )
    for predicate, object_, note in (
        ("type", "sem:Event", "every kg:Meeting is a sem:Event"),
        ("sem:hasActor", None, "kg:hasAgent is under sem:hasActor"),
        ("gaf:denotedBy", None, "kg:hasMention is under gaf:denotedBy"),
    ):
        found = reason(source, "id:event/meeting", predicate, object_)
        assert found.grounds[0] == Ground(rests_on=Rest.ONTOLOGY, note=note)
        assert found.grounds[-1].rests_on is Rest.TEXT
        assert "met" in {mark.words for mark in found.grounds[-1].quotes[0].marks}
    held = reason(source, "id:position/vant", "org:heldBy")
    assert held.grounds[-1].quotes[0].article == "one"


def test_a_correction_is_named_where_it_settled_the_property() -> None:
    source = ardan.Ardan(
        "@prefix kg: <https://w3id.org/newskg/ontology#> . @prefix prov: <http://www.w3.org/ns/prov#> ."
        "@prefix dcterms: <http://purl.org/dc/terms/> ."
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        f"<{BASE}event/meeting> prov:wasInfluencedBy <urn:c> ."
        '<urn:c> a kg:Correction ; rdfs:label "it was on 2031-05-01" ; dcterms:description "the minutes" ;'
        " prov:wasAssociatedWith <urn:r> ; dcterms:subject kg:startDate, kg:endDate . "
        '<urn:r> a prov:Agent ; rdfs:label "A. Reader" .'
    )
    told = why(source, NamedNode(f"{BASE}event/meeting"), "startDate")
    (ground,) = told.reasons[0].grounds
    assert (ground.rests_on, ground.note) == (
        Rest.CORRECTION, "it was on 2031-05-01: A. Reader: the minutes",
    )  # fmt: skip
    assert [one.by for one in told.corrections] == ["A. Reader"]
    about = why(source, NamedNode(f"{BASE}event/meeting"), "hasAgent").reasons[0]
    assert [ground.rests_on for ground in about.grounds] == [Rest.TEXT]
    assert reason(source, "id:event/meeting", "prov:wasInfluencedBy").grounds[0].rests_on == Rest.CORRECTION
    assert reason(source, "<urn:c>", "label").grounds[0].rests_on == Rest.CORRECTION


def test_all_triples_of_a_subject_have_a_ground(source: ardan.Ardan) -> None:
    for subject in ("id:event/capture", "Port Ardan", "Ilo Vant", "id:position/vant", "id:article/one#m1"):
        told = why(source, find_subject(source, subject))
        assert len(told.reasons) > 4
        assert all(each.grounds for each in told.reasons)


@pytest.mark.parametrize(
    ("subject", "predicate", "object_", "message"),
    [
        ("id:event/none", None, None, "the graph says nothing of id:event/none"),
        ("id:event/capture", "hasAgnet", None, "did you mean kg:hasAgent"),
        ("id:event/capture", "kg:hasAgnet", None, "did you mean kg:hasAgent"),
        ("id:event/capture", "sings", None, "it has rdf:type, rdfs:label, kg:accordingTo"),
        (
            "id:event/capture",
            "hasAgent",
            "Ilo Vant",
            "no such triple with the object 'Ilo Vant': it has North",
        ),
    ],
)
def test_a_triple_that_is_not_there(
    source: ardan.Ardan, subject: str, predicate: str | None, object_: str | None, message: str
) -> None:
    with pytest.raises(DataError, match=message):
        why(source, find_subject(source, subject), predicate, object_)


@pytest.mark.parametrize(
    ("text", "error"),
    [(" ", UsageError), ("<a b>", UsageError), ("Nobody", UnknownNameError), ("Ardan", AmbiguousNameError)],
)
def test_what_names_no_subject(source: ardan.Ardan, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        find_subject(source, text)


@pytest.mark.model
@pytest.mark.parametrize("keep_text", [False, True])
def test_a_hundred_triples_of_a_real_build(tmp_path: Path, keep_text: bool) -> None:
    """Drawn at random: each is answered for, each sentence and each mention stands at its offsets."""
    graph = tmp_path / "graph.trig"
    build([REPORTS], graph, BuildOptions(keep_text=keep_text))
    failures: list[KgError] = []
    documents = read_documents([REPORTS], on_error=failures.append)
    article_texts = {document.id: document.text for document in documents}
    assert failures == []
    store = open_source(str(graph))
    rows = store.query(
        f"SELECT ?s ?p ?o WHERE {{ VALUES ?g {{ <{BASE}graph/entities> <{BASE}graph/events> }}"
        " GRAPH ?g { ?s ?p ?o } } ORDER BY ?s ?p ?o"
    )
    triples = [tuple(row) for row in rows]  # type: ignore[union-attr]
    drawn = random.Random(20230314).sample(triples, DRAWN)
    placed = rests = 0
    for subject, predicate, value in drawn:
        told = why(store, subject, predicate.value, value.value)
        assert told.reasons
        for each in told.reasons:
            assert each.grounds, (subject, predicate, value)
            for ground in each.grounds:
                rests += 1
                assert ground.rests_on is not Rest.ELSEWHERE, (subject, predicate, value)
                assert ground.note
                assert ground.quotes or ground.rests_on is not Rest.TEXT, (subject, predicate, value)
                for quote in ground.quotes:
                    text = article_texts[quote.article]
                    assert quote.sentence in text
                    assert quote.marks
                    if quote.begin is not None:
                        assert text[quote.begin : quote.end] == quote.sentence
                        placed += 1
                    for mark in quote.marks:
                        assert text[mark.begin : mark.end] == mark.words
                        assert quote.begin is None or quote.begin <= mark.begin < mark.end <= (quote.end or 0)
    assert placed > DRAWN
