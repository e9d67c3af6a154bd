"""Names that formats stumble over come out of each as they went in, under valid IRIs; and the credit."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import sample
from pyoxigraph import Literal, NamedNode, Quad, parse
from rdflib import Dataset, Graph, URIRef

from kg.model import (
    AnnotatedDocument,
    Chain,
    Entity,
    EntityMention,
    Form,
    Position,
    Reduction,
    ResolvedDocument,
    SourceDocument,
    Span,
)
from kg.rdf.formats import ENDINGS, output_format
from kg.rdf.provenance import GEONAMES_CREDIT
from kg.rdf.settings import MappingSettings
from kg.rdf.writer import GraphWriter
from kg.resolve.reduction import digest, reduce
from kg.vocabulary import DCTERMS, KG, NIF, RDFS, SKOS

pytestmark = [  # of rdflib's own making, when it reads named graphs and JSON-LD
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

SETTINGS = MappingSettings(model="a_model 1.2", program="9.9")
NAMES = (
    'Ana "La Tía" Ruiz',
    "O'Brien's ‘Lads’",
    "'''Three''' \"\"\"marks\"\"\"",
    "Line\nBreak",
    "Line\r\nReturn",
    "Tab\tStop",
    "Back\\slash \\u0041",
    "<b>Bold</b> &amp; ]]> Co",
    "الجبهة الشعبية",
    "שלום (Peace) עכשיו",
    "\u202eturned\u202c Name",
    "Zoe\u0301 Ame\u0301lie",
    "Zoé Amélie",
    "Nguyễn Văn Ả",
    "कुमार",
    "😀 Party",
    "100% {Front} ^x|y`",
    "../up#frag?q",
    "@en _:b0 ^^xsd:date",
)
RDFLIB = {
    ".ttl": "turtle",
    ".nt": "nt",
    ".nq": "nquads",
    ".trig": "trig",
    ".rdf": "xml",
    ".jsonld": "json-ld",
}


def article(number: int, name: str) -> ResolvedDocument:
    """A report whose identifier, text and chains are made of `name`."""
    kinds = ("Person", "Organization", "PopulatedPlace", "Group")
    return ResolvedDocument(
        annotated=AnnotatedDocument(
            document=SourceDocument(id=f"{number} {name}", text=f"{name} spoke.", title=name),
            sentences=(Span(begin=0, end=len(name) + 7),),
            chains=tuple(
                Chain(id=i, kind=kind, name=name, names=(f"{name} {kind}",)) for i, kind in enumerate(kinds)
            ),
            mentions=tuple(
                EntityMention(
                    key=f"e{i} {name}", begin=0, end=len(name), form=Form.NAMED, chain=i, sentence=0
                )
                for i in range(len(kinds))
            ),
        )
    )


ARTICLES = tuple(article(number, name) for number, name in enumerate(NAMES))


def written(folder: Path, ending: str, reduction: Reduction) -> bytes:
    """The articles and `reduction` in the format of `ending`, unpacked."""
    target = folder / f"graph{ending}"
    with GraphWriter(folder, ending) as writer:
        for each in ARTICLES:
            writer.add(sample.read(each, SETTINGS))
        writer.finish(reduction, SETTINGS, target)
    data = target.read_bytes()
    return gzip.decompress(data) if ending.endswith(".gz") else data


def by_hand() -> Reduction:
    """A person, with a post, for each name as it stands."""
    people = [
        Entity(id=f"person/{name}", kind="Person", label=name, alternate_labels=(f"{name} II",))
        for name in NAMES
    ]
    posts = [Position(id=f"position/{name}", holder=f"person/{name}", title=name) for name in NAMES]
    return Reduction(entities=tuple(people), positions=tuple(posts))


def texts(quads: list[Quad], predicate: str) -> list[str]:
    """The texts of a property, sorted."""
    found = {quad.triple for quad in quads if quad.predicate.value == predicate}
    return sorted(triple.object.value for triple in found if isinstance(triple.object, Literal))


@pytest.mark.parametrize("ending", ENDINGS)
def test_names_come_out_as_they_went_in(tmp_path: Path, ending: str) -> None:
    data = written(tmp_path, ending, by_hand())
    quads = list(parse(input=data, format=output_format(ending).syntax))
    labels = texts(quads, RDFS.label)
    assert all(labels.count(name) == 2 for name in NAMES)
    assert texts(quads, SKOS.altLabel) == sorted(f"{name} II" for name in NAMES)
    assert texts(quads, DCTERMS.identifier) == sorted(each.annotated.document.id for each in ARTICLES)
    assert texts(quads, DCTERMS.title) == sorted(NAMES)
    assert texts(quads, NIF.anchorOf) == sorted(NAMES * 4)
    assert texts(quads, KG.sentence) == sorted([f"{name} spoke." for name in NAMES] * 4)

    syntax = ending.removesuffix(".gz")
    graph = Dataset() if syntax in (".nq", ".trig") else Graph()
    graph.parse(data=data, format=RDFLIB[syntax])
    triples = {each[:3] for each in graph.quads()} if isinstance(graph, Dataset) else set(graph)
    theirs = [str(value) for _, predicate, value in triples if predicate == URIRef(RDFS.label)]
    assert sorted(theirs) == labels


@pytest.mark.parametrize("ending", ENDINGS)
def test_iris_are_ascii_and_one_for_each_name(tmp_path: Path, ending: str) -> None:
    reduction = reduce([digest(each) for each in ARTICLES])
    data = written(tmp_path, ending, reduction)
    quads = list(parse(input=data, format=output_format(ending).syntax))
    nodes = {node.value for quad in quads for node in quad.triple if isinstance(node, NamedNode)}
    assert all(iri.isascii() and not set(iri) & set(' "<>\\^`{|}\n\r\t') for iri in nodes)
    assert {each.id for each in reduction.entities} <= {iri.removeprefix(SETTINGS.base_iri) for iri in nodes}
    people = [entity for entity in reduction.entities if entity.kind == "Person"]
    assert {entity.label for entity in people} <= {" ".join(name.split()) for name in NAMES}
    forms = {form for entity in people for form in (entity.label, *entity.alternate_labels)}
    assert {" ".join(name.split()) for name in NAMES} <= forms
    assert {entity.label for entity in people} <= set(texts(quads, RDFS.label))


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_gives_geonames_credit(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"graph{ending}"
    with GraphWriter(tmp_path, ending) as writer:
        for report in sample.reports():
            writer.add(sample.read(report, SETTINGS))
        writer.finish(sample.reduction(), SETTINGS, target)
    data = target.read_bytes()
    data = gzip.decompress(data) if ending.endswith(".gz") else data
    quads = list(parse(input=data, format=output_format(ending).syntax))
    assert texts(quads, DCTERMS.rights) == [GEONAMES_CREDIT]
