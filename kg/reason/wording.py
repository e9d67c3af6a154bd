"""Contradictions in words: who, the statements that cannot be true together, the articles they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from pyoxigraph import Literal

from kg.ontology import load_ontology
from kg.reason.axioms import Axioms
from kg.reason.rules import Clash, ClashKind
from kg.reason.statements import Statement, Value, is_blank, read_statements
from kg.vocabulary import DCTERMS, KG, NIF, PREFIXES, RDF, RDFS, XSD

_ARTICLES = 3


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Source:
    """Where an individual is spoken of: an article, by its title or else its identifier, and a sentence."""

    article: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A contradiction for a person to read.

    `summary` says in a line what cannot be. Each of `statements` is Turtle, where it helps with a comment of
    what follows from it. `sources` holds the first sentences that speak of those concerned, an article each,
    of `articles` in all. `alike` counts further statements to the same effect.
    """

    summary: str
    statements: tuple[str, ...]
    sources: tuple[Source, ...]
    articles: int
    alike: int

    def lines(self) -> Iterator[str]:
        """The explanation, line by line."""
        yield self.summary
        yield from (f"  {statement}" for statement in self.statements)
        if self.alike:
            yield f"  and {self.alike:,} more like {'it' if len(self.statements) == 1 else 'these'}"
        for source in self.sources:
            yield f"  in {source.article}: {source.sentence}" if source.sentence else f"  in {source.article}"
        if self.articles > len(self.sources):
            yield f"  and in {self.articles - len(self.sources):,} more articles"


def explain(clashes: Sequence[Clash], axioms: Axioms, source: IO[bytes]) -> list[Explanation]:
    """`clashes` in words; names, articles and sentences are read from the N-Quads of `source`."""
    names = {
        each
        for clash in clashes
        for statement in clash.statements
        for each in (statement.subject, statement.value)
        if isinstance(each, str)
    }
    setting = _Setting(names | {clash.individual for clash in clashes}, source)
    return [_explanation(clash, axioms, setting) for clash in clashes]


class _Setting:
    """What a source tells of some individuals: their names, and where they are spoken of."""

    def __init__(self, individuals: Iterable[str], source: IO[bytes]) -> None:
        individuals = set(individuals)
        self.labels: dict[str, str] = {}
        self.mentions: dict[str, set[str]] = defaultdict(set)
        for subject, predicate, value in read_statements(source):
            if subject not in individuals:
                continue
            if predicate == KG.hasMention and isinstance(value, str):
                self.mentions[subject].add(value)
            elif predicate == RDFS.label and isinstance(value, Literal):
                self.labels.setdefault(subject, value.value)
        wanted = individuals.union(*self.mentions.values())
        self._articles: dict[str, str] = {}
        self._sentences: dict[str, str] = {}
        for subject, predicate, value in read_statements(source):
            if subject not in wanted:
                continue
            if predicate == KG.inArticle and isinstance(value, str):
                self._articles[subject] = value
            elif predicate == KG.sentence and isinstance(value, Literal):
                self._sentences[subject] = value.value
            elif predicate == NIF.anchorOf and isinstance(value, Literal):
                self.labels.setdefault(subject, value.value)
        articles = {*self._articles.values(), *individuals}
        self._titles: dict[str, str] = {}
        for subject, predicate, value in read_statements(source):
            if subject in articles and isinstance(value, Literal):
                if predicate == DCTERMS.title:
                    self._titles[subject] = value.value
                elif predicate == DCTERMS.identifier:
                    self._titles.setdefault(subject, value.value)

    def sources(self, individuals: Iterable[str]) -> list[Source]:
        """One sentence of each article that speaks of any of `individuals`, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for individual in individuals:
            for mention in (individual, *self.mentions.get(individual, ())):
                if mention in self._articles:
                    found[self._articles[mention]].append(self._sentences.get(mention, ""))
            if individual in self._titles:
                found.setdefault(individual, [""])
        return sorted(
            Source(article=_plain(self._titles.get(article, article)), sentence=_plain(min(sentences)))
            for article, sentences in found.items()
        )

    def name(self, individual: str) -> str:
        """Its label, or the words of a mention, or its IRI."""
        label = self.labels.get(individual)
        return f"'{_plain(label)}'" if label else _turtle(individual)


def _explanation(clash: Clash, axioms: Axioms, setting: _Setting) -> Explanation:
    concerned = dict.fromkeys(
        each
        for statement in clash.statements
        for each in (statement.subject, statement.value)
        if isinstance(each, str) and not each.startswith(KG.iri)
    )
    sources = setting.sources(concerned)
    return Explanation(
        summary=_summary(clash, setting),
        statements=tuple(_stated(statement, clash, axioms) for statement in clash.statements),
        sources=tuple(sources[:_ARTICLES]),
        articles=len(sources),
        alike=clash.alike,
    )


def _summary(clash: Clash, setting: _Setting) -> str:
    name = setting.name(clash.individual)
    if clash.kind is ClashKind.CLASSES:
        one, other = (_word(each) for each in clash.between)
        if one == other:
            return f"{name} would be of the class '{one}', in which nothing can be"
        return f"{name} would be of the classes '{one}' and '{other}', and nothing is of both"
    if clash.kind is ClashKind.NAMES:
        one, other = (_word(each) for each in clash.between)
        return f"{name}: '{one}' and '{other}' would be one, and they are said to be different"
    if clash.kind is ClashKind.VALUE:
        (statement,) = clash.statements
        value = statement.value
        assert isinstance(value, Literal)
        return f"{name}: '{_plain(value.value)}' is no {_word(clash.between[0])}"
    return f"{name}: what is said here cannot all be true"


def _stated(statement: Statement, clash: Clash, axioms: Axioms) -> str:
    """The statement in Turtle, and what follows of the individual that the contradiction is about."""
    subject, predicate, value = statement
    text = f"{_turtle(subject)} {'a' if predicate == RDF.type else _turtle(predicate)} {_turtle(value)} ."
    if clash.kind is not ClashKind.CLASSES or predicate == RDF.type:
        return text
    ends = (
        ("begins", axioms.subjects.get(predicate, frozenset())),
        ("leads", axioms.objects.get(predicate, frozenset())),
    )
    for verb, kinds in ends:
        held = [each for each in clash.between if each in kinds]
        if held and clash.individual == (subject if verb == "begins" else value):
            way = "begins at" if verb == "begins" else "leads to"
            return f"{text}  # {_turtle(predicate)} {way} '{_word(held[0])}'"
    return text


def _word(iri: str) -> str:
    """The label of a term of ours, or the term written short."""
    known = load_ontology().terms.get(iri.removeprefix(KG.iri)) if iri.startswith(KG.iri) else None
    return known.label if known else _turtle(iri)


def _turtle(value: Value) -> str:
    """A term in Turtle, with the prefixes that the program writes."""
    if isinstance(value, Literal):
        if value.language:
            return str(Literal(_plain(value.value), language=value.language))
        datatype = "" if value.datatype.value == XSD.string else f"^^{_turtle(value.datatype.value)}"
        return f"{Literal(_plain(value.value))}{datatype}"
    if is_blank(value):
        return value
    for prefix, namespace in PREFIXES.items():
        rest = value.removeprefix(namespace)
        if rest != value and rest.isidentifier():
            return f"{prefix}:{rest}"
    return "<" + "".join(char if char.isprintable() else f"\\U{ord(char):08X}" for char in value) + ">"


def _plain(text: str) -> str:
    """One line without control characters, to stand in a terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
