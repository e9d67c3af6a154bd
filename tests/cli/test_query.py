from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import ardan
import pytest
from rich.cells import cell_len

from kg.cli.main import run
from kg.cli.tables import widths
from kg.query.saved import saved_queries
from kg.resources import queries_dir

DATA = str(ardan.DATA)
SELECTS = [query.name for query in saved_queries(queries_dir()) if query.form == "SELECT"]
Kg = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Runs `kg`, piped: its exit status, what it printed, and what it said."""
    monkeypatch.delenv("COLUMNS", raising=False)

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(list(arguments))
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def test_captures_of_an_organisation(kg: Kg) -> None:
    status, printed, said = kg("query", "captures", "--data", DATA, "--param", "org=league")
    assert (status, said) == (0, "")
    lines = [line.split("  ") for line in printed.splitlines()]
    assert [cell.strip() for cell in lines[0] if cell] == [
        "when",
        "place",
        "agents",
        "status",
        "sources",
        "articles",
    ]
    assert [cell.strip() for cell in lines[2] if cell] == [
        "2031-05-03",
        "Port Ardan",
        "Northern League",
        "Claimed",
        "Defence Ministry of Sorrel (denies), Ilo Vant",
        "2",
    ]
    assert len(lines) == 3


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
@pytest.mark.parametrize(
    "name", [query.name for query in saved_queries(queries_dir()) if query.form == "SELECT"]
)
def test_a_table_fits_the_terminal(name: str, columns: int, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    needs = {"events_at": "place=Tellmouth", "events_of": "agent=Ilo Vant", "mentions": "entity=Ilo Vant"}
    params = ["--param", needs[name]] if name in needs else []
    status, printed, _ = kg("query", name, "--data", DATA, *params)
    assert status == 0
    assert all(cell_len(line) <= columns for line in printed.splitlines())


def test_no_word_of_a_table_is_broken_at_80_columns(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, printed, _ = kg("query", "captures", "--data", DATA)
    assert "2031-05-03" in printed
    assert "Ministry" in printed
    assert "https://" not in printed


def test_details_are_shown_on_request(kg: Kg) -> None:
    _, printed, _ = kg("query", "captures", "--data", DATA, "--all-columns")
    assert "eventIRI" in printed
    assert "id:event/capture" in printed
    _, printed, _ = kg("query", "captures", "--data", DATA, "--format", "csv")
    assert printed.startswith("eventIRI,when,start,end,placeIRI,placeLabel,")


@pytest.mark.parametrize("name", ["md", "csv", "tsv", "json", "xml"])
def test_formats_of_rows(name: str, kg: Kg) -> None:
    status, printed, said = kg("query", "positions", "--data", DATA, "--format", name, "--limit", "1")
    assert (status, said) == (0, "")
    assert "Ilo Vant" in printed
    assert "Zoé Ardan" not in printed
    if name == "json":
        assert len(json.loads(printed)["results"]["bindings"]) == 1


def test_formats_of_graphs(kg: Kg) -> None:
    status, printed, _ = kg("query", "network", "--data", DATA)
    assert status == 0
    assert printed == (ardan.ROWS / "network.ttl").read_text(encoding="utf-8")
    status, printed, _ = kg("query", "network", "--data", DATA, "--format", "nt", "--limit", "2")
    assert printed.count(" .\n") == 2


def test_a_query_of_ones_own(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(
        "PREFIX kg: <https://w3id.org/newskg/ontology#>\n"
        "SELECT ?who ?what WHERE { VALUES ?who { UNDEF } ?what kg:hasAgent ?who } ORDER BY ?what\n"
    )
    status, printed, _ = kg("query", str(path), "--data", DATA, "--param", "who=Zoe Ardan", "--format", "csv")
    assert status == 0
    base = "https://w3id.org/newskg/id/"
    assert printed == f"who,what\r\n{base}person/zoe-ardan,{base}event/meeting\r\n"
    path.write_text("ASK { ?s ?p ?o }")
    assert kg("query", str(path), "--data", DATA) == (0, "yes\n", "")


def test_the_query_is_explained_and_not_run(kg: Kg) -> None:
    status, printed, _ = kg("query", "captures", "--data", DATA, "--param", "org=League", "--explain")
    assert status == 0
    assert "VALUES ?org { <https://w3id.org/newskg/id/organization/northern-league> }" in printed
    assert "VALUES ?place { UNDEF }" in printed


def test_no_rows_is_an_answer(kg: Kg) -> None:
    status, printed, said = kg("query", "captures", "--data", DATA, "--param", "place=Tellmouth")
    assert (status, said) == (0, "no rows\n")
    assert printed.startswith("when")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["captures"], 2, "nothing to ask: give --data FILE"),
        (["captures", "--data", "a.ttl", "--store", "b"], 2, "give one of --data, --store and --endpoint"),
        (["captures", "--store", "b"], 3, "b: no such store: make one with: kg build"),
        (["captrues", "--data", DATA], 2, "no saved query 'captrues': did you mean captures"),
        (["none.rq", "--data", DATA], 3, "none.rq: no such file"),
        (["captures", "--data", "none.ttl"], 3, "none.ttl: no such file"),
        (["captures", "--data", DATA, "--param", "org"], 2, "--param org: write it as KEY=VALUE"),
        (["captures", "--data", DATA, "--param", "ogr=x"], 2, "no parameter 'ogr': did you mean 'org'?"),
        (["events_at", "--data", DATA], 2, "events_at needs --param place=PLACE"),
        (["captures", "--data", DATA, "--param", "from=May"], 2, "from: 'May' is no date"),
        (["captures", "--data", DATA, "--param", "org=Nobody"], 1, "no agent called 'Nobody' in the graph"),
        (["captures", "--data", DATA, "--param", "place=Ardan"], 1, "place: 'Ardan' is the name of 2"),
        (["captures", "--data", DATA, "--format", "ttl"], 2, "a SELECT query is not written as ttl"),
        (["network", "--data", DATA, "--format", "table"], 2, "a CONSTRUCT query is not written as table"),
        (["captures", "--data", DATA, "--limit", "-1"], 2, "--limit"),
    ],
)
def test_faults_are_one_line_with_the_remedy(arguments: list[str], status: int, message: str, kg: Kg) -> None:
    found, printed, said = kg("query", *arguments)
    assert (found, printed) == (status, "")
    assert message in said
    assert said.count("\n") == 1


def test_a_fault_in_a_query_names_its_place(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "bad.rq"
    path.write_text("SELECT ?s\nWHERE { ?s ?p ?o } ORDER ?s\n")
    status, _, said = kg("query", str(path), "--data", DATA)
    assert status == 2
    assert "bad.rq, line 2, column" in said
    assert said.count("\n") == 1


def test_other_servers_are_not_asked(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "away.rq"
    path.write_text("SELECT ?s WHERE { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert kg("query", str(path), "--data", DATA)[0] == 2
    assert kg("query", str(path), "--data", DATA, "--allow-service")[0] == 0


def test_widths() -> None:
    assert widths([["a", "bb"], ["cccc"]], 80) == [2, 4]
    narrow = widths([["when", "2031-05-03"], ["text", "one two three four five six seven"]], 30)
    assert narrow == [10, 18]
    assert sum(widths([["x" * 50], ["y" * 50], ["2031-05-03"]], 40)) + 4 <= 40
    assert widths([["x" * 50], ["2031-05-03"]], 20)[1] == 10
    assert widths([["x" * 9]] * 5, 3) == [1] * 5
    assert widths([[""]], 10) == [1]
