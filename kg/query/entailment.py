"""What a statement follows from, by the ontology and its alignments: the way back of `kg reason`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.ontology.owl import ontology_files
from kg.vocabulary import OWL, RDFS

_INVERSE = OWL.iri + "inverseOf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Axioms:
    """All that lies above a class or a property, and the properties that are another's inverse, by IRI."""

    above: Mapping[str, frozenset[str]]
    inverse: Mapping[str, frozenset[str]]

    def is_above(self, wider: str, narrower: str) -> bool:
        """Whether `wider` follows from `narrower`, and not the other way round too."""
        return wider in self.above.get(narrower, ()) and narrower not in self.above.get(wider, ())


@cache
def axioms() -> Axioms:
    """The axioms of the ontology and its alignments, read once."""
    direct: defaultdict[str, set[str]] = defaultdict(set)
    inverse: defaultdict[str, set[str]] = defaultdict(set)
    for path in ontology_files():
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            if not (isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)):
                continue
            one, other = quad.subject.value, quad.object.value
            if quad.predicate.value in (RDFS.subClassOf, RDFS.subPropertyOf):
                direct[one].add(other)
            elif quad.predicate.value == _INVERSE:
                inverse[one].add(other)
                inverse[other].add(one)
    return Axioms(
        above={one: _all_above(one, direct) for one in direct},
        inverse={one: frozenset(others) for one, others in inverse.items()},
    )


def _all_above(name: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for wider in direct.get(waiting.pop(), ()):
            if wider not in found:
                found.add(wider)
                waiting.append(wider)
    return frozenset(found)
