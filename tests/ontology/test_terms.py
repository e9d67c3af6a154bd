"""The ontology's terms: the closed namespace, the labels, the hierarchy, the profile."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, parse

from kg.errors import DataError, ResourceError
from kg.model import EventAccount, Form, Status
from kg.ontology import load_ontology, ontology_turtle
from kg.ontology.owl import as_ntriples, load_owl, ontology_files
from kg.ontology.profile import faults
from kg.resources import ontology_dir
from kg.vocabulary import KG, OWL, PREFIXES, RDF, RDFS, SKOS

QUADS = list(parse(path=ontology_turtle()))
EXCLUSIVE = ("Article", "Person", "Organization", "Group", "Place", "Event", "Mention", "Position", "Status")


def pairs(predicate: str) -> set[tuple[str, str]]:
    """Subject and object of each triple with `predicate`, ours by local name."""
    return {
        (quad.subject.value.removeprefix(KG.iri), quad.object.value.removeprefix(KG.iri))
        for quad in QUADS
        if quad.predicate.value == predicate
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
    }


def test_the_namespace_and_the_ontology_have_the_same_terms() -> None:
    assert set(KG.names) == set(load_ontology().terms)
    assert list(KG) == [KG.iri + name for name in KG.names]


def test_a_misspelt_term_cannot_be_written() -> None:
    misspelt = "hasAgnet"
    with pytest.raises(AttributeError):
        getattr(KG, misspelt)
    with pytest.raises(DataError, match="did you mean 'hasAgent'"):
        KG.term(misspelt)
    assert KG.term("hasAgent") == KG.hasAgent


def test_every_term_has_a_label_and_a_definition() -> None:
    for term in load_ontology().terms.values():
        assert term.label and term.definition[-1] == ".", term.name
    for predicate in (RDFS.label, SKOS.definition):
        languages = {
            quad.object.language
            for quad in QUADS
            if quad.predicate.value == predicate and hasattr(quad.object, "language")
        }
        assert languages == {"en"}
    assert {name for name, _ in pairs(RDFS.isDefinedBy)} == set(load_ontology().terms)


def test_the_statuses_and_forms_of_the_values_are_terms() -> None:
    for name in (*Status, *Form):
        assert name in load_ontology().terms
    assert load_ontology().superclasses(Form.NAMED) == ("NamedMention", "EntityMention", "Mention")
    roles = {
        "agents": "agentMention",
        "targets": "targetMention",
        "places": "placeMention",
        "origins": "originMention",
        "destinations": "destinationMention",
        "sources": "sourceMention",
    }
    assert set(roles) < set(EventAccount.__slots__)
    assert set(roles.values()) < set(load_ontology().properties())


@pytest.mark.parametrize(
    ("kind", "above"),
    [
        ("Capture", ("Capture", "Event")),
        ("Ceasefire", ("Ceasefire", "Agreement", "Event")),
        ("ArmedGroup", ("ArmedGroup", "Organization", "Agent")),
        ("District", ("District", "AdministrativeArea", "Place")),
        ("Article", ("Article",)),
    ],
)
def test_superclasses(kind: str, above: tuple[str, ...]) -> None:
    assert load_ontology().superclasses(kind) == above
    assert all(load_ontology().is_a(kind, each) for each in above)


def test_a_class_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(DataError, match="no class 'Captur': did you mean 'Capture'"):
        load_ontology().superclasses("Captur")


def test_event_classes() -> None:
    classes = load_ontology().event_classes()
    assert len(classes) == 28
    assert "Event" not in classes and "Airstrike" in classes and "Person" not in classes


def test_property_hierarchy() -> None:
    under = pairs(RDFS.subPropertyOf)
    gaf, nif, sem = PREFIXES["gaf"], PREFIXES["nif"], PREFIXES["sem"]
    assert {
        ("hasMention", f"{gaf}denotedBy"),
        ("inArticle", f"{nif}referenceContext"),
        ("hasAgent", "hasParticipant"),
        ("hasTarget", "hasParticipant"),
        ("hasParticipant", f"{sem}hasActor"),
        ("hasPlace", f"{sem}hasPlace"),
        ("hasOrigin", "hasPlace"),
        ("hasDestination", "hasPlace"),
        ("capitalOf", "locatedIn"),
    } == under


def test_exclusive_classes_are_disjoint_in_pairs() -> None:
    found = {frozenset(pair) for pair in pairs(OWL.iri + "disjointWith")}
    assert {frozenset(pair) for pair in combinations(EXCLUSIVE, 2)} < found


def test_what_else_is_disjoint() -> None:
    """Agents are of three kinds, none of them a place or the like; a mention speaks of one kind of thing."""
    found = {frozenset(pair) for pair in pairs(OWL.iri + "disjointWith")}
    more = found - {frozenset(pair) for pair in combinations(EXCLUSIVE, 2)}
    others = [name for name in EXCLUSIVE if not load_ontology().is_a(name, "Agent")]
    mentions = [name for name, term in load_ontology().terms.items() if "Mention" in term.parents]
    assert more == {
        *(frozenset({"Agent", name}) for name in others),
        *map(frozenset, combinations(mentions, 2)),
        *map(frozenset, combinations(Form, 2)),
    }


def test_statuses_are_different_and_nothing_has_two() -> None:
    found = {frozenset(pair) for pair in pairs(OWL.iri + "differentFrom")}
    assert found == set(map(frozenset, combinations(Status, 2)))
    assert ("status", OWL.iri + "FunctionalProperty") in pairs(RDF.type)


def test_no_blank_nodes_and_no_imports() -> None:
    for path in ontology_files():
        for quad in parse(path=path):
            assert not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode)
            assert quad.predicate.value != OWL.iri + "imports"


def test_the_ontology_is_owl_2_dl_alone_and_aligned() -> None:
    turtle, alignments = ontology_files()
    assert faults(turtle) == faults(alignments) == faults(turtle, alignments) == []


@pytest.mark.parametrize(
    ("turtle", "fault"),
    [
        ("kg:a a owl:Class, owl:ObjectProperty .", "is a class and a property"),
        ("kg:a a owl:ObjectProperty, owl:DatatypeProperty .", "property of two kinds"),
        ("kg:a a owl:Class . kg:b a kg:a, owl:Class .", "an individual too"),
        ("kg:a a owl:ObjectProperty, owl:TransitiveProperty, owl:FunctionalProperty .", "is transitive"),
        ("kg:a a owl:Class ; rdfs:subClassOf kg:b .", "kg:b> is used as a class"),
        ("kg:a a owl:Class ; rdfs:subClassOf [ a owl:Class ] .", "blank node"),
        ("kg:a a owl:ObjectProperty ; rdfs:subPropertyOf kg:b . kg:b a owl:DatatypeProperty .", "is under"),
        ("kg:a a owl:DatatypeProperty ; rdfs:range xsd:date .", "xsd:date>, a range of"),
        ("kg:a a owl:ObjectProperty ; rdfs:domain kg:b .", "is a domain"),
        ("kg:a a owl:Class ; kg:note 'x' .", "kg:note> is used as a property"),
        ("kg:a a kg:b .", "kg:b> is used as a class"),
        (
            "kg:a a owl:ObjectProperty, owl:TransitiveProperty ; rdfs:subPropertyOf kg:b ."
            " kg:b a owl:ObjectProperty, owl:FunctionalProperty .",
            "kg:b> is transitive, or above",
        ),
        (
            "kg:a a owl:ObjectProperty, owl:TransitiveProperty . kg:c a owl:ObjectProperty ;"
            " owl:inverseOf kg:a ; rdfs:subPropertyOf kg:b ."
            " kg:b a owl:ObjectProperty, owl:AsymmetricProperty .",
            "kg:b> is transitive, or above",
        ),
        ("kg:a a owl:DatatypeProperty, owl:SymmetricProperty .", "only properties of objects"),
        ("kg:a a owl:AnnotationProperty, owl:FunctionalProperty .", "is functional and no property"),
        (
            "kg:a a owl:ObjectProperty ; owl:inverseOf kg:b . kg:b a owl:DatatypeProperty .",
            "kg:b> has an inverse",
        ),
        ("kg:a a owl:NamedIndividual ; owl:differentFrom kg:b .", "no individual"),
        ("kg:a a owl:ObjectProperty . kg:x kg:a 'x' .", "leads to a literal"),
        ("kg:a a owl:DatatypeProperty . kg:x kg:a kg:y .", "leads to no literal"),
        (
            "kg:a a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty kg:p ;"
            " owl:maxCardinality 1 ] .",
            "blank node",
        ),
        ("kg:a a owl:DatatypeProperty ; rdfs:range xsd:gYearMonth .", "xsd:gYearMonth>, a range of"),
        ("rdfs:label rdfs:subPropertyOf kg:a . kg:a a owl:AnnotationProperty .", "label> is under"),
    ],
)
def test_the_profile_can_fail(tmp_path: Path, turtle: str, fault: str) -> None:
    path = tmp_path / "bad.ttl"
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    path.write_text(head + turtle, encoding="utf-8")
    found = "\n".join(faults(path)).replace(KG.iri, "kg:").replace(PREFIXES["xsd"], "xsd:")
    assert fault in found


def test_owlready2_reads_the_ontology() -> None:
    world, ontology = load_owl()
    ours = {each.name for each in world.classes() if each.iri.startswith(KG.iri)}
    assert ours == {name for name, term in load_ontology().terms.items() if term.kind == "Class"}
    capture = ontology.search_one(iri=KG.Capture)
    assert {each.iri for each in capture.ancestors()} >= {KG.Capture, KG.Event, f"{PREFIXES['sem']}Event"}
    assert list(world.inconsistent_classes()) == []


def test_as_ntriples_says_which_file_is_broken(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"missing\.ttl"):
        as_ntriples(tmp_path / "missing.ttl")


@pytest.mark.parametrize(
    ("turtle", "error", "message"),
    [
        ("kg:A a owl:Class .", DataError, "kg:A needs"),
        ("", DataError, "one owl:versionInfo"),
        ("kg:A a", ResourceError, "cannot be read"),
        (
            'kg:A a owl:Class ; rdfs:label "a" ; skos:definition "b" ; rdfs:subClassOf kg:B .',
            DataError,
            "kg:B",
        ),
    ],
)
def test_a_broken_ontology_is_refused(
    tmp_path: Path, turtle: str, error: type[Exception], message: str
) -> None:
    path = tmp_path / "kg.ttl"
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    version = f'<{KG.iri[:-1]}> owl:versionInfo "1" .\n' if turtle.startswith("kg:A a owl:Class ;") else ""
    path.write_text(head + version + turtle, encoding="utf-8")
    with pytest.raises(error, match=message):
        load_ontology(path)


def test_the_fast_path_loads_no_slow_library() -> None:
    code = (
        "import sys; from kg.ontology import load_ontology; from kg.vocabulary import KG;"
        "load_ontology().superclasses('Capture');"
        "print(*{'owlready2', 'rdflib', 'spacy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_vocabulary_reads_nothing() -> None:
    code = "import sys; import kg.vocabulary; print(*{'pyoxigraph', 'kg.ontology'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_folder_holds_what_is_named() -> None:
    assert {"kg.ttl", "shapes.ttl", "alignments.ttl"} <= {path.name for path in ontology_dir().iterdir()}
