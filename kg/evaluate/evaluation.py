"""A graph against gold, article by article."""

from __future__ import annotations

from collections.abc import Sequence

from kg.evaluate.counts import Evaluation, Miss, Tally
from kg.evaluate.entities import align
from kg.evaluate.events import Told, count_events
from kg.evaluate.gold import GoldArticle
from kg.evaluate.graph import FoundArticle, FoundGraph, read_graph
from kg.evaluate.relations import count_relations
from kg.evaluate.rules import Rules, load_rules
from kg.query.engine import Queryable


def evaluate(source: Queryable, gold: Sequence[GoldArticle]) -> Evaluation:
    """The counts of the articles that have gold; `source` is any store (`kg.store.opening.open_source`)."""
    rules = load_rules()
    graph = read_graph(source, [article.name for article in gold], rules)
    tallies = [_tally(article, graph, rules) for article in gold]
    return Evaluation(
        articles={tally.article: dict(tally.counts) for tally in tallies},
        misses=tuple(miss for tally in tallies for miss in tally.misses),
        absent=tuple(article.name for article in gold if article.name not in graph.articles),
    )


def _tally(gold: GoldArticle, graph: FoundGraph, rules: Rules) -> Tally:
    found = graph.articles.get(gold.name, FoundArticle())
    tally = Tally(gold.name)
    if gold.name not in graph.articles:
        tally.misses.append(Miss(article=gold.name, figure="evidence", what="the graph has no such article"))
    for begin, end, words in found.words:
        stands = gold.whole[begin:end] == words
        tally.add("evidence", right=stands, wrong=not stands)
        if not stands:
            tally.miss("evidence", f"'{words}' does not stand at {begin} to {end}")
    alignment = align(gold, graph.entities, found.mentions, tally)
    told = Told(gold=gold, accounts=found.accounts, alignment=alignment, tellings=graph.tellings, rules=rules)
    count_events(told, tally)
    count_relations(gold, graph.relations, alignment, tally)
    return tally
