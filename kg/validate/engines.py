"""The two SHACL engines: `shacl` (Rust), and `pyshacl`, fifty times slower, where that has no wheel.

A test holds their answers equal.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.errors import DataError, ResourceError
from kg.validate.report import Violation

if TYPE_CHECKING:
    from shacl import Shapes


class Engine(Protocol):
    """Checks a graph, N-Triples text, against a Turtle file of shapes.

    Raises `ResourceError` where the shapes cannot be read, `DataError` where they are wrong.
    """

    def __call__(self, triples: str, shapes: Path) -> list[Violation]: ...


def default_engine() -> Engine:
    """The fastest engine that is installed."""
    return with_shacl if find_spec("shacl") else with_pyshacl


def with_shacl(triples: str, shapes: Path) -> list[Violation]:
    """The check by `shacl`."""
    return [
        _violation(
            node=result.focus_node,
            rule=result.source_shape or result.component_iri,
            component=result.component,
            message=result.message,
            value=result.value,
        )
        for result in _compiled(shapes).validate_text(triples, format="ntriples").results
    ]


@cache
def _compiled(path: Path) -> Shapes:
    from shacl import Shapes

    try:
        compiled = Shapes.from_text(_text(path), format="turtle")
    except ValueError as error:
        raise DataError(f"{path}: the shapes are wrong: {error}") from None
    if not len(compiled):
        raise _none(path)
    return compiled


def with_pyshacl(triples: str, shapes: Path) -> list[Violation]:
    """The check by `pyshacl`, on a graph of rdflib."""
    import pyshacl
    from rdflib import RDF, SH, Graph, Literal

    data, rules = Graph(), Graph()
    data.parse(data=triples, format="nt")
    try:
        rules.parse(data=_text(shapes), format="turtle")
        if not any(rules.subjects(RDF.type, SH.NodeShape)):
            raise _none(shapes)
        _, report, _ = pyshacl.validate(data, shacl_graph=rules)
    except (SyntaxError, pyshacl.errors.ShapeLoadError) as error:
        raise DataError(f"{shapes}: the shapes are wrong: {' '.join(str(error).split())}") from None

    def one(node: object, predicate: object) -> str | None:
        found = report.value(node, predicate)
        return None if found is None else found.n3() if isinstance(found, Literal) else str(found)

    return [
        _violation(
            node=one(result, SH.focusNode) or "",
            rule=one(result, SH.sourceShape) or "",
            component=(one(result, SH.sourceConstraintComponent) or "").rpartition("#")[2],
            message=next((str(text) for text in report.objects(result, SH.resultMessage)), None),
            value=one(result, SH.value),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    ]


def _none(path: Path) -> DataError:
    return DataError(f"{path}: there are no shapes in it")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(f"{path}: the shapes cannot be read: {error}") from None


def _violation(*, node: str, rule: str, component: str, message: str | None, value: str | None) -> Violation:
    return Violation(
        node=_bare(node),
        rule=_bare(rule).rpartition("#")[2],
        message=message or f"breaks {component}",
        # A query's message says itself what was found.
        value=None if value is None or component == "SPARQLConstraintComponent" else _bare(value),
    )


def _bare(term: str) -> str:
    return term[1:-1] if term.startswith("<") and term.endswith(">") else term
