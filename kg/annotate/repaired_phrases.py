"""Repairs of what was counted, taken or told in a row. See `kg.annotate.repairs`."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from kg.annotate.arcs import OPENERS, SUBJECTS, take_place
from kg.annotate.constructions import Constructions

_BEARINGS = frozenset(("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"))


def repair_phrase(token: Token, words: Constructions) -> None:
    """Hang `token` where it belongs, if it is one of these."""
    label, tag = token.dep_, token.tag_
    if label == "compound" and tag == "NNS":
        _taken_as(token, words.taken_as)
        _bearing_behind_noun(token)
    elif label == "ccomp" and tag in ("VBD", "VBN"):
        _said_in_a_row(token)
        _victims_in_a_row(token, words.suffered_too)
    elif label in ("acl", "advcl") and tag == "VBG" and token.i:
        _deed_of_the_word_before(token)
    elif label == "advcl" and tag == "NN":
        _clause_headed_by_noun(token)


def _bearing_behind_noun(noun: Token) -> None:
    """*reported clashes west of X*: clashes were reported, and no west."""
    bearing = noun.head
    if (
        bearing.i != noun.i + 1
        or bearing.lower_ not in _BEARINGS
        or bearing.head.i == bearing.i
        or not any(c.dep_ == "prep" and c.lower_ == "of" for c in bearing.children)
        or any(c.i < noun.i for c in bearing.children if c.dep_ == "prep")
    ):
        return
    take_place(noun, bearing, "advmod")


def _said_in_a_row(verb: Token) -> None:
    """*said they seized power, jailed X, and named Y*: they jailed X, as they seized power."""
    report = verb.head
    first = next((c for c in report.children if c.dep_ == "ccomp" and report.i < c.i < verb.i), None)
    if (
        first is None
        or first.tag_ != verb.tag_
        or verb.doc[verb.left_edge.i - 1].text != ","
        or any(c.dep_ in (*SUBJECTS, "mark", "aux", "auxpass", "expl") for c in verb.children)
        or any(c.dep_ in SUBJECTS for c in report.children if c.i > first.i)
    ):
        return
    verb.dep_, verb.head = "conj", first


def _victims_in_a_row(verb: Token, suffered: Collection[str]) -> None:
    """*Five were killed, and seven injured, by a raid, X said*: seven were injured too.

    Of verbs in the past only those that are `suffered`: *and seven withdrew*.
    """
    report = verb.head
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    first = next((c for c in report.children if c.dep_ == "ccomp" and c.i < verb.left_edge.i), None)
    if (
        subject is None
        or first is None
        or any(c.dep_ in ("aux", "auxpass", "mark", "dobj", "ccomp", "xcomp") for c in verb.children)
        or not any(c.dep_ == "auxpass" for c in first.children)
        or not any(c.dep_ == "cc" and c.i == verb.left_edge.i - 1 for c in first.children)
    ):
        return
    counted = any(c.dep_ == "nummod" for c in subject.children)
    if verb.tag_ == "VBD" and not (counted and verb.lemma_ in suffered):
        return
    verb.dep_, verb.head, verb.tag_ = "conj", first, "VBN"
    subject.dep_ = "nsubjpass"


def _deed_of_the_word_before(gerund: Token) -> None:
    """*killed by rebel shelling near X*: by the shelling, and by no rebel who shelled."""
    doer = gerund.nbor(-1)
    if (
        gerund.head.i not in (doer.i, doer.head.head.i)
        or doer.dep_ != "pobj"
        or doer.head.lower_ != "by"
        or doer.tag_ not in ("NN", "NNP", "JJ")
        or any(c.dep_ in ("det", "poss", "nummod") for c in doer.children)
        or any(c.dep_ not in ("prep", "amod", "advmod", "punct") for c in gerund.children)
    ):
        return
    gerund.dep_, gerund.head, gerund.tag_, gerund.lemma_ = "pobj", doer.head, "NN", gerund.lower_
    for child in [c for c in doer.children if c.i < doer.i]:
        child.head = gerund
    doer.dep_, doer.head = "compound" if doer.tag_ == "NN" else "amod", gerund


def _taken_as(noun: Token, roles: Collection[str]) -> None:
    """*took five nurses hostage*: the nurses were taken; nobody is a *nurses hostage*."""
    role = noun.head
    verb = role.head
    if (
        role.dep_ != "dobj"
        or role.tag_ != "NN"
        or role.i != noun.i + 1
        or role.lower_ not in roles
        or verb.i > noun.i
        or any(
            c.dep_ not in ("compound", "amod", "nummod", "det", "poss", "prep", "quantmod")
            for c in role.children
        )
    ):
        return
    before = [c for c in role.children if c.i < noun.i]
    noun.dep_, noun.head = "dobj", verb
    for child in before:
        child.head = noun
    role.dep_, role.head = "oprd", verb


def _clause_headed_by_noun(noun: Token) -> None:
    """*when ethnic conflict flared in X*, *flared* read as a participle: the conflict flared."""
    behind = (c for c in noun.children if c.dep_ == "acl" and c.i == noun.i + 1)
    verb = next((c for c in behind if c.tag_ in ("VBN", "VBD")), None)
    opener = next((c for c in noun.children if c.lower_ in OPENERS and c.i < noun.i), None)
    if verb is None or opener is None or any(c.dep_ == "agent" for c in verb.children):
        return
    verb.dep_, verb.head, verb.tag_ = "advcl", noun.head, "VBD"
    noun.dep_, noun.head = "nsubj", verb
    opener.head = verb
