"""From mentions to the sentences that hold them, with their place in the article.

A mention's offsets are in the graph, its sentence's are not: they follow from where the mention's words
stand in the sentence. Where they stand there more than once, the article's text settles it if the graph
has it, else the place that most mentions of that sentence fit; where two fit as many, it stays open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pyoxigraph import NamedNode

from kg.query.engine import Queryable
from kg.query.grounds import Mark, Quote
from kg.query.results import Term
from kg.query.rows import LAST, ask
from kg.vocabulary import DCTERMS, KG, NIF

Facts = Mapping[str, list[Term]]
"""What is said of one subject: predicate to objects."""


class Quoter:
    """Makes quotes of mentions of one source; it remembers the articles that it has asked for."""

    def __init__(self, source: Queryable) -> None:
        self._source = source
        self._articles: dict[str, dict[str, str]] = {}

    def quotes(self, marked: Iterable[tuple[str, str, Facts]]) -> tuple[Quote, ...]:
        """The sentences of mentions, given as (role, IRI, facts), in order; each sentence once.

        What is no mention with its offsets, sentence and article is left out.
        """
        found: dict[tuple[str, str, object], Quote] = {}
        marks: defaultdict[tuple[str, str, object], set[Mark]] = defaultdict(set)
        for role, iri, facts in marked:
            mention = _first(facts, NIF.beginIndex), _first(facts, NIF.endIndex)
            article, sentence = _first(facts, KG.inArticle), _first(facts, KG.sentence)
            if None in mention or article is None or sentence is None:
                continue
            begin, end = int(mention[0] or 0), int(mention[1] or 0)
            mark = Mark(begin=begin, end=end, role=role, words=_first(facts, NIF.anchorOf) or "", mention=iri)
            at = self._place(article, sentence, mark)
            key = article, sentence, iri if at is None else at
            marks[key].add(mark)
            if key not in found:
                about = self._article(article)
                found[key] = Quote(
                    article=about.get(DCTERMS.identifier, article),
                    article_iri=article,
                    sentence=sentence,
                    marks=(),
                    begin=at,
                    end=None if at is None else at + len(sentence),
                    issued=about.get(DCTERMS.issued),
                    title=about.get(DCTERMS.title),
                )
        told = (replace(quote, marks=tuple(sorted(marks[key]))) for key, quote in found.items())
        return tuple(
            sorted(told, key=lambda one: (one.issued or LAST, one.article, one.marks[0].begin, one.sentence))
        )

    def issued(self, article: str) -> str | None:
        """The date of the article with this IRI."""
        return self._article(article).get(DCTERMS.issued)

    def _place(self, article: str, sentence: str, mark: Mark) -> int | None:
        """Where the sentence begins in the article."""
        open_ = list(_begins(sentence, mark.begin, mark.words))
        text = self._article(article).get(NIF.isString)
        if text is not None:
            open_ = [at for at in open_ if text.startswith(sentence, at)]
        elif len(open_) > 1:
            others = list(self._beside(mark.mention))
            fitting = [sum(at in _begins(sentence, *other) for other in others) for at in open_]
            open_ = [at for at, count in zip(open_, fitting, strict=True) if count == max(fitting)]
        return open_[0] if len(open_) == 1 else None

    def _beside(self, mention: str) -> Iterator[tuple[int, str]]:
        """Offset and words of the mentions of the same sentence, or of one of the same words."""
        for row in ask(
            self._source,
            f"SELECT DISTINCT ?begin ?words WHERE {{ {NamedNode(mention)} kg:inArticle ?article ;"
            " kg:sentence ?sentence . ?other kg:sentence ?sentence ; kg:inArticle ?article ;"
            " nif:beginIndex ?begin ; nif:anchorOf ?words }",
        ):
            yield int(row["begin"].value), row["words"].value

    def _article(self, iri: str) -> dict[str, str]:
        """Identifier, date, title and text of an article, as far as the graph has them."""
        if iri not in self._articles:
            wanted = " ".join(
                f"<{one}>" for one in (DCTERMS.identifier, DCTERMS.issued, DCTERMS.title, NIF.isString)
            )
            rows = ask(
                self._source,
                f"SELECT DISTINCT ?p ?o WHERE {{ VALUES ?p {{ {wanted} }} {NamedNode(iri)} ?p ?o }}",
            )
            self._articles[iri] = dict(sorted((row["p"].value, row["o"].value) for row in rows))
        return self._articles[iri]


def _begins(sentence: str, begin: int, words: str) -> Iterator[int]:
    """Where `sentence` may begin for `words`, which stand in it, to begin at `begin`."""
    at = sentence.find(words) if words else -1
    while at >= 0:
        if begin >= at:
            yield begin - at
        at = sentence.find(words, at + 1)


def _first(facts: Facts, predicate: str) -> str | None:
    return min((term.value for term in facts.get(predicate, ())), default=None)
