"""Whether a trigger stands as a noun though tagged a verb: *the shelling of X*, *days of fighting*."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.grammar import children, is_verb
from kg.annotate.lexicon import Lexicon

_OF_CLAUSES = ("dobj", "aux", "nsubj")


def stands_as_noun(token: Token, lexicon: Lexicon) -> bool:
    """Whether the arguments of `token` are those of a noun."""
    return (
        not is_verb(token)
        or _nominal(token)
        or _misread(token)
        or _of_doing(token, lexicon)
        or _going_on(token, lexicon)
    )


def _nominal(token: Token) -> bool:
    """A gerund with what nouns have: *the shelling of the town*, *days of fighting*."""
    return token.tag_ == "VBG" and (
        any(c.dep_ in ("det", "poss", "amod", "compound") for c in token.children)
        or (token.dep_ in ("pobj", "conj") and not is_verb(token.head) and _bare(token))
    )


def _misread(token: Token) -> bool:
    """A plural noun taken for a verb: *a series of airstrikes*."""
    return token.tag_ == "VBZ" and token.dep_ in ("pobj", "dobj") and not children(token, "nsubj", "dobj")


def _of_doing(token: Token, lexicon: Lexicon) -> bool:
    """*displaced by fighting between A and B*, *reported shelling*: a gerund with a noun's arguments."""
    above = token.head.lemma_
    seen = token.dep_ == "xcomp" and token.tag_ == "VBG"
    seen = seen and (above in lexicon.passing or above in lexicon.fleeing)
    return (token.dep_ == "pcomp" or seen) and token.lower_ in lexicon.nouns and _bare(token)


def _going_on(token: Token, lexicon: Lexicon) -> bool:
    """*Fighting continued in X*, *fighting between X and Y displaced thousands*: a gerund for a noun."""
    if token.tag_ != "VBG" or token.dep_ != "nsubj" or token.lower_ not in lexicon.nouns:
        return False
    if token.head.lemma_ == "be" or not _bare(token):
        return False
    sides = any(c.dep_ == "prep" and c.lower_ == "between" for c in token.children)
    return sides or token.head.lemma_.lower() in lexicon.occurrence


def _bare(token: Token) -> bool:
    return not children(token, *_OF_CLAUSES)
