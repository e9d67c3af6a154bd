"""The values that pass between the stages: frozen, and free of any library's types.

READ makes a `SourceDocument`, ANNOTATE an `AnnotatedDocument`, RESOLVE a `ResolvedDocument` (one
article, its places linked) and then, over all articles, `Entity` and `Event`. MAP writes them as RDF.

Offsets are Unicode code points into `SourceDocument.text`, half-open. Dates are ISO 8601 text of one
of three precisions: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

PartialDate: TypeAlias = str


class Form(StrEnum):
    """How a mention speaks of its entity."""

    NAMED = "NamedMention"
    NOMINAL = "NominalMention"
    PRONOUN = "PronounMention"


class Status(StrEnum):
    """How an account stands to the facts, the strongest first."""

    ASSERTED = "Asserted"
    CLAIMED = "Claimed"
    DENIED = "Denied"
    PLANNED = "Planned"
    POSSIBLE = "Possible"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A stretch of the text."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """One article as it was given.

    `skip` holds the stretches that are no prose of the article (a leading ``date …`` line,
    newsletter forms, share bars): sorted, not overlapping, still part of `text`.
    """

    id: str
    text: str
    title: str | None = None
    date: PartialDate | None = None
    url: str | None = None
    publisher: str | None = None
    skip: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityMention:
    """A stretch of text that speaks of a person, organisation, group or place.

    `key` is unique within the article over all kinds of mention; `chain` is the id of the `Chain`.
    """

    key: str
    begin: int
    end: int
    form: Form
    chain: int
    sentence: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A coreference chain: one thing that the article speaks of.

    `kind` is the local name of the narrowest class that is sure (``Person``, ``ArmedGroup``,
    ``Group``, ``Province``…). `name` is the fullest name in this article, without titles, articles
    and possessive; for a chain that is never named, its description. `names` are the other forms.
    `country` is the ISO 3166 alpha-2 code of the country that a description speaks of (*Malian
    forces*), or None. `gazetteer` is the id of the gazetteer entry that the name was found in.
    """

    id: int
    kind: str
    name: str
    names: tuple[str, ...] = ()
    named: bool = True
    country: str | None = None
    gazetteer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """A time expression and the interval that it denotes; an open end is None."""

    key: str
    begin: int
    end: int
    sentence: int
    start_date: PartialDate | None = None
    end_date: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionClaim:
    """The article says that `holder` has the post `title` at `at` (chain ids)."""

    holder: int
    title: str
    at: int | None = None
    former: bool = False
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationClaim:
    """The article says `subject` `relation` `object`: keys of mentions, a property's local name."""

    key: str
    begin: int
    end: int
    sentence: int
    subject: str
    relation: str
    object: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventAccount:
    """What the article says of one event in one place; the span is the trigger.

    Roles hold keys of entity mentions, `times` keys of time mentions (the first is the one that the
    dates were read from), `about` keys of the accounts told inside a statement, `retells` the key of the
    account that the words of this one take up (*the attack*).
    """

    key: str
    begin: int
    end: int
    sentence: int
    kind: str
    status: Status = Status.ASSERTED
    confidence: float = 1.0
    agents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    start_date: PartialDate | None = None
    end_date: PartialDate | None = None
    killed: int | None = None
    wounded: int | None = None
    detained: int | None = None
    casualty_text: str | None = None
    quotation: str | None = None
    about: tuple[str, ...] = ()
    retells: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedDocument:
    """Everything found in one article; it depends on that article alone."""

    document: SourceDocument
    sentences: tuple[Span, ...]
    chains: tuple[Chain, ...] = ()
    mentions: tuple[EntityMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    events: tuple[EventAccount, ...] = ()
    positions: tuple[PositionClaim, ...] = ()
    relations: tuple[RelationClaim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on earth, as a gazetteer has it.

    `id` is its GeoNames id as text where it has one; `parents` are ids of the places around it, the
    narrowest first; `capital_of` the ids of those that it is the seat of. Latitude and longitude are
    WGS 84 decimal degrees. `same_as` are absolute IRIs elsewhere, GeoNames' own not among them.
    """

    id: str
    name: str
    kind: str
    country: str
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    parents: tuple[str, ...] = ()
    capital_of: tuple[str, ...] = ()
    alternate_names: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A chain's link to a gazetteer, with the reason and how sure it is (0 to 1).

    `id` is the key from which our IRI is minted (``geonames/1138336``, ``wikidata/Q7184``,
    ``gazetteer/afp``); `same_as` are absolute IRIs elsewhere; `alternate_names` are further names
    worth keeping in the graph; `kind` the class that the gazetteer gives.
    """

    id: str
    label: str
    kind: str
    confidence: float
    reason: str
    same_as: tuple[str, ...] = ()
    alternate_names: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedDocument:
    """An annotated article with its chains linked: `links` maps a chain's id to its link."""

    annotated: AnnotatedDocument
    links: dict[int, Link] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class MentionRef:
    """A mention named from outside its article."""

    article: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A person, organisation, group or place over all articles.

    `id` is the part of its IRI below the base, already safe in an IRI (``person/moussa-touradji``,
    ``geonames/1138336``). `relations` are (property's local name, id of the other entity).
    """

    id: str
    kind: str
    label: str
    alternate_labels: tuple[str, ...] = ()
    mentions: tuple[MentionRef, ...] = ()
    link: Link | None = None
    relations: tuple[tuple[str, str], ...] = ()
    confidence: float = 1.0
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A post: one node for a holder, a title and a body. `as_of` is the date of the latest article."""

    id: str
    holder: str
    title: str
    at: str | None = None
    former: bool = False
    as_of: PartialDate | None = None
    mentions: tuple[MentionRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What accounts agree to be one happening. Roles and sources hold ids of entities.

    `witnesses` counts the articles that tell of it, near-copies of one text once; `copies` are the accounts
    in such near-copies. `reason` says why accounts are one.
    """

    id: str
    kind: str
    label: str
    status: Status
    confidence: float
    mentions: tuple[MentionRef, ...]
    agents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    start_date: PartialDate | None = None
    end_date: PartialDate | None = None
    dated_by: tuple[MentionRef, ...] = ()
    about: tuple[str, ...] = ()
    witnesses: int = 1
    copies: tuple[MentionRef, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedCorrection:
    """A reader's correction as it was applied: `label` says what, `things` are the ids of what it shaped.

    `properties` are the IRIs of those that it settled. `mentions` are the accounts and mentions that it took
    from an event or an entity.
    """

    id: str
    label: str
    by: str
    why: str
    when: PartialDate | None = None
    properties: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    mentions: tuple[MentionRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """Entities, positions and events over all articles, each sorted by id.

    `corrections` are those that were applied, `unapplied` a line for each that no longer applies.
    """

    entities: tuple[Entity, ...] = ()
    positions: tuple[Position, ...] = ()
    events: tuple[Event, ...] = ()
    corrections: tuple[AppliedCorrection, ...] = ()
    unapplied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArticle:
    """One article after all that is done to it alone, ready to be kept or sent between processes.

    `content` is the SHA-256 (hex) of all that the article was given as: id, text, title, date, url,
    publisher and skipped stretches. `digest` is its digest (`kg.resolve.digest`) as JSON in UTF-8, `quads`
    its graph as N-Quads in UTF-8; `mentions` and `triples` count what is in it.
    """

    id: str
    content: str
    digest: bytes
    quads: bytes
    mentions: int
    triples: int
