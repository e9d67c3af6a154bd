"""Values as quads: an article and its mentions in the article's graph, the rest in graphs of their own.

Each subject stands in one graph, and its triples come together and sorted: what is yielded can be
written as it comes.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad, RdfFormat, serialize

from kg.model import ReadArticle, Reduction, ResolvedDocument
from kg.rdf.article import ArticleMapper
from kg.rdf.reduction import ReductionMapper
from kg.rdf.settings import MappingSettings
from kg.rdf.terms import node
from kg.vocabulary import KG


def article_quads(resolved: ResolvedDocument, settings: MappingSettings) -> Iterator[Quad]:
    """The graph of one article: the article, its mentions, its accounts. It depends on the article alone.

    Raises `DocumentError` where a span lies outside the text, or something names a mention that the
    article lacks; `DataError` where a class, a property or a date is none.
    """
    article = ArticleMapper(resolved.annotated, settings)
    for described in sorted(article.descriptions(), key=lambda each: each.iri):
        yield from described.quads(article.iri)


def map_article(
    resolved: ResolvedDocument, settings: MappingSettings, *, content: str, digest: bytes
) -> ReadArticle:
    """The graph of one article with what else is kept of it. Raises what `article_quads` raises."""
    quads = list(article_quads(resolved, settings))
    in_article = node(KG.inArticle)
    return ReadArticle(
        id=resolved.annotated.document.id,
        content=content,
        digest=digest,
        quads=serialize(quads, format=RdfFormat.N_QUADS) or b"",
        mentions=sum(quad.predicate == in_article for quad in quads),
        triples=len(quads),
    )


def reduction_quads(reduction: Reduction, settings: MappingSettings) -> Iterator[Quad]:
    """The graphs of entities (with positions) and of events, over all articles.

    Raises `DataError` where a class, a property or a date is none.
    """
    mapper = ReductionMapper(reduction, settings)
    for graph, descriptions in mapper.graphs():
        for described in descriptions:
            yield from described.quads(graph)
