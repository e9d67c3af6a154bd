"""Which trigger or verb a time expression belongs to: the nearest that takes it, on the way to the root."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from kg.annotate.grammar import children, clause_verb, governors, is_verb, prepositions
from kg.annotate.intervals_told import measure_before
from kg.annotate.layer import Layer, TimeExpression
from kg.annotate.lexicon import Lexicon
from kg.annotate.times.words import PARTS_OF_DAY
from kg.model import PartialDate

if TYPE_CHECKING:
    from kg.annotate.events import Telling

_QUALIFIES = frozenset(("nummod", "compound", "nmod", "amod"))
_WITHIN = frozenset(("in", "during", "at", "on"))
_BESIDE = frozenset(("since", "after", "following", "before", "until"))
_BEFORE_VERB = frozenset(("aux", "auxpass", "neg", "advmod"))
_ATTENDING = frozenset(("in", "at", "over", "during"))
_NOWHERE = -1  # for a time that belongs to no trigger or verb, where None leaves it to the next governor


class Homes:
    """Finds where the times of one document belong; `carriers` are the nouns that a verb carries."""

    def __init__(
        self,
        doc: Doc,
        tellings: Mapping[int, Telling],
        carriers: Mapping[int, list[int]],
        lexicon: Lexicon,
        published: PartialDate | None,
    ) -> None:
        self.doc, self.tellings, self.carriers, self.lexicon = doc, tellings, carriers, lexicon
        self.published = published
        self.words = lexicon.constructions

    def of(self, time: TimeExpression, *, past: bool) -> int | None:
        """The trigger or verb that the time expression belongs to.

        A `past` day in an infinitive of purpose is that of the deed, *launched a raid to free them on
        Monday*; so is a single day in a participle that describes its object.
        """
        token = self.doc[time.root]
        if token.i in self.tellings:
            return token.i
        if self._right_behind_object(token, time):
            return token.i - 1
        word = since_word(token, self.tellings)
        if word is not None and _compares(word):
            return None
        if (opened := _opened_clause(self.doc, time, self.tellings)) is not None:
            return opened
        noun = self.doc[max(token.head.i - 1, 0)]
        if (
            token.dep_ == "pobj"
            and noun.i in self.tellings
            and noun.dep_ in ("pobj", "dobj")
            and _beside(noun.head)
        ):
            return noun.i  # *following the coup on May 9*, *on* hung on the verb
        for child, head in governors(token):
            home = self._on_the_way(time, child, head, past=past)
            if home is not None:
                return None if home == _NOWHERE else home
        return self._without_verb(time)

    def _without_verb(self, time: TimeExpression) -> int | None:
        """*On May 1 at noon, a raid killed two*, *On* read as the root: the first that is told behind it."""
        sentence = self.doc[time.root].sent
        if sentence.root.tag_ != "IN" or sentence.root.i >= time.start:
            return None
        behind = (i for i in range(time.end, sentence.end) if i in self.tellings)
        return next((i for i in behind if not self.tellings[i].frame.speech), None)

    def _right_behind_object(self, token: Token, time: TimeExpression) -> bool:
        """*condemns the attacks today*: the attacks were today, as the word right behind them says."""
        if token.i != time.start or token.dep_ != "npadvmod" or token.i - 1 not in self.tellings:
            return False
        beside, said = self.tellings[token.i - 1], self.tellings.get(token.head.i)
        return beside.token.dep_ == "dobj" and said is not None and said.frame.speech

    def _on_the_way(self, time: TimeExpression, child: Token, head: Token, *, past: bool) -> int | None:
        """The home that `head`, which governs `child` and so the time, has for it; None where it has none."""
        home = self._of_another(self.doc[time.root], child, head)
        if home is not None:
            return home
        if is_verb(head) and _in_brackets(head, self.doc[time.root]):
            return None
        home = self._behind_participle(time, head)
        if home is not None:
            return home
        against = _protested(head, self.tellings) if past else None
        if against is not None and against < time.root:
            return against
        if self._passes_by(time, head, past=past):
            return None
        if head.i in self.tellings:
            told = _told_by(time, self.tellings[head.i], self.tellings, self.carriers)
            return head.i if told is None else told
        return self._at_verb(time, head, past=past) if is_verb(head) else None

    def _of_another(self, token: Token, child: Token, head: Token) -> int | None:
        """What else the time belongs to, before or after which the clause is told, or `_NOWHERE`."""
        if child.lower_ in ("after", "before") and child.dep_ == "prep" and measure_before(child) is not None:
            return _NOWHERE  # *two days after Tuesday's vote*: not on Tuesday
        if _beside(head) and token.dep_ == "pobj" and token.head.i != head.i:
            if child.lower_ in PARTS_OF_DAY:
                return None  # *the raid, just before midnight on Thursday*
            told = next((c.i for c in head.children if c.i in self.tellings), None)
            if told is not None or head.lower_ != "since":
                return _NOWHERE if told is None else told  # *since the vote on May 9*
        after = children(head, "dobj") if head.lemma_ in self.words.preceding else []
        if after and after[0].i < token.i:  # *the raid follows clashes on Sunday*
            return after[0].i if after[0].i in self.tellings else _NOWHERE
        if child.lower_ in ("for", "since") and head.dep_ == "appos" and head.i not in self.tellings:
            return _NOWHERE  # *X, its seat for ten years, fell*: ten years are told of the seat
        return None

    def _behind_participle(self, time: TimeExpression, head: Token) -> int | None:
        """*men posing as guards on Monday robbed*: the robbery, which stands right behind the time."""
        if head.dep_ != "acl" or head.tag_ != "VBG" or time.end >= len(self.doc):
            return None
        behind = self.doc[time.end]
        return behind.i if behind.tag_ == "VBD" and behind.i in self.tellings else None

    def _passes_by(self, time: TimeExpression, head: Token, *, past: bool) -> bool:
        """Whether `head` leaves the time to what governs it."""
        if head.lower_ in self.words.from_then and head.dep_ == "advcl" and head.i not in self.tellings:
            return True  # *starting on Friday, rebels attacked*
        to = [c.i for c in head.children if c.tag_ == "TO"]
        if past and head.dep_ in ("advcl", "acl") and to:
            return True
        day = time.start_date == time.end_date and len(time.end_date or "") == len("YYYY-MM-DD")
        if past and day and head.dep_ == "xcomp" and to and head.i not in self.tellings:
            return True  # *was shot trying to escape on Monday*
        return head.dep_ == "xcomp" and any(i > time.root for i in to)  # *vowed on Monday to fight*

    def _at_verb(self, time: TimeExpression, verb: Token, *, past: bool) -> int | None:
        """The home by a verb that tells of no event itself: what it carries or describes, else the verb."""
        described = verb.head.i in self.tellings
        more = [c for c in children(verb, "dobj", "xcomp", "ccomp") if c.lower_ != "place"]
        if verb.dep_ == "relcl" and described and not more:
            return verb.head.i  # *the clashes, which began on Friday*, *the raid, which took place on Friday*
        if verb.dep_ == "acl" and described and _carried_out(verb, self.lexicon):
            return verb.head.i  # *an offensive called X*, *a raid executed by the army on Friday*
        if (told := _behind_subject(time, verb, self.tellings)) is not None:
            return told
        below = self.carriers.get(verb.i) or self._under(verb)
        if below:
            return min(below, key=lambda i: abs(i - time.start))
        of_object = verb.dep_ == "acl" and verb.head.dep_ == "dobj"
        root = self.doc[time.root]
        if of_object and (root.head.lower_ in _WITHIN or root.dep_ == "npadvmod"):
            day = time.start_date == time.end_date and len(time.start_date or "") == len("YYYY-MM-DD")
            if (past and verb.tag_ == "VBG") or (day and verb.tag_ == "VBN" and not self._ahead(time)):
                return None  # *hit camps belonging to X on Sunday*
        return verb.i

    def _ahead(self, time: TimeExpression) -> bool:
        """Whether the time is after publication, or might be."""
        return not self.published or (time.end_date or "9999") > self.published

    def _under(self, verb: Token) -> list[int]:
        """The triggers that the verb has as its objects and clauses, else those that one does it at."""
        own = [c.i for c in children(verb, "xcomp", "dobj", "nsubj", "nsubjpass") if c.i in self.tellings]
        return [i for i in own if not self.tellings[i].frame.speech] or [
            obj.i
            for word, obj in prepositions(verb)
            if word in _ATTENDING and obj.i in self.tellings and self.tellings[obj.i].slots.noun
        ]


def of_noun(token: Token, found: Layer, time: TimeExpression, tellings: Mapping[int, Telling]) -> bool:
    """*under the 2019 law*: a year before a noun is that of what the noun names, not of the clause."""
    if token.dep_ not in _QUALIFIES or time.start_date is None or token.i in tellings:
        return False
    noun = token.head
    of = noun.dep_ == "pobj" and noun.head.lower_ == "of"  # *the results of the May 5 vote*
    if not of and len(time.start_date) > len("YYYY") and time.start_date[:4] >= (found.date or "")[:4]:
        return False
    while noun.dep_ in ("compound", "nmod", "poss") and noun.i not in tellings:
        noun = noun.head
    if noun.i in tellings or not noun.tag_.startswith("NN"):
        return False
    if noun.dep_ == "pobj":
        return noun.head.lower_ not in _WITHIN
    return noun.dep_ == "nsubj" and noun.head.i not in tellings


def since_word(token: Token, tellings: Mapping[int, Telling]) -> Token | None:
    """The *since* that a time stands under: *since May*, *since the talks of May*."""
    for _, head in governors(token):
        if head.lower_ == "since" and head.dep_ == "prep":
            return head
        if is_verb(head) or head.i in tellings:
            return None
    return None


def _carried_out(participle: Token, lexicon: Lexicon) -> bool:
    """Whether the participle behind an event noun tells how that went, and of nothing that was said of it."""
    if any(c.dep_ == "oprd" for c in participle.children):
        return True
    lemma = participle.lemma_.lower()
    ahead = lemma in lexicon.planned.verbs or lemma in lexicon.planned.objects  # *a raid set for Friday*
    return participle.tag_ == "VBN" and not ahead and not lexicon.speech_verb(lemma)


def _behind_subject(time: TimeExpression, verb: Token, tellings: Mapping[int, Telling]) -> int | None:
    """*The victims of the raid near X on Monday were students*: the raid was on Monday."""
    token = verb.doc[time.root]
    at = token.head if token.dep_ == "pobj" else token
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or not subject.i < at.i or time.end > verb.i:
        return None
    inside = subject.is_ancestor(at) or (at.head.i == verb.i and at.i - 1 == subject.right_edge.i)
    if not inside or any(t.dep_ not in _BEFORE_VERB for t in verb.doc[time.end : verb.i]):
        return None
    told = [i for i in range(subject.left_edge.i, at.i) if i in tellings and tellings[i].slots.noun]
    return told[-1] if told else None


def _opened_clause(doc: Doc, time: TimeExpression, tellings: Mapping[int, Telling]) -> int | None:
    """*was taken aback and, on May 5, quit*: the verb of the clause that the day opens."""
    at = doc[time.root].head if doc[time.root].dep_ == "pobj" else doc[time.root]
    behind = time.end + 1 if doc[time.end : time.end + 1].text == "," else time.end
    before = at.i - 2 if at.i > 1 and doc[at.i - 1].text == "," else at.i - 1
    if before < 0 or behind >= len(doc) or doc[before].tag_ != "CC":
        return None
    verb = doc[behind]
    return verb.i if verb.tag_ == "VBD" and verb.i in tellings and verb.sent.start <= before else None


def _told_by(
    time: TimeExpression,
    said: Telling,
    tellings: Mapping[int, Telling],
    carriers: Mapping[int, list[int]],
) -> int | None:
    """*Two were hurt near X, late on Friday, the mayor said*: the trigger before the time, not *said*.

    Likewise *On Friday, the mayor said, two were hurt*, with the verb that carries a noun.
    """
    verb = said.token
    if not said.frame.speech or time.end >= verb.i or verb.doc[time.end].text != ",":
        return None
    if not any(c.dep_ == "nsubj" and c.i > time.end for c in verb.children):
        return None
    clauses = [c.i for c in verb.children if c.dep_ == "ccomp"]
    if verb.dep_ == "parataxis" and verb.head.i > verb.i:
        clauses.append(verb.head.i)
    clause = next((i for i in clauses if i < time.start), None)
    if clause is not None:
        return clause if clause in tellings else None
    if verb.i + 1 < len(verb.doc) and verb.nbor(1).text == "," and clauses:
        return next((i for i in (clauses[0], *carriers.get(clauses[0], ())) if i in tellings), clauses[0])
    return None


def _protested(verb: Token, tellings: Mapping[int, Telling]) -> int | None:
    """*gathered to protest the killing of a boy last week*: he was killed last week."""
    telling = tellings.get(verb.i)
    if telling is None or verb.lemma_ not in telling.slots.lexicon.protesting:
        return None
    to = any(c.tag_ == "TO" for c in verb.children)
    return next((c.i for c in children(verb, "dobj") if to and c.i in tellings), None)


def _in_brackets(verb: Token, time: Token) -> bool:
    """*Around 3 June 2019 (as reported), residents marched*: whether `verb` alone is told in brackets."""
    opened = [token.text for token in verb.doc[time.i : verb.i] if token.text in "()"]
    return bool(opened) and opened[-1] == "("


def _beside(preposition: Token) -> bool:
    return preposition.dep_ == "prep" and preposition.lower_ in _BESIDE


def _compares(word: Token) -> bool:
    """*the first death since 2017*, *its worst defeat since May*: not the day of that death, that defeat."""
    if word.i == 0:
        return False
    verb = clause_verb(word)
    ranked = children(verb, "dobj", "attr") if verb is not None and word.head.i == verb.i else []
    if any(c.tag_ == "JJS" for noun in ranked for c in noun.children):
        return True  # *marked the deepest raid of the war since May*
    noun = (
        word.head if word.head.tag_.startswith("NN") else word.nbor(-1)
    )  # as the parse has it, as it stands
    return noun.tag_ == "JJS" or any(
        c.dep_ == "amod" and (c.tag_ == "JJS" or c.lower_ == "first") for c in noun.children
    )
