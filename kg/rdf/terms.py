"""Values of ours as RDF terms, in canonical form (XML Schema 1.1, part 2), and nothing else."""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.errors import DataError
from kg.model import PartialDate
from kg.vocabulary import GEO, XSD

Term: TypeAlias = NamedNode | Literal

_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@lru_cache(maxsize=4096)
def node(iri: str) -> NamedNode:
    """The node with this IRI. Raises `DataError` where it is none."""
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise DataError(f"{iri!r} is no IRI: {error}") from None


_BOOLEAN, _DECIMAL, _INTEGER = node(XSD.boolean), node(XSD.decimal), node(XSD.integer)
_WKT = node(GEO.wktLiteral)
_DATES = {4: node(XSD.gYear), 7: node(XSD.gYearMonth), 10: node(XSD.date)}


def text(value: str) -> Literal:
    """A plain string. A lone surrogate, which no RDF can hold, becomes U+FFFD."""
    return Literal(_SURROGATE.sub("\ufffd", value))


def integer(value: int) -> Literal:
    """An ``xsd:integer``."""
    return Literal(str(int(value)), datatype=_INTEGER)


def decimal(value: float, places: int = 3) -> Literal:
    """An ``xsd:decimal``, rounded to `places`, without zeros at its end.

    Raises `DataError` where `value` is no number.

    >>> decimal(0.90)
    <Literal value=0.9 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#decimal>>
    """
    return Literal(plain_decimal(value, places), datatype=_DECIMAL)


def plain_decimal(value: float, places: int) -> str:
    """The canonical digits of `value`, as in `decimal`."""
    if not math.isfinite(value):
        raise DataError(f"{value} is no number that can be written")
    digits = format(Decimal(str(value)).quantize(Decimal(1).scaleb(-places)), "f")
    digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in ("-0", "") else digits


def boolean(value: bool) -> Literal:
    """An ``xsd:boolean``."""
    return Literal("true" if value else "false", datatype=_BOOLEAN)


def partial_date(value: PartialDate) -> Literal:
    """An ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``, by its precision.

    Raises `DataError` where `value` is no date.
    """
    if not is_date(value):
        raise DataError(f"{value!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD")
    return Literal(value, datatype=_DATES[len(value)])


def is_date(value: str) -> bool:
    """Whether `value` is a date of one of the three precisions, and on the calendar."""
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "-01" * (2 - value.count("-")))
    except ValueError:
        return False
    return True


def point(latitude: float, longitude: float) -> Literal:
    """A ``geo:wktLiteral`` point in CRS84: longitude first (GeoSPARQL 1.1, 8.5.1)."""
    return Literal(f"POINT({plain_decimal(longitude, 5)} {plain_decimal(latitude, 5)})", datatype=_WKT)
