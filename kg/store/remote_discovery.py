"""From any URL of a server to that of its query service, and to where its other services may be.

A URL is tried, not believed: one counts as a query service when it answers ``ASK {}``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from pyoxigraph import QueryBoolean

from kg.errors import ResourceError
from kg.store.remote_config import Endpoint
from kg.store.remote_http import Client, RefusedError, UnauthorizedError, UnreachableError, shown
from kg.store.remote_query import ask

_PROBE = "ASK {}"
# What query services are called below a server's root or a dataset; and what other services are called,
# to which no query is sent.
_QUERY = ("query", "sparql", "sparql-auth")
_OTHER = ("update", "store", "data", "get", "sparql-graph-crud", "sparql-graph-crud-auth")
# Where servers keep a graph store: Oxigraph, Fuseki, Virtuoso (twice), RDF4J and GraphDB; and updates.
_GRAPH_STORES = ("store", "data", "sparql-graph-crud-auth", "sparql-graph-crud", "rdf-graphs/service")
_UPDATES = ("update", "sparql-auth", "statements", "sparql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The services of an endpoint: the one that answers queries, and where the others may be, likeliest
    first."""

    query: str
    graph_stores: tuple[str, ...]
    updates: tuple[str, ...]


def discover(client: Client, endpoint: Endpoint) -> Services:
    """The services behind any URL of a server.

    Raises `UnreachableError` where nothing answers, `UnauthorizedError` where it wants a user, and
    `ResourceError`, with what was tried, where nothing there answers SPARQL.
    """
    given = endpoint.url.rstrip("/")
    tried: list[str] = []
    hints: list[str] = []
    for url in _candidates(given):
        tried.append(url)
        if _answers(client, url, hints):
            return _services(endpoint, url)
    for url in _dataset(client, given):
        tried.append(url)
        if _answers(client, url, hints):
            return _services(endpoint, url)
    if hints:
        raise ResourceError(hints[0])
    paths = ", ".join(urlsplit(url).path or "/" for url in tried)
    raise ResourceError(f"{shown(given)}: no SPARQL service there (tried {paths}): give its query URL")


def _answers(client: Client, url: str, hints: list[str]) -> bool:
    """Whether `url` answers queries; where it sends on to another place, `hints` is told."""
    try:
        answer = ask(client, url, _PROBE)
    except (UnreachableError, UnauthorizedError):
        raise
    except RefusedError as error:
        if 300 <= error.status < 400:
            hints.append(str(error))
        return False
    except ResourceError:
        return False
    return isinstance(answer, QueryBoolean) and bool(answer)


def _candidates(given: str) -> list[str]:
    """Where the query service may be, by a URL that a user gave."""
    base = _base(given)
    found = [f"{base}/{name}" for name in _QUERY[:2]]
    last = urlsplit(given).path.rpartition("/")[2]
    return found if last in _OTHER else list(dict.fromkeys((given, *found)))


def _base(url: str) -> str:
    """`url` without the name of a service at its end."""
    parts = urlsplit(url)
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    path = folder if last in (*_QUERY, *_OTHER) else parts.path.rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _dataset(client: Client, given: str) -> list[str]:
    """The one dataset that a Fuseki server lists at its root; raises `ResourceError` where there are more."""
    parts = urlsplit(given)
    root = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
    try:
        listed = json.loads(client.read("GET", f"{root}/$/datasets", headers={"Accept": "application/json"}))
        names = sorted(str(one["ds.name"]) for one in listed["datasets"])
    except (ResourceError, ValueError, KeyError, TypeError):
        return []
    if len(names) > 1:
        choice = ", ".join(shown(root) + name for name in names)
        raise ResourceError(f"{shown(given)}: holds several datasets: give one of {choice}")
    return [root + name for name in names]


def _services(endpoint: Endpoint, query: str) -> Services:
    """The services beside the query service at `query`; those that the configuration names come first."""
    base = _base(query)
    stores = [f"{base}/{name}" for name in _GRAPH_STORES]
    updates = [f"{base}/{name}" for name in _UPDATES]
    if urlsplit(base).path:  # a dataset, which may take graphs and updates at its own URL
        stores.append(base)
        updates.append(base)
    return Services(
        query=query,
        graph_stores=(endpoint.graph_store,) if endpoint.graph_store else tuple(stores),
        updates=(endpoint.update,) if endpoint.update else tuple(updates),
    )
