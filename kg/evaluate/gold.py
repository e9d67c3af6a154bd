"""What gold says of an article: its entities, relations and events, and what is neither right nor wrong."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEntity:
    """One thing that the article names, or a group that takes part in an event (then without `names`).

    `kinds` are the classes that are right for it: Person, Organization, Place. Each of the `names`, as it
    stands in the text, is a mention wherever it occurs. `nominals` are descriptions that mean it,
    `alternatives` other names that a graph may rightly give it. With `several`, more than one entity may be
    the right one (a province and a town of one name).
    """

    key: str
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    alternatives: tuple[str, ...] = ()
    nominals: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRelation:
    """Something lasting: `subject` and `object` are keys of entities, None for an object that is left open.

    `titles`, any of which is right, belong to ``holdsPosition``. What is `optional` is not counted.
    """

    subject: str
    relation: str
    object: str | None
    titles: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvent:
    """One event. `at` is the offset at which its fragment begins, at or before its trigger, in its sentence.

    The roles and `source` are keys of entities. `others` are kinds that are right too. What is not given, or
    optional, is not counted.
    """

    at: int
    fragment: str
    kind: str
    others: tuple[str, ...] = ()
    agent: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None
    status: str | None = None
    optional_status: bool = False
    optional_args: bool = False

    def role(self, name: str) -> tuple[str, ...]:
        """The entities of one of the roles."""
        return {"agent": self.agent, "target": self.target, "place": self.place}[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionalEvent:
    """An event that a graph may have or not, at each of the offsets `places`."""

    places: tuple[int, ...]
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """The gold of one article: `name` is its identifier, `text` what counts of it, `whole` all of it."""

    name: str
    whole: str
    text: str
    entities: tuple[GoldEntity, ...] = ()
    optional_mentions: tuple[str, ...] = ()
    relations: tuple[GoldRelation, ...] = ()
    events: tuple[GoldEvent, ...] = ()
    optional_events: tuple[OptionalEvent, ...] = ()
