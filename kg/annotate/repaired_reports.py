"""Mends what the parser gets wrong around a report: what was told, and who suffered by what was told."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.constructions import Constructions
from kg.annotate.grammar import children

_AUXILIARIES = frozenset(("aux", "auxpass"))
_SUBJECTS = ("nsubj", "nsubjpass")


def said_behind_place(verb: Token, words: Constructions) -> bool:
    """*told X by telephone from a post that Y had fallen*: what was told, and nothing of the post."""
    if not any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children) or not children(
        verb, *_SUBJECTS
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


def victims_beside(verb: Token) -> None:
    """*Ten were killed on Friday, and two others hurt, by shells, X said*: the second beside the first."""
    subject = next(iter(children(verb, "nsubj")), None)
    first = next((c for c in children(verb.head, "ccomp") if c.i < verb.i and c.tag_ == "VBN"), None)
    if subject is None or first is None or subject.i > verb.i or children(verb, *_AUXILIARIES):
        return
    edge = subject.left_edge.i
    if not children(first, "auxpass") or verb.doc[edge - 1].tag_ != "CC" or verb.head.i < verb.i:
        return
    subject.dep_ = "nsubjpass"
    verb.dep_, verb.head = "conj", first
