"""Which entity of the graph is which of gold's, and the figures of mentions, entities and linking.

One entity of the graph answers to one of gold: the one whose mentions stand where gold's do, exactly (two
votes) or overlapping (one). A second one for the same thing is a duplicate, and wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.evaluate.counts import Tally
from kg.evaluate.gold import GoldArticle, GoldEntity
from kg.evaluate.graph import FoundEntity, FoundMention
from kg.evaluate.rules import folded
from kg.evaluate.spans import Span, Windows, any_meets, name_spans

_SLACK = 4
"""How many code points a mention may begin beside gold's, where it ends with it: a title or an article."""

_UNKNOWN = FoundEntity(kind=None, names=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Which gold entity, by its key, each entity of the graph is in one article."""

    keys: Mapping[str, str]
    names: Mapping[str, frozenset[str]]
    entities: Mapping[str, FoundEntity]

    def same(self, iri: str, key: str) -> bool:
        """Whether an entity of the graph is this one of gold: by its mentions here, or by its name."""
        if self.keys.get(iri) == key:
            return True
        return not self.names[key].isdisjoint(self.entities.get(iri, _UNKNOWN).names)

    def among(self, iri: str, keys: Iterable[str]) -> bool:
        """Whether it is one of these."""
        return any(self.same(iri, key) for key in keys)

    def held(self, iris: Iterable[str], key: str) -> bool:
        """Whether one of these is it."""
        return any(self.same(iri, key) for iri in iris)

    def label(self, iri: str) -> str:
        """What to call an entity of the graph in a message."""
        return min(self.entities.get(iri, _UNKNOWN).names, key=lambda name: (-len(name), name), default=iri)


def align(
    gold: GoldArticle, entities: Mapping[str, FoundEntity], found: Iterable[FoundMention], tally: Tally
) -> Alignment:
    """Aligns the entities that one article's mentions by name are about with gold's, and counts."""
    return _Aligner(gold, entities, found, tally).aligned()


class _Aligner:
    def __init__(
        self,
        gold: GoldArticle,
        entities: Mapping[str, FoundEntity],
        found: Iterable[FoundMention],
        tally: Tally,
    ) -> None:
        self._gold, self._entities, self._tally = gold, entities, tally
        self._windows = Windows(gold.text)
        self._wanted, self._neutral = name_spans(gold)
        self._by_key = {entity.key: entity for entity in gold.entities}
        self._names = {entity.key: _names(entity) for entity in gold.entities}
        self._mentions = [mention for mention in found if mention.begin < len(gold.text)]
        self._spans: dict[str, list[FoundMention]] = defaultdict(list)
        for mention in self._mentions:
            self._spans[mention.entity].append(mention)
        # Descriptions and further names: right to mark, and right to leave.
        self._free = {folded(form) for form in gold.optional_mentions}
        for entity in gold.entities:
            self._free.update(folded(form) for form in (*entity.nominals, *entity.alternatives))

    def aligned(self) -> Alignment:
        keys = self._keys()
        alignment = Alignment(keys=keys, names=self._names, entities=self._entities)
        self._count_entities(keys)
        self._count_mentions(keys)
        return alignment

    def _keys(self) -> dict[str, str]:
        votes: dict[tuple[str, str], int] = defaultdict(int)
        for span in self._wanted:
            for iri, mentions in self._spans.items():
                if any((each.begin, each.end) == (span.begin, span.end) for each in mentions):
                    votes[iri, span.key] += 2
                elif any(span.meets(each.begin, each.end) for each in mentions):
                    votes[iri, span.key] += 1
        keys: dict[str, str] = {}
        for (iri, key), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
            free = key not in keys.values() or self._by_key[key].several
            if iri not in keys and free and self._is_kind(iri, key):
                keys[iri] = key
        return keys

    def _is_kind(self, iri: str, key: str) -> bool:
        return self._kind(iri) in self._by_key[key].kinds

    def _kind(self, iri: str) -> str | None:
        return self._entities.get(iri, _UNKNOWN).kind

    def _count_entities(self, keys: Mapping[str, str]) -> None:
        named = {span.key for span in self._wanted}
        found = named.intersection(keys.values())
        self._tally.add("entities", right=len(found), missed=len(named - found))
        for key in sorted(named - found):
            first = min(span for span in self._wanted if span.key == key)
            self._tally.miss("entities", f"entity missed: {key}", self._windows.sentence(first.begin))
        unnamed = [entity.key for entity in self._gold.entities if not entity.names]
        for iri, mentions in sorted(self._spans.items()):
            if iri in keys or self._kind(iri) is None:
                continue
            words = {folded(self._words(each)) for each in mentions}
            if words <= self._free or all(
                any_meets(self._neutral, each.begin, each.end) for each in mentions
            ):
                continue
            if any(not self._names[key].isdisjoint(self._entities[iri].names) for key in unnamed):
                continue
            self._tally.add("entities", wrong=1)
            first_mention = min(mentions)
            self._tally.miss(
                "entities",
                f"entity wrong or there twice: {', '.join(sorted(words)[:3])} <{iri}>",
                self._windows.sentence(first_mention.begin),
            )

    def _count_mentions(self, keys: Mapping[str, str]) -> None:
        by_span = {(each.begin, each.end): each.entity for each in self._mentions}
        for span in self._wanted:
            self._count_wanted(span, by_span, keys)
        for (begin, end), iri in sorted(by_span.items()):
            if self._kind(iri) is None or iri in keys or folded(self._gold.text[begin:end]) in self._free:
                continue
            if any_meets(self._neutral, begin, end) or any_meets(self._wanted, begin, end):
                continue
            self._tally.add("mentions", wrong=1)
            self._tally.miss(
                "mentions",
                f"mention wrong: '{self._gold.text[begin:end]}' as {self._kind(iri)}",
                self._windows.sentence(begin),
            )

    def _count_wanted(
        self, span: Span, by_span: Mapping[tuple[int, int], str], keys: Mapping[str, str]
    ) -> None:
        near = [
            (abs(begin - span.begin), iri)
            for (begin, end), iri in by_span.items()
            if end == span.end and abs(begin - span.begin) <= _SLACK
        ]
        words = self._gold.text[span.begin : span.end]
        hit = min(near, default=(0, None))[1]
        if hit is None or not self._is_kind(hit, span.key):
            self._tally.add("mentions", missed=1)
            kinds = " or ".join(self._by_key[span.key].kinds)
            got = f", found as {self._kind(hit) or 'something else'}" if hit else ""
            self._tally.miss(
                "mentions", f"mention missed: '{words}', {kinds}{got}", self._windows.sentence(span.begin)
            )
            return
        self._tally.add("mentions", right=1)
        if keys.get(hit) == span.key:
            self._tally.add("linking", right=1)
            return
        self._tally.add("linking", wrong=1, missed=1)
        self._tally.miss(
            "linking",
            f"mention of another: '{words}', wanted {span.key}, found <{hit}>",
            self._windows.sentence(span.begin),
        )

    def _words(self, mention: FoundMention) -> str:
        return self._gold.text[mention.begin : mention.end]


def _names(entity: GoldEntity) -> frozenset[str]:
    return frozenset(map(folded, (*entity.names, *entity.alternatives, *entity.nominals)))
