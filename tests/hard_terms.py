"""A graph of what stores get wrong: quotes, newlines, scripts, long text, languages, numbers, dates."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

GRAPH = "https://w3id.org/newskg/id/graph/hard"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_HARD = "https://example.org/hard/"
TEXTS = (
    'He said: "No \\ never".\nThen\r\nhe\tleft \'\'\' """',
    "Ärzte, Łódź, Київ, عدن, 東京, \U0001f600 \U0002070e, e\u0301",
    "{ ?s ?p ?o } <iri> # no comment; ${x} %s %20 &amp; <b>",
    "\u2028\u0085 \u00a0\u007f",
    "",
    "1",
    "true",
    "long " * 40_000,
)
TYPED = (
    ("boolean", "true"),
    ("boolean", "false"),
    ("decimal", "0.9"),
    ("decimal", "12.5"),
    ("decimal", "1"),
    ("integer", "24"),
    ("integer", "0"),
    ("date", "2021-08-10"),
    ("gYearMonth", "2021-08"),
    ("gYear", "2021"),
    ("dateTime", "2021-08-10T12:30:00Z"),
)


def quads() -> list[Quad]:
    """The graph."""
    graph, about = NamedNode(GRAPH), NamedNode(f"{_HARD}Köln/%C3%A9?a=b&c=d#e'f(g)")
    said = [Literal(text) for text in TEXTS]
    said += [
        Literal("colour", language="en-gb"),
        Literal("colour", language="en"),
        Literal("Farbe", language="de"),
    ]
    said += [Literal(value, datatype=NamedNode(_XSD + kind)) for kind, value in TYPED]
    said.append(
        Literal("POINT(2.5 48.25)", datatype=NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral"))
    )
    return [Quad(about, NamedNode(f"{_HARD}p{at}"), one, graph) for at, one in enumerate(said)]


def as_n_quads() -> bytes:
    """The graph as a file."""
    written = serialize(quads(), format=RdfFormat.N_QUADS)
    assert written is not None
    return written
