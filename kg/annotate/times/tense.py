"""Where the clause of a time expression looks, back or ahead: by the parse, else by the words."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.times import words as w
from kg.annotate.times.lexicon import time_lexicon
from kg.annotate.times.model import Tense
from kg.annotate.times.scanner import Words

_ENDS = frozenset({"", "\n", ".", ";", "!", "?", "“", "”", '"', "—", "–", ":"})
_BREAKS = _ENDS | {
    ",",
    "said",
    "says",
    "told",
    "that",
    "who",
    "which",
    "after",
    "when",
    "while",
    "but",
    "because",
}
_WINDOW = 12
_CLOSE = 4
_IS = frozenset({"is", "are", "'s", "'re", "’s", "’re"})
_PERFECT = frozenset({"has", "have", "had", "was", "were", "been"})
_COMPLEMENTS = frozenset({"attr", "acomp", "prep", "npadvmod", "oprd", "ccomp"})
_DAYS = w.WEEKDAYS.keys() | w.MONTHS.keys()


def tense_by_words(words: Words, start: int, end: int) -> Tense | None:
    """The tense of the clause around words `start` to `end`, by its auxiliaries; None where it shows none.

    What stands before the expression counts; what follows only where the expression opens its clause.
    """
    low = words.low
    i = start - 1
    while i >= 0 and i > start - 1 - _WINDOW and low[i] not in _BREAKS:
        tense = _word_tense(words, i)
        if tense:
            return tense
        i -= 1
    opens = i < 0 or (low[i] in _ENDS)
    if i >= 0 and low[i] in ("said", "says", "told"):
        return Tense.PAST if start - i <= 2 else None
    if not opens:
        return None
    for k in range(end, min(end + _WINDOW, words.size)):
        if low[k] in _ENDS:
            break
        tense = _word_tense(words, k)
        if tense:
            return tense
    return None


def _word_tense(words: Words, i: int) -> Tense | None:
    low = words.low
    word = low[i]
    if word == "due" and low[i + 1] == "to" and low[i + 2] in w.DETERMINERS:
        return None
    if word in w.WILL and not words.capital(i):
        return Tense.FUTURE
    if (word in w.WOULD and not words.capital(i)) or word in w.APPOINTED:
        return Tense.PLANNED
    if word == "set" and low[i + 1] == "for":
        return Tense.PLANNED
    if word == "going" and low[i + 1] == "to":
        return Tense.PLANNED
    if word in w.PLANS and low[i + 1] == "to":
        return Tense.PLANNED
    if _scheduled_word(words, i):
        return Tense.PLANNED
    if word in w.PAST_MARKS or (len(word) > 4 and word.endswith("ed")):
        if "be" in low[max(i - 2, 0) : i]:
            return None
        if word in ("was", "were", "had"):
            follows = low[i + 1]
            if follows in w.APPOINTED or (follows in w.PLANS and low[i + 2] == "to"):
                return Tense.PLANNED
        return Tense.PAST
    return None


def _scheduled_word(words: Words, i: int) -> bool:
    """Whether word `i` is the form in -s of a verb that in its present tense tells of a day that is set."""
    word = words.low[i]
    if not word.endswith("s") or words.capital(i) or (i and words.low[i - 1] in w.DETERMINERS):
        return False
    scheduled = time_lexicon().scheduled
    needed = scheduled.get(word[:-1], scheduled.get(word[:-2]))
    return needed is not None and (not needed or not needed.isdisjoint(words.low[i + 1 : i + 4]))


def tense_by_parse(root: Token) -> Tense | None:
    """The tense of the verb over `root` (Penn Treebank tags, ClearNLP labels); None where there is none."""
    token = root
    if root.dep_ == "poss" and root.head.dep_ == "pobj":
        opening = root.head.head
        if opening.head.tag_.startswith("NN") or opening.lower_ == "behind":
            return None  # *will convey condolences to the victims of Sunday's attack*
    if root.i > 1 and root.nbor(-1).lower_ == "record" and root.nbor(-2).lower_ == "of":
        return Tense.PLANNED  # *holders of record Nov. 27*
    noun = False  # whether it is the time of a noun below the verb
    for _ in range(8):
        if token.text.lower() in w.APPOINTED and token is not root:
            return Tense.PLANNED
        if _put_off(token):
            return Tense.PLANNED
        if token.tag_.startswith("VB") or token.tag_ == "MD":
            tense = _verb_tense(token)
            if noun and tense is Tense.PLANNED and _going_on(token):
                return None  # *the war that followed the raid in May is having effects*
            if tense or token.dep_ not in ("xcomp", "acl", "conj"):
                return tense
        if token.head.i == token.i:
            return None
        noun |= token is not root and token.tag_.startswith("NN")
        token = token.head
    return None


def _going_on(verb: Token) -> bool:
    """*is having*, which tells of a plan only where the time is its own: *is leaving in May*."""
    return verb.tag_ == "VBG" and any(child.dep_ == "aux" and child.lower_ in _IS for child in verb.children)


def _verb_tense(verb: Token) -> Tense | None:
    """What the form of `verb`, its auxiliaries and the word over its infinitive say."""
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {child.text.lower() for child in auxiliaries}
    if words & w.WILL or verb.text.lower() in w.WILL:
        return Tense.FUTURE
    if words & w.WOULD:
        return Tense.PAST if "have" in words else Tense.PLANNED
    set_for = verb.text.lower() == "set" and any(child.text.lower() == "for" for child in verb.children)
    if (verb.text.lower() in w.APPOINTED and verb.tag_ != "VBD") or set_for:
        return Tense.PLANNED
    if "to" in words:
        head = verb.head
        if head.i == verb.i or head.text.lower() in w.PLANS or head.lemma_ == "be":
            return Tense.PLANNED
        if head.tag_.startswith("NN") or "have" in words:
            return Tense.PLANNED if "have" not in words else Tense.PAST
        return None
    if words & _IS and verb.tag_ == "VBN" and not words & _PERFECT:
        return None  # *schools are closed*: so they are now
    if verb.tag_ in ("VBZ", "VBP") and _set(verb):
        return Tense.PLANNED
    forms = {child.tag_ for child in auxiliaries} | {verb.tag_}
    if forms & {"VBD", "VBN"} or words & {"was", "were", "had", "did", "has", "have"}:
        return Tense.PAST
    if verb.tag_ == "VBG" and words & {*_IS, "am"}:
        return Tense.PLANNED
    return None


def _put_off(token: Token) -> bool:
    """*adjourned the case to Sept. 9*: whether `token` is the preposition of the day put off to."""
    if token.dep_ != "prep" or token.lower_ not in ("to", "until", "till"):
        return False
    return token.head.lemma_.lower() in time_lexicon().put_off and token.i > token.head.i


def _set(verb: Token) -> bool:
    """Whether the present tense of `verb` tells of a day that is set: *takes effect*, *the deadline is*."""
    if verb.lemma_ == "be":
        kinds = [child for child in verb.children if child.dep_ in _COMPLEMENTS]
        appointed = any(child.lower_ in w.APPOINTED for child in kinds)
        return appointed or (len(kinds) == 1 and _names_day(kinds[0]))
    needed = time_lexicon().scheduled.get(verb.lemma_.lower())
    if needed is None:
        return False
    if needed:
        return _follows(verb, needed)
    return not any(
        child.dep_ in ("dobj", "acomp", "oprd", "advcl") or child.tag_ in ("RBR", "JJR")
        for child in verb.children
    )


def _names_day(token: Token) -> bool:
    """Whether the complement `token` of *is* is a day: *is Dec. 31*, *is on Sunday*."""
    if token.dep_ == "prep" and token.lower_ == "on":
        return any(_names_day(child) for child in token.children if child.dep_ == "pobj")
    return token.lower_.rstrip(".") in _DAYS or token.lower_ == "tomorrow"


def _follows(verb: Token, needed: frozenset[str]) -> bool:
    """Whether one of the words `needed` stands behind `verb`, no further than the first noun there."""
    for token in verb.doc[verb.i + 1 : min(verb.i + 1 + _CLOSE, verb.sent.end)]:
        if token.lower_ in needed:
            return True
        if token.tag_.startswith("NN"):
            return False
    return False
