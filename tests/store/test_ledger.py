from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.model import ReadArticle
from kg.store.ledger import LAYOUT, Ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "articles-0001.db"


def article(name: str, content: str = "1") -> ReadArticle:
    return ReadArticle(
        id=name, content=content, digest=f"digest {name}".encode(), quads=b"quads\n", mentions=2, triples=3
    )


def put(ledger: Ledger, *articles: ReadArticle) -> None:
    for each in articles:
        ledger.put(each, f"urn:{each.id}", 1)
    ledger.commit()


def test_what_is_put_comes_back_sorted(path: Path) -> None:
    with Ledger.open(path, write=True) as ledger:
        put(ledger, article("b"), article("é"), article("a"))
    with Ledger.open(path) as ledger:
        assert list(ledger.identifiers()) == ["a", "b", "é"]
        assert list(ledger.digests()) == [b"digest a", b"digest b", "digest é".encode()]
        assert list(ledger.quads()) == [b"quads\n"] * 3
        assert ledger.counts() == (3, 6, 9)
        assert (ledger.content("a"), ledger.content("c")) == ("1", None)
        assert (ledger.with_graph("urn:b"), ledger.with_graph("urn:c")) == ("b", None)


def test_what_is_not_committed_is_gone(path: Path) -> None:
    with Ledger.open(path, write=True) as ledger:
        put(ledger, article("a"))
        ledger.put(article("b"), "urn:b", 1)
        ledger.withdraw("a")
    with Ledger.open(path, write=True) as ledger:
        assert list(ledger.identifiers()) == ["a"]
        assert ledger.change == 1


def test_changes_are_numbered(path: Path) -> None:
    with Ledger.open(path, write=True) as ledger:
        put(ledger, article("a"), article("b"), article("c"))
        since = ledger.change
        assert ledger.changed(since) == ()
        put(ledger, article("b", "2"), article("d"))
        ledger.withdraw("a")
        ledger.commit()
        assert ledger.changed(since) == ("urn:a", "urn:b", "urn:d")
        assert len(list(ledger.quads(since))) == 2
        assert ledger.was_withdrawn("a")
        put(ledger, article("a"))
        assert not ledger.was_withdrawn("a")
        assert ledger.changed(since) == ("urn:a", "urn:b", "urn:d")


def test_corrections_of_the_same_text_are_no_change(path: Path) -> None:
    with Ledger.open(path, write=True) as ledger:
        ledger.set_corrections("a.yaml", "- same")
        change = ledger.change
        ledger.set_corrections("b.yaml", "- same")
        assert ledger.change == change
        assert ledger.corrections() == ("b.yaml", "- same")
        ledger.set_corrections("b.yaml", "")
        assert ledger.change == change + 1


# What the tables were before a run said whether it built or removed.
OLD = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, graph TEXT NOT NULL, content TEXT NOT NULL, digest BLOB NOT NULL,
    quads BLOB NOT NULL, mentions INTEGER NOT NULL, triples INTEGER NOT NULL,
    change INTEGER NOT NULL, run INTEGER NOT NULL
);
CREATE TABLE withdrawn (id TEXT PRIMARY KEY, graph TEXT NOT NULL, change INTEGER NOT NULL);
CREATE TABLE runs (
    run INTEGER PRIMARY KEY, inputs TEXT NOT NULL, started TEXT NOT NULL, ended TEXT, quads BLOB
);
INSERT INTO runs (inputs, started) VALUES ('["reports"]', '2026-11-01T00:00:00Z');
PRAGMA user_version = 1;
"""


@pytest.mark.parametrize("write", [False, True])
def test_an_older_ledger_is_brought_up_to_date(path: Path, write: bool) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(OLD)
    connection.close()
    for _ in range(2):
        with Ledger.open(path, write=write) as ledger:
            (run,) = ledger.runs()
            assert (run.command, run.inputs, run.ended) == ("build", ("reports",), None)
    with Ledger.open(path, write=True) as ledger:
        ledger.begin_run("remove", ["a"], "2026-11-02T00:00:00Z")
        assert [run.command for run in ledger.runs()] == ["build", "remove"]
        put(ledger, article("a"))


def test_a_later_ledger_is_refused(path: Path) -> None:
    Ledger.open(path, write=True).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {LAYOUT + 1}")
    connection.close()
    with pytest.raises(ResourceError, match="made by a later version of newskg: install that version"):
        Ledger.open(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"nothing of the kind" * 99, "take it from a backup"), (None, "check that it is there")],
)
def test_a_broken_ledger_is_said_in_one_line(path: Path, content: bytes | None, message: str) -> None:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ResourceError, match=message) as caught:
        Ledger.open(path)
    assert "\n" not in str(caught.value)


def test_a_full_disk_is_said_with_the_remedy(path: Path) -> None:
    with Ledger.open(path, write=True) as ledger:
        ledger._rows.execute("PRAGMA max_page_count = 16")
        with pytest.raises(ResourceError, match="full: free some space: what was read so far is kept"):
            for number in range(1000):
                put(ledger, article(f"{number}" * 99))
    with Ledger.open(path, write=True) as ledger:
        assert ledger.counts()[0] > 0
