"""The graph of the sample reports in each backend: loaded, asked, and asked again after a restart."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from answers import rows, triples_of

from kg.build import build
from kg.config import BuildOptions
from kg.query import engine
from kg.query.saved import saved_queries
from kg.resources import queries_dir
from kg.store.loading import load
from kg.store.memory import MemoryStore, open_file
from kg.store.remote import RemoteStore

if TYPE_CHECKING:
    from server_fixtures import Backend

pytest_plugins = ("server_fixtures",)
QUERIES = saved_queries(queries_dir())
AGAIN = frozenset({"captures", "network", "positions", "summary", "timeline"})
REPORTS = Path(__file__).resolve().parents[2] / "data" / "reports"


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> MemoryStore:
    """The graph of the reports, as a file."""
    path = tmp_path_factory.mktemp("reports") / "reports.trig"
    build([str(REPORTS)], path, BuildOptions())
    return open_file(path)


@pytest.mark.model
def test_every_saved_query_and_all_of_it_after_a_restart(
    backend: Backend,
    reports: MemoryStore,
    contract_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with closing(backend.open()) as store:
        if not isinstance(store, RemoteStore):
            pytest.skip("a file and a folder are written by kg build itself")
        report = load(reports, store, prune=True)
        assert (report.graphs, report.triples) == (len(list(reports.graphs())), len(reports))
        expected = {one.name: rows(engine.run(reports, one.text)) for one in QUERIES}
        assert all(expected.values())
        for query in QUERIES:
            assert rows(engine.run(store, query.text)) == expected[query.name], query.name
    backend.restart()
    with closing(backend.open()) as store:
        assert isinstance(store, RemoteStore)
        assert triples_of(reports) <= triples_of(store)
        for query in QUERIES:
            if query.name in AGAIN:  # the others would only cost time: the triples are the same
                assert rows(engine.run(store, query.text)) == expected[query.name], query.name
        load(open_file(contract_file), store, prune=True)  # as the other tests want it
