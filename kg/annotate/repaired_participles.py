"""Mends what the parser gets wrong of participles: whose they are, and which clause goes on from them."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.arcs import AUXILIARIES, SUBJECTS
from kg.annotate.constructions import Constructions


def victims_before_participle(verb: Token) -> None:
    """*Ten were killed and scores wounded in a raid*: they were wounded; nobody was killed and scores."""
    victims = verb.head
    first = victims.head
    if (
        victims.dep_ != "conj"
        or victims.i != verb.i - 1
        or first.tag_ != "VBN"
        or not any(c.dep_ in ("nsubjpass", "auxpass") for c in first.children)
        or not any(c.dep_ == "cc" and c.i < victims.i for c in first.children)
        or any(c.dep_ in ("agent", "dobj") for c in verb.children)
    ):
        return
    verb.dep_, verb.head = "conj", first  # before the victims: no moment with a cycle
    victims.dep_, victims.head = "nsubjpass", verb


def participle_behind_noun(verb: Token) -> None:
    """*A roadside IED planted by rebels exploded*: the IED exploded, not a *roadside* that it planted."""
    noun = verb.head
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if (
        subject is None
        or subject.i != noun.i + 1
        or subject.i > verb.i
        or not noun.tag_.startswith("NN")
        or not subject.tag_.startswith("NN")
        or any(c.dep_ != "compound" for c in subject.children)
        or not any(c.dep_ == "agent" for c in verb.children)
    ):
        return
    subject.dep_, subject.head = noun.dep_, noun.head if noun.head.i != noun.i else subject
    for child in list(noun.children):
        if child.i not in (verb.i, subject.i):
            child.head = subject
    noun.dep_, noun.head = "compound", subject
    verb.dep_, verb.head = "acl", subject


def finite_behind_participle(verb: Token) -> None:
    """*a mine laid by rebels killed two*: it killed them; nobody laid and killed."""
    participle = verb.head
    subject = next((c for c in participle.children if c.dep_ in SUBJECTS and c.i < participle.i), None)
    if (
        subject is None
        or participle.tag_ != "VBN"
        or subject.right_edge.i + 1 != participle.i
        or not any(c.dep_ == "agent" for c in participle.children)
        or any(c.dep_ in (*AUXILIARIES, "cc") for c in participle.children)
        or any(c.dep_ in SUBJECTS for c in verb.children)
        or any(t.text == "," for t in participle.doc[participle.i : verb.i])
    ):
        return
    below = [
        c for c in participle.children if c.i < subject.left_edge.i or (c.dep_ == "punct" and c.i > verb.i)
    ]
    verb.dep_, verb.head = participle.dep_, verb if participle.dep_ == "ROOT" else participle.head
    for child in below:
        child.head = verb
    participle.dep_, participle.head = "acl", subject
    subject.dep_, subject.head = "nsubj", verb


def clause_behind_when(verb: Token) -> None:
    """*five others were hurt when a device exploded*: it exploded; nobody hurt a device that was exploded."""
    noun = verb.head
    opener = next(
        (
            c
            for t in (verb, noun)
            for c in t.children
            if c.lower_ == "when" and verb.head.i - 4 < c.i < noun.i
        ),
        None,
    )
    above = noun.head
    if (
        opener is None
        or noun.dep_ != "dobj"
        or any(c.dep_ in SUBJECTS for c in verb.children)
        or above.i > opener.i
    ):
        return
    verb.dep_, verb.head, verb.tag_ = "advcl", above, "VBD"
    noun.dep_, noun.head = "nsubj", verb
    opener.head = verb


def count_before_participle(verb: Token) -> None:
    """*20 people were killed and 50 wounded, the mayor said*: 50 were wounded, and nobody else said it."""
    count, first = verb.head, next((t for t in verb.sent if t.tag_ == "VBN" and t.dep_ == "ROOT"), None)
    report = count.head
    if (
        first is None
        or count.tag_ != "CD"
        or count.dep_ != "nsubj"
        or count.i != verb.i - 1
        or report.dep_ != "conj"
        or report.head.i != first.i
        or not any(c.dep_ == "nsubj" and c.i > verb.i for c in report.children)
    ):
        return
    count.dep_, count.head = "nsubjpass", verb
    verb.dep_, verb.head = "conj", first
    report.dep_ = "parataxis"


def participle_behind_infinitive(verb: Token) -> None:
    """*has told X to leave and withdrawn its envoy*: who has told has withdrawn him."""
    infinitive = verb.head
    above = infinitive.head
    if (
        infinitive.tag_ == "VB"
        and infinitive.dep_ in ("xcomp", "ccomp")
        and above.tag_ == "VBN"
        and any(c.tag_ == "TO" for c in infinitive.children)
        and any(c.dep_ == "aux" and c.lemma_ == "have" for c in above.children)
        and not any(c.dep_ in (*SUBJECTS, "aux", "auxpass") for c in verb.children)
    ):
        verb.head = above


def issued_behind_of(verb: Token, words: Constructions) -> None:
    """*a statement of the league released here said*: the statement was released, not the league."""
    noun = verb.head
    of = noun.head
    saying = of.head
    if (
        noun.dep_ == "pobj"
        and of.lower_ == "of"
        and verb.dep_ == "acl"
        and verb.lemma_ in words.issuing
        and saying.lemma_ in words.sayings
    ):
        verb.head = saying
