"""The smallest wrong part of a set."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kg.reason.shrink import smallest

SETS = st.sets(st.integers(0, 30), min_size=1, max_size=4)


@given(st.lists(SETS, min_size=1, max_size=4))
def test_a_part_that_is_wrong_and_no_less(wrong: list[set[int]]) -> None:
    def is_wrong(some: Sequence[int]) -> bool:
        return any(each <= set(some) for each in wrong)

    found = smallest(range(31), is_wrong)
    assert is_wrong(found) and found == sorted(found)
    assert not any(is_wrong([each for each in found if each != left]) for left in found)


def test_it_asks_little() -> None:
    asked = 0

    def is_wrong(some: Sequence[int]) -> bool:
        nonlocal asked
        asked += 1
        return {17, 900} <= set(some)

    assert smallest(range(1024), is_wrong) == [17, 900]
    assert asked < 60


def test_nothing_needs_no_shrinking() -> None:
    assert smallest([1, 2], lambda _some: True) == []
