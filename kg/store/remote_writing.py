"""Writing a graph to a server: SPARQL 1.1 Graph Store HTTP Protocol, or SPARQL Update where that is not.

A server's answer of 200 proves nothing (Virtuoso gives it to N-Quads and keeps none), so a way of writing
is taken only after a triple that was written by it is seen by a query, and gone after its removal.
"""

from __future__ import annotations

import uuid
from typing import Protocol
from urllib.parse import urlencode

from pyoxigraph import NamedNode, QueryBoolean

from kg.errors import ResourceError
from kg.store.remote import RemoteStore
from kg.store.remote_http import Client, RefusedError, UnauthorizedError, shown
from kg.store.remote_query import ask

_TRIPLE = "<urn:x-newskg:probe> <urn:x-newskg:probe> <urn:x-newskg:probe> ."
_N_TRIPLES = {"Content-Type": "application/n-triples"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Writer(Protocol):
    """A way to write graphs. `name` says which, `most` how many triples one request should hold,
    and `takes_large` says whether it may hold more where it must.

    All raise as `kg.store.remote_http.Client.send` does.
    """

    name: str
    most: int
    takes_large: bool

    def replace(self, graph: str, triples: bytes, /, *, more: bool = False) -> None:
        """Make `graph` hold these triples (N-Triples) and no others; `more` when others will be added."""
        ...

    def add(self, graph: str, triples: bytes, /) -> None:
        """Add triples to `graph`."""
        ...

    def remove(self, graph: str, /) -> None:
        """Take `graph` away, if it is there."""
        ...


class ProtocolWriter:
    """The graph store at a URL: PUT, POST and DELETE of one graph, in N-Triples."""

    most = 100_000
    takes_large = True

    def __init__(self, client: Client, url: str) -> None:
        self.name = f"graph store protocol at {shown(url)}"
        self._client, self._url = client, url

    def replace(self, graph: str, triples: bytes, /, *, more: bool = False) -> None:
        """See `Writer`."""
        self._send("PUT", graph, triples, large=more)

    def add(self, graph: str, triples: bytes, /) -> None:
        """See `Writer`."""
        self._send("POST", graph, triples, large=True)

    def remove(self, graph: str, /) -> None:
        """See `Writer`."""
        try:
            self._client.read("DELETE", self._url, params={"graph": graph})
        except RefusedError as error:
            if error.status != 404:
                raise

    def _send(self, method: str, graph: str, triples: bytes, *, large: bool) -> None:
        params = {"graph": graph}
        if large and self._client.server.startswith("Oxigraph"):
            # Four times as fast; and several requests are no transaction anyway.
            params["no_transaction"] = "true"
        self._client.read(method, self._url, params=params, content=triples, headers=_N_TRIPLES)


class UpdateWriter:
    """SPARQL Update: small pieces, since some engines parse an update in one frame of memory."""

    most = 1_000
    takes_large = False

    def __init__(self, client: Client, url: str) -> None:
        self.name = f"SPARQL Update at {shown(url)}"
        self._client, self._url = client, url

    def replace(self, graph: str, triples: bytes, /, *, more: bool = False) -> None:  # noqa: ARG002
        """See `Writer`."""
        self.remove(graph)
        self.add(graph, triples)

    def add(self, graph: str, triples: bytes, /) -> None:
        """See `Writer`."""
        self._send(f"INSERT DATA {{ GRAPH {NamedNode(graph)} {{\n{triples.decode()}}} }}")

    def remove(self, graph: str, /) -> None:
        """See `Writer`."""
        self._send(f"DROP SILENT GRAPH {NamedNode(graph)}")

    def _send(self, update: str) -> None:
        self._client.read("POST", self._url, content=urlencode({"update": update}).encode(), headers=_FORM)


def find_writer(store: RemoteStore) -> Writer:
    """The first way of writing that works on the server of `store`.

    Raises `UnauthorizedError` where it wants a user, `ResourceError`, with what was tried, where none works.
    """
    client, services = store.client, store.services
    refused: UnauthorizedError | None = None
    ways: list[Writer] = [ProtocolWriter(client, url) for url in services.graph_stores]
    ways += [UpdateWriter(client, url) for url in services.updates]
    for way in ways:
        try:
            if _works(way, client, services.query):
                return way
        except UnauthorizedError as error:
            refused = refused or error
        except RefusedError:
            continue
    if refused is not None:
        raise refused
    tried = ", ".join(way.name for way in ways)
    raise ResourceError(
        f"{store.url}: takes no graphs (tried {tried}): allow writing at the server, or name its graph-store"
        " in endpoints.toml"
    )


def _works(way: Writer, client: Client, query: str) -> bool:
    """Whether a graph of one triple, written this way, is there, and after its removal is not."""
    graph = f"urn:x-newskg:probe:{uuid.uuid4()}"
    seen = f"ASK {{ GRAPH {NamedNode(graph)} {{ {_TRIPLE} }} }}"
    way.replace(graph, f"{_TRIPLE}\n".encode())
    if not _yes(client, query, seen):
        return False
    way.remove(graph)
    return not _yes(client, query, seen)


def _yes(client: Client, query: str, text: str) -> bool:
    answer = ask(client, query, text)
    assert isinstance(answer, QueryBoolean)
    return bool(answer)
