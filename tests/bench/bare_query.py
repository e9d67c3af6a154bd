"""The least that answers a query: load a graph into Oxigraph, run the text of a file, print the rows.

python tests/bench/bare_query.py QUERY GRAPH
"""

from __future__ import annotations

import sys
from pathlib import Path

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store


def main(query: Path, graph: Path) -> None:
    """Print the rows as CSV."""
    store = Store()
    store.bulk_load(path=str(graph), format=RdfFormat.from_extension(graph.suffix[1:]))
    rows = store.query(query.read_text(encoding="utf-8"), use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    rows.serialize(output=sys.stdout.buffer, format=QueryResultsFormat.CSV)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
