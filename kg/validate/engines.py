"""The two SHACL engines: `shacl` (Rust), and `pyshacl`, fifty times slower, where that has no wheel.

A test holds their answers equal. What each is kept from:

- `shacl` 0.3 answers a query that cuts an article's text for each of its mentions in time that grows with the
  text: a quarter of a millisecond each, more than all other rules take together. The two shapes that ask
  that (`kg.validate.evidence.RULES`) are switched off there, and answered beside it.
- Both compare dates of mixed precision wrongly, or not at all, in `sh:lessThanOrEquals`: the shapes do
  without.
- `sh:xone` of `sh:class` takes ten times as long in `shacl` as the same said as a count over ``rdf:type``.
- Both may name a blank node as the source where the shape around it has a name: that is sought.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.errors import DataError, ResourceError, reason
from kg.resources import ontology_dir
from kg.validate.evidence import RULES, check_evidence
from kg.validate.report import Violation

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node
    from shacl import Shapes

_SH = "http://www.w3.org/ns/shacl#"


class Engine(Protocol):
    """Checks the union of the graphs of N-Quads text against a Turtle file of shapes, those `off` left out.

    Raises `ResourceError` where the shapes cannot be read, `DataError` where they are wrong.
    """

    def __call__(self, quads: str, shapes: Path, off: frozenset[str] = frozenset()) -> list[Violation]: ...


def own_shapes() -> Path:
    """The shapes that come with the program."""
    return ontology_dir() / "shapes.ttl"


def default_engine() -> Engine:
    """The fastest engine that is installed."""
    return fast_engine() or with_pyshacl


def fast_engine() -> Engine | None:
    """`with_shacl`, None where it is not installed: there are machines that it has no wheel for."""
    return with_shacl if find_spec("shacl") else None


def with_shacl(quads: str, shapes: Path, off: frozenset[str] = frozenset()) -> list[Violation]:
    """The check by `shacl`."""
    own = shapes == own_shapes() and not off.issuperset(RULES)
    found = [
        _violation(
            node=result.focus_node,
            shape=_with_name(result.source_shape, result.root_shape) or result.component_iri,
            component=result.component_iri,
            severity=result.severity,
            message=result.message,
            value=result.value,
        )
        for result in _compiled(shapes, off.union(RULES)).validate_text(quads, format="nquads").results
    ]
    return [*found, *check_evidence(quads)] if own else found


@cache
def _compiled(path: Path, off: frozenset[str]) -> Shapes:
    from shacl import Shapes

    try:
        compiled = Shapes.from_text(_text(path) + _switched_off(off), format="turtle")
    except ValueError as error:
        raise DataError(f"{path}: the shapes are wrong: {' '.join(str(error).split())}") from None
    if not len(compiled):
        raise _none(path)
    return compiled


def with_pyshacl(quads: str, shapes: Path, off: frozenset[str] = frozenset()) -> list[Violation]:
    """The check by `pyshacl`, on a graph of rdflib."""
    import pyshacl
    from pyoxigraph import RdfFormat, parse, serialize
    from rdflib import RDF, SH, Graph, Literal

    data, rules = Graph(), Graph()
    union = serialize((quad.triple for quad in parse(quads, RdfFormat.N_QUADS)), format=RdfFormat.N_TRIPLES)
    data.parse(data=union or b"", format="nt")
    try:
        rules.parse(data=_text(shapes) + _switched_off(off), format="turtle")
        if not any(rules.subjects(RDF.type, SH.NodeShape)) and not any(
            rules.subjects(RDF.type, SH.PropertyShape)
        ):
            raise _none(shapes)
        _, report, _ = pyshacl.validate(data, shacl_graph=rules)
    except (SyntaxError, pyshacl.errors.ShapeLoadError) as error:
        raise DataError(f"{shapes}: the shapes are wrong: {' '.join(str(error).split())}") from None

    def one(node: Node, predicate: Node) -> str | None:
        found = report.value(node, predicate)
        return None if found is None else found.n3() if isinstance(found, Literal) else str(found)

    return [
        _violation(
            node=one(result, SH.focusNode) or "",
            shape=_named(rules, report.value(result, SH.sourceShape)),
            component=one(result, SH.sourceConstraintComponent) or "",
            severity=(one(result, SH.resultSeverity) or "").removeprefix(_SH),
            message=next((str(text) for text in report.objects(result, SH.resultMessage)), None),
            value=one(result, SH.value),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    ]


def _named(rules: Graph, shape: Node) -> str:
    """The nearest shape around `shape` that has an IRI."""
    from rdflib import BNode

    seen = {shape}
    while isinstance(shape, BNode):
        around = next(rules.subjects(None, shape), None)
        if around is None or around in seen:
            break
        seen.add(around)
        shape = around
    return str(shape)


def _switched_off(shapes: frozenset[str]) -> str:
    """Turtle that says so (SHACL, section 2.1.6)."""
    return "".join(f"\n<{shape}> <{_SH}deactivated> true ." for shape in sorted(shapes))


def _with_name(shape: str | None, around: str | None) -> str | None:
    return around if shape is not None and shape.startswith("_:") and around else shape


def _none(path: Path) -> DataError:
    return DataError(f"{path}: there are no shapes in it: write node shapes (sh:NodeShape) in Turtle")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(f"{path}: the shapes cannot be read: {reason(error)}") from None


def _violation(
    *, node: str, shape: str, component: str, severity: str, message: str | None, value: str | None
) -> Violation:
    return Violation(
        node=_bare(node),
        shape=_bare(shape),
        message=message or f"breaks {component.rpartition('#')[2]}",
        value=None if value is None else _bare(value),
        component=_bare(component),
        severity=severity,
    )


def _bare(term: str) -> str:
    return term[1:-1] if term.startswith("<") and term.endswith(">") else term
