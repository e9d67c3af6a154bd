"""ACLED's codebook: its types as `ontology/alignments.ttl` has them, and the rules of ``acled.toml``.

ACLED Codebook, 3 October 2024 (https://acleddata.com/). The crosswalk says which types a class of events
may answer to; where it leaves several, the rules choose by the event's actors and words.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kg.errors import DataError
from kg.export.records import EntityRecord, EventRecord
from kg.ontology import load_ontology
from kg.query.engine import run
from kg.query.results import Bindings
from kg.resources import ontology_dir
from kg.store.memory import open_file
from kg.vocabulary import KG, SKOS

_SCHEME = "https://w3id.org/newskg/codebook/acled"
_CONCEPTS = f"""PREFIX skos: <{SKOS.iri}>
SELECT ?concept ?code ?above WHERE {{
  ?concept skos:inScheme <{_SCHEME}> ; skos:notation ?code .
  OPTIONAL {{ ?concept skos:broader/skos:notation ?above }}
}}"""
_MATCHES = f"""PREFIX skos: <{SKOS.iri}>
SELECT ?class ?match ?code WHERE {{
  VALUES ?match {{ skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch }}
  ?class ?match ?concept . ?concept skos:inScheme <{_SCHEME}> ; skos:notation ?code .
}}"""
_SURE = ("exactMatch", "closeMatch", "broadMatch")
_NARROW, _RELATED = "narrowMatch", "relatedMatch"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What ACLED calls an event: each part is empty where nothing tells it."""

    event_type: str = ""
    sub_event_type: str = ""
    disorder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRule:
    """What makes an actor one of `kind`: a word or phrase of its name, or its class."""

    kind: str
    words: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()

    def names(self, label: str) -> bool:
        """Whether a word or phrase of it stands in `label`."""
        return _says(self.words, (label,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An event with the kinds of its actors, and the deeds told with it that are no row of their own."""

    event: EventRecord
    kind1: str
    kind2: str
    parts: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRule:
    """What makes a deed one of `type`: all conditions that are not empty must hold.

    `words` stand in its sentences or its parts', `target` and `place` are classes of whom it was done to, and
    of where or whence it was; `part` must
    fit one of the parts, `without` none. The kind of an actor who is not told is empty.
    """

    type: str = ""
    actor1: frozenset[str] = frozenset()
    actor2: frozenset[str] = frozenset()
    trigger: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()
    target: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()
    part: TypeRule | None = None
    without: TypeRule | None = None

    def fits(self, deed: Deed) -> bool:
        """Whether the deed is of this type."""
        event = deed.event
        if self.classes and event.kind not in self.classes:
            return False
        if (self.actor1 and deed.kind1 not in self.actor1) or (self.actor2 and deed.kind2 not in self.actor2):
            return False
        if self.trigger and not _says(self.trigger, (each.trigger for each in event.accounts)):
            return False
        told = (sentence for each in (deed, *deed.parts) for sentence in each.event.sentences)
        if self.words and not _says(self.words, told):
            return False
        if not (_are(event.targets, self.target) and _are((*event.places, *event.origins), self.place)):
            return False
        if self.part and not any(map(self.part.fits, deed.parts)):
            return False
        return not (self.without and any(map(self.without.fits, deed.parts)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """Types, actors and rules. `above` gives a sub-event type its event type, `matches` a class its types,
    `takes` the rank of a class: of events that are one, the first in rank is the row; `doers` the kinds of
    those who do what a class tells of, the first where they are called otherwise.
    """

    above: Mapping[str, str]
    order: tuple[str, ...]
    matches: Mapping[str, Mapping[str, tuple[str, ...]]]
    actors: tuple[ActorRule, ...]
    rules: tuple[TypeRule, ...]
    disorders: Mapping[str, str]
    first_actors: Mapping[str, str]
    sided: frozenset[str]
    kinds: tuple[str, ...]
    home: str
    abroad: str
    disorder: str
    civilian: str
    takes: Mapping[str, int]
    doers: Mapping[str, tuple[str, ...]]

    def is_coded(self, kind: str) -> bool:
        """Whether events of the class are ACLED's by themselves, not only related to one of its types."""
        return any(name != _RELATED for name in self.matches.get(kind, {}))

    def may_be_coded(self, kind: str) -> bool:
        """Whether a rule can make events of the class, only related to ACLED's types, one of them."""
        related = self.matches.get(kind, {}).get(_RELATED, ())
        apt = (rule for rule in self.rules if not rule.classes or kind in rule.classes)
        return not self.is_coded(kind) and any(rule.type in related for rule in apt)

    def targets_civilians(self, coding: Coding, kind: str) -> bool:
        """Whether an event that is so coded, done to an actor of this kind, targets civilians."""
        return kind == self.civilian and self.disorder in coding.disorder.split("; ")

    def code(self, deed: Deed) -> Coding | None:
        """ACLED's types for a deed; None where it codes none such.

        Where only narrower types answer to its class and no rule chooses one, what they share is told.
        """
        matches = self.matches.get(deed.event.kind, {})
        tops = {self.above.get(code, code) for code in matches.get(_NARROW, ())}
        allowed = tops.union(*matches.values())
        for rule in self.rules:
            if rule.type in allowed and rule.fits(deed):
                return self._coding(rule.type)
        sure = [code for name in _SURE for code in matches.get(name, ())]
        # A type below another says more.
        for code in sorted(sure, key=lambda each: each not in self.above):
            return self._coding(code)
        if not tops:
            return None
        disorders = {self.disorders.get(top, "") for top in tops}
        return Coding(
            event_type=tops.pop() if len(tops) == 1 else "",
            disorder=disorders.pop() if len(disorders) == 1 else "",
        )

    def kind_of(self, actor: EntityRecord, country: str | None) -> str:
        """The kind of an actor in an event in `country` (an IRI); empty where nothing tells it."""
        kind = self._kind(actor)
        if not kind and actor.is_a("Person"):
            kind = next((found for each in actor.member_of if (found := self._kind(each))), "")
        own = actor.within("Country")
        if kind == self.home and own is not None and country is not None and own.iri != country:
            return self.abroad
        return kind

    def kind_in(self, event: str, kind: str) -> str:
        """The kind of an actor of this kind who acts in an event of the class: marching students protest."""
        doers = self.doers.get(event, (kind,))
        return kind if kind in doers else doers[0]

    def interaction(self, kind1: str, kind2: str) -> str:
        """Both kinds in the order of their codes; empty where one of them is."""
        return "-".join(sorted((kind1, kind2), key=self.kinds.index)) if kind1 and kind2 else ""

    def _kind(self, actor: EntityRecord) -> str:
        # The name of a person means nothing: only a description does, which ends in a common noun.
        described = not actor.is_a("Person") or actor.label.rpartition(" ")[2][:1].islower()
        label = actor.label if described else ""
        by_word = (rule.kind for rule in self.actors if rule.names(label))
        by_class = (rule.kind for rule in self.actors if any(actor.is_a(each) for each in rule.classes))
        ruled = (by_word, by_class) if actor.is_a("Group") else (by_class, by_word)
        return next((kind for kinds in ruled for kind in kinds), "")

    def _coding(self, code: str) -> Coding:
        top = self.above.get(code, code)
        return Coding(
            event_type=top,
            sub_event_type=code if code != top else "",
            disorder=self.disorders.get(code, self.disorders.get(top, "")),
        )


@cache
def load_codebook() -> Codebook:
    """The codebook that comes with the program.

    Raises `DataError` where ``acled.toml`` names a type, kind or class that there is not.
    """
    above, order = _concepts()
    table = tomllib.loads(resources.files(__package__).joinpath("acled.toml").read_text(encoding="utf-8"))
    kinds = tuple(table["kinds"]["order"])
    book = Codebook(
        above=above,
        order=order,
        matches=_matches(),
        actors=tuple(
            ActorRule(
                kind=each["kind"],
                words=tuple(each.get("words", ())),
                classes=tuple(each.get("classes", ())),
            )
            for each in table["actors"]
        ),
        rules=tuple(_rule(each) for each in table["rules"]),
        disorders=_column(table["types"], "disorder"),
        first_actors=_column(table["types"], "actor1"),
        sided=frozenset(_column(table["types"], "sides")),
        kinds=kinds,
        home=table["kinds"]["home"],
        abroad=table["kinds"]["abroad"],
        disorder=table["kinds"]["disorder"],
        civilian=table["kinds"]["civilian"],
        takes={kind: rank for rank, kind in enumerate(table["incidents"]["classes"])},
        doers={kind: tuple(doers) for kind, doers in table["doers"].items()},
    )
    conditions = [each for rule in book.rules for each in (rule, rule.part, rule.without) if each]
    named = {actor.kind for actor in book.actors} | {book.home, book.abroad, book.civilian}
    named |= set(book.first_actors.values()).union(*(rule.actor1 | rule.actor2 for rule in conditions))
    _check("kind of actor", named, (*kinds, ""))
    _check("type", {rule.type for rule in book.rules} | set(table["types"]), order)
    _check("class", {each for actor in book.actors for each in actor.classes}, load_ontology().terms)
    _check(
        "class",
        {each for rule in conditions for each in rule.classes | rule.target | rule.place},
        load_ontology().terms,
    )
    _check("kind of actor", (each for doers in book.doers.values() for each in doers), kinds)
    _check("class", (*book.takes, *book.doers), load_ontology().terms)
    return book


def words_of(text: str) -> list[str]:
    """The words of `text` without case; a possessive counts as its word.

    >>> words_of("Sorrel's 2nd Brigade")
    ['sorrel', '2nd', 'brigade']
    """
    return [match[0].casefold().removesuffix("'s").removesuffix("’s") for match in _WORD.finditer(text)]


def _says(phrases: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether one of the phrases stands in one of the texts."""
    said = [f" {' '.join(words_of(text))} " for text in texts]
    return any(f" {phrase} " in text for text in said for phrase in phrases)


def _are(entities: Iterable[EntityRecord], kinds: frozenset[str]) -> bool:
    """Whether one of them is of one of the classes, or none is asked for."""
    return not kinds or any(each.is_a(kind) for each in entities for kind in kinds)


def _rule(table: Mapping[str, Any]) -> TypeRule:
    """A rule as the file has it; `part` and `without` are rules themselves."""
    sets = {
        name: frozenset(table.get(name, ())) for name in ("actor1", "actor2", "classes", "target", "place")
    }
    return TypeRule(
        type=table.get("type", ""),
        trigger=tuple(table.get("trigger", ())),
        words=tuple(table.get("words", ())),
        part=_rule(table["part"]) if "part" in table else None,
        without=_rule(table["without"]) if "without" in table else None,
        **sets,
    )


def _concepts() -> tuple[dict[str, str], tuple[str, ...]]:
    """Each sub-event type's event type, and all codes, sorted."""
    found = _rows(_CONCEPTS)
    return {code: above for _, code, above in found if above}, tuple(sorted(code for _, code, _ in found))


def _matches() -> dict[str, dict[str, tuple[str, ...]]]:
    """Class to kind of match to codes."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind, match, code in sorted(_rows(_MATCHES)):
        found[kind.removeprefix(KG.iri)][match.removeprefix(SKOS.iri)].append(code)
    return {kind: {name: tuple(codes) for name, codes in by.items()} for kind, by in found.items()}


def _rows(text: str) -> list[tuple[str, str, str]]:
    answer = run(open_file(ontology_dir() / "alignments.ttl"), text, name="codebook")
    assert isinstance(answer, Bindings)
    rows = ([each.value if each is not None else "" for each in row] for row in answer.rows)
    return [(first, second, third) for first, second, third in rows]


def _column(table: Mapping[str, Mapping[str, str]], name: str) -> dict[str, str]:
    return {key: row[name] for key, row in table.items() if name in row}


def _check(what: str, named: Iterable[str], known: Iterable[str]) -> None:
    unknown = sorted(set(named) - set(known))
    if unknown:
        raise DataError(
            f"kg/export/acled.toml: no {what} '{unknown[0]}': use one of {', '.join(sorted(known))}"
        )
