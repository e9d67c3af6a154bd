from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export.network import Edge, network, write_gexf, write_graphml
from kg.export.records import EntityRecord, EventRecord, read_events
from kg.store.memory import open_file

SAHEL = Path(__file__).parent.parent / "data" / "sahel.trig"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://www.gexf.net/1.2draft}"
ID = "https://w3id.org/newskg/id/"


@pytest.fixture(scope="module")
def events() -> tuple[EventRecord, ...]:
    return read_events(open_file(SAHEL))


def labelled(label: str) -> tuple[EventRecord, ...]:
    """One event and one agent, both of that label."""
    agent = EntityRecord(iri="https://example.org/a?x=1&y=2", label=label, kind="Group")
    return (EventRecord(iri="https://example.org/e", label=label, kind="Battle", agents=(agent, agent)),)


def test_nodes_and_edges(events: tuple[EventRecord, ...]) -> None:
    nodes, edges = network(events)
    by_iri = {node.iri: node.values for node in nodes}
    assert [node.iri for node in nodes] == sorted(by_iri)
    assert len(by_iri) == len(nodes)
    assert {each.source for each in edges} | {each.target for each in edges} <= set(by_iri)
    assert Edge(source=f"{ID}event/left", role="origin", target=f"{ID}geonames/8") in edges
    assert Edge(source=f"{ID}event/airstrike", role="source", target=f"{ID}organization/ministry") in edges
    assert by_iri[f"{ID}geonames/8"] == {
        "label": "Ansongo",
        "class": "PopulatedPlace",
        "sort": "place",
        "latitude": "15.6597",
        "longitude": "0.5022",
    }
    assert by_iri[f"{ID}event/fight"]["status"] == "Denied"


def test_graphml_holds_the_network(events: tuple[EventRecord, ...]) -> None:
    out = io.StringIO()
    count = write_graphml(events, out)
    nodes, edges = network(events)
    root = ElementTree.fromstring(out.getvalue().encode())
    keys = {each.get("id") for each in root.iter(f"{GRAPHML}key")}
    got = {
        each.get("id"): {data.get("key"): data.text or "" for data in each}
        for each in root.iter(f"{GRAPHML}node")
    }
    assert got == {node.iri: node.values for node in nodes}
    assert {key for values in got.values() for key in values} <= keys
    assert sorted(
        Edge(source=each.get("source", ""), role=each[0].text or "", target=each.get("target", ""))
        for each in root.iter(f"{GRAPHML}edge")
    ) == list(edges)
    assert count == len(nodes)


def test_gexf_holds_the_network(events: tuple[EventRecord, ...]) -> None:
    out = io.StringIO()
    count = write_gexf(events, out)
    nodes, edges = network(events)
    root = ElementTree.fromstring(out.getvalue().encode())
    (attributes,) = (each for each in root.iter(f"{GEXF}attributes") if each.get("class") == "node")
    titles = {each.get("id"): each.get("title") for each in attributes}
    got = {
        each.get("id"): {"label": each.get("label")}
        | {titles[value.get("for")] or "": value.get("value") for value in each.iter(f"{GEXF}attvalue")}
        for each in root.iter(f"{GEXF}node")
    }
    assert got == {node.iri: node.values for node in nodes}
    assert sorted(
        Edge(source=each.get("source", ""), role=each.get("label", ""), target=each.get("target", ""))
        for each in root.iter(f"{GEXF}edge")
    ) == list(edges)
    assert count == len(nodes)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_label_is_valid_xml(label: str) -> None:
    for write in (write_graphml, write_gexf):
        out = io.StringIO()
        assert write(labelled(label), out) == 2
        ElementTree.fromstring(out.getvalue().encode())


def test_marks_of_xml_come_back() -> None:
    label = 'a <b> & "c"\n\td'
    graphml, gexf = io.StringIO(), io.StringIO()
    write_graphml(labelled(label), graphml)
    write_gexf(labelled(label), gexf)
    node = ElementTree.fromstring(gexf.getvalue().encode()).find(f".//{GEXF}node")
    data = ElementTree.fromstring(graphml.getvalue().encode()).find(f".//{GRAPHML}data[@key='label']")
    assert node is not None
    assert data is not None
    assert node.get("label") == data.text == label


def test_a_role_is_told_once() -> None:
    _, edges = network(labelled("x"))
    assert len(edges) == 1
