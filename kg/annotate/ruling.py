"""What one governor does to the event below it: *plans to*, *denied that*, *fears of*, *ready for*.

The words are those of ``ontology/lexicon/status.yaml``; `kg.annotate.status` walks from governor to governor.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.annotate import verb_forms
from kg.annotate.attribution import Attribution
from kg.annotate.constructions import constructions
from kg.annotate.grammar import children, definite, is_passive, is_verb
from kg.annotate.lexicon import Lexicon


@dataclass(slots=True)
class Signs:
    """What the words around a trigger say of it, gathered on the way from it to the root."""

    denied: bool = False
    planned: bool = False
    possible: bool = False
    would: bool = False
    claimed: bool = False
    sources: list[int] = field(default_factory=list)
    teller: Token | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of the walk: what hangs (`token`) and what governs it (`head`, with its `lemma`).

    `first` says that the trigger itself hangs here, `noun` that it is a noun, which `support` may carry.
    """

    token: Token
    head: Token
    dep: str
    lemma: str
    infinitive: bool
    nonfinite: bool
    support: Token | None
    first: bool
    noun: bool

    @classmethod
    def of(cls, token: Token, trigger: Token, support: Token | None, *, noun: bool) -> Rung:
        """The step from `token` to its head."""
        infinitive = is_verb(token) and verb_forms.infinitive(token) and not verb_forms.perfect(token)
        return cls(
            token=token,
            head=token.head,
            dep=token.dep_,
            lemma=token.head.lemma_.lower(),
            infinitive=infinitive,
            nonfinite=infinitive or (token.tag_ == "VBG" and not verb_forms.finite(token)),
            support=support,
            first=token.i == trigger.i,
            noun=noun,
        )


class Governors:
    """Reads what governors do, by the words of a lexicon."""

    def __init__(self, lexicon: Lexicon, attribution: Attribution) -> None:
        self.lexicon, self.attribution = lexicon, attribution

    def read(self, rung: Rung, signs: Signs) -> None:
        """What the governor itself does to the trigger: *plans to*, *denied that*, *fears of*, *able to*."""
        lexicon, head, dep, lemma = self.lexicon, rung.head, rung.dep, rung.lemma
        if dep == "xcomp" and rung.nonfinite and lemma == "be":
            first = (c for s in children(head, "nsubj", "attr") for c in children(s, "amod"))
            if not any(c.lower_ in lexicon.ordinals for c in first):
                signs.planned = True  # *is to visit*, not *his first act was to dismiss*
        elif is_verb(head) or head.pos_ == "VERB":
            self._by_verb(rung, signs)
        elif dep in ("pobj", "pcomp"):
            self._by_preposition(rung, signs)
        elif rung.nonfinite and (dep == "acl" or (dep == "xcomp" and head.tag_.startswith("NN"))):
            if lemma in lexicon.possible.nouns:
                signs.possible = True
            elif lemma in lexicon.bids or not any(
                c.dep_ == "amod" and c.lower_ in lexicon.ordinals for c in head.children
            ):
                signs.planned = True
        elif dep == "xcomp" and rung.nonfinite and head.tag_.startswith("JJ"):
            if lemma in lexicon.possible.adjectives:
                # *was able to enter*, *was not able to*
                done = lemma in lexicon.constructions.managing and head.head.tag_ == "VBD"
                signs.possible |= not done
                signs.denied |= done and any(c.dep_ == "neg" for c in head.head.children)
            else:
                signs.planned = True

    def _by_verb(self, rung: Rung, signs: Signs) -> None:
        """What a verb does to its clause or its object, and its auxiliaries to a noun that it has."""
        lexicon, token, head, dep = self.lexicon, rung.token, rung.head, rung.dep
        if dep in ("xcomp", "ccomp", "pcomp", "advcl") and (rung.nonfinite or verb_forms.perfect(token)):
            going = rung.lemma == "go" and head.tag_ == "VBG"
            if rung.lemma in lexicon.denied.verbs:
                signs.denied = True
            elif rung.nonfinite and (rung.lemma in lexicon.planned.verbs or going):
                signs.planned = True  # *plans to*, *is going to*
            elif is_passive(head) and rung.lemma in lexicon.claimed.verbs:
                signs.claimed = True
        elif dep == "ccomp" and not parted(token, head):
            if rung.lemma in lexicon.denied.verbs:
                signs.denied = True
                signs.sources = signs.sources or self.attribution.speakers_of(head)
            elif rung.lemma in lexicon.possible.verbs:
                signs.possible = True
        elif dep in ("dobj", "nsubjpass") and not same(head, rung.support):
            self._of_object(head, signs)
        if dep in ("nsubj", "nsubjpass", "dobj") and not is_verb(token) and not of_what_sort(token, head):
            self._by_auxiliaries(rung, signs)
        if dep == "prep" and token.lower_ in ("for", "on", "to"):
            signs.planned |= rung.lemma in lexicon.planned.prepositional

    def _of_object(self, verb: Token, signs: Signs) -> None:
        """What the verb does to an event that is its object: *called off*, *threatened*, *fears*."""
        lexicon, lemma = self.lexicon, with_particle(verb)
        if lemma in lexicon.denied.objects:
            signs.denied = True
            if lexicon.speech_verb(lemma):
                signs.sources = signs.sources or self.attribution.speakers_of(verb)
        elif lemma in lexicon.planned.objects:
            signs.planned = True
        elif lemma in lexicon.possible.objects:
            signs.possible = True

    def _by_auxiliaries(self, rung: Rung, signs: Signs) -> None:
        """*could spark protests*, *will hold talks*: what the auxiliaries of the verb do to its noun."""
        lexicon = self.lexicon
        for child in rung.head.children:
            if child.dep_ != "aux" or perceives(rung.head, child):
                continue
            if child.lower_ in lexicon.conditional or child.lower_ in lexicon.possible.auxiliaries:
                signs.possible = True
            elif child.lower_ in lexicon.future and rung.dep != "nsubj":
                signs.planned = True

    def _by_preposition(self, rung: Rung, signs: Signs) -> None:
        """What the noun or adjective before a preposition does: *plans for*, *fears of*, *ready for*."""
        lexicon, preposition = self.lexicon, rung.head
        before = preposition.head
        word = before.lemma_.lower()
        if preposition.lower_ == "to" and is_verb(before) and word in lexicon.planned.verbs:
            signs.planned = True  # *vowed to battle for*, *battle* read as a noun
        if preposition.dep_ != "prep":
            return
        if before.tag_.startswith("NN"):
            if word in lexicon.planned.nouns:
                signs.planned = True
            elif word in lexicon.possible.nouns:
                signs.possible = True
            elif word in lexicon.denied.nouns:
                signs.denied = True
            elif word in lexicon.claimed.nouns:
                signs.claimed = True
        elif before.tag_ in ("JJ", "VBN") and preposition.lower_ in ("to", "for", "on"):
            signs.planned |= word in lexicon.planned.adjectives


def with_particle(verb: Token) -> str:
    """The verb's lemma with its particle, if it has one: *call off*."""
    particle = next((f" {c.lower_}" for c in verb.children if c.dep_ == "prt"), "")
    return verb.lemma_.lower() + particle


def parted(token: Token, head: Token) -> bool:
    """*Police arrested ten; the union demanded their release*: the parse takes the first for reported."""
    low, high = sorted((token.i, head.i))
    return any(token.doc[i].text == ";" for i in range(low, high))


def same(token: Token, other: Token | None) -> bool:
    """Whether both are there and are one token."""
    return other is not None and token.i == other.i


def perceives(verb: Token, auxiliary: Token) -> bool:
    """*Gunfire could be heard*: it was."""
    return auxiliary.lower_ in ("can", "could") and verb.lemma_ in constructions(verb.doc).perceiving


def of_what_sort(noun: Token, verb: Token) -> bool:
    """*The attack may have been in revenge*: there was one; what sort it was is open."""
    done = verb.lemma_ == "be" and verb_forms.perfect(verb)
    return done and noun.dep_ == "nsubj" and definite(noun)
