"""What an ontology of our kind says, worked out once: what follows from each class and each property.

Our ontology holds hierarchies, domains, ranges, inverse, symmetric, transitive and functional properties,
and disjoint classes: it is within OWL 2 RL, for which the rules of that profile find every fact that
follows (OWL 2 Profiles, theorem PR1). What axioms say beyond it is named, not passed over in silence.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from kg.ontology.owl import as_ntriples, ontology_files
from kg.reason.statements import Statement, is_blank, read_statements
from kg.vocabulary import OWL, RDF, RDFS

A = TypeVar("A")
B = TypeVar("B")

NOTHING = OWL.iri + "Nothing"
SAME_AS = OWL.sameAs
DIFFERENT_FROM = OWL.iri + "differentFrom"
_DISJOINT, _INVERSE = OWL.iri + "disjointWith", OWL.iri + "inverseOf"
_EQUAL_CLASS, _EQUAL_PROPERTY = OWL.iri + "equivalentClass", OWL.iri + "equivalentProperty"
_SYMMETRIC, _TRANSITIVE, _FUNCTIONAL = (
    OWL.iri + f"{kind}Property" for kind in ("Symmetric", "Transitive", "Functional")
)
_DOMAIN, _RANGE = RDFS.iri + "domain", RDFS.iri + "range"
_DECLARATIONS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
_KINDS = _DECLARATIONS | {_SYMMETRIC, _TRANSITIVE, _FUNCTIONAL}
_LINKS = {
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    _DOMAIN,
    _RANGE,
    _DISJOINT,
    _INVERSE,
    _EQUAL_CLASS,
    _EQUAL_PROPERTY,
}
# They say nothing of the data by themselves.
_SILENT = {
    OWL.Ontology,
    OWL.iri + "NamedIndividual",
    OWL.iri + "Thing",
    OWL.versionIRI,
    OWL.versionInfo,
    OWL.iri + "priorVersion",
    OWL.iri + "deprecated",
    OWL.iri + "imports",
}


class Role(NamedTuple):
    """A property, or its inverse."""

    property: str
    inverse: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Axioms:
    """`above` has each class with all those above it, itself too; `implied` each property's roles likewise.

    `subjects` and `objects` are the classes that a statement with a property puts its subject and its
    object in, `datatypes` those that its literal must be of. `unknown` names the terms of OWL in which
    something is said that the rules do not know.
    """

    classes: frozenset[str]
    object_properties: frozenset[str]
    data_properties: frozenset[str]
    above: dict[str, frozenset[str]]
    implied: dict[str, tuple[Role, ...]]
    subjects: dict[str, frozenset[str]]
    objects: dict[str, frozenset[str]]
    datatypes: dict[str, frozenset[str]]
    disjoint: dict[str, frozenset[str]]
    transitive: frozenset[str]
    functional: frozenset[str]
    unknown: frozenset[str]

    def clashing(self, some: frozenset[str], others: frozenset[str]) -> tuple[str, str] | None:
        """The narrowest class of `some` and of `others` that nothing can be in both, or None."""
        found = [
            (one, other)
            for one in some
            for other in others
            if other in self.disjoint.get(one, ()) or NOTHING in (one, other)
        ]
        return min(found, key=self._width, default=None)

    def above_with(self, more: Iterable[Statement]) -> dict[str, frozenset[str]]:
        """`above`, with what `more` statements say of classes."""
        known = {(lower, higher) for lower, every in self.above.items() for higher in every}
        found = {
            (subject, value)
            for subject, predicate, value in more
            if predicate == RDFS.subClassOf and isinstance(value, str)
        }
        return _closed(known | found, set(self.classes))

    def _width(self, pair: tuple[str, str]) -> tuple[int, tuple[str, str]]:
        return -sum(len(self.above.get(each, ())) for each in pair), pair


def ontology_statements() -> list[Statement]:
    """The ontology and its alignments. Raises `ResourceError` where they cannot be read."""
    return list(read_statements(io.BytesIO(as_ntriples(*ontology_files()))))


def is_axiom(statement: Statement) -> bool:
    """Whether a statement speaks of classes and properties, not of individuals."""
    _, predicate, value = statement
    if predicate == RDF.type:
        return isinstance(value, str) and value.startswith((OWL.iri, RDFS.iri)) and value not in _SILENT
    return predicate in _LINKS or (
        predicate.startswith(OWL.iri) and predicate not in _SILENT | {SAME_AS, DIFFERENT_FROM}
    )


def read_axioms(statements: Iterable[Statement]) -> Axioms:
    """What the axioms among `statements` say."""
    kinds: dict[str, set[str]] = defaultdict(set)
    links: dict[str, set[tuple[str, str]]] = defaultdict(set)
    unknown: set[str] = set()
    for statement in statements:
        subject, predicate, value = statement
        if not is_axiom(statement):
            continue
        if not isinstance(value, str) or is_blank(subject) or is_blank(value):
            unknown.add(predicate)
        elif predicate == RDF.type:
            kinds[value].add(subject)
            unknown |= {value} - _KINDS
        elif predicate in _LINKS:
            links[predicate].add((subject, value))
        else:
            unknown.add(predicate)
    classes, roles = kinds[OWL.Class], kinds[OWL.ObjectProperty]
    above = _closed(links[RDFS.subClassOf] | _both_ways(links[_EQUAL_CLASS]), classes)
    implied = _implied(kinds, links)
    domains, ranges = _by_first(links[_DOMAIN]), _by_first(links[_RANGE])

    def members(name: str, of_subject: bool) -> frozenset[str]:
        direct = {
            kind
            for role in implied[name]
            for kind in (domains if role.inverse != of_subject else ranges).get(role.property, ())
        }
        return frozenset(each for kind in direct for each in above.get(kind, (kind,)))

    values = kinds[OWL.DatatypeProperty]
    beyond = {role.property for name in kinds[_TRANSITIVE] for role in implied.get(name, ())} | values
    if kinds[_FUNCTIONAL] & beyond:
        unknown.add(_FUNCTIONAL)
    return Axioms(
        classes=frozenset(classes),
        object_properties=frozenset(roles),
        data_properties=frozenset(values),
        above=above,
        implied=implied,
        subjects={name: members(name, True) for name in implied},
        objects={name: members(name, False) for name in roles},
        datatypes={name: members(name, False) for name in values},
        disjoint=_by_first(_both_ways(links[_DISJOINT])),
        transitive=frozenset(kinds[_TRANSITIVE]),
        functional=frozenset(kinds[_FUNCTIONAL] & roles),
        unknown=frozenset(unknown),
    )


def _implied(
    kinds: dict[str, set[str]], links: dict[str, set[tuple[str, str]]]
) -> dict[str, tuple[Role, ...]]:
    """Each property with the roles that hold wherever it does, by the hierarchy, inverses and symmetry."""
    steps: set[tuple[Role, Role]] = set()
    for lower, higher in links[RDFS.subPropertyOf] | _both_ways(links[_EQUAL_PROPERTY]):
        steps |= {(Role(lower, way), Role(higher, way)) for way in (False, True)}
    turned = _both_ways(links[_INVERSE]) | {(name, name) for name in kinds[_SYMMETRIC]}
    for one, other in turned:
        steps |= {(Role(one, way), Role(other, not way)) for way in (False, True)}
    names = kinds[OWL.ObjectProperty] | kinds[OWL.DatatypeProperty]
    closed = _closed(steps, {Role(name, False) for name in names})
    return {role.property: tuple(sorted(closed[role])) for role in closed if not role.inverse}


def _closed(steps: set[tuple[A, A]], starts: set[A]) -> dict[A, frozenset[A]]:
    """Each of `starts`, and each that a step leaves from, with all that steps lead to, itself too."""
    after = _by_first(steps)

    def reached(start: A) -> Iterator[A]:
        seen = [start]
        for each in seen:  # grows while it is read
            seen += after.get(each, frozenset()) - set(seen)
        yield from seen

    return {start: frozenset(reached(start)) for start in starts | set(after)}


def _by_first(pairs: Iterable[tuple[A, B]]) -> dict[A, frozenset[B]]:
    found: dict[A, set[B]] = defaultdict(set)
    for first, second in pairs:
        found[first].add(second)
    return {first: frozenset(seconds) for first, seconds in found.items()}


def _both_ways(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return pairs | {(second, first) for first, second in pairs}
