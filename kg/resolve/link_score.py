"""How well a place fits a chain: its prominence, the article's countries and provinces, what is told."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.gazetteer.folding import fold
from kg.model import Place
from kg.resolve.link_candidates import Candidate
from kg.resolve.link_context import Context

_PRIOR = {
    "Country": 10.0,
    "Region": 6.8,
    "Facility": 5.5,
    "Province": 5.5,
    "AdministrativeArea": 5.3,
    "District": 3.2,
}
_PEOPLE = 1.1  # a town: times the decimal logarithm of its population
_CAPITAL, _SEAT = 2.5, 0.4
_OWN = 6.0  # at least, for a place of a table
_COUNTRY_SHARE, _COUNTRY_NAMED = 4.0, 1.5
_NOT_AROUND = 6.0  # where what lies in the place of a chain lies in a namesake
_INSIDE, _AROUND, _NEIGHBOUR, _NEIGHBOURS = 4.0, 2.5, 0.3, 1.2
_SPELLING = {"name": 0.6, "alternate": 0.2, "similar": -0.6, "other": -1.5}
_RENOWNED = 6.0  # the prominence from which a place is meant wherever it is named
_NOT_SMALL = 4.8  # that from which it is meant where the article speaks of no country
_SHORT, _SHORT_SIMILAR = 4, 6  # letters up to which another name, and a similar one, tells too little
LEAST_SUPPORT = 0.5
_REGION_DEGREES = 4.0

# what the article calls it (row) and what the gazetteer has (column): other pairs are worth nothing
_AGREEMENT: dict[str, dict[str, float]] = {
    "Country": {"Country": 2, "Region": -1, "Province": -1, "District": -3, "PopulatedPlace": -3},
    "Province": {"Province": 3, "Country": -4, "District": -1, "PopulatedPlace": -3},
    "District": {"District": 3, "PopulatedPlace": -0.5, "Province": -2, "Country": -4, "Region": -2},
    "AdministrativeArea": {"Province": 2, "District": 1.5, "PopulatedPlace": -1, "Country": -3},
    "PopulatedPlace": {"PopulatedPlace": 1, "District": -0.5, "Province": -1.5, "Region": -4, "Country": -5},
    "Region": {"Region": 2, "Country": -3, "PopulatedPlace": -2.5, "District": -0.5},
    "Facility": dict.fromkeys(("PopulatedPlace", "District", "Province", "Country", "Region"), -9.0),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A candidate with its points; `inside` is the place around it that the article names it with."""

    candidate: Candidate
    points: float
    inside: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The article around a chain: its context, the places chosen so far, how many lie in each area."""

    context: Context
    chosen: Mapping[int, Candidate]
    areas: Mapping[str, Counter[int]]
    totals: float
    found: Mapping[int, list[Candidate]]

    @classmethod
    def of(
        cls, context: Context, chosen: Mapping[int, Candidate], found: Mapping[int, list[Candidate]]
    ) -> Surroundings:
        """The surroundings where `chosen` are the places of the chains so far."""
        areas: dict[str, Counter[int]] = {}
        for id, candidate in chosen.items():
            place = candidate.place
            around = place.parents[:-1] if place.kind != "Country" else ()
            for area in (*around, *((place.id,) if place.kind in {"Province", "District"} else ())):
                areas.setdefault(area, Counter())[id] += 1
        return cls(context=context, chosen=chosen, areas=areas, totals=context.total(-1), found=found)

    def near(self, place: Place, but: int) -> bool:
        """Whether the article speaks of the country that `place` lies in, the chain `but` left out."""
        return self.context.support(place.country, but) >= LEAST_SUPPORT

    def within(self, country: str, but: int) -> int:
        """How many other places of the article lie in the country of this ISO code."""
        return sum(
            candidate.place.country == country for chain, candidate in self.chosen.items() if chain != but
        )

    def neighbours(self, place: Place, but: int) -> int:
        """How many other places of the article lie in the province of `place`."""
        areas = (*place.parents[:-1], *((place.id,) if place.kind == "Province" else ()))
        others = {id for area in areas for id in self.areas.get(area, ()) if id != but}
        return len(others)


def is_own(place: Place) -> bool:
    """Whether the place was put into a table, ours or the user's: then somebody means it by its name."""
    return not place.id.isdigit()


def prominence(place: Place) -> float:
    """How likely a place is meant where nothing else is known: in points, 1 to about 11."""
    if place.kind in _PRIOR:
        points = _PRIOR[place.kind] + 0.1 * math.log10(place.population + 1)
    else:
        seat = _CAPITAL if len(place.capital_of) > 1 else _SEAT if place.capital_of else 0.0
        points = _PEOPLE * math.log10(place.population + 10) + seat
    return max(points, _OWN) if is_own(place) else points


def score(candidate: Candidate, chain: int, kind: str | None, around: Surroundings) -> Scored:
    """`candidate` with its points as the meaning of `chain`, which the article calls a `kind`."""
    place, context = candidate.place, around.context
    points = prominence(place) + _SPELLING[candidate.spelling]
    points += _AGREEMENT.get(kind or "", {}).get(place.kind, 0.0)
    support = context.support(place.country, chain) if place.country else 0.0
    total = context.total(chain)
    if support:
        points += _COUNTRY_SHARE * support / (total + 1.0) + _COUNTRY_NAMED * min(1.0, support)
    inside = _inside(place, chain, around)
    if inside is not None:
        points += _INSIDE
    elif _around(place, chain, around):
        points += _AROUND
    elif any(_around(other.place, chain, around) for other in around.found.get(chain, ())):
        points -= _NOT_AROUND
    points += min(_NEIGHBOURS, _NEIGHBOUR * around.neighbours(place, chain))
    return Scored(candidate=candidate, points=points, inside=inside)


def fits(scored: Scored, name: str, chain: int, kind: str | None, around: Surroundings) -> bool:
    """Whether a candidate for `name` is good enough to be linked: known widely, or of a country at hand."""
    candidate = scored.candidate
    place, weight = candidate.place, prominence(candidate.place)
    if kind == "Facility" and place.kind != "Facility":
        return False
    if _elsewhere(place, chain, around):
        return False
    near = around.near(place, chain)
    letters = len(fold(name))
    if candidate.spelling == "similar":
        return near and (letters > _SHORT_SIMILAR or weight >= _NOT_SMALL or scored.inside is not None)
    if scored.inside is not None or near or is_own(place):
        return True
    if candidate.spelling == "other" and letters <= _SHORT:
        return False
    return weight >= _RENOWNED or (weight >= _NOT_SMALL and around.context.total(chain) < 1.0)


def _elsewhere(place: Place, chain: int, around: Surroundings) -> bool:
    """Whether the article says that the chain lies in another country (*X's Y*, *Y in X*)."""
    told = {
        around.chosen[outer].place.country
        for outer in around.context.inside.get(chain, ())
        if outer in around.chosen and around.chosen[outer].place.kind in ("Country", "Province")
    }
    return bool(place.country) and bool(told) and place.country not in told


def _around(place: Place, chain: int, around: Surroundings) -> bool:
    """Whether a place that the article puts into the chain's lies in `place`."""
    return any(
        place.id in around.chosen[inner].place.parents
        for inner, outer in around.context.inside.items()
        if chain in outer and inner in around.chosen
    )


def _inside(place: Place, chain: int, around: Surroundings) -> Place | None:
    """The place that the article says it lies in, where the gazetteer says so too."""
    for outer in sorted(around.context.inside.get(chain, ())):
        told = [around.chosen[outer]] if outer in around.chosen else []
        for candidate in (*told, *around.found.get(outer, ())):
            if candidate.place.id in place.parents or _in_region(place, candidate.place):
                place_around: Place = candidate.place
                return place_around
    return None


def _in_region(place: Place, region: Place) -> bool:
    """Whether a place is near the middle of a region of no GeoNames id, of which the bounds are not known."""
    if region.kind != "Region" or place.latitude is None or place.longitude is None:
        return False
    if (
        region.latitude is None
        or region.longitude is None
        or (region.country or place.country) != place.country
    ):
        return False
    return (
        abs(place.latitude - region.latitude) < _REGION_DEGREES
        and abs(place.longitude - region.longitude) < _REGION_DEGREES
    )
