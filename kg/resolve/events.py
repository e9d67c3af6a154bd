"""Which accounts tell of one event.

Accounts are taken in a fixed order, those that say most first, and each joins the cluster that it fits,
if it is one; else it starts its own. To fit, nothing known of it may contradict anything known of any
account there, and place, time and participants must tell for it (`kg.resolve.matching`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from kg.model import Entity, Event, MentionRef, Status
from kg.resolve.copies import Texts, Witnesses
from kg.resolve.digest import Digest
from kg.resolve.entities import Identity
from kg.resolve.event_labels import date_range, label_of
from kg.resolve.happening_index import HappeningIndex
from kg.resolve.intervals import common, days_between
from kg.resolve.matching import DEED, LOCATED_IN, NEAR_DAYS, Account, Fit, Happening, Matcher
from kg.resolve.merge_reasons import merge_reason
from kg.resolve.names_match import digest_of
from kg.resolve.placing import bodies_of_groups, days_of_print
from kg.resolve.rules import Rules

_UNDONE = (Status.PLANNED, Status.POSSIBLE)
_NOBODY: frozenset[str] = frozenset()
_STRENGTH = {status: number for number, status in enumerate(Status)}


def gather_events(
    digests: Sequence[Digest],
    identity: Identity,
    entities: Sequence[Entity],
    rules: Rules,
    *,
    merge: bool = True,
    regroup: Callable[[Sequence[Happening]], Sequence[Happening]] | None = None,
) -> tuple[Event, ...]:
    """The events of `digests`, sorted by id; `entities` are those of `identity` with their relations.

    Without `merge` each account is an event of its own. `regroup` corrects which accounts are one.

    An event's status is the strongest of its accounts, its dates what all of them share, its confidence
    the highest (accounts often copy one another, so they are no independent witnesses).
    """
    happenings = _gathered(digests, identity, entities, rules, merge)
    if regroup is not None:
        happenings = list(regroup(happenings))
    names = {entity.id: entity for entity in entities}
    event_of = {account.ref: _id(happening) for happening in happenings for account in happening.accounts}
    texts = Texts(digests)
    events: list[Event] = []
    while happenings:  # each is let go when its event is made: there are many
        happening = happenings.pop()
        events.append(_event(happening, texts.witnesses(happening.accounts), event_of, names, rules))
    return tuple(sorted(events, key=lambda event: event.id))


def _gathered(
    digests: Sequence[Digest], identity: Identity, entities: Sequence[Entity], rules: Rules, merge: bool
) -> list[Happening]:
    """The accounts gathered into happenings.

    Those of another root or mood are never one, so they are taken group by group: the index, which takes
    much memory, is of one group.
    """
    bodies = bodies_of_groups(digests, identity, rules)
    matcher = Matcher(rules, identity, entities, bodies)
    printed = days_of_print(digests, identity, rules, matcher.wide)
    accounts = list(_accounts(digests, identity, rules, bodies, printed))
    if not merge:
        return list(map(Happening, accounts))
    accounts.sort(key=_most_told)
    accounts.sort(key=_group)
    happenings: list[Happening] = []
    for _, alike in groupby(accounts, key=_group):
        index = HappeningIndex(matcher)
        for account in alike:
            best = _best(account, index.candidates(account), matcher)
            if best is None:
                happening = Happening(account)
                happenings.append(happening)
            else:
                happening, fit = best
                kind = rules.narrower(account.told.kind, happening.kind) or happening.kind
                happening.add(account, fit, kind)
            index.add(account, happening)
    return happenings


def _group(account: Account) -> tuple[str, str]:
    return account.root, account.mood


def _accounts(
    digests: Sequence[Digest],
    identity: Identity,
    rules: Rules,
    bodies: Mapping[str, frozenset[str]],
    printed: Mapping[str, int],
) -> Iterator[Account]:
    kinds = {told.kind for digest in digests for told in digest.accounts}
    utterances = {kind for kind in kinds if not rules.utterances.isdisjoint(rules.line(kind))}
    settled = {kind for kind in kinds if not rules.settled.isdisjoint(rules.line(kind))}
    people = {entity.id for entity in identity.entities if entity.kind == "Person"} & identity.lasting
    sets: dict[frozenset[str], frozenset[str]] = {}  # equal ones are one: most are empty, and all are kept

    def one(found: frozenset[str]) -> frozenset[str]:
        return sets.setdefault(found, found)

    for digest in digests:

        def entities(chains: Sequence[int], article: str = digest.article) -> frozenset[str]:
            return one(frozenset(identity.of_chain[article, chain] for chain in chains))

        ties = _ties(digest)
        stretches = [days_between(told.start_date, told.end_date) for told in digest.accounts]
        news = frozenset(days.first for days in stretches if days is not None and days.first == days.last)
        nth: dict[tuple[str, str], int] = {}
        for told, days in zip(digest.accounts, stretches, strict=True):
            nth[told.kind, told.text] = number = nth.get((told.kind, told.text), 0) + 1
            agents, targets = entities(told.agents), entities(told.targets)
            yield Account(
                ref=MentionRef(article=digest.article, key=told.key),
                told=told,
                root=rules.root(told.kind),
                utterance=told.kind in utterances,
                settled=told.kind in settled,
                mood=told.status.value if told.status in _UNDONE else DEED,
                published=printed.get(digest.article),
                days=days,
                agents=agents,
                targets=targets,
                places=entities(told.places),
                origins=entities(told.origins),
                destinations=entities(told.destinations),
                sources=entities(told.sources),
                actors=one((agents | targets).union(*(bodies.get(each, ()) for each in agents | targets))),
                nth=number,
                news=news,
                persons=one((targets or agents) & people) if told.kind in rules.of_a_person else _NOBODY,
                tie=ties.get(told.key),
            )


def _ties(digest: Digest) -> dict[str, MentionRef]:
    """For accounts that take one up, and for those taken up, the first in the row."""
    above = {told.key: told.retells for told in digest.accounts if told.retells}
    found: dict[str, MentionRef] = {}
    for key in above:
        first, seen = key, {key}
        while first in above and above[first] not in seen:
            first = above[first]
            seen.add(first)
        found[key] = found[first] = MentionRef(article=digest.article, key=first)
    return found


def _most_told(account: Account) -> tuple[object, ...]:
    days = account.days
    return (
        not account.locus,
        days is None or days.count > NEAR_DAYS,
        days is None,
        account.told.status is Status.DENIED,
        not account.agents,
        not account.targets,
        account.ref,
    )


def _best(
    account: Account, candidates: Iterator[Happening], matcher: Matcher
) -> tuple[Happening, Fit] | None:
    """The happening that fits best; None where two fit alike, or more than one where only one may."""
    fitting: list[tuple[Happening, Fit]] = []
    doubtful = 0
    for happening in candidates:
        if (fit := matcher.fit(account, happening)) is not None:
            fitting.append((happening, fit))
            doubtful += fit.only
            if doubtful > 1:
                break  # none of them, then, unless a better one has come before
    fitting.sort(key=lambda each: -each[1].score)
    if not fitting or (
        len(fitting) > 1 and (fitting[0][1].only or fitting[0][1].score == fitting[1][1].score)
    ):
        return None
    return fitting[0]


# ---------------------------------------------------------------- what comes of it


def _id(happening: Happening) -> str:
    first = min(account.ref for account in happening.accounts)
    where = f"{first.article}\n{first.key}"
    return f"event/{happening.kind.lower()}-{digest_of(where, 12)}"


def _event(
    happening: Happening,
    witnesses: Witnesses,
    event_of: dict[MentionRef, str],
    names: dict[str, Entity],
    rules: Rules,
) -> Event:
    accounts = sorted(happening.accounts, key=lambda account: account.ref)
    id_ = event_of[accounts[0].ref]
    start, end = common((account.told.start_date, account.told.end_date) for account in accounts)
    about = {
        event_of[ref]
        for account in accounts
        for key in account.told.about
        if (ref := MentionRef(article=account.ref.article, key=key)) in event_of
    }
    roles = {
        "agent": _union([account.agents for account in accounts]),
        "target": _union([account.targets for account in accounts]),
        "place": _narrowest(_union([account.places for account in accounts]), names),
        "origin": _union([account.origins for account in accounts]),
        "destination": _union([account.destinations for account in accounts]),
    }
    return Event(
        id=id_,
        kind=happening.kind,
        label=label_of(happening.kind, roles, date_range(start, end), names, rules),
        status=min((account.told.status for account in accounts), key=_STRENGTH.__getitem__),
        confidence=max(account.told.confidence for account in accounts),
        mentions=tuple(account.ref for account in accounts),
        agents=roles["agent"],
        targets=roles["target"],
        places=roles["place"],
        origins=roles["origin"],
        destinations=roles["destination"],
        sources=_union([account.sources for account in accounts]),
        start_date=start,
        end_date=end,
        dated_by=_dated_by(accounts, start, end),
        about=tuple(sorted(about - {id_})),
        witnesses=witnesses.count,
        copies=witnesses.copies,
        reason=merge_reason(happening, witnesses, names),
    )


def _union(sets: Sequence[frozenset[str]]) -> tuple[str, ...]:
    found = sets[0] if len(sets) == 1 else frozenset().union(*sets)
    return tuple(sorted(found)) if len(found) > 1 else tuple(found)


def _narrowest(places: tuple[str, ...], names: Mapping[str, Entity]) -> tuple[str, ...]:
    """`places` without those in which another of them lies."""
    if len(places) < 2:
        return places
    around = {other for each in places for relation, other in names[each].relations if relation == LOCATED_IN}
    return tuple(each for each in places if each not in around)


def _dated_by(accounts: Sequence[Account], start: str | None, end: str | None) -> tuple[MentionRef, ...]:
    """The time expressions that gave the event's start or end."""
    return tuple(
        sorted(
            {
                MentionRef(article=account.ref.article, key=account.told.times[0])
                for account in accounts
                if account.told.times
                and (
                    (start is not None and account.told.start_date == start)
                    or (end is not None and account.told.end_date == end)
                )
            }
        )
    )
