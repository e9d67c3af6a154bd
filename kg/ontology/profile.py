"""What OWL 2 DL forbids (OWL 2 Structural Specification, sections 3, 5.8 and 11), as far as we use OWL.

Our ontology holds declarations, hierarchies, domains, ranges, inverse, symmetric, transitive and functional
properties, disjointness of two named classes, individuals that are the same or different, and annotations:
no anonymous classes, so no cardinalities either. This checks that a file keeps to that.
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
_FUNCTIONAL = OWL.iri + "FunctionalProperty"
# Section 11.2: these ask for a simple property, one that no transitive one lies below.
_SIMPLE_ONLY = {_FUNCTIONAL} | {
    OWL.iri + f"{name}Property" for name in ("InverseFunctional", "Irreflexive", "Asymmetric")
}
_OF_OBJECTS = {
    OWL.iri + f"{name}Property"
    for name in ("InverseFunctional", "Irreflexive", "Asymmetric", "Reflexive", "Symmetric", "Transitive")
}
_DISJOINT, _INVERSE = OWL.iri + "disjointWith", OWL.iri + "inverseOf"
_IDENTITY = (OWL.sameAs, OWL.iri + "differentFrom")
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
        if kinds & _OF_OBJECTS and OWL.ObjectProperty not in kinds:
            yield f"<{iri}> is declared with what only properties of objects can be"
        if _FUNCTIONAL in kinds and not kinds & {OWL.ObjectProperty, OWL.DatatypeProperty}:
            yield f"<{iri}> is functional and no property of objects or values"
    for iri in _not_simple(quads, types):
        if types[iri] & _SIMPLE_ONLY:
            yield (
                f"<{iri}> is transitive, or above or inverse to what is: it may not be functional,"
                " irreflexive or asymmetric"
            )
    for quad in quads:
        yield from _faults_of(quad, types)


def _not_simple(quads: list[Quad], types: dict[str, set[str]]) -> list[str]:
    """The properties that are transitive or lie above one that is, inverses counted alike."""
    above: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        subject, value = _value(quad.subject), _value(quad.object)
        if quad.predicate.value in (RDFS.subPropertyOf, _INVERSE):
            above[subject].add(value)
        if quad.predicate.value == _INVERSE:
            above[value].add(subject)
    found = [iri for iri, kinds in types.items() if _TRANSITIVE in kinds]
    for iri in found:  # grows while it is read
        found += above[iri] - set(found)
    return found


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
    elif predicate == _INVERSE:
        for iri in (subject, value):
            if OWL.ObjectProperty not in types[iri]:
                yield f"<{iri}> has an inverse and is not declared as a property of objects"
    elif predicate in _IDENTITY:
        if not (isinstance(quad.object, NamedNode) and types[subject] and types[value]):
            yield f"<{subject}> is said to be the same as, or other than, what is no individual"
    elif predicate == _DOMAIN:
        if OWL.Class not in types[value]:
            yield f"<{value}> is a domain and is not declared as a class"
    elif predicate == _RANGE:
        wanted = value in _DATATYPES if OWL.DatatypeProperty in types[subject] else OWL.Class in types[value]
        if not wanted:
            yield f"<{value}>, a range of <{subject}>, is neither a declared class nor a datatype of OWL 2"
    elif not _declared(predicate, types, _PROPERTIES):
        yield f"<{predicate}> is used as a property and is not declared as one"
    elif OWL.ObjectProperty in types[predicate] and isinstance(quad.object, Literal):
        yield f"<{predicate}> is a property of objects and leads to a literal"
    elif OWL.DatatypeProperty in types[predicate] and not isinstance(quad.object, Literal):
        yield f"<{predicate}> is a property of values and leads to no literal"


def _declared(iri: str, types: dict[str, set[str]], kinds: set[str]) -> bool:
    return iri.startswith(_BUILT_IN) or bool(types[iri] & kinds)


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal | BlankNode) else str(term)
