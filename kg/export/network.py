"""Events as a network, in GraphML and GEXF: events and entities are its nodes, the roles its edges.

GraphML 1.0 (http://graphml.graphdrawing.org/) and GEXF 1.2 (https://gexf.net/), which Gephi, Cytoscape, yEd,
igraph and networkx read. An edge leads from the event to whom or what plays the role in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from kg.export.records import EntityRecord, EventRecord
from kg.model import Status
from kg.rdf.xml_text import without_forbidden

STATUSES = tuple(Status)
"""The statuses that are exported where none are asked for: all, since each event says its own."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NODE = {
    "label": "string",
    "class": "string",
    "sort": "string",
    "status": "string",
    "start": "string",
    "end": "string",
    "confidence": "double",
    "latitude": "double",
    "longitude": "double",
    "articles": "string",
    "sentences": "string",
}
"""Attributes of a node and their types; `sort` is event, agent or place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An event or an entity; `values` are those of its attributes that are known."""

    iri: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Edge:
    """`target` plays `role` in `source`, an event: agent, target, place, origin, destination or source."""

    source: str
    role: str
    target: str


def network(events: Iterable[EventRecord], wording: bool = True) -> tuple[list[Node], list[Edge]]:
    """The events, and all entities that play a role in one: nodes by IRI, edges in order.

    Without `wording` there are no sentences.
    """
    nodes: dict[str, Node] = {}
    edges = set()
    for event in events:
        nodes[event.iri] = Node(iri=event.iri, values=_known(_event(event, wording)))
        for role, entities in _roles(event):
            for entity in entities:
                nodes.setdefault(entity.iri, Node(iri=entity.iri, values=_known(_entity(entity))))
                edges.add(Edge(source=event.iri, role=role, target=entity.iri))
    return [nodes[iri] for iri in sorted(nodes)], sorted(edges)


def write_graphml(events: Iterable[EventRecord], out: IO[str], wording: bool = True) -> int:
    """Write the network; the number of nodes."""
    nodes, edges = network(events, wording)
    out.write(f'{_HEAD}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for name, kind in _NODE.items():
        out.write(f'<key id="{name}" for="node" attr.name="{name}" attr.type="{kind}"/>\n')
    out.write('<key id="role" for="edge" attr.name="role" attr.type="string"/>\n')
    out.write('<graph edgedefault="directed">\n')
    for node in nodes:
        out.write(f"<node id={_attribute(node.iri)}>{''.join(_data(node.values))}</node>\n")
    for number, edge in enumerate(edges):
        ends = f"source={_attribute(edge.source)} target={_attribute(edge.target)}"
        out.write(f'<edge id="e{number}" {ends}>{"".join(_data({"role": edge.role}))}</edge>\n')
    out.write("</graph>\n</graphml>\n")
    return len(nodes)


def write_gexf(events: Iterable[EventRecord], out: IO[str], wording: bool = True) -> int:
    """Write the network; the number of nodes."""
    nodes, edges = network(events, wording)
    columns = {name: str(at) for at, name in enumerate(name for name in _NODE if name != "label")}
    out.write(f'{_HEAD}<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
    out.write('<graph defaultedgetype="directed" mode="static">\n<attributes class="node">\n')
    for name, number in columns.items():
        out.write(f'<attribute id="{number}" title="{name}" type="{_NODE[name]}"/>\n')
    out.write('</attributes>\n<attributes class="edge">\n')
    out.write('<attribute id="0" title="role" type="string"/>\n</attributes>\n<nodes>\n')
    for node in nodes:
        values = {columns[name]: value for name, value in node.values.items() if name in columns}
        label = _attribute(node.values["label"])
        out.write(f"<node id={_attribute(node.iri)} label={label}>{_gexf_values(values)}</node>\n")
    out.write("</nodes>\n<edges>\n")
    for at, edge in enumerate(edges):
        ends = f"source={_attribute(edge.source)} target={_attribute(edge.target)}"
        out.write(f'<edge id="{at}" {ends} label="{edge.role}">{_gexf_values({"0": edge.role})}</edge>\n')
    out.write("</edges>\n</graph>\n</gexf>\n")
    return len(nodes)


def _roles(event: EventRecord) -> Iterator[tuple[str, Sequence[EntityRecord]]]:
    yield "agent", event.agents
    yield "target", event.targets
    yield "place", event.places
    yield "origin", event.origins
    yield "destination", event.destinations
    yield "source", event.sources


def _event(event: EventRecord, wording: bool) -> dict[str, str | None]:
    return {
        "label": event.label,
        "class": event.kind,
        "sort": "event",
        "status": event.status.value if event.status else None,
        "start": event.start,
        "end": event.end,
        "confidence": event.confidence,
        "articles": "; ".join(article.id for article in event.articles),
        "sentences": " ".join(event.sentences) if wording else None,
    }


def _entity(entity: EntityRecord) -> dict[str, str | None]:
    return {
        "label": entity.label,
        "class": entity.kind,
        "sort": "place" if entity.is_a("Place") else "agent",
        "latitude": entity.latitude,
        "longitude": entity.longitude,
    }


def _known(values: dict[str, str | None]) -> dict[str, str]:
    """Those that are told; the label always."""
    return {name: value or "" for name, value in values.items() if value or name == "label"}


def _data(values: dict[str, str]) -> Iterator[str]:
    for name, value in values.items():
        yield f'<data key="{name}">{escape(without_forbidden(value))}</data>'


def _gexf_values(values: dict[str, str]) -> str:
    found = "".join(f'<attvalue for="{key}" value={_attribute(value)}/>' for key, value in values.items())
    return f"<attvalues>{found}</attvalues>" if found else ""


def _attribute(value: str) -> str:
    """`value` in quotation marks; ends of lines and tabs as references, or a reader makes them spaces."""
    return quoteattr(without_forbidden(value), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
