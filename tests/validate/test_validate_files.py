"""Files that are checked: every format, every way to be broken, and the command around it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import sample
from click.testing import CliRunner

from kg.cli.validate import validate as command
from kg.errors import ResourceError
from kg.rdf.formats import ENDINGS
from kg.rdf.settings import MappingSettings
from kg.rdf.writer import GraphWriter
from kg.validate import validate
from kg.validate.report import short
from kg.vocabulary import KG

BROKEN = f"<https://example.org/g> a <{KG.Group}> .\n"


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_that_is_written_can_be_checked(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"graph{ending}"
    settings = MappingSettings()
    with GraphWriter(tmp_path) as writer:
        for article in sample.reports():
            writer.add(sample.read(article, settings))
        counts = writer.finish(sample.reduction(), settings, path, ending)
    report = validate(path)
    assert report.conforms and report.triples == counts.triples


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("missing.ttl", None, "No such file"),
        ("a.ttl", b"<a:b> <a:c> <a:d> .\n<a:b> <a:c> .\n", "line 2"),
        ("a.nt", b"<a:b> <a:c> <a:d> .\nrubbish\n", "line 2"),
        ("a.jsonld", b'{"@id": ', "line 1"),
        ("a.rdf", b"<html>\n<p></html>", "a.rdf: "),
        ("a.ttl", b"\xff\xfe\x00", "UTF-8"),
        ("a.ttl.gz", gzip.compress(b"<a:b> <a:c> <a:d> .")[:-6], "the gzip file is broken"),
        ("a.nt.gz", b"<a:b> <a:c> <a:d> .", "the gzip file is broken"),
        ("a.csv", b"a,b", "ending '.csv' is none of RDF"),
        ("noending", b"", "ending '' is none of RDF"),
        ("a.txt.gz", b"", "is none of RDF"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_in_one_line(
    tmp_path: Path, name: str, data: bytes | None, message: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ResourceError, match=message.replace("(", r"\(")) as caught:
        validate(path)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)
    assert caught.value.exit_status == 3


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "graph.ttl"
    folder.mkdir()
    with pytest.raises(ResourceError, match="directory"):
        validate(folder)


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


@pytest.mark.parametrize("source", ["http://localhost:7878/query", "."])
def test_stores_and_endpoints_are_for_later(source: str) -> None:
    done = CliRunner().invoke(command, [source], standalone_mode=False)
    assert isinstance(done.exception, ResourceError) and "later version" in str(done.exception)
