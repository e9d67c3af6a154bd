from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import ardan
import pytest

from kg.export.geojson import features, write_geojson
from kg.export.records import EntityRecord, EventRecord, read_events
from kg.store.memory import open_file

SAHEL = Path(__file__).parent.parent / "data" / "sahel.trig"


def collection(path: Path) -> dict[str, Any]:
    out = io.StringIO()
    write_geojson(read_events(open_file(path)), out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def check(found: dict[str, Any]) -> None:
    """What RFC 7946 asks of a collection of points."""
    assert found["type"] == "FeatureCollection"
    assert "crs" not in found
    assert len({feature["id"] for feature in found["features"]}) == len(found["features"])
    for feature in found["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert set(feature["geometry"]) == {"type", "coordinates"}
        assert feature["geometry"]["type"] == "Point"
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
        assert isinstance(feature["properties"], dict)


@pytest.mark.parametrize("path", [SAHEL, ardan.DATA], ids=lambda path: path.name)
def test_the_collection_is_what_the_standard_asks(path: Path) -> None:
    found = collection(path)
    check(found)
    assert found["features"]


def test_longitude_comes_first() -> None:
    found = collection(ardan.DATA)
    capture = next(each for each in found["features"] if each["properties"]["class"] == "Capture")
    assert capture["geometry"]["coordinates"] == [21.5, 11.125]


def test_what_a_feature_says() -> None:
    (capture,) = (
        each["properties"]
        for each in collection(ardan.DATA)["features"]
        if each["properties"]["id"].endswith("/capture")
    )
    sentences = capture.pop("sentences")
    assert [sentence.split()[0] for sentence in sentences] == ["The", "The"]
    assert capture == {
        "id": "https://w3id.org/newskg/id/event/capture",
        "label": "Northern League captures Port Ardan",
        "class": "Capture",
        "status": "Claimed",
        "confidence": 0.9,
        "start": "2031-05-03",
        "end": "2031-05-03",
        "agents": ["Northern League"],
        "targets": [],
        "place": "Port Ardan",
        "province": "Ardan",
        "country": "Sorrel",
        "sources": ["Defence Ministry of Sorrel", "Ilo Vant"],
        "articles": ["one", "two"],
        "killed_min": None,
        "killed_max": None,
        "wounded_min": None,
        "wounded_max": None,
    }


def test_figures_are_bounds_over_the_accounts_that_say_it_happened() -> None:
    killing = next(
        each["properties"]
        for each in collection(SAHEL)["features"]
        if each["properties"]["id"].endswith("/killing")
    )
    assert (killing["killed_min"], killing["killed_max"]) == (9, 12)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(None, "1"), ("1", None), ("91", "1"), ("1", "-181"), ("north", "1"), ("nan", "1"), ("1", "inf")],
)
def test_a_place_that_is_not_on_earth_gives_no_feature(latitude: str | None, longitude: str | None) -> None:
    place = EntityRecord(
        iri="https://example.org/p", label="p", kind="Place", latitude=latitude, longitude=longitude
    )
    event = EventRecord(iri="https://example.org/e", label="e", kind="Event", places=(place,))
    assert list(features([event])) == []


def test_an_event_without_a_place_is_where_it_began() -> None:
    ends = {
        name: EntityRecord(
            iri=f"https://example.org/{name}", label=name, kind="Place", latitude="1", longitude="2"
        )
        for name in ("from", "to")
    }
    event = EventRecord(
        iri="https://example.org/e",
        label="e",
        kind="Movement",
        origins=(ends["from"],),
        destinations=(ends["to"],),
    )
    (feature,) = features([event])
    assert isinstance(feature["properties"], dict)
    assert feature["properties"]["place"] == "from"


def test_an_empty_graph_is_an_empty_collection() -> None:
    out = io.StringIO()
    assert write_geojson((), out) == 0
    assert json.loads(out.getvalue()) == {"type": "FeatureCollection", "features": []}
