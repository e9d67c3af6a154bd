"""One contract for all backends: a file, a store folder, Oxigraph server, Fuseki and Virtuoso.

What was put in comes out, and every saved query has its rows: as sets, terms in canonical form.
"""

from __future__ import annotations

import io

import ardan
import hard_terms
import pytest
from answers import rows, triples_of
from pyoxigraph import Literal, QueryBoolean, QuerySolutions, QueryTriples

from kg.query import engine
from kg.query.results import Bindings
from kg.query.saved import SavedQuery, saved_queries
from kg.resources import queries_dir
from kg.store.memory import MemoryStore
from kg.store.protocol import Store
from kg.store.remote import RemoteStore

pytest_plugins = ("server_fixtures",)
QUERIES = saved_queries(queries_dir())
CASES = ardan.cases()
BREAKING = ('" } } ; DROP ALL #', "'); --", "?s", "\\u0022 }", "\n} #", "\\")


def solutions(store: Store, text: str) -> QuerySolutions:
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    return found


def test_every_triple_comes_back_as_it_went(store: Store, memory: MemoryStore) -> None:
    assert len(store) == len(memory)
    assert triples_of(store) == triples_of(memory)


def test_each_graph_on_its_own(store: Store, memory: MemoryStore) -> None:
    found = list(store.graphs())
    if len(found) > 1:  # a store folder has taken the file into one graph
        assert found == list(memory.graphs())
    counts = []
    for graph in found:
        stream = io.BytesIO()
        store.dump(stream, graph=graph)
        counts.append(len(stream.getvalue().splitlines()))
    assert sum(counts) == len(memory)


@pytest.mark.parametrize("at", range(len(hard_terms.quads())))
def test_hard_terms_in_rows_and_in_conditions(store: Store, at: int) -> None:
    quad = hard_terms.quads()[at]
    assert isinstance(quad.object, Literal)
    (row,) = list(solutions(store, f"SELECT ?o WHERE {{ ?s {quad.predicate} ?o }}"))
    assert row["o"] == quad.object
    if len(quad.object.value) > 1_000 or (
        isinstance(store, RemoteStore)
        and store.client.server.startswith("Virtuoso")
        and quad.object.value.startswith("POINT")
    ):
        return  # Virtuoso refuses a geometry in a condition
    found = list(solutions(store, f"SELECT ?p WHERE {{ ?s ?p {quad.object} }}"))
    assert quad.predicate in [one["p"] for one in found]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rows_of_each_case(store: Store, case: ardan.Case) -> None:
    query, text = ardan.text_of(case, store)
    answer = engine.run(store, text)
    assert isinstance(answer, Bindings)
    head, *found = ardan.readable(query, answer)
    assert (head, sorted(set(found))) == (case.rows[0], sorted(set(case.rows[1:])))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_rows_without_parameters(store: Store, memory: MemoryStore, query: SavedQuery) -> None:
    assert rows(engine.run(store, query.text)) == rows(engine.run(memory, query.text))


def test_ask_is_a_truth(store: Store) -> None:
    for text, truth in (("ASK { ?s ?p 24 }", True), ("ASK { ?s ?p <urn:x-nothing> }", False)):
        answer = store.query(text)
        assert isinstance(answer, QueryBoolean)
        assert bool(answer) is truth


def test_triples_are_a_graph(store: Store, memory: MemoryStore) -> None:
    text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a ?any ; ?p ?o }"
    found, known = store.query(text), memory.query(text)
    assert isinstance(found, QueryTriples)
    assert isinstance(known, QueryTriples)
    assert set(found) == set(known)


def test_all_of_it_is_the_default_graph_and_nothing_else(store: Store, memory: MemoryStore) -> None:
    text = "SELECT DISTINCT ?s ?p WHERE { ?s ?p ?o }"
    assert rows(engine.run(store, text)) == rows(engine.run(memory, text))


def test_graphs_can_still_be_named(store: Store) -> None:
    graphs = [row["g"].value for row in solutions(store, 'SELECT ?g WHERE { GRAPH ?g { ?s ?p "Farbe"@de } }')]
    assert len(graphs) == 1
    assert graphs[0] in list(store.graphs())
    text = f'SELECT ?o WHERE {{ ?s ?p "Farbe"@de . GRAPH <{graphs[0]}> {{ ?s ?q ?o }} }}'
    assert len(list(solutions(store, text))) == len(hard_terms.quads())


def test_what_is_no_sparql_is_the_same_error_everywhere(store: Store, memory: MemoryStore) -> None:
    said = []
    for one in (store, memory):
        with pytest.raises(SyntaxError) as caught:
            one.query("SELECT ?x WHERE { ?x }")
        said.append(str(caught.value))
    assert said[0] == said[1]


@pytest.mark.parametrize("text", [*hard_terms.TEXTS[:4], *BREAKING])
def test_a_parameter_never_changes_the_query(store: Store, memory: MemoryStore, text: str) -> None:
    case = ardan.Case(query="articles", params=(("text", text),), rows=())
    _, filled = ardan.text_of(case, store)
    assert rows(engine.run(store, filled)) == rows(engine.run(memory, filled)) == frozenset()
    assert len(store) == len(memory)
