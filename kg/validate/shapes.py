"""Checks a graph against ``ontology/shapes.ttl`` (SHACL, with its SPARQL constraints)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad

from kg.resources import ontology_dir
from kg.validate.engines import Engine, default_engine
from kg.validate.reading import Dump, union_text
from kg.validate.report import Report


def validate(
    source: Dump | Iterable[Quad], *, shapes: Path | None = None, engine: Engine | None = None
) -> Report:
    """Checks the union of the graphs of quads, or of what a store dumps (`kg.store.protocol.Store.dump`).

    `shapes` is a Turtle file of shapes in place of those that come with the program.

    Raises `ResourceError` where `shapes` cannot be read, `DataError` where they are wrong.
    """
    text, triples = union_text(source)
    found = (engine or default_engine())(text, shapes or ontology_dir() / "shapes.ttl")
    return Report(triples=triples, violations=tuple(sorted(set(found), key=str)))
