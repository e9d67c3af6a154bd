"""Whether what mentions say really stands in the articles' texts, at their offsets.

The same as the shapes ``Evidence`` and ``SentenceEvidence`` of ``ontology/shapes.ttl`` ask in SPARQL, for
texts that are in the graph (``nif:isString``) or lie beside it. Offsets count Unicode code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.validate.reading import Dump, quads_text
from kg.validate.report import Violation
from kg.vocabulary import DCTERMS, KG, NIF

_SHAPES = "https://w3id.org/newskg/shapes#"
_COMPONENT = "http://www.w3.org/ns/shacl#SPARQLConstraintComponent"
_WORDS, _SENTENCE = f"{_SHAPES}Evidence", f"{_SHAPES}SentenceEvidence"
RULES = (_WORDS, _SENTENCE)
"""The shapes that this answers."""

_FIELDS = {
    KG.inArticle: "article",
    NIF.beginIndex: "begin",
    NIF.endIndex: "end",
    NIF.anchorOf: "words",
    KG.sentence: "sentence",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReport:
    """Texts against a graph: `violations`, sorted; `articles` whose texts were there; `missing`, the
    identifiers of those whose texts were not, sorted."""

    violations: tuple[Violation, ...]
    articles: int
    missing: tuple[str, ...]


@dataclass(slots=True)
class _Articles:
    """What a graph says of its articles and their mentions: the latter by their articles' IRIs."""

    identifiers: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    mentions: dict[str, dict[str, str]] = field(default_factory=dict)

    def by_article(self) -> Iterator[tuple[str, str, dict[str, str]]]:
        """Each mention that says where it stands: its article, its IRI, what it says."""
        for iri, said in self.mentions.items():
            if {"article", "begin", "end"} <= said.keys():
                yield said["article"], iri, said


def check_evidence(quads: str) -> list[Violation]:
    """The mentions in N-Quads text that do not stand where they say, in the texts that the graph has."""
    if f"<{NIF.isString}>" not in quads:
        return []
    found = _read(quads)
    return [
        violation
        for article, iri, said in found.by_article()
        if article in found.texts
        for violation in _faults(iri, said, found.texts[article])
    ]


def check_texts(source: Dump, texts: Iterable[tuple[str, str]]) -> TextReport:
    """The mentions of a graph against `texts`: articles' identifiers (``dcterms:identifier``) and texts."""
    found = _read(quads_text(source))
    identified: dict[str, list[str]] = {}
    for iri, identifier in found.identifiers.items():
        identified.setdefault(identifier, []).append(iri)
    mentions: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for article, iri, said in found.by_article():
        mentions.setdefault(article, []).append((iri, said))
    violations: set[Violation] = set()
    seen: set[str] = set()
    for identifier, text in texts:
        for article in identified.get(identifier, ()):
            seen.add(identifier)
            for iri, said in mentions.get(article, ()):
                violations.update(_faults(iri, said, text))
    return TextReport(
        violations=tuple(sorted(violations)),
        articles=len(seen),
        missing=tuple(sorted(identified.keys() - seen)),
    )


def _read(quads: str) -> _Articles:
    found = _Articles()
    for quad in parse(quads, RdfFormat.N_QUADS):
        predicate, value = quad.predicate.value, quad.object
        if not isinstance(value, Literal | NamedNode) or not isinstance(quad.subject, NamedNode):
            continue
        if predicate in _FIELDS:
            found.mentions.setdefault(quad.subject.value, {})[_FIELDS[predicate]] = value.value
        elif predicate == DCTERMS.identifier:
            found.identifiers[quad.subject.value] = value.value
        elif predicate == NIF.isString:
            found.texts[quad.subject.value] = value.value
    return found


def _faults(iri: str, said: Mapping[str, str], text: str) -> Iterator[Violation]:
    try:
        begin, end = int(said["begin"]), int(said["end"])
    except ValueError:
        return  # which the shape of the offsets says
    words, sentence = said.get("words"), said.get("sentence")
    if words is not None and text[max(begin, 0) : max(end, 0)] != words:
        yield _violation(
            iri, _WORDS, f"has the text {words}, which does not stand at its offsets in the article", words
        )
    # Between as far before the end and as far behind the beginning as it is long: then it is around both.
    if sentence is not None and sentence not in text[max(end - len(sentence), 0) : begin + len(sentence)]:
        yield _violation(
            iri,
            _SENTENCE,
            f"has a sentence that does not stand around its offsets in the article: {sentence}",
            sentence,
        )


def _violation(iri: str, shape: str, message: str, value: str) -> Violation:
    return Violation(node=iri, shape=shape, message=message, value=str(Literal(value)), component=_COMPONENT)
