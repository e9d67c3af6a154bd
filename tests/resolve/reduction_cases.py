"""Digests built by hand, and the rules that they are reduced by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kg.model import Entity, Event, Link, Place, Reduction
from kg.resolve.digest import Digest, DigestAccount, DigestChain
from kg.resolve.reduction import reduce
from kg.resolve.rules import Rules, shipped_rules

DEMONYMS = {"ardan": "XA", "borian": "XB"}
RULES: Rules = replace(shipped_rules(), demonyms=DEMONYMS)


def person(name: str, *names: str, **more: Any) -> dict[str, Any]:
    return {"kind": "Person", "name": name, "names": names, **more}


def body(name: str, *names: str, **more: Any) -> dict[str, Any]:
    return {"kind": "Organization", "name": name, "names": names, **more}


def group(name: str, **more: Any) -> dict[str, Any]:
    return {"kind": "Group", "name": name, "named": False, **more}


def place(
    name: str, id_: str | None = None, country: str = "XA", kind: str = "PopulatedPlace", **more: Any
) -> Any:
    """A place, linked where it has an id; `parents` and `capital_of` are those of the gazetteer."""
    link = None
    if id_ is not None:
        around = {key: more.pop(key) for key in ("parents", "capital_of") if key in more}
        where = Place(id=id_, name=name, kind=kind, country=country, **around)
        link = Link(
            id=f"geonames/{id_}", label=name, kind=kind, confidence=0.9, reason="by name", place=where
        )
    return {"kind": kind, "name": name, "link": link, **more}


def article(
    id_: str, chains: Sequence[dict[str, Any]], accounts: Sequence[dict[str, Any]] = (), **more: Any
) -> Digest:
    """An article whose chains and accounts are numbered in order; a chain has one mention, ``m0``, ``m1``…"""
    return Digest(
        article=id_,
        chains=tuple(
            DigestChain(id=number, mentions=(f"m{number}",), **chain) for number, chain in enumerate(chains)
        ),
        accounts=tuple(
            DigestAccount(**{"key": f"e{number}", **each}) for number, each in enumerate(accounts)
        ),
        **more,
    )


def reduced(*digests: Digest, **more: Any) -> Reduction:
    return reduce(digests, rules=RULES, **more)


def named(reduction: Reduction, label: str) -> list[Entity]:
    return [entity for entity in reduction.entities if entity.label == label]


def of(reduction: Reduction, article_: str, chain: int) -> Entity:
    """The entity of the only mention of a chain."""
    found = [
        entity
        for entity in reduction.entities
        if any(ref.article == article_ and ref.key == f"m{chain}" for ref in entity.mentions)
    ]
    assert len(found) == 1
    return found[0]


def groups(reduction: Reduction) -> list[list[str]]:
    """Which accounts are one event, as ``article:key``."""
    return sorted(sorted(f"{ref.article}:{ref.key}" for ref in event.mentions) for event in reduction.events)


def event_of(reduction: Reduction, article_: str, key: str) -> Event:
    found = [e for e in reduction.events if any(r.article == article_ and r.key == key for r in e.mentions)]
    assert len(found) == 1
    return found[0]
