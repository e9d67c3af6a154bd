"""What a graph holds of one subject and of the mentions behind it, asked for once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from pyoxigraph import NamedNode

from kg.ontology import load_ontology
from kg.query.engine import Queryable
from kg.query.grounds import Corrected, Thing
from kg.query.prefixes import compact
from kg.query.results import Term
from kg.query.rows import ask, described, facts, texts
from kg.vocabulary import DCTERMS, KG, PROV, RDF, RDFS

Known: TypeAlias = dict[str, dict[str, list[Term]]]
"""Facts by the IRI of their subject: predicate to objects."""

ROLES = {
    KG.agentMention: "agent",
    KG.targetMention: "target",
    KG.placeMention: "place",
    KG.originMention: "origin",
    KG.destinationMention: "destination",
    KG.sourceMention: "source",
    KG.timeMention: "time",
    KG.about: "told",
    KG.subjectMention: "subject",
    KG.objectMention: "object",
}
"""The properties by which a mention names others, and what the other is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """`mention` fills the role `property` of the account, or relation mention, `holder`."""

    holder: str
    property: str
    mention: str


class Dossier:
    """All of `subject` that its triples can rest on; each part is asked for when it is first wanted."""

    def __init__(self, source: Queryable, subject: NamedNode) -> None:
        self._source = source
        self.subject = subject
        self.facts: dict[str, list[Term]] = facts(source, [subject])[subject.value]

    @cached_property
    def classes(self) -> frozenset[str]:
        """Our classes of the subject, by local name."""
        return frozenset(
            term.value.removeprefix(KG.iri)
            for term in self.facts.get(RDF.type, ())
            if term.value.startswith(KG.iri)
        )

    @cached_property
    def kind(self) -> str | None:
        """The narrowest of our classes of the subject."""
        known = load_ontology().terms
        above = {one: len(load_ontology().superclasses(one)) for one in self.classes if one in known}
        return max(sorted(above), key=above.__getitem__, default=None)

    @cached_property
    def thing(self) -> Thing:
        """The subject as it is called."""
        label = min(texts(self.facts.get(RDFS.label, ())), default=None)
        label = label or min(texts(self.facts.get(DCTERMS.identifier, ())), default=None)
        return Thing(iri=self.subject.value, label=label or compact(self.subject.value), kind=self.kind)

    @cached_property
    def mentions(self) -> Known:
        """The subject's mentions."""
        return self._nodes(f"{self.subject} kg:hasMention ?node")

    @cached_property
    def fillers(self) -> tuple[Filler, ...]:
        """Who fills the roles of the subject's mentions, and of the subject, where it is one itself."""
        roles = " ".join(f"<{role}>" for role in ROLES)
        rows = ask(
            self._source,
            f"SELECT DISTINCT ?holder ?role ?filler WHERE {{ VALUES ?role {{ {roles} }}"
            f" {{ {self.subject} kg:hasMention ?holder . ?holder ?role ?filler }}"
            f" UNION {{ {self.subject} ?role ?filler . BIND({self.subject} AS ?holder) }} }}",
        )
        found = {(row["holder"].value, row["role"].value, row["filler"].value) for row in rows}
        return tuple(
            Filler(holder=holder, property=role, mention=filler) for holder, role, filler in sorted(found)
        )

    @cached_property
    def filling(self) -> Known:
        """Those fillers, as mentions."""
        roles = " ".join(f"<{role}>" for role in ROLES)
        return self._nodes(
            f"VALUES ?role {{ {roles} }} {{ {self.subject} kg:hasMention ?holder . ?holder ?role ?node }}"
            f" UNION {{ {self.subject} ?role ?node }}"
        )

    @cached_property
    def bearers(self) -> dict[str, set[str]]:
        """IRI of a filler -> the entities and events that it is a mention of."""
        roles = "|".join(f"<{role}>" for role in ROLES)
        found: defaultdict[str, set[str]] = defaultdict(set)
        for row in ask(
            self._source,
            f"SELECT DISTINCT ?filler ?thing WHERE {{ {self.subject} kg:hasMention ?holder ."
            f" ?holder {roles} ?filler . ?thing kg:hasMention ?filler }}",
        ):
            found[row["filler"].value].add(row["thing"].value)
        return found

    @cached_property
    def claims(self) -> dict[tuple[str, str], set[tuple[str, str, str]]]:
        """(property, IRI of the object) -> relation mentions that say so of the subject, with both sides."""
        found: defaultdict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
        for row in ask(
            self._source,
            f"SELECT DISTINCT ?claim ?one ?two ?relation ?other WHERE {{ {self.subject} kg:hasMention ?one ."
            " ?claim kg:subjectMention ?one ; kg:relation ?relation ; kg:objectMention ?two ."
            " ?other kg:hasMention ?two }",
        ):
            ends = row["claim"].value, row["one"].value, row["two"].value
            found[row["relation"].value, row["other"].value].add(ends)
        return found

    @cached_property
    def claiming(self) -> Known:
        """The mentions of `claims`, those of the subject left out."""
        claim = f"{self.subject} kg:hasMention ?one ."
        return self._nodes(
            f"{{ {claim} ?node kg:subjectMention ?one }}"
            f" UNION {{ {claim} ?claim kg:subjectMention ?one ; kg:objectMention ?node }}"
        )

    @cached_property
    def corrections(self) -> tuple[Corrected, ...]:
        """The readers' corrections that shaped the subject, or took it, a mention, from something."""
        known = self._nodes(
            f"{{ {self.subject} <{PROV.wasInfluencedBy}> ?node . ?node a kg:Correction }}"
            f" UNION {{ ?node a kg:Correction ; <{PROV.used}> {self.subject} }}"
        )
        agents = described(
            self._source, (who for about in known.values() for who in about[PROV.wasAssociatedWith])
        )
        return tuple(
            Corrected(
                iri=iri,
                label=" ".join(texts(about[RDFS.label])),
                by=", ".join(
                    agents[who].label if who in agents else compact(who)
                    for who in texts(about[PROV.wasAssociatedWith])
                ),
                why=" ".join(texts(about[DCTERMS.description])),
                when=next(iter(texts(about[DCTERMS.date])), None),
                properties=texts(about[DCTERMS.subject]),
            )
            for iri, about in sorted(known.items())
        )

    def mentions_of(self, other: str) -> Known:
        """The mentions of something else, such as a post of the subject."""
        return self._nodes(f"{NamedNode(other)} kg:hasMention ?node")

    def other(self, thing: NamedNode) -> Dossier:
        """What the graph holds of something else."""
        return Dossier(self._source, thing)

    def having(self, predicate: str) -> tuple[Dossier, ...]:
        """Those of which the subject is the object."""
        rows = ask(self._source, f"SELECT DISTINCT ?thing WHERE {{ ?thing <{predicate}> {self.subject} }}")
        found = sorted(row["thing"].value for row in rows)
        return tuple(Dossier(self._source, NamedNode(iri)) for iri in found)

    def graphs(self, predicate: str, value: Term) -> tuple[str, ...]:
        """The IRIs of the named graphs that hold a triple of the subject."""
        rows = ask(
            self._source,
            f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ {self.subject} <{predicate}> {value} }} }}",
        )
        return tuple(sorted(row["graph"].value for row in rows))

    def things(self, terms: list[Term]) -> dict[str, Thing]:
        """The IRIs among `terms`, as they are called."""
        found = described(self._source, terms)
        return {
            one.iri: Thing(iri=one.iri, label=one.label, kind=None if one.kind == "thing" else one.kind)
            for one in found.values()
        }

    def _nodes(self, pattern: str) -> Known:
        """All facts of every ?node that `pattern` binds."""
        found: Known = defaultdict(lambda: defaultdict(list))
        for row in ask(self._source, f"SELECT DISTINCT ?node ?p ?o WHERE {{ {pattern} . ?node ?p ?o }}"):
            found[row["node"].value][row["p"].value].append(row["o"])
        return found
