"""How an account stands to the facts: negation, modality, intention, condition, hearsay.

The scale follows FactBank's polarity and certainty (Saurí and Pustejovsky 2009), folded into the five
statuses of the ontology. The words are data (``ontology/lexicon/status.yaml``); the walk from a trigger
to the root of its sentence is here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.annotate import verb_forms
from kg.annotate.attribution import Attribution, reports
from kg.annotate.constructions import constructions
from kg.annotate.grammar import children, hoped_for, is_passive, is_verb
from kg.annotate.lexicon import Lexicon
from kg.model import Status

_ENDED = frozenset(("dobj", "nsubj", "nsubjpass"))
_CLAUSES = frozenset(
    ("when", "while", "as", "after", "before", "since", "until", "because", "although", "though")
)


_AWAITING = frozenset(("until", "till"))


@dataclass(slots=True)
class Standing:
    """The status, the mentions on whose word, and the reporting verb that told it."""

    status: Status
    sources: list[int] = field(default_factory=list)
    teller: Token | None = None


@dataclass(slots=True)
class _Signs:
    denied: bool = False
    planned: bool = False
    possible: bool = False
    would: bool = False
    claimed: bool = False
    sources: list[int] = field(default_factory=list)
    teller: Token | None = None


class Standings:
    """Reads the status of triggers of one document."""

    def __init__(self, lexicon: Lexicon, attribution: Attribution) -> None:
        self.lexicon, self.attribution = lexicon, attribution

    def of(self, trigger: Token, support: Token | None = None, *, noun: bool = False) -> Standing:
        """The standing of the event that `trigger` tells of, `support` being the verb that carries a noun."""
        signs = _Signs()
        self._own(trigger, signs, noun=noun)
        if support is not None and noun and signs.planned and self._carried_out(support):
            signs.planned = False  # *mounted a planned attack*
        if support is not None:
            claim = support.lemma_ in self.lexicon.constructions.claiming and noun
            if noun and support.lemma_.lower() in self.lexicon.ending:
                pass  # *did not stop its offensive*, *must end the siege*: it goes on
            elif not claim:  # that nobody claims it denies nothing
                self._own(support, signs, noun=False)
                if any(c.dep_ == "neg" for c in support.children) or (
                    noun and _with_particle(support) in self.lexicon.denied.objects
                ):
                    signs.denied = True  # *did not hold talks*, *talks were cancelled*
                if (
                    noun
                    and _with_particle(support) in self.lexicon.planned.objects
                    and not (is_passive(support) and support.dep_ in ("acl", "relcl"))
                    and not self._suffered(trigger, support)
                ):
                    signs.planned = True  # *ordered an offensive*, *talks are scheduled*
            elif not any(_nobody(c) for c in support.children if c.dep_ == "nsubj"):
                self._told(support, signs, finite=True)  # *claimed responsibility for the bombing*
        self._headline(trigger, signs)
        self._climb(trigger, support, signs, noun=noun)
        self._overlay(trigger, signs)
        if signs.would and not (signs.denied or signs.planned):
            # *he said it would withdraw* tells of a plan, *its fall would end the war* of a possibility
            if signs.claimed and not noun:
                signs.planned = True
            else:
                signs.possible = True
        if signs.denied:
            status = Status.DENIED
        elif signs.planned:
            status = Status.PLANNED
        elif signs.possible:
            status = Status.POSSIBLE
        elif signs.claimed:
            status = Status.CLAIMED
        else:
            status = Status.ASSERTED
        return Standing(status, signs.sources, signs.teller)

    def _carried_out(self, verb: Token) -> bool:
        """*launched*, *had carried out*: a verb in the past that carries a noun as its object."""
        had = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
        done = verb.tag_ == "VBD" or (verb.tag_ == "VBN" and had)
        return done and verb.lemma_.lower() in self.lexicon.carrying

    def _suffered(self, noun: Token, verb: Token) -> bool:
        """*The army faces attacks*: they are under way, where *faces a trial* tells of what is to come."""
        lexicon = self.lexicon
        return verb.lemma_.lower() in lexicon.passing and any(
            lexicon.has(frame.kind, "violent") for frame in lexicon.nouns.get(noun.lemma_.lower(), ())
        )

    def _own(self, token: Token, signs: _Signs, *, noun: bool) -> None:
        """What hangs on the predicate itself."""
        lexicon = self.lexicon
        for child in token.children:
            lower = child.lower_
            if (
                child.dep_ == "neg"
                or (child.dep_ in ("cc", "preconj") and lower in ("neither", "nor"))
                or (child.dep_ in ("nsubj", "nsubjpass", "dobj") and _nobody(child))
            ):
                signs.denied = True
            elif child.dep_ == "aux":
                if lower in lexicon.future or child.lemma_.lower() in lexicon.future:
                    signs.planned = True
                elif lower in lexicon.possible.auxiliaries:
                    signs.possible |= not _perceives(token, child)
                elif lower in lexicon.conditional or (lower in ("'d", "’d") and token.tag_ == "VB"):
                    signs.would = True
            elif child.dep_ == "advmod" and lower in lexicon.claimed.adverbs:
                signs.claimed = True
            elif child.dep_ == "agent" and any(c.lower_ in lexicon.claimed.adverbs for c in child.children):
                signs.claimed = True  # *was shot, allegedly by the army*
            elif child.dep_ == "mark" and lower in lexicon.possible.marks:
                signs.possible = True
            elif (child.dep_ == "advmod" and lower in ("never", "nowhere")) or (
                noun and child.dep_ == "det" and lower in ("no", "neither")
            ):
                signs.denied = True
            elif noun and child.dep_ == "det" and lower == "any":
                signs.possible = True
            elif noun and child.dep_ == "amod":
                lemma = child.lemma_.lower()
                if lower in lexicon.claimed.adjectives:
                    signs.claimed = True
                elif lower in lexicon.planned.modifiers:
                    signs.planned = True
                elif lemma in lexicon.possible.adjectives:
                    signs.possible = True
        if (
            token.dep_ == "conj"
            and is_verb(token)
            and is_verb(token.head)
            and not any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in token.children)
            and not any(c.dep_ == "auxpass" and c.tag_ in verb_forms.FINITE for c in token.children)
        ):
            for child in token.head.children:
                if child.dep_ == "aux":
                    if child.lower_ in lexicon.future:
                        signs.planned = True
                    elif child.lower_ in lexicon.possible.auxiliaries:
                        signs.possible = True
                    elif child.lower_ in lexicon.conditional:
                        signs.would = True
                elif child.dep_ == "neg" and any(
                    c.dep_ == "cc" and c.lower_ in ("or", "nor") for c in token.head.children
                ):
                    signs.denied = True  # *did not confirm or deny*

    def _headline(self, token: Token, signs: _Signs) -> None:
        """*Leaders to meet in X*: an infinitive with a subject of its own, as headlines have it."""
        to = any(c.dep_ == "aux" and c.tag_ == "TO" for c in token.children)
        if token.dep_ == "ROOT" and to and any(c.dep_ == "nsubj" for c in token.children):
            signs.planned = True

    def _climb(self, trigger: Token, support: Token | None, signs: _Signs, *, noun: bool) -> None:
        """Walk to the root, reading what each governor does to what hangs from it."""
        lexicon, words, token, local = self.lexicon, self.lexicon.constructions, trigger, True
        for _ in range(30):
            head, dep = token.head, token.dep_
            if head.i == token.i:
                break
            lemma = head.lemma_.lower()
            infinitive = is_verb(token) and verb_forms.infinitive(token) and not verb_forms.perfect(token)
            gerund = token.tag_ == "VBG" and not verb_forms.finite(token)
            if noun and token.i == trigger.i and dep in _ENDED and lemma in lexicon.ending:
                local = False  # *urged them to stop the offensive*: it goes on
            if dep in ("relcl", "appos") and local:
                local = False
            elif dep == "conj" and token.tag_ in ("VBD", "VBZ", "VBP") and verb_forms.marked(head):
                local = False  # *vowed to resist and accused*, *accused* hung on *resist*
            elif dep == "acl" and not infinitive and local:
                if head.lemma_.lower() in lexicon.claimed.nouns:
                    signs.claimed = True
                    issuer = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "in" else head
                    if is_verb(issuer) and reports(issuer, lexicon) and not signs.teller:
                        self._told(issuer, signs, finite=True)  # *said in a statement that*
                    ruler = head.head
                    if head.dep_ == "dobj" and ruler.lemma_.lower() in lexicon.denied.verbs:
                        signs.denied = True  # *rejected claims that*
                        signs.sources = signs.sources or self.attribution.speakers_of(ruler)
                elif head.dep_ == "dobj" and head.head.lemma_ in words.reporting and not signs.teller:
                    self._told(head.head, signs, finite=True)  # *reported ten people killed*
                local = False
            elif dep == "advcl":
                marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod")}
                if "while" in marks and lexicon.speech_verb(token.lemma_.lower()):
                    break  # *A said that …, while B blamed C*: not on the word of A
                if marks & lexicon.possible.marks or (
                    local and marks & _AWAITING and self._awaited(token, head)
                ):
                    signs.possible = True
                if local and infinitive and not marks & _CLAUSES and not _only(token):
                    signs.planned = True
                    if hoped_for(token) and not signs.teller and reports(head, lexicon):
                        signs.sources = signs.sources or self.attribution.speakers_of(head)
                local = False
            elif local:
                self._governed(token, head, dep, lemma, infinitive or gerund, support, signs)
                if dep == "prep" and noun and is_verb(head) and not _same(head, support):
                    local = False  # *protest against the coup*: the protest may be planned, the coup was
                elif dep == "prep" and noun and head.tag_.startswith("NN"):
                    # *help to the victims of the attack*, not *a round of talks*
                    local = self._rules(lemma) or lemma in lexicon.partitives
                if (dep == "pcomp" or (dep == "pobj" and noun)) and head.lower_ == "without":
                    signs.denied = True  # *without taking it*, *without any fighting*
                elif dep == "dobj" and noun and lemma in lexicon.fleeing:
                    local = False  # *tried to flee fighting*: there was fighting
                elif dep == "dobj" and noun and _same(head, support) and lemma in lexicon.ending:
                    local = False  # *urged them to end the siege*: there is a siege
                if dep == "pcomp" and head.lower_ not in ("of", "from", "to", "at", "for"):
                    local = False  # *after taking*, *by taking*: its own fact
                elif dep == "pcomp" and head.lower_ == "for" and not head.head.tag_.startswith("NN"):
                    local = False
            told = None if signs.teller else self._shared_report(token, head, dep)
            if told is not None:
                self._told(told, signs, finite=True)
            if (
                is_verb(head)
                and dep in ("ccomp", "xcomp", "parataxis")
                and reports(head, lexicon)
                and not signs.teller
                and not _parted(token, head)
            ):
                clause = not infinitive or any(c.dep_ == "nsubj" for c in token.children)
                if dep != "xcomp" or (local and (gerund or infinitive or verb_forms.perfect(token))):
                    self._told(head, signs, finite=clause)
                if dep != "xcomp":
                    local = False
            elif (
                (dep == "pcomp" or (dep == "pobj" and token.i == trigger.i))
                and head.dep_ == "prep"
                and head.lower_ in ("of", "as", "for", "with")
                and (accuser := _accuser(head)) is not None
                and (lexicon.speech_verb if dep == "pcomp" and head.lower_ != "with" else lexicon.accuses)(
                    accuser.lemma_.lower()
                )
                and not signs.teller
            ):
                self._told(accuser, signs, finite=True)  # *accused them of shelling*
            elif (
                is_verb(head)
                and dep in ("dobj", "nsubjpass")
                and token.i == trigger.i
                and lemma in lexicon.claimed.verbs
                and lexicon.speech_verb(lemma)
                and lemma not in words.uttering
            ):
                self._told(head, signs, finite=True)  # *the attack was claimed by*
            # *the toll may rise, and ten were wounded*
            apart = dep == "conj" and verb_forms.finite_clause(token)
            token = head
            if (
                is_verb(token)
                and local
                and not apart
                and not _same(token, support)
                and dep in ("xcomp", "conj")
            ):
                # *may begin to withdraw*, *will continue to fight*
                own = _Signs()
                self._own(token, own, noun=False)
                signs.planned |= own.planned
                signs.possible |= own.possible
                signs.would |= own.would
                signs.claimed |= own.claimed
                if dep == "xcomp":
                    signs.denied |= own.denied

    def _shared_report(self, token: Token, head: Token, dep: str) -> Token | None:
        """*claimed that it had taken the base and captured ten*, *captured* hung on *claimed*."""
        if dep != "conj" or not is_verb(token) or not reports(head, self.lexicon):
            return None
        if self.lexicon.speech_verb(token.lemma_.lower()):
            return None
        if any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
            return None
        that = [
            c
            for c in children(head, "ccomp")
            if c.i < token.i and any(m.dep_ == "mark" and m.lower_ == "that" for m in c.children)
        ]
        return head if that else None

    def _awaited(self, clause: Token, main: Token) -> bool:
        """*would not sign until they disarm*, *will stay until he resigns*: that is still to come."""
        words = {c.lower_ for c in main.children if c.dep_ == "aux"}
        tenses = {c.tag_ for c in clause.children if c.dep_ == "aux"} or {clause.tag_}
        return bool(
            tenses & {"VBZ", "VBP"} or words & self.lexicon.future or words & self.lexicon.conditional
        )

    def _rules(self, noun: str) -> bool:
        """Whether `noun` decides how what hangs from it stands: *plans for*, *fears of*, *reports of*."""
        lexicon = self.lexicon
        return any(
            noun in cues.nouns
            for cues in (lexicon.planned, lexicon.possible, lexicon.denied, lexicon.claimed)
        )

    def _governed(
        self,
        token: Token,
        head: Token,
        dep: str,
        lemma: str,
        nonfinite: bool,
        support: Token | None,
        signs: _Signs,
    ) -> None:
        lexicon = self.lexicon
        if dep == "xcomp" and nonfinite and lemma == "be":
            first = (c for s in children(head, "nsubj", "attr") for c in children(s, "amod"))
            if not any(c.lower_ in lexicon.ordinals for c in first):
                signs.planned = True  # *is to visit*, not *his first act was to dismiss*
        elif is_verb(head) or head.pos_ == "VERB":
            if dep in ("xcomp", "ccomp", "pcomp", "advcl") and (nonfinite or verb_forms.perfect(token)):
                if lemma in lexicon.denied.verbs:
                    signs.denied = True
                elif nonfinite and (lemma in lexicon.planned.verbs or (lemma == "go" and head.tag_ == "VBG")):
                    signs.planned = True  # *plans to*, *is going to*
                elif is_passive(head) and lemma in lexicon.claimed.verbs:
                    signs.claimed = True
            elif dep == "ccomp" and not _parted(token, head):
                if lemma in lexicon.denied.verbs:
                    signs.denied = True
                    signs.sources = signs.sources or self.attribution.speakers_of(head)
                elif lemma in lexicon.possible.verbs:
                    signs.possible = True
            elif dep in ("dobj", "nsubjpass") and not _same(head, support):
                lemma = _with_particle(head)
                if lemma in lexicon.denied.objects:
                    signs.denied = True
                    if lexicon.speech_verb(lemma):
                        signs.sources = signs.sources or self.attribution.speakers_of(head)
                elif lemma in lexicon.planned.objects:
                    signs.planned = True
                elif lemma in lexicon.possible.objects:
                    signs.possible = True
            if dep in ("nsubj", "nsubjpass", "dobj") and not is_verb(token):
                for child in head.children:
                    if child.dep_ == "aux" and not _perceives(head, child):
                        if (
                            child.lower_ in lexicon.conditional
                            or child.lower_ in lexicon.possible.auxiliaries
                        ):
                            signs.possible = True
                        elif child.lower_ in lexicon.future and dep != "nsubj":
                            signs.planned = True
            if (
                dep == "prep"
                and token.lower_ in ("for", "on", "to")
                and lemma in lexicon.planned.prepositional
            ):
                signs.planned = True
        elif dep in ("pobj", "pcomp"):
            noun = head.head
            if head.lower_ == "to" and is_verb(noun) and noun.lemma_.lower() in lexicon.planned.verbs:
                signs.planned = True  # *vowed to battle for*, *battle* read as a noun
            word = noun.lemma_.lower()
            if head.dep_ == "prep" and noun.tag_.startswith("NN"):
                if word in lexicon.planned.nouns:
                    signs.planned = True
                elif word in lexicon.possible.nouns:
                    signs.possible = True
                elif word in lexicon.denied.nouns:
                    signs.denied = True
                elif word in lexicon.claimed.nouns:
                    signs.claimed = True
            elif (
                head.dep_ == "prep"
                and noun.tag_ in ("JJ", "VBN")
                and head.lower_ in ("to", "for", "on")
                and noun.lemma_.lower() in lexicon.planned.adjectives
            ):
                signs.planned = True
        elif nonfinite and (dep == "acl" or (dep == "xcomp" and head.tag_.startswith("NN"))):
            if lemma in lexicon.possible.nouns:
                signs.possible = True
            elif not any(c.dep_ == "amod" and c.lower_ in lexicon.ordinals for c in head.children):
                signs.planned = True
        elif dep == "xcomp" and nonfinite and head.tag_.startswith("JJ"):
            if lemma in lexicon.possible.adjectives:
                done = (
                    lemma in lexicon.constructions.managing and head.head.tag_ == "VBD"
                )  # *was (not) able to enter*
                signs.possible |= not done
                signs.denied |= done and any(c.dep_ == "neg" for c in head.head.children)
            else:
                signs.planned = True

    def _told(self, verb: Token, signs: _Signs, *, finite: bool) -> None:
        signs.teller = verb
        if finite:
            signs.claimed = True
        signs.sources = signs.sources or self.attribution.speakers_of(verb)

    def _overlay(self, trigger: Token, signs: _Signs) -> None:
        """Quotation marks and *according to*, which no governor shows."""
        quotation = self.attribution.quoted(trigger)
        if quotation is not None:
            signs.claimed = True
            if not signs.sources:
                signs.sources = list(quotation.speakers)
            if signs.teller is None and quotation.verb is not None:
                signs.teller = trigger.doc[quotation.verb]
        if signs.teller is None:
            report = self.attribution.trailing(trigger)
            if report is not None:
                signs.claimed, signs.teller = True, report.verb
                signs.sources = signs.sources or self.attribution.closing_speakers(report)
        if signs.teller is None and (verb := self.attribution.inserted(trigger)) is not None:
            self._told(verb, signs, finite=True)
        if not signs.claimed or not signs.sources:
            sources = self.attribution.according_to(trigger)
            if sources is not None:
                signs.claimed = True
                signs.sources = signs.sources or list(sources)


def _accuser(preposition: Token) -> Token | None:
    """The verb of *accused them of*, whether the preposition hangs on it or on its object."""
    head = preposition.head
    if not is_verb(head) and head.dep_ == "dobj":
        head = head.head
    return head if is_verb(head) else None


def _with_particle(verb: Token) -> str:
    """The verb's lemma with its particle, if it has one: *call off*."""
    particle = next((f" {c.lower_}" for c in verb.children if c.dep_ == "prt"), "")
    return verb.lemma_.lower() + particle


def _parted(token: Token, head: Token) -> bool:
    """*Police arrested ten; the union demanded their release*: the parse takes the first for reported."""
    low, high = sorted((token.i, head.i))
    return any(token.doc[i].text == ";" for i in range(low, high))


def _only(infinitive: Token) -> bool:
    """*returned, only to be arrested*: that came to pass."""
    return any(c.tag_ == "TO" and c.i > 0 and c.nbor(-1).lower_ == "only" for c in infinitive.children)


def _same(token: Token, other: Token | None) -> bool:
    return other is not None and token.i == other.i


def _perceives(verb: Token, auxiliary: Token) -> bool:
    """*Gunfire could be heard*: it was."""
    return auxiliary.lower_ in ("can", "could") and verb.lemma_ in constructions(verb.doc).perceiving


def _nobody(token: Token) -> bool:
    """*no one*, *nobody*, *no troops*, *neither side*, *none of them*."""
    return token.lower_ in ("nobody", "none", "neither", "nothing") or any(
        c.dep_ in ("det", "preconj", "cc") and c.lower_ in ("no", "neither") for c in token.children
    )
