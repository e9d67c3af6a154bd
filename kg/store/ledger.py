"""The ledger: every article of a store as it was read, in SQLite, each there whole or not at all.

It is what the graphs are made from. Each change is numbered, so that what a generation of graphs lacks can
be told. Nothing is done to what was put until `commit`; a process that is ended before loses only that.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import ResourceError
from kg.model import ReadArticle

_WAIT = 30.0
"""Seconds to wait while another process writes."""

_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, graph TEXT NOT NULL, content TEXT NOT NULL, digest BLOB NOT NULL,
    quads BLOB NOT NULL, mentions INTEGER NOT NULL, triples INTEGER NOT NULL,
    change INTEGER NOT NULL, run INTEGER NOT NULL
);
CREATE INDEX articles_by_change ON articles (change);
CREATE TABLE withdrawn (id TEXT PRIMARY KEY, graph TEXT NOT NULL, change INTEGER NOT NULL);
CREATE TABLE runs (
    run INTEGER PRIMARY KEY, command TEXT NOT NULL, inputs TEXT NOT NULL,
    started TEXT NOT NULL, ended TEXT, quads BLOB
);
"""
LAYOUT = 2
"""The version of these tables, which SQLite keeps as `user_version`."""

_MIGRATIONS = {1: "ALTER TABLE runs ADD COLUMN command TEXT NOT NULL DEFAULT 'build'"}
"""What makes of one layout the next."""

_RUN = "run, command, inputs, started, ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One ``build`` or ``remove``: what it was given, when it began and ended, None where it did not end.

    Times are ISO 8601, UTC.
    """

    number: int
    command: str
    started: str
    ended: str | None
    inputs: tuple[str, ...]


class Ledger:
    """An open ledger; close it, or use it in a `with`. Raises `ResourceError` where the file gives out."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._rows = connection
        self._change = int(self._fact("change") or 0)

    @classmethod
    def open(cls, path: Path, *, write: bool = False) -> Ledger:
        """The ledger in the file `path`; made where there is none, to write."""
        with _said(path):
            uri = f"{path.resolve().as_uri()}?mode={'rwc' if write else 'ro'}"
            connection = sqlite3.connect(uri, uri=True, timeout=_WAIT, isolation_level=None)
            if write:
                connection.execute("PRAGMA synchronous = FULL")
            layout = connection.execute("PRAGMA user_version").fetchone()[0]
            if layout > LAYOUT:
                connection.close()
                raise ResourceError(f"{path}: was made by a later version of newskg: install that version")
            if layout < LAYOUT:
                if not write:
                    connection.close()
                    Ledger.open(path, write=True).close()
                    return cls.open(path)
                _bring_up(connection)
            return cls(path, connection)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives the file back; what was not committed is gone."""
        self._rows.close()

    @property
    def change(self) -> int:
        """The number of the last change."""
        return self._change

    def settings(self) -> dict[str, Any] | None:
        """What the articles were read with; None where none was read yet."""
        text = self._fact("settings")
        return None if text is None else dict(json.loads(text))

    def set_settings(self, settings: Mapping[str, Any]) -> None:
        """Says what the articles are read with."""
        self._set_fact("settings", json.dumps(settings, sort_keys=True))

    def corrections(self) -> tuple[str, str] | None:
        """Name and text of the file of corrections that the articles are merged with; None for none."""
        text = self._fact("corrections")
        if text is None:
            return None
        name, content = json.loads(text)
        return str(name), str(content)

    def set_corrections(self, name: str, text: str) -> None:
        """Takes a file of corrections in the place of what was there: a change, where its text is another."""
        held = self.corrections()
        if held is None or held[1] != text:
            self._next_change()
        self._set_fact("corrections", json.dumps([name, text]))

    def content(self, identifier: str) -> str | None:
        """The hash of the article's content as it was last read; None where it is not here."""
        with _said(self.path):
            row = self._rows.execute("SELECT content FROM articles WHERE id = ?", (identifier,)).fetchone()
        return None if row is None else str(row[0])

    def put(self, article: ReadArticle, graph: str, run: int) -> None:
        """Takes an article, in the place of what it was before."""
        change = self._next_change()
        values = (
            *(
                article.id,
                graph,
                article.content,
                zlib.compress(article.digest),
                zlib.compress(article.quads),
            ),
            *(article.mentions, article.triples, change, run),
        )
        with _said(self.path):
            self._rows.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
            self._rows.execute("DELETE FROM withdrawn WHERE id = ?", (article.id,))

    def withdraw(self, identifier: str) -> None:
        """Lets go of an article."""
        change = self._next_change()
        with _said(self.path):
            self._rows.execute(
                "INSERT OR REPLACE INTO withdrawn SELECT id, graph, ? FROM articles WHERE id = ?",
                (change, identifier),
            )
            self._rows.execute("DELETE FROM articles WHERE id = ?", (identifier,))

    def commit(self) -> None:
        """Keeps for good what was done."""
        with _said(self.path):
            if self._rows.in_transaction:
                self._rows.execute("COMMIT")

    def changed(self, since: int) -> tuple[str, ...]:
        """The graphs of the articles that came, changed or went after the change numbered `since`, sorted."""
        text = (
            "SELECT graph FROM articles WHERE change > ?1 UNION SELECT graph FROM withdrawn WHERE change > ?1"
        )
        return tuple(row[0] for row in self._select(f"{text} ORDER BY graph", since))

    def was_withdrawn(self, identifier: str) -> bool:
        """Whether the article was here, went, and did not come back."""
        return next(self._select("SELECT 1 FROM withdrawn WHERE id = ?", identifier), None) is not None

    def identifiers(self) -> Iterator[str]:
        """The ids of all articles, sorted."""
        return (row[0] for row in self._select("SELECT id FROM articles ORDER BY id"))

    def with_graph(self, graph: str) -> str | None:
        """The id of the article whose graph has this IRI."""
        row = next(self._select("SELECT id FROM articles WHERE graph = ?", graph), None)
        return None if row is None else str(row[0])

    def digests(self) -> Iterator[bytes]:
        """The digests of all articles, by id."""
        return (zlib.decompress(row[0]) for row in self._select("SELECT digest FROM articles ORDER BY id"))

    def quads(self, since: int = 0) -> Iterator[bytes]:
        """The graphs of the articles that came or changed after the change `since`, as N-Quads, by id."""
        found = self._select("SELECT quads FROM articles WHERE change > ? ORDER BY id", since)
        return (zlib.decompress(row[0]) for row in found)

    def counts(self) -> tuple[int, int, int]:
        """The number of articles, of their mentions and of their triples."""
        row = next(self._select("SELECT count(*), total(mentions), total(triples) FROM articles"))
        return int(row[0]), int(row[1]), int(row[2])

    def begin_run(self, command: str, inputs: Sequence[str], started: str) -> int:
        """Writes down that a run began; its number."""
        with _said(self.path):
            self._begin()
            text = "INSERT INTO runs (command, inputs, started) VALUES (?, ?, ?)"
            number = self._rows.execute(text, (command, json.dumps(list(inputs)), started)).lastrowid
        self.commit()
        assert number is not None
        return number

    def end_run(self, number: int, ended: str | None, quads: bytes) -> None:
        """Writes down what is known of a run, `quads` as N-Quads; None where it did not come to its end."""
        with _said(self.path):
            self._begin()
            text = "UPDATE runs SET ended = ?, quads = ? WHERE run = ?"
            self._rows.execute(text, (ended, zlib.compress(quads), number))

    def read_in(self, run: int) -> Iterator[tuple[str, str]]:
        """Id and content hash of the articles that the run read, by id."""
        text = "SELECT id, content FROM articles WHERE run = ? ORDER BY id"
        return ((row[0], row[1]) for row in self._select(text, run))

    def runs(self) -> tuple[Run, ...]:
        """The runs, the earliest first."""
        return tuple(map(_run, self._select(f"SELECT {_RUN} FROM runs ORDER BY run")))

    def open_runs(self) -> tuple[Run, ...]:
        """The runs of which nothing is written down but that they began."""
        text = f"SELECT {_RUN} FROM runs WHERE quads IS NULL ORDER BY run"
        return tuple(map(_run, self._select(text)))

    def run_quads(self) -> Iterator[bytes]:
        """What is known of each run that ended, as N-Quads."""
        found = self._select("SELECT quads FROM runs WHERE quads IS NOT NULL ORDER BY run")
        return (zlib.decompress(row[0]) for row in found)

    def _begin(self) -> None:
        if not self._rows.in_transaction:
            self._rows.execute("BEGIN IMMEDIATE")

    def _next_change(self) -> int:
        self._change += 1
        self._set_fact("change", str(self._change))
        return self._change

    def _fact(self, name: str) -> str | None:
        row = next(self._select("SELECT value FROM facts WHERE name = ?", name), None)
        return None if row is None else str(row[0])

    def _set_fact(self, name: str, value: str) -> None:
        with _said(self.path):
            self._begin()
            self._rows.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def _select(self, text: str, *values: object) -> Iterator[tuple[Any, ...]]:
        with _said(self.path):
            yield from self._rows.execute(text, values)


def _bring_up(connection: sqlite3.Connection) -> None:
    """Makes the tables, or those of an earlier version as they are now, at once."""
    connection.execute("BEGIN IMMEDIATE")
    layout = connection.execute("PRAGMA user_version").fetchone()[0]
    for statement in _SCHEMA.split(";") if not layout else [_MIGRATIONS[at] for at in range(layout, LAYOUT)]:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {LAYOUT}")
    connection.execute("COMMIT")


def _run(row: tuple[Any, ...]) -> Run:
    number, command, inputs, started, ended = row
    return Run(number=number, command=command, inputs=tuple(json.loads(inputs)), started=started, ended=ended)


@contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        what = str(error)
        if "full" in what:
            mend = "free some space: what was read so far is kept"
        elif "locked" in what or "busy" in what:
            mend = "another program holds it: try again when it is done"
        elif isinstance(error, sqlite3.OperationalError):
            mend = "check that it is there, whole and not write-protected"
        else:
            mend = "it is broken: take it from a backup, or build the articles into a new folder"
        raise ResourceError(f"{path}: {what}: {mend}") from None
