"""Readers' corrections in PROV-O."""

from __future__ import annotations

from dataclasses import replace

import sample
from pyoxigraph import Literal, NamedNode, Quad

from kg.model import AppliedCorrection, MentionRef
from kg.rdf.mapping import reduction_quads
from kg.rdf.provenance import provenance_quads
from kg.rdf.settings import MappingSettings
from kg.vocabulary import DCTERMS, KG, PROV, RDF, RDFS, XSD

BASE = "https://w3id.org/newskg/id/"
EVENT = sample.reduction().events[0].id
ENTITY = sample.reduction().entities[0].id
CORRECTIONS = (
    AppliedCorrection(
        id="correction/0a1b", label="date of X: 2012", by="Ada & Co. <x>", why="I saw it", when="2024-02",
        properties=(KG.startDate, KG.endDate), things=(EVENT,),
    ),
    AppliedCorrection(
        id="correction/2c3d", label="A and B are one", by="Ada & Co. <x>", why="the same", things=(ENTITY,),
        mentions=(MentionRef(article="second", key="e1"),),
    ),
)  # fmt: skip


def quads() -> list[Quad]:
    corrected = replace(sample.reduction(), corrections=CORRECTIONS)
    settings = MappingSettings(program="1")
    return [*reduction_quads(corrected, settings), *provenance_quads(corrected, settings)]


def values(subject: str, predicate: str) -> set[object]:
    return {q.object for q in quads() if (q.subject, q.predicate.value) == (NamedNode(subject), predicate)}


def test_a_correction_says_who_what_and_why() -> None:
    one, reader = f"{BASE}correction/0a1b", f"{BASE}reader/Ada%20%26%20Co.%20%3Cx%3E"
    assert values(one, RDF.type) == {NamedNode(KG.Correction)}
    assert values(one, RDFS.label) == {Literal("date of X: 2012")}
    assert values(one, DCTERMS.description) == {Literal("I saw it")}
    assert values(one, DCTERMS.date) == {Literal("2024-02", datatype=NamedNode(XSD.gYearMonth))}
    assert values(one, PROV.wasAssociatedWith) == {NamedNode(reader)}
    assert values(reader, RDF.type) == {NamedNode(PROV.Agent)}
    assert values(reader, RDFS.label) == {Literal("Ada & Co. <x>")}
    assert values(one, DCTERMS.subject) == {NamedNode(KG.startDate), NamedNode(KG.endDate)}
    assert values(f"{BASE}correction/2c3d", PROV.used) == {NamedNode(f"{BASE}article/second#e1")}


def test_what_it_shaped_names_it() -> None:
    assert values(f"{BASE}{EVENT}", PROV.wasInfluencedBy) == {NamedNode(f"{BASE}correction/0a1b")}
    assert values(f"{BASE}{ENTITY}", PROV.wasInfluencedBy) == {NamedNode(f"{BASE}correction/2c3d")}


def test_each_subject_stands_together_in_one_graph() -> None:
    order = [(quad.graph_name, quad.subject) for quad in quads()]
    starts = [pair for number, pair in enumerate(order) if not number or order[number - 1] != pair]
    assert len(starts) == len(set(starts)) == len({subject for _, subject in starts})


def test_without_corrections_there_is_nothing_of_them() -> None:
    plain = list(provenance_quads(sample.reduction(), MappingSettings(program="1")))
    assert not any("correction" in str(quad) or "reader" in str(quad) for quad in plain)
