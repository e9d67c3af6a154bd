"""Files: each format holds the same triples for every reader, and the same bytes on every run."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sample
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from kg.cli.main import run
from kg.errors import DataError, ResourceError, UsageError
from kg.model import Entity, Reduction, ResolvedDocument
from kg.ontology.owl import load_owl
from kg.rdf.formats import ENDINGS, check_output_name, output_format
from kg.rdf.settings import MappingSettings
from kg.rdf.syntax import write_quads
from kg.rdf.writer import Counts, GraphWriter
from kg.vocabulary import KG

pytestmark = [  # of rdflib's own making, when it reads named graphs and JSON-LD
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

SETTINGS = MappingSettings(model="a_model 1.2", program="9.9")
TRIPLES = 412
GRAPHS = (".nq", ".trig")
RDFLIB = {
    ".ttl": "turtle",
    ".nt": "nt",
    ".nq": "nquads",
    ".trig": "trig",
    ".rdf": "xml",
    ".jsonld": "json-ld",
}
RAPPER = {".ttl": "turtle", ".nt": "ntriples", ".nq": "nquads", ".trig": "trig", ".rdf": "rdfxml"}
SERDI = {".ttl": "turtle", ".nt": "ntriples", ".nq": "nquads", ".trig": "trig"}


def write(folder: Path, ending: str, reports: tuple[ResolvedDocument, ...] = sample.reports()) -> Path:
    """The sample in the format of `ending`."""
    target = folder / f"graph{ending}"
    with GraphWriter(folder, ending) as writer:
        for report in reports:
            writer.add(sample.read(report, SETTINGS))
        writer.finish(sample.reduction(), SETTINGS, target)
    return target


def plain(path: Path) -> bytes:
    """The bytes of a file, unpacked where it is packed."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


@pytest.mark.parametrize("ending", ENDINGS)
def test_pyoxigraph_and_rdflib_read_the_same_triples(tmp_path: Path, ending: str) -> None:
    data = plain(write(tmp_path, ending))
    syntax = ending.removesuffix(".gz")
    quads = list(parse(input=data, format=output_format(ending).syntax))
    assert len(quads) == len(set(quads)) == TRIPLES
    graph = Dataset() if syntax in GRAPHS else Graph()
    graph.parse(data=data, format=RDFLIB[syntax])
    assert len(graph) == TRIPLES
    names = {str(quad.graph_name) for quad in quads}
    assert len(names) == (5 if syntax in GRAPHS else 1)


def test_all_formats_hold_the_same_union(tmp_path: Path) -> None:
    unions = [
        {
            quad.triple
            for quad in parse(input=plain(write(tmp_path, ending)), format=output_format(ending).syntax)
        }
        for ending in ENDINGS
    ]
    assert all(each == unions[0] for each in unions)


@pytest.mark.parametrize("ending", RAPPER)
def test_rapper_counts_the_same(tmp_path: Path, ending: str) -> None:
    if shutil.which("rapper") is None:
        pytest.skip("rapper is not installed (Debian: raptor2-utils)")
    path = write(tmp_path, ending)
    done = subprocess.run(
        ["rapper", "-c", "-i", RAPPER[ending], str(path)], capture_output=True, text=True, check=True
    )
    assert f"returned {TRIPLES} triples" in done.stderr and "rror" not in done.stderr


@pytest.mark.parametrize("ending", SERDI)
def test_serdi_counts_the_same(tmp_path: Path, ending: str) -> None:
    if shutil.which("serdi") is None:
        pytest.skip("serdi is not installed (Debian: serdi)")
    path = write(tmp_path, ending)
    done = subprocess.run(
        ["serdi", "-i", SERDI[ending], "-o", "nquads", str(path)], capture_output=True, text=True, check=True
    )
    assert len(done.stdout.splitlines()) == TRIPLES and done.stderr == ""


def test_owlready2_reads_the_ntriples(tmp_path: Path) -> None:
    world, _ = load_owl(write(tmp_path, ".nt").read_bytes())
    event = world.search_one(iri=f"{SETTINGS.base_iri}event/capture-kidal")
    assert {each.iri for each in event.is_a} == {KG.Capture, KG.Event}
    assert [each.iri for each in event.hasPlace] == [f"{SETTINGS.base_iri}geonames/2455290"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_bytes_in_any_order_of_articles(tmp_path: Path, ending: str) -> None:
    report = sample.first_report()
    reports = [
        ResolvedDocument(
            annotated=replace(report.annotated, document=replace(report.annotated.document, id=f"{number}"))
        )
        for number in range(12)
    ]
    reduction = Reduction()
    written = set()
    for seed in range(3):
        random.Random(seed).shuffle(reports)
        target = tmp_path / f"{seed}{ending}"
        with GraphWriter(tmp_path, ending) as writer:
            for each in reports:
                writer.add(sample.read(each, SETTINGS))
            writer.finish(reduction, SETTINGS, target)
        written.add(target.read_bytes())
    assert len(written) == 1


def test_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; import sample\n"
        "from kg.rdf.writer import GraphWriter\n"
        "from kg.rdf.settings import MappingSettings\n"
        "folder, settings = Path(sys.argv[1]), MappingSettings(model='a_model 1.2', program='9.9')\n"
        "for ending in ('.ttl', '.trig', '.rdf', '.jsonld'):\n"
        "    with GraphWriter(folder, ending) as writer:\n"
        "        for report in reversed(sample.reports()): writer.add(sample.read(report, settings))\n"
        "        writer.finish(sample.reduction(), settings, folder / f'{sys.argv[2]}{ending}')\n"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", code, str(tmp_path), seed], env=environment, check=True)
    for ending in (".ttl", ".trig", ".rdf", ".jsonld"):
        first = (tmp_path / f"1{ending}").read_bytes()
        assert first == (tmp_path / f"2{ending}").read_bytes() == write(tmp_path, ending).read_bytes()


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("source", [".trig", ".nq.gz"])
def test_the_bytes_of_an_export(tmp_path: Path, source: str, ending: str) -> None:
    graph, out = write(tmp_path, source), tmp_path / f"exported{ending}"
    assert run(["export", str(graph), "-o", str(out)]) == 0
    assert out.read_bytes() == write(tmp_path, ending).read_bytes()


def test_turtle_groups_subjects_and_uses_prefixes(tmp_path: Path) -> None:
    turtle = write(tmp_path, ".ttl").read_text(encoding="utf-8")
    assert "@prefix kg: <https://w3id.org/newskg/ontology#> ." in turtle
    assert turtle.count(f"\n<{SETTINGS.base_iri}event/capture-kidal> a kg:Capture , kg:Event ;\n") == 1
    assert "_:" not in turtle and "[" not in turtle


def test_a_gzip_file_names_no_time_and_no_file(tmp_path: Path) -> None:
    header = write(tmp_path, ".nt.gz").read_bytes()[:10]
    assert header[3] == 0 and header[4:8] == b"\0\0\0\0"


def test_counts(tmp_path: Path) -> None:
    with GraphWriter(tmp_path, ".nt") as writer:
        for report in sample.reports():
            writer.add(sample.read(report, SETTINGS))
        counts = writer.finish(sample.reduction(), SETTINGS, tmp_path / "g.nt")
    assert counts == Counts(articles=2, mentions=25, entities=8, positions=1, events=5, triples=TRIPLES)


def test_no_articles_make_a_graph_of_provenance(tmp_path: Path) -> None:
    with GraphWriter(tmp_path, ".nt") as writer:
        counts = writer.finish(Reduction(), SETTINGS, tmp_path / "g.nt")
    assert counts.articles == 0 < counts.triples
    assert len(Graph().parse(tmp_path / "g.nt")) == counts.triples


def test_two_articles_of_one_identifier_are_refused(tmp_path: Path) -> None:
    with GraphWriter(tmp_path, ".nt") as writer:
        writer.add(sample.read(sample.second_report(), SETTINGS))
        with pytest.raises(DataError, match="two articles have the identifier 'second'"):
            writer.add(sample.read(sample.second_report(), SETTINGS))


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "graph.ttl"
    target.write_text("before", encoding="utf-8")
    broken = Reduction(entities=(Entity(id="a", kind="Person", label="a", relations=(("no", "b"),)),))
    with GraphWriter(tmp_path, ".ttl") as writer:
        writer.add(sample.read(sample.second_report(), SETTINGS))
        with pytest.raises(DataError, match="no term 'no'"):
            writer.finish(broken, SETTINGS, target)
        assert target.read_text(encoding="utf-8") == "before"
        assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
        writer.finish(Reduction(), SETTINGS, target)
    assert target.read_text(encoding="utf-8").startswith("@prefix")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with (
        GraphWriter(tmp_path, ".ttl") as writer,
        pytest.raises(ResourceError, match="does not exist: make it first"),
    ):
        writer.finish(Reduction(), SETTINGS, tmp_path / "none" / "graph.ttl")


def test_a_target_that_is_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").mkdir()
    says = "is a folder: name a file in it"
    with GraphWriter(tmp_path, ".ttl") as writer, pytest.raises(ResourceError, match=says):
        writer.finish(Reduction(), SETTINGS, tmp_path / "graph.ttl")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "tempfile.mkstemp", lambda **_: (os.open("/dev/full", os.O_WRONLY), str(tmp_path / "x"))
    )
    with GraphWriter(tmp_path, ".nt") as writer, pytest.raises(ResourceError, match="No space left"):
        writer.finish(sample.reduction(), SETTINGS, tmp_path / "graph.nt")


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("graph.ttl", ".ttl"),
        ("GRAPH.TTL.GZ", ".ttl.gz"),
        ("a.b.jsonld", ".jsonld"),
        ("store", None),
        ("my.store", None),
        (".ttl", None),
    ],
)
def test_output_names(name: str, ending: str | None) -> None:
    assert check_output_name(Path("folder") / name) == ending


@pytest.mark.parametrize("name", ["graph.tll", "graph.json", "graph.xml", "graph.csv.gz", "graph.jsonl"])
def test_output_names_that_look_like_a_mistake(name: str) -> None:
    with pytest.raises(UsageError, match="is no ending of a graph"):
        check_output_name(Path(name))


def test_an_ending_that_is_none() -> None:
    with pytest.raises(UsageError, match=r"'\.doc' is no ending"):
        output_format(".doc")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text())
def test_rdf_xml_holds_any_text_but_what_xml_forbids(value: str) -> None:
    subject = NamedNode("https://example.org/s")
    stream = io.BytesIO()
    quad = Quad(subject, NamedNode(KG.sentence), Literal(value))
    write_quads(iter([quad]), stream, output_format(".rdf"))
    (term,) = (each.object for each in parse(input=stream.getvalue(), format=RdfFormat.RDF_XML))
    assert isinstance(term, Literal) and len(term.value) == len(value)
    assert all(new in (old, "\ufffd") for new, old in zip(term.value, value, strict=True))
    assert len(Graph().parse(data=stream.getvalue(), format="xml")) == 1


@given(st.text())
def test_turtle_and_json_hold_any_text(value: str) -> None:
    subject = NamedNode("https://example.org/s")
    for ending in (".ttl", ".nq", ".jsonld"):
        stream = io.BytesIO()
        quad = Quad(subject, NamedNode(KG.sentence), Literal(value))
        write_quads(iter([quad]), stream, output_format(ending))
        data = stream.getvalue()
        assert [each.object for each in parse(input=data, format=output_format(ending).syntax)] == [
            quad.object
        ]
    json.loads(data)


def test_rdflib_finds_the_formats_isomorphic(tmp_path: Path) -> None:
    turtle = Graph().parse(write(tmp_path, ".ttl"))
    assert isomorphic(turtle, Graph().parse(write(tmp_path, ".rdf")))
