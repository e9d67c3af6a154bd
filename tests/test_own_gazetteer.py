"""A user's own gazetteer: its faults are refused with file and line, its rows are found and linked."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from kg.build import build
from kg.cli.main import run
from kg.config import BuildOptions

HEADER = "id,label,kind,names,country,same_as,source,parent,latitude,longitude\n"
ROW = "taskin,Taskin,PopulatedPlace,,ML,,mine,,,\n"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (HEADER.replace("country", "land") + ROW, 1, "the column 'country' is missing"),
        (HEADER.replace("source", "source,weight"), 1, "unknown column 'weight'"),
        (HEADER + ROW.replace("PopulatedPlace", "Hamlet"), 2, "unknown class 'Hamlet'"),
        (HEADER + ROW + ROW, 3, "the id 'taskin' is also in"),
        (
            HEADER + ROW.replace("mine,,", "mine,oued,") + "oued,Oued,Region,,ML,,mine,taskin,,\n",
            2,
            "lies in itself",
        ),
        (HEADER + ROW.replace("mine,,", "mine,nowhere,"), 2, "the parent 'nowhere'"),
        (HEADER + ROW.replace("ML", "XZ"), 2, "there is no country 'XZ'"),
        (HEADER + ROW.replace("mine,,,", "mine,,1.5,east"), 2, "longitude 'east'"),
        (HEADER + 'a,"A\nB,Region,,ML,,mine,,,\n', 2, "not a comma-separated table"),
    ],
)
def test_a_fault_is_one_line_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, line: int, what: str
) -> None:
    table, article, out = tmp_path / "own.csv", tmp_path / "a.txt", tmp_path / "g.ttl"
    table.write_text(text, encoding="utf-8")
    article.write_text("Rain fell on Taskin.", encoding="utf-8")
    status = run(["build", str(article), "-o", str(out), "--gazetteer", str(table)])
    printed = capsys.readouterr()
    assert status == 1
    assert printed.out == ""
    assert printed.err.startswith(f"kg: {table}, line {line}: ")
    assert what in printed.err
    assert printed.err.count("\n") == 1
    assert not out.exists()


def test_a_table_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Rain fell on Taskin.", encoding="utf-8")
    table = tmp_path / "none.csv"
    assert run(["build", str(article), "-o", str(tmp_path / "g.ttl"), "--gazetteer", str(table)]) == 3
    assert capsys.readouterr().err.count("\n") == 1


DATA_README = Path(__file__).resolve().parent.parent / "data" / "README.md"
TEXT = """Rebels captured Taskin on Monday, residents of the village said.

The Union of the Lamp Makers condemned the attack on Taskine. ULM members fled to Gao in Mali.
"""
ENTITIES = """
    PREFIX kg: <https://w3id.org/newskg/ontology#>
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    PREFIX owl: <http://www.w3.org/2002/07/owl#>
    PREFIX wgs84: <http://www.w3.org/2003/01/geo/wgs84_pos#>
    PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
    SELECT ?entity ?label ?kind ?same ?lat ?long ?anchor ?around WHERE {
      ?entity rdfs:label ?label ; a ?kind ; kg:hasMention ?mention . ?mention nif:anchorOf ?anchor .
      OPTIONAL { ?entity owl:sameAs ?same }
      OPTIONAL { ?entity wgs84:lat ?lat ; wgs84:long ?long }
      OPTIONAL { ?entity kg:locatedIn/rdfs:label ?around }
    }"""


@pytest.mark.model
@pytest.mark.parametrize(("ending", "block"), [("csv", "text"), ("ttl", "turtle")])
def test_the_rows_of_the_documented_example_are_found_and_linked(
    tmp_path: Path, ending: str, block: str
) -> None:
    table, article, out = tmp_path / f"own.{ending}", tmp_path / "a.txt", tmp_path / "g.ttl"
    lead = f"--gazetteer own.{ending}`:\n\n```{block}\n"
    _, _, rest = DATA_README.read_text(encoding="utf-8").partition(lead)
    table.write_text(rest.partition("```")[0], encoding="utf-8")
    article.write_text(TEXT, encoding="utf-8")
    found: dict[bool, dict[str, dict[str, set[str]]]] = {}
    for own in (False, True):
        build([article], out, BuildOptions(gazetteers=(table,) if own else ()))
        store = Store()
        store.load(path=out)
        solutions = store.query(ENTITIES)
        assert isinstance(solutions, QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        found[own] = {}
        for solution in solutions:
            told = {name: solution[name].value for name in names if solution[name] is not None}
            for name, value in told.items():
                found[own].setdefault(told["label"], {}).setdefault(name, set()).add(value)

    village, body = found[True]["Taskin"], found[True]["Union of the Lamp Makers"]
    assert village["entity"] == {"https://w3id.org/newskg/id/gazetteer/taskin"}
    assert "https://example.org/place/taskin" in village["same"]
    assert (village["lat"], village["long"]) == ({"19.25"}, {"0.75"})
    assert {"Oued Zarra", "Mali"} <= village["around"]
    assert {"Taskin", "Taskine"} <= village["anchor"]
    assert any(kind.endswith("#PopulatedPlace") for kind in village["kind"])
    assert body["entity"] == {"https://w3id.org/newskg/id/gazetteer/lamp-makers"}
    assert "https://example.org/body/ulm" in body["same"]
    assert {"ULM"} < body["anchor"]
    without = [told for name, told in found[False].items() if name.startswith(("Task", "Union", "ULM"))]
    assert without
    assert not any("same" in told or "lat" in told for told in without)
