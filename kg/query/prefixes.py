"""The known prefixes, and IRIs written short with them."""

from __future__ import annotations

import re

KG = "https://w3id.org/newskg/ontology#"
PREFIXES = {
    "kg": KG,
    "id": "https://w3id.org/newskg/id/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "time": "http://www.w3.org/2006/time#",
    "gn": "http://www.geonames.org/ontology#",
    "geonames": "https://sws.geonames.org/",
    "wd": "http://www.wikidata.org/entity/",
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
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
