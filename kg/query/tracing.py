"""Traces one triple of a subject to its grounds, by the property and by what the subject is.

How each triple comes to be is said in `kg.resolve` and `kg.rdf.reduction`; this is the way back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import NamedNode

from kg.ontology import load_ontology
from kg.query.dossier import ROLES, Dossier, Filler, Known
from kg.query.entailment import axioms
from kg.query.grounds import Ground, Rest
from kg.query.names import fold
from kg.query.prefixes import compact
from kg.query.quoting import Facts, Quoter
from kg.query.results import Term
from kg.query.rows import number, texts
from kg.vocabulary import DCTERMS, GEO, KG, NIF, OWL, PROV, RDF, RDFS, SKOS, WGS84

_ROLE_OF = {
    KG.hasAgent: KG.agentMention,
    KG.hasTarget: KG.targetMention,
    KG.hasPlace: KG.placeMention,
    KG.hasOrigin: KG.originMention,
    KG.hasDestination: KG.destinationMention,
    KG.accordingTo: KG.sourceMention,
    KG.about: KG.about,
    KG.datedBy: KG.timeMention,
}
_SHOWS_A_LINK = frozenset({OWL.sameAs, WGS84.lat, WGS84.long, GEO.hasGeometry, KG.confidence})
_TIES = frozenset({KG.memberOf, KG.residentOf, KG.partOf, KG.locatedIn, KG.capitalOf})
_CREDITS = frozenset({PROV.wasInfluencedBy, PROV.wasAssociatedWith, PROV.used})

Marked = tuple[str, str, Facts]
"""A mention to be quoted: what it is there, its IRI, what is said of it."""


class Tracer:
    """Traces the triples of the subject of `dossier`."""

    def __init__(self, dossier: Dossier, quoter: Quoter) -> None:
        self._of = dossier
        self._quoter = quoter
        self._ways: tuple[tuple[str, Callable[[str, Term], Iterator[Ground]]], ...] = (
            ("Event", self._event),
            ("Position", self._position),
            ("Mention", self._mention),
            ("Article", self._article),
            ("Correction", self._correction),
            ("Agent", self._entity),
            ("Place", self._entity),
        )

    def grounds(self, predicate: str, value: Term) -> tuple[Ground, ...]:
        """What the triple of the subject with `predicate` and `value` rests on: one ground at least."""
        found = [*self._corrected(predicate)]
        if not found:
            way = next((way for kind, way in self._ways if kind in self._of.classes), self._other)
            found += way(predicate, value)
        return tuple(found or self._elsewhere(predicate, value))

    # ------------------------------------------------------------ events

    def _event(self, predicate: str, value: Term) -> Iterator[Ground]:
        accounts = self._of.mentions
        if predicate in _ROLE_OF:
            yield from self._role(predicate, value)
        elif predicate in (KG.startDate, KG.endDate):
            yield from self._dates(predicate, value)
        elif predicate == KG.status:
            said = {iri: facts for iri, facts in accounts.items() if value in facts.get(KG.status, ())}
            speaking = {filler.mention for filler in self._fillers(KG.sourceMention) if filler.holder in said}
            marked = [*_each("trigger", said), *self._marked("source", speaking)]
            yield self._ground(
                Rest.TEXT,
                f"{_accounts(said, accounts)} so: an event has its strongest account's status",
                marked,
            )
        elif predicate == RDF.type:
            yield from self._event_class(value)
        elif predicate == RDFS.label:
            yield self._ground(
                Rest.PROGRAM, "composed from its class, roles and dates", _each("trigger", accounts)
            )
        elif predicate == KG.confidence:
            best = {iri: facts for iri, facts in accounts.items() if value in facts.get(KG.confidence, ())}
            yield self._ground(
                Rest.PROGRAM,
                "how sure the reading of its surest account is",
                _each("trigger", best or accounts),
            )
        elif predicate == SKOS.editorialNote:
            yield self._ground(
                Rest.PROGRAM, "why its accounts are taken to be of one event", _each("trigger", accounts)
            )
        elif value.value in accounts and predicate in KG:
            yield from self._own_mention(value, "trigger")
        elif predicate == PROV.wasInfluencedBy:
            yield Ground(rests_on=Rest.CORRECTION, note=self._say(value.value))
        elif predicate.startswith(KG.iri):
            found = list(self._follows(predicate, value))
            yield from found or [
                self._ground(Rest.PROGRAM, "reckoned from its accounts", _each("trigger", accounts))
            ]

    def _role(self, predicate: str, value: Term) -> Iterator[Ground]:
        role = _ROLE_OF[predicate]
        fillers = [
            filler
            for filler in self._fillers(role)
            if filler.mention == value.value or value.value in self._of.bearers.get(filler.mention, ())
        ]
        holders = {filler.holder: self._of.mentions[filler.holder] for filler in fillers}
        if fillers:
            marked = [
                *_each("trigger", holders),
                *self._marked(ROLES[role], (filler.mention for filler in fillers)),
            ]
            yield self._ground(
                Rest.TEXT, f"{_accounts(holders, self._of.mentions)} so ({compact(role)})", marked
            )

    def _dates(self, predicate: str, value: Term) -> Iterator[Ground]:
        accounts = self._of.mentions
        said = {iri: facts for iri, facts in accounts.items() if _has(facts, predicate, value)}
        note = f"{_accounts(said, accounts)} so"
        if not said:
            said = {iri: facts for iri, facts in accounts.items() if predicate in facts}
            note = "what the dates of its accounts have in common"
        times = {filler.mention for filler in self._fillers(KG.timeMention) if filler.holder in said}
        marked = [*_each("trigger", said), *self._marked("time", times)]
        undated = {filler.holder for filler in self._fillers(KG.timeMention)}
        lent = [iri for iri in said if iri not in undated]
        if lent:
            note += ", as what is told around it, or the article's own date, lends it"
        if said:
            yield self._ground(Rest.TEXT, note, marked)

    def _event_class(self, value: Term) -> Iterator[Ground]:
        accounts, name = self._of.mentions, value.value.removeprefix(KG.iri)
        if name not in self._of.classes or self._of.kind is None:
            return
        kind = name if name != "Event" else self._of.kind
        said = {
            iri: facts
            for iri, facts in accounts.items()
            if any(_lies_under(one, kind) for one in texts(facts.get(DCTERMS.type, ())))
        }
        if name != self._of.kind:
            yield Ground(rests_on=Rest.ONTOLOGY, note=f"every kg:{self._of.kind} is a kg:{name}")
        yield self._ground(
            Rest.TEXT, f"{_accounts(said or accounts, accounts)} so, by its trigger",
            _each("trigger", said or accounts),
        )  # fmt: skip

    # ------------------------------------------------------------ entities

    def _entity(self, predicate: str, value: Term) -> Iterator[Ground]:
        if predicate in (RDFS.label, SKOS.altLabel):
            yield from self._name(value)
        elif predicate == RDF.type:
            yield from self._entity_class(value)
        elif predicate in _SHOWS_A_LINK:
            yield from self._link()
        elif predicate == SKOS.editorialNote:
            what = (
                "why it is linked so"
                if self._is_linked()
                else "why its mentions are taken to be of one thing"
            )
            yield self._ground(Rest.PROGRAM, what, self._naming())
        elif predicate == KG.hasMention:
            yield from self._own_mention(value, "mention")
        elif predicate == KG.holdsPosition:
            if told := self._of.mentions_of(value.value):
                yield self._ground(Rest.TEXT, "an article says so", _each("post", told))
        elif predicate in _TIES:
            yield from self._tie(predicate, value)
        elif predicate == PROV.wasInfluencedBy:
            yield Ground(rests_on=Rest.CORRECTION, note=self._say(value.value))

    def _name(self, value: Term) -> Iterator[Ground]:
        wanted = fold(value.value)
        same = {i: f for i, f in self._of.mentions.items() if fold(_words(f)) == wanted}
        if not same and wanted:
            same = {i: f for i, f in self._of.mentions.items() if f" {wanted} " in f" {fold(_words(f))} "}
        if same:
            yield self._ground(Rest.TEXT, "so it is called", _each("mention", same))
        elif self._is_linked():
            yield from self._link()
        elif self._of.mentions:
            yield self._ground(Rest.PROGRAM, "composed from what it is called", self._naming())

    def _entity_class(self, value: Term) -> Iterator[Ground]:
        name, kind = value.value.removeprefix(KG.iri), self._of.kind
        if name not in self._of.classes or kind is None:
            return
        if name != kind:
            yield Ground(rests_on=Rest.ONTOLOGY, note=f"every kg:{kind} is a kg:{name}")
        if self._is_linked():
            yield from self._link()
        elif self._of.mentions:
            yield self._ground(Rest.TEXT, "read from its names, and from what is said of it", self._naming())

    def _link(self) -> Iterator[Ground]:
        known = self._of.facts
        same = texts(known.get(OWL.sameAs, ()))
        parts = ["the entry of the gazetteer" + (f", {', '.join(map(compact, same))}," if same else "")]
        parts[0] += " that it is linked to" if self._of.mentions else " itself"
        if reason := "; ".join(texts(known.get(SKOS.editorialNote, ()))):
            parts.append(reason)
        if (sure := number(known.get(KG.confidence, ()))) is not None:
            parts.append(f"{sure:.2f} sure")
        yield self._ground(Rest.GAZETTEER, "; ".join(parts), self._naming())

    def _tie(self, predicate: str, value: Term) -> Iterator[Ground]:
        claims = [
            ends
            for (relation, other), found in sorted(self._of.claims.items())
            if other == value.value and (relation == predicate or axioms().is_above(predicate, relation))
            for ends in sorted(found)
        ]
        known = {**self._of.mentions, **self._of.claiming}
        if claims:
            marked = [
                (role, iri, known[iri])
                for claim in claims
                for role, iri in zip(("relation", "subject", "object"), claim, strict=True)
                if iri in known
            ]
            yield self._ground(Rest.TEXT, "an article says so", marked)
        elif self._is_linked():
            yield from self._link()

    def _is_linked(self) -> bool:
        """Whether the gazetteer has it: only what is linked has a confidence, or a place on earth.

        A place that no article mentions is there for what lies in it.
        """
        if _SHOWS_A_LINK.isdisjoint(self._of.facts):
            return "Place" in self._of.classes and not self._of.mentions
        return True

    def _naming(self) -> list[Marked]:
        """The mentions that name it; those that describe it where none does."""
        named = NamedNode(KG.NamedMention)
        found = {i: f for i, f in self._of.mentions.items() if named in f.get(RDF.type, ())}
        return _each("mention", found or self._of.mentions)

    # ------------------------------------------------------------ posts, mentions, articles, the rest

    def _position(self, predicate: str, value: Term) -> Iterator[Ground]:
        told = self._of.mentions
        ours = value.value in KG if predicate == RDF.type else predicate in KG or predicate == RDFS.label
        if not ours:
            return
        if predicate == KG.hasMention:
            told = {iri: facts for iri, facts in told.items() if iri == value.value}
        if predicate == RDF.type:
            yield Ground(rests_on=Rest.PROGRAM, note="a post that an article tells of")
        note = "an article says so"
        if predicate == KG.asOf:
            dated = {i: f for i, f in told.items() if self._issued(f) == value.value}
            told, note = dated or told, "the date of the latest article that says so"
        elif predicate == KG.former:
            note = "whether an article says that it has been given up"
        held = {filler.mention for filler in self._of.fillers if filler.holder in told}
        if told:
            yield self._ground(Rest.TEXT, note, [*_each("post", told), *self._marked("named", held)])

    def _mention(self, predicate: str, value: Term) -> Iterator[Ground]:
        iri = self._of.subject.value
        marked: list[Marked] = [("mention", iri, self._of.facts)]
        if predicate in ROLES and value.value in self._of.filling:
            marked.append((ROLES[predicate], value.value, self._of.filling[value.value]))
        yield self._ground(Rest.TEXT, "what the program read at this place", marked)

    def _article(self, predicate: str, value: Term) -> Iterator[Ground]:  # noqa: ARG002 - one of the ways
        yield Ground(rests_on=Rest.ARTICLE, note="what the article came with, or its text as it was given")

    def _correction(self, predicate: str, value: Term) -> Iterator[Ground]:  # noqa: ARG002 - one of the ways
        yield Ground(rests_on=Rest.CORRECTION, note=self._say(self._of.subject.value))

    def _other(self, predicate: str, value: Term) -> Iterator[Ground]:  # noqa: ARG002 - one of the ways
        if self._of.subject.value.startswith(KG.iri):
            yield Ground(rests_on=Rest.ONTOLOGY, note="a term of the ontology")
        elif predicate == GEO.asWKT or GEO.Geometry in texts(self._of.facts.get(RDF.type, ())):
            for place in self._of.having(GEO.hasGeometry):
                yield from Tracer(place, self._quoter)._link()

    def _elsewhere(self, predicate: str, value: Term) -> Iterator[Ground]:
        """What is left: entailed, of the run, or from somebody else's file."""
        graphs = self._of.graphs(predicate, value)
        where = f" (graph {', '.join(map(compact, graphs))})" if graphs else ""
        if found := list(self._follows(predicate, value)):
            yield from found
        elif any(graph.endswith("graph/entailed") for graph in graphs):
            yield self._ground(
                Rest.ONTOLOGY, f"it follows by the ontology from what is stated{where}", self._naming()
            )
        elif any(graph.endswith("graph/provenance") for graph in graphs) or predicate in _CREDITS:
            yield Ground(rests_on=Rest.PROGRAM, note=f"how the graph came to be{where}")
        else:
            yield Ground(rests_on=Rest.ELSEWHERE, note=f"no mention and no entry carries it{where}")

    # ------------------------------------------------------------ parts

    def _corrected(self, predicate: str) -> Iterator[Ground]:
        for one in self._of.corrections:
            if predicate in one.properties:
                yield Ground(rests_on=Rest.CORRECTION, note=self._say(one.iri))

    def _say(self, iri: str) -> str:
        """A correction in one sentence."""
        for one in self._of.corrections:
            if one.iri == iri:
                when = f" ({one.when})" if one.when else ""
                return f"{one.label}: {one.by}{when}: {one.why}"
        return f"a reader's correction, {compact(iri)}"

    def _follows(self, predicate: str, value: Term) -> Iterator[Ground]:
        """The grounds of what this follows from by the ontology: a narrower class or property, an inverse."""
        known = axioms()
        if predicate == RDF.type and self._of.kind is not None:
            narrowest = KG.term(self._of.kind)
            if known.is_above(value.value, narrowest):
                yield Ground(
                    rests_on=Rest.ONTOLOGY, note=f"every {compact(narrowest)} is a {compact(value.value)}"
                )
                yield from self.grounds(RDF.type, NamedNode(narrowest))
            return
        for narrower in sorted(self._of.facts):
            if value in self._of.facts[narrower] and narrower in KG and known.is_above(predicate, narrower):
                note = f"{compact(narrower)} is under {compact(predicate)}"
                yield Ground(rests_on=Rest.ONTOLOGY, note=note)
                yield from self.grounds(narrower, value)
                return
        yield from self._inverse(predicate, value)

    def _inverse(self, predicate: str, value: Term) -> Iterator[Ground]:
        others = axioms().inverse.get(predicate)
        if not others or not isinstance(value, NamedNode):
            return
        there = Tracer(self._of.other(value), self._quoter)
        for narrower in sorted(there._of.facts):
            meant = narrower in KG and not others.isdisjoint({narrower, *axioms().above.get(narrower, ())})
            if meant and self._of.subject in there._of.facts[narrower]:
                note = f"{compact(predicate)} is the other side of {compact(narrower)}"
                yield Ground(rests_on=Rest.ONTOLOGY, note=note)
                yield from there.grounds(narrower, self._of.subject)
                return

    def _own_mention(self, value: Term, role: str) -> Iterator[Ground]:
        facts = self._of.mentions.get(value.value)
        if facts:
            yield self._ground(
                Rest.TEXT, "the program takes these words to speak of it", [(role, value.value, facts)]
            )

    def _fillers(self, role: str) -> Iterator[Filler]:
        return (
            filler
            for filler in self._of.fillers
            if filler.property == role and filler.holder in self._of.mentions
        )

    def _marked(self, role: str, iris: Iterable[str]) -> list[Marked]:
        known = self._of.filling
        return [(role, iri, known[iri]) for iri in sorted(set(iris)) if iri in known]

    def _issued(self, mention: Facts) -> str | None:
        for article in texts(mention.get(KG.inArticle, ())):
            return self._quoter.issued(article)
        return None

    def _ground(self, rests_on: Rest, note: str, marked: Iterable[Marked]) -> Ground:
        return Ground(rests_on=rests_on, note=note, quotes=self._quoter.quotes(marked))


def _each(role: str, mentions: Known) -> list[Marked]:
    return [(role, iri, facts) for iri, facts in sorted(mentions.items())]


def _words(mention: Facts) -> str:
    return next(iter(texts(mention.get(NIF.anchorOf, ()))), "")


def _has(facts: Facts, predicate: str, value: Term) -> bool:
    return value.value in texts(facts.get(predicate, ()))


def _accounts(said: Known, of: Known) -> str:
    if len(of) == 1:
        return "its account says"
    return f"{len(said)} of its {len(of)} accounts {'says' if len(said) == 1 else 'say'}"


def _lies_under(iri: str, kind: str) -> bool:
    name = iri.removeprefix(KG.iri)
    return name in load_ontology().terms and load_ontology().is_a(name, kind)
