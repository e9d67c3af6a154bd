"""Backends for the contract: each is started once, and what cannot be had is said at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from triple_servers import SERVERS, Server

_ABSENT: dict[str, str] = {}


@pytest.fixture(scope="session", params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server, empty."""
    name: str = request.param
    found = SERVERS[name](tmp_path_factory.mktemp(name))
    if isinstance(found, str):
        _ABSENT[name] = found
        pytest.skip(found)
    found.start()
    yield found
    found.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each server that was not there."""
    for name, why in sorted(_ABSENT.items()):
        terminalreporter.write_line(f"NOT TESTED on {name}: {why}", yellow=True)
