"""Whether a literal is a value of a datatype (OWL 2 Structural Specification, section 4).

Only the datatypes that our ontology asks for are judged, and only literals of a datatype of OWL 2: of
others, such as ``xsd:date``, HermiT says nothing either.
"""

from __future__ import annotations

import re

from pyoxigraph import Literal

from kg.vocabulary import RDF, XSD

_SIGNED = ("integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger")
_SIZED = ("long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte")
_TEXTS = ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN")
_INTEGERS = frozenset(XSD.iri + name for name in (*_SIGNED, *_SIZED))
_DECIMALS = _INTEGERS | {XSD.decimal}
_STRINGS = frozenset(XSD.iri + name for name in _TEXTS)
# A datatype -> those whose values are its values too.
_WITHIN = {
    XSD.string: _STRINGS,
    XSD.boolean: frozenset({XSD.boolean}),
    XSD.integer: _INTEGERS,
    XSD.decimal: _DECIMALS,
}
_JUDGED = (
    _STRINGS
    | _DECIMALS
    | {XSD.boolean, RDF.iri + "langString"}
    | {XSD.iri + name for name in ("double", "float", "dateTime", "dateTimeStamp", "anyURI", "hexBinary")}
)
_LEXICAL = {
    XSD.boolean: re.compile(r"true|false|0|1"),
    XSD.decimal: re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII),
    **dict.fromkeys(_INTEGERS, re.compile(r"[+-]?\d+", re.ASCII)),
}


def is_judged(literal: Literal) -> bool:
    """Whether its datatype is one of OWL 2, so that something can be said of it."""
    return literal.datatype.value in _JUDGED


def well_formed(literal: Literal) -> bool:
    """Whether its text is one that its datatype allows; True where we do not judge the datatype."""
    pattern = _LEXICAL.get(literal.datatype.value)
    return pattern is None or pattern.fullmatch(literal.value.strip()) is not None


def is_of(literal: Literal, datatype: str) -> bool:
    """Whether `literal` is a value of `datatype`; True where that is not ours to judge.

    >>> is_of(Literal(7), XSD.decimal)
    True
    >>> is_of(Literal("several"), XSD.integer)
    False
    """
    within = _WITHIN.get(datatype)
    if within is None or not is_judged(literal):
        return True
    if literal.datatype.value in within:
        return well_formed(literal)
    # A decimal without a fraction is an integer, whatever its type is called.
    return (
        literal.datatype.value in _DECIMALS
        and datatype == XSD.integer
        and well_formed(literal)
        and not literal.value.partition(".")[2].strip("0 ")
    )
