"""What can be told of accounts from their articles: whom unnamed people act for, when it was printed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from typing import TypeAlias

from kg.model import Status
from kg.resolve.digest import Digest
from kg.resolve.entities import Identity
from kg.resolve.intervals import days_between, first_day
from kg.resolve.names_match import words
from kg.resolve.rules import Rules

CURRENT = 31
"""What an article tells as news happened at most so many days before it."""
_SHARED_DEEDS = 3
_SAID = (Status.ASSERTED, Status.CLAIMED)

_Deed: TypeAlias = tuple[str, str, str]


def bodies_of_groups(
    digests: Sequence[Digest], identity: Identity, rules: Rules
) -> dict[str, frozenset[str]]:
    """The bodies that unnamed groups act for, by the groups' ids: *Front fighters* act for the Front.

    A description that begins with the name of a body of its article tells of people of that body.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for digest in digests:
        known = {
            words(name): identity.of_chain.get((digest.article, chain.id))
            for chain in digest.chains
            if chain.named and "Organization" in rules.line(chain.kind)
            for name in (chain.name, *chain.names)
        }
        for chain in digest.chains:
            group = identity.of_chain.get((digest.article, chain.id))  # None where it takes part in nothing
            if group is None or chain.named or chain.kind != "Group":
                continue
            said = words(chain.name)
            beginnings = (said[:size] for size in range(len(said) - 1, 0, -1))
            body = next((known[start] for start in beginnings if start in known), None)
            if body is not None and body in identity.lasting:
                found[group].add(body)
    return {group: frozenset(of) for group, of in found.items()}


def days_of_print(
    digests: Sequence[Digest], identity: Identity, rules: Rules, wide: frozenset[str]
) -> dict[str, int]:
    """The day on which each article came out, by its id, as far as it can be told.

    An article without a date came out with those that tell as news of three deeds that it tells of too: of
    one class that does not recur (`Rules.settled`), place and doer. Where they are of different times, it
    cannot be told. `wide` places are too wide for that.
    """
    printed = {digest.article: first_day(digest.date) for digest in digests if digest.date}
    tellers: defaultdict[_Deed, dict[str, int]] = defaultdict(dict)
    for digest in digests:
        day = printed.get(digest.article)
        if day is not None:
            for deed in set(_deeds(digest, identity, rules, wide, day)):
                tellers[deed][digest.article] = day
    for digest in digests:
        if digest.date:
            continue
        shared: Counter[tuple[str, int]] = Counter()
        for deed in set(_deeds(digest, identity, rules, wide, None)):
            shared.update(tellers.get(deed, {}).items())
        days = {day for (_, day), count in shared.items() if count >= _SHARED_DEEDS}
        if days and max(days) - min(days) <= CURRENT:
            printed[digest.article] = max(days)
    return printed


def _deeds(
    digest: Digest, identity: Identity, rules: Rules, wide: frozenset[str], printed: int | None
) -> Iterator[_Deed]:
    """Class, place and doer of what `digest` tells as news; where it was `printed` is not known, undated."""
    for told in digest.accounts:
        if rules.settled.isdisjoint(rules.line(told.kind)) or told.status not in _SAID:
            continue
        days = days_between(told.start_date, told.end_date)
        if days is not None and (printed is None or not printed - CURRENT <= days.last <= printed):
            continue
        places = {identity.of_chain[digest.article, chain] for chain in told.places} - wide
        agents = {identity.of_chain[digest.article, chain] for chain in told.agents} & identity.lasting
        for place, agent in product(places & identity.lasting, agents):
            yield rules.root(told.kind), place, agent
