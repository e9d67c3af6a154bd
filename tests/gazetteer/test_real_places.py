"""The index of the real world, built on first use: slow once."""

from __future__ import annotations

import time

import pytest

from kg.gazetteer import Gazetteers

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def earth() -> Gazetteers:
    return Gazetteers.open()


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Kunduz", "AF"), ("Sar-e-Pul", "AF"), ("Lashkar Gah", "AF"), ("Mazar-i-Sharif", "AF"),
        ("Kyiv", "UA"), ("Druzkivka", "UA"), ("Kryvy Rih", "UA"), ("Daraa", "SY"), ("Makhachkala", "RU"),
        ("Gao", "ML"), ("Timbuktu", "ML"), ("Myawaddy", "MM"), ("El Fasher", "SD"), ("Tibú", "CO"),
        ("Goma", "CD"), ("Mekelle", "ET"), ("Hodeidah", "YE"), ("Fallujah", "IQ"), ("Maiduguri", "NG"),
        ("Marawi", "PH"), ("Dagestan", "RU"), ("Helmand", "AF"), ("U.S.", "US"),
        ("Britain", "GB"), ("DR Congo", "CD"),
    ],
)  # fmt: skip
def test_it_is_found_first(earth: Gazetteers, name: str, country: str) -> None:
    assert earth.places(name)[0].country == country


def test_the_chain_upwards(earth: Gazetteers) -> None:
    town = next(place for place in earth.places("Kandahar") if place.kind == "PopulatedPlace")
    around = [earth.place(id) for id in town.parents]
    assert [place.kind for place in around if place] == ["District", "Province", "Country"]
    assert all(place.latitude is not None for place in around if place)


def test_it_opens_fast_and_misses_fast(earth: Gazetteers) -> None:
    start = time.perf_counter()
    Gazetteers.open()
    assert time.perf_counter() - start < 0.5 * 4  # four times what is asked, for a busy machine
    start = time.perf_counter()
    for number in range(1000):
        assert not earth.has_place(f"Nowhereville {number}")
    assert time.perf_counter() - start < 0.2


def test_people_and_bodies(earth: Gazetteers) -> None:
    assert {entry.country for entry in earth.entries("RSF")} == {"SD", None}
    assert earth.entries("who") == ()
    assert earth.demonym("Malians") == "ML"
    assert earth.demonym("American") == "US"
