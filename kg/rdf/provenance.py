"""How a graph came to be (PROV-O): what is the same on every run, so no times, hosts or paths."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from kg.model import AppliedCorrection, Reduction
from kg.ontology import load_ontology
from kg.rdf.description import Description
from kg.rdf.iris import Minter
from kg.rdf.settings import MappingSettings
from kg.rdf.terms import node, partial_date, text
from kg.vocabulary import DCTERMS, ONTOLOGY, PROV, RDF, RDFS, SCHEMA

GEONAMES_CREDIT = "Places: GeoNames (https://www.geonames.org), licensed under CC BY 4.0"
"""The credit that the licence of GeoNames' data asks for."""


def provenance_quads(reduction: Reduction, settings: MappingSettings) -> Iterator[Quad]:
    """The graph of provenance: the dataset, what made it, what it conforms to, whom it owes credit.

    The credit is there where a place of `reduction` is linked, and so are the readers' corrections of it.
    """
    ids = Minter(settings.base_iri)
    version = load_ontology().version
    ontology = f"{ONTOLOGY}/{version}"
    dataset = Description(ids.dataset())
    dataset.link(RDF.type, [PROV.Entity])
    dataset.link(DCTERMS.conformsTo, [ontology])
    tools = [_tool(ids, "newskg", settings.program_version)]
    if settings.model:
        name, _, model_version = settings.model.partition(" ")
        tools.append(_tool(ids, name, model_version.strip() or "unknown"))
    dataset.link(PROV.wasAttributedTo, (tool.iri for tool in tools))
    if any(entity.link is not None and entity.link.place is not None for entity in reduction.entities):
        dataset.add(DCTERMS.rights, text(GEONAMES_CREDIT))
    described = Description(ontology)
    described.link(RDF.type, [PROV.Entity])
    described.add(RDFS.label, text(f"newskg ontology {version}"))
    graph = ids.graph("provenance")
    corrections = (_correction(ids, each) for each in reduction.corrections)
    readers = (_reader(ids, name) for name in sorted({each.by for each in reduction.corrections}))
    tools.sort(key=lambda tool: tool.iri)
    for each in (dataset, *tools, described, *corrections, *readers):
        yield from each.quads(graph)


def _correction(ids: Minter, correction: AppliedCorrection) -> Description:
    """A reader's correction, as an activity of that reader."""
    described = Description(ids.entity(correction.id))
    described.types("Correction")
    described.add(RDFS.label, text(correction.label))
    described.link(PROV.wasAssociatedWith, [ids.reader(correction.by)])
    described.add(DCTERMS.description, text(correction.why))
    if correction.when is not None:
        described.add(DCTERMS.date, partial_date(correction.when))
    described.link(DCTERMS.subject, correction.properties)
    described.link(PROV.used, (ids.mention(ref.article, ref.key) for ref in correction.mentions))
    return described


def _reader(ids: Minter, name: str) -> Description:
    described = Description(ids.reader(name))
    described.add(RDF.type, node(PROV.Agent))
    described.add(RDFS.label, text(name))
    return described


def _tool(ids: Minter, name: str, version: str) -> Description:
    described = Description(ids.tool(name, version))
    described.link(RDF.type, [PROV.Agent, PROV.SoftwareAgent])
    described.add(RDFS.label, text(f"{name} {version}"))
    described.add(SCHEMA.softwareVersion, text(version))
    return described
