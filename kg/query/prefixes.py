"""The known prefixes, and IRIs written short with them."""

from __future__ import annotations

import re

from kg import vocabulary
from kg.config import DEFAULT_BASE_IRI

KG = vocabulary.KG.iri
PREFIXES = {
    **vocabulary.PREFIXES,
    "id": DEFAULT_BASE_IRI,
    "geonames": "https://sws.geonames.org/",
    "wd": "http://www.wikidata.org/entity/",
}
"""The prefixes of the vocabularies, of our instances under the default base, and of what they link to."""
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://\S+|\S+)")


def compact(iri: str) -> str:
    """`iri` as prefix and rest, by the longest namespace that fits; as it stands where none does.

    >>> compact("https://w3id.org/newskg/id/geonames/298795")
    'id:geonames/298795'
    """
    best = max(
        (item for item in PREFIXES.items() if iri.startswith(item[1]) and len(iri) > len(item[1])),
        key=lambda item: len(item[1]),
        default=None,
    )
    return iri if best is None else f"{best[0]}:{iri[len(best[1]) :]}"


def expand(text: str) -> str | None:
    """The IRI that `text` is: ``<IRI>``, an absolute IRI, or a known prefix and the rest; else None.

    >>> expand("kg:Claimed")
    'https://w3id.org/newskg/ontology#Claimed'
    """
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    prefix, colon, rest = text.partition(":")
    if not colon or not rest or rest[0].isspace():
        return None
    if prefix in PREFIXES and not rest.startswith("//"):
        return PREFIXES[prefix] + rest
    if rest.startswith("//") or prefix in ("urn", "file", "tag"):
        return text if _ABSOLUTE.fullmatch(text) else None
    return None
