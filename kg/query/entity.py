"""Finds an entity by what a user calls it, and all that a graph holds of it, with the evidence.

A few small queries in place of a large one: each asks for one thing of the entity, or of the events that
are shown, so that no two of them multiply their rows.
"""

from __future__ import annotations

from collections import defaultdict

from pyoxigraph import NamedNode

from kg.errors import DataError, UsageError
from kg.ontology import load_ontology
from kg.query import names
from kg.query.engine import Queryable
from kg.query.happenings import events_of, happenings
from kg.query.names import Candidate
from kg.query.portrait import Evidence, Portrait, Post, Tie
from kg.query.prefixes import compact, expand
from kg.query.rows import (
    IN_ARTICLE,
    ask,
    described,
    evidence,
    facts,
    in_order,
    is_true,
    number,
    sentence,
    texts,
    value,
)
from kg.query.saved import Kind
from kg.vocabulary import KG, OWL, SKOS, WGS84

_TIES = ("memberOf", "partOf", "residentOf", "capitalOf", "locatedIn")


def find_entity(source: Queryable, text: str) -> NamedNode:
    """The person, organisation, group or place that `text` names: a name, a CURIE or an IRI.

    An IRI may also be one that the entity is `owl:sameAs`. Raises `UsageError` where the text cannot name
    anything, `UnknownNameError` with near names, `AmbiguousNameError` with the choice, and `DataError`
    where the IRI is no such entity's.
    """
    if not text.strip():
        raise UsageError("the name is empty: give a name or an IRI")
    iri = expand(text.strip())
    if iri is None:
        return names.find(source, text, Kind.ENTITY, "ENTITY")
    try:
        node, *more = (NamedNode(one) for one in (iri, f"{iri}/", iri.removesuffix("/")))
    except ValueError as error:
        raise UsageError(f"{names.quoted(text)} is no IRI") from error
    same = " ".join(sorted({str(one) for one in (node, *more)}))
    rows = ask(
        source,
        f"SELECT DISTINCT ?thing WHERE {{ {{ VALUES ?thing {{ {node} }} }}"
        f" UNION {{ VALUES ?other {{ {same} }} ?thing owl:sameAs ?other }}"
        " VALUES ?class { kg:Agent kg:Place } ?thing a ?class }",
    )
    found = sorted(row["thing"].value for row in rows)
    if len(found) == 1:
        return NamedNode(found[0])
    if found:
        candidates = names.describe(source, found)
        raise names.AmbiguousNameError(f"ENTITY: {names.quoted(text)} is {len(found)} things", candidates)
    for other in names.describe(source, [iri]):
        if other.kind == "thing":
            continue
        message = (
            f"{names.quoted(text)} is of the class {other.kind}, no person, organization, group or place"
        )
        if other.kind in load_ontology().subclasses("Event"):
            message += f": ask for it with kg query evidence --param event={compact(iri)}"
        raise DataError(message)
    raise DataError(f"nothing in the graph has the IRI {names.quoted(text)}: try its name")


def portrait(source: Queryable, entity: NamedNode, *, limit: int | None = None) -> Portrait:
    """All that `source` holds of `entity`, with the first `limit` of its events."""
    (about,) = names.describe(source, [entity.value]) or (
        Candidate(label=compact(entity.value), kind="thing", place="", iri=entity.value),
    )
    known = facts(source, [entity])[entity.value]
    count, articles, issued = _mentions(source, entity)
    events = events_of(source, entity)
    return Portrait(
        iri=entity.value,
        label=about.label,
        kind=about.kind,
        names=tuple(name for name in texts(known[SKOS.altLabel]) if name != about.label),
        same_as=texts(known[OWL.sameAs]),
        confidence=number(known[KG.confidence]),
        reason=next(iter(texts(known[SKOS.editorialNote])), None),
        latitude=number(known[WGS84.lat]),
        longitude=number(known[WGS84.long]),
        around=_around(source, entity),
        posts=_posts(source, entity),
        ties=_ties(source, entity),
        mention_count=count,
        article_count=articles,
        first_issued=issued[0] if issued else None,
        last_issued=issued[-1] if issued else None,
        event_count=len(events),
        events=happenings(source, events[:limit]),
    )


def _around(source: Queryable, entity: NamedNode) -> tuple[Candidate, ...]:
    rows = ask(
        source,
        "SELECT ?place (COUNT(DISTINCT ?wider) AS ?depth)"
        f" WHERE {{ {entity} kg:locatedIn+ ?place . OPTIONAL {{ ?place kg:locatedIn+ ?wider }} }}"
        " GROUP BY ?place",
    )
    depth = {row["place"].value: int(row["depth"].value) for row in rows if row["place"] != entity}
    found = names.describe(source, depth)
    return tuple(sorted(found, key=lambda one: (-depth[one.iri], one)))


def _mentions(source: Queryable, entity: NamedNode) -> tuple[int, int, list[str]]:
    """How many mentions, in how many articles, and the articles' dates, sorted."""
    rows = list(
        ask(
            source,
            f"SELECT DISTINCT ?mention ?article ?issued WHERE {{ {entity} kg:hasMention ?mention ."
            " ?mention kg:inArticle ?article . OPTIONAL { ?article dcterms:issued ?issued } }",
        )
    )
    mentions = {row["mention"].value for row in rows}
    articles = {row["article"].value for row in rows}
    return len(mentions), len(articles), sorted({row["issued"].value for row in rows if row["issued"]})


def _posts(source: Queryable, entity: NamedNode) -> tuple[Post, ...]:
    rows = list(
        ask(
            source,
            "SELECT DISTINCT ?post ?title ?other ?former ?asOf ?inverse WHERE {"
            f" {{ {entity} kg:holdsPosition ?post . BIND(false AS ?inverse)"
            " OPTIONAL { ?post kg:positionAt ?other } }"
            f" UNION {{ ?other kg:holdsPosition ?post . ?post kg:positionAt {entity} ."
            " BIND(true AS ?inverse) }"
            " ?post rdfs:label ?title . OPTIONAL { ?post kg:former ?former }"
            " OPTIONAL { ?post kg:asOf ?asOf } }",
        )
    )
    others = described(source, (row["other"] for row in rows))
    told = evidence(source, "kg:hasMention", [row["post"] for row in rows])
    found = [
        Post(
            title=row["title"].value,
            former=is_true(row["former"]),
            as_of=value(row["asOf"]),
            inverse=is_true(row["inverse"]),
            other=others.get(row["other"].value) if row["other"] is not None else None,
            evidence=told.get(row["post"].value, ()),
        )
        for row in rows
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.inverse,
                one.former,
                one.title,
                one.other.label if one.other else "",
                one.as_of or "",
            ),
        )
    )


def _ties(source: Queryable, entity: NamedNode) -> tuple[Tie, ...]:
    """What it belongs to, and what belongs to it; of places in it only what the articles speak of."""
    relations = " ".join(f"kg:{name}" for name in _TIES)
    rows = list(
        ask(
            source,
            f"SELECT DISTINCT ?relation ?other ?inverse WHERE {{ VALUES ?relation {{ {relations} }}"
            f" {{ {entity} ?relation ?other . BIND(false AS ?inverse) }}"
            f" UNION {{ ?other ?relation {entity} . BIND(true AS ?inverse)"
            " FILTER EXISTS { ?other kg:hasMention ?mention } } }",
        )
    )
    others = described(source, (row["other"] for row in rows))
    told: dict[tuple[str, str, bool], set[Evidence]] = defaultdict(set)
    claims = ask(
        source,
        "SELECT DISTINCT ?relation ?other ?inverse ?sentence ?id ?issued ?title WHERE {"
        f" {{ {entity} kg:hasMention ?one . ?claim kg:subjectMention ?one ; kg:objectMention ?two ."
        " ?other kg:hasMention ?two . BIND(false AS ?inverse) }"
        f" UNION {{ {entity} kg:hasMention ?two . ?claim kg:objectMention ?two ; kg:subjectMention ?one ."
        " ?other kg:hasMention ?one . BIND(true AS ?inverse) }"
        f" ?claim kg:relation ?relation . {IN_ARTICLE.format('claim')} }}",
    )
    for row in claims:
        told[row["relation"].value, row["other"].value, is_true(row["inverse"])].add(sentence(row))
    found = [
        Tie(
            relation=row["relation"].value.removeprefix(KG.iri),
            inverse=is_true(row["inverse"]),
            other=others[row["other"].value],
            evidence=in_order(told[row["relation"].value, row["other"].value, is_true(row["inverse"])]),
        )
        for row in rows
        if row["other"].value in others
    ]
    return tuple(sorted(found, key=lambda one: (one.inverse, _TIES.index(one.relation), one.other)))
