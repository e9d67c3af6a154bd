"""The examples in the docstrings of the ontology, the mapping and the check."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize(
    "name",
    [
        "kg.vocabulary",
        "kg.ontology.reading",
        "kg.rdf.iris",
        "kg.rdf.terms",
        "kg.rdf.formats",
        "kg.validate.report",
    ],
)
def test_examples(name: str) -> None:
    failed, tried = doctest.testmod(import_module(name))
    assert tried and not failed
