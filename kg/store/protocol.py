"""What a store of graphs can do, whatever stands behind it: a file, a folder, a server."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples


@runtime_checkable
class Store(Protocol):
    """A set of named graphs that answers queries over their union."""

    def query(self, text: str, /) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Ask a SPARQL 1.1 query; the default graph is the union of all graphs.

        Raises `SyntaxError` where the text is no query.
        """
        ...

    def __len__(self) -> int:
        """The number of quads."""
        ...
