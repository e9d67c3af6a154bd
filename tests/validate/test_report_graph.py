"""A report as a graph: what `pyshacl` writes of the same, read as SHACL defines it."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from click.testing import CliRunner
from rdflib import RDF, SH, BNode, Graph, Literal
from rdflib.collection import Collection
from rdflib.term import Node

from kg.cli.validate import validate as command
from kg.validate.engines import own_shapes

INVALID = Path(__file__).parent / "invalid"
WORDED = (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.value, SH.resultMessage)


def path_of(graph: Graph, node: Node | None) -> str:
    """A property path as text: a sequence, or what a step of it says."""
    if node is None or not isinstance(node, BNode):
        return str(node)
    if (node, RDF.first, None) in graph:
        return " / ".join(path_of(graph, each) for each in Collection(graph, node))
    return " ".join(
        f"{predicate}({path_of(graph, value)})" for predicate, value in graph.predicate_objects(node)
    )


def results(graph: Graph) -> set[tuple[str, ...]]:
    """What each result says, its path included."""
    return {
        (
            *(str(graph.value(node, predicate)) for predicate in WORDED),
            path_of(graph, graph.value(node, SH.resultPath)),
        )
        for node in graph.subjects(RDF.type, SH.ValidationResult)
    }


@pytest.mark.parametrize(
    "rule", ["Killed", "Geometry", "PositionHolder", "MergedEvent", "DateOrder", "Target"]
)
def test_a_report_says_what_pyshacl_says(rule: str) -> None:
    file = INVALID / f"{rule}.ttl"
    done = CliRunner().invoke(command, [str(file), "--format", "ttl"], standalone_mode=False)
    assert done.return_value == 1
    ours = Graph().parse(data=done.stdout, format="turtle")
    _, theirs, _ = pyshacl.validate(Graph().parse(file), shacl_graph=Graph().parse(own_shapes()))
    assert isinstance(theirs, Graph)
    assert results(ours) == results(theirs)
    assert list(ours.objects(None, SH.conforms)) == [Literal(False)]
    again = CliRunner().invoke(command, [str(file), "--format", "ttl"], standalone_mode=False)
    assert again.stdout == done.stdout


def test_a_graph_that_conforms_has_a_report_too() -> None:
    file = INVALID.parent / "valid" / "Killed.ttl"
    done = CliRunner().invoke(command, [str(file), "--format", "ttl"], standalone_mode=False)
    ours = Graph().parse(data=done.stdout, format="turtle")
    assert done.return_value == 0
    assert list(ours.objects(None, SH.conforms)) == [Literal(True)]
