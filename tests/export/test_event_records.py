from __future__ import annotations

import random
from pathlib import Path

import ardan
import pytest
from pyoxigraph import Quad, RdfFormat, parse

from kg.errors import UsageError
from kg.export.records import read_events, statuses_named
from kg.model import Status
from kg.store.memory import open_file

CIRCLE = """
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix : <https://example.org/> .
:e a kg:Event, kg:Battle ; kg:hasPlace :a ; kg:hasAgent :nobody .
:a a kg:Place ; kg:locatedIn :b . :b a kg:Place ; kg:locatedIn :a .
"""


def test_records_do_not_depend_on_the_order_of_the_graph(tmp_path: Path) -> None:
    quads = list(parse(path=str(ardan.DATA), format=RdfFormat.TRIG))
    wanted = read_events(open_file(ardan.DATA))
    for seed in range(3):
        random.Random(seed).shuffle(quads)
        path = tmp_path / "shuffled.nq"
        path.write_text("".join(line(quad) for quad in quads), encoding="utf-8")
        assert read_events(open_file(path)) == wanted


def line(quad: Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} {quad.graph_name} .\n"


def test_events_stand_by_first_day_the_undated_last() -> None:
    starts = [event.start or event.end or "" for event in read_events(open_file(ardan.DATA))]
    dated = [start for start in starts if start]
    assert dated == sorted(dated)
    assert starts[: len(dated)] == dated


def test_a_circle_of_places_ends(tmp_path: Path) -> None:
    path = tmp_path / "circle.ttl"
    path.write_text(CIRCLE)
    (event,) = read_events(open_file(path))
    (place,) = event.places
    assert [each.iri for each in place.around] == ["https://example.org/b"]
    assert event.agents[0].label == "https://example.org/nobody"


def test_an_event_without_status_is_there_where_all_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "circle.ttl"
    path.write_text(CIRCLE)
    assert len(read_events(open_file(path))) == 1
    assert read_events(open_file(path), [Status.ASSERTED]) == ()


def test_statuses_by_name() -> None:
    assert statuses_named(["claimed", " Denied"]) == (Status.CLAIMED, Status.DENIED)
    with pytest.raises(UsageError, match="no status 'true': one of Asserted"):
        statuses_named(["true"])
