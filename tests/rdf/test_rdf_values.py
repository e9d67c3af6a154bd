"""Values as RDF terms: canonical, so that a store gives back what was written."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import DataError
from kg.rdf.terms import boolean, decimal, integer, node, partial_date, point, text
from kg.vocabulary import XSD


def through_a_store(term: Literal) -> object:
    """What an Oxigraph store, which keeps numbers by value, makes of `term`."""
    store = Store()
    iri = NamedNode("urn:x")
    store.add(Quad(iri, iri, term))
    return next(iter(store)).object


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1, "1"),
        (1.0, "1"),
        (0.9, "0.9"),
        (0.90000001, "0.9"),
        (0, "0"),
        (-0.0, "0"),
        (-0.0001, "0"),
        (0.125, "0.125"),
    ],
)
def test_decimals(value: float, written: str) -> None:
    assert decimal(value).value == written


@given(st.floats(-180, 180))
def test_decimals_survive_a_store(value: float) -> None:
    term = decimal(value, 5)
    assert through_a_store(term) == term
    assert math.isclose(float(term.value), value, abs_tol=0.00001)
    assert "e" not in term.value.lower()


@given(st.integers(-(2**62), 2**62))
def test_integers_survive_a_store(value: int) -> None:
    assert through_a_store(integer(value)) == integer(value)


def test_no_number_is_refused() -> None:
    with pytest.raises(DataError, match="nan is no number"):
        decimal(math.nan)


@pytest.mark.parametrize(
    ("value", "datatype"),
    [("2021", XSD.gYear), ("2021-08", XSD.gYearMonth), ("2021-08-10", XSD.date), ("2024-02-29", XSD.date)],
)
def test_dates(value: str, datatype: str) -> None:
    term = partial_date(value)
    assert (term.value, term.datatype.value) == (value, datatype)
    assert through_a_store(term) == term


@pytest.mark.parametrize(
    "value", ["", "21", "2021-13", "2021-02-30", "2021-8-1", "2021-08-10T00:00", "20210810", "٢٠٢١"]
)
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(DataError, match="is no date"):
        partial_date(value)


@given(st.text())
def test_texts_survive_a_store(value: str) -> None:
    assert through_a_store(text(value)) == Literal(value)


def test_a_lone_surrogate_is_replaced() -> None:
    assert text("a\ud800b").value == "a\ufffdb"


def test_points_and_booleans() -> None:
    assert point(18.44111, -1.4).value == "POINT(-1.4 18.44111)"
    assert boolean(True).value == "true"


def test_an_iri_that_is_none_is_refused() -> None:
    with pytest.raises(DataError, match="is no IRI"):
        node("no scheme")
