"""Where the happenings lie that an account may be of, so that it is compared with few.

Each happening is found under what its accounts must share to be merged (`Matcher._enough`): words that take
one up; a place and a day; a place, a participant and a time; two participants and a day. The work then grows
with the number of accounts, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TypeAlias

from kg.resolve.intervals import Days
from kg.resolve.matching import NEAR_ARTICLES, NEAR_DAYS, Account, Happening, Matcher
from kg.resolve.sketches import HASH

_LOWEST = 2 * HASH
"""Near-copies of a sentence mostly have the two lowest hashes of its sketch in common."""
_SPELL = 2 * NEAR_ARTICLES + 1
_Key: TypeAlias = tuple[object, ...]


class HappeningIndex:
    """Happenings by what their accounts give; in each place in the order in which they were added."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._found: defaultdict[_Key, dict[int, Happening]] = defaultdict(dict)

    def add(self, account: Account, happening: Happening) -> None:
        """Makes `happening` found by what `account`, now one of its own, gives."""
        for key in self._keys(account, happening):
            self._found[key][id(happening)] = happening

    def candidates(self, account: Account) -> Iterator[Happening]:
        """Each happening that `account` may be of, once; those that may share most come first."""
        seen: set[int] = set()
        for key in self._asked(account):
            for number, happening in self._found.get(key, {}).items():
                if number not in seen:
                    seen.add(number)
                    yield happening

    def _keys(self, account: Account, happening: Happening) -> Iterator[_Key]:
        base = account.root, account.mood
        if account.told.text and account.published is not None:
            yield *base, account.told.text[:_LOWEST], account.published // _SPELL
        if account.utterance:
            yield *base, account.told.quotation
            return
        article, days, published = account.ref.article, happening.days, account.published
        if account.tie is not None:
            yield *base, account.tie
        yield from self._of_persons(account)
        narrow = _each_day(days)
        if account.told.toll is not None:
            yield *base, account.told.toll, "in", article
            yield from ((*base, account.told.toll, "on", day) for day in narrow)
        actors, pairs = _actors(account), _pairs(account)
        for place in account.locus:
            yield *base, place, "in", article
            for day in narrow:
                yield *base, place, "on", day
                if not (account.settled or place in self._matcher.wide):
                    yield from ((*base, town, "inside", day) for town in self._matcher.narrow_around(place))
                for actor in actors:
                    yield *base, place, actor, "on", day
            if published is not None:
                wide = place in self._matcher.wide
                for told_of in pairs if wide else (*actors, *self._matcher.side_keys(account)):
                    yield *base, place, told_of, "told", published
            for party in self._parties(account, place):
                if days is not None:
                    yield *base, place, party, "dated"
                    if not narrow:
                        yield *base, place, party, "wide"
        for party in pairs:
            yield *base, party, "in", article
            for day in narrow:
                yield *base, party, "on", day
        for actor in actors:
            for day in narrow:
                yield *base, actor, "on", day

    @staticmethod
    def _of_persons(account: Account) -> Iterator[_Key]:
        for person in account.persons:
            yield account.root, account.mood, person, "in", account.ref.article
            if account.days is not None:
                yield account.root, account.mood, person, "dated"
            if account.published is not None:
                yield account.root, account.mood, person, "told", account.published

    def _asked(self, account: Account) -> Iterator[_Key]:
        base = account.root, account.mood
        if account.told.text and account.published is not None:
            first, last = account.published - NEAR_ARTICLES, account.published + NEAR_ARTICLES
            for spell in range(first // _SPELL, last // _SPELL + 1):
                yield *base, account.told.text[:_LOWEST], spell
        if account.utterance:
            if account.told.quotation is not None:
                yield *base, account.told.quotation
            return
        article, days, published = account.ref.article, account.days, account.published
        if account.tie is not None:
            yield *base, account.tie
        narrow = _each_day(days)
        if account.told.toll is not None:
            yield *base, account.told.toll, "in", article
            yield from ((*base, account.told.toll, "on", day) for day in narrow)
        for person in sorted(account.persons):
            yield *base, person, "in", article
            if days is not None:
                yield *base, person, "dated"
            elif published is not None:
                for day in _around(published):
                    yield *base, person, "told", day
        for place in sorted(account.locus):
            yield *base, place, "in", article
            wide = place in self._matcher.wide
            for day in narrow:
                if wide:
                    yield from ((*base, place, actor, "on", day) for actor in _actors(account))
                    continue
                yield *base, place, "on", day
                if not account.settled:
                    yield *base, place, "inside", day
                    yield from ((*base, town, "on", day) for town in self._matcher.narrow_around(place))
            if days is None and published is not None:
                for told_of in (
                    _pairs(account) if wide else (*_actors(account), *self._matcher.side_keys(account))
                ):
                    for day in _around(published):
                        yield *base, place, told_of, "told", day
            for party in self._parties(account, place):
                if days is not None:
                    yield *base, place, party, "wide" if narrow else "dated"
        if account.locus:
            return
        for party in _pairs(account):
            yield *base, party, "in", article
            for day in narrow:
                yield *base, party, "on", day
        if account.settled:
            for actor in sorted(account.agents):
                for day in narrow:
                    yield *base, actor, "on", day

    def _parties(self, account: Account, place: str) -> list[str] | list[tuple[str, str]]:
        """Whom two accounts at `place` must share where the day alone does not make them one."""
        return _actors(account) if account.settled and place not in self._matcher.wide else _pairs(account)


def _around(published: int) -> range:
    """The days on which articles of the same days came out."""
    return range(published - NEAR_ARTICLES, published + NEAR_ARTICLES + 1)


def _actors(account: Account) -> list[str]:
    return sorted(account.actors)


def _pairs(account: Account) -> list[tuple[str, str]]:
    return list(combinations(_actors(account), 2))


def _each_day(days: Days | None) -> range:
    """The days one by one, where they are few."""
    return range(days.first, days.last + 1) if days is not None and days.count <= NEAR_DAYS else range(0)
