"""What a store of graphs can do, whatever stands behind it: a file, a folder, a server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Protocol, runtime_checkable

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples


@runtime_checkable
class Store(Protocol):
    """A set of named graphs that answers queries over their union.

    What only concerns how the store was made (``<base>graph/runs``) is in none of these answers.
    """

    def query(self, text: str, /) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Ask a SPARQL 1.1 query; the default graph is the union of all graphs.

        Raises `SyntaxError` where the text is no query, `ResourceError` where the store cannot answer.
        """
        ...

    def graphs(self) -> Iterator[str | None]:
        """The IRIs of the graphs that hold something, sorted; None, first, is the default graph."""
        ...

    def dump(self, stream: IO[bytes], /, graph: str | None = None) -> None:
        """Write all quads as N-Quads, in no order; of one graph as N-Triples, where `graph` names one."""
        ...

    def __len__(self) -> int:
        """The number of quads."""
        ...

    def close(self) -> None:
        """Gives back what the store holds open."""
        ...
