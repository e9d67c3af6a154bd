"""Loads graphs into a triple store over HTTP: one named graph at a time, counted at the end.

Each graph is replaced whole (PUT), so loading again is harmless; one that is too large for a request goes
in pieces. What the server then holds is compared with the source, graph by graph.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

from kg.config import DEFAULT_BASE_IRI
from kg.errors import ResourceError, UsageError
from kg.store.loading_pieces import Spooled, spooled
from kg.store.loading_state import open_state
from kg.store.protocol import Store
from kg.store.remote import RemoteStore
from kg.store.remote_http import RefusedError, UnreachableError
from kg.store.remote_writing import Writer, find_writer

_TOO_LARGE = 413
_LISTED = 3
_MERGED = re.compile(r"(?P<base>.*)graph/(entities|events)")
_FILES = "file/"
# Below the base: what loads of ours make, and which of it no source has.
_OURS = ("article/", "graph/")
_KEPT = ("graph/runs", "graph/entailed")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What was loaded: how many graphs and triples the source has, all found on the server; how many graphs
    were there already from a load that was broken off; which graphs under the source's base the server
    holds beyond them, and whether those were removed."""

    graphs: int
    triples: int
    resumed: int = 0
    stale: tuple[str, ...] = ()
    pruned: bool = False
    way: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """One graph done, of `total`; `sent` is false where it was there already."""

    graph: str
    triples: int
    number: int
    total: int
    sent: bool


def load(
    source: Store,
    target: RemoteStore,
    *,
    graph: str | None = None,
    name: str = "",
    resume: bool = False,
    prune: bool = False,
    progress: Callable[[Loaded], None] = lambda _: None,
) -> LoadReport:
    """Make the graphs of `source` those of `target`, and see that they are.

    Triples without a graph go into `graph`, or into one called after `name`, the source's. With `resume`,
    graphs are left out that a load which broke off has sent, unless they have changed. With `prune`,
    graphs are removed that are under the base IRI of the source's graphs and not in it.

    Raises `UsageError` where `graph` is no IRI or the source has nothing to prune by, `UnauthorizedError`
    where the server wants a user, and `ResourceError` where it takes no graphs, breaks off (say so to the
    user with `resume`), or holds another number of triples than was sent (with the graph).
    """
    nameless = _graph_for_nameless(graph, name)
    names = list(source.graphs())
    if None in names and nameless in names:
        raise UsageError(f"the source has a graph {nameless} of its own: give --graph another IRI")
    base = _base_of(names)
    if prune and base is None:
        raise UsageError("--prune: the source has no graph of entities or events to tell its base IRI by")
    way = find_writer(target)
    state = open_state(target.services.query)
    if not resume:
        state.forget()
    wanted: dict[str, int] = {}
    resumed: set[str] = set()
    for number, one in enumerate(names, 1):
        to = nameless if one is None else one
        try:
            with spooled(source, one) as triples:
                wanted[to] = triples.triples
                known = state.done.get(to) == triples.digest
                if known:
                    resumed.add(to)
                else:
                    _send(way, to, triples)
                    state.note(to, triples.digest)
        except (UnreachableError, RefusedError) as error:
            raise ResourceError(
                f"{error}; {number - 1:,} of {len(names):,} graphs are there: go on with --resume"
            ) from error
        progress(Loaded(graph=to, triples=wanted[to], number=number, total=len(names), sent=not known))
    stale = _stale(target, base, wanted) if base is not None else ()
    if prune:
        for to in stale:
            way.remove(to)
    target.refresh()
    expected = {**wanted, **dict.fromkeys(stale if prune else (), 0)}
    wrong = _differing(target, expected)
    for one in names:
        to = nameless if one is None else one
        if to in wrong:
            # Changed since the load that broke off; or left over by a PUT (Fuseki's TDB2 does that with some
            # numbers), which a DELETE mends.
            way.remove(to)
            with spooled(source, one) as triples:
                _send(way, to, triples)
            resumed.discard(to)
    if wrong:
        _verify(target, expected)
    state.forget()
    return LoadReport(
        graphs=len(wanted),
        triples=sum(wanted.values()),
        resumed=len(resumed),
        stale=stale,
        pruned=prune,
        way=way.name,
    )


def _graph_for_nameless(graph: str | None, name: str) -> str:
    """The IRI of the graph for triples that have none."""
    if graph is None:
        last = PurePosixPath(urlsplit(name).path.replace("\\", "/")).name or "triples"
        return f"{DEFAULT_BASE_IRI}{_FILES}{quote(last)}"
    try:
        found = NamedNode(graph).value
    except ValueError:
        found = ""
    if not urlsplit(found).scheme:
        raise UsageError(f"--graph {graph}: no absolute IRI: write it as {DEFAULT_BASE_IRI}graph/NAME")
    return found


def _base_of(names: list[str | None]) -> str | None:
    """What the IRIs of the source's own graphs begin with: its merged graphs tell."""
    for name in names:
        match = _MERGED.fullmatch(name or "")
        if match is not None:
            return match["base"]
    return None


def _send(way: Writer, graph: str, triples: Spooled) -> None:
    """Make `graph` hold the triples, in as many requests as it takes."""
    pieces = triples.pieces(way.most)
    piece = next(pieces)
    if triples.blank and triples.triples > way.most and not way.takes_large:
        raise ResourceError(
            f"{graph}: has blank nodes, and its {triples.triples:,} triples are too many for one request of"
            f" {way.name}: give its blank nodes IRIs first"
        )
    following = next(pieces, None)
    _send_piece(way, graph, piece, first=True, more=following is not None, whole=triples.blank)
    while following is not None:
        _send_piece(way, graph, following, first=False, more=True, whole=False)
        following = next(pieces, None)


def _send_piece(way: Writer, graph: str, piece: bytes, *, first: bool, more: bool, whole: bool) -> None:
    """Send N-Triples; where the server finds them too many, in two halves."""
    try:
        if first:
            way.replace(graph, piece, more=more)
        else:
            way.add(graph, piece)
    except RefusedError as error:
        lines = piece.splitlines(keepends=True)
        if error.status != _TOO_LARGE or len(lines) < 2 or whole:
            raise
        half = len(lines) // 2
        _send_piece(way, graph, b"".join(lines[:half]), first=first, more=True, whole=False)
        _send_piece(way, graph, b"".join(lines[half:]), first=False, more=True, whole=False)


def _differing(target: RemoteStore, wanted: dict[str, int]) -> dict[str, int]:
    """The graphs of which the server holds another number of triples, with that number."""
    if not wanted:
        return {}
    counts = target.counts()
    # A server may cut the list of counts, so what is not as it should be is asked on its own.
    suspect = [graph for graph, count in wanted.items() if counts.get(graph, 0) != count]
    return {graph: count for graph in suspect if (count := target.count(graph)) != wanted[graph]}


def _verify(target: RemoteStore, wanted: dict[str, int]) -> None:
    """Raises `ResourceError` where the server does not hold what was sent."""
    wrong = _differing(target, wanted)
    if not wrong:
        return
    listed = "; ".join(
        f"{graph} holds {count:,} triples instead of {wanted[graph]:,}"
        for graph, count in list(wrong.items())[:_LISTED]
    )
    more = f"; and {len(wrong) - _LISTED:,} more" if len(wrong) > _LISTED else ""
    raise ResourceError(f"{target.url}: not as in the source: {listed}{more}")


def _stale(target: RemoteStore, base: str, wanted: dict[str, int]) -> tuple[str, ...]:
    """The graphs of articles and of what was merged, under `base`, that the server holds and the source does
    not; but for those that were worked out on the server."""
    ours = tuple(base + name for name in _OURS)
    kept = tuple(base + name for name in _KEPT)
    return tuple(
        sorted(
            name
            for name in target.counts()
            if name.startswith(ours) and name not in wanted and name not in kept
        )
    )
