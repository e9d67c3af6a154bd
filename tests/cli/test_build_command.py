from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import stub_reading

from kg.cli.main import run
from kg.config import BuildOptions
from kg.reading.stages import Stages

Kg = Callable[..., tuple[int, str]]


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> list[BuildOptions]:
    """The options that stages were opened with; these stages find nothing."""
    seen: list[BuildOptions] = []

    def own_stages(options: BuildOptions) -> Stages:
        seen.append(options)
        return stub_reading.stages(options)

    monkeypatch.setattr("kg.build.own_stages", own_stages)
    return seen


@pytest.fixture
def kg(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    used: list[BuildOptions],  # noqa: ARG001 - so that no model is loaded
) -> Kg:
    """Runs `kg build` in `tmp_path`: its status and what it wrote to standard error."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(f"Rain fell on {name}.")

    def call(*arguments: str) -> tuple[int, str]:
        status = run(["build", *arguments])
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "Traceback" not in printed.err
        return status, printed.err

    return call


def test_a_build_ends_in_one_line(kg: Kg) -> None:
    status, printed = kg("a.txt", "b.txt", "-o", "g.nt")
    assert status == 0
    assert printed.startswith("read 2; wrote ")
    assert " triples to g.nt: 0 mentions, 0 entities, 0 positions, 0 events\n" in printed
    assert printed.count("\n") == 1


def test_what_failed_is_said_line_by_line_and_counted(kg: Kg) -> None:
    Path("b.txt").write_bytes(b"")
    status, printed = kg("a.txt", "b.txt", "-o", "g.nt")
    first, last = printed.splitlines()
    assert status == 1
    assert first.startswith("kg: b.txt: is empty")
    assert last.startswith("read 1, failed 1: b.txt; wrote ")


def test_a_missing_file_has_its_own_status(kg: Kg) -> None:
    status, printed = kg("a.txt", "nope.txt", "-o", "g.nt")
    assert status == 3
    assert "kg: nope.txt: no such file" in printed
    assert Path("g.nt").exists()


def test_with_nothing_read_nothing_is_written(kg: Kg) -> None:
    status, printed = kg("nope.txt", "-o", "g.nt")
    assert status == 3
    assert printed.endswith("read 0, failed 1: nope.txt; nothing was written to g.nt\n")
    assert not Path("g.nt").exists()


def test_many_failures_are_not_all_named(kg: Kg) -> None:
    _, printed = kg(*(f"{i}.txt" for i in range(7)), "a.txt", "-o", "g.nt")
    assert "read 1, failed 7: 0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 2 more; wrote" in printed


def test_options_reach_the_stages(kg: Kg, used: list[BuildOptions]) -> None:
    status, _ = kg(
        *(
            "a.txt",
            "-o",
            "g.nt",
            "--date",
            "2021-08-10",
            "--base-iri",
            "https://example.org/",
            "--model",
            "m",
        ),
        *("--gazetteer", "x.csv", "--gazetteer", "y.ttl", "--lexicon", "l.yaml", "--text", "--no-merge"),
    )
    assert status == 0
    assert used == [
        BuildOptions(
            base_iri="https://example.org/",
            date="2021-08-10",
            model="m",
            gazetteers=(Path("x.csv"), Path("y.ttl")),
            lexicon=Path("l.yaml"),
            keep_text=True,
            merge=False,
        )
    ]
    graph = Path("g.nt").read_text()
    assert "<https://example.org/article/a.txt>" in graph
    assert "Rain fell on a.txt." in graph
    assert "2021-08-10" in graph


def test_the_text_stays_out_if_not_asked_for(kg: Kg) -> None:
    kg("a.txt", "-o", "g.nt")
    assert "Rain fell" not in Path("g.nt").read_text()


def test_standard_input_is_read(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    for data, arguments, name in (
        (b"Rain fell.", (), '"stdin"'),
        (b'{"text": "Rain fell.", "id": "r1"}', (), '"r1"'),
        (b'{"text": "Rain fell.", "id": "r1"}', ("--input-format", "text"), '"stdin"'),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert kg("-", "-o", "g.nt", *arguments)[0] == 0
        assert name in Path("g.nt").read_text()


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("-o", "no/store"), 3, "mkdir -p"),
        (("-o", "g.csv"), 2, ".ttl"),
        (("-o", "no/g.ttl"), 3, "mkdir -p"),
        (("-o", "g.ttl", "--base-iri", "nope"), 2, "base IRI"),
        (("-o", "g.ttl", "--date", "yesterday"), 2, "2021-08-10"),
        (("-o", "g.ttl", "--input-format", "csv"), 2, "jsonl"),
        (("-o", "g.ttl", "--jobs", "many"), 2, "give 1 or more, or auto"),
        (("-o", "g.ttl", "--jobs", "0"), 2, "give 1 or more"),
        (("-o", "g.ttl", "--jobs", "-2"), 2, "give 1 or more, or auto"),
    ],
)
def test_a_mistake_is_one_line(
    kg: Kg, used: list[BuildOptions], arguments: tuple[str, ...], status: int, message: str
) -> None:
    got, printed = kg("a.txt", *arguments)
    assert got == status
    assert printed.startswith("kg: ")
    assert message in printed
    assert printed.count("\n") == 1
    assert used == []


def test_strict_stops_at_the_first_failure(kg: Kg) -> None:
    Path("b.txt").write_text("BREAK")
    Path("c.txt").write_text("BREAK")
    status, printed = kg("a.txt", "b.txt", "c.txt", "-o", "g.nt", "--strict")
    assert status == 1
    assert (
        printed == "kg: b.txt: could not be analysed (ValueError: no such thing): the article was left out\n"
    )
    assert not Path("g.nt").exists()


@pytest.mark.parametrize("jobs", ["2", "auto"])
def test_jobs_make_no_difference(kg: Kg, jobs: str) -> None:
    assert kg("a.txt", "b.txt", "-o", "1.nq")[0] == 0
    status, printed = kg("a.txt", "b.txt", "-o", "2.nq", "--jobs", jobs)
    assert status == 0
    assert printed.startswith("read 2; wrote ")
    assert Path("1.nq").read_bytes() == Path("2.nq").read_bytes()


def test_a_process_that_died_is_said_in_a_line(kg: Kg) -> None:
    Path("b.txt").write_text("KILL")
    status, printed = kg("a.txt", "b.txt", "-o", "g.nq", "--jobs", "2")
    notice, failure, last = printed.splitlines()
    assert status == 1
    assert notice.startswith("kg: a process that read articles was ended by SIGKILL, ")
    assert failure.startswith(
        "kg: b.txt: could not be analysed (the process that read it was ended by SIGKILL"
    )
    assert last.startswith("read 1, failed 1: b.txt; wrote ")


@pytest.mark.parametrize(
    ("out", "says"), [("g.nt", "g.nt is as it was: "), ("store", "store keeps what was read: ")]
)
def test_an_interrupt_says_how_to_go_on(kg: Kg, monkeypatch: pytest.MonkeyPatch, out: str, says: str) -> None:
    def build(*_: object, on_article: Callable[[str], None], **__: object) -> None:
        on_article("a.txt")
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.build.build", build)
    status, printed = kg("a.txt", "b.txt", "-o", out)
    assert status == 130
    assert printed.startswith(f"kg: interrupted after 1 article: {says}")
    assert "run the same command again" in printed
    assert printed.count("\n") == 1


def test_on_a_terminal_failures_stand_above_the_count(
    kg: Kg, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    status, printed = kg("[c].txt", "a.txt", "-o", "g.nt")
    assert status == 3
    assert "kg: no file matches [c].txt" in printed
    assert "read 1, failed 1" in printed
    assert capsys.readouterr().out == ""
