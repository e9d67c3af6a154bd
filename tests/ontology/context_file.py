"""What ``ontology/context.jsonld`` should say, by the ontology; run, it writes the file."""

from __future__ import annotations

import json
from pathlib import Path

from kg.ontology import load_ontology
from kg.ontology.reading import TermKind
from kg.resources import ontology_dir
from kg.vocabulary import PREFIXES

PATH: Path = ontology_dir() / "context.jsonld"

# By the range that the ontology gives, or the shapes do; JSON has numbers and truth values of its own.
DECIMAL = {"confidence"}
DATES = {"startDate", "endDate", "asOf"}
# Properties whose values are terms of the ontology: they are written by their names.
OF_TERMS = {"status", "relation"}
FOREIGN: dict[str, str | dict[str, str]] = {
    "label": "rdfs:label",
    "altLabel": "skos:altLabel",
    "editorialNote": "skos:editorialNote",
    "sameAs": {"@id": "owl:sameAs", "@type": "@id"},
    "identifier": "dcterms:identifier",
    "issued": {"@id": "dcterms:issued", "@type": "xsd:date"},
    "title": "dcterms:title",
    "source": {"@id": "dcterms:source", "@type": "@id"},
    "publisher": "schema:publisher",
    "eventType": {"@id": "dcterms:type", "@type": "@vocab"},
    "rights": "dcterms:rights",
    "conformsTo": {"@id": "dcterms:conformsTo", "@type": "@id"},
    "beginIndex": "nif:beginIndex",
    "endIndex": "nif:endIndex",
    "anchorOf": "nif:anchorOf",
    "isString": "nif:isString",
    "lat": {"@id": "wgs84:lat", "@type": "xsd:decimal"},
    "long": {"@id": "wgs84:long", "@type": "xsd:decimal"},
    "hasGeometry": {"@id": "geo:hasGeometry", "@type": "@id"},
    "asWKT": {"@id": "geo:asWKT", "@type": "geo:wktLiteral"},
    "wasAttributedTo": {"@id": "prov:wasAttributedTo", "@type": "@id"},
}
USED = ("kg", "dcterms", "geo", "nif", "owl", "prov", "rdfs", "schema", "skos", "wgs84", "xsd")


def generated() -> str:
    """The text of the file."""
    context: dict[str, str | dict[str, str]] = {"id": "@id", "type": "@type"}
    context |= {prefix: PREFIXES[prefix] for prefix in USED}
    for name, term in sorted(load_ontology().terms.items()):
        iri = f"kg:{name}"
        if term.kind is TermKind.OBJECT_PROPERTY or name in OF_TERMS:
            context[name] = {"@id": iri, "@type": "@vocab" if name in OF_TERMS else "@id"}
        elif name in DATES:
            context[name] = {"@id": iri, "@type": "xsd:date"}
        elif name in DECIMAL:
            context[name] = {"@id": iri, "@type": "xsd:decimal"}
        else:
            context[name] = iri
    assert not FOREIGN.keys() & context.keys(), "a term of ours bears this name too"
    lines = (f"  {json.dumps(name)}: {json.dumps(meaning)}" for name, meaning in (context | FOREIGN).items())
    return '{"@context": {\n' + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    PATH.write_text(generated(), encoding="utf-8")
