"""On whose word: quotations, reporting verbs, *according to*, hearsay.

The cues are those of the attribution relations of the PARC corpus (Pareti 2012): a source, a cue and a
content, where the content is a complement clause, a quotation or both.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.annotate.constructions import constructions
from kg.annotate.families import AGENTS, ORGANIZATIONS
from kg.annotate.fillers import Fillers
from kg.annotate.grammar import (
    children,
    coordinated,
    definite,
    governors,
    is_passive,
    is_verb,
    subjects,
    surface_subject,
)
from kg.annotate.layer import Layer, Mention
from kg.annotate.lexicon import Lexicon
from kg.annotate.quoted import Quotation, quotations_of
from kg.model import Form

_CLOSING = frozenset(("”", '"', "»", "’’", "''"))
_OPENS_REPORT = frozenset((",", "”", '"', "»"))
_OF_TITLES = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "DT", "CD", "POS", "PRP$", "HYPH", "VBN"))
_HAVE = frozenset(("has", "have", "had"))
_OF_APPOSITIONS = _OF_TITLES | {"IN", "-LRB-", "-RRB-", "CC"}
_LONGEST_TITLE, _LONGEST_APPOSITION = 9, 16  # tokens
_FIRST_PERSON = frozenset(("i", "me", "myself", "we", "us", "ourselves"))
_SINGULAR = frozenset(("i", "me", "myself"))
_BODIES = ORGANIZATIONS | {"Group"}  # who say *we* of themselves
_TAKING_UP = frozenset(("it", "he", "she"))
_HIM = frozenset(("him", "her"))
_JUST_BEFORE = 120  # tokens
_UP_TO_OUTCOME = 6  # tokens


@dataclass(frozen=True, slots=True)
class Trailing:
    """A report that closes its sentence: *…, a minister said*. `comma` is the token that opens it."""

    comma: int
    verb: Token
    speaker: int
    others: tuple[int, ...] = ()


def reports(verb: Token, lexicon: Lexicon) -> bool:
    """Whether `verb` can tell of a statement here: *continue* does, *continue to fight* does not."""
    frames = [frame for frame in lexicon.verbs.get(verb.lemma_.lower(), ()) if frame.speech]
    if frames and hearsay(verb):
        return False
    alone = any(frame.where.get(("xcomp",)) == "none" for frame in frames)
    return bool(frames) and not (alone and children(verb, "xcomp"))


def hearsay(verb: Token) -> bool:
    """*rebels said to be in the hills*, be it read as active: others say so of them."""
    return verb.lemma_ in constructions(verb.doc).hearsay and any(
        any(t.tag_ == "TO" for t in clause.children) for clause in children(verb, "xcomp")
    )


class Attribution:
    """The quotations of a document and the sources of what it tells.

    `cues` are the indices of tokens that may be reporting verbs or *according*, in order.
    """

    def __init__(self, doc: Doc, fillers: Fillers, lexicon: Lexicon, cues: Iterable[int]) -> None:
        self.doc, self.fillers, self.lexicon = doc, fillers, lexicon
        self.quotations = quotations_of(doc)
        self.inside: dict[int, Quotation] = {
            i: q for q in self.quotations if q.length > 1 for i in range(q.start, q.end)
        }
        self._according: dict[int, tuple[Token, list[int]]] = {}
        self._reporters: dict[int, list[Token]] = {}
        self._order: list[int] = []
        self._taken_up: dict[int, list[int]] = {}
        self._trailing: dict[int, Trailing] = {}
        self.citing: dict[int, list[int]] = {}  # whom, by the participle *citing*
        self._read_cues(cues)
        self._assign_speakers()

    # ------------------------------------------------------------------ reading
    def _read_cues(self, cues: Iterable[int]) -> None:
        for i in cues:
            if i in self.inside:
                continue
            token = self.doc[i]
            if token.lower_ == "according":
                objects = [o for to in children(token, "prep") for o in children(to, "pobj")]
                named = [each for o in objects for each in coordinated(o)]
                found = self.fillers.all(named) or self._through(objects, token)
                self._according[token.sent.start] = (token, found)
            elif token.lower_ in self.lexicon.constructions.citing and token.dep_ in ("advcl", "acl", "prep"):
                cited = self.fillers.all(o for c in children(token, "dobj", "pobj") for o in coordinated(c))
                self.citing[i] = [m for m in cited if self._speaks(m)]
            elif is_verb(token) and reports(token, self.lexicon):
                self._reporters.setdefault(token.sent.start, []).append(token)
                self._order.append(i)
                report = self._closes(token)
                if report is not None:
                    self._trailing[token.sent.start] = report

    def _closes(self, verb: Token) -> Trailing | None:
        """Whether *, NAME verb* closes the sentence, read off the words where the parse has lost it."""
        doc, start = self.doc, verb.sent.start
        last = verb.i - 1
        while last > start and (doc[last].tag_ == "RB" or doc[last].lower_ in _HAVE):
            last -= 1
        if doc[last].text == ")":  # *the Ministry of Truth (MoT) said*
            opened = next((i for i in range(last - 1, max(start, last - 5), -1) if doc[i].text == "("), last)
            last = opened - 1 if opened < last else last
        found = self.fillers.layer.mentions
        if doc[last].text == ",":
            last = self._before_apposition(last, start)
        speaker = self.fillers.ending.get(last + 1)
        if speaker is None or not self._speaks(speaker):
            speaker = self._in_charge(last, start)
        if speaker is None:
            return None
        at = self._before_title(found[speaker].start, start)
        whose = self.fillers.ending.get(at) if doc[at].lower_ in ("of", "from", "for") else None
        if whose is not None and self.fillers.kind(whose) == "Person":
            speaker = whose  # *NAME of the Y office said*
            at = self._before_title(found[speaker].start, start)
        elif doc[at].lower_ == "of" and doc[at - 1].tag_ == "NNP":
            while at > start and doc[at - 1].tag_ == "NNP":  # a name not known for one
                at -= 1
            at -= 1
        others: tuple[int, ...] = ()
        beside = self.fillers.ending.get(at) if doc[at].lower_ == "and" else None
        if beside is not None and self._speaks(beside):  # *…, two guards and the mayor said*
            at, others = self._before_title(found[beside].start, start), (beside,)
        if at <= start + 2 or doc[at].text not in _OPENS_REPORT:
            return None
        for i in range(verb.i + 1, verb.sent.end):
            if doc[i].text == "," and doc[i - 1].i > verb.i - 1:
                break  # *said, adding that*
            if doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") or doc[i].lower_ == "that":
                return None
        return Trailing(at, verb, speaker, others)

    def _in_charge(self, last: int, start: int) -> int | None:
        """*the governor of the region said*, with *region* at `last`: the governor."""
        at = last
        while at > start and last - at < _LONGEST_TITLE and self.doc[at].tag_ in _OF_TITLES:
            at -= 1
        holder = self.fillers.ending.get(at) if self.doc[at].lower_ == "of" and at < last else None
        return holder if holder is not None and self.fillers.kind(holder) == "Person" else None

    def _before_title(self, begin: int, start: int) -> int:
        """The index before the words that stand as a title before the mention that begins at `begin`."""
        at = begin - 1
        while at > start and begin - at < _LONGEST_TITLE and self.doc[at].tag_ in _OF_TITLES:
            at -= 1
        return at

    def _before_apposition(self, comma: int, start: int) -> int:
        """*, NAME, a spokesman for X, told*: the last token of the name; else the one before the comma."""
        at = comma - 1
        while at > start and comma - at < _LONGEST_APPOSITION and self.doc[at].tag_ in _OF_APPOSITIONS:
            at -= 1
        return at - 1 if self.doc[at].text == "," and at < comma - 1 else comma - 1

    def _speaks(self, index: int) -> bool:
        kind = self.fillers.kind(index)
        return kind in AGENTS or kind == "Country"

    def trailing(self, token: Token) -> Trailing | None:
        """The report that closes the sentence of `token` and covers it, or None."""
        report = self._trailing.get(token.sent.start)
        if report is None or token.i < report.comma:
            return report
        return report if self._goes_on(report.verb, token) else None

    def _goes_on(self, report: Token, token: Token) -> bool:
        """*A bomb went off, police said, killing two and wounding six*: police said that as well."""
        if token.dep_ == "conj" and token.tag_ == "VBG":
            token = token.head
        return (
            token.dep_ == "advcl"
            and token.tag_ == "VBG"
            and 2 <= token.left_edge.i - report.i <= _UP_TO_OUTCOME
            and self.doc[token.left_edge.i - 1].text == ","
            and token.lemma_ in self.lexicon.constructions.outcomes
        )

    def inserted(self, token: Token) -> Token | None:
        """The reporting verb of *In X, the mayor said, troops are leaving* before `token`, or None."""
        for verb in self._reporters.get(token.sent.start, ()):
            if (
                verb.dep_ == "parataxis"
                and verb.i < token.i
                and verb.head.i > verb.i
                and self.doc[verb.i + 1].text == ","
                and any(c.dep_ == "nsubj" for c in verb.children)
            ):
                return verb
        return None

    def trailing_speaker(self, verb: Token) -> Token | None:
        """Who speaks by `verb` where it closes its sentence, or stands before its subject."""
        report = self._trailing.get(verb.sent.start)
        if report is None or report.verb.i != verb.i:
            return self._inverted(verb)
        return self.doc[self.fillers.layer.mentions[report.speaker].root]

    def _inverted(self, verb: Token) -> Token | None:
        """*“Is it true?” asked the judge*: the subject, which the parse takes for an object.

        So too *In X, NAME, the mayor, said*, which it takes for one more place.
        """
        comma = verb.i - 1
        if comma > verb.sent.start and self.doc[comma].text == ",":
            last = self._before_apposition(comma, verb.sent.start)
            named = self.fillers.ending.get(last + 1) if last < comma - 1 else None
            if named is not None and self.fillers.kind(named) == "Person":
                return self.doc[self.fillers.layer.mentions[named].root]
        behind = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
        if behind is None or verb.i == 0 or self.doc[verb.i - 1].text not in _OPENS_REPORT:
            return None
        speakers = ("Person",) if self.doc[verb.i - 1].text in _CLOSING else ("NewsOrganization",)
        return behind if any(self.fillers.kind(i) in speakers for i in self.fillers.all([behind])) else None

    def agency(self, verb: Token) -> Token | None:
        """*It had rained, reported the Zia News Agency*: who reports, though *it* stands as the subject.

        So too *X is leaving, the Zia Times reported, citing Y*, where X seems to be the subject.
        """
        report = self._trailing.get(verb.sent.start)
        if report is not None and report.verb.i == verb.i:
            speaker = self.doc[self.fillers.layer.mentions[report.speaker].root]
            before = children(verb, "nsubj", "nsubjpass")
            agency = self.fillers.kind(report.speaker) == "NewsOrganization"
            beside = any(c.i == speaker.i for noun in before for c in children(noun, "appos"))
            if (agency and beside) or (verb.dep_ == "conj" and not before):
                return speaker
        if verb.i == 0 or self.doc[verb.i - 1].text != ",":
            return None
        if verb.lemma_ in self.lexicon.constructions.hearing:
            return None
        if any(c.dep_ == "nsubj" for c in verb.children):
            return None
        return self._inverted(verb)

    def speakers_of(self, verb: Token) -> list[int]:
        """The mentions that speak by the reporting verb `verb`."""
        found = self._own_speakers(verb) or self.taken_up(verb)
        cited = [m for i, named in self.citing.items() if verb.sent.start <= i < verb.sent.end for m in named]
        return [*found, *(m for m in cited if m not in found)]  # *X reported, citing Y*

    def closing_speakers(self, report: Trailing) -> list[int]:
        """The mentions that speak by the report that closes a sentence, whatever the parse makes of it."""
        found = self.speakers_of(report.verb)
        return found if report.speaker in found else [*report.others, report.speaker]

    def _own_speakers(self, verb: Token) -> list[int]:
        behind = self.agency(verb)
        found = self.fillers.all([behind] if behind is not None else subjects(verb))
        if not found and is_passive(verb):
            return []
        if not found:
            closing = self.trailing_speaker(verb)
            subject = closing if closing is not None else surface_subject(verb)
            if subject is not None:
                found = self.fillers.all([subject])
        return found

    def taken_up(self, verb: Token) -> list[int]:
        """*The statement said*, *it added*, of whom nothing more is known: whoever spoke just before."""
        if verb.i not in self._taken_up:
            self._taken_up[verb.i] = self._before(verb)
        return self._taken_up[verb.i]

    def _through(self, sources: list[Token], cue: Token) -> list[int]:
        """*according to him*: who spoke before; *to the coordinator, X*, *to reports citing X*: X."""
        for source in sources:
            if source.tag_ == "PRP":
                person = source.lower_ in _HIM
                return self._last_speakers(cue, person=person) if person or source.lower_ == "them" else []
            nearer = children(source, "appos")
            for clause in children(source, "acl"):
                if clause.lower_ in self.lexicon.constructions.citing:
                    nearer += [noun for c in children(clause, "dobj") for noun in coordinated(c)]
            found = [m for m in self.fillers.all(nearer) if self._speaks(m)]
            if found:
                return found
        return []

    def _last_speakers(self, cue: Token, *, person: bool | None) -> list[int]:
        """Who spoke last before the sentence of `cue`; a person, others, or whoever it was where None."""
        first = bisect_left(self._order, cue.sent.start - _JUST_BEFORE)
        for at in range(bisect_left(self._order, cue.sent.start) - 1, first - 1, -1):
            speakers = self._own_speakers(self.doc[self._order[at]])
            if speakers:
                persons = all(self.fillers.kind(s) == "Person" for s in speakers)
                return speakers if person is None or persons == person else []
        return []

    def _before(self, verb: Token) -> list[int]:
        subject = surface_subject(verb)
        if subject is None or self.fillers.at(subject) is not None:
            return []
        if not self.lexicon.speech_verb(subject.head.lemma_.lower()):
            return []  # *it is worth noting*
        document = definite(subject) and subject.lemma_.lower() in self.lexicon.mouthpieces
        if not document and subject.lower_ not in _TAKING_UP:
            return []
        return self._last_speakers(verb, person=None if document else subject.lower_ != "it")

    def _assign_speakers(self) -> None:
        doc, previous = self.doc, None
        for quotation in self.quotations:
            if quotation.length < 2:
                continue
            sentence = doc[quotation.start].sent
            last = doc[quotation.end - 1].sent
            reporters = list(self._reporters.get(sentence.start, ()))
            if last.start != sentence.start:
                reporters += self._reporters.get(last.start, ())
            if reporters:
                nearest = min(
                    reporters, key=lambda t: min(abs(t.i - quotation.start), abs(t.i - quotation.end))
                )
                quotation.speakers, quotation.verb = self.speakers_of(nearest), nearest.i
            if not quotation.speakers:
                said = self._according.get(sentence.start) or self._according.get(last.start)
                if said:
                    quotation.speakers = said[1]
            if not quotation.speakers and not reporters:
                self._look_around(quotation, sentence, last, previous)
            previous = quotation

    def _look_around(
        self, quotation: Quotation, sentence: Span, last: Span, previous: Quotation | None
    ) -> None:
        """A quotation whose sentence names no speaker: the sentence after (*said X*), then before."""
        doc = self.doc
        if last.end < len(doc):
            after = doc[last.end].sent
            early = [t for t in self._reporters.get(after.start, ()) if t.i - after.start <= 4]
            if early and not _break_between(doc, last.end - 1, after.start) and quotation.closed:
                subject = surface_subject(early[0])
                if subject is not None and early[0].i - after.start <= 2:
                    quotation.speakers, quotation.verb = self.speakers_of(early[0]), early[0].i
                    if quotation.speakers:
                        return
        if previous is not None and previous.speakers:
            between = doc[previous.end : quotation.start]
            near = len(between) < 60 and not any(
                t.i not in self.inside and is_verb(t) and t.i > previous.end + 12 for t in between
            )
            if near:
                quotation.speakers = previous.speakers
                return
        if sentence.start > 0:
            before = doc[sentence.start - 1].sent
            reporters = self._reporters.get(before.start, ())
            if reporters and len(before) < 60:
                quotation.speakers = self.speakers_of(reporters[-1])

    def give_first_person(self, found: Layer) -> None:
        """*We* and *I* inside a quotation are mentions of its speaker."""
        for quotation in self.quotations:
            if len(quotation.speakers) != 1 or quotation.length < 3:
                continue
            speaker = found.mentions[quotation.speakers[0]]
            if speaker.chain < 0:
                continue
            side = self._side(found, speaker.chain)
            for token in self.doc[quotation.start : quotation.end]:
                if token.is_upper and len(token) > 1:  # *US*
                    continue
                if token.lower_ in _FIRST_PERSON and token.i not in found.mention_of:
                    chain = speaker.chain if side is None or token.lower_ in _SINGULAR else side
                    found.mention_of[token.i] = self._first_person(found, token, chain)
                elif token.lower_ == "our" and side is not None and self._arms(found, token.head):
                    found.mention_of[token.head.i] = self._first_person(found, token, side)

    def _side(self, found: Layer, chain: int) -> int | None:
        """The chain of the body for which the speaker of `chain` says *we*: a spokesman's, or its own."""
        if found.chains[chain].kind in _BODIES:
            return chain
        for held in found.holdings:
            if held.holder == chain and held.at is not None and not held.former:
                title = held.title.lower().split()
                if found.chains[held.at].kind in _BODIES and title and title[-1] in self.lexicon.mouthpieces:
                    return held.at
        return None

    def _arms(self, found: Layer, noun: Token) -> bool:
        """Whether `noun` is of unnamed people who bear arms: *our troops* are our side."""
        index = found.mention_of.get(noun.i)
        return (
            index is not None
            and found.mentions[index].form is Form.NOMINAL
            and noun.lemma_.lower() in self.lexicon.categories["armed"].nouns
        )

    @staticmethod
    def _first_person(found: Layer, token: Token, chain: int) -> int:
        found.mentions.append(
            Mention(
                start=token.i,
                end=token.i + 1,
                root=token.i,
                form=Form.PRONOUN,
                kind=found.chains[chain].kind,
                chain=chain,
                confidence=0.7,
            )
        )
        found.chains[chain].mentions.append(len(found.mentions) - 1)
        return len(found.mentions) - 1

    # ------------------------------------------------------------------ asking
    def quoted(self, token: Token) -> Quotation | None:
        """The quotation that `token` stands in, scare quotes left aside, or None."""
        quotation = self.inside.get(token.i)
        if quotation is None or quotation.length < 4:
            return None
        return quotation

    def according_to(self, token: Token) -> list[int] | None:
        """The sources of an *according to* that covers `token`, an empty list for an unnamed one, or None."""
        said = self._according.get(token.sent.start)
        if said is None:
            return None
        cue, sources = said
        if cue.is_ancestor(token):
            return None  # inside the source itself
        head = cue.head
        if self._of_clause(cue, token):
            return None  # *condemned X after Y was held, according to Z*: Y was held, by Z's word
        spoken = is_verb(head) and self.lexicon.speech_verb(head.lemma_.lower())
        if head.is_ancestor(token) and _beside(token, head) and not spoken:
            return None  # *after taking the town, the rebels …, according to X*: told as known
        if head.i == token.i or head.is_ancestor(token) or token.is_ancestor(head) or not is_verb(head):
            return sources
        return None

    def _of_clause(self, cue: Token, token: Token) -> bool:
        """Whether the cue goes with a clause right before it, and `token`, a statement or in it, not."""
        head = cue.head
        if not is_verb(head) or not self.lexicon.speech_verb(head.lemma_.lower()):
            return False
        beside = [c for c in children(head, "advcl") if head.i < c.i < cue.i]
        return bool(beside) and not any(c.i == token.i or c.is_ancestor(token) for c in beside)

    def quoted_with(self, verb: Token) -> list[tuple[int, int]]:
        """What is quoted with the reporting verb `verb`, without the marks: tokens from, to (half-open)."""
        return [(q.start, q.end) for q in self.quotations if q.verb == verb.i and q.length > 1]


def _beside(token: Token, main: Token) -> bool:
    """Whether `token` stands in an adverbial clause of time beside the clause of `main`."""
    for child, head in governors(token):
        if child.i == main.i:
            return False
        if child.dep_ == "pcomp" and head.lower_ in ("after", "before", "since", "while", "despite"):
            return True
        if child.dep_ == "advcl" and any(c.lower_ in ("after", "before", "since") for c in child.children):
            return True
        if head.i == main.i:
            return False
    return False


def _break_between(doc: Doc, start: int, end: int) -> bool:
    return any("\n" in doc[i].text for i in range(start, end + 1))
