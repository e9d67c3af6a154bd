"""Which accounts were written off one text: near-copies of one agency report are one witness together.

Which of two copies is the original cannot be known.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

from kg.model import MentionRef
from kg.resolve.digest import Digest
from kg.resolve.matching import Account
from kg.resolve.sketches import HASH, same_text

_SHARED_SENTENCES = 3
_SHARED_PART = 4

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnesses:
    """How many articles tell of an event in a text of their own; `copies` are accounts in near-copies."""

    count: int
    copies: tuple[MentionRef, ...] = ()


class Texts:
    """What the sentences with accounts of each article are known by."""

    def __init__(self, digests: Iterable[Digest]) -> None:
        self._sketches = {
            digest.article: tuple(dict.fromkeys(told.text for told in digest.accounts if told.text))
            for digest in digests
        }
        self._judged: dict[tuple[str, str], bool] = {}

    def witnesses(self, accounts: Sequence[Account]) -> Witnesses:
        """Of the articles of one event's `accounts`, those with one text counted once.

        Two articles are one witness where sentences that tell of the event are near-copies, or where so
        much else is that they are versions of one report.
        """
        first: dict[str, MentionRef] = {}
        by_text: defaultdict[str, list[MentionRef]] = defaultdict(list)
        for account in sorted(accounts, key=lambda each: each.ref):
            first.setdefault(account.ref.article, account.ref)
            if account.told.text:
                by_text[account.told.text].append(account.ref)
        if len(first) < 2:
            return Witnesses(count=len(first))
        texts: _Groups[str] = _Groups(by_text)
        for one, other in combinations(by_text, 2):
            if same_text(one, other):
                texts.join(one, other)
        copies: set[MentionRef] = set()
        articles: _Groups[str] = _Groups(first)
        for group in texts.groups():
            alike = [ref for text in group for ref in by_text[text]]
            if len({ref.article for ref in alike}) > 1:
                copies.update(alike)
                for ref in alike:
                    articles.join(ref.article, alike[0].article)
        for mine, theirs in self._likely_versions(sorted(first)):
            if articles.of(mine) != articles.of(theirs) and self._versions(mine, theirs):
                articles.join(mine, theirs)
                copies |= {first[mine], first[theirs]}
        return Witnesses(count=len(articles.groups()), copies=tuple(sorted(copies)))

    def _likely_versions(self, articles: Sequence[str]) -> list[tuple[str, str]]:
        """Pairs that share the lowest hash of two sentences, as near-copies mostly do: few of all pairs."""
        by_low: defaultdict[str, list[str]] = defaultdict(list)
        for article in articles:
            for low in {text[:HASH] for text in self._sketches[article]}:
                by_low[low].append(article)
        pairs = Counter(pair for sharing in by_low.values() for pair in combinations(sharing, 2))
        return sorted(pair for pair, shared in pairs.items() if shared > 1)

    def _versions(self, one: str, other: str) -> bool:
        """Whether the two articles share so many sentences that they were made from one report."""
        if (one, other) not in self._judged:
            mine, theirs = self._sketches[one], self._sketches[other]
            fewest = max(_SHARED_SENTENCES, min(len(mine), len(theirs)) / _SHARED_PART)
            shared = sum(any(same_text(text, each) for each in theirs) for text in mine)
            self._judged[one, other] = shared >= fewest
        return self._judged[one, other]


class _Groups(Generic[T]):
    """Things joined two by two (disjoint sets)."""

    def __init__(self, things: Iterable[T]) -> None:
        self._parent = {thing: thing for thing in things}

    def of(self, thing: T) -> T:
        while (parent := self._parent[thing]) != thing:
            self._parent[thing] = thing = self._parent[parent]
        return thing

    def join(self, one: T, other: T) -> None:
        self._parent[self.of(other)] = self.of(one)

    def groups(self) -> list[list[T]]:
        found: defaultdict[T, list[T]] = defaultdict(list)
        for thing in self._parent:
            found[self.of(thing)].append(thing)
        return list(found.values())
