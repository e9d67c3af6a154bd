"""`kg evaluate` on a graph made by hand of two articles."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import sample
from click.testing import CliRunner, Result

from kg.cli.evaluate import evaluate as command
from kg.errors import DataError, ResourceError
from kg.rdf.settings import MappingSettings
from kg.rdf.writer import GraphWriter

GOLD = {
    "first.yaml": """\
doc: first report.txt
date: 2012-03-04
entities:
  front: {type: Organization, names: [Sahel Front], nominals: [They]}
  kidal: {type: Place, names: [Kidal]}
  toure: {type: Person, names: [Amadou Touré]}
  gao: {type: Place, names: [Gao]}
  mali: {type: Place, names: [Mali]}
  army: {type: Organization, names: [], nominals: [the army], alt: [army of Mali]}
  soldiers: {type: Organization, names: [], nominals: [soldiers]}
relations:
  - [toure, holdsPosition, spokesman, army]
  - [gao, locatedIn, mali]
events:
  - {at: captured, type: Capture, agent: [front], place: [kidal], start: 2012-03-03, status: Asserted}
  - {at: They killed, type: Killing, agent: [front], target: [soldiers], status: Claimed, source: [toure]}
  - {at: They plan, type: Movement, agent: [front], place: [kidal, gao], status: Planned}
optional_events:
  - {at: said, type: Statement}
""",
    "second.yaml": """\
doc: second
entities:
  front: {type: Organization, names: [Sahel Front]}
  kidal: {type: Place, names: [Kidal]}
  residents: {type: Organization, names: [], nominals: [residents]}
  army: {type: Organization, names: [], nominals: [The army], alt: [army of Mali]}
events:
  - at: took
    type: Capture
    agent: [front]
    place: [kidal]
    start: 2012-03-02
    status: Claimed
    source: [residents]
  - {at: denied, type: Statement, agent: [army]}
  - {at: 😀, type: Meeting}
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A graph, its articles and gold."""
    (tmp_path / "gold").mkdir()
    for name, text in GOLD.items():
        (tmp_path / "gold" / name).write_text(text, encoding="utf-8")
    records = [
        {"id": sample.FIRST, "text": sample.FIRST_TEXT},
        {"id": sample.SECOND, "text": sample.SECOND_TEXT},
    ]
    lines = "".join(f"{json.dumps(record)}\n" for record in records)
    (tmp_path / "articles.jsonl").write_text(lines, encoding="utf-8")
    for name, reports in (("graph.trig", sample.reports()), ("half.trig", sample.reports()[:1])):
        with GraphWriter(tmp_path, ".trig") as writer:
            for report in reports:
                writer.add(sample.read(report, MappingSettings()))
            writer.finish(sample.reduction(), MappingSettings(), tmp_path / name)
    return tmp_path


def run(folder: Path, *options: object, graph: str = "graph.trig") -> Result:
    arguments = [folder / graph, folder / "gold", folder / "articles.jsonl", *options]
    return CliRunner().invoke(command, [str(each) for each in arguments], standalone_mode=False)


def test_figures_as_counted_by_hand(folder: Path) -> None:
    done = run(folder, "--format", "csv")
    assert (done.return_value, done.stderr) == (0, "")
    rows = {row["figure"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    counts = {
        figure: tuple(int(row[each]) for each in ("right", "wrong", "missed")) for figure, row in rows.items()
    }
    assert counts == {
        "evidence": (25, 0, 0),
        "mentions": (8, 0, 0),
        "entities": (7, 0, 0),
        "linking": (8, 0, 0),
        "events": (5, 0, 1),
        "arguments": (10, 0, 0),
        "dates": (1, 1, 1),
        "status": (4, 0, 0),
        "sources": (2, 0, 0),
        "whole events": (4, 1, 2),
        "relations": (2, 0, 0),
    }


def test_the_table_fits_a_terminal(folder: Path) -> None:
    done = run(folder)
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["figure", "P", "R", "F1", "95", "%", "of", "F1", "gold"]
    assert len(lines) == 2 + 11 and max(map(len, lines)) <= 80
    assert run(folder, "--format", "md").stdout.startswith("| figure | P | R |")


def test_what_is_missed_is_listed_with_its_sentence(folder: Path) -> None:
    done = run(folder, "--errors")
    assert "second: event missed: Meeting at '😀': “😀 The army denied it.”" in done.stdout.splitlines()
    assert "second: date: wanted 2012-03-02, found 2012-03, of Capture at 'took': “The Sahel" in done.stdout
    told = json.loads(run(folder, "--errors", "--format", "json").stdout)
    assert [each["figure"] for each in told["misses"]] == ["events", "dates"]
    assert told["figures"][1]["f1"] == 1 and "comparison" not in told


def test_two_graphs_are_compared(folder: Path) -> None:
    done = run(folder, "--compare", folder / "half.trig")
    assert done.return_value == 1
    assert f"{folder / 'half.trig'} lacks 1 of the 2 articles that have gold: second" in done.stderr
    row = next(line.split() for line in done.stdout.splitlines() if line.startswith("mentions"))
    assert row[1:4] == ["1.000", "0.857", "-0.143"]
    told = json.loads(run(folder, "--compare", folder / "half.trig", "--format", "json").stdout)
    assert {each["figure"]: each["difference"] for each in told["comparison"]}["mentions"] == -0.1429


def test_a_graph_that_lacks_articles_is_said(folder: Path) -> None:
    done = run(folder, graph="half.trig")
    assert done.return_value == 1 and "lacks 1 of the 2 articles" in done.stderr


def test_gold_of_one_article_has_no_intervals(folder: Path) -> None:
    (folder / "gold" / "second.yaml").unlink()
    done = run(folder)
    assert done.return_value == 0 and "intervals need two or more" in done.stderr
    assert " to " not in done.stdout


def test_faults_are_refused(folder: Path) -> None:
    (folder / "gold" / "first.yaml").write_text("doc: other\nentities: {}\n", encoding="utf-8")
    assert isinstance(run(folder).exception, DataError)
    assert isinstance(run(folder, graph="none.trig").exception, ResourceError | DataError)
