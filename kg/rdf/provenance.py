"""How a graph came to be (PROV-O): what is the same on every run, so no times, hosts or paths."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from kg.model import Reduction
from kg.ontology import load_ontology
from kg.rdf.description import Description
from kg.rdf.iris import Minter
from kg.rdf.settings import MappingSettings
from kg.rdf.terms import node, text
from kg.vocabulary import DCTERMS, ONTOLOGY, PROV, RDF, RDFS, SCHEMA

GEONAMES_CREDIT = "Places: GeoNames (https://www.geonames.org), licensed under CC BY 4.0"
"""The credit that the licence of GeoNames' data asks for."""


def provenance_quads(reduction: Reduction, settings: MappingSettings) -> Iterator[Quad]:
    """The graph of provenance: the dataset, what made it, what it conforms to, whom it owes credit.

    The credit is there where a place of `reduction` is linked.
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
    for each in (dataset, *sorted(tools, key=lambda tool: tool.iri), described):
        yield from each.quads(graph)


def _tool(ids: Minter, name: str, version: str) -> Description:
    described = Description(ids.tool(name, version))
    described.add(RDF.type, node(PROV.SoftwareAgent))
    described.add(RDFS.label, text(f"{name} {version}"))
    described.add(SCHEMA.softwareVersion, text(version))
    return described
