"""The examples in the docstrings of the exports are run."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from kg.export import codebook, periods


@pytest.mark.parametrize("module", [codebook, periods], ids=lambda module: module.__name__)
def test_examples(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
