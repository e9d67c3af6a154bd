"""The crosswalk of event classes to PLOVER 2.0 and ACLED."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import DefaultGraph, QuerySolutions, Store

from kg.ontology import load_ontology
from kg.ontology.owl import ontology_files
from kg.vocabulary import PREFIXES

HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
CODEBOOK = "https://w3id.org/newskg/codebook/"


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    for path in ontology_files():
        store.load(path=path, to_graph=DefaultGraph())
    return store


def rows(store: Store, where: str) -> list[tuple[str, ...]]:
    """What `where` binds, in the order of its variables."""
    names = list(dict.fromkeys(re.findall(r"\?(\w+)", where)))
    found = store.query(
        f"{HEAD} SELECT DISTINCT {' '.join('?' + name for name in names)} WHERE {{ {where} }}"
    )
    assert isinstance(found, QuerySolutions)
    return [tuple(row[name].value for name in names) for row in found]


def test_the_schemes_are_whole(store: Store) -> None:
    plover = rows(store, f"?c skos:inScheme <{CODEBOOK}plover> ; skos:notation ?n ; skos:topConceptOf ?s")
    assert len(plover) == 16
    top = rows(store, f"?c skos:inScheme <{CODEBOOK}acled> ; skos:notation ?n ; skos:topConceptOf ?s")
    below = rows(store, f"?c skos:inScheme <{CODEBOOK}acled> ; skos:notation ?n ; skos:broader ?s")
    assert (len(top), len(below)) == (6, 25)
    assert {row[-1] for row in below} <= {row[0] for row in top}


def test_every_concept_has_one_label(store: Store) -> None:
    labels = rows(store, "?c skos:inScheme ?s ; skos:prefLabel ?l")
    assert len(labels) == len({row[0] for row in labels}) == 16 + 31


def test_every_event_class_answers_to_a_concept(store: Store) -> None:
    matched = rows(
        store,
        "VALUES ?p { skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch }"
        " ?k ?p ?c . ?c skos:inScheme ?s",
    )
    iri = PREFIXES["kg"]
    names = {value.removeprefix(iri) for row in matched for value in row if value.startswith(iri)}
    assert names == set(load_ontology().event_classes())


def test_every_match_is_of_a_concept_that_exists(store: Store) -> None:
    dangling = rows(
        store,
        "VALUES ?p { skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch }"
        " ?k ?p ?c FILTER NOT EXISTS { ?c a skos:Concept }",
    )
    assert dangling == []
