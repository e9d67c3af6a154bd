from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sample
from rich.cells import cell_len

from kg.cli.main import run
from kg.config import BuildOptions
from kg.model import AnnotatedDocument, ResolvedDocument, SourceDocument
from kg.reading import Reader
from kg.reading.stages import Stages

Kg = Callable[..., tuple[int, str, str]]

FIRST = sample.first_report()


def annotate(documents: Iterable[SourceDocument]) -> Iterator[AnnotatedDocument]:
    """Finds in the sample's text what the sample says, and nothing in others."""
    for document in documents:
        if document.text == sample.FIRST_TEXT:
            yield replace(FIRST.annotated, document=document)
        elif "BREAK" in document.text:
            raise ValueError("no such thing")
        else:
            yield AnnotatedDocument(document=document, sentences=())


def link(annotated: AnnotatedDocument) -> ResolvedDocument:
    if "UNLINK" in annotated.document.text:
        raise KeyError("lost")
    return ResolvedDocument(annotated=annotated, links=FIRST.links if annotated.chains else {})


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> list[BuildOptions]:
    """The options that stages were opened with."""
    seen: list[BuildOptions] = []

    def open_reader() -> Reader:
        return Reader(
            model="none 1",
            annotate=annotate,
            link=link,
            finish=lambda _resolved: pytest.fail("nothing is to be written"),
        )

    def own_stages(options: BuildOptions) -> Stages:
        seen.append(options)
        return Stages(
            open_reader=open_reader, open_reduce=lambda: pytest.fail("there is nothing to work out")
        )

    monkeypatch.setattr("kg.build.own_stages", own_stages)
    return seen


@pytest.fixture
def kg(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    used: list[BuildOptions],  # noqa: ARG001 - so that no model is loaded
) -> Kg:
    """Runs `kg annotate` in `tmp_path`, piped: its status, what it printed and what it said."""
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(sample.FIRST_TEXT, encoding="utf-8")
    Path("b.txt").write_text("Rain fell.")

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(["annotate", *arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return status, said.out, said.err

    return call


def test_an_article_as_it_is_shown(kg: Kg) -> None:
    status, printed, said = kg("a.txt", "--date", "2012-03-04")
    assert (status, said) == (0, "")
    assert printed == (
        "Marks: [person P1]  [organization O1]  [group G1]  [place L1]  <time its dates>\n"
        "       {event E1 Class, Status}  ~passed over~\n"
        "\n"
        "a.txt · 2012-03-04\n"
        "\n"
        "Fighters of the [Sahel Front O1] {captured E1 Capture} [Kidal L1] <on 3 March\n"
        "2012-03-03>. [Amadou Touré P1], [the army O2]'s spokesman, {said E2 Statement}:\n"
        "“[They O1] {killed E3 Killing, Claimed} 12 [soldiers G1].”\n"
        "[They O1] plan to {march E4 Movement, Planned} from [Kidal L1] to [Gao L2], he\n"
        "said, which lies in [Mali L3].\n"
        "\n"
        "Entities\n"
        "P1   Amadou Touré, Person; 1 mention\n"
        "O1   Sahel Front, ArmedGroup; 3 mentions\n"
        "O2   army, MilitaryUnit; 1 mention; also “the army”\n"
        "G1   soldiers, Group; 1 mention\n"
        "L1   Kidal, PopulatedPlace; 2 mentions; linked to geonames/2455290 Kidal\n"
        "     (PopulatedPlace, ML) at 18.44, 1.41, 0.90 sure: the only populated place of\n"
        "     this name\n"
        "L2   Gao, PopulatedPlace; 1 mention\n"
        "L3   Mali, Country; 1 mention; linked to geonames/2453866 Mali (Country) at\n"
        "     18.00, -2.00, 1.00 sure: a country's name\n"
        "\n"
        "Posts and ties\n"
        "     Amadou Touré P1: spokesman at army O2\n"
        "     Gao L2 locatedIn Mali L3\n"
        "\n"
        "Events\n"
        "E1   captured, Capture, Asserted, 0.90 sure; who Sahel Front O1; where Kidal L1;\n"
        "     when 2012-03-03 “on 3 March”\n"
        "E2   said, Statement, Asserted; who Amadou Touré P1; tells of E3; words “They\n"
        "     killed 12 soldiers.”\n"
        "E3   killed, Killing, Claimed, 0.75 sure; who Sahel Front O1 “They”; whom\n"
        "     soldiers G1; on the word of Amadou Touré P1; figures killed 12, “12”\n"
        "E4   march, Movement, Planned; who Sahel Front O1 “They”; from Kidal L1; to Gao\n"
        "     L2; when since 2012-03; on the word of Amadou Touré P1\n"
    )


def test_every_article_of_the_input(kg: Kg) -> None:
    status, printed, said = kg("b.txt", "a.txt")
    assert (status, said) == (0, "")
    assert printed.count("Marks: ") == 1
    assert printed.index("\na.txt\n") < printed.index(
        "\n\n\nb.txt\n\nRain fell.\n\nNothing was found in it.\n"
    )


@pytest.mark.parametrize("columns", [30, 40, 80, 200])
@pytest.mark.parametrize("color", ["never", "always"])
def test_lines_fit_the_terminal(kg: Kg, monkeypatch: pytest.MonkeyPatch, columns: int, color: str) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    _, printed, _ = kg("a.txt", "--color", color)
    for line in printed.splitlines():
        bare = "".join(part.partition("m")[2] for part in f"m{line}".replace("\x1b[", "\x1b").split("\x1b"))
        assert cell_len(bare) <= min(columns, 100)


def test_colour_only_where_it_is_wanted(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = kg("a.txt")[1]
    assert "\x1b" not in plain
    coloured = kg("a.txt", "--color", "always")[1]
    assert "\x1b[36mSahel Front\x1b[0m\x1b[2m O1\x1b[0m \x1b[1;31mcaptured\x1b[0m" in coloured
    assert "[Sahel Front O1]" not in coloured
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert kg("a.txt")[1] == coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert kg("a.txt")[1] == plain


def test_an_article_cannot_steer_the_terminal(kg: Kg) -> None:
    record = {"id": "x\x1b[2J", "title": "t\x1b]0;t\x07", "text": "Rain \x1b[31mfell\u202e."}
    Path("c.jsonl").write_text(json.dumps(record), encoding="utf-8")
    _, printed, _ = kg("c.jsonl")
    assert "\x1b" not in printed
    assert "Rain \ufffd[31mfell\ufffd." in printed


def test_json_is_one_object_a_line(kg: Kg) -> None:
    status, printed, said = kg("a.txt", "b.txt", "--format", "json")
    assert (status, said) == (0, "")
    first, second = map(json.loads, printed.splitlines())
    assert first["document"]["id"] == "a.txt"
    assert first["events"][0]["anchor"] == "captured"
    assert first["chains"][1]["link"]["id"] == "geonames/2455290"
    assert second["mentions"] == []
    assert kg("b.txt", "a.txt", "--format", "json")[1] == printed


def test_html_is_a_page(kg: Kg) -> None:
    Path("c.txt").write_text("BREAK")
    status, printed, said = kg(".", "--format", "html")
    assert status == 1
    assert said.splitlines()[-1] == "read 2, failed 1: c.txt"
    assert '<span class="event">captured</span><span class="faint"> E1 Capture</span>' in printed
    assert printed.startswith("<!DOCTYPE html>")
    assert printed.endswith("</body></html>\n")


def test_standard_input_is_read(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    for data, arguments, name in (
        (b"Rain fell.", (), "stdin"),
        (b'{"text": "Rain fell.", "id": "r1"}', (), "r1"),
        (b'{"text": "Rain fell.", "id": "r1"}', ("--input-format", "text"), "stdin"),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        _, printed, _ = kg("-", "--format", "json", *arguments)
        assert json.loads(printed)["document"]["id"] == name


def test_options_reach_the_stages(kg: Kg, used: list[BuildOptions]) -> None:
    kg("a.txt", *("--model", "m", "--gazetteer", "x.csv", "--gazetteer", "y.ttl", "--lexicon", "l.yaml"))
    assert used == [
        BuildOptions(model="m", gazetteers=(Path("x.csv"), Path("y.ttl")), lexicon=Path("l.yaml"))
    ]


def test_what_fails_is_told_and_the_rest_is_shown(kg: Kg) -> None:
    Path("c.txt").write_text("BREAK")
    Path("d.txt").write_text("UNLINK")
    Path("e.txt").write_bytes(b"")
    status, printed, said = kg(".")
    assert status == 1
    assert "a.txt" in printed
    assert "b.txt" in printed
    lines = said.splitlines()
    assert lines[-1] == "read 2, failed 3: c.txt, d.txt, e.txt"
    assert "kg: c.txt: could not be analysed (ValueError: no such thing): the article was left out" in lines
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ((), 2, "Missing argument 'INPUT...'"),
        (("a.txt", "--date", "yesterday"), 2, "2021-08-10"),
        (("a.txt", "--format", "pdf"), 2, "json"),
        (("a.txt", "--color", "red"), 2, "always"),
        (("a.txt", "--input-format", "csv"), 2, "jsonl"),
    ],
)
def test_a_mistake_is_one_line(
    kg: Kg, used: list[BuildOptions], arguments: tuple[str, ...], status: int, message: str
) -> None:
    got, printed, said = kg(*arguments)
    assert (got, printed) == (status, "")
    assert said.startswith("kg: ")
    assert message in said
    assert said.count("\n") == 1
    assert used == []


def test_a_missing_file_has_its_own_status(kg: Kg, used: list[BuildOptions]) -> None:
    status, printed, said = kg("nope.txt")
    assert (status, printed, used) == (3, "", [])
    assert said == "kg: nope.txt: no such file or folder: check the path\nread 0, failed 1: nope.txt\n"


@pytest.mark.model
def test_the_real_stages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.txt"
    path.write_text("date 2012-03-07\n\nThe army of Mali captured Kidal on Monday, residents said.")
    assert run(["annotate", str(path)]) == 0
    printed = capsys.readouterr().out
    assert "captured E1 Capture, Claimed" in " ".join(printed.split())
    assert "[Kidal L" in printed
    assert "linked to geonames/" in printed
    assert "2012-03-05" in printed
    assert run(["annotate", str(path), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"Capture", "Statement"} <= {event["kind"] for event in found["events"]}
    text = found["document"]["text"]
    assert all(text[one["begin"] : one["end"]] == one["anchor"] for one in found["mentions"])
