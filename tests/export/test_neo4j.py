from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import ardan
import pytest

from kg.errors import ResourceError, UsageError
from kg.export import neo4j
from kg.export.writing import export
from kg.rdf.narrowing import Narrowing
from kg.store.memory import open_file

SAHEL = Path(__file__).parent.parent / "data" / "sahel.trig"
TYPES = {
    "": re.compile(r"[^\n\r]*"),
    "string[]": re.compile(r"[^\n\r]*"),
    "double": re.compile(r"(-?\d+(\.\d+)?)?"),
    "int": re.compile(r"\d*"),
    "boolean": re.compile(r"(true|false)?"),
    "date": re.compile(r"(\d{4}-\d\d-\d\d)?"),
    "ID": re.compile(r"\S+"),
    "START_ID": re.compile(r"\S+"),
    "END_ID": re.compile(r"\S+"),
    "TYPE": re.compile(r"[A-Z_]+"),
    "LABEL": re.compile(r"[A-Za-z]+(;[A-Za-z]+)*"),
}

Tables = dict[str, list[dict[str, str]]]


def tables(source: Path, folder: Path, narrowing: Narrowing | None = None) -> Tables:
    export(open_file(source), folder / "out", "neo4j", narrowing)
    found = {}
    for path in sorted((folder / "out").iterdir()):
        text = path.read_bytes().decode()
        found[path.name] = list(csv.DictReader(io.StringIO(text, newline="")))
    return found


@pytest.mark.parametrize("source", [ardan.DATA, SAHEL], ids=lambda path: path.stem)
def test_the_form_that_the_import_asks_for(source: Path, tmp_path: Path) -> None:
    found = tables(source, tmp_path)
    assert set(found) == set(neo4j.TABLES)
    ids = [row["iri:ID"] for name in neo4j.NODES for row in found[name]]
    assert len(ids) == len(set(ids)) > 0, "a node is in one table, once"
    for name, rows in found.items():
        for row in rows:
            for column, value in row.items():
                kind = column.rpartition(":")[2] if ":" in column else ""
                assert TYPES[kind].fullmatch(value), (name, column, value)
    for name in neo4j.RELATIONSHIPS:
        assert found[name], name
        for row in found[name]:
            assert {row[":START_ID"], row[":END_ID"]} <= set(ids), (name, row)


def test_what_is_told(tmp_path: Path) -> None:
    found = tables(ardan.DATA, tmp_path)
    capture = next(row for row in found["events.csv"] if row["iri:ID"].endswith("event/capture"))
    assert capture[":LABEL"] == "Event;Capture"
    assert (capture["start"], capture["status"], capture["confidence:double"]) == (
        "2031-05-03",
        "Claimed",
        "0.9",
    )
    port = next(row for row in found["entities.csv"] if row["name"] == "Port Ardan")
    assert (port["names:string[]"], port["latitude:double"]) == ("Ardan;Port Ardan", "11.125")
    assert port[":LABEL"] == "Place;PopulatedPlace"
    roles = {
        (row[":START_ID"].rpartition("/")[2], row[":TYPE"], row[":END_ID"].rpartition("/")[2])
        for row in found["roles.csv"]
    }
    assert {("capture", "HAS_AGENT", "northern-league"), ("said", "ABOUT", "capture")} <= roles
    assert {"HAS_PLACE", "HAS_ORIGIN", "HAS_DESTINATION", "HAS_TARGET", "ACCORDING_TO"} <= {
        kind for _, kind, _ in roles
    }
    ties = {row[":TYPE"] for row in found["ties.csv"]}
    assert ties == {
        "LOCATED_IN",
        "PART_OF",
        "MEMBER_OF",
        "RESIDENT_OF",
        "CAPITAL_OF",
        "HOLDS_POSITION",
        "POSITION_AT",
    }
    told = [row for row in found["accounts.csv"] if row[":START_ID"].endswith("bombing")]
    assert [(row["killed:int"], row["figureWords"]) for row in told] == [
        ("7", "at least seven people"),
        ("4", "four people"),
    ]
    assert {row["former:boolean"] for row in found["positions.csv"]} == {"true", "false"}
    assert {row["title"] for row in found["articles.csv"]} == {
        "League takes the port",
        "Ministry: port still ours",
    }


def test_without_wording(tmp_path: Path) -> None:
    found = tables(ardan.DATA, tmp_path, Narrowing(wording=False))
    assert {row["title"] for row in found["articles.csv"]} == {""}
    assert {
        row[name] for row in found["accounts.csv"] for name in ("sentence", "trigger", "figureWords")
    } == {""}


def test_hard_names(tmp_path: Path) -> None:
    source = tmp_path / "hard.ttl"
    source.write_text(
        """@prefix kg: <https://w3id.org/newskg/ontology#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <x:a> a kg:Agent, kg:Group ; rdfs:label "\\"A; B,\\n C\\"" ; skos:altLabel "D;E" .""",
        encoding="utf-8",
    )
    (row,) = tables(source, tmp_path)["entities.csv"]
    assert (row["name"], row["names:string[]"]) == ('"A; B, C"', '"A, B, C";D,E')


def test_a_zip_repeats_and_holds_the_same(tmp_path: Path) -> None:
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    for out in (one, two):
        export(open_file(ardan.DATA), out, "neo4j")
    assert one.read_bytes() == two.read_bytes()
    export(open_file(ardan.DATA), tmp_path / "out", "neo4j")
    with zipfile.ZipFile(one) as archive:
        assert archive.namelist() == list(neo4j.TABLES)
        for name in archive.namelist():
            assert archive.read(name) == (tmp_path / "out" / name).read_bytes()


def test_a_folder_is_replaced_where_nothing_is_lost(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    export(open_file(ardan.DATA), out, "neo4j")
    export(open_file(SAHEL), out, "neo4j")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
    (out / "mine.txt").write_text("")
    with pytest.raises(UsageError, match=r"holds mine\.txt, which would be lost"):
        export(open_file(SAHEL), out, "neo4j")
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        export(open_file(SAHEL), tmp_path / "file", "neo4j")
    with pytest.raises(ResourceError, match="does not exist"):
        export(open_file(SAHEL), tmp_path / "none" / "out", "neo4j")
