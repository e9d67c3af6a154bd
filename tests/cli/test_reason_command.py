"""`kg reason`, from arguments to exit status."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import parse

from kg.cli.main import run

TESTS = Path(__file__).resolve().parent.parent
SAMPLE = str(TESTS / "data" / "ardan.trig")
CONTRADICTION = str(TESTS / "reason" / "contradictions" / "capital-of-a-person.ttl")
ENTAILED = "https://w3id.org/newskg/id/graph/entailed"


def graphs(path: Path) -> dict[str, int]:
    """How many quads each graph of a file has."""
    found: dict[str, int] = {}
    for quad in parse(path=path):
        name = str(quad.graph_name).strip("<>")
        found[name] = found.get(name, 0) + 1
    return found


def test_what_follows_has_a_graph_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.trig"
    assert run(["reason", SAMPLE, "-o", str(out), "--engine", "rl"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "ardan.trig is consistent by the rules of OWL 2 RL: " in captured.err
    before, after = graphs(Path(SAMPLE)), graphs(out)
    assert after.pop(ENTAILED) > 100
    assert after == before


def test_to_reason_twice_changes_nothing(tmp_path: Path) -> None:
    once, twice, alone = (tmp_path / name for name in ("once.nq", "twice.nq", "alone.nq"))
    assert run(["reason", SAMPLE, "-o", str(once), "--engine", "rl"]) == 0
    assert run(["reason", str(once), "-o", str(twice), "--engine", "rl"]) == 0
    assert once.read_bytes() == twice.read_bytes()
    assert run(["reason", str(once), "-o", str(alone), "--engine", "rl", "--only-entailed"]) == 0
    assert set(graphs(alone)) == {ENTAILED}
    assert graphs(alone)[ENTAILED] == graphs(once)[ENTAILED]


def test_a_format_without_graphs_has_the_union(tmp_path: Path) -> None:
    whole, alone = tmp_path / "whole.ttl", tmp_path / "alone.nt"
    assert run(["reason", SAMPLE, "-o", str(whole), "--engine", "rl"]) == 0
    assert run(["reason", SAMPLE, "-o", str(alone), "--engine", "rl", "--only-entailed"]) == 0
    union = {quad.triple for quad in parse(path=whole)}
    follows = {quad.triple for quad in parse(path=alone)}
    stated = {quad.triple for quad in parse(path=SAMPLE)}
    assert follows < union and not follows & stated
    assert len(union) == len(follows) + len(stated)


def test_another_base_is_seen_or_said(tmp_path: Path) -> None:
    source, out = tmp_path / "in.trig", tmp_path / "out.nq"
    text = "@prefix kg: <https://w3id.org/newskg/ontology#> .\n{graph} {{ <urn:p> kg:locatedIn <urn:q> . }}\n"
    source.write_text(text.format(graph="<https://example.org/graph/entities>"), encoding="utf-8")
    assert run(["reason", str(source), "-o", str(out), "--engine", "rl"]) == 0
    assert "https://example.org/graph/entailed" in graphs(out)
    source.write_text(text.format(graph="<urn:g>"), encoding="utf-8")
    arguments = ["reason", str(source), "-o", str(out), "--engine", "rl"]
    assert run([*arguments, "--base-iri", "https://example.net/"]) == 0
    assert "https://example.net/graph/entailed" in graphs(out)
    assert run([*arguments, "--base-iri", "example"]) == 2


def test_a_contradiction_is_explained_and_nothing_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.trig"
    assert run(["reason", CONTRADICTION, "-o", str(out), "--engine", "rl"]) == 1
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert lines[0].startswith("1. 'Ana Sorel' would be of the classes 'person' and 'place'")
    assert lines[-1] == "  in League takes the port: The Northern League captured Port Ardan."
    assert captured.err.endswith("1 contradiction; nothing was written\n")
    assert not out.exists()


def test_what_the_rules_do_not_know_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "in.ttl"
    source.write_text("<urn:p> a <http://www.w3.org/2002/07/owl#AsymmetricProperty> .", encoding="utf-8")
    assert run(["reason", str(source), "-o", str(tmp_path / "out.ttl"), "--engine", "rl"]) == 0
    assert (
        "owl#AsymmetricProperty, which the rules do not know: --engine hermit does" in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("source", "out", "status", "said"),
    [
        ("missing.ttl", "out.ttl", 3, "missing.ttl: no such file"),
        (SAMPLE, "out.txt", 2, "'.txt' is no ending of a graph"),
        (SAMPLE, "store", 2, "not into a store"),
        (SAMPLE, "no/such/out.ttl", 3, "no such folder"),
    ],
)
def test_mistakes_get_one_line(
    source: str,
    out: str,
    status: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["reason", source, "-o", out, "--engine", "rl"]) == status
    message = capsys.readouterr().err
    assert said in message and message.count("\n") == 1
