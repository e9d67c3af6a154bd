from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize

from kg.store.graph_names import graph_names

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
literals = st.builds(Literal, texts) | st.builds(lambda value: Literal(value, language="en"), texts)
objects = literals | st.sampled_from([NamedNode("urn:g1"), NamedNode("urn:o")])
names = st.sampled_from([NamedNode(f"urn:g{number}") for number in range(4)])
quads = st.builds(
    lambda value, name: Quad(NamedNode("urn:s"), NamedNode("urn:p"), value, name), objects, names
)


@given(st.lists(quads, max_size=8))
def test_they_are_those_that_loading_finds(given_quads: list[Quad]) -> None:
    data = serialize(given_quads, format=RdfFormat.N_QUADS)
    assert data is not None
    loaded = Store()
    loaded.bulk_load(data, RdfFormat.N_QUADS)
    assert graph_names(io.BytesIO(data)) == {str(name.value) for name in loaded.named_graphs()}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (b"<urn:a> <urn:b> <urn:g> .", set()),
        (b"<urn:a> <urn:b> <urn:c> <urn:g> .\r\n", {"urn:g"}),
        (b'_:a <urn:b> "x <urn:n> ." <urn:g> .\n', {"urn:g"}),
        (b'_:a <urn:b> "1"^^<urn:t> .\n', set()),
        (b"<urn:a> <urn:b> <urn:c> _:g .\n", None),
        (b"<urn:a><urn:b><urn:c><urn:g>.\n", None),
        (b"<urn:a> <urn:b> <urn:c> <urn:\\u0067> .\n", None),
        (b"# a comment\n", None),
        (b"<urn:a> <urn:b> oops", None),
        (b"", set()),
    ],
)
def test_what_is_not_plain_is_not_guessed(line: bytes, names: set[str] | None) -> None:
    assert graph_names(io.BytesIO(line)) == names
