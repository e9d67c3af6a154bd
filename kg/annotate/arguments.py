"""Who, whom and where: the fillers of a frame's roles, from the slots of its trigger."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from kg.annotate.countries import Countries
from kg.annotate.families import AGENTS, PLACES
from kg.annotate.fillers import Fillers
from kg.annotate.grammar import children, coordinated, is_operation, is_verb, prepositions
from kg.annotate.layer import Layer
from kg.annotate.lexicon import Lexicon
from kg.annotate.lists import beside
from kg.annotate.slots import Slots
from kg.model import Form

if TYPE_CHECKING:
    from kg.annotate.events import Telling

# What belongs to an argument rather than to the event: a place below it is still where it happened.
_CARRIERS = (
    "object",
    "subject",
    "of",
    "between",
    "against",
    "on",
    "with",
    "to",
    "into",
    "onto",
    "during",
    "under",
    "by",
    "as",
)
_TOWARDS = frozenset(("to", "into", "onto"))
_WIDE = ("Country", "Region", "AdministrativeArea", "Province", "District")  # from wide to narrow
_ON_MATTERS = frozenset(("on",))  # *talks on the war in X* are not held there
_ACTING_PLACES = frozenset(("subject", "by", "between", "support"))
_NEAR = 12  # accounts of one sentence
_BEARINGS = ("north", "south", "east", "west")
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
                        filled = self._nested(slots.found.get(name, []), set(self.lexicon.locative))
                if not filled and role == "target" and name in self.lexicon.locative:
                    filled = self._behind_object(slots, name)
                if not filled and role == "target" and not frame.speech:
                    filled = owners = fillers.behind(slots.found.get(name, []))
                if filled:
                    roles[role] = self._with_listed(filled, AGENTS) if role == "target" else filled
                    break
        if not roles["target"] and frame.roles.get("place", ())[:1] == ("object",) and not roles["place"]:
            roles["target"] = fillers.behind(slots.found["object"])  # *captured rebel positions*
        self._strike_places(telling, roles)
        if self.lexicon.has(frame.kind, "struck"):  # *hit a house, destroying it*: no country
            roles["place"] = [i for i in roles["place"] if not self._mere_it(i)]
        if owners and roles["place"] == owners:  # *attacked X's base at Y*
            roles["place"] = self._locative(telling) or owners
        roles["agent"] = [i for i in roles["agent"] if fillers.kind(i) in AGENTS or fillers.kind(i) in PLACES]
        if self.lexicon.has(frame.kind, "struck"):
            hung = telling.token.dep_ in ("relcl", "acl") and not slots.noun
            roles["agent"] = [i for i in roles["agent"] if self._can_strike(i, hung=hung)]
        if not slots.noun and roles["agent"]:
            roles["agent"] = [i for i in roles["agent"] if not self._taken_here(i, telling.token)]
        if not roles["place"] and not roles["destination"]:
            roles["place"] = self._locative(telling)
            if slots.noun and self._of_doer(telling):  # the doer, and not where
                roles["place"] = fillers.without(roles["place"], roles["agent"])
        if not roles["place"] and not roles["destination"]:
            roles["place"] = self._of_structures(telling)
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
            roles[role] = self._narrowest(roles[role])
        return roles

    def _behind_object(self, slots: Slots, word: str) -> list[int]:
        """*fired rockets from X*, *dropped barrels packed with Y on X*: the parse hung X on the object."""
        if slots.noun:
            return []
        carried = slots.found["object"]
        clauses = [c for token in carried for c in children(token, "acl") if c.tag_ == "VBN"]
        hung = [*(carried if word == "from" else ()), *(c for c in clauses if c.i not in self.tellings)]
        return self._places([obj for token in hung for other, obj in prepositions(token) if other == word])

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
            if kind in PLACES and not (clash and kind == "Country"):
                roles["place"].append(index)
            else:
                keep.append(index)
        roles["target"] = keep

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
            tokens = [t for t in tokens if not _compass(t)]
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
        """*between fighters from X and local militias*: the militias, hung on X."""
        inner = [t for word, obj in prepositions(token) if word == "from" for t in coordinated(obj)[1:]]
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
        return found

    def _of_war(self, token: Token) -> bool:
        told = token.lemma_.lower() in self.lexicon.nouns  # *strikes* tell of a deed of their own
        kinds = ("force", "aircraft") if told else ("force", "aircraft", "projectile")
        return any(self.fillers.fits(token, kind) for kind in kinds)

    # ------------------------------------------------------------------ places
    def _locative(self, telling: Telling) -> list[int]:
        """Where it happened: by the trigger, by the verb that carries it, by *where*, by its arguments."""
        places = self._told_at(telling)
        if len(places) == 1 and self._wide(places[0]):
            start = self.layer.mentions[places[0]].start
            if telling.token.sent.start <= start < telling.token.i:
                return self._inside(telling, places[0]) or places
        return places

    def _wide(self, index: int) -> bool:
        return self.fillers.kind(index) in _WIDE

    def _inside(self, telling: Telling, wide: int) -> list[int]:
        """*In X province, gunmen shot at a car in Y*: the narrower place behind the verb."""
        order = _WIDE.index(self.fillers.kind(wide))
        for name, tokens in telling.slots.found.items():
            if name not in self.lexicon.locative and (name not in _CARRIERS or name in _TOWARDS):
                continue
            for token in tokens:
                if token.i < telling.token.i or token.i in self.tellings:
                    continue
                places = self._places([token]) if name in self.lexicon.locative else []
                places = places or self._nested([token], set(self.lexicon.locative))
                kinds = [self.fillers.kind(i) for i in places]
                if places and all(k not in _WIDE or _WIDE.index(k) > order for k in kinds):
                    return places
        return []

    def _told_at(self, telling: Telling) -> list[int]:
        slots, locative = telling.slots, set(self.lexicon.locative)
        words = self.lexicon.constructions
        doing = words.at_work | words.staying
        if telling.frame.speech:
            locative.add("from")
        talk = self.lexicon.has(telling.frame.kind, "talk")
        if talk:
            locative.discard("on")  # *talks on X*
        where = self._where(telling)
        if where:
            return where
        tells = telling.frame.speech and self._first_event(slots.found.get("object", []))
        for name, tokens in slots.found.items():
            if name in locative and name not in _BEARINGS:
                # *condemned the attacks in the towns of A and B*: where the attacks were
                own = [t for t in tokens if not tells or t.i < telling.token.i]
                places = self._places(own)
                if places:
                    return places
        if telling.frame.speech:
            for told in slots.found.get("told", []):
                if told.i in self.tellings:
                    continue
                for word, obj in prepositions(told):
                    if word in locative and (places := self._places([obj])):
                        return places
            return []
        for name, tokens in slots.found.items():
            reason = name == "over" and not slots.noun  # *punished over the crackdown in X*
            if name in locative and not reason and (places := self._nested(tokens, locative, of=True)):
                return places
        for name in _CARRIERS:
            for token in slots.found.get(name, []):
                if talk and name == "on" and self.fillers.fits(token, "matter"):
                    continue  # *talks on the war in X* are not held there
                if token.i in self.tellings and token.i != telling.token.i:
                    continue
                if places := self._nested([token], locative):
                    return places
                if name == "object" and not slots.noun and (places := self._underway(token, locative, doing)):
                    return places
        for name in _BEARINGS:  # *struck a hotel in X, south of Y*
            own = [t for t in slots.found.get(name, []) if not tells or t.i < telling.token.i]
            if places := self._places(own):
                return places
        if slots.noun:
            nearby = [t for name in ("compound", "poss", "witness") for t in slots.found.get(name, [])]
            return self._places(nearby)
        above = telling.token.head
        if telling.token.dep_ == "xcomp" and is_verb(above) and above.i not in self.tellings:
            for word, obj in prepositions(above):  # *In X, troops continue to leave*
                if word in locative and (places := self._places([obj])):
                    return places
        for clause in children(telling.token, "advcl"):  # *found arms while searching a house in X*
            if any(c.dep_ in ("mark", "advmod") and c.lower_ in ("while", "when") for c in clause.children):
                if clause.i not in self.tellings and (places := self._nested([clause], locative)):
                    return places
                sought = [obj for word, obj in prepositions(clause) if word == "for"]
                if places := self._nested([*children(clause, "dobj"), *sought], locative):
                    return places
        for thing in slots.found.get("subject", []):
            if places := self._underway(thing, locative, words.at_work):
                return places
        for word, noun in prepositions(telling.token):  # *during an operation to arrest somebody in X*
            for clause in children(noun, "acl") if word in ("in", "during") and is_operation(noun) else ():
                if places := self._nested([clause, *children(clause, "dobj")], locative):
                    return places
        return []

    def _of_doer(self, telling: Telling) -> bool:
        """*X's raids*, *X air strikes*; not *X's deadliest attack*, *the X uprising*, which were in X."""
        if not self.lexicon.has(telling.frame.kind, "assault"):
            return False
        told = "compound" in telling.frame.roles.get("agent", ())
        return told and not any(c.tag_ == "JJS" for c in telling.token.children)

    def _of_structures(self, telling: Telling) -> list[int]:
        """*stormed the X police station*, *disabled X's bridges*: the town whose buildings were struck."""
        if not self.lexicon.has(telling.frame.kind, "struck"):
            return []
        struck = telling.slots.found["object"]
        if telling.slots.noun and telling.slots.support is not None:
            struck = children(telling.slots.support, "dobj")
        for token in struck:
            if self.layer.mention_of.get(token.i) is None and self.fillers.fits(token, "structure"):
                names = children(token, "compound", "poss", "nmod")
                places = self._places([*names, *(c for name in names for c in children(name, "compound"))])
                if places := [i for i in places if self.fillers.kind(i) != "Country"]:
                    return places
        return []

    def _underway(self, thing: Token, locative: set[str], verbs: Collection[str]) -> list[int]:
        """*ambushed a lorry carrying pilgrims in X*: the lorry was there."""
        for clause in children(thing, "acl"):
            if clause.tag_ == "VBG" and clause.lemma_ in verbs and clause.i not in self.tellings:
                return self._nested([clause, *children(clause, "dobj")], locative)
        return []

    def _first_event(self, tokens: list[Token]) -> bool:
        return any(t.i in self.tellings for t in tokens)

    def _where(self, telling: Telling) -> list[int]:
        """*the town, where gunmen killed ten*: the antecedent of *where*."""
        verb = telling.slots.support if telling.slots.noun else telling.token
        for _ in range(3):
            if verb is None:
                return []
            if verb.dep_ == "relcl":
                word = next((t for t in verb.subtree if t.lower_ == "where"), None)
                return self._before_where(word, verb) if word is not None else []
            verb = verb.head if verb.dep_ in ("conj", "xcomp") else None
        return []

    def _before_where(self, word: Token, clause: Token) -> list[int]:
        """What *where* takes up: the place that the clause hangs from, else the one right before it."""
        if clause.left_edge.i > word.i or word.i > clause.i:
            return []
        if places := self._places([clause.head]):
            return places
        end = word.i - (self.doc[word.i - 1].text == ",")
        index = self.fillers.ending.get(end)
        return [index] if index is not None and self.fillers.kind(index) in PLACES else []

    def _nested(
        self, tokens: list[Token], locative: set[str], depth: int = 0, *, of: bool = False
    ) -> list[int]:
        """A place inside: *near a post in the district*, *most of the villages in the valley*."""
        for token in [inner for outer in tokens for inner in self._described(outer, carried=not of)]:
            for word, obj in prepositions(token):
                beside = word in locative or (word == "of" and _compass(token))
                if beside and (places := self._places([obj])):
                    return places
                if word == "of" and of and self.fillers.fits(token, "structure"):
                    places = [i for i in self._places([obj]) if self.fillers.kind(i) == "PopulatedPlace"]
                    if places:
                        return places  # *in the market of X*
                called = word == "of" and of and obj.lemma_.lower() in self.fillers.designators
                if called and (places := self._places([obj])):
                    return places  # *in a search of the city of X*
                if (
                    depth < 2
                    and (word in locative or word == "of")
                    and (places := self._nested([obj], locative, depth + 1, of=word in locative))
                ):
                    return places
        return []

    def _described(self, token: Token, *, carried: bool) -> list[Token]:
        """The token with what describes it: *a base, the largest in X*; *targets belonging to Y in X*."""
        clauses = children(token, "acl") if carried and token.dep_ == "dobj" else []
        clauses = [c for c in clauses if c.tag_ == "VBG" and c.i not in self.tellings]
        return [token, *children(token, "appos"), *clauses]

    def _places(self, tokens: list[Token]) -> list[int]:
        expanded = [t for token in tokens for t in coordinated(token)]
        found = [i for i in self.fillers.all(expanded) if self.fillers.kind(i) in PLACES]
        return self._narrowest(found)

    def _narrowest(self, places: list[int]) -> list[int]:
        """*in X, in the province of Y*; *in X district, Y province*: one place, which is X."""
        if len(places) < 2:
            return places
        order = sorted(places, key=lambda i: self.layer.mentions[i].start)
        keep = [order[0]]
        for index in order[1:]:
            last = keep[-1]
            between = self.doc[self.layer.mentions[last].end : self.layer.mentions[index].start]
            words = {token.lower_ for token in between}
            kinds = self.fillers.kind(last), self.fillers.kind(index)
            around = kinds[1] in _WIDE and kinds[0] not in _WIDE[: _WIDE.index(kinds[1]) + 1]
            apart = any(t.tag_ == "IN" and t.lower_ not in ("in", "of") for t in between)
            if (
                words & {",", "in"}
                and around
                and not apart
                and not words & {"and", "or"}
                and len(between) <= 6
            ):
                continue
            keep.append(index)
        return keep


def _compass(token: Token) -> bool:
    """*killed by a bomb south of X*, *bomb south* read as one noun: no doer."""
    word = token.lower_
    points = token.tag_ == "NN" and word.startswith(("north", "south", "east", "west")) and len(word) <= 9
    return points and bool(children(token, "compound"))
