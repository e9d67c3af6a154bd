"""Repairs of clauses: one behind a list, an outcome behind a report, what was told in a statement."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.arcs import SUBJECTS
from kg.annotate.grammar import is_verb


def subject_taken_for_object(verb: Token) -> None:
    """*launched raids on X and Y fired rockets*: Y fired them, and nobody raided Y."""
    above, at = verb.head, verb.i - 1
    while (
        at > above.i and verb.doc[at].head.i == verb.i and verb.doc[at].dep_ in ("aux", "auxpass", "advmod")
    ):
        at -= 1
    noun = verb.doc[at]
    if (
        noun.dep_ != "conj"
        or noun.tag_ not in ("NN", "NNS", "NNP", "NNPS")
        or not above.i < noun.i
        or not any(c.dep_ in SUBJECTS for c in above.children)
        or any(c.dep_ in (*SUBJECTS, "mark") for c in verb.children)
        or any(c.i > noun.i for c in noun.children)
    ):
        return
    joint = noun.left_edge.i - 1
    word = verb.doc[joint]
    if word.dep_ != "cc" or word.head.i != noun.head.i or word.head.dep_ not in ("pobj", "dobj", "conj"):
        return
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    noun.dep_, noun.head = "nsubjpass" if passive else "nsubj", verb
    word.head, verb.dep_ = above, "conj"


def operation_behind_its_kind(noun: Token) -> None:
    """*launched a ground offensive*: an offensive, not a ground."""
    kind = noun.head
    if kind.tag_ != "NN" or kind.head.i == kind.i:
        return
    noun.dep_, noun.head, noun.tag_ = kind.dep_, kind.head, "NN"
    for child in list(kind.children):
        if child.i != noun.i:
            child.head = noun
    kind.dep_, kind.head = "compound", noun


def outcome_behind_report(verb: Token) -> None:
    """*A bomb went off, police said, killing two*: the bomb killed them, not the police."""
    report = verb.head
    told = next((c for c in report.children if c.dep_ == "ccomp" and c.i < report.i), None)
    teller = next((c for c in report.children if c.dep_ == "nsubj"), None)
    if told is None or teller is None or not told.i < teller.i < report.i < verb.i:
        return
    if any(c.dep_ == "dobj" for c in report.children) or any(c.dep_ == "mark" for c in told.children):
        return
    if verb.doc[verb.left_edge.i - 1].text == "," and not any(c.dep_ in SUBJECTS for c in verb.children):
        verb.head = told


def reported_clause(verb: Token) -> None:
    """*said that two of its guards were hurt*: what was said, though the parse has it describe *said*."""
    words = list(verb.children) if is_verb(verb.head) else []
    if any(c.dep_ == "mark" and c.lower_ == "that" for c in words) and any(c.dep_ in SUBJECTS for c in words):
        verb.dep_ = "ccomp"
