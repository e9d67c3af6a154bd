"""Who, whom and where: the fillers of a frame's roles, from the slots of its trigger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from kg.annotate.countries import Countries
from kg.annotate.families import AGENTS, PLACES
from kg.annotate.fillers import Fillers
from kg.annotate.grammar import (
    children,
    coordinated,
    prepositions,
    subjects,
)
from kg.annotate.layer import Layer
from kg.annotate.lexicon import Lexicon
from kg.annotate.lists import beside
from kg.annotate.slots import Slots
from kg.annotate.whereabouts import Whereabouts, compass
from kg.model import Form

if TYPE_CHECKING:
    from kg.annotate.events import Telling

_OF_SIDE = frozenset(("from", "of"))
_ACTING_PLACES = frozenset(("subject", "by", "between", "support"))
_NEAR = 12  # accounts of one sentence
_BY_NATION = frozenset(("adjective", "subject", "by"))


def _of_last_alone(verb: Token) -> bool:
    """*rebels and the soldiers who entered X*: the soldiers did, who alone are pointed at."""
    noun = verb.head
    return verb.dep_ == "relcl" and noun.dep_ == "conj" and bool(children(noun, "det"))


class Arguments:
    """Fills the roles of one telling after another of a document."""

    def __init__(
        self,
        doc: Doc,
        found: Layer,
        lexicon: Lexicon,
        fillers: Fillers,
        countries: Countries,
        tellings: Mapping[int, Telling],
    ) -> None:
        self.doc, self.layer, self.lexicon = doc, found, lexicon
        self.fillers, self.countries, self.tellings = fillers, countries, tellings
        self.where = Whereabouts(doc, found, lexicon, fillers, tellings)

    def of(self, telling: Telling) -> dict[str, list[int]]:
        """The indices of the mentions that fill each role."""
        frame, slots, fillers = telling.frame, telling.slots, self.fillers
        roles: dict[str, list[int]] = {r: [] for r in ("agent", "target", "place", "origin", "destination")}
        owners: list[int] = []
        for role, names in frame.roles.items():
            if role == "agent":
                roles[role] = self._agents(names, slots)
                continue
            for name in names:
                filled = fillers.all(slots.found.get(name, []))
                if role in ("place", "origin", "destination"):
                    filled = [i for i in filled if fillers.kind(i) in PLACES]
                    if not filled and role == "origin" and name == "from":
                        filled = self._behind_object(slots, name)
                    if not filled and role != "place":  # *withdrew from its positions at X*
                        filled = self.where.nested(slots.found.get(name, []), set(self.lexicon.locative))
                if not filled and role == "target" and name in self.lexicon.locative:
                    filled = self._behind_object(slots, name)
                if not filled and role == "target" and not frame.speech:
                    filled = owners = fillers.behind(slots.found.get(name, []))
                if filled:
                    roles[role] = self._with_listed(filled, AGENTS) if role == "target" else filled
                    break
        if not roles["target"] and not frame.speech and "target" in frame.roles:
            roles["target"] = self._aboard(slots.get(frame.roles["target"]))
        if not roles["target"] and frame.roles.get("place", ())[:1] == ("object",) and not roles["place"]:
            roles["target"] = fillers.behind(
                self._not_within(slots.found["object"])
            )  # *captured rebel positions*
        self._strike_places(telling, roles)
        if self.lexicon.has(frame.kind, "struck"):  # *hit a house, destroying it*: no country
            roles["place"] = [i for i in roles["place"] if not self._mere_it(i)]
        if owners and roles["place"] == owners:  # *attacked X's base at Y*
            roles["place"] = self.where.told(telling) or owners
        roles["agent"] = [i for i in roles["agent"] if fillers.kind(i) in AGENTS or fillers.kind(i) in PLACES]
        if self.lexicon.has(frame.kind, "struck"):
            hung = telling.token.dep_ in ("relcl", "acl") and not slots.noun
            roles["agent"] = [i for i in roles["agent"] if self._can_strike(i, hung=hung)]
        if not slots.noun and roles["agent"]:
            roles["agent"] = [i for i in roles["agent"] if not self._taken_here(i, telling.token)]
        if not roles["place"] and not roles["destination"]:
            roles["place"] = self.where.told(telling)
            if slots.noun and self.where.of_doer(telling):  # the doer, and not where
                roles["place"] = fillers.without(roles["place"], roles["agent"])
        if not roles["place"] and not roles["destination"]:
            roles["place"] = self.where.of_structures(telling) or self.where.of_buildings(telling)
        roles["target"] = fillers.without(roles["target"], roles["agent"])
        if not self.lexicon.has(frame.kind, "struck"):
            roles["place"] = fillers.without(roles["place"], roles["target"] + roles["agent"])
        places = list(dict.fromkeys(roles["place"]))
        roles["place"] = [i for n, i in enumerate(places) if not any(fillers.same(i, o) for o in places[:n])]
        if self.lexicon.has(frame.kind, "struck"):  # no town takes itself
            roles["agent"] = fillers.without(roles["agent"], roles["place"])
        if self.lexicon.has(frame.kind, "per_place"):
            roles["place"] = self._with_listed(roles["place"], PLACES)
        for role in ("place", "origin", "destination"):
            roles[role] = self.where.narrowest(roles[role])
        return roles

    def _not_within(self, taken: list[Token]) -> list[Token]:
        """Of those, which are no part of a place: *seized COUNTRY's second city* is not seizing from it."""
        owners = ((t, self.fillers.all(children(t, "poss"))) for t in taken)
        return [t for t, within in owners if not any(self.fillers.kind(i) in PLACES for i in within)]

    def _aboard(self, struck: list[Token]) -> list[int]:
        """*ambushed a lorry carrying soldiers*: the soldiers."""
        loads = [
            load
            for token in struck
            if self.layer.mention_of.get(token.i) is None
            for clause in children(token, "acl")
            if clause.tag_ == "VBG" and clause.lemma_ in self.lexicon.constructions.laden
            for load in children(clause, "dobj")
        ]
        return [
            i for load in loads for i in self.fillers.all(coordinated(load)) if self.fillers.kind(i) in AGENTS
        ]

    def _behind_object(self, slots: Slots, word: str) -> list[int]:
        """*fired rockets from X*, *dropped barrels packed with Y on X*: the parse hung X on the object."""
        if slots.noun:
            return []
        carried = slots.found["object"]
        clauses = [c for token in carried for c in children(token, "acl") if c.tag_ == "VBN"]
        hung = [*(carried if word == "from" else ()), *(c for c in clauses if c.i not in self.tellings)]
        return self.where.places(
            [obj for token in hung for other, obj in prepositions(token) if other == word]
        )

    def _with_listed(self, indices: list[int], kinds: frozenset[str]) -> list[int]:
        """The mentions with those listed beside them, where the parse has lost a member of the list."""
        if not indices or self.fillers.kind(indices[0]) not in kinds:
            return indices
        found = list(indices)
        near = self.fillers.of_sentence(self.layer.mentions[indices[0]].start)
        for index in beside(self.doc, self.layer, indices, near, lambda i: self.fillers.kind(i) in kinds):
            if not any(self.fillers.same(index, known) for known in found):
                found.append(index)
        return sorted(found, key=lambda i: self.layer.mentions[i].start)

    def _strike_places(self, telling: Telling, roles: dict[str, list[int]]) -> None:
        """A place struck, taken or left is where it happened; a country fought against is a side."""
        clash = self.lexicon.has(telling.frame.kind, "clash")
        if not clash and (
            "place" in telling.frame.roles or not self.lexicon.has(telling.frame.kind, "struck")
        ):
            return  # *lost the town to*, *wrested it from*: he who lost it
        keep: list[int] = []
        for index in roles["target"]:
            kind = self.fillers.kind(index)
            side = kind == "Country" and (clash or self._describes(index))
            if kind in PLACES and not side:
                roles["place"].append(index)
            else:
                keep.append(index)
        roles["target"] = keep

    def _describes(self, index: int) -> bool:
        """*hit a COUNTRY vehicle*: whose it was, and not where."""
        root = self.doc[self.layer.mentions[index].root]
        return root.dep_ in ("compound", "amod", "nmod") and self.layer.mention_of.get(root.head.i) is None

    def _mere_it(self, index: int) -> bool:
        mention = self.layer.mentions[index]
        return mention.form is Form.PRONOUN and self.fillers.kind(index) == "Country"

    def _taken_here(self, index: int, trigger: Token) -> bool:
        """*X fell to the rebels, who raided banks and killed ten*: whether the place X only seems to act."""
        mention = self.layer.mentions[index]
        if self.fillers.kind(index) not in PLACES or self.fillers.kind(index) == "Country":
            return False
        start = trigger.sent.start
        return self.doc[mention.root].head.i != trigger.i and any(
            self.lexicon.has(account.kind, "struck")
            and any(self.fillers.same(index, place) for place in account.places)
            for account in reversed(self.layer.accounts[-_NEAR:])
            if start <= account.trigger < trigger.i
        )

    def _can_strike(self, index: int, *, hung: bool) -> bool:
        kind = self.fillers.kind(index)
        if hung and kind != "Country" and kind in PLACES:
            return False  # *strikes on the village that killed ten*: it was the strikes
        return kind not in PLACES or kind in ("PopulatedPlace", "Place", "Country")

    # ------------------------------------------------------------------ agents
    def _agents(self, names: tuple[str, ...], slots: Slots) -> list[int]:
        for name in names:
            tokens = slots.found.get(name, [])
            several = len(names) > 1
            tokens = [t for t in tokens if not compass(t)]
            found = [i for i in self.fillers.all(tokens) if not several or self._may_act(i, name)]
            found = [i for i in found if not self._where_they_are(i, found[0])]
            if name == "from" != names[0]:  # *attacks from the rebels*; those from a country may start there
                found = [i for i in found if self.fillers.kind(i) in AGENTS]
            if name == "between" and len(found) == 1:
                found += self._other_side(tokens[0])
            if not found and name in _BY_NATION:
                found = self._nations(tokens)
            if found:
                listed = name in ("subject", "by", "between") and not _of_last_alone(slots.trigger)
                return self._with_listed(found, AGENTS) if listed else found
        return []

    def _where_they_are(self, index: int, first: int) -> bool:
        """*rebels in A and B*, where the parse puts B beside the rebels: whether `index` is such a place."""
        if self.fillers.kind(index) not in PLACES - {"Country"} or self.fillers.kind(first) not in AGENTS:
            return False
        between = self.doc[self.layer.mentions[first].end : self.layer.mentions[index].start]
        return any(t.tag_ == "IN" and t.lower_ in self.lexicon.locative for t in between)

    def _other_side(self, token: Token) -> list[int]:
        """*between fighters from X and local militias*, *between supporters of X and Y*: hung on X."""
        below = [obj for word, obj in prepositions(token) if word in _OF_SIDE]
        below += [named for obj in below for named in children(obj, "appos")]
        for clause in children(token, "amod", "acl"):  # *forces loyal to X and supporters of Y*
            below += [obj for _, obj in prepositions(clause)]
        inner = [t for obj in below for t in coordinated(obj)[1:]]
        return [i for i in self.fillers.all(inner) if self.fillers.kind(i) in AGENTS]

    def _may_act(self, index: int, slot: str) -> bool:
        kind = self.fillers.kind(index)
        return kind in AGENTS or kind == "Country" or (kind in PLACES and slot in _ACTING_PLACES)

    def _nations(self, tokens: list[Token]) -> list[int]:
        """*Russian shelling*, *Russian jets*: the country of an adjective of nationality."""
        found = []
        for token in tokens:
            near = [token]
            if self._of_war(token):
                near += children(token, "amod", "compound")
            for candidate in near:
                index = self.countries.mention(candidate)
                if index is not None and self._may_act(index, "adjective"):
                    found.append(index)
            if not found and self._of_war(token):
                found = self.fillers.behind([token])  # *its jets*
            if not found:  # *killed by rockets fired by rebels*
                firing = self.lexicon.constructions.firing
                sent = [c for c in children(token, "acl") if c.tag_ == "VBN" and c.lemma_ in firing]
                found = self.fillers.all([t for clause in sent for t in subjects(clause)])
        return found

    def _of_war(self, token: Token) -> bool:
        told = token.lemma_.lower() in self.lexicon.nouns  # *strikes* tell of a deed of their own
        kinds = ("force", "aircraft") if told else ("force", "aircraft", "projectile")
        return any(self.fillers.fits(token, kind) for kind in kinds)
