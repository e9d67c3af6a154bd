"""Describes what articles agree on: entities, positions and events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from kg.model import Entity, Event, MentionRef, Position, Reduction
from kg.rdf.description import Description
from kg.rdf.iris import Minter, foreign
from kg.rdf.settings import MappingSettings
from kg.rdf.terms import boolean, decimal, integer, node, partial_date, point, text
from kg.vocabulary import GEO, KG, OWL, PROV, RDF, RDFS, SKOS, WGS84


class ReductionMapper:
    """Describes entities, positions and events."""

    def __init__(self, reduction: Reduction, settings: MappingSettings) -> None:
        self._reduction = reduction
        self._ids = Minter(settings.base_iri)
        self._posts: dict[str, list[str]] = defaultdict(list)
        for position in reduction.positions:
            self._posts[position.holder].append(position.id)
        self._corrections: dict[str, list[str]] = defaultdict(list)
        for correction in reduction.corrections:
            for thing in correction.things:
                self._corrections[thing].append(correction.id)

    def graphs(self) -> Iterator[tuple[str, Iterator[Description]]]:
        """Each graph's IRI and what it describes, in order."""
        yield self._ids.graph("entities"), self._entities_and_positions()
        yield self._ids.graph("events"), map(self._event, sorted(self._reduction.events, key=self._iri))

    def _entities_and_positions(self) -> Iterator[Description]:
        found: list[Entity | Position] = [*self._reduction.entities, *self._reduction.positions]
        for item in sorted(found, key=self._iri):
            if isinstance(item, Entity):
                yield from self._entity(item)
            else:
                yield self._position(item)

    def _iri(self, item: Entity | Position | Event) -> str:
        return self._ids.entity(item.id)

    def _refs(
        self, refs: Iterable[MentionRef], mint: Callable[[str, str], str] | None = None
    ) -> Iterator[str]:
        mint = mint or self._ids.mention
        return (mint(ref.article, ref.key) for ref in refs)

    def _entities(self, ids: Iterable[str]) -> Iterator[str]:
        return map(self._ids.entity, ids)

    def _entity(self, entity: Entity) -> Iterator[Description]:
        described = Description(self._ids.entity(entity.id))
        described.types(entity.kind)
        described.add(RDFS.label, text(entity.label))
        names = set(entity.alternate_labels)
        if (link := entity.link) is not None:
            names.update(link.alternate_names)
            described.link(OWL.sameAs, (iri for each in link.same_as if (iri := foreign(each))))
            described.add(KG.confidence, decimal(link.confidence))
        described.pairs += [(SKOS.altLabel, text(name)) for name in names - {entity.label}]
        reason = entity.reason or (link.reason if link else None)
        if reason:
            described.add(SKOS.editorialNote, text(reason))
        described.link(KG.hasMention, self._refs(entity.mentions))
        for name, other in entity.relations:
            described.add(KG.term(name), node(self._ids.entity(other)))
        described.link(KG.holdsPosition, self._entities(self._posts.get(entity.id, ())))
        described.link(PROV.wasInfluencedBy, self._entities(self._corrections.get(entity.id, ())))
        place = link.place if link else None
        if place is None or place.latitude is None or place.longitude is None:
            yield described
            return
        described.add(WGS84.lat, decimal(place.latitude, 5))
        described.add(WGS84.long, decimal(place.longitude, 5))
        geometry = Description(self._ids.geometry(entity.id))
        described.add(GEO.hasGeometry, node(geometry.iri))
        geometry.add(RDF.type, node(GEO.Geometry))
        geometry.add(GEO.asWKT, point(place.latitude, place.longitude))
        yield described
        yield geometry

    def _position(self, position: Position) -> Description:
        described = Description(self._ids.entity(position.id))
        described.types("Position")
        described.add(RDFS.label, text(position.title))
        described.add(KG.former, boolean(position.former))
        if position.at is not None:
            described.add(KG.positionAt, node(self._ids.entity(position.at)))
        if position.as_of is not None and len(position.as_of) == len("YYYY-MM-DD"):
            described.add(KG.asOf, partial_date(position.as_of))
        described.link(KG.hasMention, self._refs(position.mentions, self._ids.post_mention))
        return described

    def _event(self, event: Event) -> Description:
        described = Description(self._ids.entity(event.id))
        described.types(event.kind)
        described.add(RDFS.label, text(event.label))
        described.add(KG.status, node(KG.term(event.status)))
        described.add(KG.confidence, decimal(event.confidence))
        described.link(KG.hasMention, self._refs(event.mentions))
        for predicate, ids in (
            (KG.hasAgent, event.agents),
            (KG.hasTarget, event.targets),
            (KG.hasPlace, event.places),
            (KG.hasOrigin, event.origins),
            (KG.hasDestination, event.destinations),
            (KG.accordingTo, event.sources),
            (KG.about, event.about),
        ):
            described.link(predicate, self._entities(ids))
        described.dates(event.start_date, event.end_date)
        described.link(KG.datedBy, self._refs(event.dated_by))
        described.add(KG.witnesses, integer(event.witnesses))
        described.link(KG.copiedMention, self._refs(event.copies))
        if event.reason:
            described.add(SKOS.editorialNote, text(event.reason))
        described.link(PROV.wasInfluencedBy, self._entities(self._corrections.get(event.id, ())))
        return described
