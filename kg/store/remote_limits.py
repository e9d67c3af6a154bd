"""Answers that a server cuts at a number of rows of its own: told, or asked for in parts.

Virtuoso cuts at its `ResultSetMaxRows`. It says so with rows (`X-SPARQL-MaxRows`), and says nothing with
triples.
"""

from __future__ import annotations

from typing import Any

from pyoxigraph import QuerySolutions

from kg.store.remote_http import Client
from kg.store.remote_query import MOST_ROWS, OWN_LIMIT, CutError, ask, send_query, triples

_CUTS_SILENTLY = "Virtuoso"
_MANY = "SELECT (1 AS ?x) WHERE { ?s ?p ?o } LIMIT 1000000"


def all_rows(client: Client, url: str, text: str) -> list[Any]:
    """The rows of a SELECT without a limit of its own, in parts where the server cuts. Raises as `ask`."""
    try:
        return list(_rows(client, url, text))
    except CutError as error:
        most = max(error.most - 1, 1)
    found: list[Any] = []
    while True:
        part = list(_rows(client, url, f"{text} LIMIT {most} OFFSET {len(found)}"))
        found += part
        if len(part) < most:
            return found


def check_whole(client: Client, url: str, text: str, prologue: str = "") -> None:
    """Raises `CutError` where a server of the silent kind has more triples for a CONSTRUCT than it gave."""
    if not client.server.startswith(_CUTS_SILENTLY):
        return
    most = _most_rows(client, url)
    own = OWN_LIMIT.search(text)
    if most is None or (own is not None and int(own[1]) <= most):
        return
    rest = None if own is not None else f"{text}\nLIMIT 1 OFFSET {most}"
    if rest is None or next(triples(client, url, rest, prologue), None) is not None:
        raise CutError(url, most)


def _most_rows(client: Client, url: str) -> int | None:
    """At how many rows the server cuts, None where what it holds is fewer."""
    response, _ = send_query(client, url, _MANY)
    most = response.headers.get(MOST_ROWS)
    response.close()
    return int(most) if most and most.isdecimal() else None


def _rows(client: Client, url: str, text: str) -> QuerySolutions:
    rows = ask(client, url, text)
    assert isinstance(rows, QuerySolutions)
    return rows
