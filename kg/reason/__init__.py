"""REASON: whether a graph can be true with the ontology, and what follows from it."""

from kg.reason.rules import Clash, ClashKind
from kg.reason.run import Engine, Reasoned, reason, write_graph
from kg.reason.statements import Statement
from kg.reason.wording import Explanation, explain

__all__ = [
    "Clash",
    "ClashKind",
    "Engine",
    "Explanation",
    "Reasoned",
    "Statement",
    "explain",
    "reason",
    "write_graph",
]
