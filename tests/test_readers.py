"""What we write is what others read: the reports of ``data/`` built once, then read by every tool at hand."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.build import build as build_graph
from kg.cli.main import run
from kg.config import BuildOptions
from kg.reading.stages import own_stages

REPORTS = Path(__file__).resolve().parent.parent / "data" / "reports"

pytestmark = pytest.mark.model


Build = Callable[..., Path]


@pytest.fixture(scope="module")
def build() -> Build:
    """Builds the graph of the sample reports into a file; the models are loaded once."""
    stages = own_stages(BuildOptions())
    reader = stages.open_reader()
    stages = replace(stages, open_reader=lambda: reader, apart=False)

    def to(out: Path, *inputs: Path) -> Path:
        report = build_graph(inputs or [REPORTS], out, stages=stages)
        assert report.failures == ()
        return out

    return to


@pytest.fixture(scope="module")
def turtle(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the sample reports, as Turtle."""
    return build(tmp_path_factory.mktemp("readers") / "reports.ttl")


def triples(path: Path) -> int:
    """How many different triples Oxigraph reads, over all graphs."""
    store = Store()
    store.bulk_load(path=str(path), format=RdfFormat.from_extension(path.suffix[1:]))
    return len({(quad.subject, quad.predicate, quad.object) for quad in store})


def test_rdflib_reads_as_many_triples(turtle: Path) -> None:
    import rdflib

    assert len(rdflib.Graph().parse(turtle)) == triples(turtle) > 1000


@pytest.mark.skipif(not shutil.which("rapper"), reason="rapper (raptor2-utils) is not installed")
def test_rapper_reads_as_many_triples(turtle: Path) -> None:
    done = subprocess.run(
        ["rapper", "-q", "-i", "turtle", "-o", "ntriples", turtle], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert len(set(done.stdout.splitlines())) == triples(turtle)


@pytest.mark.skipif(not shutil.which("serdi"), reason="serdi is not installed")
def test_serdi_reads_as_many_triples(turtle: Path) -> None:
    done = subprocess.run(
        ["serdi", "-i", "turtle", "-o", "ntriples", turtle], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert len(set(done.stdout.splitlines())) == triples(turtle)


def test_owlready2_reads_the_triples(build: Build, tmp_path: Path) -> None:
    import owlready2

    out = build(tmp_path / "reports.nt")
    geometry = owlready2.declare_datatype
    for iri in (
        "http://www.w3.org/2001/XMLSchema#gYear",
        "http://www.w3.org/2001/XMLSchema#gYearMonth",
        "http://www.opengis.net/ont/geosparql#wktLiteral",
    ):
        geometry(type(re.split(r"[#/]", iri)[-1], (str,), {}), iri, str, str)
    world = owlready2.World()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        world.get_ontology(out.as_uri()).load()
    people = world.sparql("SELECT ?p { ?p a <https://w3id.org/newskg/ontology#Person> }")
    assert len(list(people)) > 20


@pytest.mark.parametrize("ending", ["nt", "nq", "trig", "rdf", "jsonld", "ttl.gz", "nq.gz"])
def test_every_format_holds_the_same_triples(build: Build, turtle: Path, tmp_path: Path, ending: str) -> None:
    out = build(tmp_path / f"reports.{ending}")
    if out.suffix == ".gz":
        out.with_suffix("").write_bytes(gzip.decompress(out.read_bytes()))
        out = out.with_suffix("")
    assert triples(out) == triples(turtle)


def test_the_same_bytes_in_any_order(build: Build, turtle: Path, tmp_path: Path) -> None:
    again = build(tmp_path / "again.ttl", *sorted(REPORTS.iterdir(), reverse=True))
    assert again.read_bytes() == turtle.read_bytes()


def test_no_blank_nodes(turtle: Path) -> None:
    store = Store()
    store.bulk_load(path=str(turtle), format=RdfFormat.TURTLE)
    assert [quad for quad in store if "_:" in (str(quad.subject)[:2], str(quad.object)[:2])] == []


def test_it_conforms_to_the_shapes(turtle: Path) -> None:
    assert run(["validate", str(turtle)]) == 0
