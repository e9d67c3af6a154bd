"""Why a place was chosen, in a plain sentence."""

from __future__ import annotations

from kg.gazetteer.gazetteers import Gazetteers
from kg.model import Place
from kg.resolve.link_candidates import Candidate
from kg.resolve.link_score import Scored, Surroundings

_NOUNS = {
    "Country": "country", "Province": "province", "District": "district", "PopulatedPlace": "town",
    "Region": "region", "Facility": "facility", "AdministrativeArea": "area", "Place": "place",
}  # fmt: skip


def reason(
    chain: int, best: Scored, scored: list[Scored], around: Surroundings, gazetteers: Gazetteers
) -> str:
    """Why `best`, of all `scored`, is what `chain` means."""
    place = best.candidate.place
    parts = [_choice(chain, best, [each.candidate.place for each in scored], around, gazetteers)]
    if best.candidate.over is not None:
        parts.append(_over(best.candidate))
    if best.candidate.spelling == "similar":
        parts.append(f"spelt {place.name} there")
    if place.kind in {"Province", "District"} and place.latitude is not None:
        parts.append("placed amid its towns")
    return "; ".join(parts)


def _choice(
    chain: int, best: Scored, places: list[Place], around: Surroundings, gazetteers: Gazetteers
) -> str:
    place = best.candidate.place
    country = gazetteers.country(place.country)
    if best.inside is not None:
        return f"the one in {best.inside.name}, which the article names it with"
    if len(places) == 1:
        return "the only place of this name in the gazetteer"
    here = [other for other in places if other.country == place.country]
    where = country.name if country else place.country
    if place.kind != "Country" and place.country and around.context.support(place.country, chain):
        others = around.within(place.country, chain)
        known = "the only place" if len(here) == 1 else f"the best known of {len(here)} places"
        lie = (
            "which the article speaks of"
            if not others
            else "where another of the article's places lies"
            if others == 1
            else f"where {others} of the article's other places lie"
        )
        return f"{known} of this name in {where}, {lie}"
    return f"the best known of {len(places)} places of this name"


def _over(candidate: Candidate) -> str:
    noun = _NOUNS.get(candidate.place.kind, "place")
    other = _NOUNS.get(candidate.over or "", "place")
    if (
        candidate.place.kind == "PopulatedPlace"
        and candidate.over == "Province"
        and candidate.place.capital_of
    ):
        return "taken for the town, the seat of the province of this name"
    return f"taken for the {noun} rather than the {other} of this name"
