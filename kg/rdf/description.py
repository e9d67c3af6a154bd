"""What is said of one subject, and its quads in a settled order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from pyoxigraph import Quad

from kg.model import PartialDate
from kg.ontology import load_ontology
from kg.rdf.terms import Term, node, partial_date
from kg.vocabulary import KG, RDF


@dataclass(slots=True)
class Description:
    """What is said of one subject: pairs of a predicate's IRI and a term."""

    iri: str
    pairs: list[tuple[str, Term]] = field(default_factory=list)

    def add(self, predicate: str, term: Term) -> None:
        self.pairs.append((predicate, term))

    def link(self, predicate: str, iris: Iterable[str]) -> None:
        self.pairs.extend((predicate, node(iri)) for iri in iris)

    def quads(self, graph: str) -> Iterator[Quad]:
        """Sorted, types first, nothing twice."""
        subject, name = node(self.iri), node(graph)
        keyed = {(predicate != RDF.type, predicate, str(term)): term for predicate, term in self.pairs}
        for key in sorted(keyed):
            yield Quad(subject, node(key[1]), keyed[key], name)

    def types(self, kind: str) -> None:
        """The class with this local name and those above it. Raises `DataError` where there is none."""
        self.pairs += _types(kind)

    def dates(self, start: PartialDate | None, end: PartialDate | None) -> None:
        """The interval; an open end is left out."""
        if start is not None:
            self.add(KG.startDate, partial_date(start))
        if end is not None:
            self.add(KG.endDate, partial_date(end))


@cache
def _types(kind: str) -> tuple[tuple[str, Term], ...]:
    return tuple((RDF.type, node(KG.term(name))) for name in load_ontology().superclasses(kind))
