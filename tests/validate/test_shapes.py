"""Every rule of the shapes: kept by the sample, broken by one change to it, and found by both engines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import sample
import yaml
from pyoxigraph import BlankNode, NamedNode, Quad, QuerySolutions, Store, parse

from kg.errors import DataError, ResourceError
from kg.ontology import load_ontology
from kg.rdf.mapping import article_quads, reduction_quads
from kg.rdf.provenance import provenance_quads
from kg.rdf.settings import MappingSettings
from kg.rdf.terms import partial_date
from kg.resources import ontology_dir
from kg.validate import Report, Violation, validate
from kg.validate.engines import Engine, with_pyshacl, with_shacl
from kg.vocabulary import KG, PREFIXES, RDF

SHAPES = ontology_dir() / "shapes.ttl"
RULE = "https://w3id.org/newskg/shapes#"
SH = "http://www.w3.org/ns/shacl#"
HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A rule, an update that breaks it, and the rules that break with it."""

    rule: str
    update: str
    also: frozenset[str]


def cases() -> list[Case]:
    """What ``broken.yaml`` holds."""
    table = yaml.safe_load(Path(__file__).with_name("broken.yaml").read_text(encoding="utf-8"))
    return [
        Case(rule=rule, update=case["update"], also=frozenset(case.get("also", ())))
        for rule, case in table.items()
    ]


def valid(base_iri: str) -> list[Quad]:
    """The sample under a base of its own."""
    settings = MappingSettings(base_iri=base_iri, program="1")
    quads = [quad for report in sample.reports() for quad in article_quads(report, settings)]
    quads += reduction_quads(sample.reduction(), settings)
    return [*quads, *provenance_quads(sample.reduction(), settings)]


def broken(update: str, base_iri: str = MappingSettings().base_iri) -> list[Quad]:
    """The union of the sample's graphs after an update."""
    store = Store()
    store.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in valid(base_iri))
    before = set(store)
    store.update(f"BASE <{base_iri}>\n{HEAD}{update}")
    after = list(store)
    assert set(after) != before, f"this changes nothing: {update}"
    return after


def rules() -> set[str]:
    """The names of the shapes that hold a constraint of their own."""
    parts = {"path", "targetClass", "targetSubjectsOf", "property", "message", "prefixes", "select"}
    return {
        quad.subject.value.removeprefix(RULE)
        for quad in parse(path=SHAPES)
        if isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(RULE)
        and quad.predicate.value.startswith(SH)
        and quad.predicate.value.removeprefix(SH) not in parts
    }


def test_the_sample_conforms() -> None:
    report = validate(valid(MappingSettings().base_iri))
    assert report.violations == ()
    assert report.conforms and report.triples > 390


def test_each_rule_has_a_case() -> None:
    assert {case.rule for case in cases()} == rules()


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.rule)
def test_a_case_breaks_its_rule_and_no_other(case: Case) -> None:
    assert set(validate(broken(case.update)).rules()) == {case.rule} | case.also


def test_both_engines_find_the_same() -> None:
    quads = broken(" ;\n".join(case.update for case in cases()))
    found = [
        {(each.node, each.rule, each.message) for each in validate(quads, engine=engine).violations}
        for engine in (with_shacl, with_pyshacl)
    ]
    assert found[0] == found[1]
    # Some changes undo what others need.
    assert len({rule for _, rule, _ in found[0]}) > 0.8 * len(rules())


def test_every_shape_has_a_message_and_a_name() -> None:
    quads = list(parse(path=SHAPES))
    messages = {quad.subject for quad in quads if quad.predicate.value == f"{SH}message"}
    shapes = {quad.subject for quad in quads if quad.object == NamedNode(f"{SH}PropertyShape")}
    assert shapes and shapes <= messages
    assert all(isinstance(shape, NamedNode) for shape in shapes)


def test_the_rules_of_what_is_written_follow_the_ontology() -> None:
    terms = load_ontology().terms.values()
    below = {(term.name, parent) for term in terms if term.kind == "Class" for parent in term.parents}
    store = Store()
    store.bulk_load(path=SHAPES)
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
        for quad in parse(path=SHAPES)
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
    assert "OneKind" in validate(quads).rules()


def test_nothing_conforms() -> None:
    assert validate([]) == Report(triples=0)


def test_a_violation_is_one_line() -> None:
    line = str(
        Violation(
            node="https://example.org/e",
            rule="Confidence",
            message="must be low",
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
            validate([], shapes=path, engine=engine)
    with pytest.raises(ResourceError, match=r"missing\.ttl"):
        validate([], shapes=tmp_path / "missing.ttl", engine=engine)
