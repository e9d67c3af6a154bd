"""The sample file of corrections on the sample reports, with the language model, up to `kg why`."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.build import build
from kg.cli.main import run
from kg.config import BuildOptions
from kg.corrections import CorrectionFile, parse_corrections, read_corrections
from kg.query.grounds import Rest, Why
from kg.query.rows import ask
from kg.query.why import find_subject, why
from kg.store.opening import open_source
from kg.store.protocol import Store

pytestmark = pytest.mark.model

DATA = Path(__file__).resolve().parents[1] / "data"
STRIKE = "id:article/loikaw_airstrike.txt#v176-183"
NEVER = "id:article/bourem_army.txt#v1128-1136"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("corrected") / "graph.trig"
    notices: list[str] = []
    report = build(
        [DATA / "reports"],
        out,
        corrections=read_corrections(DATA / "corrections.yaml"),
        on_notice=notices.append,
    )
    assert report.failures == ()
    assert notices == []
    return out


@pytest.fixture(scope="module")
def source(graph: Path) -> Store:
    return open_source(str(graph))


def asked(source: Store, subject: str, predicate: str | None = None) -> Why:
    return why(source, find_subject(source, subject), predicate)


def event_of(source: Store, mention: str) -> str:
    """The IRI of the event with this mention, or nothing."""
    rows = ask(source, f"SELECT ?event WHERE {{ ?event kg:hasMention {find_subject(source, mention)} }}")
    return " ".join(row["event"].value for row in rows)


def test_each_correction_shows_in_the_graph(source: Store) -> None:
    rows = list(ask(source, "SELECT ?c WHERE { ?c a kg:Correction }"))
    assert len(rows) == len(read_corrections(DATA / "corrections.yaml").entries)
    village = asked(source, "Hteepoku")
    assert [one.by for one in village.corrections] == ["M. Oduya, desk"]
    assert village.subject.kind == "PopulatedPlace"
    strike = event_of(source, STRIKE)
    assert strike == event_of(source, "id:article/loikaw_count.txt#v431-437") != ""
    told = asked(source, strike, "startDate")
    assert told.reasons[0].object.label == "2023-05-07"
    assert [ground.rests_on for ground in told.reasons[0].grounds] == [Rest.CORRECTION]
    assert "L. Sarr: The wedding was on Sunday" in told.reasons[0].grounds[0].note
    assert event_of(source, NEVER) == ""
    assert asked(source, NEVER, "status").corrections[0].label.endswith("did not happen")
    mahagi = asked(source, "Mahagi", "type")
    assert (mahagi.subject.iri or "").endswith("place/mahagi")
    engineer = asked(source, "Peter Hallworth")
    assert (engineer.subject.iri or "").endswith("person/peter-hallworth")
    assert "Kidnapped engineer" in {
        mark.words for mark in all_marks(asked(source, "Peter Hallworth", "hasMention"))
    }


def all_marks(told: Why) -> list:  # type: ignore[type-arg]
    return [
        mark
        for reason in told.reasons
        for ground in reason.grounds
        for quote in ground.quotes
        for mark in quote.marks
    ]


def test_the_graph_conforms(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = run(["validate", str(graph)])
    assert status == 0, capsys.readouterr().out


def test_a_store_keeps_its_corrections(tmp_path: Path, graph: Path) -> None:
    store = tmp_path / "store"
    articles = sorted((DATA / "reports").iterdir())
    build(articles[:8], store, corrections=read_corrections(DATA / "corrections.yaml"))
    build(articles, store)  # without the file
    wanted = open_source(str(graph))
    with_it = open_source(str(store))
    question = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"
    assert [tuple(map(str, row)) for row in ask(with_it, question)] == [
        tuple(map(str, row)) for row in ask(wanted, question)
    ]
    with_it.close()
    none = CorrectionFile(name="none", text="", entries=parse_corrections("", "none"))
    build(articles, store, corrections=none)
    after = open_source(str(store))
    assert list(ask(after, "SELECT ?c WHERE { ?c a kg:Correction }")) == []
    assert event_of(after, NEVER) != ""


def test_what_no_longer_applies_is_said_and_does_not_stop(tmp_path: Path) -> None:
    told: list[str] = []
    text = f"- untrue: {NEVER}\n  by: A. Reader\n  why: it did not\n"
    file = CorrectionFile(name="fix.yaml", text=text, entries=parse_corrections(text, "fix.yaml"))
    report = build(
        [DATA / "reports" / "loikaw_count.txt"], tmp_path / "g.nt", BuildOptions(), corrections=file,
        on_notice=told.append,
    )  # fmt: skip
    assert report.read == 1 and (tmp_path / "g.nt").exists()
    assert len(told) == 1 and told[0].startswith("fix.yaml, line 1: no longer applies: ")


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fix = tmp_path / "fix.yaml"
    fix.write_text(f"- untrue: {NEVER}\n  by: A. Reader\n  wy: it did not\n")
    arguments = ["build", str(DATA / "reports"), "-o", str(tmp_path / "g.nt"), "--corrections", str(fix)]
    assert run(arguments) == 1
    said = capsys.readouterr().err
    assert said == f"kg: {fix}, line 3: unknown key 'wy': did you mean 'why'?\n"
    fix.write_text(
        f"- untrue: {NEVER}\n  by: A. Reader\n  why: no\n- date: {NEVER}\n  day: 2023\n  by: B\n  why: yes\n"
    )
    assert run(arguments) == 1
    said = capsys.readouterr().err
    assert f"kg: {fix}, line 4: this event did not happen, says {fix}, line 1: delete one of the two" in said
    assert not (tmp_path / "g.nt").exists()


def test_a_correction_leads_back_to_what_it_says(source: Store) -> None:
    (row,) = ask(source, "SELECT ?c WHERE { ?c a kg:Correction ; dcterms:subject owl:sameAs }")
    told = why(source, NamedNode(row["c"].value))
    assert len(told.reasons) > 3
    assert {ground.rests_on for each in told.reasons for ground in each.grounds} == {Rest.CORRECTION}
