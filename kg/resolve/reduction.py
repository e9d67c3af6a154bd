"""RESOLVE over all articles: which mentions are one entity, which accounts one event.

A pure function of the articles' digests, whatever their order, done again when articles come or go.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from kg.errors import DataError
from kg.model import Reduction
from kg.resolve.digest import Digest, digest
from kg.resolve.entities import identify
from kg.resolve.events import gather_events
from kg.resolve.positions import gather_positions
from kg.resolve.relations import Parents, relate
from kg.resolve.rules import Rules, shipped_rules

__all__ = ["Digest", "digest", "reduce"]


def reduce(
    digests: Iterable[Digest],
    parents: Parents | None = None,
    rules: Rules | None = None,
    *,
    merge: bool = True,
) -> Reduction:
    """Entities, positions and events over all of `digests`, the same in whatever order they come.

    `parents` finds a place by its id (`kg.gazetteer.Gazetteers.place`): the places around linked places
    are then in the graph too. `rules` are those that come with the program unless others are given.
    Without `merge` each account of an event is an event of its own; entities are one all the same.
    Raises `DataError` where two digests are of one article, or a file of rules is wrong.
    """
    ordered = sorted(digests, key=lambda each: each.article)
    for one, other in pairwise(ordered):
        if one.article == other.article:
            raise DataError(f"two articles have the identifier '{one.article}'; give each its own")
    rules = rules or shipped_rules()
    identity = identify(ordered, rules)
    entities = relate(ordered, identity, rules, parents)
    return Reduction(
        entities=entities,
        positions=gather_positions(ordered, identity),
        events=gather_events(ordered, identity, entities, rules, merge=merge),
    )
