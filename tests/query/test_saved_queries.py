"""Every saved query: its header, its rows on a graph made by hand, and the same rows in another engine."""

from __future__ import annotations

import ardan
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib import Dataset
from rdflib.compare import to_isomorphic
from rdflib.query import Result

from kg.query import engine, tokens
from kg.query.binding import fill
from kg.query.results import Bindings, Graph, Term
from kg.query.saved import SavedQuery, saved_queries
from kg.resources import queries_dir

pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph).* is deprecated:DeprecationWarning"  # rdflib, of itself
)
QUERIES = saved_queries(queries_dir())
CASES = ardan.cases()
NAMED_IN_THE_ISSUE = {
    "captures",
    "timeline",
    "who_met_whom",
    "positions",
    "statements",
    "contested",
    "casualties",
    "events_at",
    "events_of",
    "evidence",
    "reports",
    "places",
    "people",
    "organisations",
    "network",
}


@pytest.fixture(scope="module")
def graph() -> ardan.Ardan:
    return ardan.Ardan()


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    dataset = Dataset(default_union=True)
    dataset.parse(data=ardan.DATA.read_text(encoding="utf-8"), format="trig")
    return dataset


def values(rows: list[tuple[Term | None, ...]]) -> list[tuple[str | None, ...]]:
    return [tuple(None if one is None else one.value for one in row) for row in rows]


def rows_of(result: Result) -> list[tuple[str | None, ...]]:
    names = result.vars or []
    return [
        tuple(None if (one := row.get(name)) is None else str(one) for name in names)
        for row in result.bindings
    ]


def test_all_that_were_asked_for_are_there() -> None:
    assert {query.name for query in QUERIES} >= NAMED_IN_THE_ISSUE
    assert len(QUERIES) >= 16


def test_each_has_a_case() -> None:
    assert {case.query for case in CASES} | {"network"} == {query.name for query in QUERIES}


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_the_header_is_complete(query: SavedQuery, graph: ardan.Ardan) -> None:
    assert query.summary.endswith((".", ")."))
    assert len(query.summary) <= 64
    assert all(one.text.endswith(".") for one in query.parameters)
    assert all(one.text.endswith(".") for one in query.columns)
    declared = {one.name for one in query.parameters}
    assert declared == {slot.name for slot in tokens.slots(query.text) if slot.free or slot.name in declared}
    answer = engine.run(graph, query.text, name=query.name)
    if isinstance(answer, Bindings):
        assert tuple(one.name for one in query.columns) == answer.variables
        assert any(not one.detail for one in query.columns)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_it_asks_nobody_else_and_is_ascii_which_every_store_reads_alike(query: SavedQuery) -> None:
    assert not tokens.calls_service(query.text)
    assert query.text.isascii()


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_rows_come_in_an_order_of_their_own(query: SavedQuery) -> None:
    assert (query.form == "CONSTRUCT") != ("ORDER BY" in query.text)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rows(case: ardan.Case, graph: ardan.Ardan) -> None:
    query, text = ardan.text_of(case, graph)
    answer = engine.run(graph, text)
    assert isinstance(answer, Bindings)
    assert ardan.readable(query, answer) == case.rows


@pytest.mark.parametrize("case", {case.query: case for case in CASES if case.params}.values(), ids=str)
def test_rdflib_gives_the_same_rows_in_the_same_order(
    case: ardan.Case, graph: ardan.Ardan, dataset: Dataset
) -> None:
    _, text = ardan.text_of(case, graph)
    answer = engine.run(graph, text)
    assert isinstance(answer, Bindings)
    assert values(list(answer.rows)) == rows_of(dataset.query(text))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_rdflib_gives_the_same_with_no_parameter_given(
    query: SavedQuery, graph: ardan.Ardan, dataset: Dataset
) -> None:
    answer = engine.run(graph, query.text)
    theirs = dataset.query(query.text)
    if isinstance(answer, Bindings):
        assert values(list(answer.rows)) == rows_of(theirs)
    else:
        assert isinstance(answer, Graph)
        ours = rdflib.Graph()
        ours.parse(data="".join(f"{one} .\n" for one in answer.triples), format="nt")
        assert theirs.graph is not None
        assert to_isomorphic(ours) == to_isomorphic(theirs.graph)


def test_the_network_is_a_graph(graph: ardan.Ardan) -> None:
    query = next(one for one in QUERIES if one.name == "network")
    answer = engine.run(graph, query.text)
    assert isinstance(answer, Graph)
    expected = parse(path=str(ardan.ROWS / "network.ttl"), format=RdfFormat.TURTLE)
    assert set(answer.triples) == {quad.triple for quad in expected}


RIVALS = """
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix l: <https://w3id.org/newskg/id/geonames/> .
@prefix x: <https://w3id.org/newskg/id/event/> .
x:a a kg:Event, kg:Capture ; kg:hasPlace l:4 ;
    kg:hasAgent x:guard ; kg:status kg:Asserted ; kg:hasMention x:a1 .
x:a1 a kg:Mention, kg:EventMention ; kg:inArticle x:p ; kg:status kg:Asserted ; kg:startDate "2031-06" .
x:b a kg:Event, kg:Capture ; kg:hasPlace l:4 ;
    kg:hasAgent x:navy ; kg:status kg:Claimed ; kg:hasMention x:b1 .
x:b1 a kg:Mention, kg:EventMention ; kg:inArticle x:q ; kg:status kg:Claimed ; kg:startDate "2031-06-02" .
x:c a kg:Event, kg:Capture ; kg:hasPlace l:4 ;
    kg:hasAgent x:navy ; kg:status kg:Asserted ; kg:hasMention x:c1 .
x:c1 a kg:Mention, kg:EventMention ; kg:inArticle x:q ; kg:status kg:Asserted ;
    kg:startDate "2029-01" ; kg:endDate "2029-01" .
x:guard a kg:Agent, kg:Group ; rdfs:label "town guard" .
x:navy a kg:Agent, kg:Group ; rdfs:label "navy" .
"""


def test_a_place_that_two_are_said_to_have_taken_in_days_that_may_be_the_same_is_contested() -> None:
    graph = ardan.Ardan(RIVALS)
    query, text = ardan.text_of(
        ardan.Case(query="contested", params=(("place", "Tellmouth"),), rows=()), graph
    )
    answer = engine.run(graph, text)
    assert isinstance(answer, Bindings)
    assert ardan.readable(query, answer)[1:] == (
        "Tellmouth | Capture | agent | town guard: Asserted | navy: Claimed",
    )


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ({"from": "2031-05-04"}, {"retake"}),
        ({"from": "2031-05-03"}, {"retake", "capture"}),
        ({"from": "2031-05"}, {"retake", "capture", "meeting"}),
        ({"from": "2031"}, {"retake", "capture", "meeting", "bombing"}),
        ({"from": "2032"}, set()),
        ({"to": "2031-04-15"}, {"retake", "bombing"}),
        ({"to": "2031"}, {"retake", "capture", "meeting", "bombing"}),
        ({"to": "2030-12-31"}, {"retake"}),
        ({"from": "2031-05-01", "to": "2031-05-01"}, {"retake", "meeting"}),
    ],
)
def test_dates_of_three_precisions_are_compared_cut_to_the_shorter(
    bounds: dict[str, str], found: set[str], graph: ardan.Ardan
) -> None:
    _, text = ardan.text_of(ardan.Case(query="timeline", params=tuple(bounds.items()), rows=()), graph)
    answer = engine.run(graph, text)
    assert isinstance(answer, Bindings)
    assert {str(row[0]).rpartition("/")[2].rstrip(">") for row in answer.rows} == found


def test_a_parameter_given_twice_takes_either(graph: ardan.Ardan) -> None:
    case = ardan.Case(query="captures", params=(("org", "League"), ("org", "troops")), rows=())
    _, text = ardan.text_of(case, graph)
    answer = engine.run(graph, text)
    assert isinstance(answer, Bindings)
    assert len(list(answer.rows)) == 2


def test_filling_in_nothing_changes_nothing() -> None:
    assert all(fill(query.text, {}) == query.text for query in QUERIES)
