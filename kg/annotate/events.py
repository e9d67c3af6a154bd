"""Events with their arguments: the lexicon's frames matched against the grammar of each sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.annotate.attribution import Attribution
from kg.annotate.casualties import casualties_of
from kg.annotate.context import complete, recall
from kg.annotate.countries import Countries, CountryNames
from kg.annotate.dating import date_accounts
from kg.annotate.families import AGENTS, PLACES
from kg.annotate.fillers import Fillers
from kg.annotate.grammar import children, coordinated, is_verb, prepositions
from kg.annotate.layer import Account, Layer, layer
from kg.annotate.lexicon import Frame, Lexicon
from kg.annotate.scan import WordScan
from kg.annotate.slots import Slots
from kg.annotate.status import Standings


@dataclass(slots=True)
class Telling:
    """A trigger, the frame that it matched, the accounts that came of it, the verb that reports it."""

    token: Token
    frame: Frame
    slots: Slots
    accounts: list[int] = field(default_factory=list)
    teller: int | None = None


class EventReader:
    """Finds the events of one document after another; holds no document."""

    def __init__(self, lexicon: Lexicon, countries: CountryNames | None = None) -> None:
        self.lexicon = lexicon
        self.countries = countries
        self.triggers = WordScan({*lexicon.verbs, *lexicon.nouns})
        self.cues = WordScan({"according", *(verb for verb in lexicon.verbs if lexicon.speech_verb(verb))})

    def __call__(self, doc: Doc) -> Doc:
        """Fill `layer(doc).accounts`."""
        found = layer(doc)
        reading = _Reading(doc, found, self.lexicon, self.countries, self.cues.find(doc))
        reading.run(self.triggers.find(doc))
        return doc


class _Reading:
    """The work on one document."""

    def __init__(
        self, doc: Doc, found: Layer, lexicon: Lexicon, names: CountryNames | None, cues: Iterable[int]
    ) -> None:
        self.doc, self.layer, self.lexicon = doc, found, lexicon
        self.countries = Countries(found, names)
        self.fillers = Fillers(doc, found, lexicon)
        self.attribution = Attribution(doc, self.fillers, lexicon, cues)
        self.attribution.give_first_person(found)
        self.standings = Standings(lexicon, self.attribution)
        self.time_heads = frozenset(time.root for time in found.times)
        self.tellings: dict[int, Telling] = {}
        self.consumed: set[int] = set()

    def run(self, candidates: Iterable[int]) -> None:
        """Read the events that the tokens `candidates` may tell of."""
        for i in candidates:
            token = self.doc[i]
            if i in self.fillers.named:
                continue
            telling = self._verb(token) if is_verb(token) and not _nominal(token) else self._noun(token)
            if telling is not None:
                self.tellings[token.i] = telling
        for i in self.consumed:
            self.tellings.pop(i, None)
        self._join_casualties()
        for telling in self.tellings.values():
            self._account(telling)
        date_accounts(self.doc, self.layer, self.tellings)
        complete(self.doc, self.layer, self.tellings, self.fillers, self.lexicon)
        recall(self.layer, self.tellings, self.lexicon)
        self._drop_empty()
        self._tell_about()

    # ------------------------------------------------------------------ triggers
    def _verb(self, token: Token) -> Telling | None:
        frames = self.lexicon.verbs.get(token.lemma_.lower())
        if not frames or token.dep_ in ("amod", "aux", "auxpass", "compound"):
            return None
        slots: Slots | None = None
        particles = {c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "prep")}
        for frame in frames:
            if frame.particle is not None and frame.particle not in particles:
                continue
            if slots is None:
                slots = Slots(token, self.lexicon, self.time_heads)
            light = self._light(token, frame, slots)
            if light is None:
                continue
            if not self._allowed(frame, slots):
                continue
            if frame.speech and not self._speaks(token, slots, frame):
                continue
            if light.i != token.i:
                self.consumed.add(light.i)
                for word, obj in prepositions(light):
                    slots.found[word].extend(t for t in [obj] if t not in slots.found[word])
            return Telling(token, frame, slots)
        return None

    def _light(self, token: Token, frame: Frame, slots: Slots) -> Token | None:
        """The noun or predicate that a light verb needs; the verb itself where it needs none."""
        if frame.light:
            for obj in slots.found["object"]:
                if obj.lemma_.lower() in frame.light:
                    return obj
            return None
        if frame.light_in:
            for word in ("in", "into"):
                for obj in slots.found[word]:
                    if obj.lemma_.lower() in frame.light_in:
                        return obj
            return None
        if frame.light_pred:
            for child in token.subtree:
                if child.lower_ in frame.light_pred and child.i > token.i and child.i - token.i < 15:
                    self.consumed.add(child.i)
                    return token
            return None
        return token

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
        """A reporting verb tells of a statement when somebody speaks by it of something."""
        if not slots.found["subject"]:
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
        if not token.tag_.startswith(("NN", "VB")):
            return None
        lemma = token.lemma_.lower()
        frames = self.lexicon.nouns.get(lemma) or self.lexicon.nouns.get(token.lower_)
        if not frames or token.dep_ in ("compound", "nmod", "amod"):
            return None
        if self._role_noun(token):
            return None
        slots: Slots | None = None
        for frame in frames:
            if lemma in frame.plural_only and token.tag_ not in ("NNS", "NNPS"):
                continue
            if slots is None:
                slots = Slots(token, self.lexicon, self.time_heads)
            if self._allowed(frame, slots):
                return Telling(token, frame, slots)
        return None

    def _role_noun(self, token: Token) -> bool:
        """A noun that is itself a mention of somebody (*the attackers*) tells of nobody's deed here."""
        return token.i in self.layer.mention_of

    # ------------------------------------------------------------------ casualties told together
    def _join_casualties(self) -> None:
        """*killed or wounded*, *killed two and wounded five*: one account, by its first verb."""
        for i, telling in list(self.tellings.items()):
            token = telling.token
            if not telling.frame.casualty or token.dep_ != "conj":
                continue
            first = self.tellings.get(token.head.i)
            if first is None or first.frame.kind != telling.frame.kind:
                continue
            own = children(token, "dobj", "nsubj", "nsubjpass")
            if not own:
                for name, tokens in telling.slots.found.items():
                    if name not in ("subject", "object"):
                        first.slots.found[name].extend(t for t in tokens if t not in first.slots.found[name])
                del self.tellings[i]

    # ------------------------------------------------------------------ accounts
    def _account(self, telling: Telling) -> None:
        token, frame, slots = telling.token, telling.frame, telling.slots
        roles = self._roles(telling)
        standing = self.standings.of(token, slots.support)
        telling.teller = None if standing.teller is None else standing.teller.i
        places = self._listed(roles.pop("place"), telling)
        counts = casualties_of(self.doc, token.i) if frame.casualty else None
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
                sources=list(standing.sources),
                quotation=self.attribution.quotation_of(token) if frame.speech else None,
            )
            if counts is not None:
                account.killed, account.wounded = counts.killed, counts.wounded
                account.detained, account.casualty_text = counts.detained, counts.text
            self.layer.accounts.append(account)
            telling.accounts.append(len(self.layer.accounts) - 1)

    def _listed(self, places: list[int], telling: Telling) -> list[int]:
        """The places with those listed beside them, where the parse has lost a member of the list.

        *A, B, and C fell*; *taking A to its west, and B and C to its east*.
        """
        if not places or not self.lexicon.has(telling.frame.kind, "per_place"):
            return places
        found = list(places)
        by_start = {m.start: i for i, m in enumerate(self.layer.mentions) if self.fillers.kind(i) in PLACES}
        by_end = {m.end: i for i, m in enumerate(self.layer.mentions) if self.fillers.kind(i) in PLACES}
        for index in _run(self.doc, self.layer, places[-1], by_start, forward=True) + _run(
            self.doc, self.layer, places[0], by_end, forward=False
        ):
            if not any(self.fillers.same(index, known) for known in found):
                found.append(index)
        return sorted(found, key=lambda i: self.layer.mentions[i].start)

    def _roles(self, telling: Telling) -> dict[str, list[int]]:
        frame, slots, fillers = telling.frame, telling.slots, self.fillers
        roles: dict[str, list[int]] = {r: [] for r in ("agent", "target", "place", "origin", "destination")}
        for role, names in frame.roles.items():
            if role == "agent" and len(names) > 1:
                roles[role] = self._first_agent(names, slots)
                continue
            for name in names:
                filled = fillers.all(slots.found.get(name, []))
                if role in ("place", "origin", "destination"):
                    filled = [i for i in filled if fillers.kind(i) in PLACES]
                if not filled and role == "target":
                    filled = fillers.behind(slots.found.get(name, []))
                if filled:
                    roles[role] = filled
                    break
        clash = self.lexicon.has(frame.kind, "clash")
        if clash or self.lexicon.has(frame.kind, "struck"):
            keep: list[int] = []
            for index in roles["target"]:
                kind = fillers.kind(index)
                if kind in PLACES and not (clash and kind == "Country"):
                    roles["place"].append(index)
                else:
                    keep.append(index)
            roles["target"] = keep
        roles["agent"] = [i for i in roles["agent"] if fillers.kind(i) in AGENTS or fillers.kind(i) in PLACES]
        if self.lexicon.has(frame.kind, "struck"):
            roles["agent"] = [
                i
                for i in roles["agent"]
                if fillers.kind(i) not in PLACES or fillers.kind(i) == "Country" or self._governs(i)
            ]
        if not roles["place"] and not roles["destination"]:
            roles["place"] = self._locative(telling)
        roles["target"] = [i for i in roles["target"] if not any(fillers.same(i, a) for a in roles["agent"])]
        roles["place"] = list(dict.fromkeys(roles["place"]))
        return roles

    def _governs(self, index: int) -> bool:
        return self.fillers.kind(index) in ("PopulatedPlace", "Place", "Country")

    def _first_agent(self, names: tuple[str, ...], slots: Slots) -> list[int]:
        for name in names:
            found: list[int] = []
            for index in self.fillers.all(slots.found.get(name, [])):
                kind = self.fillers.kind(index)
                if kind in AGENTS or (
                    kind == "Country" or (kind in PLACES and name in ("subject", "by", "between", "support"))
                ):
                    found.append(index)
            if found:
                return found
            if name in ("adjective", "subject", "by"):
                found = self._demonyms(slots.found.get(name, []))
                if found:
                    return found
        return []

    def _demonyms(self, adjectives: list[Token]) -> list[int]:
        """*Russian shelling*: the mention that an adjective of nationality makes of its country."""
        found = []
        for token in adjectives:
            index = self.countries.mention(token)
            if index is not None:
                found.append(index)
        return found

    def _locative(self, telling: Telling) -> list[int]:
        """Where it happened, by the prepositions of the trigger, of its support, then of its arguments."""
        slots, locative = telling.slots, set(self.lexicon.locative)
        if telling.frame.speech:
            locative.add("from")
        for name, tokens in slots.found.items():
            if name in locative:
                places = self._places(tokens)
                if places:
                    return places
        if telling.frame.speech:
            for told in slots.found.get("told", []):
                for word, obj in prepositions(told):
                    if word in locative and (places := self._places([obj])):
                        return places
            return []
        for name, tokens in slots.found.items():
            if name in locative:
                places = self._nested(tokens, locative)
                if places:
                    return places
        inner = [
            t
            for name in ("object", "subject", "of", "between", "against", "on", "with")
            for t in slots.found.get(name, [])
        ]
        for token in inner:
            if token.i in self.tellings and token.i != telling.token.i:
                continue
            if places := self._nested([token], locative):
                return places
        if not is_verb(telling.token):
            nearby = list(slots.found.get("compound", [])) + list(slots.found.get("poss", []))
            return self._places(nearby)
        return []

    def _nested(self, tokens: list[Token], locative: set[str], depth: int = 0) -> list[int]:
        """A place inside: *near a post in the district*, *most of the villages in the valley*."""
        for token in tokens:
            for word, obj in prepositions(token):
                if word in locative and (places := self._places([obj])):
                    return places
                if (
                    depth < 2
                    and (word in locative or word == "of")
                    and (places := self._nested([obj], locative, depth + 1))
                ):
                    return places
        return []

    def _places(self, tokens: list[Token]) -> list[int]:
        expanded = [t for token in tokens for t in coordinated(token)]
        return [i for i in self.fillers.all(expanded) if self.fillers.kind(i) in PLACES]

    # ------------------------------------------------------------------ afterwards
    def _drop_empty(self) -> None:
        """A noun with nobody, nowhere and no day attached tells of nothing that one could look up."""
        keep: list[int] = []
        for telling in self.tellings.values():
            noun = not is_verb(telling.token)
            kept = []
            for index in telling.accounts:
                account = self.layer.accounts[index]
                filled = bool(
                    account.agents
                    or account.targets
                    or account.places
                    or account.destinations
                    or account.origins
                )
                if telling.frame.speech and not account.agents:
                    continue
                dated = (
                    noun
                    and self.lexicon.has(telling.frame.kind, "violent")
                    and account.start_date is not None
                )
                if filled or dated or (not noun and (account.start_date or self._said_of(telling))):
                    kept.append(index)
            telling.accounts = kept
            keep.extend(kept)
        keep.sort(key=lambda i: (self.layer.accounts[i].trigger, i))
        renumber = {old: new for new, old in enumerate(keep)}
        self.layer.accounts = [self.layer.accounts[i] for i in keep]
        for telling in self.tellings.values():
            telling.accounts = [renumber[i] for i in telling.accounts]

    def _said_of(self, telling: Telling) -> bool:
        """Whether it is told of somebody or something worth keeping though no mention speaks of it."""
        wanted = telling.frame.bare
        slots = telling.slots.found
        return wanted is not None and any(
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


def _run(doc: Doc, found: Layer, index: int, edges: dict[int, int], *, forward: bool) -> list[int]:
    """The members of a list of places beside mention `index`: only an *and* makes a list of commas."""
    members: list[int] = []
    joined = False
    mention = found.mentions[index]
    sentence = doc[mention.root].sent
    at = mention.end if forward else mention.start - 1
    step = 1 if forward else -1
    comma = aside = False
    while sentence.start <= at < sentence.end:
        token = doc[at]
        edge = at if forward else at + 1
        if edge in edges and (comma or joined):
            members.append(edges[edge])
            other = found.mentions[edges[edge]]
            at = other.end if forward else other.start - 1
            comma = aside = False
            continue
        if token.text == ",":
            comma, aside = True, False
        elif token.lower_ == "and":
            joined = comma = True
            aside = False
        elif forward and token.lower_ in ("to", "in") and not aside and not comma:
            aside = True
        elif (aside and token.tag_ in ("DT", "PRP$", "NN", "JJ")) or (
            token.lower_ in ("the", "city", "province", "district", "town") and not aside
        ):
            pass
        else:
            break
        at += step
    return members if joined else []


def _nominal(token: Token) -> bool:
    """A gerund that stands as a noun: *the shelling of the town*, *fighting raged*."""
    return token.tag_ == "VBG" and (
        any(c.dep_ in ("det", "poss", "amod", "compound") for c in token.children)
        or (
            token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "conj")
            and not any(c.dep_ in ("dobj", "aux", "nsubj") for c in token.children)
            and not is_verb(token.head) | (token.dep_ in ("nsubj", "nsubjpass", "dobj"))
        )
    )
