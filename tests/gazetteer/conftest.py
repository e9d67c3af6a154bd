"""A gazetteer of a made-up world: two countries, their provinces, districts and towns."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.gazetteer.areas import Draft
from kg.gazetteer.building import write
from kg.gazetteer.designations import Designations
from kg.gazetteer.gazetteers import Gazetteers
from kg.gazetteer.index import PlaceIndex
from kg.gazetteer.tables import read_rows
from kg.resources import gazetteer_dir

HEADER = "id,label,kind,names,country,same_as,source\n"
TABLE = (
    HEADER + "river-front,River Front,ArmedGroup,RF|Front of the River,AA,,test\n"
    "radio-free,Radio Free,NewsOrganization,RF,BB,https://example.org/rf,test\n"
    "ada-quill,Ada Quill,Person,Quill,AA,,test\n"
    "the-marsh,The Marsh,Region,Marshlands,AA,,test\n"
)


def drafts() -> list[Draft]:
    """Aaland has the provinces Tarn (seat Tarn) and Velo (seat Ostra); Beeland the province Ostra."""
    return [
        Draft(id=1, name="Aaland", kind="Country", country="AA", names=["Aaland", "AAL"],
              population=9_000_000),
        Draft(id=2, name="Beeland", kind="Country", country="BB", names=["Beeland"], population=5_000_000),
        Draft(id=10, name="Tarn Province", kind="Province", country="AA", names=["Tarn Province", "Tarn"],
              parents=(1,), latitude=10.0, longitude=20.0),
        Draft(id=11, name="Velo Province", kind="Province", country="AA", names=["Velo Province", "Velo"],
              parents=(1,)),
        Draft(id=12, name="Ostra", kind="Province", country="BB", names=["Ostra"], parents=(2,)),
        Draft(id=20, name="Nidal District", kind="District", country="AA", names=["Nidal District", "Nidal"],
              parents=(10, 1), people=3_000),
        Draft(id=100, name="Tarn", kind="PopulatedPlace", country="AA", names=["Tarn", "Tārn"],
              population=400_000, parents=(10, 1), capital_of=(1, 10), latitude=10.5, longitude=20.5),
        Draft(id=101, name="Ostra", kind="PopulatedPlace", country="AA", names=["Ostra"], population=60_000,
              parents=(11, 1), capital_of=(11,)),
        Draft(id=102, name="Velo", kind="PopulatedPlace", country="AA", names=["Velo"], population=8_000,
              parents=(11, 1)),
        Draft(id=103, name="Sheber-i-Ghal", kind="PopulatedPlace", country="AA", population=30_000,
              names=["Sheber-i-Ghal", "Shibirghal"], parents=(11, 1)),
        Draft(id=104, name="Nidal", kind="PopulatedPlace", country="AA", names=["Nidal"], population=2_000,
              parents=(20, 10, 1)),
        Draft(id=105, name="Springfield", kind="PopulatedPlace", country="BB", names=["Springfield"],
              population=90_000, parents=(12, 2)),
        Draft(id=106, name="Springfield", kind="PopulatedPlace", country="AA", names=["Springfield"],
              population=7_000, parents=(10, 1)),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def index_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the made-up world."""
    path = tmp_path_factory.mktemp("index") / "places.sqlite"
    write(path, drafts())
    return path


@pytest.fixture(scope="session")
def world(index_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Gazetteers:
    """The gazetteers of the made-up world."""
    table = tmp_path_factory.mktemp("tables") / "own.csv"
    table.write_text(TABLE, encoding="utf-8")
    demonyms = {"Aalander": "AA", "Aalandic": "AA", "Beelander": "BB"}
    designations = Designations.read(gazetteer_dir() / "designations.csv")
    return Gazetteers(PlaceIndex.open(index_path), read_rows([table]), demonyms, designations)
