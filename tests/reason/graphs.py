"""Graphs for the tests of reasoning: RDF files as the N-Quads that `kg.reason` is given."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse, serialize

from kg.reason.hermit import has_java
from kg.vocabulary import PREFIXES

TESTS = Path(__file__).resolve().parent.parent
SAMPLES = sorted((TESTS / "data").glob("*.trig"))
HEAD = (
    "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + "@prefix : <urn:x:> .\n"
)

needs_java = pytest.mark.skipif(not has_java(), reason="HermiT needs Java, and there is none here")


def nquads(quads: Iterable[Quad]) -> io.BytesIO:
    """The quads as a stream of N-Quads."""
    stream = io.BytesIO()
    serialize(quads, stream, RdfFormat.N_QUADS)
    return stream


def of_file(path: Path) -> io.BytesIO:
    """What an RDF file holds."""
    return nquads(parse(path=path))


def of_turtle(text: str) -> io.BytesIO:
    """Turtle with our prefixes, and the empty one for ``urn:x:``."""
    return nquads(parse((HEAD + text).encode(), RdfFormat.TURTLE))
