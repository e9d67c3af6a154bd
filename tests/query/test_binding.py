"""Parameters: what a user writes becomes a term, and never SPARQL."""

from __future__ import annotations

import ardan
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.errors import KgError, UsageError
from kg.query import tokens
from kg.query.binding import bind, check, fill, term
from kg.query.names import AmbiguousNameError, UnknownNameError, find, fold
from kg.query.prefixes import compact, expand
from kg.query.saved import Kind, Parameter, parse

GRAPH = ardan.Ardan()
ID = "https://w3id.org/newskg/id/"
ECHO = "SELECT ?x WHERE { VALUES ?x { UNDEF } }"
ONE_OF_EACH = [Parameter(name="x", kind=kind) for kind in Kind]
NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from("\"'\\{}<>#?:;. \n\r\tu0041"), st.characters(exclude_categories=["Cs"])
    )
)


def echoed(text: str) -> list[object]:
    rows = GRAPH.query(text)
    assert isinstance(rows, QuerySolutions)
    return [row["x"] for row in rows]


@given(NASTY)
def test_a_text_comes_back_as_it_was_given(text: str) -> None:
    written = fill(ECHO, {"x": [term(Parameter(name="x", kind=Kind.TEXT), text, GRAPH)]})
    assert echoed(written) == [Literal(text)]


@given(st.sampled_from(ONE_OF_EACH), NASTY)
def test_no_text_changes_the_query(parameter: Parameter, text: str) -> None:
    try:
        bound = term(parameter, text, GRAPH)
    except KgError as error:
        assert str(error).isprintable()
        return
    written = fill(ECHO, {"x": [bound]})
    before, after = tokens.tokens(ECHO), tokens.tokens(written)
    assert [token.text for token in before[:6]] == [token.text for token in after[:6]]
    assert [token.text for token in before[-2:]] == [token.text for token in after[-2:]]
    assert echoed(written) == [bound]


@pytest.mark.parametrize(
    "text",
    [
        "x } } INSERT DATA { <a:b> <a:b> <a:c> }",
        '" } UNION { ?s ?p ?o } #',
        "<http://a/> } UNION { ?s ?p ?o",
        "http://a/> } UNION { ?s ?p ?o } #",
        "kg:Capture } UNION { ?s ?p ?o",
        "kg:x> } #",
        "id:a\\u003E } #",
    ],
)
@pytest.mark.parametrize("kind", [Kind.AGENT, Kind.THING, Kind.CLASS, Kind.STATUS, Kind.DATE, Kind.INTEGER])
def test_what_is_meant_to_break_out_is_refused(kind: Kind, text: str) -> None:
    with pytest.raises(KgError):
        term(Parameter(name="x", kind=kind), text, GRAPH)


def test_every_slot_of_the_name_is_filled_and_no_other_text() -> None:
    text = (
        "SELECT * { VALUES ?x { UNDEF } # VALUES ?x { UNDEF }\n { VALUES ?x { UNDEF } } VALUES ?y { UNDEF } }"
    )
    assert fill(text, {"x": [Literal(1), NamedNode("http://a/b")]}) == text.replace(
        "VALUES ?x { UNDEF }",
        'VALUES ?x { "1"^^<http://www.w3.org/2001/XMLSchema#integer> <http://a/b> }',
    ).replace(
        '# VALUES ?x { "1"^^<http://www.w3.org/2001/XMLSchema#integer> <http://a/b> }',
        "# VALUES ?x { UNDEF }",
    )


@pytest.mark.parametrize(
    ("kind", "text", "bound"),
    [
        (Kind.ORGANIZATION, "northern league", NamedNode(ID + "organization/northern-league")),
        (Kind.AGENT, "The League", NamedNode(ID + "organization/northern-league")),
        (Kind.PERSON, "zoe ardan", NamedNode(ID + "person/zoe-ardan")),
        (Kind.PERSON, "Ardan", NamedNode(ID + "person/zoe-ardan")),
        (Kind.PLACE, "Ardan (Province)", NamedNode(ID + "geonames/2")),
        (Kind.PLACE, "Ardan (populated place)", NamedNode(ID + "geonames/3")),
        (Kind.PLACE, "id:geonames/2", NamedNode(ID + "geonames/2")),
        (Kind.PLACE, ID + "geonames/2", NamedNode(ID + "geonames/2")),
        (Kind.PLACE, f"<{ID}geonames/2>", NamedNode(ID + "geonames/2")),
        (Kind.EVENT, "bombing in port ardan", NamedNode(ID + "event/bombing")),
        (Kind.ARTICLE, "two", NamedNode(ID + "article/two")),
        (Kind.ENTITY, "Tellmouth", NamedNode(ID + "geonames/4")),
        (Kind.CLASS, "airstrike", NamedNode("https://w3id.org/newskg/ontology#Airstrike")),
        (Kind.CLASS, "kg:Attack", NamedNode("https://w3id.org/newskg/ontology#Attack")),
        (Kind.STATUS, "DENIED", NamedNode("https://w3id.org/newskg/ontology#Denied")),
        (Kind.DATE, "2031-02-28", Literal("2031-02-28")),
        (Kind.DATE, "2031-02", Literal("2031-02")),
        (Kind.DATE, "2031", Literal("2031")),
        (Kind.INTEGER, "-7", Literal(-7)),
        (Kind.TEXT, "id:geonames/2", Literal("id:geonames/2")),
        (Kind.TEXT, "", Literal("")),
    ],
)
def test_each_kind(kind: Kind, text: str, bound: NamedNode | Literal) -> None:
    assert term(Parameter(name="x", kind=kind), text, GRAPH) == bound


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (Kind.DATE, "2031-02-29", "x: '2031-02-29' is no date: write 2021-08-10, 2021-08 or 2021"),
        (Kind.DATE, "2031-13", "is no date"),
        (Kind.DATE, "yesterday", "is no date"),
        (Kind.DATE, "0000", "is no date"),
        (Kind.INTEGER, "two", "x: 'two' is no whole number"),
        (Kind.INTEGER, "2.0", "is no whole number"),
        (Kind.STATUS, "sure", "no status 'sure': one of Asserted, Claimed, Denied, Planned, Possible"),
        (Kind.CLASS, "Bombng", "no event class 'Bombng': did you mean Bombing"),
        (Kind.CLASS, "Person", "no event class 'Person'"),
        (Kind.AGENT, " ", "x: nothing is given"),
        (Kind.AGENT, "<a b>", "is no IRI"),
    ],
)
def test_what_is_not_of_its_kind_is_refused(kind: Kind, text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        term(Parameter(name="x", kind=kind), text, GRAPH)
    assert message in str(caught.value)


def test_a_name_that_fits_several_is_answered_with_the_choice() -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        find(GRAPH, "Ardan", Kind.PLACE, "place")
    assert [(one.label, one.kind, one.place) for one in caught.value.choices] == [
        ("Ardan", "Province", "Sorrel"),
        ("Port Ardan", "PopulatedPlace", "Ardan"),
    ]
    assert str(caught.value) == (
        "place: 'Ardan' is the name of 2: Ardan (Province, Sorrel) id:geonames/2; "
        "Port Ardan (PopulatedPlace, Ardan) id:geonames/3: choose one by its IRI, --param place=id:geonames/2"
    )


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        (
            "Nothern League",
            Kind.AGENT,
            "no agent called 'Nothern League' in the graph: did you mean North",
        ),
        ("Vant", Kind.PERSON, "did you mean Ilo Vant?"),
        (
            "Tellmouth",
            Kind.PERSON,
            "no person called 'Tellmouth' in the graph; there is Tellmouth (",
        ),
        ("Qqq", Kind.PLACE, "no place called 'Qqq' in the graph"),
    ],
)
def test_a_name_that_fits_nothing_is_answered_with_what_is_near(name: str, kind: Kind, message: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find(GRAPH, name, kind)
    assert message in str(caught.value)


def test_names_are_folded() -> None:
    assert fold("  The  Sár-e-Pol ") == "sar e pol"
    assert fold("The") == "the"
    assert fold("STRASSE") == fold("straße")


def test_a_parameter_that_the_query_lacks_or_needs() -> None:
    query = parse("# param who (agent, required): Whose.\nASK { VALUES ?who { UNDEF } }", "q")
    with pytest.raises(UsageError, match="q needs --param who=AGENT: Whose"):
        check(query, [])
    with pytest.raises(UsageError, match="q has no parameter 'hwo': did you mean 'who'"):
        bind(query, [("hwo", "x")], GRAPH)
    with pytest.raises(UsageError, match="it takes none"):
        check(parse("ASK { }", "q"), ["x"])
    assert len(bind(query, [("who", "League"), ("who", "troops")], GRAPH)["who"]) == 2


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("kg:Claimed", "https://w3id.org/newskg/ontology#Claimed"),
        ("https://a.example/b", "https://a.example/b"),
        ("<urn:x:y>", "urn:x:y"),
        ("urn:x:y", "urn:x:y"),
        ("Kunduz", None),
        ("Mr: Smith", None),
        ("unknown:thing", None),
        ("kg:", None),
    ],
)
def test_what_is_an_iri(text: str, iri: str | None) -> None:
    assert expand(text) == iri


@given(
    st.sampled_from(
        [ID + "geonames/2", "https://sws.geonames.org/3/", "http://www.w3.org/2001/XMLSchema#date"]
    )
)
def test_an_iri_written_short_means_the_same(iri: str) -> None:
    assert compact(iri) != iri
    assert expand(compact(iri)) == iri
