"""GraphML and GEXF as networkx opens them, which is how many users will."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import ardan
import networkx
import pytest

from kg.export.network import network, write_gexf, write_graphml
from kg.export.records import EventRecord, read_events
from kg.store.memory import open_file

SAHEL = Path(__file__).parent.parent / "data" / "sahel.trig"
Writer = Callable[[tuple[EventRecord, ...], IO[str]], int]


def opened(write: Writer, events: tuple[EventRecord, ...]) -> Any:
    out = io.StringIO()
    write(events, out)
    data = io.BytesIO(out.getvalue().encode())
    return networkx.read_graphml(data) if write is write_graphml else networkx.read_gexf(data)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:networkx")
@pytest.mark.parametrize("source", [ardan.DATA, SAHEL], ids=lambda path: path.stem)
@pytest.mark.parametrize("write", [write_graphml, write_gexf])
def test_networkx_opens_it(write: Writer, source: Path) -> None:
    events = read_events(open_file(source))
    nodes, edges = network(events)
    graph = opened(write, events)
    assert graph.is_directed()
    assert set(graph) == {node.iri for node in nodes}
    for node in nodes:
        got = {name: str(value) for name, value in graph.nodes[node.iri].items()}
        for name, value in node.values.items():
            shown = got.get(name, "")
            assert (
                float(shown) == float(value)
                if name in {"confidence", "latitude", "longitude"}
                else (" ".join(shown.split()) == " ".join(value.split()))
            ), name
    found = Counter((one, other, data["role"]) for one, other, data in graph.edges(data=True))
    assert found == Counter((edge.source, edge.target, edge.role) for edge in edges)
    busiest = max(graph.degree, key=lambda pair: pair[1])
    assert busiest[1] > 2, "what one opens it for"
