from __future__ import annotations

import gzip
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fake_endpoint import SECRET, Fake, Reply, Request, fake_endpoint
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import KgError, ResourceError, UsageError
from kg.store import remote_writing
from kg.store.loading import Loaded, LoadReport, load
from kg.store.loading_pieces import spooled
from kg.store.memory import MemoryStore, open_file
from kg.store.remote import open_endpoint
from kg.store.remote_credentials import Credentials
from kg.store.remote_http import Client, Patience, UnauthorizedError

BASE = "https://w3id.org/newskg/id/"
TRIG = f"""
@prefix : <https://example.org/> .
<{BASE}article/one> {{ :a :p 1, 2, 3 . }}
<{BASE}article/two> {{ :b :p "two\\nlines", "zw\\u00f6lf"@de . }}
<{BASE}graph/entities> {{ :c :p true . }}
"""


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Fake]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("KG_ENDPOINT_USER", "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    with fake_endpoint() as one:
        yield one


@pytest.fixture
def source(tmp_path: Path) -> MemoryStore:
    return written(tmp_path / "graph.trig", TRIG)


def written(path: Path, text: str) -> MemoryStore:
    path.write_text(text, encoding="utf-8")
    return open_file(path)


@pytest.fixture
def into(fake: Fake) -> Iterator[Callable[..., LoadReport]]:
    """Loads into the fake, waiting for nothing."""

    def call(
        source: MemoryStore, *, tries: int = 4, credentials: Credentials | None = None, **options: object
    ) -> LoadReport:
        store = open_endpoint(fake.url, tries=tries, credentials=credentials, timeout=5)
        store.client._sleep = waits.append
        try:
            return load(source, store, **options)  # type: ignore[arg-type]
        finally:
            store.close()

    waits.clear()
    yield call


waits: list[float] = []


def fail(
    times: int, reply: Reply, method: str = "PUT", path: str = "/store"
) -> Callable[[Request], Reply | None]:
    """Answers the first requests, after the probe, with `reply`."""
    left = times

    def fault(request: Request) -> Reply | None:
        nonlocal left
        if request.method == method and request.path == path and left and "probe" not in str(request.params):
            left -= 1
            return reply
        return None

    return fault


def test_each_graph_is_put_and_counted(
    fake: Fake, source: MemoryStore, into: Callable[..., LoadReport]
) -> None:
    seen: list[Loaded] = []
    report = into(source, progress=seen.append)
    assert (report.graphs, report.triples, report.resumed, report.stale) == (3, 6, 0, ())
    assert set(fake.graphs) == set(source._quads)
    assert [one.params["graph"][0] for one in fake.sent("PUT")][1:] == list(source.graphs())
    assert [(one.number, one.total, one.sent) for one in seen] == [(1, 3, True), (2, 3, True), (3, 3, True)]
    assert {one.headers["content-type"] for one in fake.sent("PUT")} == {"application/n-triples"}


def test_loading_again_is_harmless(fake: Fake, source: MemoryStore, into: Callable[..., LoadReport]) -> None:
    assert into(source) == into(source)
    assert set(fake.graphs) == set(source._quads)


def test_nothing_of_the_probe_is_left(
    fake: Fake, source: MemoryStore, into: Callable[..., LoadReport]
) -> None:
    into(source)
    assert [str(one) for one in fake.graphs.named_graphs() if "probe" in str(one)] == []


def test_triples_without_a_graph_go_into_one_called_after_the_file(
    fake: Fake, tmp_path: Path, into: Callable[..., LoadReport]
) -> None:
    source = written(tmp_path / "my graph.ttl", "<urn:a> <urn:b> 1, 2 .")
    into(source, name="some/where/my graph.ttl")
    assert [str(one) for one in fake.graphs.named_graphs()] == [f"<{BASE}file/my%20graph.ttl>"]
    into(source, graph="urn:x:mine")
    assert len(list(fake.graphs.quads_for_pattern(None, None, None, None))) == 4
    with pytest.raises(UsageError, match="--graph mine: no absolute IRI"):
        into(source, graph="mine")


def test_large_graphs_go_in_pieces(
    fake: Fake, tmp_path: Path, into: Callable[..., LoadReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_writing.ProtocolWriter, "most", 10)
    source = written(
        tmp_path / "many.trig", "<urn:g> { <urn:a> <urn:b> " + ", ".join(map(str, range(35))) + " }"
    )
    assert into(source).triples == 35
    assert [one.method for one in fake.sent("PUT", "POST")][1:] == ["PUT", "POST", "POST", "POST"]
    assert into(source).triples == 35


def test_a_piece_that_the_server_finds_too_large_is_halved(
    fake: Fake, tmp_path: Path, into: Callable[..., LoadReport]
) -> None:
    fake.fault = lambda request: Reply(status=413) if len(request.body.splitlines()) > 10 else None
    source = written(
        tmp_path / "many.trig", "<urn:g> { <urn:a> <urn:b> " + ", ".join(map(str, range(35))) + " }"
    )
    assert into(source).triples == 35
    assert len(fake.graphs) == 35


def test_a_graph_with_blank_nodes_is_sent_whole(
    fake: Fake, tmp_path: Path, into: Callable[..., LoadReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_writing.ProtocolWriter, "most", 2)
    monkeypatch.setattr(remote_writing.UpdateWriter, "most", 2)
    source = written(tmp_path / "blank.trig", "<urn:g> { _:a <urn:p> 1, 2, 3 ; <urn:q> _:a }")
    assert into(source).triples == 4
    assert len({quad.subject for quad in fake.graphs}) == 1
    fake.graph_store = False
    with pytest.raises(ResourceError, match="urn:g: has blank nodes"):
        into(source)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_is_temporary_is_tried_again(
    fake: Fake, source: MemoryStore, into: Callable[..., LoadReport], status: int
) -> None:
    fake.fault = fail(3, Reply(status=status))
    assert into(source).triples == 6
    assert waits == [0.5, 1.0, 2.0]


def test_the_server_may_say_how_long_to_wait(
    fake: Fake, source: MemoryStore, into: Callable[..., LoadReport]
) -> None:
    fake.fault = fail(1, Reply(status=503, headers={"Retry-After": "7"}))
    into(source)
    assert waits == [7.0]
    fake.fault = fail(1, Reply(status=503, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}))
    into(source)
    assert waits[-1] == 0.0
    fake.fault = fail(1, Reply(status=503, headers={"Retry-After": "later"}))
    into(source)
    assert waits[-1] == 0.5


def test_a_connection_that_breaks_is_tried_again(
    fake: Fake, source: MemoryStore, into: Callable[..., LoadReport]
) -> None:
    left = [2]

    def fault(request: Request) -> None:
        if request.method == "PUT" and "entities" in str(request.params) and left[0]:
            left[0] -= 1
            raise ConnectionResetError

    fake.fault = fault
    assert into(source).triples == 6
    assert len(waits) == 2


def test_it_gives_up_says_how_far_it_came_and_goes_on_from_there(
    fake: Fake, source: MemoryStore, into: Callable[..., LoadReport]
) -> None:
    fake.fault = lambda request: Reply(status=503) if "entities" in str(request.params) else None
    with pytest.raises(ResourceError, match=r"503; 2 of 3 graphs are there: go on with --resume") as caught:
        into(source)
    assert caught.value.exit_status == 3
    fake.fault = lambda _: None
    fake.asked.clear()
    report = into(source, resume=True)
    assert (report.graphs, report.triples, report.resumed) == (3, 6, 2)
    assert [one.params["graph"][0] for one in fake.sent("PUT")][1:] == [f"{BASE}graph/entities"]
    assert into(source, resume=True).resumed == 0  # a load that ended leaves nothing to go on with


def test_what_has_changed_since_the_break_is_sent_again(
    fake: Fake, source: MemoryStore, tmp_path: Path, into: Callable[..., LoadReport]
) -> None:
    fake.fault = lambda request: Reply(status=503) if "entities" in str(request.params) else None
    with pytest.raises(ResourceError):
        into(source)
    fake.fault = lambda _: None
    changed = written(tmp_path / "changed.trig", TRIG.replace("1, 2, 3", "1, 2, 4"))
    assert into(changed, resume=True).resumed == 1
    assert set(fake.graphs) == set(changed._quads)


def test_what_was_lost_since_the_break_is_sent_again(
    fake: Fake, source: MemoryStore, into: Callable[..., LoadReport]
) -> None:
    fake.fault = lambda request: Reply(status=503) if "entities" in str(request.params) else None
    with pytest.raises(ResourceError):
        into(source)
    fake.fault = lambda _: None
    fake.graphs.clear()
    assert into(source, resume=True).resumed == 0
    assert set(fake.graphs) == set(source._quads)


def test_a_200_proves_nothing(fake: Fake, source: MemoryStore, into: Callable[..., LoadReport]) -> None:
    fake.keeps = lambda triples: b"".join(triples.splitlines(keepends=True)[:2])
    with pytest.raises(ResourceError, match=f"{BASE}article/one holds 2 triples instead of 3"):
        into(source)


def test_a_store_that_keeps_nothing_is_written_to_by_update(
    fake: Fake, source: MemoryStore, into: Callable[..., LoadReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_writing.UpdateWriter, "most", 2)
    fake.keeps = lambda _: b""
    report = into(source)
    assert report.way.startswith("SPARQL Update at ")
    assert set(fake.graphs) == set(source._quads)


def test_what_takes_no_graphs_is_refused_with_what_was_tried(
    fake: Fake, source: MemoryStore, into: Callable[..., LoadReport]
) -> None:
    fake.graph_store = fake.update = False
    with pytest.raises(
        ResourceError, match=r"takes no graphs \(tried graph store protocol at .*/store, .*/update"
    ):
        into(source)


def test_graphs_that_the_source_no_longer_has(
    fake: Fake, source: MemoryStore, tmp_path: Path, into: Callable[..., LoadReport]
) -> None:
    into(source)
    others = (
        "urn:x:others",
        f"{BASE}file/a.ttl",
        f"{BASE}more",
        f"{BASE}graph/runs",
        f"{BASE}graph/entailed",
    )
    for other in others:
        fake.graphs.load(f"<urn:a> <urn:b> 1 <{other}> .".replace("1 ", '"1" '), RdfFormat.N_QUADS)
    fewer = written(tmp_path / "fewer.trig", "\n".join(TRIG.splitlines()[:3] + TRIG.splitlines()[4:]))
    report = into(fewer)
    assert (report.stale, report.pruned) == ((f"{BASE}article/two",), False)
    report = into(fewer, prune=True)
    assert (report.stale, report.pruned) == ((f"{BASE}article/two",), True)
    assert {one.value for one in fake.graphs.named_graphs()} == {
        *others,
        f"{BASE}article/one",
        f"{BASE}graph/entities",
    }
    with pytest.raises(UsageError, match="--prune"):
        into(written(tmp_path / "plain.ttl", "<urn:a> <urn:b> 1 ."), prune=True)


@pytest.mark.parametrize("kind", ["basic", "digest", "bearer"])
def test_who_loads(
    fake: Fake,
    source: MemoryStore,
    into: Callable[..., LoadReport],
    kind: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    fake.auth = kind
    right = Credentials(token=SECRET) if kind == "bearer" else Credentials(user="me", password=SECRET)
    with pytest.raises(UnauthorizedError, match=r"wants a user \(401\): set KG_ENDPOINT_USER"):
        into(source)
    assert into(source, credentials=right).triples == 6
    fake.fault = lambda request: Reply(status=500, body=f"{request.headers} {SECRET}".encode())
    with pytest.raises(KgError) as caught:
        into(source, credentials=right)
    assert SECRET not in f"{caught.value} {right} {caplog.text}"


def test_digest_is_not_asked_for_with_every_request(
    fake: Fake, source: MemoryStore, into: Callable[..., LoadReport]
) -> None:
    fake.auth = "digest"
    into(source, credentials=Credentials(user="me", password=SECRET))
    assert sum("authorization" not in one.headers for one in fake.asked) <= 2


LINES = st.lists(
    st.tuples(st.sampled_from("abc"), st.text(max_size=20)),
    unique=True,
    max_size=30,
)


@given(LINES, st.integers(1, 12))
def test_pieces_are_the_whole(lines: list[tuple[str, str]], most: int) -> None:
    quads = [
        Quad(NamedNode("urn:" + a), NamedNode("urn:p"), Literal(b), NamedNode("urn:g")) for a, b in lines
    ]
    digests = []
    for order in (quads, quads[::-1]):
        store = Store()
        store.extend(order)
        with spooled(MemoryStore(store), "urn:g") as found:
            pieces = list(found.pieces(most))
            assert found.triples == len(quads)
            digests.append(found.digest)
        assert {one.triple for piece in pieces for one in parse(piece, RdfFormat.N_TRIPLES)} == {
            one.triple for one in quads
        }
        assert all(len(piece.splitlines()) <= most for piece in pieces)
        assert len(pieces) == max(-(-len(quads) // most), 1)
    assert digests[0] == digests[1]


def test_packed_files_too(tmp_path: Path, into: Callable[..., LoadReport]) -> None:
    path = tmp_path / "graph.trig.gz"
    path.write_bytes(gzip.compress(TRIG.encode()))
    assert into(open_file(path)).graphs == 3


def test_a_client_is_for_one_server_only() -> None:
    client = Client(Credentials(user="me", password=SECRET), Patience())
    with pytest.raises(ResourceError, match="no URL of a server"):
        client.send("GET", "ftp://example.org/")
    client.close()
