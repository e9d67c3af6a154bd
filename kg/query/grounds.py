"""What a triple rests on, as values: sentences of articles, the gazetteer, the ontology, a correction."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rest(StrEnum):
    """What a triple can rest on."""

    TEXT = "text"
    """Words of articles."""
    ARTICLE = "article"
    """What an article came with: its date, its title, its address."""
    GAZETTEER = "gazetteer"
    """A table of names or places that the entity was linked to."""
    ONTOLOGY = "ontology"
    """It follows from another triple by the ontology."""
    PROGRAM = "program"
    """The program composed or reckoned it from other triples."""
    CORRECTION = "correction"
    """A reader said so."""
    ELSEWHERE = "elsewhere"
    """It was made elsewhere: nothing in the graph says what it rests on."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mark:
    """A mention in a sentence: `begin` and `end` are its offsets in the article, `role` what it is there."""

    begin: int
    end: int
    role: str
    words: str
    mention: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence with its marks, in order.

    `begin` and `end` are the sentence's offsets in the article, in Unicode code points, half-open; None
    where the graph does not tell them for sure. `article` is the article's identifier.
    """

    article: str
    article_iri: str
    sentence: str
    marks: tuple[Mark, ...]
    begin: int | None = None
    end: int | None = None
    issued: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One thing that a triple rests on: of what sort, in a sentence of ours, and the quotes."""

    rests_on: Rest
    note: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A reader's correction: what it says, who said so and why, when; `properties` are those it settled."""

    iri: str
    label: str
    by: str
    why: str
    when: str | None = None
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A subject or an object: its IRI, or None for a literal; its label, or the literal's text; its class."""

    iri: str | None
    label: str
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A triple with what it rests on; there is always a ground."""

    subject: Thing
    predicate: str
    object: Thing
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The triples of one subject that were asked for, and what they rest on.

    `merged` says why its accounts, or its mentions, are taken to be of one thing; `corrections` are those
    that had a part in it.
    """

    subject: Thing
    reasons: tuple[Reason, ...]
    merged: str | None = None
    corrections: tuple[Corrected, ...] = ()
