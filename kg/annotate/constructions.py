"""Words that a construction of grammar turns on, whatever event is told: ``lexicon/constructions.yaml``.

They belong to a document: who reads it asks `constructions` for the words that `read_by` gave it, so that
readers with lexicons of their own never meet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.annotate.word_lists import WordLists
from kg.resources import ontology_dir

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEPT = "kg.constructions"
_MAPS = frozenset(("turning_to", "taking_part", "claiming_hold", "blaming", "happening", "both_of"))
FILE = "constructions.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Constructions:
    """What ``constructions.yaml`` says, and explains. Maps go from a verb to words that stand with it."""

    promising: frozenset[str]
    turning_to: Mapping[str, frozenset[str]]
    undergone: frozenset[str]
    suffered_too: frozenset[str]
    operations: frozenset[str]
    launched: frozenset[str]
    sayings: frozenset[str]
    issuing: frozenset[str]
    laws: frozenset[str]
    enacting: frozenset[str]
    taken_as: frozenset[str]
    adding: frozenset[str]
    neighbouring: frozenset[str]
    outcomes: frozenset[str]
    at_work: frozenset[str]
    staying: frozenset[str]
    laden: frozenset[str]
    firing: frozenset[str]
    held: frozenset[str]
    aimed: frozenset[str]
    headings: frozenset[str]
    ways: frozenset[str]
    taking_part: Mapping[str, frozenset[str]]
    managing: frozenset[str]
    perceiving: frozenset[str]
    listed: frozenset[str]
    stretches: frozenset[str]
    hearing: frozenset[str]
    citing: frozenset[str]
    stories: frozenset[str]
    uttering: frozenset[str]
    hearsay: frozenset[str]
    reporting: frozenset[str]
    claiming: frozenset[str]
    claiming_hold: Mapping[str, frozenset[str]]
    answering: frozenset[str]
    responsibility: frozenset[str]
    blaming: Mapping[str, frozenset[str]]
    offices: frozenset[str]
    both_of: Mapping[str, frozenset[str]]
    others: frozenset[str]
    incidents: frozenset[str]
    happening: Mapping[str, frozenset[str]]
    searches: frozenset[str]
    separately: frozenset[str]
    separate: frozenset[str]
    preceding: frozenset[str]
    from_then: frozenset[str]
    coming: frozenset[str]
    later: frozenset[str]
    at_once: frozenset[str]
    other_times: frozenset[str]

    @classmethod
    def of(cls, lists: WordLists) -> Constructions:
        """Those that `lists` hold. Raises `DataError` where a list is missing or wrong."""
        maps = {name: lists.under(name).all() for name in _MAPS}
        return cls(
            turning_to=maps["turning_to"],
            taking_part=maps["taking_part"],
            claiming_hold=maps["claiming_hold"],
            happening=maps["happening"],
            blaming=maps["blaming"],
            both_of=maps["both_of"],
            **{name: lists.words(name) for name in cls.__slots__ if name not in _MAPS},
        )


@cache
def _shipped() -> Constructions:
    return Constructions.of(WordLists.read(ontology_dir() / "lexicon" / FILE))


def read_by(doc: Doc, words: Constructions) -> None:
    """Have `doc` read by `words`, before anything reads it."""
    doc.user_data[_KEPT] = words


def constructions(doc: Doc) -> Constructions:
    """The words that `doc` is read by: those given to it, else those that come with the program."""
    words: Constructions | None = doc.user_data.get(_KEPT)
    return _shipped() if words is None else words
