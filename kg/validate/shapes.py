"""Checks a graph against ``ontology/shapes.ttl`` (SHACL, with its SPARQL constraints)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad

from kg.resources import ontology_dir
from kg.validate.engines import Engine, default_engine
from kg.validate.reading import read_quads, union_text
from kg.validate.report import Report


def validate(
    source: Path | Iterable[Quad], *, shapes: Path | None = None, engine: Engine | None = None
) -> Report:
    """Checks the union of the graphs of a file, or of quads.

    `shapes` is a Turtle file of shapes in place of those that come with the program.

    Raises `ResourceError` where the file cannot be read or parsed, `DataError` where `shapes` is wrong.
    """
    text, triples = union_text(read_quads(source) if isinstance(source, Path) else source)
    found = (engine or default_engine())(text, shapes or ontology_dir() / "shapes.ttl")
    return Report(triples=triples, violations=tuple(sorted(set(found), key=str)))
