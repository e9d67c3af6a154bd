"""Gazetteers as SKOS (W3C Recommendation, 2009): each concept whose class is known becomes an entry.

The same facts as in a table (`kg.gazetteer.tables`), in the terms in which thesauri give them. Every
fault is refused with the file and the line where the concept is first named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import ResourceError, reason
from kg.gazetteer.tables import GazetteerError
from kg.vocabulary import KG, OWL, RDF, SKOS, WGS84

SYNTAXES = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
"""The endings of files that are read as SKOS."""

_GEONAMES_FEATURE = re.compile(r"https?://(?:sws|www)\.geonames\.org/([0-9]+)(?:/.*)?")
_COUNTRY = ("http://www.geonames.org/ontology#countryCode", "https://schema.org/addressCountry")
_NAMES = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
_SAME = (SKOS.exactMatch, OWL.sameAs)
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9\-._~]+")

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Facts: TypeAlias = dict[str, list[Term]]


def read_concepts(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The concepts of the file at `path`, with their lines, as records of a table.

    A concept is what has a ``skos:prefLabel``; concepts that are neither of a class of ours nor the place
    around one (schemes, top concepts) are left out. Raises `ResourceError` where the file cannot be read,
    `GazetteerError` where it is no RDF, or a concept has no name, no IRI, or several classes.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ResourceError(f"the gazetteer {path} cannot be read: {reason(error)}") from error
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path}: not UTF-8: save it as UTF-8") from error
    facts: dict[str, Facts] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in parse(text, SYNTAXES[path.suffix.lower()], base_iri=path.resolve().as_uri()):
            if isinstance(quad.subject, NamedNode):
                facts[quad.subject.value][quad.predicate.value].append(quad.object)
            elif quad.predicate.value == SKOS.prefLabel:
                raise GazetteerError(
                    f"{path}, line {_line(text, str(quad.object))}: the concept {quad.object} has no IRI: "
                    "give it one"
                )
    except SyntaxError as error:
        raise GazetteerError(
            f"{path}, line {error.lineno or 1}: no RDF: {' '.join(str(error.msg).split())}"
        ) from error
    below = {_iri(value): iri for iri, one in facts.items() for value in one[SKOS.narrower] if _iri(value)}
    for iri, one in tuple(facts.items()):
        kinds = _kinds(one)
        if kinds:
            line = _line(text, iri)
            yield line, _record(f"{path}, line {line}", iri, one, kinds, below.get(iri), facts)


def _record(
    where: str, iri: str, one: Facts, kinds: list[str], above: str | None, facts: dict[str, Facts]
) -> dict[str, str]:
    if len(kinds) > 1:
        raise GazetteerError(f"{where}: <{iri}> is of two classes, {' and '.join(kinds)}: keep the narrower")
    names = [_text(value) for term in _NAMES for value in sorted(one[term], key=_english_first)]
    if not names:
        raise GazetteerError(f"{where}: <{iri}> has no skos:prefLabel: give it one")
    bad = next((name for name in names if "|" in name), None)
    if bad is not None:
        raise GazetteerError(f"{where}: the name '{bad}' holds a |, which parts names: leave it out")
    parents = [_iri(value) for value in (*one[KG.locatedIn], *one[SKOS.broader])] + [above]
    around = [_id(parent) for parent in parents if parent and (_kinds(facts[parent]) or _geonames(parent))]
    countries = [_text(value) for term in _COUNTRY for value in one[term]]
    same = [found for term in _SAME for value in one[term] if (found := _iri(value))]
    same.append(iri)
    return {
        "id": _id(iri),
        "label": names[0],
        "kind": kinds[0],
        "names": "|".join(names[1:]),
        "country": countries[0] if countries else "",
        "same_as": "|".join(dict.fromkeys(each for each in same if each.startswith(("http:", "https:")))),
        "source": iri,
        "parent": around[0] if around else "",
        "capital_of": next((_id(_iri(value)) for value in one[KG.capitalOf]), ""),
        "latitude": next((_text(value) for value in one[WGS84.lat]), ""),
        "longitude": next((_text(value) for value in one[WGS84.long]), ""),
    }


def _kinds(one: Facts) -> list[str]:
    """The local names of the classes of ours that it is of; a class that there is none of too."""
    base = KG.term("Place").removesuffix("Place")
    return sorted(_iri(value).removeprefix(base) for value in one[RDF.type] if _iri(value).startswith(base))


def _id(iri: str) -> str:
    """The number of a feature of GeoNames, else the last part of the IRI."""
    number = _geonames(iri)
    return number or _NOT_IN_ID.sub("-", re.split(r"[/#:]", iri.rstrip("/#"))[-1]).strip("-")


def _geonames(iri: str) -> str | None:
    match = _GEONAMES_FEATURE.fullmatch(iri)
    return match[1] if match else None


def _iri(value: Term) -> str:
    return value.value if isinstance(value, NamedNode) else ""


def _text(value: Term) -> str:
    return " ".join(value.value.split()) if isinstance(value, Literal) else ""


def _english_first(value: Term) -> tuple[bool, bool, str]:
    language = value.language if isinstance(value, Literal) else None
    return language is not None and not language.startswith("en"), language is None, _text(value)


def _line(text: str, iri: str) -> int:
    """Where `iri`, or the last part of it, is first named."""
    for wanted in (iri, re.split(r"[/#:]", iri.rstrip("/#"))[-1]):
        match = re.search(rf"{re.escape(wanted)}(?![\w-])", text)
        if match:
            return text.count("\n", 0, match.start()) + 1
    return 1
