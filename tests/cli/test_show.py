from __future__ import annotations

import gzip
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import ardan
import pytest
from rich.cells import cell_len

from kg.cli.main import run

DATA = str(ardan.DATA)
Kg = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Runs `kg show`, piped: its exit status, what it printed, and what it said."""
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(["show", *arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return status, said.out, said.err

    return call


def test_a_place_as_it_is_shown(kg: Kg) -> None:
    status, printed, said = kg("Port Ardan", DATA, "--limit", "2")
    assert (status, said) == (0, "")
    assert printed == (
        "Port Ardan, PopulatedPlace\n"
        "https://w3id.org/newskg/id/geonames/3\n"
        "\n"
        "also called      Ardan\n"
        "on earth         11.125, 21.5 (latitude, longitude)\n"
        "lies in          Ardan (Province); Sorrel (Country)\n"
        "the same as      https://sws.geonames.org/3/\n"
        "mentioned        4 times in 2 articles (2031-05-04 to 2031-05-05)\n"
        "capital of       Ardan (Province)\n"
        "\n"
        "Events (the first 2 of 4)\n"
        "\n"
        "  2031-04: bombing in Port Ardan (Bombing, Asserted, 0.70 sure)\n"
        "    as place; where Port Ardan\n"
        "    – A blast near Port Ardan killed at least seven people and wounded dozens in\n"
        "      April. [one, 2031-05-04; killed 7, wounded 24]\n"
        "    – The minister, Zoé Ardan, met Ilo Vant in Tellmouth on 1 May; four people\n"
        "      died in April's bombing. [two, 2031-05-05; killed 4]\n"
        "\n"
        "  2031-05-03: Northern League captures Port Ardan (Capture, Claimed, 0.90 sure)\n"
        "    as place; who Northern League; where Port Ardan; on the word of Defence\n"
        "    Ministry of Sorrel, Ilo Vant\n"
        "    – The Northern League captured Port Ardan on Saturday, its spokesman Ilo\n"
        "      Vant said. [one, 2031-05-04; on the word of Ilo Vant]\n"
        "    – The Defence Ministry of Sorrel denied that the League had captured Ardan\n"
        "      on Saturday. [two, 2031-05-05; Denied, on the word of Defence Ministry of\n"
        "      Sorrel]\n"
        "2 more: --limit 4\n"
    )


@pytest.mark.parametrize("columns", [30, 40, 60, 80, 200])
@pytest.mark.parametrize("color", ["never", "always"])
def test_lines_fit_the_terminal(kg: Kg, monkeypatch: pytest.MonkeyPatch, columns: int, color: str) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    _, printed, _ = kg("Ilo Vant", DATA, "--color", color)
    for line in printed.splitlines():
        bare = "".join(part.partition("m")[2] for part in f"m{line}".replace("\x1b[", "\x1b").split("\x1b"))
        assert cell_len(bare) <= min(columns, 100)
        assert bare == bare.rstrip()


def test_colour_only_where_it_is_wanted(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = kg("Ilo Vant", DATA)[1]
    assert "\x1b" not in plain
    assert "\x1b[1mIlo Vant\x1b[0m, \x1b[33mPerson" in kg("Ilo Vant", DATA, "--color", "always")[1]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[" in kg("Ilo Vant", DATA)[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert kg("Ilo Vant", DATA)[1] == plain
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert kg("Ilo Vant", DATA)[1] == plain


def test_json_is_one_object(kg: Kg) -> None:
    status, printed, _ = kg("League", DATA, "--format", "json")
    found = json.loads(printed)
    assert status == 0
    assert found["iri"] == "https://w3id.org/newskg/id/organization/northern-league"
    assert found["events"][0]["accounts"][1]["status"] == "Denied"
    assert list(found)[:4] == ["iri", "label", "kind", "names"]
    assert kg("League", DATA, "--format", "json")[1] == printed


def test_html_is_a_page(kg: Kg) -> None:
    status, printed, _ = kg("League", DATA, "--format", "html")
    assert status == 0
    assert printed.startswith('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">')
    assert '<h2><span class="heading">Northern League</span>' in printed
    assert printed.endswith("</body></html>\n")


def test_an_ambiguous_name_lists_the_candidates(kg: Kg) -> None:
    status, printed, said = kg("Ardan", DATA)
    assert (status, printed) == (1, "")
    assert said.splitlines() == [
        f"kg: 'Ardan' is the name of 3: choose one, as in: kg show id:geonames/2 {DATA}",
        "  Ardan (Province, Sorrel) id:geonames/2",
        "  Port Ardan (PopulatedPlace, Ardan) id:geonames/3",
        "  Zoé Ardan (Person) id:person/zoe-ardan",
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["Ilo Vent", DATA], 1, "called 'Ilo Vent' in the graph: did you mean Ilo Vant?"),
        (["id:nobody", DATA], 1, "nothing in the graph has the IRI 'id:nobody'"),
        (["id:event/capture", DATA], 1, "kg query evidence --param event=id:event/capture"),
        (["", DATA], 2, "the name is empty"),
        (["League"], 2, "Missing argument 'SOURCE'"),
        (["League", "none.ttl"], 3, "none.ttl: no such file"),
        (["League", "tests"], 3, "tests: "),
        (["League", "http://localhost:9/sparql"], 3, "does not answer"),
        (["League", DATA, "--limit", "-1"], 2, "--limit"),
        (["League", DATA, "--format", "pdf"], 2, "json"),
    ],
)
def test_a_mistake_is_one_line(
    kg: Kg, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], status: int, message: str
) -> None:
    (tmp_path / "tests").mkdir()
    monkeypatch.chdir(tmp_path)
    got, printed, said = kg(*arguments)
    assert (got, printed) == (status, "")
    assert said.startswith("kg: ")
    assert message in said
    assert said.count("\n") == 1


def test_a_packed_file(kg: Kg, tmp_path: Path) -> None:
    packed = tmp_path / "ardan.trig.gz"
    with ardan.DATA.open("rb") as plain, gzip.open(packed, "wb") as out:
        shutil.copyfileobj(plain, out)
    assert kg("League", str(packed))[1] == kg("League", DATA)[1]
