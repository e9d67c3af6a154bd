"""RESOLVE over all articles: which mentions are one entity, which accounts one event.

A pure function of the articles' digests, whatever their order, done again when articles come or go.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from kg.corrections import Correction
from kg.errors import given_twice
from kg.model import Reduction
from kg.resolve.corrected_entities import Links
from kg.resolve.corrections import Corrections
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
    corrections: Iterable[Correction] = (),
    links: Links | None = None,
) -> Reduction:
    """Entities, positions and events over all of `digests`, the same in whatever order they come.

    `parents` finds a place by its id (`kg.gazetteer.Gazetteers.place`): the places around linked places
    are then in the graph too. `rules` are those that come with the program unless others are given.
    Without `merge` each account of an event is an event of its own; entities are one all the same.
    `corrections` are a reader's; `links` finds what they link to (`kg.resolve.link_by_id`).
    Raises `DataError` where two digests are of one article, a file of rules is wrong, or corrections
    contradict one another.
    """
    ordered = sorted(digests, key=lambda each: each.article)
    for one, other in pairwise(ordered):
        if one.article == other.article:
            raise given_twice(one.article)
    rules = rules or shipped_rules()
    identity = identify(ordered, rules)
    entities = relate(ordered, identity, rules, parents)
    if told := tuple(corrections):
        events = gather_events(ordered, identity, entities, rules, merge=merge)
        corrected = Corrections(told, ordered, identity, events, links)
        identity = corrected.with_kinds(identify(ordered, rules, corrected.entities.regroup))
        entities = relate(ordered, identity, rules, parents)
        events = gather_events(
            ordered, identity, entities, rules, merge=merge, regroup=corrected.events.regroup
        )
        events = corrected.events.settle(events, entities, identity, rules)
        return Reduction(
            entities=entities,
            positions=gather_positions(ordered, identity),
            events=events,
            corrections=corrected.applied(identity, events),
            unapplied=tuple(corrected.unapplied),
        )
    return Reduction(
        entities=entities,
        positions=gather_positions(ordered, identity),
        events=gather_events(ordered, identity, entities, rules, merge=merge),
    )
