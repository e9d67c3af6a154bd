"""What there is to tell of one person, organisation, group or place, as values."""

from __future__ import annotations

from dataclasses import dataclass

from kg.query.names import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence of an article; `article` is its identifier, `issued` its date."""

    sentence: str
    article: str
    issued: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A relation to another entity; `inverse` where the other is its subject."""

    relation: str
    inverse: bool
    other: Candidate
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post that the entity holds, or that somebody holds at it: `other` is the body, or the holder."""

    title: str
    former: bool
    as_of: str | None
    inverse: bool
    other: Candidate | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One account of an event: its sentence, status, sources, figures and quotation."""

    evidence: Evidence
    status: str | None = None
    sources: tuple[str, ...] = ()
    killed: int | None = None
    wounded: int | None = None
    detained: int | None = None
    quotation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event that the entity has a part in; `roles` says which, the others are labels."""

    iri: str
    label: str
    kind: str
    roles: tuple[str, ...]
    status: str | None = None
    confidence: float | None = None
    start: str | None = None
    end: str | None = None
    agents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reason: str | None = None
    accounts: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """An entity as a person would want to see it.

    `around` are the places that it lies in, the narrowest first. `confidence` and `reason` are those of
    its link. `events` are the first of all `event_count`, in order of time, the undated last.
    """

    iri: str
    label: str
    kind: str
    names: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    confidence: float | None = None
    reason: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    around: tuple[Candidate, ...] = ()
    posts: tuple[Post, ...] = ()
    ties: tuple[Tie, ...] = ()
    mention_count: int = 0
    article_count: int = 0
    first_issued: str | None = None
    last_issued: str | None = None
    event_count: int = 0
    events: tuple[Happening, ...] = ()
