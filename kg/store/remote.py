"""A store behind a SPARQL endpoint: asked as a file or a folder is, over the union of its graphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from kg.errors import ResourceError
from kg.store.remote_config import named
from kg.store.remote_credentials import Credentials
from kg.store.remote_discovery import Services, discover
from kg.store.remote_http import Client, Patience, RefusedError, UnauthorizedError, body, shown
from kg.store.remote_limits import all_rows, check_whole
from kg.store.remote_query import ask, read_triples, triples
from kg.store.remote_union import Union, find_union, is_apart

_FIRST_TRIES = 2
"""A server that does not answer at all is not waited for long: its URL may be wrong."""


class RemoteStore:
    """The graphs of an endpoint; `open_endpoint` makes one.

    The terms of every answer are in canonical form (`kg.store.remote_terms`).
    """

    def __init__(self, client: Client, services: Services) -> None:
        self.client = client
        self.services = services
        self._union: Union | None = None
        self._readers = services.graph_stores  # those that may give a graph; one, or none, once that is known

    @property
    def url(self) -> str:
        """The URL of its query service, as a message may show it."""
        return shown(self.services.query)

    def query(self, text: str, /) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Ask a query over the union of all graphs.

        Raises `SyntaxError` where the text is no query, `ResourceError` where the server does not answer it.
        """
        union = self._known_union()
        prologue = union.prologue_for(text)
        found = ask(self.client, self.services.query, text, union.parameters_for(text), prologue)
        if isinstance(found, QueryTriples):
            check_whole(self.client, self.services.query, text, prologue)
        return found

    def request(self, text: str) -> str:
        """What goes along with the query `text` when it is sent, so that its default graph is the union: as
        comments of SPARQL, and what is written before the query."""
        union = self._known_union()
        along = [
            f"# with {name}={one}\n" for name, values in union.parameters_for(text).items() for one in values
        ]
        return f"# POST {self.url}\n{''.join(along)}{union.prologue_for(text)}"

    def graphs(self) -> Iterator[str | None]:
        """The IRIs of the graphs that hold something, sorted; None, first, is the default graph where the
        server tells it from the union. Graphs that the server keeps for itself are left out."""
        counted = self.counts()
        if self._nameless(counted):
            yield None
        yield from sorted(counted)

    def counts(self) -> dict[str, int]:
        """How many triples each graph holds, by its IRI; those that `graphs` leaves out are not there."""
        rows = all_rows(
            self.client,
            self.services.query,
            "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        )
        return {
            row["g"].value: int(row["n"].value)
            for row in rows
            if isinstance(row["g"], NamedNode) and not is_apart(row["g"].value)
        }

    def count(self, graph: str) -> int:
        """How many triples a graph holds, asked on its own."""
        return self._count(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {NamedNode(graph)} {{ ?s ?p ?o }} }}")

    def dump(self, stream: IO[bytes], /, graph: str | None = None) -> None:
        """Write all quads as N-Quads, or the triples of `graph` as N-Triples.

        Raises `ResourceError` where the server gives fewer triples than it counts.
        """
        if graph is not None:
            serialize(self._triples(graph), stream, RdfFormat.N_TRIPLES)
            return
        for name in self.graphs():
            found = self._triples(name)
            if name is None:
                serialize(
                    (Quad(one.subject, one.predicate, one.object) for one in found), stream, RdfFormat.N_QUADS
                )
            else:
                node = NamedNode(name)
                serialize(
                    (Quad(one.subject, one.predicate, one.object, node) for one in found),
                    stream,
                    RdfFormat.N_QUADS,
                )

    def __len__(self) -> int:
        """The number of quads, in the graphs that `graphs` names."""
        counted = self.counts()
        return sum(counted.values()) + self._nameless(counted)

    def refresh(self) -> None:
        """Forget which graphs there were: they have changed."""
        self._union = None

    def close(self) -> None:
        """Close its connections."""
        self.client.close()

    def _nameless(self, counted: Mapping[str, int]) -> int:
        """How many triples the default graph holds, where it is not the union of the others."""
        union = self._known_union()
        if union.parameters or (not counted and not union.prologue):
            return self._count("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        return 0

    def _triples(self, graph: str | None) -> Iterator[Triple]:
        """The triples of a graph as they come, counted."""
        if graph is None:
            yield from triples(self.client, self.services.query, "CONSTRUCT WHERE { ?s ?p ?o }")
            return
        count, wanted = 0, self.count(graph)
        for one in self._read(graph):
            count += 1
            yield one
        if count != wanted:
            raise ResourceError(
                f"{self.url}: gives {count:,} of the {wanted:,} triples of {graph}: raise the server's limit"
            )

    def _read(self, graph: str) -> Iterator[Triple]:
        """A graph by the graph store protocol, which no limit on results cuts; else by CONSTRUCT."""
        for url in self._readers:
            try:
                response = self.client.send(
                    "GET", url, params={"graph": graph}, headers={"Accept": "application/n-triples"}
                )
            except (RefusedError, UnauthorizedError):
                continue
            if response.headers.get("content-type", "").startswith("application/n-triples"):
                self._readers = (url,)
                yield from read_triples(body(response), url)
                return
            response.close()
        self._readers = ()
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {NamedNode(graph)} {{ ?s ?p ?o }} }}"
        yield from triples(self.client, self.services.query, text)

    def _known_union(self) -> Union:
        if self._union is None:
            self._union = find_union(self.client, self.services.query)
        return self._union

    def _count(self, text: str) -> int:
        (row,) = all_rows(self.client, self.services.query, text)
        return int(row["n"].value)


def open_endpoint(
    url_or_name: str,
    *,
    timeout: float | None = None,
    tries: int = 1,
    credentials: Credentials | None = None,
) -> RemoteStore:
    """The store at a server's root, a dataset's URL or its query URL, or of a name in the configuration.

    `timeout` is in seconds without a byte, `tries` how often a request is made that fails for a while.
    Credentials are those of the environment if not given. Raises `UsageError` for an unknown name or a URL
    with a password in it, `UnauthorizedError` where the server wants a user, and `ResourceError` where it
    does not answer or is no SPARQL endpoint.
    """
    endpoint = named(url_or_name)
    patience = Patience(tries=tries) if timeout is None else Patience(tries=tries, timeout=timeout)
    client = Client(credentials or endpoint.credentials(), replace(patience, tries=min(tries, _FIRST_TRIES)))
    try:
        services = discover(client, endpoint)
        client.patience = patience
        return RemoteStore(client, services)
    except BaseException:
        client.close()
        raise
