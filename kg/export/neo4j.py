"""A property graph as tables for ``neo4j-admin database import`` (Neo4j Operations Manual, Import).

Events, entities, positions and articles are nodes; the roles in events, the ties between entities, and which
article tells of which event, with its sentence and its figures, are relationships. A node's labels are its
classes. All columns with a type have the values of one; dates are text, being days, months or years.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from kg.export.records import ARTICLE_TERMS, EventRecord, Facts, facts, narrowest, one
from kg.model import Status
from kg.ontology import load_ontology
from kg.query.engine import Queryable
from kg.vocabulary import DCTERMS, KG, OWL, RDF, RDFS, SCHEMA, SKOS, WGS84

STATUSES = tuple(Status)
"""The statuses that are exported where none are asked for: all, since each event says its own."""
_TIES = (
    KG.memberOf,
    KG.residentOf,
    KG.partOf,
    KG.locatedIn,
    KG.capitalOf,
    KG.holdsPosition,
    KG.positionAt,
)
_ENTITY_TERMS = (RDF.type, RDFS.label, SKOS.altLabel, OWL.sameAs, WGS84.lat, WGS84.long, *_TIES)
_POSITION_TERMS = (RDF.type, RDFS.label, KG.asOf, KG.former, KG.positionAt)
_ROLES = (
    ("agents", KG.hasAgent),
    ("targets", KG.hasTarget),
    ("places", KG.hasPlace),
    ("origins", KG.hasOrigin),
    ("destinations", KG.hasDestination),
    ("sources", KG.accordingTo),
)
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")

EVENTS = ("iri:ID", "name", "class", "status", "confidence:double", "start", "end", ":LABEL")
ENTITIES = (
    "iri:ID",
    "name",
    "names:string[]",
    "class",
    "sameAs:string[]",
    "latitude:double",
    "longitude:double",
    ":LABEL",
)
POSITIONS = ("iri:ID", "name", "asOf:date", "former:boolean", ":LABEL")
ARTICLES = ("iri:ID", "name", "issued", "title", "url", "publisher", ":LABEL")
TIES = (":START_ID", ":END_ID", ":TYPE")
ACCOUNTS = (
    ":START_ID",
    ":END_ID",
    "mention",
    "begin:int",
    "trigger",
    "status",
    "killed:int",
    "wounded:int",
    "detained:int",
    "figureWords",
    "sentence",
    ":TYPE",
)
NODES = ("events.csv", "entities.csv", "positions.csv", "articles.csv")
RELATIONSHIPS = ("roles.csv", "ties.csv", "accounts.csv")
TABLES = (*NODES, *RELATIONSHIPS)
"""The names of the files, in the order in which they are written."""

Row = tuple[object, ...]


def tables(
    source: Queryable, events: Iterable[EventRecord], wording: bool = True
) -> Iterator[tuple[str, tuple[str, ...], list[Row]]]:
    """Each table: its file's name, its header, its rows in order.

    Without `wording` articles have no titles, accounts no triggers, sentences and words of figures.
    """
    events = tuple(events)
    entities = facts(source, _ENTITY_TERMS, KG.Agent, KG.Place)
    positions = facts(source, _POSITION_TERMS, KG.Position)
    articles = facts(source, ARTICLE_TERMS, KG.Article)
    yield "events.csv", EVENTS, [_event(event) for event in events]
    yield "entities.csv", ENTITIES, [_entity(iri, about) for iri, about in sorted(entities.items())]
    yield "positions.csv", POSITIONS, [_position(iri, about) for iri, about in sorted(positions.items())]
    yield "articles.csv", ARTICLES, [_article(iri, about, wording) for iri, about in sorted(articles.items())]
    yield "roles.csv", TIES, sorted(_roles(events))
    yield "ties.csv", TIES, sorted(_ties(entities, positions))
    yield "accounts.csv", ACCOUNTS, [row for event in events for row in _accounts(event, wording)]


def write_table(header: tuple[str, ...], rows: Iterable[Row], out: IO[str]) -> int:
    """Writes one table; the number of its rows. `out` must leave ends of lines as they are."""
    table = csv.writer(out, lineterminator="\n")
    table.writerow(header)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last one is the number of rows
        table.writerow(_line("" if value is None else str(value)) for value in row)
    return count


def _event(event: EventRecord) -> Row:
    return (
        event.iri,
        event.label,
        event.kind,
        event.status.value if event.status else None,
        event.confidence,
        event.start,
        event.end,
        _labels(event.kind),
    )


def _entity(iri: str, about: Mapping[str, set[str]]) -> Row:
    kind = narrowest(about.get(RDF.type, ()), "Agent")
    name = one(about, RDFS.label) or iri
    return (
        iri,
        name,
        _array({name} | about.get(SKOS.altLabel, set())),
        kind,
        _array(about.get(OWL.sameAs, ())),
        one(about, WGS84.lat),
        one(about, WGS84.long),
        _labels(kind),
    )


def _position(iri: str, about: Mapping[str, set[str]]) -> Row:
    former = {"1": "true", "0": "false"}
    given = one(about, KG.former)
    return (iri, one(about, RDFS.label), one(about, KG.asOf), former.get(given or "", given), "Position")


def _article(iri: str, about: Mapping[str, set[str]], wording: bool) -> Row:
    return (
        iri,
        one(about, DCTERMS.identifier),
        one(about, DCTERMS.issued),
        one(about, DCTERMS.title) if wording else None,
        one(about, DCTERMS.source),
        one(about, SCHEMA.publisher),
        "Article",
    )


def _roles(events: Iterable[EventRecord]) -> Iterator[Row]:
    known = set()
    told = []
    for event in events:
        known.add(event.iri)
        for role, predicate in _ROLES:
            for entity in getattr(event, role):
                yield event.iri, entity.iri, _type(predicate)
        told += [(event.iri, other) for other in event.about]
    yield from ((event, other, _type(KG.about)) for event, other in told if other in known)


def _ties(*described: Facts) -> Iterator[Row]:
    known = set().union(*described)
    found = {
        (iri, other, _type(predicate))
        for about in described
        for iri, values in about.items()
        for predicate in _TIES
        for other in values.get(predicate, ())
        if other in known
    }
    yield from found


def _accounts(event: EventRecord, wording: bool) -> Iterator[Row]:
    for account in event.accounts:
        yield (
            event.iri,
            account.article.iri,
            account.iri,
            account.begin,
            account.trigger if wording else None,
            account.status.value if account.status else None,
            account.killed,
            account.wounded,
            account.detained,
            account.words if wording else None,
            account.sentence if wording else None,
            "TOLD_IN",
        )


def _labels(kind: str) -> str:
    """The class and those above it, the widest first."""
    return ";".join(reversed(load_ontology().superclasses(kind)))


def _array(values: Iterable[str]) -> str:
    """An array of texts; a semicolon in one, which Neo4j would part at, becomes a comma."""
    return ";".join(value.replace(";", ",") for value in sorted(values))


def _type(predicate: str) -> str:
    """The name of a property as Neo4j's users write relationships: ``HAS_AGENT``."""
    return _INNER_CAPITAL.sub("_", predicate.removeprefix(KG.iri)).upper()


def _line(value: str) -> str:
    return " ".join(value.split())
