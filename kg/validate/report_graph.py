"""A report as the graph that SHACL defines (section 3.6), in Turtle: what other tools of SHACL read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg.validate.engines import own_shapes
from kg.validate.report import Report, Violation
from kg.vocabulary import PREFIXES, RDF, XSD

_SH = "http://www.w3.org/ns/shacl#"
_PATH = NamedNode(f"{_SH}path")

_Term: TypeAlias = NamedNode | BlankNode | Literal | Triple


def report_graph(report: Report, shapes: Iterable[Path] = ()) -> bytes:
    """The report in Turtle; paths are taken from the shapes, ours and those in the files `shapes`."""
    triples = [triple for path in (own_shapes(), *shapes) for triple in _triples(path)]
    root = BlankNode("report")
    said: list[Triple] = [_type(root, "ValidationReport")]
    conforms = "true" if report.conforms else "false"
    said.append(_said(root, "conforms", Literal(conforms, datatype=NamedNode(XSD.boolean))))
    paths = {triple.subject: triple.object for triple in triples if triple.predicate == _PATH}
    used: set[_Term] = set()
    for number, violation in enumerate(report.violations, 1):
        node = BlankNode(f"r{number}")
        said += [_said(root, "result", node), _type(node, "ValidationResult")]
        said += (_said(node, name, term) for name, term in _properties(violation))
        shape = _term(violation.shape)
        if isinstance(shape, NamedNode) and shape in paths:
            said.append(_said(node, "resultPath", paths[shape]))
            used.add(paths[shape])
    said += _closure(used, triples)
    prefixes = {name: iri for name, iri in PREFIXES.items() if name in ("kg", "rdfs", "skos", "xsd")}
    prefixes |= {"sh": _SH, "rule": "https://w3id.org/newskg/shapes#"}
    return serialize(said, format=RdfFormat.TURTLE, prefixes=prefixes) or b""


def _properties(violation: Violation) -> Iterator[tuple[str, _Term]]:
    yield "focusNode", _term(violation.node)
    yield "resultSeverity", NamedNode(_SH + violation.severity)
    yield "sourceShape", _term(violation.shape)
    yield "sourceConstraintComponent", NamedNode(violation.component)
    yield "resultMessage", Literal(violation.message)
    if violation.value is not None:
        yield "value", _term(violation.value)


def _closure(used: set[_Term], triples: list[Triple]) -> Iterator[Triple]:
    """What the shapes say of the blank nodes of paths, and of those that these point to."""
    by_subject: dict[_Term, list[Triple]] = {}
    for triple in triples:
        by_subject.setdefault(triple.subject, []).append(triple)
    seen: set[_Term] = set()
    waiting = sorted((term for term in used if isinstance(term, BlankNode)), key=str)
    while waiting:
        term = waiting.pop(0)
        if term in seen:
            continue
        seen.add(term)
        for triple in by_subject.get(term, ()):
            yield triple
            if isinstance(triple.object, BlankNode):
                waiting.append(triple.object)


def _triples(path: Path) -> list[Triple]:
    """The triples of a file, its blank nodes named by their order: a report has the same bytes each time."""
    names: dict[BlankNode, BlankNode] = {}

    def named(term: _Term) -> _Term:
        if isinstance(term, BlankNode):
            return names.setdefault(term, BlankNode(f"{path.stem.encode().hex()}{len(names)}"))
        return term

    found = []
    for quad in parse(path=path, format=RdfFormat.TURTLE):
        subject, value = named(quad.subject), named(quad.object)
        assert isinstance(subject, NamedNode | BlankNode)
        found.append(Triple(subject, quad.predicate, value))
    return found


def _term(text: str) -> _Term:
    """A term as in `Violation`."""
    if text.startswith("_:"):
        return BlankNode(text.removeprefix("_:"))
    if text.startswith('"'):
        value = next(parse(f"<a:s> <a:p> {text} .", RdfFormat.N_TRIPLES)).object
        assert isinstance(value, Literal)
        return value
    return NamedNode(text)


def _type(node: BlankNode, name: str) -> Triple:
    return Triple(node, NamedNode(RDF.type), NamedNode(_SH + name))


def _said(node: BlankNode, name: str, term: _Term) -> Triple:
    return Triple(node, NamedNode(_SH + name), term)
