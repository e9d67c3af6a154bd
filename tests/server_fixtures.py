"""The five backends of the contract: each is filled once, and what cannot be had is said at the end."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import ardan
import hard_terms
import pytest
from triple_servers import SERVERS, Server

from kg.grow import import_file
from kg.store.loading import load
from kg.store.memory import MemoryStore, open_file
from kg.store.opening import open_source
from kg.store.protocol import Store
from kg.store.remote import open_endpoint

_ABSENT: dict[str, str] = {}


class Backend(Protocol):
    """Where a graph can lie."""

    def open(self) -> Store:
        """The graph, to be asked."""
        ...

    def restart(self) -> None:
        """End what runs, and start it again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A file or a store folder: nothing runs."""

    path: Path

    def open(self) -> Store:
        return open_source(str(self.path))

    def restart(self) -> None:
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A server that runs."""

    server: Server

    def open(self) -> Store:
        return open_endpoint(self.server.url, credentials=self.server.credentials)

    def restart(self) -> None:
        self.server.restart()


@pytest.fixture(scope="session")
def contract_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The war of two articles and the hard terms, as N-Quads."""
    path = tmp_path_factory.mktemp("source") / "source.nq"
    quads = io.BytesIO()
    open_file(ardan.DATA).dump(quads)
    path.write_bytes(quads.getvalue() + hard_terms.as_n_quads())
    return path


@pytest.fixture(scope="session")
def memory(contract_file: Path) -> MemoryStore:
    """What every backend is compared with."""
    return open_file(contract_file)


@pytest.fixture(scope="session", params=["file", "store", *SERVERS])
def backend(
    request: pytest.FixtureRequest, contract_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Backend]:
    """A backend that holds the graph."""
    name: str = request.param
    folder = tmp_path_factory.mktemp(name)
    if name == "file":
        yield Folder(path=contract_file)
        return
    if name == "store":
        plain = folder / "plain.nt"
        plain.write_bytes(b"".join(map(_without_graph, contract_file.read_bytes().splitlines(keepends=True))))
        import_file(plain, folder / "store", graph="https://example.org/all")
        yield Folder(path=folder / "store")
        return
    server = SERVERS[name](folder)
    if isinstance(server, str):
        _ABSENT[name] = server
        pytest.skip(server)
    server.start()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_STATE_HOME", str(folder / "state"))
            target = open_endpoint(server.url, credentials=server.credentials)
            source = open_file(contract_file)
            report = load(source, target)
            assert (report.graphs, report.triples) == (len(list(source.graphs())), len(source))
            target.close()
        yield Endpoint(server=server)
    finally:
        server.stop()


@pytest.fixture(scope="module")
def store(backend: Backend) -> Iterator[Store]:
    """The backend, opened."""
    found = backend.open()
    yield found
    found.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each server that was not there."""
    for name, why in sorted(_ABSENT.items()):
        terminalreporter.write_line(f"NOT TESTED on {name}: {why}", yellow=True)


def _without_graph(line: bytes) -> bytes:
    """A line of N-Quads as one of N-Triples."""
    return line[: line.rindex(b" <")] + b" .\n"
