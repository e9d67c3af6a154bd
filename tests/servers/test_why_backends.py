"""`kg why` answers the same from every backend."""

from __future__ import annotations

import pytest

from kg.query.why import find_subject, why
from kg.store.memory import MemoryStore
from kg.store.protocol import Store

pytest_plugins = ("server_fixtures",)


@pytest.mark.parametrize(
    "subject",
    [
        "id:event/capture",
        "id:event/bombing",
        "Port Ardan",
        "Ilo Vant",
        "id:position/vant",
        "id:article/one#e1",
    ],
)
def test_what_triples_rest_on(store: Store, memory: MemoryStore, subject: str) -> None:
    found = why(store, find_subject(store, subject))
    assert found == why(memory, find_subject(memory, subject))
