"""The terms that may be written: a closed namespace for each vocabulary, as plain IRIs.

A misspelt term is an `AttributeError` where the program runs and an error of the type checker before.
A test holds `KG` equal to the terms of ``ontology/kg.ttl``. No RDF library is imported here, so that
every layer may use it.

>>> KG.hasAgent
'https://w3id.org/newskg/ontology#hasAgent'
>>> KG.hasAgnet
Traceback (most recent call last):
...
AttributeError: type object 'KG' has no attribute 'hasAgnet'
"""

# ruff: noqa: N815 - the names are those of the vocabularies.

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from kg.errors import DataError


class _Terms(type):
    """Makes each annotated name of a vocabulary's class its IRI."""

    iri: str
    _known: frozenset[str]

    def __new__(mcs, name: str, bases: tuple[type, ...], members: dict[str, object], iri: str = "") -> _Terms:
        names = members.get("__annotations__", {})
        assert isinstance(names, dict)
        members.update({term: iri + term for term in names})
        members["_names"] = tuple(names)
        members["_known"] = frozenset(names)
        members["iri"] = iri
        return super().__new__(mcs, name, bases, members)

    def __init__(cls, name: str, bases: tuple[type, ...], members: dict[str, object], **_: object) -> None:
        super().__init__(name, bases, members)

    def __iter__(cls) -> Iterator[str]:
        """The IRIs of the terms, in the order of the file."""
        return (cls.iri + name for name in cls.names)

    @property
    def names(cls) -> tuple[str, ...]:
        """The local names of the terms."""
        found: tuple[str, ...] = cls.__dict__["_names"]
        return found

    def term(cls, name: str) -> str:
        """The IRI of the term that data calls `name`.

        Raises `DataError` where the vocabulary has no such term.
        """
        if name not in cls._known:
            near = get_close_matches(name, cls.names, n=1)
            hint = f"did you mean '{near[0]}'?" if near else "look at ontology/kg.ttl for those it has"
            raise DataError(f"the vocabulary <{cls.iri}> has no term '{name}': {hint}")
        return cls.iri + name


class KG(metaclass=_Terms, iri="https://w3id.org/newskg/ontology#"):
    """The newskg ontology."""

    Article: str
    Mention: str
    EntityMention: str
    NamedMention: str
    NominalMention: str
    PronounMention: str
    TimeMention: str
    EventMention: str
    RelationMention: str
    Agent: str
    Person: str
    Organization: str
    ArmedGroup: str
    MilitaryUnit: str
    GovernmentBody: str
    PoliticalParty: str
    NewsOrganization: str
    InternationalOrganization: str
    Company: str
    Group: str
    Place: str
    Country: str
    AdministrativeArea: str
    Province: str
    District: str
    PopulatedPlace: str
    Facility: str
    Region: str
    Position: str
    Correction: str
    Status: str
    Asserted: str
    Claimed: str
    Denied: str
    Planned: str
    Possible: str
    Event: str
    Capture: str
    Battle: str
    Attack: str
    Bombing: str
    Airstrike: str
    Killing: str
    Withdrawal: str
    Mobilization: str
    Movement: str
    Displacement: str
    Statement: str
    Threat: str
    Accusation: str
    Request: str
    Meeting: str
    Agreement: str
    Ceasefire: str
    Detention: str
    Release: str
    Seizure: str
    Destruction: str
    LegalAction: str
    Protest: str
    Election: str
    Appointment: str
    Resignation: str
    Sanction: str
    Aid: str
    hasMention: str
    inArticle: str
    sentence: str
    confidence: str
    status: str
    agentMention: str
    targetMention: str
    placeMention: str
    originMention: str
    destinationMention: str
    sourceMention: str
    timeMention: str
    killed: str
    wounded: str
    detained: str
    casualtyText: str
    quotation: str
    about: str
    hasParticipant: str
    hasAgent: str
    hasTarget: str
    hasPlace: str
    hasOrigin: str
    hasDestination: str
    accordingTo: str
    datedBy: str
    witnesses: str
    copiedMention: str
    startDate: str
    endDate: str
    holdsPosition: str
    positionAt: str
    asOf: str
    former: str
    memberOf: str
    residentOf: str
    partOf: str
    locatedIn: str
    capitalOf: str
    subjectMention: str
    relation: str
    objectMention: str


class RDF(metaclass=_Terms, iri="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """What is written of `rdf:`."""

    type: str


class RDFS(metaclass=_Terms, iri="http://www.w3.org/2000/01/rdf-schema#"):
    """What is written of `rdfs:`."""

    label: str
    comment: str
    subClassOf: str
    subPropertyOf: str
    isDefinedBy: str


class OWL(metaclass=_Terms, iri="http://www.w3.org/2002/07/owl#"):
    """What is written of `owl:`."""

    Class: str
    ObjectProperty: str
    DatatypeProperty: str
    AnnotationProperty: str
    Ontology: str
    deprecated: str
    sameAs: str
    versionIRI: str
    versionInfo: str


class XSD(metaclass=_Terms, iri="http://www.w3.org/2001/XMLSchema#"):
    """What is written of `xsd:`."""

    boolean: str
    date: str
    dateTime: str
    decimal: str
    gYear: str
    gYearMonth: str
    integer: str
    string: str


class SKOS(metaclass=_Terms, iri="http://www.w3.org/2004/02/skos/core#"):
    """What is written of `skos:`, and read of it in gazetteers."""

    altLabel: str
    broader: str
    definition: str
    editorialNote: str
    exactMatch: str
    hiddenLabel: str
    narrower: str
    prefLabel: str


class DCTERMS(metaclass=_Terms, iri="http://purl.org/dc/terms/"):
    """What is written of `dcterms:`."""

    conformsTo: str
    date: str
    description: str
    identifier: str
    isReplacedBy: str
    issued: str
    rights: str
    source: str
    subject: str
    title: str
    type: str


class NIF(metaclass=_Terms, iri="http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"):
    """What is written of `nif:`."""

    anchorOf: str
    beginIndex: str
    endIndex: str
    isString: str


class PROV(metaclass=_Terms, iri="http://www.w3.org/ns/prov#"):
    """What is written of `prov:`."""

    Activity: str
    Agent: str
    Entity: str
    SoftwareAgent: str
    endedAtTime: str
    startedAtTime: str
    used: str
    wasAssociatedWith: str
    wasAttributedTo: str
    wasDerivedFrom: str
    wasGeneratedBy: str
    wasInfluencedBy: str


class SCHEMA(metaclass=_Terms, iri="https://schema.org/"):
    """What is written of `schema:`."""

    publisher: str
    sha256: str
    softwareVersion: str


class GEO(metaclass=_Terms, iri="http://www.opengis.net/ont/geosparql#"):
    """What is written of `geo:`."""

    Geometry: str
    asWKT: str
    hasGeometry: str
    wktLiteral: str


class WGS84(metaclass=_Terms, iri="http://www.w3.org/2003/01/geo/wgs84_pos#"):
    """What is written of `wgs84:`."""

    lat: str
    long: str


ONTOLOGY = KG.iri.removesuffix("#")
"""The IRI of the ontology, which is also the name of its graph."""

PREFIXES = {
    "kg": KG.iri,
    "nif": NIF.iri,
    "gaf": "http://groundedannotationframework.org/gaf#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "prov": PROV.iri,
    "schema": SCHEMA.iri,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "geo": GEO.iri,
    "wgs84": WGS84.iri,
    "time": "http://www.w3.org/2006/time#",
    "gn": "http://www.geonames.org/ontology#",
    "dcterms": DCTERMS.iri,
    "skos": SKOS.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "owl": OWL.iri,
    "xsd": XSD.iri,
}
"""Prefix -> namespace, as the exports and the saved queries have them."""
