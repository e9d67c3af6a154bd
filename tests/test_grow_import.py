"""RDF made elsewhere, into a store."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import ardan
import pytest
import stub_people
from pyoxigraph import RdfFormat, serialize

from kg.build import build
from kg.errors import DataError, KgError, ResourceError, UsageError
from kg.grow import Import, import_file, store_status, withdraw
from kg.store.opening import open_source
from kg.store.rdf_file import FORMATS
from kg.store.state import read_state

BASE = "https://w3id.org/newskg/id/"
TRIPLE = b"<urn:a> <urn:b> <urn:c> .\n"
QUADS = b"<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b> <urn:d> <urn:h> .\n<urn:a> <urn:b> <urn:e> .\n"

Bring = Callable[..., Import]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def filled(tmp_path: Path, store: Path) -> Path:
    """A store that was built from articles."""
    build(
        [stub_people.write_articles(tmp_path / "in", stub_people.TEXTS)], store, stages=stub_people.stages()
    )
    return store


@pytest.fixture
def bring(tmp_path: Path, store: Path) -> Bring:
    def call(name: str, data: bytes, **options: str) -> Import:
        (tmp_path / name).write_bytes(data)
        return import_file(tmp_path / name, store, **options)

    return call


def dump(store: Path) -> list[bytes]:
    stream = io.BytesIO()
    open_source(str(store)).dump(stream)
    return sorted(stream.getvalue().splitlines(keepends=True))


@pytest.mark.parametrize("ending", sorted(FORMATS))
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_every_ending(ending: str, packed: bool, bring: Bring) -> None:
    syntax: RdfFormat = FORMATS[ending]
    data = serialize((quad.triple for quad in ardan.Ardan().store), format=syntax)
    assert data is not None
    name = f"ardan{ending}{'.gz' if packed else ''}"
    done = bring(name, gzip.compress(data) if packed else data)
    assert done.graphs == (f"{BASE}import/{name}",)
    assert done.totals.triples == len({quad.triple for quad in ardan.Ardan().store})


def test_quads_keep_their_graphs_and_triples_get_one(bring: Bring, filled: Path) -> None:
    before = dump(filled)
    done = bring("x.nq", QUADS)
    assert done.graphs == (f"{BASE}import/x.nq", "urn:g", "urn:h")
    assert len(dump(filled)) == len(before) + 3 == done.totals.triples
    assert bring("y.nq.gz", gzip.compress(QUADS)).graphs == (f"{BASE}import/y.nq.gz", "urn:g", "urn:h")
    done = bring("x.nt", TRIPLE, graph="urn:t")
    assert done.graphs == ("urn:t",)


@pytest.mark.parametrize("name", ["x.nq", "x.nt"])
def test_a_graph_is_replaced_and_nothing_else_touched(name: str, bring: Bring, filled: Path) -> None:
    bring("other.nt", TRIPLE)
    first = QUADS if name == "x.nq" else TRIPLE
    bring(name, first)
    before = dump(filled)
    assert bring(name, first).graphs
    assert dump(filled) == before
    bring(name, first.replace(b"urn:b", b"urn:z"))
    assert dump(filled) == sorted(
        line.replace(b"<urn:b>", b"<urn:z>") if b"other.nt" not in line else line for line in before
    )


def test_it_outlasts_builds_and_goes_when_it_is_told_to(bring: Bring, filled: Path, tmp_path: Path) -> None:
    built = dump(filled)
    bring("x.nt", TRIPLE)
    stages = stub_people.stages()
    extra = stub_people.write_articles(tmp_path / "extra", {"x.txt": "Ana Sol slept."})
    build([extra], filled, stages=stages)
    build([tmp_path / "in", extra], filled, stages=stages, rebuild=True)
    assert [each.graph for each in store_status(filled).imported] == [f"{BASE}import/x.nt"]
    withdraw(["x.txt"], filled, stages=stages)
    assert dump(filled) != built
    gone = withdraw([f"{BASE}import/x.nt"], filled)
    assert gone.graphs == (f"{BASE}import/x.nt",)
    assert dump(filled) == built


def test_a_store_may_begin_with_an_import(bring: Bring, store: Path, tmp_path: Path) -> None:
    bring("x.nq", QUADS)
    status = store_status(store)
    assert (status.totals.triples, status.settings, len(status.imported)) == (3, None, 3)
    articles = stub_people.write_articles(tmp_path / "in", stub_people.TEXTS)
    build([articles], store, stages=stub_people.stages())
    withdraw(["urn:g", "urn:h", f"{BASE}import/x.nq"], store)
    build([articles], tmp_path / "g.nq", stages=stub_people.stages())
    assert b"".join(dump(store)) == (tmp_path / "g.nq").read_bytes() or dump(store) == sorted(
        (tmp_path / "g.nq").read_bytes().splitlines(keepends=True)
    )


@pytest.mark.parametrize(
    ("name", "data", "kind", "message"),
    [
        ("x.nt", b"<urn:a> <urn:b> oops", ResourceError, "x.nt, line 1"),
        ("x.ttl", TRIPLE * 9 + b"<urn:a", ResourceError, "x.ttl, line 10"),
        ("x.nt.gz", gzip.compress(TRIPLE * 99)[:30], ResourceError, "gzip file is broken or cut"),
        ("x.csv", b"", ResourceError, "no RDF by its ending"),
        (
            "x.nq",
            f"<urn:a> <urn:b> <urn:c> <{BASE}article/a.txt> .".encode(),
            DataError,
            "that articles are built into",
        ),
        (
            "x.nq",
            f"<urn:a> <urn:b> <urn:c> <{BASE}article/new> .".encode(),
            DataError,
            "that articles are built into",
        ),
        (
            "x.trig",
            f"<{BASE}graph/runs> {{ <urn:a> <urn:b> <urn:c> }}".encode(),
            DataError,
            "graph/runs is one that",
        ),
        ("x.nq", b"<urn:a> <urn:b> <urn:c> _:g .", DataError, "named by a blank node"),
    ],
)
@pytest.mark.parametrize("there", [False, True], ids=["new", "filled"])
def test_if_it_fails_nothing_has_changed(
    name: str,
    data: bytes,
    kind: type[KgError],
    message: str,
    there: bool,
    bring: Bring,
    store: Path,
    request: pytest.FixtureRequest,
) -> None:
    if there:
        request.getfixturevalue("filled")
        bring("x.ttl", TRIPLE)
    before = (read_state(store), dump(store)) if there else None
    with pytest.raises(kind) as caught:
        bring(name, data)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    if before is not None:
        assert (read_state(store), dump(store)) == before


@pytest.mark.parametrize("graph", ["nope", "a b", f"{BASE}graph/entities", f"{BASE}article/x"])
def test_a_graph_that_cannot_be_is_refused(graph: str, bring: Bring) -> None:
    with pytest.raises((UsageError, DataError), match=r"is no absolute IRI|articles are built into"):
        bring("x.nt", TRIPLE, graph=graph)


def test_a_base_iri_under_which_something_was_imported_is_refused(
    bring: Bring, store: Path, tmp_path: Path
) -> None:
    from kg.config import BuildOptions

    bring("x.nt", TRIPLE, graph="https://example.org/article/x")
    options = BuildOptions(base_iri="https://example.org/")
    articles = stub_people.write_articles(tmp_path / "in", stub_people.TEXTS)
    with pytest.raises(UsageError, match="is where articles would go: remove it with: kg remove"):
        build([articles], store, options, stages=stub_people.stages(options))
    assert store_status(store).totals.triples == 1
