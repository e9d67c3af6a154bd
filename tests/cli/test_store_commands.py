from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import stub_people

from kg.cli.main import run
from kg.config import BuildOptions

Kg = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kg:
    """Runs `kg` in a folder with articles: its status, what it wrote to standard output and error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.build.own_stages", stub_people.stages)
    monkeypatch.setattr("kg.grow.articles.own_stages", stub_people.stages)
    stub_people.write_articles(Path("in"), stub_people.TEXTS)
    Path("x.nt").write_text('<urn:x> <urn:y> "z" .\n')

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return status, printed.out, printed.err

    return call


def test_a_store_from_its_making_to_its_end(kg: Kg) -> None:
    status, printed, said = kg("build", "in", "-o", "store")
    assert (status, printed) == (0, "")
    assert re.fullmatch(
        r"read 7; store holds \d+ triples: 21 mentions, 6 entities, 0 positions, 5 events\n", said
    )
    assert kg("build", "in", "-o", "store")[2] == said.replace("read 7", "read 0, unchanged 7")
    Path("in/b.txt").write_text("Bo Lim slept.")
    assert kg("build", "in", "-o", "store")[2].startswith(
        "read 1, unchanged 6, replaced 1: b.txt; store holds"
    )
    status, printed, said = kg("import", "x.nt", "store")
    assert (status, printed) == (0, "")
    assert said.startswith("imported https://w3id.org/newskg/id/import/x.nt; ")
    status, printed, said = kg("remove", "a.txt", "c.txt", "store")
    assert (status, printed) == (0, "")
    assert said.startswith("removed a.txt, c.txt; 5 articles and ")
    status, printed, _ = kg("query", "articles", "--store", "store", "--format", "csv")
    assert status == 0
    assert "b.txt" in printed
    assert "a.txt" not in printed


def test_status_in_lines(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    kg("build", "in", "-o", "store", "--text", "--no-merge")
    kg("import", "x.nt", "store")
    status, printed, said = kg("status", "store")
    assert (status, said) == (0, "")
    lines = printed.splitlines()
    assert lines[0] == "articles    7 (21 mentions)"
    assert lines[3] == "imported    https://w3id.org/newskg/id/import/x.nt (1 triple)"
    assert "model       none 1" in lines
    assert "text        kept" in lines
    assert "events      not merged" in lines
    assert lines[-2:] == ["last run    2023-11-14T22:13:20Z to 2023-11-14T22:13:20Z", "            build in"]
    assert all(len(line) <= 80 for line in lines)


def test_status_as_json(kg: Kg) -> None:
    kg("build", "in", "-o", "store")
    found = json.loads(kg("status", "store", "--format", "json")[1])
    assert found["totals"]["articles"] == 7
    assert found["settings"]["base_iri"] == BuildOptions().base_iri
    assert (found["current"], found["pending"], found["next_step"]) == (True, 0, None)


def test_what_was_left_undone_is_said_with_the_command_that_finishes_it(kg: Kg) -> None:
    Path("in/d.txt").write_text("BREAK.")
    assert kg("build", "in", "-o", "store", "--strict")[0] == 1
    printed = kg("status", "store")[1]
    assert "unfinished  3 of its articles are not in the graphs as they were read last" in printed
    assert "finish it: kg build 'in' -o 'store'" in printed
    Path("in/d.txt").write_text("Nobody came.")
    kg("build", "in", "-o", "store")
    assert "unfinished" not in kg("status", "store")[1]
    kg("build", "in", "-o", "store", "--rebuild", "--strict")
    Path("in/d.txt").write_text("BREAK.")
    assert kg("build", "in", "-o", "store", "--rebuild", "--strict")[0] == 1
    printed = kg("status", "store")[1]
    assert "unfinished  a rebuild, 3 articles read so far" in printed
    assert "finish it: kg build INPUT... -o 'store' --rebuild" in printed


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("status", "none"), 3, "none: no such store: make one with: kg build INPUT... -o STORE"),
        (("status", "in"), 3, "in: is no store (it has no newskg.json)"),
        (("remove", "a.txt", "in"), 3, "in: is no store"),
        (("remove", "z.txt", "store"), 1, "store: has no article 'z.txt': did you mean"),
        (("import", "none.nt", "store"), 3, "none.nt: no such file"),
        (("import", "x.nt", "in"), 2, "in: is no store, and holds other things (a.txt)"),
        (("import", "x.nt", "store", "--graph", "x"), 2, "--graph x: is no absolute IRI"),
        (("build", "in", "-o", "store", "--base-iri", "https://example.org/"), 2, "do the same, or read all"),
        (("build", "in", "-o", "g.nq", "--rebuild"), 2, "only a store is rebuilt"),
        (("build", "in", "-o", "x.nt/store"), 3, "x.nt"),
    ],
)
def test_a_mistake_is_one_line(kg: Kg, arguments: tuple[str, ...], status: int, message: str) -> None:
    kg("build", "in", "-o", "store")
    found, printed, said = kg(*arguments)
    assert (found, printed) == (status, "")
    assert message in said
    assert said.count("\n") == 1
