"""Which things of a graph a `Narrowing` keeps: worked out from lines of N-Quads in one reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from functools import cache

from kg.ontology import load_ontology
from kg.rdf.narrowing import Narrowing, from_day_on
from kg.vocabulary import DCTERMS, GEO, KG, NIF, RDF, SCHEMA, XSD


class Sort(Enum):
    """What a thing is, as far as the choice goes."""

    EVENT = auto()
    ENTITY = auto()
    POSITION = auto()
    ARTICLE = auto()
    MENTION = auto()
    GEOMETRY = auto()


def term(iri: str) -> bytes:
    """An IRI as N-Quads have it."""
    return b"<%b>" % iri.encode()


_TYPE = term(RDF.type)
_HAS_MENTION, _IN_ARTICLE, _ABOUT = term(KG.hasMention), term(KG.inArticle), term(KG.about)
_GEOMETRY = term(GEO.hasGeometry)
_START, _END, _ISSUED = term(KG.startDate), term(KG.endDate), term(DCTERMS.issued)
_STATUS, _CONFIDENCE = term(KG.status), term(KG.confidence)
_VALUES = frozenset({_START, _END, _ISSUED, _STATUS, _CONFIDENCE})
_NAMED, _RELATION = term(KG.NamedMention), term(KG.RelationMention)
_PROVENANCE = b"graph/provenance>"
_ANCHOR = term(NIF.anchorOf)
# Wording, whoever has it; and the only texts of an article or a mention that are none.
_WORDING = frozenset(map(term, (KG.sentence, KG.quotation, KG.casualtyText, NIF.isString)))
_NO_WORDING = frozenset(map(term, (DCTERMS.identifier, DCTERMS.source, SCHEMA.publisher)))
_FIGURE = b'"^^<%b' % XSD.iri.encode()
_OURS = b"<%b" % KG.iri.encode()


def split(line: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """Subject, predicate, object and graph of a line of N-Quads; the last is empty for the default graph."""
    subject, predicate, rest = line.rstrip(b".\n ").split(b" ", 2)
    if rest[:1] == b'"':
        close = rest.rindex(b'"')
        tail, _, graph = rest[close:].partition(b" ")
        return subject, predicate, rest[:close] + tail, graph
    value, _, graph = rest.partition(b" ")
    return subject, predicate, value, graph


class Selection:
    """Hears every line of a graph (`read`), then says which of them stay (`keeps`).

    Memory holds the names of the things and the links between them, not what is said of them.
    """

    def __init__(self, narrowing: Narrowing) -> None:
        self._narrowing = narrowing
        self._graphs = frozenset(map(term, narrowing.graphs))
        self._statuses = frozenset(term(KG.term(status.value)) for status in narrowing.statuses)
        self._classes = frozenset(term(KG.term(name)) for name in narrowing.classes)
        self._names: dict[bytes, bytes] = {}
        self._sorts: dict[bytes, Sort] = {}
        self._named: set[bytes] = set()
        self._relations: set[bytes] = set()
        self._of_class: set[bytes] = set()
        self._inside: set[bytes] = set()
        self._links: dict[bytes, list[tuple[bytes, bytes]]] = defaultdict(list)
        self._mentions: dict[bytes, list[bytes]] = defaultdict(list)
        self._values: dict[bytes, dict[bytes, bytes]] = defaultdict(dict)
        self._allowed: set[bytes] = set()
        self._recent: set[bytes] = set()
        self._kept: set[bytes] = set()
        self._loose: set[bytes] = set()
        self._tied: set[bytes] = set()
        self.graphs: set[str] = set()

    def read(self, line: bytes) -> None:
        """Takes in one line."""
        subject, predicate, value, graph = split(line)
        subject = self._names.setdefault(subject, subject)
        if graph in self._graphs:
            self._inside.add(subject)
            self.graphs.add(graph[1:-1].decode())
        if predicate == _TYPE:
            self._type(subject, value)
        elif predicate in _VALUES:
            self._values[subject][predicate] = value
        elif value[:1] == b"<":
            value = self._names.setdefault(value, value)
            if predicate == _HAS_MENTION:
                self._mentions[subject].append(value)
                return
            self._links[subject].append((self._names.setdefault(predicate, predicate), value))
            if predicate == _GEOMETRY:
                self._sorts[value] = Sort.GEOMETRY

    def settle(self) -> None:
        """Works out what stays, when every line has been read."""
        if not self._narrowing.chooses:
            self._kept = set(self._sorts)
            return
        mentions = self._of(Sort.MENTION)
        self._allowed = mentions & self._inside or mentions
        self._recent = {each for each in self._allowed if self._is_recent(self._article(each))}
        for event in self._of(Sort.EVENT):
            if self._wants_event(event):
                self._follow([event, *self._allowed.intersection(self._mentions[event])])
        for entity in self._of(Sort.ENTITY):
            if self._wants_entity(entity):
                self._follow([entity, *self._recent.intersection(self._mentions[entity])])
        if not self._classes:
            self._keep_articles()
        self._keep_relations()
        self._tied = {
            value
            for thing in self._kept
            for _, value in self._links.get(thing, ())
            if value not in self._sorts and not value.startswith(_OURS)
        }
        self._loose = {
            subject
            for subject, links in self._links.items()
            if subject not in self._sorts and any(self._goes(value) for _, value in links)
        }

    def keeps(self, line: bytes) -> bool:
        """Whether this line stays."""
        subject, predicate, value, graph = split(line)
        sort = self._sorts.get(subject)
        if not self._narrowing.wording and self._is_wording(subject, sort, predicate, value):
            return False
        if sort is None:
            inside = not self._graphs or graph in self._graphs or graph.endswith(_PROVENANCE)
            return (inside or subject in self._tied) and subject not in self._loose
        return subject in self._kept and not self._goes(value)

    def _is_wording(self, subject: bytes, sort: Sort | None, predicate: bytes, value: bytes) -> bool:
        if predicate == _ANCHOR:
            return subject not in self._named
        if predicate in _WORDING:
            return True
        if sort not in (Sort.ARTICLE, Sort.MENTION) or value[:1] != b'"' or predicate in _NO_WORDING:
            return False
        return not value.startswith(_FIGURE, value.rindex(b'"'))

    def _type(self, subject: bytes, value: bytes) -> None:
        sort = _sorts().get(value)
        if sort is not None:
            self._sorts[subject] = sort
        if value in self._classes:
            self._of_class.add(subject)
        if value == _NAMED:
            self._named.add(subject)
        elif value == _RELATION:
            self._relations.add(subject)

    def _of(self, sort: Sort) -> set[bytes]:
        return {thing for thing, its in self._sorts.items() if its is sort}

    def _goes(self, value: bytes) -> bool:
        return value in self._sorts and value not in self._kept

    def _article(self, mention: bytes) -> bytes:
        links = self._links.get(mention, ())
        return next((value for predicate, value in links if predicate == _IN_ARTICLE), b"")

    def _is_recent(self, article: bytes) -> bool:
        return from_day_on(_text(self._values.get(article, {}).get(_ISSUED)), self._narrowing.since)

    def _wants_event(self, event: bytes) -> bool:
        """Whether an event stays by itself."""
        mentions = self._mentions[event]
        if self._classes and event not in self._of_class:
            return False
        if self._graphs and not (event in self._inside or self._told_inside(mentions)):
            return False
        if self._allowed.isdisjoint(mentions):
            return False
        values = self._values[event]
        if self._statuses and values.get(_STATUS) not in self._statuses:
            return False
        if not _is_sure(values.get(_CONFIDENCE), self._narrowing.min_confidence):
            return False
        last = _text(values.get(_END) or values.get(_START))
        return from_day_on(last, self._narrowing.since) if last else not self._recent.isdisjoint(mentions)

    def _wants_entity(self, entity: bytes) -> bool:
        """Whether an entity stays by itself."""
        mentions = self._mentions[entity]
        if self._classes and entity not in self._of_class:
            return False
        if self._graphs and not (entity in self._inside or self._told_inside(mentions)):
            return False
        return not self._narrowing.since or not self._recent.isdisjoint(mentions)

    def _told_inside(self, mentions: Iterable[bytes]) -> bool:
        return not self._inside.isdisjoint(mentions)

    def _follow(self, things: Iterable[bytes]) -> None:
        """Keeps these things, and what they refer to and cannot be without: no event, for an event stays by
        itself or not at all."""
        waiting = list(things)
        while waiting:
            thing = waiting.pop()
            if thing in self._kept:
                continue
            self._kept.add(thing)
            for predicate, value in self._links.get(thing, ()):
                if predicate != _ABOUT and self._may_follow(value):
                    waiting.append(value)
            if self._sorts.get(thing) is Sort.POSITION:
                waiting += self._allowed.intersection(self._mentions[thing])

    def _may_follow(self, value: bytes) -> bool:
        sort = self._sorts.get(value)
        if sort is Sort.MENTION:
            return value in self._allowed
        if sort is Sort.POSITION:  # which is nothing without its evidence
            mentions = self._mentions[value]
            return not mentions or not self._allowed.isdisjoint(mentions)
        return sort is not None and sort is not Sort.EVENT

    def _keep_articles(self) -> None:
        """Articles with all that they say, but for accounts and mentions of what goes."""
        owners: dict[bytes, list[bytes]] = defaultdict(list)
        for owner, mentions in self._mentions.items():
            for mention in mentions:
                owners[mention].append(owner)
        articles = {
            article
            for article in self._of(Sort.ARTICLE)
            if self._is_recent(article) and (not self._graphs or article in self._inside)
        }
        self._follow(articles)
        for mention in self._allowed - self._relations:
            its = owners.get(mention)
            if self._article(mention) in articles and (not its or not self._kept.isdisjoint(its)):
                self._follow([mention])

    def _keep_relations(self) -> None:
        """The evidence of ties and posts: where one of those that it ties stays."""
        for mention in self._relations & self._allowed:
            if any(value in self._kept and value in self._allowed for _, value in self._links[mention]):
                self._follow([mention])


@cache
def _sorts() -> dict[bytes, Sort]:
    ontology = load_ontology()
    heads = {
        "Event": Sort.EVENT,
        "Agent": Sort.ENTITY,
        "Place": Sort.ENTITY,
        "Position": Sort.POSITION,
        "Article": Sort.ARTICLE,
        "Mention": Sort.MENTION,
    }
    return {term(KG.term(name)): sort for head, sort in heads.items() for name in ontology.subclasses(head)}


def _text(literal: bytes | None) -> str | None:
    """What stands between the quotation marks of a literal without escapes."""
    return None if literal is None else literal.split(b'"')[1].decode()


def _is_sure(literal: bytes | None, least: Decimal | None) -> bool:
    if least is None:
        return True
    try:
        return Decimal(_text(literal) or "nan") >= least
    except InvalidOperation:
        return False
