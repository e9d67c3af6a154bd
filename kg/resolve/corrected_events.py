"""Happenings as readers' corrections have them, and what they say of an event's date, place or status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace

from kg.corrections import Action, Correction
from kg.errors import DataError
from kg.model import Entity, Event, MentionRef, Status
from kg.ontology import load_ontology
from kg.resolve.entities import Identity
from kg.resolve.event_labels import event_label
from kg.resolve.matching import Account, Happening
from kg.resolve.regrouping import Aim, Aimed, Regrouping
from kg.resolve.rules import Rules

_ONE = "one by a reader's correction"
_SETTLING = (Action.DATE, Action.PLACE, Action.KIND, Action.STATUS)


class CorrectedEvents:
    """Regroups happenings, and settles events, as `aimed`, corrections of events, say.

    `chain_of` gives the chain that stands for an entity.
    """

    def __init__(self, aimed: Sequence[Aimed], chain_of: Callable[[Aim], Hashable]) -> None:
        self._aimed = aimed
        self._chain_of = chain_of
        self._regrouping = Regrouping(aimed)
        self.removed: dict[str, frozenset[MentionRef]] = {}
        """By the id of a correction, the accounts that it took out of the events."""

    def regroup(self, happenings: Sequence[Happening]) -> list[Happening]:
        """The happenings as corrected, those that did not happen left out.

        Raises `DataError` where corrections contradict one another.
        """
        group_of = {
            account.ref: number for number, each in enumerate(happenings) for account in each.accounts
        }
        parted, joined = self._regrouping.regroup(group_of)
        groups: defaultdict[object, list[Account]] = defaultdict(list)
        for each in happenings:
            for account in each.accounts:
                groups[joined[parted[account.ref]]].append(account)
        gone = self._gone({ref: joined[key] for ref, key in parted.items()}, groups)
        found = []
        for key, accounts in groups.items():
            if key not in gone:
                numbers = {group_of[account.ref] for account in accounts}
                whole = [happenings[number] for number in sorted(numbers)]
                same = len(whole) == 1 and len(whole[0].accounts) == len(accounts)
                found.append(whole[0] if same else _happening(whole, accounts))
        return found

    def _gone(
        self, key_of: Mapping[MentionRef, object], groups: Mapping[object, Sequence[Account]]
    ) -> set[object]:
        keys: Mapping[object, object] = dict(key_of.items())
        gone: dict[object, Correction] = {}
        for each in self._aimed:
            if each.correction.action is Action.UNTRUE:
                key = keys[self._regrouping.anchor(each.aims[0])]
                gone.setdefault(key, each.correction)
                self.removed[each.correction.id] = frozenset(account.ref for account in groups[key])
        for each in self._aimed:
            if each.correction.action in _SETTLING:
                key = keys[self._regrouping.anchor(each.aims[0])]
                if key in gone:
                    raise DataError(
                        f"{each.correction.where}: this event did not happen, says {gone[key].where}: "
                        "delete one of the two"
                    )
        return set(gone)

    def settle(
        self, events: Sequence[Event], entities: Sequence[Entity], identity: Identity, rules: Rules
    ) -> tuple[Event, ...]:
        """`events` with the dates, places, classes and statuses that were given, and their labels.

        Raises `DataError` where two give something else for one event, or a class is none of events.
        """
        event_of: dict[object, str] = {ref: event.id for event in events for ref in event.mentions}
        names = {entity.id: entity for entity in entities}
        found = {event.id: event for event in events}
        entity_of: Mapping[Hashable, str] = dict(identity.of_chain.items())
        told: dict[tuple[str, Action], Aimed] = {}
        for each in self._aimed:
            correction = each.correction
            anchors = (self._regrouping.anchor(aim) for aim in each.aims)
            touched = {event_of[anchor] for anchor in anchors if anchor in event_of}
            if correction.action is Action.SAME:
                for id_ in touched & found.keys():
                    event = found[id_]
                    found[id_] = replace(event, reason="; ".join(filter(None, (event.reason, _ONE))))
            if correction.action in _SETTLING:
                (id_,) = touched
                other = told.setdefault((id_, correction.action), each)
                if _given(other) != _given(each):
                    raise DataError(
                        f"{correction.where}: another {correction.action} is given at"
                        f" {other.correction.where}: delete one of the two"
                    )
                place = entity_of[self._chain_of(each.place)] if each.place is not None else None
                found[id_] = _settled(found[id_], correction, place)
        return tuple(
            event if found[event.id] is event
            else replace(found[event.id], label=event_label(found[event.id], names, rules))
            for event in events
        )  # fmt: skip

    def things(self, aimed: Aimed, events: Sequence[Event]) -> tuple[str, ...]:
        """The ids of the events that a correction shaped."""
        members = {self._regrouping.anchor(aim) for aim in aimed.aims} | aimed.apart
        return tuple(event.id for event in events if not members.isdisjoint(event.mentions))


def _given(aimed: Aimed) -> tuple[str | None, ...]:
    correction = aimed.correction
    return aimed.place.id if aimed.place else correction.to, correction.start, correction.end


def _settled(event: Event, correction: Correction, place: str | None) -> Event:
    if correction.action is Action.DATE:
        return replace(event, start_date=correction.start, end_date=correction.end, dated_by=())
    if correction.action is Action.STATUS:
        return replace(event, status=Status(correction.to or ""))
    if correction.action is Action.PLACE:
        return replace(event, places=() if place is None else (place,))
    kind = correction.to or ""
    if not load_ontology().is_a(kind, "Event"):
        raise DataError(f"{correction.where}: '{kind}' is no class of events: see ontology/kg.ttl")
    return replace(event, kind=kind)


def _happening(wholes: Sequence[Happening], accounts: Sequence[Account]) -> Happening:
    """One happening of `accounts`, of the class of the happening that most of them are of."""
    refs = {account.ref for account in accounts}
    most = min(
        wholes, key=lambda each: (-sum(one.ref in refs for one in each.accounts), each.accounts[0].ref)
    )
    found = Happening(accounts[0])
    found.accounts += accounts[1:]
    found.kind = most.kind
    found.joined = [
        (account, fit)
        for each in wholes
        for account, fit in each.joined
        if account.ref in refs and account is not accounts[0]
    ]
    return found
