"""RDF made elsewhere, into a store: in graphs of its own, beside those that are made from articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from kg.config import DEFAULT_BASE_IRI
from kg.errors import DataError, UsageError
from kg.grow.site import open_site, own_graphs
from kg.rdf.iris import Minter, foreign
from kg.store.generations import Generation, open_next, scratch
from kg.store.graph_names import graph_names
from kg.store.rdf_file import rdf_file
from kg.store.state import State, Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What came of an import: the IRIs of the graphs that were filled; `totals` are those of the store."""

    graphs: tuple[str, ...]
    totals: Totals


def import_file(path: Path, folder: Path, *, graph: str | None = None) -> Import:
    """Takes an RDF file into the store in `folder`, made where there is none.

    Quads keep their graphs; triples go into `graph`, by default one named for the file. A graph that was
    there is replaced, so that repeating is harmless. If anything fails, nothing has changed.

    Raises:
        UsageError: `graph` is no IRI, or `folder` holds something else.
        DataError: the data is in graphs that are made from articles.
        ResourceError: the file or the store cannot be used, or another process is at work on it.
    """
    with rdf_file(path) as (_, syntax):  # before a folder is made for it
        several = syntax.supports_datasets
    with open_site(folder, make=True) as site:
        state = site.state
        if not state.own:
            state = replace(state, base_iri=DEFAULT_BASE_IRI, own=own_graphs(DEFAULT_BASE_IRI))
        name = _checked(graph) if graph is not None else _named_for(path, state.base_iri)
        _refuse_ours(path, [name], state)
        before = set(site.graphs())
        filled = {name}
        if several and before:
            filled |= _graphs_in(path, name, folder)
            _refuse_ours(path, filled, state)
        with open_next(folder, state, copied=True) as made:
            for each in sorted(filled & before):
                made.remove(each)
            filled = _load(made, path, name) - (before - filled)
            _refuse_ours(path, filled - before, state)
            totals = replace(state.totals, triples=len(made))
        site.switch(replace(state, totals=totals))
        return Import(graphs=tuple(sorted(filled)), totals=totals)


def _graphs_in(path: Path, name: str, folder: Path) -> set[str]:
    """The graphs that the quads in a file are in; `name` is that of those that name none."""
    with rdf_file(path) as (stream, syntax):
        named = graph_names(stream) if syntax.file_extension == "nq" else None
    if named is not None:
        return named
    with scratch(folder) as made:
        return _load(made, path, name)


def _load(made: Generation, path: Path, graph: str) -> set[str]:
    """Loads the file; the graphs that are there then."""
    with rdf_file(path) as (stream, syntax):
        made.load_rdf(stream, syntax, base=path.resolve().as_uri(), graph=graph)
    return made.graphs()


def _refuse_ours(path: Path, graphs: Iterable[str], state: State) -> None:
    ours = min((graph for graph in graphs if state.owns(graph)), default=None)
    if ours is not None:
        raise DataError(
            f"{path}: the graph {ours} is one that articles are built into: build the articles, or import "
            "the file's triples alone (.ttl, .nt) with --graph IRI"
        )


def _named_for(path: Path, base_iri: str) -> str:
    """The IRI of the graph for a file's triples."""
    return Minter(base_iri).entity(f"import/{path.name}")


def _checked(graph: str) -> str:
    iri = foreign(graph)
    if iri != graph:
        hint = f": did you mean {iri}?" if iri else ": write one such as https://example.org/graph"
        raise UsageError(f"--graph {graph}: is no absolute IRI{hint}")
    return graph
