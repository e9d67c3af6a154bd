"""Files that are checked: every format, and the command around it."""

from __future__ import annotations

from pathlib import Path

import pytest
import sample
from click.testing import CliRunner

from kg.cli.validate import validate as command
from kg.errors import ResourceError
from kg.rdf.formats import ENDINGS
from kg.rdf.settings import MappingSettings
from kg.rdf.writer import GraphWriter
from kg.store.memory import open_file
from kg.validate import validate
from kg.validate.report import short
from kg.vocabulary import KG

BROKEN = f"<https://example.org/g> a <{KG.Group}> .\n"


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_that_is_written_can_be_checked(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"graph{ending}"
    settings = MappingSettings()
    with GraphWriter(tmp_path, ending) as writer:
        for article in sample.reports():
            writer.add(sample.read(article, settings))
        counts = writer.finish(sample.reduction(), settings, path)
    report = validate(open_file(path).dump)
    assert report.conforms and report.triples == counts.triples


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        ('"2021"^^<http://www.w3.org/2001/XMLSchema#gYear>', '"2021"^^xsd:gYear'),
        ('"a <b>"', '"a <b>"'),
        ('"a"@en', '"a"@en'),
        (KG.Person, "kg:Person"),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_terms_are_shown_short(term: str, shown: str) -> None:
    assert short(term) == shown


def test_the_command_prints_a_line_a_violation_and_leaves_with_one(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(BROKEN, encoding="utf-8")
    done = CliRunner().invoke(command, [str(path)], standalone_mode=False)
    assert done.return_value == 1
    assert done.stdout == (
        "https://example.org/g is of a class below kg:Agent, which must be written too [WrittenAgent]\n"
    )
    assert done.stderr == f"{path} does not conform (1 triples): WrittenAgent 1\n"


def test_the_command_says_that_a_graph_conforms(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("", encoding="utf-8")
    done = CliRunner().invoke(command, [str(path)], standalone_mode=False)
    assert (done.return_value, done.stdout) == (0, "")
    assert done.stderr == f"{path} conforms (0 triples); there is nothing in it\n"


@pytest.mark.parametrize(
    ("name", "said"), [("missing.ttl", "no such file"), ("a.csv", "no RDF by its ending")]
)
def test_a_source_that_cannot_be_read(tmp_path: Path, name: str, said: str) -> None:
    path = tmp_path / name
    if name != "missing.ttl":
        path.write_text("a,b\n", encoding="utf-8")
    done = CliRunner().invoke(command, [str(path)], standalone_mode=False)
    assert isinstance(done.exception, ResourceError) and said in str(done.exception)
