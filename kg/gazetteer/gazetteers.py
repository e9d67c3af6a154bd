"""What the program knows of the world's names: places, bodies, groups, people, demonyms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from kg import resources
from kg.gazetteer.designations import Designations
from kg.gazetteer.folding import abbreviation, fold, is_abbreviation
from kg.gazetteer.index import PlaceIndex, ensure_index
from kg.gazetteer.keys import loose_key, name_key
from kg.gazetteer.tables import PLACE_KINDS, Entry, GazetteerError, Row, read_rows, records
from kg.model import Place

_NOT_ENTRIES = frozenset({"countries.csv", "designations.csv", "demonyms.csv", "names.csv", "seats.csv"})
_ALTERNATE_COUNTS = 30
_REMEMBERED = 65_536


class Gazetteers:
    """The gazetteers: those that come along, the index of GeoNames' places, and a user's own.

    Names are compared folded (`kg.gazetteer.folding`); abbreviations in capitals by their letters, so
    that *US* is the country and *us* is nothing. Every method can be called from several processes.
    """

    def __init__(
        self,
        index: PlaceIndex,
        rows: Sequence[Row],
        demonyms: dict[str, str],
        designations: Designations,
        extra: Sequence[Path] = (),
    ) -> None:
        self._index = index
        self._extra = tuple(extra)
        self._demonyms = demonyms
        self.designations = designations
        self._entries_of: dict[str, tuple[Entry, ...]] = {}
        self._entry_by_id: dict[str, Entry] = {}
        self._own_places: dict[str, Place] = {}
        self._own_names: dict[str, tuple[Place, ...]] = {}
        self._countries = {place.country: place for place in index.countries()}
        self._fill(rows)
        self._places = lru_cache(maxsize=_REMEMBERED // 8)(self._find_places)
        self._similar = lru_cache(maxsize=_REMEMBERED // 8)(self._find_similar)
        self._place = lru_cache(maxsize=_REMEMBERED // 8)(self._find_place)
        self._has_place = lru_cache(maxsize=_REMEMBERED)(self._look_for_place)
        self._entries = lru_cache(maxsize=_REMEMBERED)(self._find_entries)

    @classmethod
    def open(cls, extra: Sequence[Path] = ()) -> Gazetteers:
        """The gazetteers, with the tables `extra` of a user beside those that come along.

        The first call on a machine builds the index of places (about a quarter of a minute). Raises
        `GazetteerError` for a table that is wrong, `ResourceError` where a file cannot be used.
        """
        folder = resources.gazetteer_dir()
        own = sorted(path for path in folder.glob("*.csv") if path.name not in _NOT_ENTRIES)
        rows = read_rows([*own, *extra])
        demonyms: dict[str, str] = {}
        for _, row in records(folder / "demonyms.csv", ("country", "words", "source")):
            for word in row["words"].split("|"):
                demonyms.setdefault(word.strip(), row["country"])
        index = PlaceIndex.open(ensure_index(folder))
        return cls(index, rows, demonyms, Designations.read(folder / "designations.csv"), extra)

    def __reduce__(self) -> tuple[object, ...]:
        return (Gazetteers.open, (self._extra,))

    def places(self, name: str) -> tuple[Place, ...]:
        """The places that `name` may mean, the most prominent first: country, province, populous town.

        A spelling that no place has is tried again by `kg.gazetteer.folding.loose`.
        """
        return self._places(name)

    def similar_places(self, name: str) -> tuple[Place, ...]:
        """The places of which a name is probably `name` spelt otherwise, the most prominent first."""
        return self._similar(name)

    def place(self, id: str) -> Place | None:
        """The place of this id: a GeoNames id, or the id of an entry."""
        return self._place(id)

    def has_place(self, name: str) -> bool:
        """Whether some place has this very name, its spelling folded; microseconds, hit or miss."""
        return self._has_place(name)

    def entries(self, name: str) -> tuple[Entry, ...]:
        """The organisations, people and groups known by `name`, in the order of their tables."""
        return self._entries(name)

    def _find_places(self, name: str) -> tuple[Place, ...]:
        for key in self._keys(name):
            own, found = self._own_names.get(key, ()), self._index.named(name_key(key))
            if own or found:
                break
        else:
            return self.similar_places(name)
        return (*dict.fromkeys(own), *_by_prominence(found))

    def _find_similar(self, name: str) -> tuple[Place, ...]:
        sound = loose_key(name)
        return _by_prominence(self._index.named(sound)) if sound is not None else ()

    def _find_place(self, id: str) -> Place | None:
        if id in self._own_places:
            return self._own_places[id]
        return self._index.place(int(id)) if id.isascii() and id.isdigit() else None

    def _look_for_place(self, name: str) -> bool:
        return any(key in self._own_names or self._index.has(name_key(key)) for key in self._keys(name))

    def _find_entries(self, name: str) -> tuple[Entry, ...]:
        return tuple(
            dict.fromkeys(entry for key in self._keys(name) for entry in self._entries_of.get(key, ()))
        )

    def entry(self, id: str) -> Entry | None:
        """The entry of this id."""
        return self._entry_by_id.get(id)

    def demonym(self, word: str) -> str | None:
        """The ISO code of the country that `word` is the adjective or the people of (*Afghan*, *Afghans*)."""
        found = self._demonyms.get(word)
        if found is None and word.endswith("s"):
            found = self._demonyms.get(word[:-1])
        return found

    def country(self, code: str) -> Place | None:
        """The country of this ISO 3166 alpha-2 code."""
        return self._countries.get(code)

    def provinces(self, country: str) -> tuple[Place, ...]:
        """The first-order divisions of the country of this ISO code, by id."""
        return tuple(self._index.within(country, "Province"))

    def _keys(self, name: str) -> list[str]:
        """The keys to try in turn: that of an abbreviation, that of a word."""
        keys = [abbreviation(name)] if is_abbreviation(name) else []
        folded = fold(name)
        if len(folded) > 1 and not (keys and "." in name):
            keys.append(folded)
        return keys

    def _fill(self, rows: Sequence[Row]) -> None:
        by_id = {row.entry.id: row for row in rows}
        for row in rows:
            if row.entry.country and row.entry.country not in self._countries:
                raise GazetteerError(
                    f"{row.path}, line {row.line}: there is no country '{row.entry.country}'"
                )
            self._entry_by_id[row.entry.id] = row.entry
            keys = dict.fromkeys(
                abbreviation(name) if is_abbreviation(name) else fold(name) for name in row.entry.names
            )
            if row.entry.kind in PLACE_KINDS:
                place = self._own_place(row, by_id)
                self._own_places[place.id] = place
                for key in keys:
                    self._own_names[key] = (*self._own_names.get(key, ()), place)
            else:
                for key in keys:
                    self._entries_of[key] = (*self._entries_of.get(key, ()), row.entry)

    def _own_place(self, row: Row, rows: dict[str, Row]) -> Place:
        entry = row.entry
        country = self._countries.get(entry.country or "")
        parents: list[str] = []
        at: Row | None = row
        while at is not None and at.parent is not None:  # no loop: the rows have been checked
            parents.append(at.parent)
            at = rows.get(at.parent)
        above = self._index.place(int(parents[-1])) if parents and parents[-1].isdigit() else None
        parents += above.parents if above else ()
        if country and country.id not in parents:
            parents.append(country.id)
        return Place(
            id=entry.id,
            name=entry.label,
            kind=entry.kind,
            country=entry.country or "",
            latitude=row.latitude,
            longitude=row.longitude,
            parents=tuple(parents),
            capital_of=(row.capital_of,) if row.capital_of else (),
            alternate_names=entry.names[1:],
            same_as=entry.same_as,
        )


def _by_prominence(found: Sequence[tuple[Place, bool, int]]) -> tuple[Place, ...]:
    """Places once each, an alternate name counting for less than a place's own."""
    weighed = {
        place.id: (-(prominence // _ALTERNATE_COUNTS if alternate else prominence), place)
        for place, alternate, prominence in found
    }
    ordered = sorted(weighed.values(), key=lambda item: (item[0], item[1].id))
    return tuple(place for _, place in ordered)


__all__ = ["Entry", "GazetteerError", "Gazetteers"]
