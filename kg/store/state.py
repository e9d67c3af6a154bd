"""``newskg.json``: which of the files in a store's folder are the store. It is replaced whole.

    newskg.json        this
    articles-0001.db   the ledger: every article as it was read (`kg.store.ledger`)
    graphs-0007/       a generation: all graphs, in Oxigraph; never written to once it is named here
    merged-0007.nq.gz  the graphs in it that were merged from articles, as sorted lines of N-Quads
    lock               held by whoever writes (`kg.store.lock`)

Whatever else lies there was left by a process that was ended, and is removed by the next that writes.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from kg.atomic import replaced
from kg.errors import ResourceError, UsageError, reason
from kg.store.lock import NAME as LOCK

LAYOUT = 1
"""The version of what lies in the folder, counted up with every change."""

_FILE = "newskg.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a generation holds: our own articles and what is merged from them, and all triples."""

    articles: int = 0
    mentions: int = 0
    entities: int = 0
    positions: int = 0
    events: int = 0
    triples: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a store consists of.

    `ledger` is the name of its ledger, `next_ledger` that of one which is to take its place when all is
    read anew. `generation` is the number of the graphs that are asked (0: none yet), `previous` that of those
    before, which somebody may still have open; `merged` is the name of the file of what is merged in it, and
    `change` the ledger's last change that it holds. `own` is what the IRIs of our own graphs begin with, all
    below `base_iri`; `runs` is the IRI of the graph of runs.
    """

    layout: int = LAYOUT
    ledger: str | None = None
    next_ledger: str | None = None
    generation: int = 0
    previous: int = 0
    merged: str | None = None
    change: int = 0
    base_iri: str = ""
    own: tuple[str, ...] = ()
    runs: str | None = None
    totals: Totals = field(default_factory=Totals)

    def owns(self, graph: str) -> bool:
        """Whether the graph of this IRI is made from articles, rather than imported."""
        return graph.startswith(self.own)


def is_store(folder: Path) -> bool:
    """Whether `folder` holds a store."""
    return (folder / _FILE).is_file()


def graphs_folder(folder: Path, generation: int) -> Path:
    """Where the graphs of a generation are."""
    return folder / f"graphs-{generation:04}"


def read_state(folder: Path) -> State:
    """The state of the store in `folder`.

    Raises `ResourceError` where there is none, it is broken, or a later version of the program wrote it.
    """
    path = folder / _FILE
    try:
        found = json.loads(path.read_bytes())
        layout = found["layout"]
        if not isinstance(layout, int):
            raise ValueError("its layout is no number")
        if layout > LAYOUT:
            raise ResourceError(f"{folder}: was made by a later version of newskg: install that version")
        names = {each.name for each in fields(State)}
        values = {name: value for name, value in found.items() if name in names}
        totals = Totals(**found.get("totals", {}))
        return State(**{**values, "own": tuple(found.get("own", ())), "totals": totals})
    except (FileNotFoundError, NotADirectoryError):
        raise ResourceError(f"{folder}: {_no_store(folder)}") from None
    except OSError as error:
        raise ResourceError(f"{path}: cannot be read: {reason(error)}") from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ResourceError(f"{path}: is broken: build the articles into a new folder") from None


def write_state(folder: Path, state: State) -> None:
    """Makes `state` that of the store, at once and for good. Raises `ResourceError` where it cannot."""
    with replaced(folder / _FILE) as stream:
        stream.write(json.dumps(asdict(state), indent=2).encode("ascii") + b"\n")
    sync_folder(folder)


def check_folder(folder: Path) -> None:
    """Whether a store can be in `folder`, be it there already or not.

    Raises `UsageError` where it holds something else, `ResourceError` where it cannot be looked at.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(
            f"{folder}: is a file, and a store is a folder: name another place, "
            "or for a graph file one that ends in .ttl or the like"
        )
    if not folder.parent.is_dir():
        raise ResourceError(f"{folder.parent}: no such folder: make it with: mkdir -p '{folder.parent}'")
    if not folder.is_dir() or is_store(folder):
        return
    try:
        strange = sorted(path.name for path in folder.iterdir() if not _is_ours(path.name))
    except OSError as error:
        raise ResourceError(f"{folder}: cannot be read: {reason(error)}") from None
    if strange:
        raise UsageError(
            f"{folder}: is no store, and holds other things ({strange[0]}): name a folder that is new"
        )


def prepare_folder(folder: Path) -> None:
    """Makes `folder` where there is none. Raises what `check_folder` does, or where it cannot be made."""
    check_folder(folder)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise ResourceError(f"{folder}: cannot be made: {reason(error)}") from None


def clear_leftovers(folder: Path, state: State) -> None:
    """Removes what no `state` names: half-made generations, old ones, parts of files. Only under the lock."""
    ledgers = {name for name in (state.ledger, state.next_ledger) if name}
    kept = {
        _FILE,
        LOCK,
        state.merged,
        *(graphs_folder(folder, number).name for number in (state.generation, state.previous)),
    }
    for path in sorted(folder.iterdir()):
        if not _is_ours(path.name) or path.name in kept or path.name.startswith(tuple(ledgers)):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def sync_folder(folder: Path) -> None:
    """Makes sure that the names in `folder` outlast a failure of the power, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_ours(name: str) -> bool:
    return name == LOCK or name.startswith(("graphs-", "merged-", "articles-", _FILE, f".{_FILE}."))


def _no_store(folder: Path) -> str:
    if not folder.exists():
        return "no such store: make one with: kg build INPUT... -o STORE"
    if folder.is_dir():
        return f"is no store (it has no {_FILE}): name the folder that 'kg build' made"
    return "is a file, and a store is a folder"
