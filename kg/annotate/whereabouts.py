"""Where it happened: the places of an event, by its trigger, by the verb above it, by its arguments."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from kg.annotate.families import PLACES
from kg.annotate.fillers import Fillers
from kg.annotate.grammar import (
    children,
    coordinated,
    hung_from,
    is_operation,
    is_verb,
    prepositions,
)
from kg.annotate.layer import Layer
from kg.annotate.lexicon import Lexicon
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
    "through",
    "during",
    "under",
    "by",
    "as",
)
_TOWARDS = frozenset(("to", "into", "onto"))
_WIDE = ("Country", "Region", "AdministrativeArea", "Province", "District")  # from wide to narrow
_BETWEEN = 3  # tokens from a place to the wider one around it
_BEARINGS = ("north", "south", "east", "west")


class Whereabouts:
    """Finds the places of one telling after another of a document."""

    def __init__(
        self, doc: Doc, found: Layer, lexicon: Lexicon, fillers: Fillers, tellings: Mapping[int, Telling]
    ) -> None:
        self.doc, self.layer, self.lexicon = doc, found, lexicon
        self.fillers, self.tellings = fillers, tellings

    def told(self, telling: Telling) -> list[int]:
        """Where it happened: by the trigger, by the verb that carries it, by *where*, by its arguments."""
        places = self._told_at(telling)
        if len(places) == 1 and self._wide(places[0]):
            start = self.layer.mentions[places[0]].start
            if telling.token.sent.start <= start < telling.token.i:
                return self._inside(telling, places[0]) or places
            if start > telling.token.i and (narrow := self._inside(telling, places[0])):
                gap = start - self.layer.mentions[narrow[-1]].end  # *at a concert in X, in Y province*
                return narrow if 0 < gap <= _BETWEEN else places
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
                places = self.places([token]) if name in self.lexicon.locative else []
                places = places or self.nested([token], set(self.lexicon.locative))
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
                places = self.places(own)
                if places:
                    return places
        if telling.frame.speech:
            for told in slots.found.get("told", []):
                if told.i in self.tellings:
                    continue
                for word, obj in prepositions(told):
                    if word in locative and (places := self.places([obj])):
                        return places
            return []
        for name, tokens in slots.found.items():
            reason = name == "over" and not slots.noun  # *punished over the crackdown in X*
            if name in locative and not reason and (places := self.nested(tokens, locative, of=True)):
                return places
        for name in _CARRIERS:
            for token in slots.found.get(name, []):
                if talk and name == "on" and self.fillers.fits(token, "matter"):
                    continue  # *talks on the war in X* are not held there
                if token.i in self.tellings and token.i != telling.token.i:
                    continue
                if places := self.nested([token], locative):
                    return places
                if name == "object" and not slots.noun and (places := self._underway(token, locative, doing)):
                    return places
        for name in _BEARINGS:  # *struck a hotel in X, south of Y*
            own = [t for t in slots.found.get(name, []) if not tells or t.i < telling.token.i]
            if places := self.places(own):
                return places
        if slots.noun:
            by = [
                t for t in slots.found.get("support", []) if t.i > telling.token.i
            ]  # *a raid by rebels in X*
            if places := self.nested(by, locative):
                return places
            nearby = [t for name in ("compound", "poss", "witness") for t in slots.found.get(name, [])]
            return self.places(nearby)
        above = telling.token.head
        if telling.token.dep_ == "xcomp" and is_verb(above) and above.i not in self.tellings:
            for word, obj in prepositions(above):  # *In X, troops continue to leave*
                if word in locative and (places := self.places([obj])):
                    return places
        if places := self._opening(telling.token, locative):
            return places
        governor = hung_from(telling.token)
        above_it = self.tellings.get(governor.i)
        struck = above_it is not None and self.lexicon.has(above_it.frame.kind, "struck")
        behind = telling.token.dep_ in ("advcl", "acl") and telling.token.tag_ == "VBG"
        if behind and is_verb(governor) and not struck:  # what struck has a place of its own to lend
            for word, obj in prepositions(governor):  # *drove a van into a crowd in X killing ten*
                there = self.places([obj]) or self.nested([obj], locative)
                if there and word in locative | _TOWARDS:
                    return there
        going_on = telling.token.dep_ == "advcl" and is_verb(above) and above.i not in self.tellings
        if going_on and _opened(telling.token, ("when",)) and _state(above):
            for word, obj in prepositions(above):  # *were on patrol in X when a mine killed two*
                if word in locative and (places := self.places([obj]) or self.nested([obj], locative)):
                    return places
        for clause in children(telling.token, "advcl"):  # *found arms while searching a house in X*
            deed = any(is_operation(t) for t in children(clause, "dobj"))
            at_work = _opened(clause, ("as",)) and self._at_work(clause)
            if _opened(clause, ("while", "when")) or at_work or (deed and _opened(clause, ("after",))):
                other = self.tellings.get(clause.i)
                on_the_way = other is None or not (
                    other.frame.speech or self.lexicon.has(other.frame.kind, "violent")
                )  # *came under fire while traveling through X*
                if on_the_way and (places := self.nested([clause], locative | {"through"})):
                    return places
                sought = [obj for word, obj in prepositions(clause) if word == "for"]
                if places := self.nested([*children(clause, "dobj", "xcomp"), *sought], locative):
                    return places
        for thing in slots.found.get("subject", []):
            if places := self._underway(thing, locative, words.at_work):
                return places
        for word, noun in prepositions(telling.token):  # *during an operation to arrest somebody in X*
            for clause in children(noun, "acl") if word in ("in", "during") and is_operation(noun) else ():
                if places := self.nested([clause, *children(clause, "dobj")], locative):
                    return places
        return []

    def _opening(self, verb: Token, locative: set[str]) -> list[int]:
        """*In X, gunmen stopped a bus and abducted two*: what opens the sentence is said of both verbs."""
        top = verb
        for _ in range(3):
            if top.dep_ != "conj" or not is_verb(top.head) or children(top, "nsubj", "nsubjpass"):
                break
            top = top.head
        subject = next(iter(children(top, "nsubj", "nsubjpass")), None)
        if top.i == verb.i or subject is None:
            return []
        for word, obj in prepositions(top):
            if word in locative and obj.i < subject.i and (places := self.places([obj])):
                return places
        return []

    def _at_work(self, clause: Token) -> bool:
        """*as he drove to work in X*, *as troops conducted a raid in X*: what was done there meanwhile."""
        subject = children(clause, "nsubj")
        own = any(t.tag_ == "PRP" for t in subject)
        words = self.lexicon.constructions
        deed = any(is_operation(t) for t in children(clause, "dobj"))
        return clause.lemma_ in words.at_work | words.staying or own or deed

    def of_doer(self, telling: Telling) -> bool:
        """*X's raids*, *X air strikes*; not *X's deadliest attack*, *the X uprising*, which were in X."""
        if not self.lexicon.has(telling.frame.kind, "assault"):
            return False
        told = "compound" in telling.frame.roles.get("agent", ())
        return told and not any(c.tag_ == "JJS" for c in telling.token.children)

    def of_structures(self, telling: Telling) -> list[int]:
        """*stormed the X police station*, *disabled X's bridges*: the town whose buildings were struck."""
        if not self.lexicon.has(telling.frame.kind, "struck"):
            return []
        struck = telling.slots.found["object"] or telling.slots.get(telling.frame.roles.get("target", ()))
        if telling.slots.noun and telling.slots.support is not None:
            struck = children(telling.slots.support, "dobj")
        for token in struck:
            if self.layer.mention_of.get(token.i) is None and not self.fillers.fits(token, "people"):
                places = self.places([c for c in children(token, "poss") if c.tag_ != "PRP$"])
                if places := [i for i in places if self.fillers.kind(i) == "PopulatedPlace"]:
                    return places  # *attacked X's front lines*
            if self.layer.mention_of.get(token.i) is None and self.fillers.fits(token, "structure"):
                names = children(token, "compound", "poss", "nmod")
                places = self.places([*names, *(c for name in names for c in children(name, "compound"))])
                if places := [i for i in places if self.fillers.kind(i) != "Country"]:
                    return places
        return []

    def of_buildings(self, telling: Telling) -> list[int]:
        """*killed outside X's main mosque*, *a blast at an X market*: the town whose building it is."""
        slots = telling.slots
        if telling.frame.speech:
            return []
        near = [t for name, tokens in slots.found.items() if name in self.lexicon.locative for t in tokens]
        for name in _CARRIERS:
            for token in slots.found.get(name, []):
                if token.i not in self.tellings:
                    near += [obj for word, obj in prepositions(token) if word in self.lexicon.locative]
        for token in near:
            if self.layer.mention_of.get(token.i) is not None or token.i in self.tellings:
                continue
            if self.fillers.fits(token, "structure") or self.fillers.fits(token, "place"):
                names = children(token, "compound", "poss", "nmod")
                found = self.places([*names, *(c for name in names for c in children(name, "compound"))])
                if places := [i for i in found if self.layer.mentions[i].form is Form.NAMED]:
                    return places
        return []

    def _underway(self, thing: Token, locative: set[str], verbs: Collection[str]) -> list[int]:
        """*ambushed a lorry carrying pilgrims in X*: the lorry was there; so is *a mine laid in X*."""
        for clause in children(thing, "acl", "relcl"):
            if clause.i in self.tellings:
                continue
            doing = clause.tag_ == "VBG" and clause.lemma_ in verbs
            laid = clause.tag_ == "VBN" and clause.dep_ == "acl" and self.fillers.fits(thing, "explosive")
            if doing or (laid and self.layer.mention_of.get(thing.i) is None):
                return self.nested([clause, *children(clause, "dobj")], locative)
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
                near = self.doc[max(verb.left_edge.i - 2, verb.head.i) : verb.left_edge.i]
                right_behind = _opened(verb, ("when",)) and verb.head in near
                if right_behind and (places := self.places([verb.head])):
                    return places  # *were on patrol in X, when a mine went off*, hung on X
                word = next((t for t in verb.subtree if t.lower_ == "where"), None)
                return self._before_where(word, verb) if word is not None else []
            verb = verb.head if verb.dep_ in ("conj", "xcomp") else None
        return []

    def _before_where(self, word: Token, clause: Token) -> list[int]:
        """What *where* takes up: the place that the clause hangs from, else the one right before it."""
        if clause.left_edge.i > word.i or word.i > clause.i:
            return []
        if places := self.places([clause.head]):
            return places
        end = word.i - (self.doc[word.i - 1].text == ",")
        index = self.fillers.ending.get(end)
        return [index] if index is not None and self.fillers.kind(index) in PLACES else []

    def nested(
        self, tokens: list[Token], locative: set[str], depth: int = 0, *, of: bool = False
    ) -> list[int]:
        """A place inside: *near a post in the district*, *most of the villages in the valley*."""
        for token in [inner for outer in tokens for inner in self._described(outer, carried=not of)]:
            for word, obj in prepositions(token):
                beside = word in locative or (word == "of" and compass(token))
                if beside and (places := self.places([obj])):
                    return places
                if word == "of" and of and self.fillers.fits(token, "structure"):
                    places = [i for i in self.places([obj]) if self.fillers.kind(i) == "PopulatedPlace"]
                    if places:
                        return places  # *in the market of X*
                called = word == "of" and of and obj.lemma_.lower() in self.fillers.designators
                if called and (places := self.places([obj])):
                    return places  # *in a search of the city of X*
                if (
                    depth < 2
                    and (word in locative or word == "of")
                    and (places := self.nested([obj], locative, depth + 1, of=word in locative))
                ):
                    return places
        return []

    def _described(self, token: Token, *, carried: bool) -> list[Token]:
        """The token with what describes it: *a base, the largest in X*; *targets belonging to Y in X*."""
        clauses = children(token, "acl") if carried and token.dep_ == "dobj" else []
        clauses = [c for c in clauses if c.tag_ == "VBG" and c.i not in self.tellings]
        held = self.lexicon.constructions.held
        holders = [obj for c in clauses if c.lemma_ in held for _, obj in prepositions(c)]
        return [token, *children(token, "appos"), *clauses, *holders]

    def places(self, tokens: list[Token]) -> list[int]:
        expanded = [t for token in tokens for t in coordinated(token)]
        for token in expanded[:]:  # *in several cities, including X and Y*
            if self.layer.mention_of.get(token.i) is None and self.fillers.fits(token, "settlement"):
                named = [obj for word, obj in prepositions(token) if word in ("including", "like")]
                expanded += [t for obj in named for t in coordinated(obj)]
        found = [i for i in self.fillers.all(expanded) if self.fillers.kind(i) in PLACES]
        return self.narrowest(found)

    def narrowest(self, places: list[int]) -> list[int]:
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


def _opened(clause: Token, words: tuple[str, ...]) -> bool:
    """Whether one of `words` opens the clause."""
    return any(c.dep_ in ("mark", "advmod") and c.lower_ in words for c in clause.children)


def _state(verb: Token) -> bool:
    """Whether the verb tells of a state or of what was going on: *were on patrol*, *were walking*."""
    going_on = verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children)
    return verb.lemma_ == "be" or going_on


def compass(token: Token) -> bool:
    """*killed by a bomb south of X*, *bomb south* read as one noun: no doer."""
    word = token.lower_
    points = token.tag_ == "NN" and word.startswith(("north", "south", "east", "west")) and len(word) <= 9
    return points and bool(children(token, "compound"))
