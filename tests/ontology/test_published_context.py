"""The published context of JSON-LD says what the ontology says."""

from __future__ import annotations

import json

from context_file import PATH, generated

from kg.ontology import load_ontology
from kg.rdf.json_ld import load_context
from kg.vocabulary import KG


def test_the_file_is_current() -> None:
    assert PATH.read_text(encoding="utf-8") == generated(), "the context is stale: run 'make docs'"


def test_every_term_of_ours_has_its_name() -> None:
    names = load_context().names
    assert {KG.iri + name: name for name in load_ontology().terms}.items() <= names.items()


def test_no_name_means_two_things() -> None:
    pairs = json.loads(PATH.read_text(encoding="utf-8"), object_pairs_hook=list)[0][1]
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names))
    assert len(load_context().names) == len(set(load_context().names.values()))
