from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import ardan
import pytest
import rdflib
import sample
from pyoxigraph import RdfFormat, parse

from kg.cli.main import run
from kg.rdf.settings import MappingSettings
from kg.rdf.writer import GraphWriter
from kg.store.memory import open_file
from kg.validate import validate

SAHEL = Path(__file__).parent.parent / "data" / "sahel.trig"
GOLDEN = Path(__file__).parent.parent / "export" / "sahel.csv"
Kg = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kg(capsysbinary: pytest.CaptureFixture[bytes]) -> Kg:
    """Runs `kg export`: its exit status, what it printed, and what it said."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        status = run(["export", *map(str, arguments)])
        said = capsysbinary.readouterr()
        return status, said.out.decode(), said.err.decode()

    return call


def test_the_ending_chooses_acled(kg: Kg, tmp_path: Path) -> None:
    out = tmp_path / "events.csv"
    status, printed, said = kg(SAHEL, "-o", out)
    assert (status, printed, said) == (0, "", f"wrote 11 rows to {out}\n")
    assert out.read_bytes() == GOLDEN.read_bytes()


def test_packed_tables_repeat(kg: Kg, tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv.gz", tmp_path / "two.csv.gz"
    assert kg(SAHEL, "-o", one)[0] == kg(SAHEL, "-o", two)[0] == 0
    assert one.read_bytes() == two.read_bytes()
    assert gzip.decompress(one.read_bytes()) == GOLDEN.read_bytes()


def test_the_same_bytes_in_every_process() -> None:
    code = "import sys; from kg.cli.main import main; sys.exit(main())"
    for seed in ("1", "2", "3"):
        done = subprocess.run(
            [sys.executable, "-c", code, "export", str(SAHEL), "-o", "-", "--format", "acled"],
            capture_output=True,
            check=True,
            timeout=60,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        assert done.stdout == GOLDEN.read_bytes()


def test_standard_output(kg: Kg) -> None:
    status, printed, said = kg(SAHEL, "-o", "-", "--format", "acled")
    assert (status, said) == (0, "")
    assert printed.encode() == GOLDEN.read_bytes()


def test_a_status_of_ones_own(kg: Kg) -> None:
    _, printed, _ = kg(SAHEL, "-o", "-", "--format", "acled", "--status", "planned", "--status", "Denied")
    rows = list(csv.DictReader(io.StringIO(printed, newline="")))
    assert [row["event_id_cnty"] for row in rows] == ["MLI-retake", "fight"]
    assert rows[1]["tags"].startswith("status=Denied")


def test_the_ending_chooses_geojson(kg: Kg, tmp_path: Path) -> None:
    out = tmp_path / "events.geojson"
    status, _, said = kg(ardan.DATA, "-o", out)
    found = json.loads(out.read_text(encoding="utf-8"))
    assert (status, said) == (0, f"wrote {len(found['features'])} features to {out}\n")


def test_a_named_format_stands_over_the_ending(kg: Kg, tmp_path: Path) -> None:
    out = tmp_path / "events.json"
    assert kg(ardan.DATA, "-o", out, "--format", "geojson")[0] == 0
    assert json.loads(out.read_text(encoding="utf-8"))["type"] == "FeatureCollection"


@pytest.mark.parametrize("name", ["graph.nt", "graph.nt.gz"])
def test_rdf_to_rdf(name: str, kg: Kg, tmp_path: Path) -> None:
    out = tmp_path / name
    assert kg(ardan.DATA, "-o", out)[0] == 0
    data = gzip.decompress(out.read_bytes()) if name.endswith(".gz") else out.read_bytes()
    wanted = {quad.triple for quad in ardan.Ardan().store}
    assert {quad.triple for quad in parse(data, format=RdfFormat.N_TRIPLES)} == wanted
    assert kg(ardan.DATA, "-o", "-", "--format", "nt")[1].encode() == data


@pytest.mark.parametrize("ending", ["ttl", "nq", "trig", "rdf", "jsonld"])
def test_every_source_gives_the_same_bytes(ending: str, kg: Kg, tmp_path: Path) -> None:
    first, again, third = (tmp_path / f"{name}.{ending}" for name in ("first", "again", "third"))
    turned = tmp_path / "turned.nq"
    assert kg(ardan.DATA, "-o", first)[0] == kg(ardan.DATA, "-o", turned)[0] == 0
    lines = turned.read_bytes().splitlines(keepends=True)
    turned.write_bytes(b"".join(reversed(lines)))
    assert kg(turned, "-o", again)[0] == kg(first, "-o", third)[0] == 0
    assert first.read_bytes() == again.read_bytes() == third.read_bytes()


def test_narrowed_in_every_format(kg: Kg, tmp_path: Path) -> None:
    chosen = ["--type", "Capture", "--since", "2031-05-04"]
    _, printed, _ = kg(ardan.DATA, "-o", "-", "--format", "nt", *chosen)
    assert "event/retake> <" in printed and "event/capture>" not in printed
    _, printed, _ = kg(ardan.DATA, "-o", "-", "--format", "geojson", *chosen)
    assert [each["properties"]["label"] for each in json.loads(printed)["features"]] == [
        "troops plan to capture Port Ardan"
    ]
    assert kg(ardan.DATA, "-o", tmp_path / "tables", "--format", "neo4j", *chosen)[0] == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "tables" / "events.csv").read_text(encoding="utf-8"))))
    assert [row["name"] for row in rows] == ["troops plan to capture Port Ardan"]
    assert kg(ardan.DATA, "-o", "-", "--format", "nt", "--status", "Planned")[1].count("#hasAgent>") == 1
    one = kg(ardan.DATA, "-o", "-", "--format", "nq", "--graph", "id:article/one")[1]
    assert one and "article/two" not in one


SENTENCES = ("captured Port Ardan on Saturday", "denied that the League", "Troops left the fort")
WORDS = (*SENTENCES, "at least seven people", "The port is ours", "League takes the port", "its spokesman")


@pytest.mark.parametrize(
    "name", ["acled", "geojson", "graphml", "gexf", "neo4j", "ttl", "trig", "jsonld", "rdf"]
)
def test_no_wording_in_any_format(name: str, kg: Kg, tmp_path: Path) -> None:
    def everything(*options: str) -> str:
        out = tmp_path / f"{len(options)}.zip" if name == "neo4j" else tmp_path / f"{len(options)}.out"
        assert kg(ardan.DATA, "-o", out, "--format", name, *options)[0] == 0
        if name != "neo4j":
            return out.read_text(encoding="utf-8")
        with zipfile.ZipFile(out) as archive:
            return "\n".join(archive.read(each).decode() for each in archive.namelist())

    plain, shared = everything(), everything("--no-sentences")
    assert any(words in plain for words in WORDS)
    assert [words for words in WORDS if words in shared] == []
    assert "Port Ardan" in shared and "Northern League" in shared, "names stay"


@pytest.fixture
def mapped(tmp_path: Path) -> Path:
    """A graph that keeps the shapes, as `kg build` writes it."""
    path = tmp_path / "mapped.trig"
    settings = MappingSettings()
    with GraphWriter(tmp_path, ".trig") as writer:
        for article in sample.reports():
            writer.add(sample.read(article, settings))
        writer.finish(sample.reduction(), settings, path)
    return path


@pytest.mark.parametrize(
    ("options", "broken"),
    [
        ("", set()),
        ("--type Capture", set()),
        ("--type Person", set()),
        ("--since 2012-03-04", set()),
        ("--graph id:article/second", set()),
        ("--graph id:graph/entities", set()),
        ("--min-confidence 0.9", set()),
        ("--status Planned", set()),
        ("--no-sentences", {"MentionSentence", "MentionText"}),
        ("--no-sentences --type Capture", {"MentionSentence", "MentionText"}),
    ],
)
def test_what_is_left_keeps_the_shapes(
    options: str, broken: set[str], kg: Kg, mapped: Path, tmp_path: Path
) -> None:
    out = tmp_path / "left.trig"
    assert kg(mapped, "-o", out, *options.split())[0] == 0
    left = open_file(out)
    assert set(validate(left.dump).rules()) == broken
    assert (len(left) < len(open_file(mapped))) == bool(options)


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
@pytest.mark.parametrize("ending", ["ttl", "nt", "nq", "trig", "rdf", "jsonld"])
def test_rdflib_opens_it(ending: str, kg: Kg, mapped: Path, tmp_path: Path) -> None:
    out = tmp_path / f"graph.{ending}"
    assert kg(mapped, "-o", out)[0] == 0
    formats = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "rdf": "xml", "jsonld": "json-ld"}
    got = rdflib.Dataset(default_union=True).parse(
        data=out.read_text(encoding="utf-8"), format=formats[ending]
    )
    wanted = rdflib.Dataset(default_union=True).parse(data=mapped.read_text(encoding="utf-8"), format="trig")
    assert set(got.triples((None, None, None))) == set(wanted.triples((None, None, None)))


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["-o", "{tmp}/out.csv", "--format", "aclde"], 2, "no format 'aclde': did you mean 'acled'?"),
        (["-o", "-", "--format", "neo4j"], 2, "name a folder, or a file that ends in .zip"),
        (["-o", "{tmp}/none/out.zip", "--format", "neo4j"], 3, "none does not exist: make it first"),
        (["-o", "{tmp}/none/out", "--format", "neo4j"], 3, "none does not exist: make it first"),
        (["-o", "{tmp}/out.txt"], 2, "no format by its ending: use one of .csv .geojson .graphml .gexf .ttl"),
        (["-o", "-"], 2, "standard output has no ending: name the format"),
        (["-o", "{tmp}/out.csv", "--status", "true"], 2, "no status 'true'"),
        (["-o", "{tmp}/out.ttl", "--since", "May"], 2, "'May' is no date"),
        (["-o", "{tmp}/out.ttl", "--type", "Captur"], 2, "did you mean Capture?"),
        (["-o", "{tmp}/out.ttl", "--graph", "x:y"], 2, "no graph <x:y> there"),
        (["-o", "{tmp}/out.csv", "--min-confidence", "high"], 2, "--min-confidence high: is no number"),
        (["-o", "{tmp}/out.csv", "--min-confidence", "2"], 2, "give one from 0 to 1"),
        (["-o", "{tmp}/none/out.csv"], 3, "none does not exist: make it first"),
        (["-o", "{tmp}/none/out.ttl"], 3, "none does not exist: make it first"),
        ([], 2, "Missing option '-o'"),
    ],
)
def test_faults(arguments: list[str], status: int, message: str, kg: Kg, tmp_path: Path) -> None:
    got, printed, said = kg(SAHEL, *(each.format(tmp=tmp_path) for each in arguments))
    assert (got, printed) == (status, "")
    assert said.startswith("kg: ")
    assert said.count("\n") == 1
    assert message in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["out.csv", "out.geojson", "out.ttl"])
@pytest.mark.parametrize("source", ["none.ttl", "broken.nt", "graph.txt", "http://localhost:9/sparql"])
def test_a_source_that_cannot_be_used(source: str, name: str, kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "broken.nt").write_text("<a> <b>\n")
    (tmp_path / "graph.txt").write_text("")
    out = tmp_path / name
    out.write_text("old")
    where = source if "/" in source else str(tmp_path / source)
    status, _, said = kg(where, "-o", out)
    assert status == 3
    assert said.startswith(f"kg: {where}")
    assert said.count("\n") == 1
    assert out.read_text() == "old"
