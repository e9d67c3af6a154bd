"""The places that a chain may mean, cut down to one of each name and neighbourhood.

A town, its district and its province often share one name. Which of them is meant the text tells, by a
designation; where it does not, it is the town if it is the seat of the province of its name (or a
country's capital, or very large), else the province.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.gazetteer.folding import fold, is_abbreviation, loose
from kg.gazetteer.gazetteers import Gazetteers
from kg.model import Chain, Place

_LARGE = 1_000_000
_MOST = 80
_AREAS = frozenset({"Province", "District"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a chain may mean: how the name was found, and what was decided among its likes.

    `spelling` is ``name`` where it is the place's own name, ``alternate`` or ``similar``. `over` says
    what kind of place of the same name it was taken instead of.
    """

    place: Place
    spelling: str = "name"
    over: str | None = None


def hinted_kind(chain: Chain, votes: Counter[str]) -> str | None:
    """The class of the place that the article tells: by designations, else by the chain's own class."""
    if votes:
        return min(votes, key=lambda kind: (-votes[kind], kind))
    return chain.kind if chain.kind != "Place" else None


def candidates(chain: Chain, votes: Counter[str], gazetteers: Gazetteers) -> list[Candidate]:
    """The candidates of a chain of places, the most prominent first; none where no name is known."""
    kind = hinted_kind(chain, votes)
    for name in dict.fromkeys((chain.name, *sorted(chain.names, key=lambda name: (-len(name), name)))):
        found = gazetteers.places(name)
        bare, told = gazetteers.designations.strip(name)
        if told is not None and (not found or found[0].kind not in {told, "Region", "Country"}):
            found = (*found, *(place for place in gazetteers.places(bare) if place not in found))
            kind = told if not votes else kind
        if found:
            known = gazetteers.has_place(name) or gazetteers.has_place(bare)
            return _one_of_each(found[:_MOST], kind, (name, bare), known)
    return []


def similar(chain: Chain, votes: Counter[str], gazetteers: Gazetteers) -> list[Candidate]:
    """Further candidates: the places of which a name is probably that of the chain spelt otherwise."""
    bare = gazetteers.designations.strip(chain.name)[0]
    places = gazetteers.similar_places(bare)
    return _one_of_each(places[:_MOST], hinted_kind(chain, votes), (chain.name, bare), False)


def _one_of_each(
    places: tuple[Place, ...], kind: str | None, names: tuple[str, ...], known: bool
) -> list[Candidate]:
    """Drop those for which one of the same name inside or around them is taken."""
    taken: dict[str, str | None] = {place.id: None for place in places}
    sounds = {loose(name) for name in names}
    for place in places:
        around = [other for other in places if other.id in place.parents and other.kind in _AREAS]
        for area in around:
            keep, drop = (place, area) if _inner(place, area, kind, sounds) else (area, place)
            taken.pop(drop.id, None)
            if keep.id in taken and taken[keep.id] != "Province":
                taken[keep.id] = drop.kind
    keys = {fold(name) for name in names}
    short = any(map(is_abbreviation, names))
    return [
        Candidate(
            place=place,
            spelling=_spelling(place, keys, sounds, short) if known else "similar",
            over=taken[place.id],
        )
        for place in places
        if place.id in taken
    ]


def _inner(place: Place, area: Place, kind: str | None, sounds: set[str]) -> bool:
    """Whether the place rather than the area of its name around it is meant."""
    if kind == area.kind or (kind == "AdministrativeArea" and place.kind not in _AREAS):
        return False
    if kind == place.kind:
        return True
    if place.kind in _AREAS:
        return False
    if area.kind == "District":
        return True
    if place.population >= _LARGE or len(place.capital_of) > 1:
        return True
    return bool(place.capital_of) and loose(place.name) in sounds


def _spelling(place: Place, keys: set[str], sounds: set[str], short: bool) -> str:
    own = {fold(place.name), fold(place.name.rpartition(" ")[0])}
    if (short and place.kind == "Country") or own & keys:
        return "name"
    return "alternate" if {loose(place.name), loose(place.name.rpartition(" ")[0])} & sounds else "other"
