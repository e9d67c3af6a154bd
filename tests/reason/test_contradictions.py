"""Graphs that cannot be true: each file plants one contradiction, its statements marked ``# guilty``."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from graphs import SAMPLES, TESTS, needs_java, of_file, of_turtle
from pyoxigraph import Literal, RdfFormat, parse

from kg.errors import ResourceError
from kg.reason import Clash, ClashKind, Engine, Reasoned, Statement, explain, reason
from kg.reason.axioms import ontology_statements, read_axioms
from kg.reason.hermit import consistent
from kg.reason.statements import read_statements
from kg.vocabulary import KG

FILES = sorted((TESTS / "reason" / "contradictions").glob("*.ttl"))
PARAMETERS = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
# HermiT does not read a graph with such a literal at all.
UNREADABLE = "figure-of-no-form"


def planted(path: Path) -> set[Statement]:
    """The statements of a file that are marked as guilty."""
    lines = path.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if line.startswith("@prefix") or line.endswith("# guilty"))
    stream = io.BytesIO()
    stream.writelines(f"{quad.triple} .\n".encode() for quad in parse(text.encode(), RdfFormat.TURTLE))
    return set(read_statements(stream))


def explained(done: Reasoned, path: Path) -> str:
    """The only explanation, as text."""
    (explanation,) = explain(done.clashes, done.axioms, of_file(path))
    return "\n".join(explanation.lines())


def test_there_are_more_than_ten() -> None:
    assert len(FILES) >= 10
    assert all(planted(path) for path in FILES)


@PARAMETERS
def test_the_rules_find_each_and_name_the_guilty(path: Path) -> None:
    done = reason(of_file(path), engine=Engine.RL)
    (clash,) = done.clashes
    assert set(clash.statements) == planted(path)
    assert len(clash.statements) == len(set(clash.statements))
    assert done.entailed == ()
    assert "League takes the port" in explained(done, path)


@needs_java
@PARAMETERS
def test_hermit_finds_each_and_bears_the_guilty_out(path: Path) -> None:
    """HermiT finds that those alone cannot be true, so neither can all that the file says."""
    done = reason(of_file(path), engine=Engine.HERMIT)
    assert done.engine is Engine.HERMIT
    (clash,) = done.clashes
    assert set(clash.statements) == planted(path)


@needs_java
def test_none_of_the_guilty_is_to_spare() -> None:
    """Every part of what is guilty can be true: all parts together, each with individuals of its own."""
    parts: list[Statement] = []
    for path in FILES:
        if path.stem == UNREADABLE:
            continue
        for left_out in planted(path):
            apart = f"/{len(parts)}"
            for subject, predicate, value in planted(path) - {left_out}:
                own = isinstance(value, str) and not value.startswith(KG.iri)
                parts.append(Statement(subject + apart, predicate, f"{value}{apart}" if own else value))
    assert len(parts) > 20
    assert consistent(read_axioms(ontology_statements()), parts)


def test_the_ontology_and_the_samples_are_consistent_by_the_rules() -> None:
    assert reason(io.BytesIO(), engine=Engine.RL).consistent
    for path in SAMPLES:
        assert reason(of_file(path), engine=Engine.RL).consistent, path.name


def test_an_explanation_in_words() -> None:
    path = TESTS / "reason" / "contradictions" / "capital-of-a-person.ttl"
    text = explained(reason(of_file(path), engine=Engine.RL), path)
    assert text.splitlines() == [
        "'Ana Sorel' would be of the classes 'person' and 'place', and nothing is of both",
        "  <https://w3id.org/newskg/id/mayor> a kg:Person .",
        "  <https://w3id.org/newskg/id/port> kg:capitalOf <https://w3id.org/newskg/id/mayor> ."
        "  # kg:capitalOf leads to 'place'",
        "  in League takes the port: The Northern League captured Port Ardan.",
    ]


def test_control_characters_do_not_reach_the_terminal() -> None:
    stream = of_turtle('a:e kg:killed "\\u001b[2J" ; rdfs:label "a\\nb\\u0007" .'.replace("a:e", ":e"))
    done = reason(stream, engine=Engine.RL)
    (explanation,) = explain(done.clashes, done.axioms, stream)
    assert all(line.isprintable() for line in explanation.lines())
    assert explanation.summary.startswith("'a b'")


def test_a_name_is_written_so_that_it_can_be_read_back() -> None:
    stream = of_turtle("<urn:x:\u202e> a kg:Person, kg:Place .")
    done = reason(stream, engine=Engine.RL)
    (explanation,) = explain(done.clashes, done.axioms, stream)
    assert explanation.statements[0] == "<urn:x:\\U0000202E> a kg:Person ."


def test_an_individual_has_one_explanation_which_counts_the_rest() -> None:
    events = " ".join(f":e{number} kg:hasPlace :x ." for number in range(5))
    (clash,) = reason(of_turtle(f":x a kg:Agent, kg:Person . {events}"), engine=Engine.RL).clashes
    assert clash.individual == "urn:x:x" and len(clash.statements) == 2 and clash.alike == 4
    assert clash.between == (KG.Person, KG.Place)


def test_each_account_with_two_statuses_is_told_of() -> None:
    turtle = ":m kg:status kg:Asserted, kg:Denied, kg:Planned . :n kg:status kg:Asserted, kg:Denied ."
    clashes = reason(of_turtle(turtle), engine=Engine.RL).clashes
    assert [(clash.individual, len(clash.statements), clash.alike) for clash in clashes] == [
        ("urn:x:m", 2, 1),
        ("urn:x:n", 2, 0),
    ]
    assert {clash.kind for clash in clashes} == {ClashKind.NAMES}


def test_what_is_the_same_and_different() -> None:
    turtle = ":a owl:sameAs :b . :b owl:sameAs :c . :c owl:differentFrom :a . :a owl:sameAs :d ."
    (clash,) = reason(of_turtle(turtle), engine=Engine.RL).clashes
    assert {each.value for each in clash.statements} == {"urn:x:a", "urn:x:b", "urn:x:c"}
    assert len(clash.statements) == 3


def test_each_individual_is_told_of() -> None:
    done = reason(of_turtle(":x a kg:Person, kg:Place . :y a kg:Event, kg:Mention ."), engine=Engine.RL)
    assert [clash.individual for clash in done.clashes] == ["urn:x:x", "urn:x:y"]


def test_what_a_property_says_of_both_its_ends_is_guilty_alone() -> None:
    (clash,) = reason(of_turtle(":x a kg:Agent ; kg:inArticle :x ."), engine=Engine.RL).clashes
    assert clash.statements == (Statement("urn:x:x", KG.inArticle, "urn:x:x"),)


@pytest.mark.parametrize(
    ("literal", "clashes"),
    [
        ('"7"^^xsd:integer', False),
        ('"7"^^xsd:int', False),
        ('"7.0"^^xsd:decimal', False),
        ('"7.5"^^xsd:decimal', True),
        ('"7"', True),
        ('"seven"@en', True),
        ('"x"^^xsd:integer', True),
        ('"2021-01-01"^^xsd:date', False),  # no datatype of OWL 2: the shapes see to it
    ],
)
def test_literals(literal: str, clashes: bool) -> None:
    done = reason(of_turtle(f":m kg:killed {literal} ."), engine=Engine.RL)
    assert bool(done.clashes) == clashes
    assert all(clash.kind is ClashKind.VALUE for clash in done.clashes)


@needs_java
@pytest.mark.parametrize("literal", ['"7.0"^^xsd:decimal', '"seven"@en', '"7"'])
def test_hermit_judges_literals_alike(literal: str) -> None:
    stream = of_turtle(f":m kg:killed {literal} .")
    found = [reason(stream, engine=engine).consistent for engine in (Engine.RL, Engine.HERMIT)]
    assert found[0] == found[1]


@needs_java
def test_what_the_rules_do_not_know_hermit_shrinks() -> None:
    stream = of_turtle(
        ":near a owl:ObjectProperty, owl:AsymmetricProperty . :a :near :b ; a kg:Place . :b :near :a ."
    )
    assert reason(stream, engine=Engine.RL).consistent
    done = reason(stream, engine=Engine.HERMIT)
    assert len(done.axioms.unknown) == 1
    (clash,) = done.clashes
    assert clash.kind is ClashKind.OTHER
    assert [(each.subject, each.value) for each in clash.statements if each.predicate == "urn:x:near"] == [
        ("urn:x:a", "urn:x:b"),
        ("urn:x:b", "urn:x:a"),
    ]
    assert len(clash.statements) == 3
    (explanation,) = explain(done.clashes, done.axioms, stream)
    assert explanation.summary == "<urn:x:a>: what is said here cannot all be true"


@needs_java
def test_no_file_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    reason(of_file(FILES[0]), engine=Engine.HERMIT)
    assert list(tmp_path.iterdir()) == []

    def killed(*_: object, **__: object) -> bytes:
        raise subprocess.CalledProcessError(1, "java", output=b"java.lang.OutOfMemoryError")

    monkeypatch.setattr("subprocess.check_output", killed)
    with pytest.raises(ResourceError, match=r"OutOfMemoryError.*--engine rl"):
        consistent(read_axioms(ontology_statements()), [])
    assert list(tmp_path.iterdir()) == []


def test_without_java_there_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(ResourceError, match="no 'java': install it, or use --engine rl"):
        reason(of_turtle(":x a kg:Person ."), engine=Engine.HERMIT)
    assert reason(of_turtle(":x a kg:Person ."), engine=Engine.AUTO).engine is Engine.RL


def test_a_clash_names_the_values_of_the_program() -> None:
    (clash,) = reason(of_turtle(":m kg:killed 'x' ."), engine=Engine.RL).clashes
    assert clash == Clash(
        kind=ClashKind.VALUE,
        individual="urn:x:m",
        between=("http://www.w3.org/2001/XMLSchema#integer",),
        statements=(Statement("urn:x:m", KG.killed, Literal("x")),),
    )
