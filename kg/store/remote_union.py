"""How a server is made to take the union of all graphs as its default graph.

Some do by themselves (Virtuoso, RDF4J), some have a parameter of their own for it (Oxigraph, Fuseki), and
to the rest the graphs are named one by one (SPARQL 1.1 Protocol, 2.1.4). Which it is shows in whether a
triple of a named graph is found without naming the graph: the server's name is not asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions

from kg.errors import ResourceError
from kg.store.remote_http import Client, UnreachableError
from kg.store.remote_query import ask

RUNS = "graph/runs"
"""How the graph about the runs ends, which is in no union."""

Parameters: TypeAlias = Mapping[str, Sequence[str]]

_ARQ = ("urn:x-arq:UnionGraph", "urn:x-arq:DefaultGraph")
_NAMES = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
# Among the first triples of named graphs, one that the default graph lacks.
_HIDDEN = (
    "SELECT ?s ?p ?o WHERE { { SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 100 }"
    " FILTER(isIRI(?s) && !isBlank(?o)) FILTER NOT EXISTS { ?s ?p ?o } } LIMIT 1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """What goes along with each query, and, where that hides the named graphs from ``GRAPH``, their IRIs.
    `by_itself` when the server needs to be told nothing."""

    parameters: Parameters = field(default_factory=dict)
    named: tuple[str, ...] = ()

    @property
    def by_itself(self) -> bool:
        """Whether the server's default graph is the union already."""
        return not self.parameters


def find_union(client: Client, url: str) -> Union:
    """The way of the server whose query service is at `url`. Raises as `ask` does."""
    names = tuple(row["g"].value for row in _rows(client, url, _NAMES) if isinstance(row["g"], NamedNode))
    kept = tuple(sorted(name for name in names if not name.endswith(RUNS)))
    if len(kept) < len(names):
        return Union(parameters={"default-graph-uri": (*kept, _ARQ[1])}, named=kept)
    hidden = next(iter(_rows(client, url, _HIDDEN)), None)
    if hidden is None:
        return Union()
    found = f"ASK {{ {' '.join(str(hidden[at]) for at in range(3))} }}"
    for union in (
        Union(parameters={"union-default-graph": ("true",)}),
        Union(parameters={"default-graph-uri": _ARQ}, named=kept),
    ):
        if _holds(client, url, found, union.parameters):
            return union
    return Union(parameters={"default-graph-uri": kept}, named=kept)


def _holds(client: Client, url: str, text: str, parameters: Parameters) -> bool:
    try:
        answer = ask(client, url, text, parameters)
    except UnreachableError:
        raise
    except ResourceError:
        return False
    return isinstance(answer, QueryBoolean) and bool(answer)


def _rows(client: Client, url: str, text: str) -> QuerySolutions:
    rows = ask(client, url, text)
    assert isinstance(rows, QuerySolutions)
    return rows
