from __future__ import annotations

import ardan
import pytest

from kg.errors import UsageError
from kg.query.engine import run
from kg.query.results import Bindings, Boolean, Graph

GRAPH = ardan.Ardan()
ALL = "SELECT ?s WHERE { ?s ?p ?o }"


def test_the_three_kinds_of_answer() -> None:
    assert run(GRAPH, "ASK { }") == Boolean(value=True)
    rows = run(GRAPH, "SELECT ?a (1 AS ?b) WHERE { }")
    assert isinstance(rows, Bindings)
    assert rows.variables == ("a", "b")
    assert [row[0] for row in rows.rows] == [None]
    graph = run(GRAPH, "CONSTRUCT WHERE { ?s ?p ?o }", limit=3)
    assert isinstance(graph, Graph)
    assert len(list(graph.triples)) == 3


@pytest.mark.parametrize(("limit", "count"), [(0, 0), (5, 5), (None, len(GRAPH.store))])
def test_no_more_rows_than_the_limit(limit: int | None, count: int) -> None:
    answer = run(GRAPH, ALL, limit=limit)
    assert isinstance(answer, Bindings)
    assert len(list(answer.rows)) == count


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "SELECT ?s\nWHERE { ?s a kg:Event }",
            "q, line 2, column 14: the prefix kg: is not declared: begin",
        ),
        ("SELECT ?s WHERE { ?s ?p ?o } ORDER ?s", "q, line 1, column 38: no SPARQL near '?p ?o } ORDER ?s'"),
        ("SELECT ?s WHERE {\n ?s ?p\n", "q, line 3, column 1: no SPARQL before this line"),
        ("SELECT ?s (COUNT(?p) AS ?n) { ?s ?p ?o }", "contains a variable that is unbound"),
    ],
)
def test_a_syntax_error_names_line_and_column(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        run(GRAPH, text, name="q")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("text", ["LOAD <http://a/>", "INSERT DATA { <a:b> <a:b> <a:b> }", "CLEAR ALL"])
def test_updates_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="q: only queries are run"):
        run(GRAPH, text, name="q")


def test_other_servers_are_asked_only_when_that_is_allowed() -> None:
    text = "SELECT ?s WHERE { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }"
    with pytest.raises(UsageError, match="SERVICE asks another server: allow it with --allow-service"):
        run(GRAPH, text)
    assert isinstance(run(GRAPH, text, services=True), Bindings)
