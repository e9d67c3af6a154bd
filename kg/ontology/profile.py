"""What OWL 2 DL forbids (OWL 2 Structural Specification, sections 3, 5.8 and 11), as far as we use OWL.

Our ontology holds declarations, hierarchies, domains, ranges, disjointness of two named classes and
annotations, no anonymous classes. This checks that a file keeps to that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import ResourceError
from kg.vocabulary import OWL, RDF, RDFS, XSD

_ENTITIES = {OWL.iri + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
_PROPERTIES = _ENTITIES - {OWL.Class}
_TRANSITIVE = OWL.iri + "TransitiveProperty"
_NEVER_TRANSITIVE = {
    OWL.iri + f"{name}Property" for name in ("Functional", "InverseFunctional", "Irreflexive", "Asymmetric")
}
_DISJOINT = OWL.iri + "disjointWith"
_DOMAIN, _RANGE = RDFS.iri + "domain", RDFS.iri + "range"
_BUILT_IN = (OWL.iri, RDF.iri, RDFS.iri)
# Those of XML Schema that we use and that OWL 2 has (section 4): xsd:date is not among them.
_DATATYPES = {XSD.boolean, XSD.decimal, XSD.integer, XSD.string}


def faults(*paths: Path) -> list[str]:
    """What keeps the union of Turtle files from being OWL 2 DL of our kind: one line each, sorted.

    Raises `ResourceError` where a file cannot be read or is no Turtle.
    """
    quads: list[Quad] = []
    for path in paths:
        try:
            quads += parse(path=path, format=RdfFormat.TURTLE)
        except (OSError, SyntaxError) as error:
            raise ResourceError(f"{path}: the ontology cannot be read: {error}") from None
    return sorted(set(_faults(quads)))


def _faults(quads: Iterable[Quad]) -> Iterator[str]:
    types: dict[str, set[str]] = defaultdict(set)
    quads = list(quads)
    for quad in quads:
        if quad.predicate.value == RDF.type and isinstance(quad.object, NamedNode):
            types[_value(quad.subject)].add(quad.object.value)
    for iri, kinds in list(types.items()):
        if len(kinds & _PROPERTIES) > 1:
            yield f"<{iri}> is a property of two kinds"
        if OWL.Class in kinds and kinds & _PROPERTIES:
            yield f"<{iri}> is a class and a property"
        if kinds & _ENTITIES and any(OWL.Class in types[kind] for kind in kinds):
            yield f"<{iri}> is a class or property, and an individual too"
        if _TRANSITIVE in kinds and kinds & _NEVER_TRANSITIVE:
            yield f"<{iri}> is transitive, so it may not be functional, irreflexive or asymmetric"
    for quad in quads:
        yield from _faults_of(quad, types)


def _faults_of(quad: Quad, types: dict[str, set[str]]) -> Iterator[str]:
    if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
        yield f"a blank node stands at <{quad.predicate.value}>"
        return
    subject, predicate, value = _value(quad.subject), quad.predicate.value, _value(quad.object)
    if predicate == RDF.type:
        if not _declared(value, types, {OWL.Class}):
            yield f"<{value}> is used as a class and is not declared as one"
    elif predicate in (RDFS.subClassOf, _DISJOINT):
        for iri in (subject, value):
            if OWL.Class not in types[iri]:
                yield f"<{iri}> is used as a class and is not declared as one"
    elif predicate == RDFS.subPropertyOf:
        if not types[subject] & types[value] & _PROPERTIES:
            yield f"<{subject}> is under <{value}>, which is not declared as a property of its kind"
    elif predicate == _DOMAIN:
        if OWL.Class not in types[value]:
            yield f"<{value}> is a domain and is not declared as a class"
    elif predicate == _RANGE:
        wanted = value in _DATATYPES if OWL.DatatypeProperty in types[subject] else OWL.Class in types[value]
        if not wanted:
            yield f"<{value}>, a range of <{subject}>, is neither a declared class nor a datatype of OWL 2"
    elif not _declared(predicate, types, _PROPERTIES):
        yield f"<{predicate}> is used as a property and is not declared as one"


def _declared(iri: str, types: dict[str, set[str]], kinds: set[str]) -> bool:
    return iri.startswith(_BUILT_IN) or bool(types[iri] & kinds)


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal | BlankNode) else str(term)
