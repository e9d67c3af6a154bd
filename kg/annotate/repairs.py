"""Mends what the parser is known to get wrong, by grammar alone, before anything reads the sentence.

Each repair names the construction; none looks at what words mean. The labels are those of
`kg.annotate.grammar`.
"""

from __future__ import annotations

from collections.abc import Collection

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.annotate.arcs import AUXILIARIES, OPENERS, SUBJECTS, take_place
from kg.annotate.constructions import constructions
from kg.annotate.grammar import CONJUNCTIONS, children
from kg.annotate.repaired_clauses import (
    operation_behind_its_kind,
    outcome_behind_report,
    reported_clause,
    subject_taken_for_object,
)
from kg.annotate.repaired_participles import (
    clause_behind_when,
    count_before_participle,
    finite_behind_participle,
    issued_behind_of,
    participle_behind_infinitive,
    participle_behind_noun,
    victims_before_participle,
)
from kg.annotate.repaired_phrases import repair_phrase
from kg.annotate.repaired_reports import said_behind_place

_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_OPENING = frozenset(("in", "at", "near", "on", "outside"))
_BESIDE_A_DAY = frozenset(("in", "at", "near", "outside", "between", "with", "against"))
_WHERE = frozenset(("outside", "inside", "near", "opposite"))
_BEGINS_PHRASE = frozenset(("DT", "CD", "PRP$"))
_CONTENT = ("ccomp", "xcomp", "prt")


@Language.component("kg_repairs", requires=["token.dep", "token.tag"], assigns=["token.dep", "token.head"])
def repair(doc: Doc) -> Doc:
    """Hang misplaced tokens where they belong."""
    words = constructions(doc)
    for token in doc:
        repair_phrase(token, words)
        if token.dep_ in ("nsubj", "nsubjpass"):
            _subject_of_auxiliary(token)
            _subject_behind_places(token)
            _object_before_report(token)
        elif token.dep_ == "relcl" and token.tag_ == "VB":
            _purpose(token, words.operations | words.launched)
        elif token.dep_ == "relcl" and said_behind_place(token, words):
            continue
        elif token.dep_ in ("relcl", "acl") and token.tag_ == "VBN":
            issued_behind_of(token, words)
            clause_behind_when(token)
            participle_behind_noun(token)
            count_before_participle(token)
            victims_before_participle(token)
            reported_clause(token)
        elif token.dep_ == "advcl" and token.tag_ in _FINITE and token.i and token.nbor(-1).dep_ == "conj":
            _tellers_behind_object(token)
            subject_taken_for_object(token)
        elif token.dep_ == "conj" and _tense(token) is not None:
            if token.tag_ in _FINITE:
                finite_behind_participle(token)
                _tellers_behind_object(token)
            subject_taken_for_object(token)
            _finite_behind_other_form(token)
            _pluperfect_in_report(token)
        elif token.dep_ == "conj" and token.tag_ == "VBN":
            participle_behind_infinitive(token)
            _left_wounded(token)
        elif token.tag_ in _FINITE and token.i > 3 and token.nbor(-1).dep_ == "conj":
            _tellers_behind_object(token)
        elif token.tag_ == "VBG" and token.dep_ in ("advcl", "conj") and token.lower_ == "following":
            _following(token)
        elif token.tag_ == "VBG" and token.dep_ == "advcl" and token.lemma_ in words.outcomes:
            outcome_behind_report(token)
        elif token.tag_ == "VBG" and token.dep_ == "advcl" and token.i and token.nbor(-1).lower_ in OPENERS:
            _gerund_as_subject(token)
        elif token.dep_ == "advcl" and token.head.i > token.i and token.tag_ in _FINITE:
            _clause_before_report(token)
        elif token.lower_ in CONJUNCTIONS and token.dep_ == "prep":
            _clause_behind_conjunction(token)
        elif token.dep_ == "prep" and token.head.dep_ == "pobj" and token.lower_ in _BESIDE_A_DAY:
            _off_the_day(token)
        elif token.dep_ == "prep" and token.lower_ == "between":
            _subject_counted_between(token)
        elif token.dep_ in ("prep", "npadvmod") and token.head.dep_ == "ccomp":
            _between_report_and_clause(token, words.hearing)
        elif token.dep_ == "pcomp" and token.lower_ in words.neighbouring:
            _neighbouring(token)
        elif token.dep_ == "nmod":
            _side_before_side(token)
            _gloss(token)
        elif token.dep_ == "compound" and token.tag_ == "NNS" and token.head.tag_ in _FINITE:
            _plural_before_verb(token)
        elif token.dep_ == "nummod" and token.head.dep_ == "compound":
            _number_of_modifier(token)
        elif token.lower_ in _WHERE and token.dep_ in ("amod", "advmod"):
            _place_behind_verb(token)
        elif token.dep_ == "amod" and token.head.i == token.i - 1 and token.lemma_ in words.operations:
            operation_behind_its_kind(token)
    return doc


def _subject_behind_places(subject: Token) -> None:
    """*In X district, Y province, a force killed two*: the force did, not the province."""
    verb = subject.head
    first = subject.sent[0]
    if first.head.i != verb.i or first.lower_ not in _OPENING or subject.i > verb.i:
        return
    before = subject.left_edge.i - 1
    if subject.doc[before].text != "," or not any(subject.doc[before - 1].i == t.i for t in first.subtree):
        return
    for child in subject.children:
        edge = child.left_edge
        if (
            child.dep_ == "appos"
            and child.i > subject.i
            and edge.tag_ in _BEGINS_PHRASE
            and subject.doc[edge.i - 1].text == ","
        ):
            place = next((t for t in first.subtree if t.dep_ == "pobj"), None)
            child.dep_, child.head = subject.dep_, verb
            if place is not None:
                subject.dep_, subject.head = "appos", place
            return


def _off_the_day(word: Token) -> None:
    """*began on May 9 in X between A and B*: it began in X, not the day."""
    day, opening = word.head, word.head.head
    numbered = any(c.dep_ == "nummod" and c.i == day.i + 1 for c in day.children)
    if not numbered or opening.lower_ != "on" or day.tag_ != "NNP" or word.i < day.i:
        return
    if any(c.dep_ == "pobj" and c.tag_ in ("NN", "NNS", "NNP", "NNPS") for c in word.children):
        word.head = opening.head


def _purpose(verb: Token, deeds: frozenset[str]) -> None:
    """*launch an attack to retake the town*: who launches would retake it; no attack does."""
    words = list(verb.children)
    if verb.head.dep_ != "dobj" or verb.head.lemma_ not in deeds:
        return
    if any(c.tag_ == "TO" for c in words) and not any(c.dep_ in ("nsubj", "nsubjpass") for c in words):
        verb.dep_ = "acl"


def _neighbouring(word: Token) -> None:
    """*fled to neighboring X*: to X, and nobody neighbours it."""
    place = next((c for c in word.children if c.dep_ == "dobj" and c.tag_.startswith("NN")), None)
    if place is None or len(list(word.children)) > 1:
        return
    place.dep_, place.head = "pobj", word.head
    word.dep_, word.head, word.tag_ = "amod", place, "JJ"


def _left_wounded(verb: Token) -> None:
    """*left two men dead, and a soldier wounded*: the soldier was; he wounded nobody."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if (
        subject is not None
        and verb.head.lemma_ == "leave"
        and any(c.dep_ in ("oprd", "acomp", "xcomp", "ccomp") for c in verb.head.children)
        and not any(c.dep_ in ("aux", "dobj", "agent") for c in verb.children)
    ):
        subject.dep_ = "nsubjpass"


def _number_of_modifier(number: Token) -> None:
    """*four Zia group militants*: four militants, not four groups."""
    inner = number.head
    noun = inner.head
    if (
        inner.dep_ == "compound"
        and inner.tag_ in ("NN", "NNP")
        and noun.tag_ in ("NNS", "NNPS")
        and noun.i > inner.i
        and number.i == noun.left_edge.i
        and number.ent_type_ in ("", "CARDINAL")
    ):
        number.head = noun


def _side_before_side(noun: Token) -> None:
    """*between the army and X militants*: two sides, not militants of the army and of X."""
    head = noun.head
    other = next((c for c in noun.children if c.dep_ == "conj" and noun.i < c.i < head.i), None)
    if (
        other is None
        or head.i != other.i + 1
        or not (noun.tag_ == "NNS" or any(c.dep_ == "det" for c in noun.children))
        or not noun.tag_.startswith("NN")
        or not head.tag_.startswith("NN")
        or any(c.dep_ in ("det", "poss") for c in head.children)
    ):
        return
    noun.dep_, noun.head = head.dep_, head.head if head.head.i != head.i else noun
    head.dep_, head.head = "conj", noun
    other.dep_, other.head = "compound", head


def _plural_before_verb(noun: Token) -> None:
    """*Rebels attack X*, the verb taken for a noun that they describe."""
    verb = noun.head
    if noun.i == verb.i - 1 and not any(c.dep_ in SUBJECTS for c in verb.children):
        noun.dep_ = "nsubj"


def _gloss(noun: Token) -> None:
    """*killed a sarpanch (village head) at X*: what stands in brackets explains the noun before it."""
    head = noun.head
    if noun.i + 1 >= len(noun.doc) or noun.nbor(1).text != "(" or head.i < noun.i or head.head.i == head.i:
        return
    inside = noun.doc[noun.i + 1 : head.i + 2]
    if inside[-1].text != ")" or any(t.text == ")" for t in inside[:-1]):
        return
    take_place(noun, head, "appos")


def _subject_of_auxiliary(subject: Token) -> None:
    """*said one farmer was heavily injured*, *farmer* hung on *was*."""
    auxiliary = subject.head
    if auxiliary.dep_ == "auxpass" and auxiliary.head.tag_ == "VBN":
        subject.dep_, subject.head = "nsubjpass", auxiliary.head


def _subject_counted_between(word: Token) -> None:
    """*say between 20 and 25 guards were killed*: the guards are the subject."""
    noun = next((c for c in word.children if c.dep_ == "pobj"), None)
    clause = next((c for c in word.head.children if c.dep_ == "ccomp" and c.i > word.i), None)
    if (
        noun is None
        or clause is None
        or not noun.i < clause.i
        or any(c.dep_ in SUBJECTS for c in clause.children)
        or not any(c.tag_ == "CD" for c in noun.children)
        or not any(c.dep_ in ("aux", "auxpass") and c.tag_ in _FINITE for c in clause.children)
    ):
        return
    passive = any(c.dep_ == "auxpass" for c in clause.children)
    noun.dep_, noun.head = "nsubjpass" if passive else "nsubj", clause
    word.dep_, word.head = "quantmod", noun


def _tellers_behind_object(verb: Token) -> None:
    """*freed the hostages, residents and officials said*: they said it; nobody freed them."""
    if verb.i < 4 or verb.nbor(-1).dep_ != "conj" or any(c.dep_ in SUBJECTS for c in verb.children):
        return
    first = verb.nbor(-1).head
    if (
        first.dep_ != "conj"
        or not first.tag_.startswith("NN")
        or not any(c.dep_ == "cc" and c.i > first.i for c in first.children)
        or verb.doc[first.left_edge.i - 1].text != ","
    ):
        return
    if verb.dep_ in ("conj", "advcl"):  # *struck a village, residents and officials said*, *said* below it
        told = verb.head
        if told.dep_ != "ROOT" or any(
            c.dep_ == "mark" or (c.dep_ in _CONTENT and c.i > verb.i) for c in verb.children
        ):
            return
        verb.head, verb.dep_ = verb, "ROOT"
        told.head, told.dep_ = verb, "ccomp"
    elif first.is_ancestor(verb) or not any(c.dep_ == "ccomp" and c.i < first.i for c in verb.children):
        return
    first.dep_, first.head = "nsubj", verb


def _place_behind_verb(word: Token) -> None:
    """*clashed outside parliament*: nobody clashed an *outside parliament*."""
    noun = word.head
    if noun.i > word.i and noun.dep_ in ("dobj", "npadvmod") and noun.head.i == word.i - 1:
        word.dep_, word.head, word.tag_ = "prep", noun.head, "IN"
        noun.dep_, noun.head = "pobj", word


def _clause_behind_conjunction(word: Token) -> None:
    """*said that X, as troops continue to leave*: a clause of its own, not *as troops* and something said."""
    noun = next((c for c in word.children if c.dep_ == "pobj"), None)
    if noun is None or not noun.tag_.startswith(("NN", "PRP")) or noun.right_edge.i + 1 >= len(word.doc):
        return
    verb = word.doc[noun.right_edge.i + 1]
    if verb.dep_ == "aux":
        verb = verb.head
    if (
        (verb.tag_ not in _FINITE and not any(c.dep_ == "aux" for c in verb.children))
        or verb.dep_ not in ("ccomp", "conj", "dep")
        or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
        or verb.i < noun.i
        or verb.is_ancestor(word)
        or not verb.tag_.startswith("VB")
    ):
        return
    verb.dep_, verb.head = "advcl", word.head
    noun.dep_, noun.head = "nsubj", verb
    word.dep_, word.head = "mark", verb


def _between_report_and_clause(word: Token, hearing: Collection[str]) -> None:
    """*said on Monday he would leave*, *told them on Monday he would*: on Monday he said it."""
    clause = word.head
    report = clause.head
    before = word.nbor(-1) if word.left_edge.i else report
    heard = before.head.i == report.i and before.dep_ in ("dobj", "dative") and report.lemma_ in hearing
    if (report.i == word.left_edge.i - 1 or (heard and word.left_edge.i == word.i)) and any(
        c.dep_ in ("nsubj", "nsubjpass") and word.i < c.i < clause.i for c in clause.children
    ):
        word.head = report


def _following(word: Token) -> None:
    """*died following a blast*: the preposition, not somebody who follows."""
    objects = [c for c in word.children if c.dep_ == "dobj"]
    joined = word.dep_ == "conj" and word.i and word.nbor(-1).dep_ == "cc"
    if (word.i == word.head.i + 1 or joined) and len(objects) == 1:
        word.dep_, word.tag_ = "prep", "IN"
        objects[0].dep_ = "pobj"


def _clause_before_report(verb: Token) -> None:
    """*Three died when their boat sank, police said*: they died when it sank, police said so later."""
    report = verb.head
    told = next((c for c in report.children if c.dep_ == "ccomp" and c.i < verb.left_edge.i), None)
    if told is not None and any(c.dep_ == "nsubj" and c.i > verb.i for c in report.children):
        verb.head = told


def _gerund_as_subject(word: Token) -> None:
    """*died when shelling hit their house*: the shelling hit it; nobody shelled."""
    clause = next(
        (
            c
            for c in word.head.children
            if c.i > word.i and c.tag_ in _FINITE and c.dep_ in ("advcl", "ccomp")
        ),
        None,
    )
    if clause is None or any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.children):
        return
    if any(c.dep_ in ("dobj", "aux", "nsubj", "ccomp", "xcomp") for c in word.children):
        return
    if any(t.text == "," for t in word.doc[word.i : clause.i]):
        return
    opener = word.nbor(-1)
    if opener.is_ancestor(clause):
        return  # it cannot hang from what hangs from it
    clause.dep_ = "advcl"
    word.dep_, word.head, word.tag_ = "nsubj", clause, "NN"
    opener.head = clause


def _object_before_report(noun: Token) -> None:
    """*killing 12 fighters, the agency reported*: the fighters were killed, and the agency reported."""
    verb = noun.head
    participle = verb.head
    if participle.tag_ != "VBG" or verb.dep_ not in ("ccomp", "conj") or not participle.i < noun.i < verb.i:
        return
    teller = next((c for c in noun.children if c.dep_ == "appos" and c.i > noun.i), None)
    if teller is None or teller.right_edge.i + 1 != verb.i or verb.doc[teller.left_edge.i - 1].text != ",":
        return
    teller.dep_, teller.head = "nsubj", verb
    noun.dep_, noun.head = "dobj", participle
    verb.dep_, verb.head = "parataxis", participle.head


def _finite_behind_other_form(verb: Token) -> None:
    """*pressed for X to use its influence and stressed the need*: who pressed stressed, not X.

    Likewise *demanded that X stop and urged Y*, *said its troops have left, and urged Y*.
    """
    beside, tense = verb.head, _tense(verb)
    if tense is None or not beside.tag_.startswith("VB") or any(c.dep_ in SUBJECTS for c in verb.children):
        return
    auxiliaries = [c for c in beside.children if c.dep_ == "aux"]
    if beside.tag_ == "VB":
        if any(c.tag_ in ("MD", *_FINITE) for c in auxiliaries):
            return
    elif not (
        beside.tag_ == "VBN"
        and verb.tag_ == "VBD"
        and verb.i > 1
        and verb.nbor(-1).dep_ == "cc"
        and verb.nbor(-2).text == ","
        and any(c.tag_ in ("VBP", "VBZ") for c in auxiliaries)
    ):
        return
    above = beside.head
    while above.i != above.head.i and _tense(above) is None:
        above = above.head
    if above.i < beside.i and _tense(above) == tense:
        verb.head = above


def _pluperfect_in_report(verb: Token) -> None:
    """*said rebels attacked X, and had seized Y within an hour*: the rebels had, by what was said."""
    report = verb.head
    told = next((c for c in children(report, "ccomp") if report.i < c.i < verb.i), None)
    had = any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children)
    if (
        told is not None
        and had
        and report.tag_ == "VBD"
        and told.tag_ in ("VBD", "VBN")
        and not any(c.dep_ in SUBJECTS for c in verb.children)
    ):
        verb.head = told


def _tense(verb: Token) -> str | None:
    """The tag of the finite verb or auxiliary of the clause: *was shooting* is in the past."""
    if verb.tag_ in _FINITE:
        return str(verb.tag_)
    if verb.tag_ not in ("VBG", "VBN"):
        return None
    return next((str(c.tag_) for c in verb.children if c.dep_ in AUXILIARIES and c.tag_ in _FINITE), None)
