"""The ontology as the mapping and the lexicon need it: terms, hierarchy, labels; read once a process."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from pathlib import Path

from kg.errors import DataError, ResourceError
from kg.resources import ontology_dir
from kg.vocabulary import DCTERMS, KG, ONTOLOGY, OWL, RDF, RDFS, SKOS


class TermKind(StrEnum):
    """What a term of the ontology is, as OWL 2 has it."""

    CLASS = "Class"
    OBJECT_PROPERTY = "ObjectProperty"
    DATATYPE_PROPERTY = "DatatypeProperty"
    ANNOTATION_PROPERTY = "AnnotationProperty"
    INDIVIDUAL = "NamedIndividual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of ours: its local name, label, definition, and the local names just above it.

    A deprecated term is one that older graphs have and the program no longer writes; `replaced_by` names
    those that took its place.
    """

    name: str
    kind: TermKind
    label: str
    definition: str
    parents: tuple[str, ...] = ()
    deprecated: bool = False
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """The terms of the ontology, by local name, in the order of the file."""

    version: str
    terms: dict[str, Term]
    _above: dict[str, tuple[str, ...]]

    def superclasses(self, kind: str) -> tuple[str, ...]:
        """`kind` and every class of ours above it, the narrowest first: the types that are written.

        Raises `DataError` where the ontology has no class of this local name.

        >>> load_ontology().superclasses("Ceasefire")
        ('Ceasefire', 'Agreement', 'Event')
        """
        if kind not in self._above:
            near = get_close_matches(kind, self._above, n=1)
            hint = f"did you mean '{near[0]}'?" if near else "its classes are in ontology/kg.ttl"
            raise DataError(f"the ontology has no class '{kind}': {hint}")
        return self._above[kind]

    def subclasses(self, kind: str) -> tuple[str, ...]:
        """`kind` and every class of ours below it, in the order of the file.

        Raises `DataError` where the ontology has no class of this local name.
        """
        self.superclasses(kind)
        return tuple(name for name, above in self._above.items() if kind in above)

    def is_a(self, kind: str, above: str) -> bool:
        """Whether the class `kind` is `above`, or lies below it."""
        return above in self.superclasses(kind)

    def event_classes(self) -> tuple[str, ...]:
        """The local names of the classes of events, `Event` itself and what is deprecated left out."""
        return tuple(
            name for name in self.subclasses("Event") if name != "Event" and not self.terms[name].deprecated
        )

    def properties(self) -> tuple[str, ...]:
        """The local names of the properties, those left out that are deprecated."""
        kinds = {TermKind.OBJECT_PROPERTY, TermKind.DATATYPE_PROPERTY, TermKind.ANNOTATION_PROPERTY}
        return tuple(term.name for term in self.terms.values() if term.kind in kinds and not term.deprecated)


def ontology_turtle() -> Path:
    """The file of the ontology, in Turtle."""
    return ontology_dir() / "kg.ttl"


@cache
def load_ontology(path: Path | None = None) -> Ontology:
    """The ontology in the Turtle file `path`, or the one that comes with the program.

    Raises `ResourceError` where the file cannot be read or is no Turtle, `DataError` where a term lacks
    its label or definition, or the ontology its version, or where a deprecated term is replaced by none.
    """
    import pyoxigraph

    path = path or ontology_turtle()
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
            if isinstance(quad.subject, pyoxigraph.NamedNode) and not isinstance(
                quad.object, pyoxigraph.Triple
            ):
                facts[quad.subject.value][quad.predicate.value].append(quad.object.value)
    except (OSError, SyntaxError) as error:
        raise ResourceError(f"{path}: the ontology cannot be read: {error}") from None
    terms = {
        term.name: term
        for iri, about in facts.items()
        if iri.startswith(KG.iri)
        for term in [_term(iri.removeprefix(KG.iri), about, path)]
    }
    versions = facts[ONTOLOGY][OWL.versionInfo]
    if len(versions) != 1:
        raise DataError(f"{path}: the ontology must have one owl:versionInfo, it has {len(versions)}")
    for term in terms.values():
        for name in term.replaced_by:
            if name not in terms or terms[name].deprecated:
                raise DataError(f"{path}: kg:{term.name} is replaced by kg:{name}, which is no term to use")
    return Ontology(version=versions[0], terms=terms, _above=_hierarchy(terms, path))


def _term(name: str, about: dict[str, list[str]], path: Path) -> Term:
    kind = next((kind for kind in TermKind if OWL.iri + kind in about[RDF.type]), None)
    label, definition = about[RDFS.label], about[SKOS.definition]
    if kind is None or len(label) != 1 or len(definition) != 1:
        raise DataError(f"{path}: kg:{name} needs an OWL type, one rdfs:label and one skos:definition")
    above = about[RDFS.subClassOf] + about[RDFS.subPropertyOf]
    replaced_by, deprecated = about[DCTERMS.isReplacedBy], "true" in about[OWL.deprecated]
    if bool(replaced_by) > deprecated:
        raise DataError(f"{path}: kg:{name} is replaced by another: say 'owl:deprecated true' of it too")
    return Term(
        name=name,
        kind=kind,
        label=label[0],
        definition=definition[0],
        parents=tuple(iri.removeprefix(KG.iri) for iri in above if iri.startswith(KG.iri)),
        deprecated=deprecated,
        replaced_by=tuple(iri.removeprefix(KG.iri) for iri in replaced_by),
    )


def _hierarchy(terms: dict[str, Term], path: Path) -> dict[str, tuple[str, ...]]:
    """Each class with all classes above it, nearer ones first."""
    above = {}
    for name, term in terms.items():
        if term.kind is not TermKind.CLASS:
            continue
        found = [name]
        for current in found:  # grows while it is read: breadth first
            if current not in terms:
                raise DataError(f"{path}: kg:{name} is below kg:{current}, which is not defined")
            found += [parent for parent in terms[current].parents if parent not in found]
        above[name] = tuple(found)
    return above
