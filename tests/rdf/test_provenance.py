"""What an export and a run say of how they came to be is PROV, as the `prov` package reads it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import pytest
import sample
from prov.model import (
    ProvActivity,
    ProvAgent,
    ProvDocument,
    ProvElement,
    ProvEntity,
    ProvRecord,
    ProvRelation,
)
from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from kg.rdf.provenance import provenance_quads
from kg.rdf.runs import RunFacts, run_quads
from kg.rdf.settings import MappingSettings
from kg.vocabulary import PREFIXES

pytestmark = pytest.mark.filterwarnings(
    "ignore:Dataset.* is deprecated:DeprecationWarning"
)  # rdflib, of itself
SETTINGS = MappingSettings(model="model 3.8", program="1.2")
RUN = RunFacts(
    number=3,
    started="2031-05-04T10:00:00Z",
    ended="2031-05-04T10:00:07Z",
    inputs=("news/*.txt",),
    files=(("lexicon.yaml", "0a" * 32),),
    tools=(("newskg", "1.2"),),
)
# What kind of thing PROV asks for at an end of a relation (PROV-CONSTRAINTS, section 6.4, constraint 50).
ENDS = {
    "prov:entity": ProvEntity,
    "prov:generatedEntity": ProvEntity,
    "prov:usedEntity": ProvEntity,
    "prov:activity": ProvActivity,
    "prov:agent": ProvAgent,
}


def export() -> list[Triple]:
    """The provenance of an export."""
    return [quad.triple for quad in provenance_quads(sample.reduction(), SETTINGS)]


def run() -> list[Triple]:
    """A run, and the tools of the export beside it; an article's own graph says that it is an entity."""
    articles = [("one.txt", "1b" * 32), ("two.txt", "2c" * 32)]
    quads = [*run_quads(RUN, articles, SETTINGS.base_iri), *_articles(name for name, _ in articles)]
    return [*(quad.triple for quad in quads), *export()]


def _articles(names: Iterable[str]) -> Iterable[Quad]:
    head = f"@base <{SETTINGS.base_iri}article/> .\n"
    text = "".join(f"<{name}> a <{PREFIXES['prov']}Entity> .\n" for name in names)
    return parse((head + text).encode(), RdfFormat.TURTLE)


def document(triples: Iterable[Triple]) -> ProvDocument:
    """The triples as the `prov` package reads them."""
    text = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return ProvDocument.deserialize(content=text.decode(), format="rdf", rdf_format="nt")


def faults(found: ProvDocument) -> list[str]:
    """What PROV-CONSTRAINTS forbids: an end of another kind or of none, a time that runs backwards."""
    kinds: dict[str, set[type[ProvRecord]]] = defaultdict(set)
    for element in found.get_records(ProvElement):
        kinds[str(element.identifier)].add(type(element))
    wrong = []
    for relation in found.get_records(ProvRelation):
        for attribute, value in relation.formal_attributes:
            wanted = ENDS.get(str(attribute))
            if wanted and value is not None and wanted not in kinds[str(value)]:
                wrong.append(f"{attribute} {value} is no {wanted.__name__}")
    for activity in activities(found):
        begin, end = activity.get_startTime(), activity.get_endTime()
        if begin and end and end < begin:
            wrong.append(f"{activity.identifier} ends before it starts")
    return sorted(wrong)


def activities(found: ProvDocument) -> list[ProvActivity]:
    """The activities of a document."""
    return [each for each in found.get_records(ProvActivity) if isinstance(each, ProvActivity)]


def said(found: ProvDocument) -> list[str]:
    """The relations in PROV-N, sorted."""
    return sorted(relation.get_provn() for relation in found.get_records(ProvRelation))


def test_an_export_is_attributed_to_its_tools() -> None:
    found = document(export())
    assert faults(found) == []
    assert len(said(found)) == 2
    assert all(line.startswith("wasAttributedTo(") and "dataset" in line for line in said(found))
    agents = {str(agent.label) for agent in found.get_records(ProvAgent)}
    assert agents == {"newskg 1.2", "model 3.8"}
    assert activities(found) == [], "an export tells nothing of the run"


def test_a_run_used_files_and_generated_articles() -> None:
    found = document(run())
    assert faults(found) == []
    (activity,) = activities(found)
    assert str(activity.get_startTime()) < str(activity.get_endTime())
    assert Counter(line.partition("(")[0] for line in said(found)) == {
        "used": 3,
        "wasGeneratedBy": 2,
        "wasDerivedFrom": 2,
        "wasAssociatedWith": 1,
        "wasAttributedTo": 2,
    }


@pytest.mark.parametrize("triples", [export, run])
def test_nothing_is_lost_on_the_way_there_and_back(triples: Callable[[], list[Triple]]) -> None:
    found = document(triples())
    again = ProvDocument.deserialize(content=found.serialize(format="json"), format="json")
    assert again == found


@pytest.mark.parametrize(
    ("turtle", "fault"),
    [
        ("<x> a prov:Entity ; prov:wasAttributedTo <y> . <y> a prov:Entity .", "y is no ProvAgent"),
        ("<x> a prov:Entity ; prov:wasAttributedTo <y> .", "y is no ProvAgent"),
        ("<x> a prov:Entity ; prov:wasGeneratedBy <y> . <y> a prov:Agent .", "y is no ProvActivity"),
        (
            '<x> a prov:Activity ; prov:startedAtTime "2031-01-02T00:00:00Z"^^xsd:dateTime ;'
            ' prov:endedAtTime "2031-01-01T00:00:00Z"^^xsd:dateTime .',
            "x ends before it starts",
        ),
    ],
)
def test_the_rules_can_fail(turtle: str, fault: str) -> None:
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    text = f"@base <https://example.org/> .\n{head}{turtle}"
    (found,) = faults(document(quad.triple for quad in parse(text.encode(), RdfFormat.TURTLE)))
    assert fault in found.replace("ns1:", "")
