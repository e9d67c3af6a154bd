from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import ardan
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.errors import DataError, ResourceError
from kg.rdf import json_ld
from kg.rdf.json_ld import load_context, write_json_ld
from kg.vocabulary import DCTERMS, KG, OWL, RDF, RDFS, SCHEMA, XSD

PREDICATES = [
    *(KG.hasAgent, KG.status, KG.relation, KG.startDate, KG.confidence, KG.killed, KG.former, KG.sentence),
    *(DCTERMS.source, DCTERMS.type, DCTERMS.issued, DCTERMS.description, RDFS.label, OWL.sameAs, RDF.type),
    *("x:p", "https://schema.org/a/b", SCHEMA.iri, KG.iri + "unknown"),
]
IRIS = st.sampled_from(
    ["x:a", "x:b", KG.Asserted, KG.Capture, KG.memberOf, DCTERMS.type, KG.iri + "other", "urn:a:b"]
)
DATATYPES = st.sampled_from([*XSD, XSD.iri + "double", "x:type"])
TEXTS = st.one_of(
    st.sampled_from(
        ["", "Asserted", "kg:Asserted", "@id", "7", "-7", "007", "+7", "-0", "9007199254740993", "true", "1"]
    ),
    st.text(max_size=5).map(lambda text: re.sub(r"[\ud800-\udfff]", "", text)),
)
TERMS = st.one_of(
    IRIS.map(NamedNode),
    st.just(BlankNode("b")),
    TEXTS.map(Literal),
    TEXTS.map(lambda text: Literal(text, language="en")),
    st.builds(lambda text, kind: Literal(text, datatype=NamedNode(kind)), TEXTS, DATATYPES),
)
TRIPLES = st.builds(
    Triple,
    st.one_of(IRIS.map(NamedNode), st.just(BlankNode("b"))),
    st.sampled_from(PREDICATES).map(NamedNode),
    TERMS,
)


def written(triples: Iterator[Triple] | list[Triple]) -> bytes:
    out = io.BytesIO()
    write_json_ld(sorted(set(triples), key=str), out)
    return out.getvalue()


@given(st.lists(TRIPLES, max_size=12))
def test_the_very_triples_come_back(triples: list[Triple]) -> None:
    got = {quad.triple for quad in parse(written(triples), RdfFormat.JSON_LD)}
    named = {str(triple).replace("_:b", "") for triple in triples}
    assert {re.sub(r"_:\w+", "", str(triple)) for triple in got} == named


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_rdflib_reads_the_same_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("it asks the network"))
    data = written([quad.triple for quad in parse(path=str(ardan.DATA), format=RdfFormat.TRIG)])
    wanted = Graph()
    for quad in parse(path=str(ardan.DATA), format=RdfFormat.TRIG):
        wanted.parse(data=f"{quad.triple} .", format="nt")
    assert isomorphic(Graph().parse(data=data, format="json-ld"), wanted)


def test_it_reads_as_a_person_would_write_it() -> None:
    event = NamedNode("x:event")
    triples = [
        Triple(event, NamedNode(RDF.type), NamedNode(KG.Event)),
        Triple(event, NamedNode(RDF.type), NamedNode(KG.Capture)),
        Triple(event, NamedNode(KG.hasAgent), NamedNode("x:front")),
        Triple(event, NamedNode(KG.status), NamedNode(KG.Claimed)),
        Triple(event, NamedNode(KG.startDate), Literal("2031-05-03", datatype=NamedNode(XSD.date))),
        Triple(event, NamedNode(KG.endDate), Literal("2031", datatype=NamedNode(XSD.gYear))),
        Triple(event, NamedNode(KG.confidence), Literal("0.9", datatype=NamedNode(XSD.decimal))),
        Triple(event, NamedNode(KG.killed), Literal(7)),
        Triple(event, NamedNode(RDFS.label), Literal("Front captures Arda")),
    ]
    (described,) = json.loads(written(triples))["@graph"]
    assert described == {
        "id": "x:event",
        "type": ["Capture", "Event"],
        "label": "Front captures Arda",
        "hasAgent": "x:front",
        "status": "Claimed",
        "startDate": "2031-05-03",
        "endDate": {"@value": "2031", "@type": XSD.gYear},
        "confidence": "0.9",
        "killed": 7,
    }


def test_nothing_to_write() -> None:
    data = json.loads(written([]))
    assert data["@graph"] == [] and data["@context"] == json.loads(load_context().text)


def test_a_context_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_ld, "ontology_dir", lambda: tmp_path)
    with pytest.raises(ResourceError, match="cannot be read"):
        load_context.__wrapped__()
    for text in ("[]", "{", "{}"):
        (tmp_path / "context.jsonld").write_text(text)
        with pytest.raises(DataError, match="is no context of JSON-LD"):
            load_context.__wrapped__()
