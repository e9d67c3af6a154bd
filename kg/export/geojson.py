"""Events on the map: a FeatureCollection (RFC 7946), a feature for each event and place where it happened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO, TypeAlias

from kg.export.records import EntityRecord, EventRecord
from kg.model import Status

STATUSES = tuple(Status)
"""The statuses that are exported where none are asked for: all, since each feature says its own."""
Json: TypeAlias = "str | int | float | list[Json] | dict[str, Json] | None"


def features(events: Iterable[EventRecord], wording: bool = True) -> Iterator[dict[str, Json]]:
    """A feature for each event and each of its places that has coordinates; those of the event alone where
    it has none are where it began, else where it led. Without `wording` there are no sentences."""
    for event in events:
        for place in event.places or event.origins or event.destinations:
            point = _point(place)
            if point is not None:
                yield {
                    "type": "Feature",
                    "id": f"{event.iri}@{place.iri}",
                    "geometry": {"type": "Point", "coordinates": list(point)},
                    "properties": _properties(event, place, wording),
                }


def write_geojson(events: Iterable[EventRecord], out: IO[str], wording: bool = True) -> int:
    """Write the collection, a feature a line; the number of features."""
    count = 0
    out.write('{"type": "FeatureCollection", "features": [')
    for feature in features(events, wording):
        out.write(",\n" if count else "\n")
        out.write(json.dumps(feature, ensure_ascii=False, allow_nan=False))
        count += 1
    out.write("\n]}\n")
    return count


def _point(place: EntityRecord) -> tuple[float, float] | None:
    """Longitude, then latitude (RFC 7946, 3.1.1); None where they are missing or no place on earth."""
    try:
        longitude, latitude = float(place.longitude or "nan"), float(place.latitude or "nan")
    except ValueError:
        return None
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else None


def _properties(event: EventRecord, place: EntityRecord, wording: bool) -> dict[str, Json]:
    country = place.within("Country")
    province = place.within("Province")
    return {
        "id": event.iri,
        "label": event.label,
        "class": event.kind,
        "status": event.status.value if event.status else None,
        "confidence": float(event.confidence) if event.confidence else None,
        "start": event.start,
        "end": event.end,
        "agents": _labels(event.agents),
        "targets": _labels(event.targets),
        "place": place.label,
        "province": province.label if province else None,
        "country": country.label if country else None,
        "sources": _labels(event.sources),
        "articles": [article.id for article in event.articles],
        **({"sentences": list(event.sentences)} if wording else {}),
        **_bounds("killed", event.figures("killed")),
        **_bounds("wounded", event.figures("wounded")),
    }


def _labels(entities: Iterable[EntityRecord]) -> list[Json]:
    return [entity.label for entity in entities]


def _bounds(name: str, figures: tuple[int, ...]) -> dict[str, Json]:
    """The lowest and the highest figure that an account gives."""
    return {f"{name}_min": min(figures, default=None), f"{name}_max": max(figures, default=None)}
