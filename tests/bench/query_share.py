"""The time of each saved query through `kg.query` and through the bare engine, on stores of the same quads.

python tests/bench/query_share.py STORE BARE_FOLDER ROUNDS

Both read all rows in this process; they take turns, and the best of the rounds counts. Prints JSON: by query
the seconds of each and the number of rows.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from pyoxigraph import QueryTriples
from pyoxigraph import Store as Oxigraph

from kg.query import engine, saved
from kg.query.results import Bindings, Graph
from kg.resources import queries_dir
from kg.store.opening import open_source
from kg.store.protocol import Store


def through_kg(store: Store, name: str) -> int:
    """Ask a saved query as `kg query` does; the number of rows."""
    found = saved.find_query(name, queries_dir())
    answer = engine.run(store, found.text, name=found.name)
    if isinstance(answer, Graph):
        return len(list(answer.triples))
    assert isinstance(answer, Bindings)
    return len(list(answer.rows))


def bare(store: Oxigraph, name: str) -> int:
    """Ask the text of a saved query; the number of rows."""
    text = (queries_dir() / f"{name}.rq").read_text(encoding="utf-8")
    answer = store.query(text, use_default_graph_as_union=True)
    if isinstance(answer, QueryTriples):
        return len(list(answer))
    return len([tuple(row) for row in answer])  # type: ignore[union-attr]


def timed(ask: Callable[[], int]) -> tuple[float, int]:
    """Seconds, and the number of rows."""
    start = time.perf_counter()
    rows = ask()
    return time.perf_counter() - start, rows


def main(folder: str, bare_folder: str, rounds: int) -> None:
    """Print what each query takes."""
    store, oxigraph = open_source(folder), Oxigraph.read_only(bare_folder)
    found: dict[str, dict[str, float]] = {}
    for name in sorted(path.stem for path in queries_dir().glob("*.rq")):
        ours, theirs = [], []
        rows = 0
        for _ in range(rounds):
            seconds, rows = timed(lambda name=name: through_kg(store, name))  # type: ignore[misc]
            ours.append(seconds)
            seconds, other = timed(lambda name=name: bare(oxigraph, name))  # type: ignore[misc]
            theirs.append(seconds)
            assert rows == other, f"{name}: {rows} rows and {other}"
        found[name] = {"ours": min(ours), "theirs": min(theirs), "rows": rows}
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
