"""The events that an entity has a part in, and their accounts."""

from __future__ import annotations

from collections import defaultdict

from pyoxigraph import NamedNode

from kg.query.engine import Queryable
from kg.query.portrait import Happening, Told
from kg.query.prefixes import compact
from kg.query.rows import (
    IN_ARTICLE,
    LAST,
    ask,
    described,
    facts,
    number,
    sentence,
    texts,
    value,
    whole,
)
from kg.vocabulary import KG, SKOS

_ROLES = (
    (KG.hasAgent, "agent"),
    (KG.hasTarget, "target"),
    (KG.accordingTo, "source"),
    (KG.hasPlace, "place"),
    (KG.hasOrigin, "origin"),
    (KG.hasDestination, "destination"),
)
_PLACE_ROLES = (KG.hasPlace, KG.hasOrigin, KG.hasDestination)
_FIGURES = ("killed", "wounded", "detained")


def events_of(source: Queryable, entity: NamedNode) -> list[tuple[str, tuple[str, ...]]]:
    """IRIs of the events that it has a part in, with its roles, in order of time, the undated last."""
    direct = " ".join(f"<{iri}>" for iri, _ in _ROLES)
    within = " ".join(f"<{iri}>" for iri in _PLACE_ROLES)
    rows = ask(
        source,
        "SELECT DISTINCT ?event ?role ?start ?end ?label WHERE {"
        f" {{ VALUES ?role {{ {direct} }} ?event ?role {entity} }}"
        f" UNION {{ VALUES ?role {{ {within} }} ?inner kg:locatedIn+ {entity} . ?event ?role ?inner }}"
        " ?event a kg:Event ; rdfs:label ?label ."
        " OPTIONAL { ?event kg:startDate ?start } OPTIONAL { ?event kg:endDate ?end } }",
    )
    roles: dict[str, set[str]] = defaultdict(set)
    order: dict[str, tuple[str, str, str, str]] = {}
    for row in rows:
        iri = row["event"].value
        roles[iri].add(row["role"].value)
        start, end = value(row["start"]), value(row["end"])
        key = (start or (f"{end}-{LAST}" if end else LAST), end or LAST, row["label"].value, iri)
        order[iri] = min(order.get(iri, key), key)
    return [
        (iri, tuple(name for role, name in _ROLES if role in roles[iri]))
        for iri in sorted(order, key=order.__getitem__)
    ]


def happenings(source: Queryable, events: list[tuple[str, tuple[str, ...]]]) -> tuple[Happening, ...]:
    nodes = [NamedNode(iri) for iri, _ in events]
    known = facts(source, nodes)
    about = described(source, nodes)
    parts = {iri for iri, _ in _ROLES}
    fillers = {term for one in known.values() for name in parts for term in one[name]}
    labels = {iri: one.label for iri, one in described(source, fillers).items()}
    accounts = _accounts(source, nodes)

    def filling(iri: str, role: str) -> tuple[str, ...]:
        return tuple(sorted({labels.get(one, compact(one)) for one in texts(known[iri][role])}))

    return tuple(
        Happening(
            iri=iri,
            label=about[iri].label,
            kind=about[iri].kind,
            roles=roles,
            status=next((one.removeprefix(KG.iri) for one in texts(known[iri][KG.status])), None),
            confidence=number(known[iri][KG.confidence]),
            start=next(iter(texts(known[iri][KG.startDate])), None),
            end=next(iter(texts(known[iri][KG.endDate])), None),
            agents=filling(iri, KG.hasAgent),
            targets=filling(iri, KG.hasTarget),
            places=filling(iri, KG.hasPlace),
            origins=filling(iri, KG.hasOrigin),
            destinations=filling(iri, KG.hasDestination),
            sources=filling(iri, KG.accordingTo),
            reason=next(iter(texts(known[iri][SKOS.editorialNote])), None),
            accounts=accounts.get(iri, ()),
        )
        for iri, roles in events
    )


def _accounts(source: Queryable, events: list[NamedNode]) -> dict[str, tuple[Told, ...]]:
    rows = list(
        ask(
            source,
            "SELECT DISTINCT ?event ?account ?begin ?status ?killed ?wounded ?detained ?quotation"
            f" ?sentence ?id ?issued ?title WHERE {{ VALUES ?event {{ {' '.join(map(str, events))} }}"
            " ?event kg:hasMention ?account . ?account a kg:EventMention ; nif:beginIndex ?begin ."
            f" {IN_ARTICLE.format('account')} OPTIONAL {{ ?account kg:status ?status }}"
            " OPTIONAL { ?account kg:quotation ?quotation }"
            + "".join(f" OPTIONAL {{ ?account kg:{name} ?{name} }}" for name in _FIGURES)
            + " }",
        )
    )
    wanted = " ".join(sorted({str(row["account"]) for row in rows}))
    speakers: dict[str, set[str]] = defaultdict(set)
    for row in ask(
        source,
        f"SELECT DISTINCT ?account ?name WHERE {{ VALUES ?account {{ {wanted} }}"
        " ?account kg:sourceMention ?mention . ?speaker kg:hasMention ?mention ; rdfs:label ?name ."
        " VALUES ?class { kg:Agent kg:Place } ?speaker a ?class }",
    ):
        speakers[row["account"].value].add(row["name"].value)
    found: dict[str, dict[tuple[str, str, int, str], Told]] = defaultdict(dict)
    for row in rows:
        told = Told(
            evidence=sentence(row),
            status=(value(row["status"]) or "").removeprefix(KG.iri) or None,
            sources=tuple(sorted(speakers[row["account"].value])),
            killed=whole(row["killed"]),
            wounded=whole(row["wounded"]),
            detained=whole(row["detained"]),
            quotation=value(row["quotation"]),
        )
        place = (told.evidence.issued or LAST, told.evidence.article, int(row["begin"].value))
        found[row["event"].value].setdefault((*place, row["account"].value), told)
    return {iri: tuple(told[key] for key in sorted(told)) for iri, told in found.items()}
