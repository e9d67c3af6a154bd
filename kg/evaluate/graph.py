"""What a graph says of the articles that have gold, asked by SPARQL in the terms of the ontology."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from kg.evaluate.rules import Rules, folded
from kg.query.engine import Queryable, run
from kg.query.prefixes import PREFIXES
from kg.query.results import Bindings

_HEAD = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("kg", "nif", "rdfs", "skos", "dcterms"))
_KG = PREFIXES["kg"]
_LABELS = "rdfs:label|skos:altLabel|skos:prefLabel"

# Roles of an account, by its mentions, and of an event, by its entities.
_OF_ACCOUNT = {
    "agentMention": "agent",
    "targetMention": "target",
    "placeMention": "place",
    "originMention": "place",
    "destinationMention": "place",
    "sourceMention": "source",
}
_OF_EVENT = {
    "hasAgent": "agent",
    "hasTarget": "target",
    "hasPlace": "place",
    "hasOrigin": "place",
    "hasDestination": "place",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEntity:
    """An entity of the graph: its kind, as gold has kinds, and its names, folded."""

    kind: str | None
    names: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class FoundMention:
    """A mention by name: the half-open span, in Unicode code points, and the IRI of what it is about."""

    begin: int
    end: int
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAccount:
    """An account of an event: its trigger's span, and who did what, all as IRIs of entities."""

    begin: int
    end: int
    event: str
    classes: frozenset[str]
    roles: Mapping[str, frozenset[str]]
    start: str | None
    until: str | None
    status: str | None
    sources: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRelation:
    """Something lasting between two entities; a post has a `title`, folded, and may have no `object`."""

    subject: str
    relation: str
    object: str | None
    title: str = ""


@dataclass(slots=True, kw_only=True)
class FoundArticle:
    """What the graph says of one article. `words` are all its mentions: span and text."""

    words: list[tuple[int, int, str]] = field(default_factory=list)
    mentions: list[FoundMention] = field(default_factory=list)
    accounts: list[FoundAccount] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundGraph:
    """What the graph says: entities by IRI, articles by the names that were asked for, relations.

    `tellings` counts the accounts of each event that has several, over all articles.
    """

    entities: Mapping[str, FoundEntity]
    articles: Mapping[str, FoundArticle]
    relations: tuple[FoundRelation, ...]
    tellings: Mapping[str, int]


def read_graph(source: Queryable, names: Iterable[str], rules: Rules) -> FoundGraph:
    """What `source` says of articles: those with these identifiers, or else with paths that end so."""
    iris = _articles(source, names)
    articles = {name: FoundArticle() for name in iris}
    by_iri = {iri: articles[name] for name, iri in iris.items()}
    if by_iri:
        _read_mentions(source, by_iri)
        _read_accounts(source, by_iri)
    for article in articles.values():
        article.mentions.sort()
        article.accounts.sort(key=lambda account: (account.begin, account.end, account.event))
    rows = _rows(
        source,
        "SELECT ?e (COUNT(DISTINCT ?m) AS ?n) WHERE { ?e kg:hasMention ?m . ?m a kg:EventMention }"
        " GROUP BY ?e",
    )
    return FoundGraph(
        entities=_entities(source, rules),
        articles=articles,
        relations=tuple(_relations(source, rules)),
        tellings={str(event): int(number or 0) for event, number in rows},
    )


def _rows(source: Queryable, text: str) -> Iterator[tuple[str | None, ...]]:
    """The rows of a query, as the texts of their terms."""
    found = run(source, _HEAD + text)
    assert isinstance(found, Bindings)
    for row in found.rows:
        yield tuple(None if term is None else term.value for term in row)


def _articles(source: Queryable, names: Iterable[str]) -> dict[str, str]:
    exact: dict[str, str] = {}
    by_last: dict[str, list[str]] = defaultdict(list)
    for iri, identifier in _rows(source, "SELECT ?a ?id WHERE { ?a a kg:Article ; dcterms:identifier ?id }"):
        assert iri is not None and identifier is not None
        exact[identifier] = iri
        by_last[PurePosixPath(identifier).name].append(iri)
    found = {}
    for name in names:
        if name in exact:
            found[name] = exact[name]
        elif len(by_last[name]) == 1:
            found[name] = by_last[name][0]
    return found


def _values(iris: Iterable[str]) -> str:
    return f"VALUES ?article {{ {' '.join(f'<{iri}>' for iri in sorted(iris))} }}"


def _read_mentions(source: Queryable, articles: Mapping[str, FoundArticle]) -> None:
    for article, begin, end, words in _rows(
        source,
        f"SELECT ?article ?b ?n ?w WHERE {{ {_values(articles)} ?m kg:inArticle ?article ;"
        " nif:beginIndex ?b ; nif:endIndex ?n . OPTIONAL { ?m nif:anchorOf ?w } }",
    ):
        articles[str(article)].words.append((int(begin or 0), int(end or 0), words or ""))
    for article, begin, end, entity in _rows(
        source,
        f"SELECT DISTINCT ?article ?b ?n ?e WHERE {{ {_values(articles)} ?m kg:inArticle ?article ;"
        " a kg:EntityMention ; nif:beginIndex ?b ; nif:endIndex ?n . ?e kg:hasMention ?m ."
        " FILTER NOT EXISTS { ?m a kg:NominalMention } FILTER NOT EXISTS { ?m a kg:PronounMention } }",
    ):
        articles[str(article)].mentions.append(
            FoundMention(begin=int(begin or 0), end=int(end or 0), entity=str(entity))
        )


def _read_accounts(source: Queryable, articles: Mapping[str, FoundArticle]) -> None:
    """What an account does not say of roles or dates itself, its event says for it."""
    told = f"{_values(articles)} ?m kg:inArticle ?article ; a kg:EventMention . ?e kg:hasMention ?m ."
    roles = _sets(source, f"SELECT DISTINCT ?m ?p ?x WHERE {{ {told} ?m ?p ?w . ?x kg:hasMention ?w }}")
    of_event = _sets(
        source,
        f"SELECT DISTINCT ?e ?p ?x WHERE {{ {told} ?e ?p ?x"
        f" FILTER (isIRI(?x) && STRSTARTS(STR(?p), '{_KG}')) }}",
    )
    dates = _sets(
        source, f"SELECT DISTINCT ?m ?p ?x WHERE {{ {told} ?m kg:startDate|kg:endDate ?x . ?m ?p ?x }}"
    )
    event_dates = _sets(
        source, f"SELECT DISTINCT ?e ?p ?x WHERE {{ {told} ?e kg:startDate|kg:endDate ?x . ?e ?p ?x }}"
    )
    classes = _sets(source, f"SELECT DISTINCT ?e ('a' AS ?p) ?x WHERE {{ {told} ?e a ?x }}")
    for article, mention, event, begin, end, status in _rows(
        source,
        f"SELECT DISTINCT ?article ?m ?e ?b ?n ?s WHERE {{ {told} ?m nif:beginIndex ?b ; nif:endIndex ?n ."
        " OPTIONAL { ?m kg:status ?s } }",
    ):
        assert mention is not None and event is not None
        said = {name: roles[mention].get(name, set()) for name in _OF_ACCOUNT}
        held = _by_role(said, _OF_ACCOUNT)
        sources = held.pop("source", frozenset())
        dated = dates.get(mention) or event_dates.get(event, {})
        articles[str(article)].accounts.append(
            FoundAccount(
                begin=int(begin or 0),
                end=int(end or 0),
                event=event,
                classes=frozenset(map(_local, classes[event]["a"])),
                roles=held or _by_role(of_event[event], _OF_EVENT),
                start=min(dated.get("startDate", ()), default=None),
                until=min(dated.get("endDate", ()), default=None),
                status=None if status is None else _local(status),
                sources=sources,
            )
        )


def _by_role(said: Mapping[str, set[str]], roles: Mapping[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, role in roles.items():
        if said.get(name):
            found[role] |= said[name]
    return {role: frozenset(entities) for role, entities in found.items()}


def _sets(source: Queryable, text: str) -> dict[str, dict[str, set[str]]]:
    """Subject, local name of a property and objects, of the rows of a query."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value in _rows(source, text):
        found[str(subject)][_local(str(predicate))].add(str(value))
    return found


def _entities(source: Queryable, rules: Rules) -> dict[str, FoundEntity]:
    types: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for iri, kind in _rows(
        source, "SELECT DISTINCT ?e ?t WHERE { ?e a ?t ; kg:hasMention ?m . ?m a kg:EntityMention }"
    ):
        types[str(iri)].add(_local(str(kind)))
    for iri, kind, label in _rows(
        source,
        f"SELECT ?e ?t ?l WHERE {{ ?e a ?t ; {_LABELS} ?l FILTER STRSTARTS(STR(?t), '{_KG}') }}",
    ):
        types[str(iri)].add(_local(str(kind)))
        names[str(iri)].add(folded(str(label)))
    return {
        iri: FoundEntity(kind=rules.kind_of(classes), names=frozenset(names[iri]))
        for iri, classes in types.items()
    }


def _relations(source: Queryable, rules: Rules) -> Iterator[FoundRelation]:
    for subject, title, where in _rows(
        source,
        f"SELECT DISTINCT ?s ?l ?o WHERE {{ ?s kg:{rules.post} ?p . ?p rdfs:label ?l"
        " OPTIONAL { ?p kg:positionAt ?o } }",
    ):
        yield FoundRelation(
            subject=str(subject), relation=rules.post, object=where, title=folded(title or "")
        )
    for relation in rules.relations:
        for subject, other in _rows(source, f"SELECT DISTINCT ?s ?o WHERE {{ ?s kg:{relation} ?o }}"):
            yield FoundRelation(subject=str(subject), relation=relation, object=other)


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]
