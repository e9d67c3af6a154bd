"""The embedded store, opened to be asked: a folder, no server. What is asked never changes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat
from pyoxigraph import Store as Oxigraph

from kg.errors import ResourceError, reason
from kg.store.generations import open_current
from kg.store.ledger import Ledger
from kg.store.state import State, read_state

_TRIES = 3


class EmbeddedStore:
    """The graphs of a store as they were when it was opened; `open_folder` opens it."""

    def __init__(self, folder: Path, state: State, quads: Oxigraph) -> None:
        self._folder, self.state, self._quads = folder, state, quads

    def query(self, text: str, /) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Ask a query over the union of all graphs; raises `SyntaxError` where the text is no query.

        The graph of runs is in no union: a query that names it by its IRI is asked of it alone.
        """
        quads = self._quads
        if self.state.runs is not None and f"<{self.state.runs}>" in text:
            quads = self._runs()
        try:
            return quads.query(text, use_default_graph_as_union=True)
        except OSError as error:
            raise ResourceError(f"{self._folder}: cannot be read: {reason(error)}") from None

    def graphs(self) -> Iterator[str | None]:
        """The IRIs of the graphs, sorted; each triple stands in a named one."""
        yield from sorted(name.value for name in self._quads.named_graphs())

    def size(self, graph: str) -> int:
        """The number of triples in a graph."""
        rows = self._quads.query(
            f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {NamedNode(graph)} {{ ?s ?p ?o }} }}"
        )
        assert isinstance(rows, QuerySolutions)
        return int(next(rows)["n"].value)

    def dump(self, stream: IO[bytes], /, graph: str | None = None) -> None:
        """Write all quads as N-Quads, or the triples of `graph` as N-Triples."""
        if graph is None:
            self._quads.dump(stream, RdfFormat.N_QUADS)
        else:
            self._quads.dump(stream, RdfFormat.N_TRIPLES, from_graph=NamedNode(graph))

    def __len__(self) -> int:
        return len(self._quads)

    def close(self) -> None:
        """Gives the files back."""
        self._quads = Oxigraph()

    def _runs(self) -> Oxigraph:
        found = Oxigraph()
        if self.state.ledger is not None:
            with Ledger.open(self._folder / self.state.ledger) as ledger:
                for quads in ledger.run_quads():
                    found.load(quads, RdfFormat.N_QUADS)
        return found


def open_folder(folder: Path) -> EmbeddedStore:
    """Opens the store in `folder`, as the last build left it, also while another is at work.

    Raises `ResourceError` where there is none, it is broken, or a later version of the program wrote it.
    """
    for left in reversed(range(_TRIES)):
        state = read_state(folder)
        try:
            return EmbeddedStore(folder, state, open_current(folder, state))
        except ResourceError:
            if not left or read_state(folder) == state:  # else two builds came to their end meanwhile
                raise
    raise AssertionError
