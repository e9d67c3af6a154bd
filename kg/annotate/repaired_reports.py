"""Mends what the parser gets wrong around a report: what was told. See `kg.annotate.repairs`."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.arcs import SUBJECTS
from kg.annotate.constructions import Constructions
from kg.annotate.grammar import children


def said_behind_place(verb: Token, words: Constructions) -> bool:
    """*told X by telephone from a post that Y had fallen*: what was told, and nothing of the post."""
    if not any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children) or not children(
        verb, *SUBJECTS
    ):
        return False
    above = verb.head
    while above.i != above.head.i and not above.tag_.startswith("VB"):
        above = above.head
    speaks = words.hearing | words.uttering | words.reporting
    if above.lemma_ not in speaks or children(above, "ccomp"):
        return False
    verb.dep_, verb.head = "ccomp", above
    return True
