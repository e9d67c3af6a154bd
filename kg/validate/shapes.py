"""Checks a graph against ``ontology/shapes.ttl`` (SHACL, with its SPARQL constraints)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad

from kg.validate.engines import Engine, default_engine, own_shapes
from kg.validate.reading import Dump, count, quads_text
from kg.validate.report import Report, sorted_violations


def validate(
    source: Dump | Iterable[Quad], *, shapes: Iterable[Path] = (), engine: Engine | None = None
) -> Report:
    """Checks the union of the graphs of quads, or of what a store dumps (`kg.store.protocol.Store.dump`).

    `shapes` are Turtle files of further shapes, besides those that come with the program; each file stands
    by itself.

    Raises `ResourceError` where `shapes` cannot be read, `DataError` where they are wrong.
    """
    check = engine or default_engine()
    text = quads_text(source)
    found = {violation for path in (own_shapes(), *shapes) for violation in check(text, path)}
    return Report(triples=count(text), violations=sorted_violations(found))
