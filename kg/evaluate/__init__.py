"""EVALUATE: a graph against gold that somebody made by hand, in the format of ``data/README.md``.

`gold` is what the gold says, `gold_reading` reads it and refuses its faults, `graph` is what a graph says of
the same articles, `entities`, `events` and `relations` compare the two, `counts` adds up, `intervals` says
how sure the figures are and compares two runs, `writing` shows them.
"""

from kg.evaluate.articles import read_articles
from kg.evaluate.counts import FIGURES, Count, Evaluation, Miss
from kg.evaluate.evaluation import evaluate
from kg.evaluate.gold_reading import read_gold
from kg.evaluate.intervals import Comparison, Score, compare, score

__all__ = [
    "FIGURES",
    "Comparison",
    "Count",
    "Evaluation",
    "Miss",
    "Score",
    "compare",
    "evaluate",
    "read_articles",
    "read_gold",
    "score",
]
