"""What an article says around its places: which countries it is about, which place lies in which,
and what kind of place it calls each.

Toponyms of one article lie near each other and are said to lie in each other: one sense per referent,
spatial minimality and the contained-in patterns of Leidner (*Toponym Resolution in Text*, 2007).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from kg.gazetteer.gazetteers import Gazetteers
from kg.gazetteer.tables import PLACE_KINDS
from kg.model import AnnotatedDocument, Chain, EntityMention, Form

_WORD_AFTER = re.compile(r"(?:['’]s)?\s+([^\W\d_]+(?:-[^\W\d_]+)*)")
_COMMA = re.compile(r"(?:['’]s)?(?:\s+[a-z]+)?,\s+(?!the\s)(?:in\s+)?(?:[a-z]+\s+){0,2}\Z")
_JOINED = re.compile(r"(?:['’]s)?(?:\s+[a-z]+)?(?:\s+\(|\s+in\s+|\s+of\s+)(?:the\s+)?(?:[a-z]+\s+){0,2}\Z")
_LISTED = re.compile(r"\s*,\s+(?:and\s+|or\s+)?\Z|\s+(?:and|or)\s+\Z")
_OWNED = re.compile(r"['’]s?\s+(?:[a-z]+\s+){0,2}\Z")
_LOOK_AROUND = 40
_MOST_COUNTED = 4


@dataclass(slots=True)
class Context:
    """What is known of an article before its places are chosen.

    `votes` are, for a chain, the classes that the words around it give it; `inside` the chains that it is
    said to lie in; `countries` what speaks for each country as (chain, weight).
    """

    votes: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    inside: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    countries: dict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[int] = field(default_factory=Counter)

    def add_country(self, code: str, chain: int, weight: float) -> None:
        """Let `chain` speak for the country of the ISO `code`."""
        if code:
            self.countries[code].append((chain, weight))

    def support(self, code: str, but: int) -> float:
        """What speaks for a country, what the chain `but` says itself left out."""
        return sum(weight for chain, weight in self.countries.get(code, ()) if chain != but)

    def total(self, but: int) -> float:
        """What speaks for all countries together, what the chain `but` says itself left out."""
        return sum(weight for found in self.countries.values() for chain, weight in found if chain != but)

    def speakers(self, code: str, but: int) -> int:
        """How many other chains speak for a country."""
        return len({chain for chain, _ in self.countries.get(code, ()) if chain != but})


def read_context(annotated: AnnotatedDocument, gazetteers: Gazetteers) -> Context:
    """The context of the places of an article; countries as far as people, bodies and adjectives tell."""
    found = Context()
    chains = {chain.id: chain for chain in annotated.chains}
    named = sorted(
        (m for m in annotated.mentions if m.form is Form.NAMED), key=lambda m: (m.begin, -m.end, m.key)
    )
    for mention in annotated.mentions:
        found.counts[mention.chain] += 1
    for chain in annotated.chains:
        if chain.kind not in PLACE_KINDS:
            entry = gazetteers.entry(chain.gazetteer) if chain.gazetteer else None
            code = chain.country or (entry.country if entry else None)
            if code:
                found.add_country(code, chain.id, 0.4 + 0.1 * min(found.counts[chain.id], _MOST_COUNTED))
    text = annotated.document.text
    for mention in named:
        if chains[mention.chain].kind in PLACE_KINDS:
            _vote(text, mention, gazetteers, found)
    _nest(text, [m for m in named if chains[m.chain].kind in PLACE_KINDS], chains, found)
    by_key = {mention.key: mention.chain for mention in annotated.mentions}
    for relation in annotated.relations:
        inner, outer = by_key.get(relation.subject), by_key.get(relation.object)
        if inner is not None and outer is not None and relation.relation in {"locatedIn", "capitalOf"}:
            found.inside[inner].add(outer)
    return found


def _vote(text: str, mention: EntityMention, gazetteers: Gazetteers, found: Context) -> None:
    """The designation after, before or in the name: *Kunduz province*, *city of Kunduz*, *Kunduz city*."""
    designations = gazetteers.designations
    _, kind = designations.strip(text[mention.begin : mention.end])
    if kind is None and (after := _WORD_AFTER.match(text, mention.end)):
        kind = designations.after.get(after[1].lower())
    if kind is None:
        _, kind = designations.strip_before(text[max(0, mention.begin - _LOOK_AROUND) : mention.begin])
    if kind is not None:
        found.votes[mention.chain][kind] += 1


def _nest(text: str, places: list[EntityMention], chains: dict[int, Chain], found: Context) -> None:
    """*Gao, Mali*, *Gao in northern Mali*, *Mali's Gao*, *the Tessalit district of Kidal*; no lists."""
    betweens = [
        text[first.end : second.begin] if 0 < second.begin - first.end <= _LOOK_AROUND else "."
        for first, second in pairwise(places)
    ]
    for at, (first, second) in enumerate(pairwise(places)):
        between = betweens[at]
        if first.chain == second.chain:
            continue
        if _OWNED.match(between):
            found.inside[second.chain].add(first.chain)
        elif chains[first.chain].kind == "Country":
            continue
        elif _JOINED.match(between) or (
            _COMMA.match(between)
            and not (at > 0 and _LISTED.match(betweens[at - 1]))
            and not (at + 1 < len(betweens) and _LISTED.match(betweens[at + 1]))
        ):
            found.inside[first.chain].add(second.chain)
