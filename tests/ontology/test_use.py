"""The program and the ontology know the same terms: none is used undefined, none defined for nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import parse

from kg import vocabulary
from kg.errors import DataError
from kg.ontology import load_ontology, ontology_turtle
from kg.ontology.owl import ontology_files
from kg.ontology.profile import faults
from kg.vocabulary import KG, ONTOLOGY, OWL, PREFIXES, RDF, RDFS, XSD

ROOT = Path(__file__).resolve().parent.parent.parent
READ_BY_THE_PROGRAM = (
    *sorted(path for path in (ROOT / "kg").rglob("*.*") if path.suffix in {".py", ".toml", ".yaml"}),
    *sorted((ROOT / "queries").glob("*.rq")),
    *sorted((ROOT / "ontology" / "lexicon").glob("*.yaml")),
    *sorted((ROOT / "data" / "gazetteer").glob("*.csv")),
)
SHOWN_TO_USERS = (*READ_BY_THE_PROGRAM, ROOT / "ontology" / "shapes.ttl", ROOT / "README.md")
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
VERSION = f'<{ONTOLOGY}> owl:versionInfo "1" .\n'
A, B = (f'kg:{name} a owl:Class ; rdfs:label "{name}" ; skos:definition "{name}." .\n' for name in ("A", "B"))


def words(paths: tuple[Path, ...]) -> set[str]:
    """The names and words in files, those of the namespace itself left out."""
    texts = (path.read_text(encoding="utf-8") for path in paths if path.name != "vocabulary.py")
    return {word for text in texts for word in re.findall(r"[A-Za-z]+", text)}


def test_every_term_that_is_named_is_defined() -> None:
    named = {
        (path.name, name)
        for path in SHOWN_TO_USERS
        for name in re.findall(r"(?<![\w:/#])kg:([A-Za-z]\w*)", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 300
    assert {(path, name) for path, name in named if name not in load_ontology().terms} == set()


def test_every_term_is_used_or_above_one_that_is() -> None:
    known = words(READ_BY_THE_PROGRAM)
    terms = load_ontology().terms
    used = {name for name in terms if name in known}
    above = {parent for name in used for parent in terms[name].parents}
    assert set(terms) - used - above == set()
    assert set(terms) - used == {"hasParticipant"}, "it follows from those below it"


def test_every_foreign_term_that_may_be_written_is_declared() -> None:
    declared = {quad.subject.value for path in ontology_files() for quad in parse(path=path)}
    core = (RDF, RDFS, OWL, XSD, KG)
    spaces = [
        value for value in vars(vocabulary).values() if isinstance(value, type(KG)) and value not in core
    ]
    assert len(spaces) > 5
    no_property = {vocabulary.GEO.wktLiteral}
    only_read = {vocabulary.SKOS.narrower, vocabulary.SKOS.exactMatch, vocabulary.SKOS.hiddenLabel}
    assert {iri for space in spaces for iri in space} - declared == no_property | only_read


# ---- Versions and deprecation (ontology/README.md) ----------------------------------------------


def test_the_version_iri_names_the_version() -> None:
    for path in ontology_files():
        (ontology,) = {
            quad.subject.value
            for quad in parse(path=path)
            if quad.predicate.value == RDF.type and quad.object.value == OWL.Ontology
        }
        about = {
            quad.predicate.value: quad.object.value
            for quad in parse(path=path)
            if quad.subject.value == ontology
        }
        version = load_ontology().version
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert about[OWL.versionInfo] == version, "both files have one version"
        assert about[OWL.versionIRI] == f"{ontology}/{version}"


def test_the_program_writes_nothing_deprecated() -> None:
    deprecated = {name for name, term in load_ontology().terms.items() if term.deprecated}
    assert deprecated.isdisjoint(KG.names)


def written(tmp_path: Path, turtle: str) -> Path:
    """Turtle with our prefixes, in a file."""
    path = tmp_path / "kg.ttl"
    path.write_text(HEAD + VERSION + turtle, encoding="utf-8")
    return path


def test_a_deprecated_term_is_known_and_not_offered(tmp_path: Path) -> None:
    event = A.replace("kg:A", "kg:Event") + B.replace(" ;", " ; rdfs:subClassOf kg:Event ;", 1)
    path = written(
        tmp_path,
        event
        + A.replace(
            " ;", " ; rdfs:subClassOf kg:Event ; owl:deprecated true ; dcterms:isReplacedBy kg:B ;", 1
        ),
    )
    ontology = load_ontology(path)
    assert ontology.terms["A"].deprecated and ontology.terms["A"].replaced_by == ("B",)
    assert not ontology.terms["B"].deprecated
    assert ontology.superclasses("A") == ("A", "Event"), "older graphs have it"
    assert ontology.event_classes() == ("B",)


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ("kg:A dcterms:isReplacedBy kg:B .", "say 'owl:deprecated true'"),
        ("kg:A owl:deprecated true ; dcterms:isReplacedBy kg:C .", "kg:C, which is no term"),
        ("kg:A owl:deprecated true ; dcterms:isReplacedBy kg:A .", "kg:A, which is no term to use"),
    ],
)
def test_a_deprecation_that_leads_nowhere_is_refused(tmp_path: Path, turtle: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        load_ontology(written(tmp_path, A + B + turtle))


def test_a_deprecation_is_owl_2_dl(tmp_path: Path) -> None:
    text = ontology_turtle().read_text(encoding="utf-8")
    path = tmp_path / "kg.ttl"
    path.write_text(
        text + "\nkg:Aid owl:deprecated true ; dcterms:isReplacedBy kg:Seizure .\n", encoding="utf-8"
    )
    assert faults(path) == []
