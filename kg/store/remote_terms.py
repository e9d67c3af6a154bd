"""RDF terms as every store ought to give them back.

Stores keep values, not spellings: `true` comes back as 1 from Virtuoso, 1.0 as 1 or as 1.0. All are
written here as Oxigraph writes them, which is how graphs in memory and on disk are read too.
"""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING = _XSD + "string"
# Virtuoso's own name for what it was given as a wktLiteral, whose numbers it may keep in single precision
# and writes as doubles.
_LONG_NUMBER = re.compile(r"-?\d+\.\d{9,}")
_RENAMED = {
    "http://www.openlinksw.com/schemas/virtrdf#Geometry": NamedNode(
        "http://www.opengis.net/ont/geosparql#wktLiteral"
    )
}
_ANY = NamedNode("urn:x-newskg:any")
_REMEMBERED = 1 << 16


def canonical(term: Term) -> Term:
    """`term`, a typed literal in its canonical form.

    >>> str(canonical(Literal("1", datatype=NamedNode(_XSD + "boolean"))))
    '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    """
    if not isinstance(term, Literal) or term.language is not None:
        return term
    datatype = term.datatype.value
    if datatype in _RENAMED:
        return Literal(_LONG_NUMBER.sub(_as_given, term.value), datatype=_RENAMED[datatype])
    if datatype == _STRING or not datatype.startswith(_XSD):
        return term
    return _as_kept(term)


def _as_given(match: re.Match[str]) -> str:
    """The shortest number that is the same in single precision: 25.1171 for 25.117099761963."""
    wanted = struct.pack("f", float(match.group()))
    shorter = (f"{float(match.group()):.{digits}g}" for digits in range(1, 10))
    return next((one for one in shorter if struct.pack("f", float(one)) == wanted), match.group())


@lru_cache(_REMEMBERED)
def _as_kept(literal: Literal) -> Term:
    """What a store of Oxigraph gives back for it."""
    store = Store()
    store.add(Quad(_ANY, _ANY, literal))
    (quad,) = store
    kept: Term = quad.object
    return kept
