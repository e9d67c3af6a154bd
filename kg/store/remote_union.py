"""How a server is made to take the union of all graphs as its default graph.

Some do by themselves (RDF4J, Virtuoso), some have a parameter of their own for it (Oxigraph, Fuseki), and
to the rest the graphs are named one by one (SPARQL 1.1 Protocol, 2.1.4). Which it is shows in whether a
triple of a named graph is found without naming the graph: the server's name is not asked. Virtuoso also
has to be told to leave its own graphs out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from pyoxigraph import NamedNode, QueryBoolean

from kg.errors import ResourceError
from kg.store.remote_http import Client, UnreachableError
from kg.store.remote_limits import all_rows
from kg.store.remote_query import ask
from kg.vocabulary import KG

Parameters: TypeAlias = Mapping[str, Sequence[str]]

_GRAPH_WORD = re.compile(r"\bgraph\b", re.IGNORECASE)
_RUNS = "graph/runs"
# What a server keeps for itself (Virtuoso's).
_OWN = re.compile(
    r"http://www\.openlinksw\.com/schemas/virtrdf#|http://www\.w3\.org/ns/ldp#"
    r"|urn:activitystreams-owl:map|urn:core:services:sparql|http://www\.w3\.org/2002/07/owl#"
    r"|http://localuriqaserver/sparql|https?://[^/]+/(sparql|DAV/)"
)
_ARQ = ("urn:x-arq:UnionGraph", "urn:x-arq:DefaultGraph")
_NAMES = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
# Among the first triples of named graphs, one that the default graph lacks.
_HIDDEN = (
    "SELECT ?s ?p ?o WHERE { { SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 100 }"
    " FILTER(isIRI(?s) && !isBlank(?o)) FILTER NOT EXISTS { ?s ?p ?o } } LIMIT 1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """What goes along with each query as parameters of the protocol, and, where that hides the named graphs
    from ``GRAPH``, their IRIs; and what is written before it (Virtuoso's pragmas), always or only where
    it asks for nothing of ours, since they cost Virtuoso seconds."""

    parameters: Parameters = field(default_factory=dict)
    named: tuple[str, ...] = ()
    prologue: str = ""
    always: bool = True

    def parameters_for(self, text: str) -> Parameters:
        """The parameters that the query `text` is sent with."""
        if self.named and _GRAPH_WORD.search(text):
            return {**self.parameters, "named-graph-uri": self.named}
        return self.parameters

    def prologue_for(self, text: str) -> str:
        """What is written before the query `text`."""
        if _GRAPH_WORD.search(text):  # Virtuoso would find nothing in a graph that is named
            return ""
        return self.prologue if self.always or KG.iri not in text else ""


def find_union(client: Client, url: str) -> Union:
    """The way of the server whose query service is at `url`. Raises as `ask` does."""
    names = sorted(row["g"].value for row in all_rows(client, url, _NAMES) if isinstance(row["g"], NamedNode))
    kept = tuple(name for name in names if not is_apart(name))
    hidden = next(iter(all_rows(client, url, _HIDDEN)), None)
    if hidden is None and len(kept) == len(names):
        return Union()
    listed = Union(parameters={"default-graph-uri": kept}, named=kept)
    if hidden is None:
        excluding = "".join(
            f"define input:default-graph-exclude {NamedNode(name)}\n" for name in names if is_apart(name)
        )
        union = Union(prologue=excluding, always=any(name.endswith(_RUNS) for name in names))
        return union if _holds(client, url, "ASK {}", union) else listed
    if len(kept) < len(names):
        return listed
    found = f"ASK {{ {' '.join(str(hidden[at]) for at in range(3))} }}"
    for union in (
        Union(parameters={"union-default-graph": ("true",)}),
        Union(parameters={"default-graph-uri": _ARQ}, named=kept),
    ):
        if _holds(client, url, found, union):
            return union
    return listed


def is_apart(graph: str) -> bool:
    """Whether a graph is in no union: the one about the runs, and those that a server keeps for itself."""
    return graph.endswith(_RUNS) or _OWN.fullmatch(graph) is not None


def _holds(client: Client, url: str, text: str, union: Union) -> bool:
    try:
        answer = ask(client, url, text, union.parameters, union.prologue)
    except UnreachableError:
        raise
    except ResourceError:
        return False
    return isinstance(answer, QueryBoolean) and bool(answer)
