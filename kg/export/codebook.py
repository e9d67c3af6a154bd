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
        said = f" {' '.join(words_of(label))} "
        return any(f" {phrase} " in said for phrase in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRule:
    """What makes an event one of `type`: all conditions that are not empty must hold."""

    type: str
    actor1: frozenset[str] = frozenset()
    actor2: frozenset[str] = frozenset()
    trigger: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()

    def fits(self, event: EventRecord, kind1: str, kind2: str) -> bool:
        """Whether the event is of this type, its actors being of these kinds."""
        if self.trigger and not any(
            self.trigger.intersection(words_of(each.trigger)) for each in event.accounts
        ):
            return False
        if self.words and not any(self.words.intersection(words_of(each)) for each in event.sentences):
            return False
        if self.classes and event.kind not in self.classes:
            return False
        return (not self.actor1 or kind1 in self.actor1) and (not self.actor2 or kind2 in self.actor2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """Types, actors and rules. `above` gives a sub-event type its event type, `matches` a class its types."""

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

    def is_coded(self, kind: str) -> bool:
        """Whether events of the class are ACLED's by themselves, not only related to one of its types."""
        return any(name != _RELATED for name in self.matches.get(kind, {}))

    def may_be_coded(self, kind: str) -> bool:
        """Whether a rule can make events of the class, only related to ACLED's types, one of them."""
        related = self.matches.get(kind, {}).get(_RELATED, ())
        return not self.is_coded(kind) and any(rule.type in related for rule in self.rules)

    def targets_civilians(self, coding: Coding, kind: str) -> bool:
        """Whether an event that is so coded, done to an actor of this kind, targets civilians."""
        return kind == self.civilian and self.disorder in coding.disorder.split("; ")

    def code(self, event: EventRecord, kind1: str, kind2: str) -> Coding | None:
        """ACLED's types for an event whose actors are of these kinds; None where it codes none such.

        Where only narrower types answer to its class and no rule chooses one, what they share is told.
        """
        matches = self.matches.get(event.kind, {})
        tops = {self.above.get(code, code) for code in matches.get(_NARROW, ())}
        allowed = tops.union(*matches.values())
        for rule in self.rules:
            if rule.type in allowed and rule.fits(event, kind1, kind2):
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
        rules=tuple(
            TypeRule(
                type=each["type"],
                **{name: frozenset(values) for name, values in each.items() if name != "type"},
            )
            for each in table["rules"]
        ),
        disorders=_column(table["types"], "disorder"),
        first_actors=_column(table["types"], "actor1"),
        sided=frozenset(_column(table["types"], "sides")),
        kinds=kinds,
        home=table["kinds"]["home"],
        abroad=table["kinds"]["abroad"],
        disorder=table["kinds"]["disorder"],
        civilian=table["kinds"]["civilian"],
    )
    named = {actor.kind for actor in book.actors} | {book.home, book.abroad, book.civilian}
    named |= set(book.first_actors.values()).union(*(rule.actor1 | rule.actor2 for rule in book.rules))
    _check("kind of actor", named, kinds)
    _check("type", {rule.type for rule in book.rules} | set(table["types"]), order)
    _check("class", {each for actor in book.actors for each in actor.classes}, load_ontology().terms)
    _check("class", {each for rule in book.rules for each in rule.classes}, load_ontology().terms)
    return book


def words_of(text: str) -> list[str]:
    """The words of `text` without case; a possessive counts as its word.

    >>> words_of("Sorrel's 2nd Brigade")
    ['sorrel', '2nd', 'brigade']
    """
    return [match[0].casefold().removesuffix("'s").removesuffix("’s") for match in _WORD.finditer(text)]


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
