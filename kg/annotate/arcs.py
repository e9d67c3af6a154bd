"""What the repairs of a parse share: names of arcs, and a noun that takes the place of another."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

SUBJECTS: Final = ("nsubj", "nsubjpass")
AUXILIARIES: Final = frozenset(("aux", "auxpass"))
OPENERS: Final = frozenset(("when", "as", "because"))


def take_place(noun: Token, above: Token, dep: str) -> None:
    """Let `noun` stand where `above` does, with what stands before both, and `above` hang on it as `dep`."""
    before = [c for c in above.children if c.i < noun.i]
    noun.dep_, noun.head = above.dep_, above.head if above.head.i != above.i else noun
    for child in before:
        child.head = noun
    above.dep_, above.head = dep, noun
