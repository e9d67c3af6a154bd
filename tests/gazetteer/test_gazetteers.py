"""Looking up names in a made-up world."""

from __future__ import annotations

import os
import pickle
import sqlite3
from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.gazetteer.areas import Draft, find_seats, name_after_seats, place_by_towns, plain
from kg.gazetteer.cache import cache_dir
from kg.gazetteer.designations import Designations
from kg.gazetteer.gazetteers import Gazetteers
from kg.gazetteer.index import PlaceIndex
from kg.gazetteer.tables import GazetteerError, read_rows
from kg.resources import gazetteer_dir


def test_the_most_prominent_comes_first(world: Gazetteers) -> None:
    assert [place.id for place in world.places("Tarn")] == ["10", "100"]
    assert [place.id for place in world.places("Springfield")] == ["105", "106"]
    assert [place.kind for place in world.places("Aaland")] == ["Country"]


def test_a_place_has_what_is_around_it(world: Gazetteers) -> None:
    town = world.place("104")
    assert town is not None
    assert town.parents == ("20", "10", "1")
    assert [world.place(id).kind for id in town.parents] == ["District", "Province", "Country"]  # type: ignore[union-attr]
    seat = world.place("100")
    assert seat is not None
    assert seat.capital_of == ("1", "10")


def test_spellings(world: Gazetteers) -> None:
    assert [place.id for place in world.places("TĀRN")] == ["10", "100"]
    assert [place.id for place in world.places("Sheber-e Ghal")] == ["103"]
    assert not world.has_place("Sheber-e Ghal")
    assert world.has_place("sheber i ghal")


def test_abbreviations(world: Gazetteers) -> None:
    assert [place.id for place in world.places("AAL")] == ["1"]
    assert [place.id for place in world.places("A.A.L.")] == ["1"]
    assert world.places("aal") == ()
    assert not world.has_place("Aal")


def test_what_is_no_place(world: Gazetteers) -> None:
    assert world.places("Nowhere at all") == ()
    assert not world.has_place("")
    assert world.place("999999") is None
    assert world.place("nothing") is None


def test_entries(world: Gazetteers) -> None:
    assert [entry.id for entry in world.entries("RF")] == ["river-front", "radio-free"]
    assert world.entries("rf") == ()
    assert [entry.id for entry in world.entries("front of the river")] == ["river-front"]
    assert world.entry("ada-quill") is not None
    region = world.place("the-marsh")
    assert region is not None
    assert region.parents == ("1",)
    assert world.places("Marshlands") == (region,)


def test_demonyms_and_countries(world: Gazetteers) -> None:
    assert world.demonym("Aalandic") == "AA"
    assert world.demonym("Aalanders") == "AA"
    assert world.demonym("aalanders") is None
    country = world.country("BB")
    assert country is not None
    assert country.name == "Beeland"
    assert world.country("ZZ") is None
    assert [place.name for place in world.provinces("AA")] == ["Tarn Province", "Velo Province"]


def test_a_child_process_can_ask(world: Gazetteers) -> None:
    assert world.places("Ostra")
    child = os.fork()
    if child == 0:
        os._exit(0 if world.provinces("BB") and world.place("103") else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_pickling_opens_again(world: Gazetteers) -> None:
    opener, arguments = world.__reduce__()
    assert (opener, arguments) == (Gazetteers.open, ((),))
    assert pickle.dumps(arguments)


def test_a_country_that_there_is_none_of(index_path: Path, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("id,label,kind,names,country,same_as,source\na,A,Company,,ZZ,,x\n", encoding="utf-8")
    designations = Designations.read(gazetteer_dir() / "designations.csv")
    with pytest.raises(GazetteerError, match=r"own\.csv, line 2: there is no country 'ZZ'"):
        Gazetteers(PlaceIndex.open(index_path), read_rows([table]), {}, designations)


def test_a_damaged_index_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    path.write_bytes(b"no database" * 100)
    with pytest.raises(ResourceError, match="damaged"):
        PlaceIndex.open(path)
    path.unlink()
    sqlite3.connect(path).close()
    with pytest.raises(ResourceError, match="damaged"):
        PlaceIndex.open(path)


def test_the_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSKG_CACHE", str(tmp_path / "mine"))
    assert cache_dir() == tmp_path / "mine"
    monkeypatch.setenv("NEWSKG_CACHE", "/dev/null/no")
    with pytest.raises(ResourceError, match="NEWSKG_CACHE"):
        cache_dir()
    monkeypatch.delenv("NEWSKG_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_dir() == tmp_path / "xdg" / "newskg"
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/no")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert cache_dir().parent == tmp_path


@pytest.mark.parametrize(
    ("name", "others", "expected"),
    [
        ("Kandahār", ["Kandahar"], "Kandahar"),
        ("Al Ḩudaydah", [], "Al Hudaydah"),
        ("Ma’rib", [], "Marib"),
        ("São Paulo", ["Sao Paulo"], "São Paulo"),
        ("Tibú", ["Tibu"], "Tibú"),
    ],
)
def test_plain(name: str, others: list[str], expected: str) -> None:
    assert plain(name, others) == expected


def test_areas_learn_from_their_towns() -> None:
    province = Draft(
        id=1, name="Tarnskaya oblast", kind="Province", country="AA", names=["Tarnskaya oblast'"]
    )
    other = Draft(id=2, name="Gol", kind="Province", country="AA", names=["Gol"])
    seat = Draft(id=3, name="Tarnsk", kind="PopulatedPlace", country="AA", latitude=10.0, longitude=20.0,
                 population=99, parents=(1,), capital_of=(1,))  # fmt: skip
    village = Draft(id=4, name="Aal", kind="PopulatedPlace", country="AA", latitude=20.0, longitude=20.0,
                    population=0, parents=(1,))  # fmt: skip
    gol = Draft(id=5, name="Gol", kind="PopulatedPlace", country="AA", latitude=1.0, longitude=2.0,
                population=9, parents=(2,))  # fmt: skip
    towns = [seat, village, gol]
    name_after_seats([province, other], towns, Designations.read(gazetteer_dir() / "designations.csv"))
    find_seats([province, other], towns)
    place_by_towns([province, other], towns)
    assert (province.name, province.names[-1]) == ("Tarnsk Oblast", "Tarnsk")
    assert gol.capital_of == (2,)
    assert (province.latitude, province.people) == (10.099, 99)
