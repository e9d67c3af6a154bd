"""Events with their arguments: the lexicon's frames matched against the grammar of each sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.annotate.arguments import Arguments
from kg.annotate.attribution import Attribution, hearsay
from kg.annotate.both_sides import BothSides
from kg.annotate.casualties import Casualties, casualties_of, casualties_through
from kg.annotate.constructions import read_by
from kg.annotate.context import complete
from kg.annotate.countries import Countries, CountryNames
from kg.annotate.dating import date_accounts
from kg.annotate.families import PLACES
from kg.annotate.fillers import Fillers
from kg.annotate.gerunds import stands_as_noun
from kg.annotate.grammar import (
    children,
    coordinated,
    definite,
    is_passive,
    prepositions,
    says,
)
from kg.annotate.layer import Account, Layer, layer
from kg.annotate.lexicon import Frame, Lexicon
from kg.annotate.numerals import shipped_numbers
from kg.annotate.recalled import recall
from kg.annotate.retold import tie_retold
from kg.annotate.scan import WordScan
from kg.annotate.slots import Slots, aimed_at
from kg.annotate.status import Standings
from kg.annotate.taken_up import take_up_deeds, take_up_incidents
from kg.annotate.told_together import join_assaults, join_deeds
from kg.annotate.verb_forms import by_doing
from kg.model import Status

_GRAMMATICAL = frozenset(("subject", "object", "told", "dative", "oprd", "acomp", "xcomp", "ccomp"))
_OF_NOUNS = frozenset(("dobj", "nsubj", "nsubjpass", "pobj"))
_NEAR = 15  # tokens from a verb to the predicate of its object


@dataclass(slots=True)
class Telling:
    """A trigger, the frame that it matched, the accounts that came of it, the verb that reports it.

    `joined` is a second verb that tells of the same victims (*shot and killed two*); `whole` the verb with
    which this one is told, and has no account of its own; `assault` the noun, subject of the verb, that tells
    of the same attack.
    """

    token: Token
    frame: Frame
    slots: Slots
    accounts: list[int] = field(default_factory=list)
    teller: int | None = None
    joined: int | None = None
    whole: int | None = None
    assault: int | None = None


class EventReader:
    """Finds the events of one document after another; holds no document."""

    def __init__(self, lexicon: Lexicon, countries: CountryNames | None = None) -> None:
        self.lexicon = lexicon
        self.countries = countries
        self.triggers = WordScan({*lexicon.verbs, *lexicon.nouns, *lexicon.forms})
        self.incidents = WordScan(lexicon.constructions.incidents)
        self.cues = WordScan(
            {
                "according",
                *lexicon.constructions.citing,
                *(verb for verb in lexicon.verbs if lexicon.speech_verb(verb)),
            }
        )

    def __call__(self, doc: Doc) -> Doc:
        """Fill `layer(doc).accounts`."""
        found = layer(doc)
        read_by(doc, self.lexicon.constructions)
        reading = _Reading(doc, found, self.lexicon, self.countries, self.cues.find(doc))
        reading.run(self.triggers.find(doc), self.incidents.find(doc))
        return doc


class _Reading:
    """The work on one document."""

    def __init__(
        self, doc: Doc, found: Layer, lexicon: Lexicon, names: CountryNames | None, cues: Iterable[int]
    ) -> None:
        self.doc, self.layer, self.lexicon = doc, found, lexicon
        self.fillers = Fillers(doc, found, lexicon)
        self.attribution = Attribution(doc, self.fillers, lexicon, cues)
        self.attribution.give_first_person(found)
        self.standings = Standings(lexicon, self.attribution)
        self.time_heads = frozenset(time.root for time in found.times)
        self.tellings: dict[int, Telling] = {}
        self.arguments = Arguments(doc, found, lexicon, self.fillers, Countries(found, names), self.tellings)
        self.sides = BothSides(self.fillers, lexicon)
        self.consumed: set[int] = set()
        self.told: dict[str, Frame] = {}  # by the noun that told of an event first

    def run(self, candidates: Iterable[int], incidents: Iterable[int]) -> None:
        """Read the events that the tokens `candidates` may tell of; `incidents` may take them up."""
        for i in candidates:
            token = self.doc[i]
            if i in self.fillers.named:
                continue
            telling = self._noun(token) if stands_as_noun(token, self.lexicon) else self._verb(token)
            if telling is not None:
                self.tellings[token.i] = telling
        for i in self.consumed:
            self.tellings.pop(i, None)
        join_deeds(self.tellings, self.lexicon)
        join_assaults(self.tellings, self.lexicon)
        for telling in self.tellings.values():
            self._account(telling)
        date_accounts(self.doc, self.layer, self.tellings, self.lexicon)
        complete(self.doc, self.layer, self.tellings, self.fillers, self.lexicon)
        recall(self.doc, self.layer, self.tellings, self.lexicon)
        take_up_deeds(self.doc, self.layer, self.tellings)
        take_up_incidents(self.doc, self.layer, self.tellings, self.fillers, self.lexicon, incidents)
        self._drop_empty()
        self._tell_about()
        tie_retold(self.doc, self.layer, self.tellings, self.lexicon)

    # ------------------------------------------------------------------ triggers
    def _verb(self, token: Token) -> Telling | None:
        lemma = self.lexicon.forms.get(token.lower_) or token.lemma_.lower()
        frames = self.lexicon.verbs.get(lemma)
        if not frames or token.dep_ in ("amod", "aux", "auxpass", "compound"):
            return None
        slots: Slots | None = None
        particles = {c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "prep")}
        for frame in frames:
            if frame.particle is not None and frame.particle not in particles:
                continue
            if slots is None:
                slots = Slots(token, self.lexicon, self.time_heads)
            if frame.speech and not is_passive(token):
                speaker = self.attribution.agency(token)
                if speaker is not None:
                    slots.found["subject"], slots.found["told"] = [speaker], []
                elif not slots.found["subject"] or not children(token, "nsubj", "csubj"):
                    speaker = self.attribution.trailing_speaker(token)
                    slots.found["subject"] = [speaker] if speaker is not None else slots.found["subject"]
            light = self._light(token, frame, slots)
            if light is None:
                continue
            own = {name: list(tokens) for name, tokens in slots.found.items()}
            if light.i != token.i:
                for word, obj in prepositions(light):
                    slots.found[word].extend(t for t in coordinated(obj) if t not in slots.found[word])
                slots.of_owner(light)  # *fell into X's hands*
            fits = self._allowed(frame, slots)
            if fits and frame.refuse:
                return None
            if not fits or (frame.speech and not self._speaks(token, slots, frame)):
                slots.found.clear()
                slots.found.update(own)
                continue
            if light.i != token.i:
                self.consumed.add(light.i)
            self._take_in(frame, slots)
            for verb in slots.found["purpose"]:  # *took to the streets to protest*: one protest
                if verb.lemma_ in self.lexicon.protesting:
                    frames = self.lexicon.verbs.get(verb.lemma_, ())
                    self.consumed.update({verb.i} if any(f.kind == frame.kind for f in frames) else ())
            return Telling(token, frame, slots)
        return None

    def _take_in(self, frame: Frame, slots: Slots) -> None:
        """*came under attack by X*, *came under X control*: the noun tells of nothing more, X acts."""
        for names, category in frame.where.items():
            if not category.startswith("="):
                continue
            for noun in [t for t in slots.get(names) if self.fillers.fits(t, category)]:
                frames = self.lexicon.nouns.get(noun.lemma_.lower(), ())
                if noun.i == slots.trigger.i:
                    continue
                if not (_GRAMMATICAL.isdisjoint(names) or any(f.kind == frame.kind for f in frames)):
                    continue
                self.consumed.add(noun.i)
                for word, obj in prepositions(noun):
                    slots.found[word].extend(t for t in coordinated(obj) if t not in slots.found[word])
                if frames:  # not whose life was attempted
                    slots.found["by"].extend(children(noun, "compound", "poss"))
                slots.of_owner(noun)  # *came under X control*

    def _light(self, token: Token, frame: Frame, slots: Slots) -> Token | None:
        """The noun or predicate that a light verb needs; the verb itself where it needs none."""
        if frame.light:
            for obj in slots.found["object"]:
                measured = [obj]
                if obj.lemma_.lower() in self.lexicon.partitives:  # *40 tonnes of food*
                    measured += [inner for word, inner in prepositions(obj) if word == "of"]
                found = next((t for t in measured if self._is_light(t, frame.light)), None)
                if found is not None:
                    return found
            return None
        if frame.light_in:
            for word in ("in", "into", "under", "to", "on", "at"):
                inner = [o for t in slots.found["object"] for w, o in prepositions(t) if w == word]
                for obj in [*slots.found[word], *inner]:
                    if obj.lemma_.lower() in frame.light_in:
                        return obj
            return None
        if frame.light_pred:
            predicate = _predicate(token, frame)
            if predicate is None:
                return None
            self.consumed.add(predicate.i)
            if not slots.found["object"]:  # *declared ten envoys unwelcome*, read as a clause of its own
                slots.found["object"] = [t for c in children(predicate, "nsubj") for t in coordinated(c)]
        return token

    def _is_light(self, noun: Token, words: frozenset[str]) -> bool:
        """Whether it is one of `words`, or a paper on one: *a ceasefire deal* as *a ceasefire*."""
        lemma = noun.lemma_.lower()
        return lemma in words or (
            lemma in self.lexicon.papers
            and any(c.lemma_.lower() in words for c in children(noun, "compound", "amod", "nmod"))
        )

    def _allowed(self, frame: Frame, slots: Slots) -> bool:
        for names, category in frame.where.items():
            fillers = slots.get(names)
            if category == "none":
                if fillers:
                    return False
                continue
            if not any(self.fillers.fits(t, category) for t in fillers):
                return False
        return not any(
            t.lemma_.lower() in lemmas for names, lemmas in frame.unless.items() for t in slots.get(names)
        )

    def _speaks(self, verb: Token, slots: Slots, frame: Frame) -> bool:
        """A reporting verb tells of a statement when somebody speaks by it of something.

        Nobody does in *could not say how many*, *cannot verify the report*.
        """
        aux = {c.dep_: c.lemma_.lower() for c in verb.children if c.dep_ in ("aux", "neg")}
        if "neg" in aux and aux.get("aux") in ("can", "could"):
            return False
        if not slots.found["subject"] or verb.i in self.attribution.citing:
            return False
        if self.lexicon.has(frame.kind, "utterance") and (
            _of_statement(verb) or hearsay(verb) or by_doing(verb)
        ):
            return False
        if frame.content and not slots.found["ccomp"]:
            return any(q.verb == verb.i for q in self.attribution.quotations)
        if any(
            c.dep_ in ("ccomp", "xcomp", "dobj", "prep", "dative", "oprd", "parataxis") for c in verb.children
        ):
            return True
        if verb.dep_ in ("ccomp", "parataxis", "advcl", "conj", "relcl"):
            return True
        return any(q.verb == verb.i for q in self.attribution.quotations) or verb.dep_ == "ROOT"

    def _noun(self, token: Token) -> Telling | None:
        if not (token.tag_.startswith(("NN", "VB", "FW")) or _headed_adjective(token)):
            return None
        lemma = token.lemma_.lower()
        words = (lemma, token.lower_) if token.tag_ != "VBG" else (token.lower_, lemma)
        frames = next((found for word in words if (found := self.lexicon.nouns.get(word))), None)
        if not frames or _heading(token):
            return None
        if token.dep_ in ("compound", "nmod", "amod"):
            if not self._left_behind(token, frames):
                return None
        elif self._role_noun(token):
            return None
        slots: Slots | None = None
        for frame in frames:
            if lemma in frame.plural_only and token.tag_ not in ("NNS", "NNPS"):
                continue
            if slots is None:
                slots = Slots(token, self.lexicon, self.time_heads, noun=True)
            if self._allowed(frame, slots):
                if frame.refuse:
                    return None
                self._take_in(frame, slots)
                if (aimed := aimed_at(token)) is not None:
                    self.consumed.add(aimed.i)
                self.told.setdefault(lemma, frame)
                return Telling(token, frame, slots)
        known = self.told.get(lemma)
        if known is None or slots is None or not definite(token) or token.tag_ != "NN":
            return None
        if token.dep_ == "attr" or children(token, "amod"):
            return None  # *it was the third raid*
        return Telling(token, known, slots)  # *the strike*, of which more was told before

    def _left_behind(self, token: Token, frames: tuple[Frame, ...]) -> bool:
        """*the Lagos bombing suspect*, *the blast site in Hama*: a deed told by what came of it."""
        head = token.head
        if (
            token.i != head.i - 1
            or not token.tag_.startswith("NN")
            or head.lemma_.lower() not in self.lexicon.aftermath
            or not all(self.lexicon.has(frame.kind, "violent") for frame in frames)
        ):
            return False
        near = [*children(token, "compound", "nmod"), *children(head, "compound", "nmod")]
        near += [obj for word, obj in prepositions(head) if word in self.lexicon.locative]
        found = (self.layer.mention_of.get(t.i) for t in near)
        return any(i is not None and self.fillers.kind(i) in PLACES for i in found)

    def _role_noun(self, token: Token) -> bool:
        """A noun that is itself a mention of somebody (*the attackers*) tells of nobody's deed here."""
        index = self.layer.mention_of.get(token.i)
        if index is None:
            return False
        mention = self.layer.mentions[index]
        return mention.start <= token.i < mention.end

    # ------------------------------------------------------------------ accounts
    def _account(self, telling: Telling) -> None:
        token, frame, slots = telling.token, telling.frame, telling.slots
        roles = self.arguments.of(telling)
        standing = self.standings.of(token, slots.support, noun=slots.noun)
        telling.teller = None if standing.teller is None else standing.teller.i
        roles["agent"] = self._without_tellers(telling, roles["agent"], standing.sources)
        if frame.speech and not roles["agent"]:
            roles["agent"] = self.attribution.taken_up(token)
        for role in ("agent", "target"):
            roles[role] = self.sides.named(roles[role], slots.get(frame.roles.get(role, ())))
        told_by = [self.doc[self.layer.mentions[index].root] for index in standing.sources]
        sources = self.sides.named(list(standing.sources), told_by)
        places = roles.pop("place")
        counts = self._casualties(telling) if frame.casualty else None
        per_place = self.lexicon.has(frame.kind, "per_place") and len(places) > 1
        for group in [[p] for p in places] if per_place else [places]:
            account = Account(
                trigger=token.i,
                trigger_end=token.i + 1,
                kind=frame.kind,
                status=standing.status,
                agents=list(roles["agent"]),
                targets=list(roles["target"]),
                places=group,
                origins=list(roles["origin"]),
                destinations=list(roles["destination"]),
                sources=list(sources),
                quoted=self.attribution.quoted_with(token) if frame.speech else [],
            )
            hold = self.lexicon.constructions.claiming_hold.get(token.lemma_, frozenset())
            if hold & frame.light and account.status is Status.ASSERTED:
                account.status, account.sources = Status.CLAIMED, list(account.agents)  # on their own word
            if counts is not None:
                account.killed, account.wounded = counts.killed, counts.wounded
                account.detained, account.casualty_text = counts.detained, counts.text
            self.layer.accounts.append(account)
            self.sides.note(account)
            telling.accounts.append(len(self.layer.accounts) - 1)

    def _without_tellers(self, telling: Telling, agents: list[int], sources: list[int]) -> list[int]:
        """*Shots were exchanged between A and B, C said*: no doer is C, listed behind the others."""
        if telling.teller is None or len(agents) < 2 or telling.teller < telling.token.i:
            return agents
        behind = [i for i in agents if i in sources and self.layer.mentions[i].start > telling.token.i]
        return [i for i in agents if i not in behind] or agents

    def _casualties(self, telling: Telling) -> Casualties | None:
        token, frame = telling.token, telling.frame
        for noun in telling.slots.found["object"] if frame.light else ():
            if noun.lemma_.lower() in frame.light:
                return casualties_through(self.doc, token.i, noun.i)
        counted = _predicate(token, frame) or token  # *left two dead*
        harm = {**shipped_numbers().harm, token.lemma_.lower(): "killed"} if self._deadly(frame) else None
        counts = casualties_of(self.doc, counted.i, harm)
        if counts is None and telling.joined is not None:
            counts = casualties_of(self.doc, telling.joined)
        return counts

    def _deadly(self, frame: Frame) -> bool:
        """*gunned down*, *hacked to death*: the verb alone does not say that they died of it."""
        to = frame.where.get(("to",))
        return self.lexicon.has(frame.kind, "harm") and (frame.particle == "down" or to == "=death")

    # ------------------------------------------------------------------ afterwards
    def _drop_empty(self) -> None:
        """What has nobody, nowhere and no day attached tells of nothing that one could look up.

        A deed of violence is kept all the same (*there was an explosion*, *two were killed*).
        """
        keep: list[int] = []
        for telling in self.tellings.values():
            telling.accounts = [index for index in telling.accounts if self._kept(telling, index)]
            keep.extend(telling.accounts)
        keep.sort(key=lambda i: (self.layer.accounts[i].trigger, i))
        renumber = {old: new for new, old in enumerate(keep)}
        self.layer.accounts = [self.layer.accounts[i] for i in keep]
        for telling in self.tellings.values():
            telling.accounts = [renumber[i] for i in telling.accounts]

    def _kept(self, telling: Telling, index: int) -> bool:
        account, noun = self.layer.accounts[index], telling.slots.noun
        if telling.whole is not None:
            for other in self.tellings[telling.whole].accounts:
                whole = self.layer.accounts[other]
                aimed = telling.token.tag_ == "VB" and account.places  # *dropped bombs to strike X*
                whole.places = list(aimed or whole.places or account.places)
                whole.targets = whole.targets or self.fillers.without(account.targets, whole.agents)
                whole.take_date(account)
            return False
        if telling.frame.speech and not account.agents:
            return False
        if account.agents or account.targets or account.places or account.destinations or account.origins:
            return True
        if noun or telling.assault is not None:
            return self.lexicon.has(account.kind, "violent")
        counted = account.killed or account.wounded or account.detained
        # *a statement issued on Monday*
        dated = account.start_date and not self.lexicon.has(account.kind, "utterance")
        return bool(dated or counted) or self._said_of(telling)

    def _said_of(self, telling: Telling) -> bool:
        """Whether it is told of somebody or something worth keeping though no mention speaks of it."""
        wanted = telling.frame.bare
        slots = telling.slots.found
        return (wanted is not None and telling.token.dep_ != "csubj") and any(
            self.fillers.fits(t, wanted) and not t.tag_.startswith("PRP")
            for t in slots["subject"] + slots["object"]
        )

    def _tell_about(self) -> None:
        """Tie each statement to the accounts told inside it."""
        for telling in self.tellings.values():
            if telling.frame.speech:
                continue
            statement = None if telling.teller is None else self.tellings.get(telling.teller)
            if statement is None or not statement.frame.speech:
                continue
            for index in statement.accounts:
                about = self.layer.accounts[index].about
                about.extend(i for i in telling.accounts if i not in about)


def _predicate(verb: Token, frame: Frame) -> Token | None:
    """The word of `frame.light_pred` that says what `verb` made of its object, or None."""
    near = (t for t in verb.subtree if 0 < t.i - verb.i < _NEAR)
    return next((t for t in near if t.lower_ in frame.light_pred), None)


def _of_statement(verb: Token) -> bool:
    """*issued a statement saying*: the statement has been told of."""
    return verb.dep_ == "acl" and verb.tag_ == "VBG" and says(verb.head)


def _heading(token: Token) -> bool:
    """*The attack* over a paragraph: a title, which tells of nothing."""
    return token.dep_ == "ROOT" and all(
        c.dep_ in ("det", "amod", "punct", "dep") and c.n_lefts + c.n_rights == 0 for c in token.children
    )


def _headed_adjective(token: Token) -> bool:
    """*launched an offensive*, *a ground offensive*: the noun read as an adjective."""
    return token.tag_ == "JJ" and token.dep_ in _OF_NOUNS and bool(children(token, "det", "compound"))
