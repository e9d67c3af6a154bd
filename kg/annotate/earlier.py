"""What points back to what was told before, how far, and what was told that nothing points back to.

All that take up what was told have this in common: `recalled` lends its place, day and doer to *the attack*,
`taken_up` to *during the operation* and *the incident took place*, `retold` writes which account is meant.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.constructions import constructions
from kg.annotate.grammar import definite, governors

REACH = 400
"""Tokens back to which *the attack* may point."""
ELSEWHERE = 0.6
"""The confidence of an account whose arguments stand elsewhere."""
_HAVE = frozenset(("has", "have", "had"))


def points_back(noun: Token) -> bool:
    """Whether the noun points to what was told; *the recent attacks*, *the earlier attack* are others."""
    others = constructions(noun.doc).others
    if any(c.dep_ == "amod" and c.lower_ in others for c in noun.children):
        return False
    return definite(noun) or any(c.dep_ == "poss" for c in noun.children)


def says_no_more(noun: Token) -> bool:
    """Whether the noun, which points back, says of what it tells only whose it was, or on which day.

    *The two attacks*, *the worst attack*, *the attack that killed ten* may be told here for the first time.
    """
    return not any(
        c.dep_ in ("nummod", "relcl", "acl") or (c.dep_ == "amod" and c.tag_ == "JJS") for c in noun.children
    )


def long_ago(token: Token) -> bool:
    """*the deadliest raid since a bomb hit X*, *Y, which has been bombed often*: no news is told of it."""
    clauses = (child for child, _ in governors(token) if child.dep_ == "relcl")
    past = any(c.dep_ == "aux" and c.lower_ in _HAVE for clause in clauses for c in clause.children)
    return past or under_since(token)


def under_since(token: Token) -> bool:
    """Whether *since* stands over the token: *the first since a bomb hit X*."""
    for child, _ in governors(token):
        if child.dep_ == "prep" and child.lower_ == "since":
            return True
        if any(c.lower_ == "since" and c.dep_ == "mark" for c in child.children):
            return True
    return False
