"""IRIs: valid whatever the identifier, and never the same for two."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize
from rdflib import Graph, URIRef

from kg.errors import DataError, UsageError
from kg.rdf.iris import Minter, foreign
from kg.rdf.settings import MappingSettings

BASES = ("https://w3id.org/newskg/id/", "http://example.org/kg#", "urn:example:")
ANY_TEXT = st.text(st.characters(exclude_categories=()), min_size=1)
NASTY = [
    "a b",
    'say "hi"',
    "l1\nl2",
    "../up",
    ".",
    "..",
    "100%",
    "a%20b",
    "é",
    "😀",
    "<x>",
    "a#b",
    "a?b",
    "\ud800",
]


def minted(identifier: str, base: str = BASES[0]) -> list[str]:
    """Every IRI that is minted from one identifier."""
    ids = Minter(base)
    return [
        ids.article(identifier),
        ids.mention(identifier, "m1"),
        ids.mention("a", identifier),
        ids.post_mention("a", identifier),
        ids.entity(f"person/{identifier}"),
        ids.geometry(f"place/{identifier}"),
        ids.tool(identifier, "1"),
    ]


@given(ANY_TEXT, st.sampled_from(BASES))
def test_any_identifier_gives_valid_iris(identifier: str, base: str) -> None:
    for iri in minted(identifier, base):
        assert NamedNode(iri).value == iri
        assert iri.isascii() and iri.count("#") <= 1


@given(ANY_TEXT, ANY_TEXT)
def test_two_identifiers_never_give_one_iri(first: str, second: str) -> None:
    if first != second:
        assert not set(minted(first)) & set(minted(second)) - {Minter(BASES[0]).mention("a", "m1")}


@pytest.mark.parametrize("base", BASES)
def test_the_kinds_of_node_never_meet(base: str) -> None:
    ids = Minter(base)
    groups = [
        {ids.article(name) for name in NASTY},
        {ids.mention(name, key) for name in NASTY for key in NASTY},
        {ids.post_mention(name, key) for name in NASTY for key in NASTY},
        {ids.graph(name) for name in ("entities", "events", "provenance")},
        {ids.entity(f"person/{name}") for name in NASTY},
        {ids.geometry(f"person/{name}") for name in NASTY},
    ]
    assert len(groups[1]) == len(groups[2]) == len(NASTY) ** 2
    assert all(not a & b for a, b in combinations(groups, 2))


@pytest.mark.parametrize("identifier", NASTY)
def test_parsers_leave_iris_as_they_are(identifier: str) -> None:
    for iri in minted(identifier):
        node = NamedNode(iri)
        turtle = serialize([Quad(node, node, node).triple], format=RdfFormat.TURTLE)
        assert turtle is not None
        assert [quad.subject for quad in parse(input=turtle, format=RdfFormat.TURTLE)] == [node]
        read = Graph().parse(data=turtle, format="turtle")
        assert set(read.subjects()) == {URIRef(iri)}


def test_an_empty_identifier_is_refused() -> None:
    for mint in (Minter(BASES[0]).article, Minter(BASES[0]).entity):
        with pytest.raises(DataError, match="empty identifier"):
            mint("")


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (" https://example.org/é ", "https://example.org/é"),
        ("https://example.org/50%", "https://example.org/50%25"),
        ("https://example.org/[a]#b#c", "https://example.org/%5Ba%5D#b%23c"),
        ("example.org", None),
        ("", None),
    ],
)
def test_foreign_iris(text: str, iri: str | None) -> None:
    assert foreign(text) == iri


@given(ANY_TEXT)
def test_a_foreign_iri_is_valid_or_none(text: str) -> None:
    for candidate in (text, f"https://example.org/{text}"):
        iri = foreign(candidate)
        if iri is not None:
            NamedNode(iri)


def test_a_base_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(UsageError, match="must end in"):
        MappingSettings(base_iri="https://example.org/kg")
