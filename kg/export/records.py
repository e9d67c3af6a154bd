"""The events of a graph with all that an export tells of them, asked of any source by SPARQL.

Everything that comes from a set is sorted, so that one graph gives the same records from every store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.errors import UsageError
from kg.model import PartialDate, Status
from kg.ontology import load_ontology
from kg.query.engine import Queryable, run
from kg.query.results import Bindings
from kg.vocabulary import DCTERMS, KG, NIF, OWL, RDF, RDFS, SCHEMA, WGS84

_EVENTS = f"SELECT ?s ?p ?o WHERE {{ ?s a <{KG.Event}> ; ?p ?o }}"
_ENTITY_TERMS = (
    RDF.type,
    RDFS.label,
    OWL.sameAs,
    WGS84.lat,
    WGS84.long,
    KG.locatedIn,
    KG.memberOf,
)
_ACCOUNT_TERMS = (
    KG.inArticle,
    KG.sentence,
    KG.status,
    KG.killed,
    KG.wounded,
    KG.detained,
    KG.casualtyText,
    NIF.anchorOf,
    NIF.beginIndex,
)
ARTICLE_TERMS = (DCTERMS.identifier, DCTERMS.issued, DCTERMS.title, DCTERMS.source, SCHEMA.publisher)

HAPPENED = (Status.ASSERTED, Status.CLAIMED)
"""The statuses of what happened by some account."""

Facts = Mapping[str, Mapping[str, set[str]]]
"""Subject to predicate to values, as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRecord:
    """An agent or a place. `kind` is the local name of its narrowest class, `around` holds the places that
    it lies in, the nearest first; `member_of` the IRIs of what it belongs to. Degrees are WGS 84, as text.
    """

    iri: str
    label: str
    kind: str
    same_as: tuple[str, ...] = ()
    latitude: str | None = None
    longitude: str | None = None
    around: tuple[EntityRecord, ...] = ()
    member_of: tuple[EntityRecord, ...] = ()

    def is_a(self, kind: str) -> bool:
        """Whether its class is `kind` or lies below it."""
        return kind in _above(self.kind)

    def within(self, kind: str) -> EntityRecord | None:
        """Itself or the nearest place around it that is of the class `kind`."""
        return next((place for place in (self, *self.around) if place.is_a(kind)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """An article, by its identifier."""

    iri: str
    id: str
    issued: PartialDate | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None

    @property
    def source(self) -> str:
        """Who published it, as far as that is known; else its identifier."""
        return self.publisher or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRecord:
    """What one article says of the event in one place; `trigger` is the word that tells of it."""

    iri: str
    article: ArticleRecord
    begin: int
    trigger: str
    sentence: str
    status: Status | None = None
    killed: int | None = None
    wounded: int | None = None
    detained: int | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecord:
    """An event with its entities, and its accounts in the order of article and text.

    `kind` is the local name of its narrowest class; `confidence` a decimal number as text; `about` holds the
    IRIs of the events that a statement tells of.
    """

    iri: str
    label: str
    kind: str
    status: Status | None = None
    confidence: str | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    agents: tuple[EntityRecord, ...] = ()
    targets: tuple[EntityRecord, ...] = ()
    places: tuple[EntityRecord, ...] = ()
    origins: tuple[EntityRecord, ...] = ()
    destinations: tuple[EntityRecord, ...] = ()
    sources: tuple[EntityRecord, ...] = ()
    accounts: tuple[AccountRecord, ...] = ()
    about: tuple[str, ...] = ()

    def figures(self, name: Literal["killed", "wounded", "detained"]) -> tuple[int, ...]:
        """The figures of that name, in the order of the accounts: of those that say that it happened."""
        told = (account for account in self.accounts if account.status in (None, *HAPPENED))
        figures: tuple[int | None, ...] = tuple(getattr(account, name) for account in told)
        return tuple(figure for figure in figures if figure is not None)

    @property
    def articles(self) -> tuple[ArticleRecord, ...]:
        """The articles that tell of it, each once."""
        return tuple(dict.fromkeys(account.article for account in self.accounts))

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences that tell of it, each once, on one line each."""
        return tuple(dict.fromkeys(" ".join(account.sentence.split()) for account in self.accounts))


def read_events(source: Queryable, statuses: Iterable[Status] = tuple(Status)) -> tuple[EventRecord, ...]:
    """The events of `source` whose status is one of `statuses`, by first day, then IRI; undated ones last.

    An event without a status is among them only where all statuses are asked for.
    """
    wanted = frozenset(statuses)
    reader = _Reader(source)
    found = (reader.event(iri, about) for iri, about in _facts(source, _EVENTS).items())
    kept = (each for each in found if each.status in wanted or len(wanted) == len(Status))
    return tuple(sorted(kept, key=lambda each: (each.start or each.end or "9999", each.iri)))


def statuses_named(names: Iterable[str]) -> tuple[Status, ...]:
    """The statuses of these names, in any case.

    Raises `UsageError` where there is none of that name.
    """
    known = {status.value.casefold(): status for status in Status}
    for name in names:
        if name.strip().casefold() not in known:
            raise UsageError(f"no status '{name}': one of {', '.join(status.value for status in Status)}")
    return tuple(known[name.strip().casefold()] for name in names)


@dataclass(slots=True)
class _Reader:
    """Turns facts into records; entities and articles are made once."""

    source: Queryable
    entities: Facts = field(init=False)
    accounts: Facts = field(init=False)
    articles: Facts = field(init=False)
    _made: dict[str, EntityRecord] = field(init=False, default_factory=dict)
    _told: dict[str, ArticleRecord] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.entities = facts(self.source, _ENTITY_TERMS, KG.Agent, KG.Place)
        self.accounts = facts(self.source, _ACCOUNT_TERMS, KG.EventMention)
        self.articles = facts(self.source, ARTICLE_TERMS, KG.Article)

    def event(self, iri: str, about: Mapping[str, set[str]]) -> EventRecord:
        accounts = (self._account(each) for each in about[KG.hasMention] if each in self.accounts)
        return EventRecord(
            iri=iri,
            label=min(about[RDFS.label], default=""),
            kind=narrowest(about[RDF.type], "Event"),
            status=_status(about),
            confidence=one(about, KG.confidence),
            start=one(about, KG.startDate),
            end=one(about, KG.endDate),
            agents=self._all(about[KG.hasAgent]),
            targets=self._all(about[KG.hasTarget]),
            places=self._all(about[KG.hasPlace]),
            origins=self._all(about[KG.hasOrigin]),
            destinations=self._all(about[KG.hasDestination]),
            sources=self._all(about[KG.accordingTo]),
            accounts=tuple(
                sorted(
                    accounts,
                    key=lambda each: (each.article.issued or "9999", each.article.id, each.begin, each.iri),
                )
            ),
            about=tuple(sorted(about[KG.about])),
        )

    def _all(self, iris: Iterable[str]) -> tuple[EntityRecord, ...]:
        return tuple(sorted(map(self._entity, iris), key=lambda each: (each.label, each.iri)))

    def _entity(self, iri: str) -> EntityRecord:
        if iri not in self._made:
            about = self.entities.get(iri, {})
            self._made[iri] = EntityRecord(
                iri=iri,
                label=min(about.get(RDFS.label, ()), default=iri),
                kind=narrowest(about.get(RDF.type, ()), "Agent"),
                same_as=tuple(sorted(about.get(OWL.sameAs, ()))),
                latitude=one(about, WGS84.lat),
                longitude=one(about, WGS84.long),
                around=tuple(self._plain(each) for each in self._around(iri)),
                member_of=tuple(self._plain(each) for each in sorted(about.get(KG.memberOf, ()))),
            )
        return self._made[iri]

    def _plain(self, iri: str) -> EntityRecord:
        """An entity without what it lies in or belongs to: these may lead back to where one came from."""
        about = self.entities.get(iri, {})
        return EntityRecord(
            iri=iri,
            label=min(about.get(RDFS.label, ()), default=iri),
            kind=narrowest(about.get(RDF.type, ()), "Agent"),
            same_as=tuple(sorted(about.get(OWL.sameAs, ()))),
            latitude=one(about, WGS84.lat),
            longitude=one(about, WGS84.long),
        )

    def _around(self, iri: str) -> list[str]:
        """The places that it lies in, step by step; a circle is walked once."""
        found = [iri]
        for current in found:  # grows while it is read: breadth first
            above = sorted(self.entities.get(current, {}).get(KG.locatedIn, ()))
            found += [each for each in above if each not in found]
        return found[1:]

    def _account(self, iri: str) -> AccountRecord:
        about = self.accounts[iri]
        return AccountRecord(
            iri=iri,
            article=self._article(one(about, KG.inArticle) or ""),
            begin=_integer(about, NIF.beginIndex) or 0,
            trigger=one(about, NIF.anchorOf) or "",
            sentence=one(about, KG.sentence) or "",
            status=_status(about),
            killed=_integer(about, KG.killed),
            wounded=_integer(about, KG.wounded),
            detained=_integer(about, KG.detained),
            words=one(about, KG.casualtyText),
        )

    def _article(self, iri: str) -> ArticleRecord:
        if iri not in self._told:
            about = self.articles.get(iri, {})
            self._told[iri] = ArticleRecord(
                iri=iri,
                id=one(about, DCTERMS.identifier) or iri,
                issued=one(about, DCTERMS.issued),
                title=one(about, DCTERMS.title),
                url=one(about, DCTERMS.source),
                publisher=one(about, SCHEMA.publisher),
            )
        return self._told[iri]


def facts(source: Queryable, predicates: Iterable[str], *kinds: str) -> Facts:
    """All that `predicates` say of the things of these classes."""
    terms = " ".join(f"<{each}>" for each in predicates)
    classes = " ".join(f"<{each}>" for each in kinds)
    return _facts(
        source,
        f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?kind {{ {classes} }} VALUES ?p {{ {terms} }}"
        " ?s a ?kind ; ?p ?o }",
    )


def _facts(source: Queryable, text: str) -> Facts:
    """Subject, predicate and value of each row."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    answer = run(source, text, name="export")
    assert isinstance(answer, Bindings)
    for subject, predicate, value in answer.rows:
        if subject is not None and predicate is not None and value is not None:
            found[subject.value][predicate.value].add(value.value)
    return found


def one(about: Mapping[str, set[str]], predicate: str) -> str | None:
    """The value, the least where there are several."""
    return min(about.get(predicate, ()), default=None)


def _integer(about: Mapping[str, set[str]], predicate: str) -> int | None:
    """The least of the values that are whole numbers."""
    digits = [int(value) for value in about.get(predicate, ()) if value.lstrip("+-").isdecimal()]
    return min(digits, default=None)


def _status(about: Mapping[str, set[str]]) -> Status | None:
    """The strongest status that is given."""
    names = {value.removeprefix(KG.iri) for value in about.get(KG.status, ())}
    return next((status for status in Status if status.value in names), None)


def narrowest(classes: Iterable[str], otherwise: str) -> str:
    """The local name of the narrowest of our classes: the one with the most above it."""
    terms = load_ontology().terms
    ours = sorted(one.removeprefix(KG.iri) for one in classes if one.removeprefix(KG.iri) in terms)
    return max(ours, key=lambda one: len(_above(one)), default=otherwise)


def _above(kind: str) -> tuple[str, ...]:
    return load_ontology().superclasses(kind)
