"""A million triples in the embedded store: taken in, written out and asked, beside the bare engine."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import big_graph
from measuring import KG, Ratio, measure, told

TRIPLES = 1_000_000
_HERE = Path(__file__).parent
_BARE = (sys.executable, _HERE / "bare_store.py")
_SHARE = (sys.executable, _HERE / "query_share.py")
_RDFLIB = (sys.executable, _HERE / "rdflib_queries.py")
_RDFLIB_SECONDS = 10
_ALLOWED_SECONDS = 0.02


def bench_store(work: Path, rounds: int) -> Iterator[Ratio]:
    """Import into a new store and into one that holds as much already; sorted export."""
    graph, other = work / "graph.nq", work / "other.nq"
    big_graph.write(graph, TRIPLES, "https://example.org/one/")
    big_graph.write(other, TRIPLES, "https://example.org/other/")
    store, bare, filled, more = work / "store", work / "bare", work / "filled", work / "more"
    measure([*KG, "import", other, filled])
    new, again, theirs = [], [], []
    for _ in range(rounds):
        _clear(store, bare, more)
        new.append(measure([*KG, "import", graph, store]).seconds)
        theirs.append(measure([*_BARE, "load", graph, bare]).seconds)
        shutil.copytree(filled, more)
        again.append(measure([*KG, "import", graph, more]).seconds)
    yield _seconds("kg import : bulk load", min(new), min(theirs), 1.5)
    yield _seconds("kg import, filled : bulk load", min(again), min(theirs), 3)
    _clear(bare, filled, more)
    measure([*_BARE, "union", graph, bare])
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(measure([*KG, "export", store, "-o", work / "ours.ttl"]).seconds)
        theirs.append(measure([*_BARE, "dump", bare, work / "theirs.ttl"]).seconds)
    yield _seconds("kg export, sorted : bare dump", min(ours), min(theirs), 2.5)


def bench_queries(work: Path, rounds: int) -> Iterator[Ratio]:
    """Each saved query without parameters; a line for rdflib, where it answers in time, below each."""
    graph, store, bare = work / "graph.nq", work / "store", work / "bare"
    big_graph.write(graph, TRIPLES, "https://example.org/one/")
    measure([*KG, "import", graph, store])
    measure([*_BARE, "load", graph, bare])
    rdflib = told([*_RDFLIB, graph, _RDFLIB_SECONDS])["queries"]
    for name, taken in told([*_SHARE, store, bare, rounds]).items():
        ours, theirs = taken["ours"], taken["theirs"]
        yield Ratio(
            name=f"{name}, {taken['rows']:.0f} rows",
            ours=f"{ours * 1000:.1f} ms",
            theirs=f"{theirs * 1000:.1f} ms",
            value=max(ours - _ALLOWED_SECONDS, 0) / theirs,
            high=1.3,
            note=f"rdflib {_seconds_or_more(rdflib[name])}",
        )


def _seconds(name: str, ours: float, theirs: float, high: float) -> Ratio:
    return Ratio(name=name, ours=f"{ours:.1f} s", theirs=f"{theirs:.1f} s", value=ours / theirs, high=high)


def _seconds_or_more(seconds: float | None) -> str:
    return f"over {_RDFLIB_SECONDS} s" if seconds is None else f"{seconds:.1f} s"


def _clear(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
