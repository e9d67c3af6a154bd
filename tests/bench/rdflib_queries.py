"""What the saved queries take in rdflib, each once and for so long at most: for the reader's sake.

python tests/bench/rdflib_queries.py GRAPH.nq SECONDS

Prints JSON: the seconds to load the graph, and by query its seconds, null where the time ran out.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path

from pyoxigraph import RdfFormat, parse, serialize
from rdflib import Graph

from kg.resources import queries_dir


def main(path: Path, limit: int) -> None:
    """Print what each query takes."""

    def ring(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, ring)
    triples = serialize((quad.triple for quad in parse(path=path)), format=RdfFormat.N_TRIPLES)
    start = time.perf_counter()
    graph = Graph().parse(data=triples, format="nt")
    found: dict[str, float | None] = {}
    loaded = time.perf_counter() - start
    for query in sorted(queries_dir().glob("*.rq")):
        start = time.perf_counter()
        signal.alarm(limit)
        try:
            len(list(graph.query(query.read_text(encoding="utf-8"))))
            found[query.stem] = time.perf_counter() - start
        except TimeoutError:
            found[query.stem] = None
        finally:
            signal.alarm(0)
    print(json.dumps({"load": loaded, "queries": found}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
