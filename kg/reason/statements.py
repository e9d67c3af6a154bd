"""Statements as the reasoner has them: IRIs as plain text, literals as they are; read from N-Quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.errors import DataError

Value: TypeAlias = str | Literal
"""An IRI, a blank node (``_:name``) or a literal."""


class Statement(NamedTuple):
    """A triple, whatever graph it stands in."""

    subject: str
    predicate: str
    value: Value


def read_statements(stream: IO[bytes], leave_out: frozenset[str] = frozenset()) -> Iterator[Statement]:
    """The triples of N-Quads, from the beginning of `stream`, without those of the graphs `leave_out`.

    Raises `DataError` where it is no N-Quads.
    """
    stream.seek(0)
    known: dict[str, str] = {}  # one object a name, however often it stands there
    share = known.setdefault
    try:
        for quad in parse(stream, RdfFormat.N_QUADS):
            if leave_out and isinstance(quad.graph_name, NamedNode) and quad.graph_name.value in leave_out:
                continue
            subject, predicate, value = (_name(each) for each in quad.triple)
            yield Statement(
                share(str(subject), str(subject)),
                share(str(predicate), str(predicate)),
                value if isinstance(value, Literal) else share(value, value),
            )
    except SyntaxError as error:
        raise DataError(f"the graph is no N-Quads: {' '.join(str(error.msg).split())}") from None


def as_ntriples(statements: Iterable[Statement]) -> bytes:
    """The statements as N-Triples."""
    return "".join(
        f"{written(subject)} {written(predicate)} {written(value)} .\n"
        for subject, predicate, value in statements
    ).encode()


def written(value: Value) -> str:
    """A term in the syntax of N-Triples.

    >>> written("https://example.org/a")
    '<https://example.org/a>'
    """
    if isinstance(value, Literal):
        return str(value)
    return value if is_blank(value) else f"<{value}>"


def term(value: Value) -> NamedNode | BlankNode | Literal:
    """The value as a term of pyoxigraph."""
    if isinstance(value, Literal):
        return value
    return BlankNode(value.removeprefix("_:")) if is_blank(value) else NamedNode(value)


def is_blank(value: str) -> bool:
    """Whether it is a blank node, which has no name to speak of it by."""
    return value.startswith("_:")


def _name(term: object) -> Value:
    if isinstance(term, Literal):
        return term
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    assert isinstance(term, NamedNode)
    return term.value
