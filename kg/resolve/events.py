"""Which accounts tell of one event.

Accounts are taken in a fixed order, those that say most first, and each joins the cluster that it fits,
if it is one; else it starts its own. To fit, nothing known of it may contradict anything known of any
account there (`kg.resolve.matching`), and place, time and participants must tell for it. Only clusters
with a place or a participant, and a time, in common are compared, so that the work grows with the
number of accounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from kg.model import Entity, Event, MentionRef, Status
from kg.resolve.digest import Digest
from kg.resolve.entities import Identity
from kg.resolve.event_labels import event_label
from kg.resolve.intervals import common, days_between, first_day
from kg.resolve.matching import NEAR_ARTICLES, NEAR_DAYS, Account, Fit, Happening, Matcher
from kg.resolve.names_match import digest_of
from kg.resolve.rules import Rules

_STRENGTH = {status: number for number, status in enumerate(Status)}
_Index: TypeAlias = defaultdict[tuple[object, ...], dict[int, Happening]]


def gather_events(
    digests: Sequence[Digest], identity: Identity, entities: Sequence[Entity], rules: Rules
) -> tuple[Event, ...]:
    """The events of `digests`, sorted by id; `entities` are those of `identity` with their relations.

    An event's status is the strongest of its accounts, its dates what all of them share, its confidence
    the highest (accounts often copy one another, so they are no independent witnesses).
    """
    matcher = Matcher(rules, identity, entities)
    happenings: list[Happening] = []
    index: _Index = defaultdict(dict)
    for account in sorted(_accounts(digests, identity, rules), key=_most_told):
        best = _best(account, _candidates(account, index), matcher)
        if best is None:
            happening = Happening(account)
            happenings.append(happening)
        else:
            happening, fit = best
            happening.add(account, fit, rules.narrower(account.told.kind, happening.kind) or happening.kind)
        for key in _keys(account, happening):
            index[key][id(happening)] = happening
    names = {entity.id: entity for entity in entities}
    event_of = {account.ref: _id(happening) for happening in happenings for account in happening.accounts}
    events = (_event(happening, event_of, names, rules) for happening in happenings)
    return tuple(sorted(events, key=lambda event: event.id))


def _accounts(digests: Sequence[Digest], identity: Identity, rules: Rules) -> Iterator[Account]:
    for digest in digests:
        published = first_day(digest.date) if digest.date else None

        def entities(chains: Sequence[int], article: str = digest.article) -> frozenset[str]:
            return frozenset(identity.of_chain[article, chain] for chain in chains)

        for told in digest.accounts:
            yield Account(
                ref=MentionRef(article=digest.article, key=told.key),
                told=told,
                root=rules.root(told.kind),
                utterance=not rules.utterances.isdisjoint(rules.line(told.kind)),
                published=published,
                days=days_between(told.start_date, told.end_date),
                agents=entities(told.agents),
                targets=entities(told.targets),
                places=entities(told.places),
                origins=entities(told.origins),
                destinations=entities(told.destinations),
                sources=entities(told.sources),
            )


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


# ---------------------------------------------------------------- where to look


def _anchors(account: Account) -> list[str]:
    return sorted(account.locus | account.agents | account.targets)


def _keys(account: Account, happening: Happening) -> Iterator[tuple[object, ...]]:
    """Under what an account's happening is found again."""
    told, days = account.told, happening.days
    if account.utterance:
        if told.quotation is not None:
            yield account.root, told.quotation
        return
    for anchor in _anchors(account):
        key = account.root, account.mood, anchor
        yield *key, "in", account.ref.article
        if days is not None:
            yield *key, "dated"
            if days.count <= NEAR_DAYS:
                for day in range(days.first, days.last + 1):
                    yield *key, "on", day
            else:
                yield *key, "wide"
        if account.published is not None:
            for actor in sorted(account.agents | account.targets):
                yield *key, "told", actor, account.published


def _candidates(account: Account, index: _Index) -> list[Happening]:
    """The happenings that `account` may be told of, each once, in the order in which they began."""
    keys: list[tuple[object, ...]] = []
    told, days = account.told, account.days
    if account.utterance:
        keys = [(account.root, told.quotation)] if told.quotation is not None else []
    else:
        for anchor in sorted(account.locus) or _anchors(account):
            key: tuple[object, ...] = (account.root, account.mood, anchor)
            keys.append((*key, "in", account.ref.article))
            if days is None:
                if account.published is not None:
                    near = range(account.published - NEAR_ARTICLES, account.published + NEAR_ARTICLES + 1)
                    actors = sorted(account.agents | account.targets)
                    keys += [(*key, "told", actor, day) for actor in actors for day in near]
            elif days.count <= NEAR_DAYS:
                keys += [(*key, "on", day) for day in range(days.first, days.last + 1)]
                keys.append((*key, "wide"))
            else:
                keys.append((*key, "dated"))
    found: dict[int, Happening] = {}
    for key in keys:
        found.update(index.get(key, {}))
    return sorted(found.values(), key=lambda happening: happening.accounts[0].ref)


def _best(account: Account, candidates: list[Happening], matcher: Matcher) -> tuple[Happening, Fit] | None:
    """The happening that fits best; None where two fit alike, or more than one where only one may."""
    fitting = [(happening, fit) for happening in candidates if (fit := matcher.fit(account, happening))]
    if not fitting:
        return None
    fitting.sort(key=lambda each: -each[1].score)
    best = fitting[0]
    if len(fitting) > 1 and (best[1].only or best[1].score == fitting[1][1].score):
        return None
    return best


# ---------------------------------------------------------------- what comes of it


def _id(happening: Happening) -> str:
    first = min(account.ref for account in happening.accounts)
    where = f"{first.article}\n{first.key}"
    return f"event/{happening.kind.lower()}-{digest_of(where, 12)}"


def _event(
    happening: Happening, event_of: dict[MentionRef, str], names: dict[str, Entity], rules: Rules
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
    event = Event(
        id=id_,
        kind=happening.kind,
        label="",
        status=min((account.told.status for account in accounts), key=_STRENGTH.__getitem__),
        confidence=max(account.told.confidence for account in accounts),
        mentions=tuple(account.ref for account in accounts),
        agents=_union(account.agents for account in accounts),
        targets=_union(account.targets for account in accounts),
        places=_union(account.places for account in accounts),
        origins=_union(account.origins for account in accounts),
        destinations=_union(account.destinations for account in accounts),
        sources=_union(account.sources for account in accounts),
        start_date=start,
        end_date=end,
        dated_by=_dated_by(accounts, start, end),
        about=tuple(sorted(about - {id_})),
        reason=_reason(happening),
    )
    return replace(event, label=event_label(event, names, rules))


def _union(sets: Iterable[frozenset[str]]) -> tuple[str, ...]:
    return tuple(sorted(frozenset().union(*sets)))


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


def _reason(happening: Happening) -> str | None:
    if len(happening.accounts) < 2:
        return None
    articles = len({account.ref.article for account in happening.accounts})
    where = f"{articles} articles" if articles > 1 else "one article"
    return f"{len(happening.accounts)} accounts in {where}: {', '.join(sorted(happening.reasons))}"
