"""Relations between entities: what articles say, and where the linked places lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from kg.model import Entity, Link, Place
from kg.resolve.digest import Digest
from kg.resolve.entities import Identity
from kg.resolve.rules import Rules

Parents: TypeAlias = Callable[[str], Place | None]
_GEONAMES = "https://sws.geonames.org/"


def relate(
    digests: Sequence[Digest], identity: Identity, rules: Rules, parents: Parents | None = None
) -> tuple[Entity, ...]:
    """The entities of `identity` with their relations, sorted, and the places around its linked places.

    A place lies in each of the places around it that is in the graph. Where `parents` finds places by
    their ids, those of the classes `rules.surrounding` and those of a table are added, without mentions. A
    place is the capital of what the gazetteer says it is the seat of, where that is in the graph too.
    """
    told: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for digest in digests:
        for relation in digest.relations:
            one = identity.of_chain[digest.article, relation.subject]
            other = identity.of_chain[digest.article, relation.object]
            if one != other:
                told[one].add((relation.relation, other))
    entities = {entity.id: entity for entity in identity.entities}
    by_place = {
        entity.link.place.id: entity for entity in entities.values() if entity.link and entity.link.place
    }
    if parents is not None:
        for entity in _around(by_place, parents, rules):
            entities[entity.id] = entity
            if entity.link and entity.link.place:
                by_place[entity.link.place.id] = entity
    for entity in by_place.values():
        place = entity.link.place if entity.link else None
        if place is not None:
            told[entity.id] |= {("locatedIn", each) for each in _ids(by_place, place.parents)}
            told[entity.id] |= {("capitalOf", each) for each in _ids(by_place, place.capital_of)}
    return tuple(
        replace(entity, relations=tuple(sorted(each for each in told[id_] if each[1] != id_)))
        for id_, entity in sorted(entities.items())
    )


def place_key(place: Place) -> str:
    """The id of the entity for a place of the gazetteers, as `kg.model.Link.id` has it."""
    return f"geonames/{place.id}" if _of_geonames(place) else f"gazetteer/{place.id}"


def place_iris(place: Place) -> tuple[str, ...]:
    """The IRIs of a place elsewhere: GeoNames' where it is of GeoNames, and what its gazetteer gives."""
    known = (f"{_GEONAMES}{place.id}/",) if _of_geonames(place) else ()
    return tuple(dict.fromkeys((*known, *place.same_as)))


def _of_geonames(place: Place) -> bool:
    return place.id.isascii() and place.id.isdigit()


def _ids(by_place: dict[str, Entity], places: Iterable[str]) -> list[str]:
    return [by_place[each].id for each in places if each in by_place]


def _around(by_place: dict[str, Entity], parents: Parents, rules: Rules) -> list[Entity]:
    """The places around those of `by_place` that it lacks."""
    found: dict[str, Entity] = {}
    wanted = [each for entity in by_place.values() if entity.link and entity.link.place
              for each in entity.link.place.parents]  # fmt: skip
    for id_ in sorted(set(wanted) - set(by_place)):
        place = parents(id_)
        wide = place is not None and (place.kind in rules.surrounding or not _of_geonames(place))
        if place is not None and wide and place.id not in by_place:
            link = Link(
                id=place_key(place),
                label=place.name,
                kind=place.kind,
                confidence=1.0,
                reason="lies around a place that is mentioned",
                same_as=place_iris(place),
                place=place,
            )
            found[place.id] = Entity(
                id=link.id, kind=place.kind, label=place.name, link=link, reason=link.reason
            )
    return list(found.values())
