"""A run as RDF (PROV-O): when it read which articles with what. For a store only, never for an export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, Quad

from kg.rdf.description import Description
from kg.rdf.iris import Minter
from kg.rdf.terms import node, text
from kg.vocabulary import PROV, RDF, RDFS, SCHEMA, XSD

RUNS = "runs"
"""The name of the graph of runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """One run. Times are ISO 8601 in UTC; `inputs` as they were given, `files` pairs a path with its SHA-256.

    `tools` pairs a program or a model with its version.
    """

    number: int
    started: str
    ended: str | None = None
    inputs: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    tools: tuple[tuple[str, str], ...] = ()


def run_quads(facts: RunFacts, articles: Iterable[tuple[str, str]], base_iri: str) -> Iterator[Quad]:
    """The run, what it used, and each of `articles` (identifier, SHA-256 of its content) that it read."""
    ids = Minter(base_iri)
    run = Description(ids.entity(f"run/{facts.number}"))
    run.link(RDF.type, [PROV.Activity])
    run.add(PROV.startedAtTime, _time(facts.started))
    if facts.ended is not None:
        run.add(PROV.endedAtTime, _time(facts.ended))
    run.link(PROV.wasAssociatedWith, (ids.tool(name, version) for name, version in facts.tools))
    for given in facts.inputs:
        run.add(RDFS.comment, text(f"input: {given}"))
    described = [run]
    for path, digest in facts.files:
        used = _content(digest)
        used.add(RDFS.label, text(path))
        run.link(PROV.used, [used.iri])
        described.append(used)
    for identifier, digest in articles:
        used = _content(digest)
        run.link(PROV.used, [used.iri])
        article = Description(ids.article(identifier))
        article.link(PROV.wasGeneratedBy, [run.iri])
        article.link(PROV.wasDerivedFrom, [used.iri])
        described += [used, article]
    graph = ids.graph(RUNS)
    for each in sorted(described, key=lambda one: one.iri):
        yield from each.quads(graph)


def _content(digest: str) -> Description:
    used = Description(f"urn:sha256:{digest}")
    used.link(RDF.type, [PROV.Entity])
    used.add(SCHEMA.sha256, text(digest))
    return used


def _time(moment: str) -> Literal:
    return Literal(moment, datatype=node(XSD.dateTime))
