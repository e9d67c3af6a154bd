"""Lasting relations: whether the graph has those that gold has. What it has beside them is not judged."""

from __future__ import annotations

from collections.abc import Iterable

from kg.evaluate.counts import Tally
from kg.evaluate.entities import Alignment
from kg.evaluate.gold import GoldArticle, GoldRelation
from kg.evaluate.graph import FoundRelation
from kg.evaluate.rules import folded


def count_relations(
    gold: GoldArticle, relations: Iterable[FoundRelation], alignment: Alignment, tally: Tally
) -> None:
    """Counts the relations of one article."""
    found = list(relations)
    for relation in gold.relations:
        if relation.optional:
            continue
        right = any(_agree(relation, each, alignment) for each in found)
        tally.add("relations", right=right, missed=not right)
        if not right:
            said = (relation.subject, relation.relation, "|".join(relation.titles), relation.object or "")
            tally.miss("relations", f"relation missed: {' '.join(part for part in said if part)}")


def _agree(wanted: GoldRelation, found: FoundRelation, alignment: Alignment) -> bool:
    """A title agrees where one of gold's is in it, or it in one of them."""
    if found.relation != wanted.relation or not alignment.same(found.subject, wanted.subject):
        return False
    titles = [folded(title) for title in wanted.titles]
    if titles and not any(title in found.title or found.title in title for title in titles):
        return False
    if wanted.object is None:
        return True
    return found.object is not None and alignment.same(found.object, wanted.object)
