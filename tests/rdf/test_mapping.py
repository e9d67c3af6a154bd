"""The quads of articles, entities and events, against the contract's terms and graphs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pytest
import sample
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, parse

from kg.errors import DataError, DocumentError
from kg.model import (
    AnnotatedDocument,
    Entity,
    PositionClaim,
    Reduction,
    ResolvedDocument,
    SourceDocument,
    Span,
)
from kg.ontology import load_ontology, ontology_turtle
from kg.rdf.mapping import article_quads, reduction_quads
from kg.rdf.provenance import GEONAMES_CREDIT, provenance_quads
from kg.rdf.settings import MappingSettings
from kg.vocabulary import KG, NIF, OWL, PREFIXES, RDF, XSD

SETTINGS = MappingSettings(model="a_model 1.2", program="9.9")
BASE = SETTINGS.base_iri
HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
FIRST = f"{BASE}article/first%20report.txt"


def everything() -> list[Quad]:
    """All quads of the sample."""
    reduction = sample.reduction()
    quads = [quad for report in sample.reports() for quad in article_quads(report, SETTINGS)]
    return [*quads, *reduction_quads(reduction, SETTINGS), *provenance_quads(reduction, SETTINGS)]


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.extend(everything())
    return store


def solutions(store: Store, select: str) -> Iterator[dict[str, str]]:
    """The values of each row of a query over the union, by the variables that `select` names, in order."""
    found = store.query(HEAD + select, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    names = list(dict.fromkeys(re.findall(r"\?(\w+)", select)))
    for row in found:
        yield {name: row[name].value for name in names}


def rows(store: Store, where: str) -> set[tuple[str, ...]]:
    """All that `where` binds, in the order of its variables; IRIs are cut to what follows their base."""
    return {
        tuple(value.removeprefix(BASE).removeprefix(KG.iri) for value in row.values())
        for row in solutions(store, f"SELECT * WHERE {{ {where} }}")
    }


def test_each_subject_stands_in_one_graph_and_no_node_is_blank() -> None:
    graphs = defaultdict(set)
    quads = everything()
    assert len(quads) == len(set(quads))
    for quad in quads:
        assert isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
        graphs[quad.subject.value].add(quad.graph_name.value)  # type: ignore[union-attr]
    assert {len(names) for names in graphs.values()} == {1}
    assert {name for names in graphs.values() for name in names} == {
        FIRST,
        f"{BASE}article/second",
        f"{BASE}graph/entities",
        f"{BASE}graph/events",
        f"{BASE}graph/provenance",
    }


def test_an_article_names_nothing_outside_itself() -> None:
    for quad in article_quads(sample.first_report(), SETTINGS):
        for term in (quad.subject, quad.object):
            if isinstance(term, NamedNode) and term.value.startswith(BASE):
                assert term.value == FIRST or term.value.startswith(f"{FIRST}#")


def test_every_term_that_is_written_is_declared() -> None:
    kinds = defaultdict(set)
    for quad in parse(path=ontology_turtle()):
        if quad.predicate.value == RDF.type and isinstance(quad.subject, NamedNode):
            kinds[quad.subject.value].add(quad.object.value)
    literal, iri = (
        {OWL.DatatypeProperty, OWL.AnnotationProperty},
        {OWL.ObjectProperty, OWL.AnnotationProperty},
    )
    for quad in everything():
        predicate = quad.predicate.value
        if predicate == RDF.type:
            assert isinstance(quad.object, NamedNode)
            assert OWL.Class in kinds[quad.object.value], quad.object
        elif not predicate.startswith((PREFIXES["rdfs"], PREFIXES["owl"])):
            assert kinds[predicate] & (literal if isinstance(quad.object, Literal) else iri), predicate


def test_every_type_is_written_with_those_above_it() -> None:
    types = defaultdict(set)
    for quad in everything():
        if quad.predicate.value == RDF.type and quad.object.value.startswith(KG.iri):  # type: ignore[union-attr]
            types[quad.subject].add(quad.object.value.removeprefix(KG.iri))  # type: ignore[union-attr]
    for kinds in types.values():
        assert set.union(*(set(load_ontology().superclasses(kind)) for kind in kinds)) == kinds


def test_numbers_are_integers_and_decimals() -> None:
    datatypes = defaultdict(set)
    for quad in everything():
        if isinstance(quad.object, Literal):
            datatypes[quad.predicate.value].add(quad.object.datatype.value)
    assert datatypes[NIF.beginIndex] == datatypes[NIF.endIndex] == datatypes[KG.killed] == {XSD.integer}
    assert datatypes[KG.confidence] == {XSD.decimal}
    assert datatypes[KG.startDate] == {XSD.date, XSD.gYearMonth}
    assert datatypes[KG.former] == {XSD.boolean}


def test_evidence_stands_where_it_says(store: Store) -> None:
    texts = {FIRST: sample.FIRST_TEXT, f"{BASE}article/second": sample.SECOND_TEXT}
    found = list(
        solutions(
            store,
            "SELECT * WHERE { ?m kg:inArticle ?a ; nif:beginIndex ?b ; nif:endIndex ?e ;"
            " nif:anchorOf ?t ; kg:sentence ?s }",
        )
    )
    assert len(found) == 23 + 2  # those of the sample, and two that show the post
    assert {row["a"] for row in found} == set(texts)
    for row in found:
        text = texts[row["a"]]
        assert text[int(row["b"]) : int(row["e"])] == row["t"]
        assert row["t"] in row["s"] and row["s"] in text


def test_an_account_ties_mentions_and_an_event_ties_entities(store: Store) -> None:
    account = "<article/first%20report.txt#e3>".replace("<", f"<{BASE}")
    assert rows(
        store, f"{account} kg:agentMention ?a ; kg:targetMention ?t ; kg:sourceMention ?s ; kg:status ?c"
    ) == {
        (
            "article/first%20report.txt#m5",
            "article/first%20report.txt#m6",
            "article/first%20report.txt#m3",
            "Claimed",
        )
    }
    assert rows(store, f"{account} kg:killed ?n ; kg:casualtyText ?t ; kg:confidence ?c") == {
        ("12", "12", "0.75")
    }
    assert rows(
        store, "?v a kg:Capture ; kg:hasAgent ?a ; kg:hasPlace ?p ; kg:accordingTo ?s ; kg:datedBy ?d"
    ) == {
        (
            "event/capture-kidal",
            "organization/sahel-front",
            "geonames/2455290",
            "group/residents",
            "article/first%20report.txt#t1",
        )
    }
    assert rows(store, "?v a kg:Movement ; kg:hasOrigin ?o ; kg:hasDestination ?d") == {
        ("event/movement", "geonames/2455290", "place/gao")
    }
    assert rows(store, "?s kg:about ?e . ?e a kg:Event") == {
        ("event/denial", "event/capture-kidal"),
        ("event/statement", "event/killing"),
    }


def test_places_have_coordinates_and_their_geonames_feature(store: Store) -> None:
    assert rows(store, "?p owl:sameAs ?f ; wgs84:lat ?a ; wgs84:long ?o ; geo:hasGeometry/geo:asWKT ?w") == {
        (
            "geonames/2455290",
            "https://sws.geonames.org/2455290/",
            "18.44111",
            "1.40778",
            "POINT(1.40778 18.44111)",
        ),
        ("geonames/2453866", "https://sws.geonames.org/2453866/", "18", "-2", "POINT(-2 18)"),
    }


def test_a_label_is_no_other_name_too(store: Store) -> None:
    assert rows(store, "?e skos:altLabel ?n") == {
        ("geonames/2455290", "Kidalle"),
        ("organization/army", "army"),
        ("organization/sahel-front", "The Front"),
    }


def test_a_post_has_mentions_of_its_own(store: Store) -> None:
    assert rows(
        store, "?h kg:holdsPosition ?p . ?p rdfs:label ?t ; kg:positionAt ?b ; kg:asOf ?d ; kg:former ?f"
    ) == {
        (
            "person/amadou-toure",
            "position/amadou-toure-spokesman-army",
            "spokesman",
            "organization/army",
            "2012-03-04",
            "false",
        )
    }
    assert rows(store, "?p a kg:Position ; kg:hasMention ?m . ?m a kg:EntityMention") == set()
    article = "article/first%20report.txt"
    assert rows(
        store, "?p a kg:Position ; kg:hasMention ?m . ?m kg:subjectMention ?s ; kg:objectMention ?o"
    ) == {
        (
            "position/amadou-toure-spokesman-army",
            f"{article}#post/{key}",
            f"{article}#m3",
            f"{article}#m4",
        )
        for key in ("m3", "m4")
    }


def test_no_mention_is_about_two_things(store: Store) -> None:
    assert rows(store, "?a kg:hasMention ?m . ?b kg:hasMention ?m FILTER(?a != ?b)") == set()


def test_a_relation_mention_names_its_property(store: Store) -> None:
    assert rows(store, "?m kg:relation ?p FILTER(?p != kg:holdsPosition)") == {
        ("article/first%20report.txt#r1", "locatedIn")
    }


def test_provenance_says_what_made_it_and_credits_the_places(store: Store) -> None:
    assert rows(store, "?d prov:wasAttributedTo ?t . ?t schema:softwareVersion ?v") == {
        ("dataset", "tool/newskg/9.9", "9.9"),
        ("dataset", "tool/a_model/1.2", "1.2"),
    }
    assert rows(store, "?d dcterms:rights ?c") == {("dataset", GEONAMES_CREDIT)}
    version = load_ontology().version
    assert rows(store, "?d dcterms:conformsTo ?o") == {("dataset", f"{KG.iri[:-1]}/{version}")}
    assert not any(GEONAMES_CREDIT in str(quad) for quad in provenance_quads(Reduction(), SETTINGS))


def test_the_article_says_what_is_known_of_it(store: Store) -> None:
    assert rows(
        store,
        "?a dcterms:title ?t ; dcterms:source ?s ; schema:publisher ?p ;"
        " dcterms:issued ?d ; dcterms:identifier ?i",
    ) == {
        (
            "article/first%20report.txt",
            "Kidal falls",
            "https://news.example.org/a%20report?x=1",
            "The Example",
            "2012-03-04",
            "first report.txt",
        )
    }


def test_the_text_only_on_request() -> None:
    def texts(settings: MappingSettings) -> list[str]:
        quads = article_quads(sample.second_report(), settings)
        return [quad.object.value for quad in quads if quad.predicate.value == NIF.isString]  # type: ignore[union-attr]

    assert texts(SETTINGS) == []
    assert texts(replace(SETTINGS, keep_text=True)) == [sample.SECOND_TEXT]


def test_another_base() -> None:
    settings = replace(SETTINGS, base_iri="http://example.org/kg#")
    subjects = {quad.subject.value for quad in article_quads(sample.second_report(), settings)}  # type: ignore[union-attr]
    assert "http://example.org/kg#article/second/m1" in subjects


def changed(**changes: object) -> ResolvedDocument:
    """The second report with its annotations changed."""
    return ResolvedDocument(annotated=replace(sample.second_report().annotated, **changes))  # type: ignore[arg-type]


def test_the_evidence_of_a_mention_that_runs_over_its_sentence_has_all_of_it() -> None:
    annotated = sample.second_report().annotated
    time, whole = annotated.times[0], annotated.sentences[annotated.times[0].sentence]
    cut = time.begin + 1
    sentences = [Span(begin=whole.begin, end=cut), Span(begin=cut, end=whole.end)]
    at = annotated.sentences.index(whole)
    shorter = changed(sentences=(*annotated.sentences[:at], *sentences, *annotated.sentences[at + 1 :]))
    said: dict[str, str] = {}
    for quad in article_quads(shorter, SETTINGS):
        if quad.predicate.value == KG.sentence:
            said[quad.subject.value.rpartition("#")[2]] = quad.object.value  # type: ignore[union-attr]
    assert said[time.key] == sample.SECOND_TEXT[whole.begin : whole.end]


@pytest.mark.parametrize(
    ("broken", "error", "message"),
    [
        (changed(sentences=()), DocumentError, "lies outside the text"),
        (changed(mentions=()), DocumentError, "names the mention 'm1', which the article lacks"),
        (
            changed(times=(replace(sample.second_report().annotated.times[0], key="m1"),)),
            DocumentError,
            "two of its mentions have one key",
        ),
        (
            changed(positions=(PositionClaim(holder=0, title="x", mentions=("m9",)),)),
            DocumentError,
            "names the mention 'm9'",
        ),
        (
            changed(events=(replace(sample.second_report().annotated.events[0], kind="Captur"),)),
            DataError,
            "no term 'Captur': did you mean 'Capture'",
        ),
        (
            changed(document=SourceDocument(id="x", text=sample.SECOND_TEXT, date="10 August")),
            DataError,
            "'10 August' is no date",
        ),
    ],
)
def test_what_cannot_be_is_refused(broken: ResolvedDocument, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        list(article_quads(broken, SETTINGS))


def test_a_class_or_property_that_is_none_is_refused() -> None:
    for entity, message in (
        (Entity(id="a", kind="Persn", label="a"), "no class 'Persn': did you mean 'Person'"),
        (Entity(id="a", kind="Person", label="a", relations=(("memberof", "b"),)), "did you mean 'memberOf'"),
    ):
        with pytest.raises(DataError, match=message):
            list(reduction_quads(Reduction(entities=(entity,)), SETTINGS))


def test_an_article_of_nothing() -> None:
    empty = ResolvedDocument(
        annotated=AnnotatedDocument(
            document=SourceDocument(id="e", text=""), sentences=(Span(begin=0, end=0),)
        )
    )
    assert [quad.predicate.value for quad in article_quads(empty, SETTINGS)] == [
        RDF.type,
        f"{PREFIXES['dcterms']}identifier",
    ]
