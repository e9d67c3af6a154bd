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
from kg.annotate.grammar import children, definite, hoped_for, is_passive, is_verb
from kg.annotate.lexicon import Lexicon
from kg.annotate.ruling import Governors, Rung, Signs, of_what_sort, parted, perceives, same, with_particle
from kg.model import Status

_ENDED = frozenset(("dobj", "nsubj", "nsubjpass"))
_CLAUSES = frozenset(
    ("when", "while", "as", "after", "before", "since", "until", "because", "although", "though")
)


_AWAITING = frozenset(("until", "till"))
_HIGHEST = 30  # governors


@dataclass(slots=True)
class Standing:
    """The status, the mentions on whose word, and the reporting verb that told it."""

    status: Status
    sources: list[int] = field(default_factory=list)
    teller: Token | None = None


class Standings:
    """Reads the status of triggers of one document."""

    def __init__(self, lexicon: Lexicon, attribution: Attribution) -> None:
        self.lexicon, self.attribution = lexicon, attribution
        self.governors = Governors(lexicon, attribution)

    def of(self, trigger: Token, support: Token | None = None, *, noun: bool = False) -> Standing:
        """The standing of the event that `trigger` tells of, `support` being the verb that carries a noun."""
        signs = Signs()
        self._own(trigger, signs, noun=noun)
        if support is not None and noun and signs.planned and self._carried_out(support):
            signs.planned = False  # *mounted a planned attack*
        if support is not None:
            claim = support.lemma_ in self.lexicon.constructions.claiming and noun
            if noun and support.lemma_.lower() in self.lexicon.ending:
                pass  # *did not stop its offensive*, *must end the siege*: it goes on
            elif noun and of_what_sort(trigger, support):
                pass
            elif not claim:  # that nobody claims it denies nothing
                self._own(support, signs, noun=False)
                if any(c.dep_ == "neg" for c in support.children) or (
                    noun and with_particle(support) in self.lexicon.denied.objects
                ):
                    signs.denied = True  # *did not hold talks*, *talks were cancelled*
                if (
                    noun
                    and with_particle(support) in self.lexicon.planned.objects
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

    def _own(self, token: Token, signs: Signs, *, noun: bool) -> None:
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
                    signs.possible |= not perceives(token, child)
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

    def _headline(self, token: Token, signs: Signs) -> None:
        """*Leaders to meet in X*: an infinitive with a subject of its own, as headlines have it."""
        to = any(c.dep_ == "aux" and c.tag_ == "TO" for c in token.children)
        if token.dep_ == "ROOT" and to and any(c.dep_ == "nsubj" for c in token.children):
            signs.planned = True

    def _climb(self, trigger: Token, support: Token | None, signs: Signs, *, noun: bool) -> None:
        """Walk to the root, reading what each governor does to what hangs from it.

        What a governor says of its clause holds for the trigger while it is `local`: while nothing on the way
        tells the trigger as a fact of its own.
        """
        token, local = trigger, True
        for _ in range(_HIGHEST):
            head = token.head
            if head.i == token.i or self._told_beside(token):
                break
            rung = Rung.of(token, trigger, support, noun=noun)
            local = self._told_here(rung, signs, local=local)
            local = self._reported(rung, signs, local=local)
            # *the toll may rise, and ten were wounded*
            apart = rung.dep == "conj" and verb_forms.finite_clause(token)
            if local and not apart and rung.dep in ("xcomp", "conj") and not same(head, support):
                self._of_governor(rung, signs)
            token = head

    def _told_beside(self, clause: Token) -> bool:
        """*A said that ..., while B blamed C*: what B says is not on the word of A."""
        return (
            clause.dep_ == "advcl"
            and any(c.dep_ in ("mark", "advmod") and c.lower_ == "while" for c in clause.children)
            and self.lexicon.speech_verb(clause.lemma_.lower())
        )

    def _told_here(self, rung: Rung, signs: Signs, *, local: bool) -> bool:
        """What the governor says of its clause, and whether the trigger is still told in that clause."""
        head, dep = rung.head, rung.dep
        if rung.first and rung.noun and dep in _ENDED and rung.lemma in self.lexicon.ending:
            return False  # *urged them to stop the offensive*: it goes on
        if dep == "advcl":
            self._of_adverbial(rung, signs, local=local)
            return False
        if not local:
            return False
        if dep in ("relcl", "appos"):
            return False
        if dep == "conj" and rung.token.tag_ in ("VBD", "VBZ", "VBP") and verb_forms.marked(head):
            return False  # *vowed to resist and accused*, *accused* hung on *resist*
        if dep == "acl" and not rung.infinitive:
            self._of_described(head, signs)
            return False
        if rung.lemma in ("have", "be") and (rung.first or same(rung.token, rung.support)):
            signs.denied |= dep == "xcomp" and _yet(head, rung.token)  # *has yet to answer*
        self.governors.read(rung, signs)
        return self._still_here(rung, signs)

    def _of_described(self, noun: Token, signs: Signs) -> None:
        """What the noun that a clause describes does to it: *claims that*, *reported ten people killed*."""
        lexicon, ruler = self.lexicon, noun.head
        if noun.lemma_.lower() in lexicon.claimed.nouns:
            signs.claimed = True
            issuer = ruler.head if noun.dep_ == "pobj" and ruler.lower_ == "in" else noun
            if is_verb(issuer) and reports(issuer, lexicon) and not signs.teller:
                self._told(issuer, signs, finite=True)  # *said in a statement that*
            if noun.dep_ == "dobj" and ruler.lemma_.lower() in lexicon.denied.verbs:
                signs.denied = True  # *rejected claims that*
                signs.sources = signs.sources or self.attribution.speakers_of(ruler)
        elif noun.dep_ == "dobj" and ruler.lemma_ in lexicon.constructions.reporting and not signs.teller:
            self._told(ruler, signs, finite=True)

    def _of_adverbial(self, rung: Rung, signs: Signs, *, local: bool) -> None:
        """*if they attack* may not be, *stayed until he resigns* and *came to attack* are still to come."""
        token, head = rung.token, rung.head
        marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod")}
        awaited = local and marks & _AWAITING and self._awaited(token, head)
        if marks & self.lexicon.possible.marks or awaited:
            signs.possible = True
        protests = token.lemma_.lower() in self.lexicon.protesting  # *gathered to protest*: they did
        if local and rung.infinitive and not marks & _CLAUSES and not _only(token) and not protests:
            signs.planned = True
            if hoped_for(token) and not signs.teller and reports(head, self.lexicon):
                signs.sources = signs.sources or self.attribution.speakers_of(head)

    def _still_here(self, rung: Rung, signs: Signs) -> bool:
        """Whether the governor leaves open that the trigger is so, as it does with what it rules."""
        head, dep, noun = rung.head, rung.dep, rung.noun
        local = True
        if dep == "prep" and noun and is_verb(head) and not same(head, rung.support):
            local = False  # *protest against the coup*: the protest may be planned, the coup was
        elif dep == "prep" and noun and head.tag_.startswith("NN"):
            # *help to the victims of the attack*, not *a round of talks*
            local = self._rules(rung.lemma) or rung.lemma in self.lexicon.partitives
        if (dep == "pcomp" or (dep == "pobj" and noun)) and head.lower_ == "without":
            signs.denied = True  # *without taking it*, *without any fighting*
        elif dep == "pobj" and noun and self._done_by_somebody(head, rung.token):
            local = False  # *bring to justice those behind the attack*: there was one
        elif dep == "dobj" and noun and rung.lemma in self.lexicon.protesting and is_verb(head):
            local = False  # *gathered to protest the arrests*: there were arrests
        elif dep in ("dobj", "xcomp") and noun and rung.lemma in self.lexicon.fleeing:
            local = False  # *tried to flee fighting*: there was fighting
        elif dep == "dobj" and noun and same(head, rung.support) and rung.lemma in self.lexicon.ending:
            local = False  # *urged them to end the siege*: there is a siege
        if dep == "pcomp" and head.lower_ not in ("of", "from", "to", "at", "for"):
            local = False  # *after taking*, *by taking*: its own fact
        elif dep == "pcomp" and head.lower_ == "for" and not head.head.tag_.startswith("NN"):
            local = False
        return local

    def _done_by_somebody(self, preposition: Token, deed: Token) -> bool:
        """*behind* the attack, *responsible for* the attack."""
        adjective = preposition.head.lemma_.lower()
        responsible = preposition.lower_ == "for" and adjective in self.lexicon.constructions.answering
        return preposition.lower_ == "behind" or (responsible and definite(deed))

    def _reported(self, rung: Rung, signs: Signs, *, local: bool) -> bool:
        """Who tells the trigger, where the governor reports it, and whether both are still one clause."""
        token, head, dep = rung.token, rung.head, rung.dep
        told = None if signs.teller else self._shared_report(token, head, dep)
        if told is not None:
            self._told(told, signs, finite=True)
        claimed = rung.first and dep in ("dobj", "nsubjpass") and is_verb(head) and self._claims(rung.lemma)
        if claimed and not any(_nobody(c) for c in children(head, "nsubj")):  # *no group has claimed it*
            self._told(head, signs, finite=True)  # *the attack was claimed by*
        if signs.teller:
            return local
        if (accuser := self._accused(rung)) is not None:
            self._told(accuser, signs, finite=True)  # *accused them of shelling*
        report = is_verb(head) and dep in ("ccomp", "xcomp", "parataxis") and reports(head, self.lexicon)
        if not report or parted(token, head):
            return local
        clause = not rung.infinitive or any(c.dep_ == "nsubj" for c in token.children)
        if dep != "xcomp" or (local and (rung.nonfinite or verb_forms.perfect(token))):
            self._told(head, signs, finite=clause)
        return local and dep == "xcomp"

    def _accused(self, rung: Rung) -> Token | None:
        """The verb of *accused them of shelling*, *charged X with the attack*, or None."""
        head, dep = rung.head, rung.dep
        if not (dep == "pcomp" or (dep == "pobj" and rung.first)) or head.dep_ != "prep":
            return None
        if head.lower_ not in ("of", "as", "for", "with"):
            return None
        verb = _accuser(head)
        spoken = dep == "pcomp" and head.lower_ != "with"
        accuses = self.lexicon.speech_verb if spoken else self.lexicon.accuses
        return verb if verb is not None and accuses(verb.lemma_.lower()) else None

    def _claims(self, lemma: str) -> bool:
        """Whether the verb says of its object that somebody claims it."""
        lexicon = self.lexicon
        uttered = lemma in lexicon.constructions.uttering
        return lemma in lexicon.claimed.verbs and lexicon.speech_verb(lemma) and not uttered

    def _of_governor(self, rung: Rung, signs: Signs) -> None:
        """*may begin to withdraw*, *will continue to fight*: what holds for the verb holds for both."""
        if not is_verb(rung.head):
            return
        own = Signs()
        self._own(rung.head, own, noun=False)
        signs.planned |= own.planned
        signs.possible |= own.possible
        signs.would |= own.would
        signs.claimed |= own.claimed
        if rung.dep == "xcomp":
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

    def _told(self, verb: Token, signs: Signs, *, finite: bool) -> None:
        signs.teller = verb
        if finite:
            signs.claimed = True
        signs.sources = signs.sources or self.attribution.speakers_of(verb)

    def _overlay(self, trigger: Token, signs: Signs) -> None:
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
    elif head.dep_ == "pobj" and head.head.dep_ == "agent":
        head = head.head.head  # *accused by X of shelling*, *of* hung on *X*
    return head if is_verb(head) else None


def _yet(verb: Token, infinitive: Token) -> bool:
    return any(c.lower_ == "yet" and verb.i < c.i < infinitive.i for c in verb.children)


def _only(infinitive: Token) -> bool:
    """*returned, only to be arrested*: that came to pass."""
    return any(c.tag_ == "TO" and c.i > 0 and c.nbor(-1).lower_ == "only" for c in infinitive.children)


def _nobody(token: Token) -> bool:
    """*no one*, *nobody*, *no troops*, *neither side*, *none of them*."""
    return token.lower_ in ("nobody", "none", "neither", "nothing") or any(
        c.dep_ in ("det", "preconj", "cc") and c.lower_ in ("no", "neither") for c in token.children
    )
