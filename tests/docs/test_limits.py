"""The README lists the limits as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.limits import LIMITS, Limit

README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_a_limit_is_documented(limit: Limit) -> None:
    row = f"| `{limit.name}` | {limit.default:,} | {limit.counts} |"
    assert row in README.read_text(encoding="utf-8").splitlines()
