"""Every rule of the shapes: broken by one graph, kept by its twin, found by both engines."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import sample
from pyoxigraph import BlankNode, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from kg.errors import DataError, ResourceError
from kg.ontology import load_ontology
from kg.rdf.mapping import article_quads, reduction_quads
from kg.rdf.provenance import provenance_quads
from kg.rdf.settings import MappingSettings
from kg.rdf.terms import partial_date
from kg.validate import Report, Violation, validate
from kg.validate.engines import Engine, own_shapes, with_pyshacl, with_shacl
from kg.vocabulary import DCTERMS, GEO, KG, NIF, OWL, PREFIXES, PROV, RDF, RDFS, SCHEMA, SKOS, WGS84

HERE = Path(__file__).parent
RULE = "https://w3id.org/newskg/shapes#"
SH = "http://www.w3.org/ns/shacl#"

# What no shape names. Written of the ontology alone:
OF_THE_ONTOLOGY = {
    *(OWL.versionIRI, OWL.versionInfo, RDFS.comment, RDFS.subClassOf, RDFS.subPropertyOf),
    f"{DCTERMS.iri}isReplacedBy",
}
# Written of a run, which is in a store's own graph and in no export:
OF_A_RUN = {PROV.iri + name for name in ("Activity", "startedAtTime", "endedAtTime", "wasGeneratedBy")}
# Read in gazetteers, and never written:
READ_ONLY = {SKOS.broader, SKOS.exactMatch, SKOS.hiddenLabel, SKOS.narrower, SKOS.prefLabel}
# Free to say of anything, without a form that it could break:
FREE = {DCTERMS.subject, PROV.wasDerivedFrom}
NEED_NONE = OF_THE_ONTOLOGY | OF_A_RUN | READ_ONLY | FREE


def rules() -> set[str]:
    """The names of the shapes that hold a constraint of their own."""
    parts = {"path", "targetClass", "targetSubjectsOf", "property", "message", "prefixes", "select"}
    return {
        quad.subject.value.removeprefix(RULE)
        for quad in parse(path=own_shapes())
        if isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(RULE)
        and quad.predicate.value.startswith(SH)
        and quad.predicate.value.removeprefix(SH) not in parts
    }


def graph(kind: str, rule: str) -> list[Quad]:
    """The graph of the file ``KIND/RULE.ttl``."""
    return list(parse(path=HERE / kind / f"{rule}.ttl", format=RdfFormat.TURTLE))


def moved(quads: list[Quad], kind: str) -> list[Quad]:
    """`quads` under a base of its own, so that the graphs of two folders can lie side by side."""

    def other(term: object) -> object:
        if isinstance(term, NamedNode):
            return NamedNode(term.value.replace("https://example.org/", f"https://example.org/{kind}/"))
        return term

    return [Quad(other(q.subject), q.predicate, other(q.object)) for q in quads]  # type: ignore[arg-type]


@cache
def found_by(engine: Engine) -> tuple[Violation, ...]:
    """What `engine` finds in all the graphs of both folders at once."""
    quads = [
        quad
        for kind in ("valid", "invalid")
        for rule in sorted(rules())
        for quad in moved(graph(kind, rule), kind)
    ]
    return validate(quads, engine=engine).violations


def test_the_sample_conforms() -> None:
    settings = MappingSettings(program="1")
    quads = [quad for report in sample.reports() for quad in article_quads(report, settings)]
    quads += reduction_quads(sample.reduction(), settings)
    quads += provenance_quads(sample.reduction(), settings)
    report = validate(quads)
    assert report.violations == ()
    assert report.conforms and report.triples > 390


@pytest.mark.parametrize("kind", ["valid", "invalid"])
def test_each_rule_has_its_graphs(kind: str) -> None:
    assert {path.stem for path in (HERE / kind).glob("*.ttl")} == rules()


@pytest.mark.parametrize("rule", sorted(rules()))
def test_a_graph_breaks_its_rule_and_no_other_and_its_twin_breaks_none(rule: str) -> None:
    assert set(validate(graph("invalid", rule)).rules()) == {rule}
    assert validate(graph("valid", rule)) == Report(triples=len(graph("valid", rule)))


@pytest.mark.parametrize("rule", sorted(rules() - {"Named"}))
def test_the_twin_speaks_of_what_the_rule_is_about(rule: str) -> None:
    nodes = {violation.node for violation in validate(graph("invalid", rule)).violations}
    assert nodes <= {str(quad.subject)[1:-1] for quad in graph("valid", rule)}


def test_both_engines_find_the_same() -> None:
    fast, slow = (
        {(None if each.rule == "Named" else each.node, each.rule, each.message) for each in found_by(engine)}
        for engine in (with_shacl, with_pyshacl)
    )
    assert fast == slow
    assert {rule for _, rule, _ in fast} == rules()


def test_every_shape_has_a_message_and_a_name() -> None:
    quads = list(parse(path=own_shapes()))
    messages = {quad.subject for quad in quads if quad.predicate.value == f"{SH}message"}
    shapes = {quad.subject for quad in quads if quad.object == NamedNode(f"{SH}PropertyShape")}
    assert shapes and shapes <= messages
    assert all(isinstance(shape, NamedNode) for shape in shapes)


def test_every_property_shape_is_asked_of_something() -> None:
    quads = list(parse(path=own_shapes()))
    shapes = {quad.subject for quad in quads if quad.object == NamedNode(f"{SH}PropertyShape")}
    asked = {quad.object for quad in quads if quad.predicate.value == f"{SH}property"}
    asked |= {quad.subject for quad in quads if quad.predicate.value.startswith(f"{SH}target")}
    assert shapes - asked == set()


def test_the_shapes_cover_every_class_and_property_that_is_written() -> None:
    named = {
        term.value
        for quad in parse(path=own_shapes())
        for term in (quad.object,)
        if isinstance(term, NamedNode)
    }
    written = {
        *(iri for terms in (KG, DCTERMS, GEO, NIF, PROV, RDFS, SCHEMA, SKOS, WGS84) for iri in terms),
        OWL.sameAs,
        OWL.versionIRI,
        OWL.versionInfo,
    }
    assert written - named <= NEED_NONE
    assert not NEED_NONE & named


def test_the_rules_of_what_is_written_follow_the_ontology() -> None:
    terms = load_ontology().terms.values()
    below = {(term.name, parent) for term in terms if term.kind == "Class" for parent in term.parents}
    store = Store()
    store.bulk_load(path=own_shapes())
    found = store.query(f"SELECT ?class ?rule {{ ?rule <{SH}targetClass> ?class ; <{SH}class> ?above }}")
    assert isinstance(found, QuerySolutions)
    written = {
        (row["class"].value.rpartition("#")[2], row["rule"].value.removeprefix(f"{RULE}Written"))
        for row in found
    }
    assert written == below


def test_the_terms_of_the_shapes_are_in_the_ontology() -> None:
    kg = PREFIXES["kg"]
    used = {
        term.value.removeprefix(kg)
        for quad in parse(path=own_shapes())
        for term in (quad.object,)
        if isinstance(term, NamedNode) and term.value.startswith(kg)
    }
    assert used <= set(load_ontology().terms)


def test_dates_of_mixed_precision_are_compared_as_text() -> None:
    kept = [("2012", "2012-01-01"), ("2012-03", "2012"), ("2012-03-02", "2012-03"), ("2012", "2012")]
    crossed = [("2012-04", "2012-03-31"), ("2013", "2012-12"), ("2012-03-03", "2012-03-02"), ("2013", "2012")]
    nodes = {NamedNode(f"https://example.org/{start}/{end}"): (start, end) for start, end in kept + crossed}
    quads = [
        Quad(node, NamedNode(predicate), partial_date(date))
        for node, dates in nodes.items()
        for predicate, date in zip((KG.startDate, KG.endDate), dates, strict=True)
    ]
    for engine in (with_shacl, with_pyshacl):
        violations = validate(quads, engine=engine).violations
        assert {each.rule for each in violations} == {"DateOrder"}
        assert {nodes[NamedNode(each.node)] for each in violations} == set(crossed)


def test_a_blank_node_is_found() -> None:
    quads = [
        Quad(BlankNode("b"), NamedNode(RDF.type), NamedNode(f"{PREFIXES['kg']}{kind}"))
        for kind in ("Group", "Agent")
    ]
    assert "Named" in validate(quads).rules()


def test_nothing_conforms() -> None:
    assert validate([]) == Report(triples=0)


def test_a_violation_is_one_line() -> None:
    line = str(
        Violation(
            node="https://example.org/e",
            shape=f"{RULE}Confidence",
            message="must\nbe low",
            value=f'"{"9" * 300}"^^<{PREFIXES["xsd"]}decimal>',
        )
    )
    assert line.startswith('https://example.org/e must be low (found "999')
    assert line.endswith("…) [Confidence]") and len(line) < 180 and "\n" not in line


@pytest.mark.parametrize("engine", [with_shacl, with_pyshacl])
def test_shapes_that_are_wrong_are_refused(tmp_path: Path, engine: Engine) -> None:
    for name, text in (("broken", "@prefix a: <b"), ("none", "")):
        path = tmp_path / f"{name}.ttl"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match=rf"{name}\.ttl"):
            validate([], shapes=[path], engine=engine)
    with pytest.raises(ResourceError, match=r"missing\.ttl"):
        validate([], shapes=[tmp_path / "missing.ttl"], engine=engine)


MINE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix my: <https://example.org/mine/> .
my:Dated a sh:NodeShape ; sh:targetClass kg:Event ;
    sh:property [ sh:path kg:startDate ; sh:minCount 1 ; sh:severity sh:Warning ] .
"""


@pytest.mark.parametrize("engine", [with_shacl, with_pyshacl])
def test_shapes_of_ones_own_are_asked_besides(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(MINE, encoding="utf-8")
    found = validate(graph("invalid", "AccordingTo"), shapes=[path], engine=engine)
    assert set(found.rules()) == {"AccordingTo", "Dated"}
    mine = next(each for each in found.violations if each.rule == "Dated")
    assert (mine.severity, mine.shape) == ("Warning", "https://example.org/mine/Dated")
