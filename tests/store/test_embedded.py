from __future__ import annotations

import io
import json
from pathlib import Path

import ardan
import pytest
import stub_people
from pyoxigraph import QuerySolutions

from kg.build import build
from kg.errors import ResourceError
from kg.grow import import_file, withdraw
from kg.store import generations
from kg.store.embedded import EmbeddedStore, open_folder
from kg.store.memory import open_file
from kg.store.opening import open_source
from kg.store.protocol import Store

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that holds the graph of Ardan, imported under IRIs that are not ours."""
    text = ardan.DATA.read_text(encoding="utf-8").replace(
        "https://w3id.org/newskg/id/", "https://example.org/"
    )
    (tmp_path / "ardan.trig").write_text(text, encoding="utf-8")
    import_file(tmp_path / "ardan.trig", tmp_path / "store")
    return tmp_path / "store"


def rows(store: Store, text: str) -> list[tuple[str, ...]]:
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    return sorted(tuple(str(value) for value in row) for row in found)


def test_it_answers_as_a_file_does(store: Path, tmp_path: Path) -> None:
    embedded, memory = open_source(str(store)), open_file(tmp_path / "ardan.trig")
    assert isinstance(embedded, EmbeddedStore)
    assert isinstance(embedded, Store)
    assert len(embedded) == len(memory)
    assert list(embedded.graphs()) == list(memory.graphs())
    for text in (
        COUNT,
        "SELECT * WHERE { ?s ?p ?o }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    ):
        assert rows(embedded, text) == rows(memory, text)
    for graph in (None, *embedded.graphs()):
        ours, theirs = io.BytesIO(), io.BytesIO()
        embedded.dump(ours, graph)
        memory.dump(theirs, graph)
        assert sorted(ours.getvalue().splitlines()) == sorted(theirs.getvalue().splitlines())
    assert sum(embedded.size(graph) for graph in embedded.graphs() if graph) == len(embedded)
    with pytest.raises(SyntaxError):
        embedded.query("SELECT")
    embedded.close()
    assert len(embedded) == 0


def test_a_reader_keeps_what_it_opened(store: Path, tmp_path: Path) -> None:
    opened = open_folder(store)
    before = rows(opened, COUNT)
    articles = stub_people.write_articles(tmp_path / "articles", stub_people.TEXTS)
    build([articles], store, stages=stub_people.stages())
    withdraw(["a.txt"], store, stages=stub_people.stages())
    assert rows(opened, COUNT) == before
    assert rows(open_folder(store), COUNT) != before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is broken"),
        ("[]", "is broken"),
        ('{"layout": "x"}', "is broken"),
        ('{"layout": 99}', "was made by a later version of newskg: install that version"),
        ('{"layout": 1, "generation": 7}', "the graphs cannot be opened"),
    ],
)
def test_a_broken_store_is_said_in_one_line(store: Path, content: str, message: str) -> None:
    (store / "newskg.json").write_text(content)
    with pytest.raises(ResourceError, match=message) as caught:
        open_folder(store)
    assert "\n" not in str(caught.value)


def test_what_a_later_version_adds_is_passed_over(store: Path) -> None:
    path = store / "newskg.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "more": 1}))
    assert len(open_folder(store)) > 0


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"is no store \(it has no newskg\.json\)"):
        open_source(str(tmp_path))
    with pytest.raises(ResourceError, match="no such store: make one with: kg build"):
        open_folder(tmp_path / "none")
    (tmp_path / "file").write_text("")
    with pytest.raises(ResourceError, match="is a file, and a store is a folder"):
        open_folder(tmp_path / "file")


def test_a_file_that_goes_while_the_folder_is_measured_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stays").write_bytes(b"four")
    listed = [tmp_path / "stays", tmp_path / "removed by the engine"]
    monkeypatch.setattr(Path, "iterdir", lambda _self: iter(listed))
    assert generations._size(tmp_path) == 4
