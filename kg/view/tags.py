"""Short names for what was found in an article: P1, O2, G1, L3 for its entities, E1 for its events."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.model import Chain, EntityMention, ResolvedDocument
from kg.ontology import load_ontology
from kg.view.paragraphs import Style

_SORTS = {
    "Person": ("P", Style.PERSON),
    "Organization": ("O", Style.ORGANIZATION),
    "Group": ("G", Style.GROUP),
    "Place": ("L", Style.PLACE),
}
_OTHER = ("X", Style.PLAIN)
_NEVER = 1 << 60

SORTS = tuple((letter, style) for letter, style in _SORTS.values())
"""The letter and style of each sort of entity."""


def sort_of(kind: str) -> tuple[str, Style]:
    """The letter and style of the class with this local name.

    Raises `DataError` where the ontology has no such class.
    """
    for name in load_ontology().superclasses(kind):
        if name in _SORTS:
            return _SORTS[name]
    return _OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """An article with its tags, and what is looked up by key.

    `chains` maps ids of chains to tags, those of one letter in order of first mention; `events` maps keys
    of accounts. `mentions` has the mentions by key, `of_chain` those of each chain in order of the text.
    """

    resolved: ResolvedDocument
    chains: dict[int, str]
    events: dict[str, str]
    by_id: dict[int, Chain]
    mentions: dict[str, EntityMention]
    of_chain: dict[int, tuple[EntityMention, ...]]

    def style(self, chain: int) -> Style:
        """The style of the chain with this id."""
        return sort_of(self.by_id[chain].kind)[1]

    def anchor(self, begin: int, end: int) -> str:
        """The words between two offsets."""
        return self.resolved.annotated.document.text[begin:end]


def tag(resolved: ResolvedDocument) -> Tagged:
    """Gives every chain and account of an article its tag.

    Raises `DataError` where a chain is of a class that the ontology lacks.
    """
    annotated = resolved.annotated
    of_chain: dict[int, list[EntityMention]] = {chain.id: [] for chain in annotated.chains}
    for mention in sorted(annotated.mentions, key=lambda one: (one.begin, one.end)):
        of_chain[mention.chain].append(mention)
    letters = [letter for letter, _ in (*SORTS, _OTHER)]
    counts: Counter[str] = Counter()
    chains: dict[int, str] = {}
    ordered = sorted(
        annotated.chains,
        key=lambda chain: (
            letters.index(sort_of(chain.kind)[0]),
            of_chain[chain.id][0].begin if of_chain[chain.id] else _NEVER,
            chain.id,
        ),
    )
    for chain in ordered:
        letter = sort_of(chain.kind)[0]
        counts[letter] += 1
        chains[chain.id] = f"{letter}{counts[letter]}"
    accounts = sorted(annotated.events, key=lambda one: (one.begin, one.end, one.key))
    return Tagged(
        resolved=resolved,
        chains=chains,
        events={account.key: f"E{number}" for number, account in enumerate(accounts, start=1)},
        by_id={chain.id: chain for chain in annotated.chains},
        mentions={mention.key: mention for mention in annotated.mentions},
        of_chain={id: tuple(found) for id, found in of_chain.items()},
    )
