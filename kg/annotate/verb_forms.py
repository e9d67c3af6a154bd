"""The form of a verb, by its tag and its auxiliaries: infinitive, perfect, finite; with what it is told."""

from __future__ import annotations

from spacy.tokens import Token

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


def marked(verb: Token) -> bool:
    """*to capture*: the base form behind *to*."""
    return verb.tag_ == "VB" and any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


def perfect(verb: Token) -> bool:
    """*to have captured*: told as done."""
    return any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children)


def finite_clause(verb: Token) -> bool:
    """Whether `verb` is told in a clause with a subject and a tense of its own."""
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children) and (
        verb.tag_ in FINITE or any(c.dep_ in ("aux", "auxpass") and c.tag_ in FINITE for c in verb.children)
    )


def infinitive(verb: Token) -> bool:
    """*to capture*, *to be captured*, *saw him leave*."""
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children) or (
        verb.tag_ == "VB" and not any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)
    )


def finite(verb: Token) -> bool:
    """*was capturing*: with a finite auxiliary."""
    return any(c.dep_ == "aux" and c.tag_ in FINITE for c in verb.children)


def by_doing(verb: Token) -> bool:
    """*They answered by throwing stones*: how they did, and no word of what they said."""
    by = any(c.dep_ == "prep" and c.lower_ == "by" and any(g.dep_ == "pcomp" for g in c.children)
             for c in verb.children)  # fmt: skip
    return by and not any(c.dep_ == "ccomp" for c in verb.children)
