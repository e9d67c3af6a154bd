"""The least that fills an Oxigraph store on the disk, and the least that writes one out.

python tests/bench/bare_store.py load GRAPH.nq FOLDER       its own bulk load
python tests/bench/bare_store.py union GRAPH.nq FOLDER      the triples of all graphs, in the default graph
python tests/bench/bare_store.py dump FOLDER GRAPH.ttl      the default graph as it comes
"""

from __future__ import annotations

import sys
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse


def load(graph: Path, folder: Path) -> None:
    """Fill a new store."""
    Store(folder).bulk_load(path=graph, format=RdfFormat.N_QUADS)


def union(graph: Path, folder: Path) -> None:
    """Fill a new store with triples."""
    quads = parse(path=graph, format=RdfFormat.N_QUADS)
    Store(folder).bulk_extend(Quad(*quad.triple) for quad in quads)


def dump(folder: Path, graph: Path) -> None:
    """Write Turtle, unsorted."""
    Store.read_only(str(folder)).dump(graph, RdfFormat.TURTLE, from_graph=DefaultGraph())


if __name__ == "__main__":
    {"load": load, "union": union, "dump": dump}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
