"""The ontology in owlready2, for reasoning: slow to import, so nothing that builds or asks a graph does.

owlready2 reads no Turtle, so it is given N-Triples; and it knows a datatype only once it is declared.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import DataError, ResourceError
from kg.ontology.profile import faults
from kg.ontology.reading import ontology_turtle
from kg.vocabulary import GEO, KG, XSD

if TYPE_CHECKING:
    from owlready2 import Ontology, World

_LEXICAL_DATATYPES = (XSD.gYear, XSD.gYearMonth, GEO.wktLiteral)


class Lexical(str):
    """A literal of a datatype that Python has no type for, kept as it is written."""

    __slots__ = ()


def ontology_files() -> tuple[Path, Path]:
    """The ontology and its alignments, in Turtle."""
    turtle = ontology_turtle()
    return turtle, turtle.with_name("alignments.ttl")


def as_ntriples(*paths: Path) -> bytes:
    """The Turtle files as one N-Triples text.

    Raises `ResourceError` where one cannot be read or is no Turtle.
    """
    from pyoxigraph import RdfFormat, parse, serialize

    buffer = io.BytesIO()
    for path in paths:
        try:
            serialize((quad.triple for quad in parse(path=path)), buffer, RdfFormat.N_TRIPLES)
        except (OSError, SyntaxError) as error:
            raise ResourceError(f"{path}: the ontology cannot be read: {error}") from None
    return buffer.getvalue()


def load_owl(*more: bytes) -> tuple[World, Ontology]:
    """A world of its own that holds the ontology, its alignments, and `more` N-Triples, such as data.

    Raises `ResourceError` where the ontology cannot be read, `DataError` where it is no OWL 2 DL.
    """
    from owlready2 import World

    found = faults(*ontology_files())
    if found:
        raise DataError(f"{ontology_turtle()}: no OWL 2 DL: {found[0]}" + _others(len(found) - 1))
    _declare_datatypes()
    world = World()
    ontology = world.get_ontology(KG.iri)
    text = b"".join((as_ntriples(*ontology_files()), *more))
    ontology.load(fileobj=io.BytesIO(text), format="ntriples")
    return world, ontology


def _others(count: int) -> str:
    return f" (and {count} more)" if count else ""


@cache
def _declare_datatypes() -> None:
    from owlready2 import declare_datatype

    # One Python class a datatype: owlready2 finds the datatype by the class when it writes.
    for iri in _LEXICAL_DATATYPES:
        declare_datatype(type(iri.rpartition("#")[2], (Lexical,), {}), iri, Lexical, str)
