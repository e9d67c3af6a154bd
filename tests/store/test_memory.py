from __future__ import annotations

import gzip
from pathlib import Path

import ardan
import pytest
from pyoxigraph import QuerySolutions, RdfFormat, serialize

from kg.errors import ResourceError
from kg.store.memory import MemoryStore, open_file
from kg.store.protocol import Store
from kg.store.rdf_file import FORMATS

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { { SELECT DISTINCT * { ?s ?p ?o } } }"


def count(store: Store) -> int:
    rows = store.query(COUNT)
    assert isinstance(rows, QuerySolutions)
    return int(next(rows)["n"].value)


@pytest.mark.parametrize("ending", sorted(FORMATS))
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_every_ending_is_read(ending: str, packed: bool, tmp_path: Path) -> None:
    chosen: RdfFormat = FORMATS[ending]
    graphs = ardan.Ardan().store
    quads = graphs if chosen.supports_datasets else (quad.triple for quad in graphs)
    data = serialize(quads, format=chosen)
    assert data is not None
    path = tmp_path / f"graph{ending}{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(data) if packed else data)
    store = open_file(path)
    assert isinstance(store, Store)
    assert len(store) == count(store) == len(graphs)


def test_the_union_of_the_graphs_is_asked() -> None:
    assert count(open_file(ardan.DATA)) == len(ardan.Ardan().store)
    assert isinstance(open_file(ardan.DATA), MemoryStore)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.ttl", b"<a:b> <a:c> 'x' .\n<a:b> oops", "a.ttl, line 2, column 7: oops is not a valid predicate"),
        ("a.nt", b"<a:b> <a:c> 'x .\n", "a.nt, line 1"),
        ("a.rdf", b"<rdf", "a.rdf"),
        ("a.jsonld", b"{", "a.jsonld, line 1"),
        ("a.ttl", b"<a:b> <a:c> '\xff' .", "a.ttl, line 1"),
        ("a.ttl.gz", b"no gzip", "a.ttl.gz: the gzip file is broken or cut: Not a gzipped file"),
        ("a.ttl.gz", gzip.compress(b"<a:b> <a:c> 'x' .\n" * 99)[:30], "a.ttl.gz: "),
        ("a.txt", b"", "a.txt: no RDF by its ending: use one of .ttl .nt"),
        ("a.gz", b"", "a.gz: no RDF by its ending"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(
    name: str, data: bytes, message: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ResourceError) as caught:
        open_file(path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"none\.ttl: no such file"):
        open_file(tmp_path / "none.ttl")
    with pytest.raises(ResourceError, match="is a folder, and --data takes a file"):
        open_file(tmp_path)
