"""Readers' corrections applied: what each is aimed at, what of it no longer is there, and what it did.

Identity is worked out once without corrections, and each correction is read against that; then once more
with them. So what comes out depends on the digests and the set of corrections, not on any order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from kg.corrections import Action, Correction, Reference
from kg.errors import DataError
from kg.gazetteer.folding import fold
from kg.model import AppliedCorrection, Entity, Event, MentionRef
from kg.ontology import load_ontology
from kg.resolve.clusters import FAMILIES
from kg.resolve.corrected_entities import CorrectedEntities, Links
from kg.resolve.corrected_events import CorrectedEvents
from kg.resolve.digest import Digest
from kg.resolve.entities import Identity
from kg.resolve.regrouping import Aim, Aimed, Regrouping
from kg.vocabulary import KG, OWL, RDF

_OF_ENTITIES = frozenset({Action.LINK})
_OF_EVENTS = frozenset({Action.UNTRUE, Action.DATE, Action.PLACE, Action.STATUS})
_PROPERTIES = {
    Action.LINK: (OWL.sameAs,),
    Action.DATE: (KG.startDate, KG.endDate),
    Action.PLACE: (KG.hasPlace,),
    Action.KIND: (RDF.type,),
    Action.STATUS: (KG.status,),
}
"""What a correction settles; the others shape identity, and so everything."""


class Corrections:
    """The corrections that apply to a reduction, which is given without them; `unapplied` says what does not.

    Raises `DataError` where one asks for what cannot be: an event's link, an entity's date.
    """

    def __init__(
        self,
        corrections: Iterable[Correction],
        digests: Sequence[Digest],
        identity: Identity,
        events: Sequence[Event],
        links: Links | None,
    ) -> None:
        known = _Known(digests, identity, events)
        self.unapplied: list[str] = []
        aimed = []
        for correction in sorted(corrections, key=lambda each: each.id):
            try:
                aimed.append(_aimed(correction, known))
            except _NotFoundError as error:
                self.unapplied.append(
                    f"{correction.where}: no longer applies: {error}: name it by a mention,"
                    " or delete the entry"
                )
        of_events = [each for each in aimed if each.aims[0].event]
        self._of_entities = [each for each in aimed if not each.aims[0].event]
        self._regrouping = Regrouping(self._of_entities)
        self.entities = CorrectedEntities(self._of_entities, links)
        self.events = CorrectedEvents(of_events, self._regrouping.anchor)
        self._of_events = of_events

    def with_kinds(self, identity: Identity) -> Identity:
        """`identity`, corrected, with the classes that were given to entities.

        Raises `DataError` where a class is of another sort of thing, or two are given.
        """
        kinds: dict[str, Correction] = {}
        by_id = {entity.id: entity for entity in identity.entities}
        for each in self._of_entities:
            correction = each.correction
            if correction.action is not Action.KIND or correction.to is None:
                continue
            (id_,) = self._ids(each, identity)
            other = kinds.setdefault(id_, correction)
            if other.to != correction.to:
                raise DataError(
                    f"{correction.where}: another kind is given at {other.where}: delete one of the two"
                )
            if _family(correction.to) != _family(by_id[id_].kind):
                raise DataError(
                    f"{correction.where}: what is of the class {by_id[id_].kind} cannot be of"
                    f" {correction.to}: give one below {_family(by_id[id_].kind)}"
                )
            by_id[id_] = replace(by_id[id_], kind=correction.to)
        return replace(identity, entities=tuple(by_id[entity.id] for entity in identity.entities))

    def applied(self, identity: Identity, events: Sequence[Event]) -> tuple[AppliedCorrection, ...]:
        """What was applied, and to which entities and events of the corrected reduction, by id."""
        found = []
        for each in (*self._of_entities, *self._of_events):
            event = each.aims[0].event
            mentions = self.events.removed.get(each.correction.id, frozenset()) if event else frozenset()
            apart = {member for member in each.apart if isinstance(member, MentionRef)}
            found.append(
                AppliedCorrection(
                    id=each.correction.id,
                    label=each.correction.label,
                    by=each.correction.by,
                    why=each.correction.why,
                    when=each.correction.when,
                    properties=_PROPERTIES.get(each.correction.action, ()),
                    things=self.events.things(each, events) if event else self._ids(each, identity),
                    mentions=tuple(sorted(mentions | apart)),
                )
            )
        return tuple(sorted(found, key=lambda one: one.id))

    def _ids(self, aimed: Aimed, identity: Identity) -> tuple[str, ...]:
        chains: Mapping[Hashable, str] = dict(identity.of_chain.items())
        members = {self._regrouping.anchor(aim) for aim in aimed.aims} | aimed.apart
        return tuple(sorted({chains[member] for member in members}))


class _NotFoundError(Exception):
    """What a correction names is not there, or not any more."""


class _Known:
    """What can be named: the entities and events of a reduction without corrections."""

    def __init__(self, digests: Sequence[Digest], identity: Identity, events: Sequence[Event]) -> None:
        self._entities = {entity.id: entity for entity in identity.entities}
        self._events = {event.id: event for event in events}
        self._event_of = {ref: event.id for event in events for ref in event.mentions}
        self._of_chain = identity.of_chain
        self._chain_of = {
            MentionRef(article=digest.article, key=key): (digest.article, chain.id)
            for digest in digests
            for chain in digest.chains
            for key in chain.mentions
        }
        self._chains: defaultdict[str, set[Hashable]] = defaultdict(set)
        for chain, id_ in identity.of_chain.items():
            self._chains[id_].add(chain)

    def find(self, reference: Reference) -> Aim:
        if reference.mention is not None:
            return self._of_mention(reference, reference.mention)
        id_ = reference.id or self._by_name(reference.text)
        if id_ in self._events:
            return Aim(id=id_, event=True, members=frozenset(self._events[id_].mentions))
        if id_ not in self._chains:
            raise _NotFoundError(f"the graph has no '{reference.text}'")
        return Aim(id=id_, event=False, members=frozenset(self._chains[id_]))

    def place(self, reference: Reference, where: str) -> Aim:
        """Raises `DataError` where it is no place."""
        found = self.find(reference)
        if found.event or _family(self._entities[found.id].kind) != "Place":
            raise DataError(f"{where}: '{reference.text}' is no place: name one that the graph has")
        return found

    def _of_mention(self, reference: Reference, mention: MentionRef) -> Aim:
        if (event := self._event_of.get(mention)) is not None:
            return Aim(id=event, event=True, members=frozenset(self._events[event].mentions), named=mention)
        chain = self._chain_of.get(mention)
        if chain is None or chain not in self._of_chain:
            raise _NotFoundError(f"the graph has nothing with the mention '{reference.text}'")
        id_ = self._of_chain[chain]
        return Aim(id=id_, event=False, members=frozenset(self._chains[id_]), named=chain)

    def _by_name(self, text: str) -> str:
        """The id of the only entity of that name, or name and class: *Gao (Province)*."""
        found = self._bearing(text)
        if not found and text.endswith(")"):
            name, _, kind = text.removesuffix(")").rpartition("(")
            found = [each for each in self._bearing(name) if each.kind.casefold() == kind.strip().casefold()]
        if len(found) > 1:
            listed = ", ".join(f"id:{each.id} ({each.kind})" for each in found[:5])
            raise _NotFoundError(f"'{text}' is the name of {len(found)}: {listed}")
        if not found:
            raise _NotFoundError(f"the graph has no '{text}'")
        return found[0].id

    def _bearing(self, name: str) -> list[Entity]:
        wanted = fold(name)
        return [
            entity
            for entity in self._entities.values()
            if wanted and any(fold(one) == wanted for one in (entity.label, *entity.alternate_labels))
        ]


def _aimed(correction: Correction, known: _Known) -> Aimed:
    aims = tuple(map(known.find, correction.things))
    for aim, reference in zip(aims, correction.things, strict=True):
        wrong = (_OF_ENTITIES if aim.event else _OF_EVENTS) & {correction.action}
        if wrong:
            what, other = ("an event", "an entity") if aim.event else ("an entity", "an event")
            raise DataError(
                f"{correction.where}: '{reference.text}' is {what}, and '{correction.action}' corrects"
                f" {other}: name one"
            )
        if aim.event != aims[0].event:
            raise DataError(f"{correction.where}: an event and an entity cannot be one: name two of a kind")
    if correction.action is Action.SPLIT:
        return Aimed(correction=correction, aims=aims, apart=_apart(correction, aims[0], known))
    if correction.place is not None:
        return Aimed(correction=correction, aims=aims, place=known.place(correction.place, correction.where))
    return Aimed(correction=correction, aims=aims)


def _apart(correction: Correction, aim: Aim, known: _Known) -> frozenset[Hashable]:
    found = set()
    for reference in correction.apart:
        member = known.find(reference).named
        if member not in aim.members:
            raise _NotFoundError(f"'{reference.text}' is no mention of '{correction.things[0].text}'")
        found.add(member)
    if found == aim.members:
        raise _NotFoundError(f"nothing would be left of '{correction.things[0].text}'")
    if aim.named in found:
        raise DataError(
            f"{correction.where}: '{correction.things[0].text}' stands for what stays, and is set apart too:"
            " name it by another mention"
        )
    return frozenset(found)


def _family(kind: str) -> str:
    """The widest class of things that are never one: Person, Organization, Group, Place, Event."""
    line = load_ontology().superclasses(kind)
    return next((each for each in (*FAMILIES, "Event") if each in line), line[-1])
