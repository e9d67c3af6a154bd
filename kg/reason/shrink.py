"""A smallest part of a set of statements that is wrong by itself (QuickXplain; Junker, AAAI 2004)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def smallest(items: Sequence[T], is_wrong: Callable[[Sequence[T]], bool]) -> list[T]:
    """A part of `items` that `is_wrong`, while nothing less than it is; in their order.

    `is_wrong` must hold for `items`, and for all that holds a part for which it does. It is asked about
    2 k log(n / k) times for k of n items.

    >>> smallest([5, 1, 8, 3, 9], lambda some: sum(some) >= 17)
    [8, 9]
    """
    items = list(items)
    if is_wrong([]):
        return []

    def wrong(indices: list[int]) -> bool:
        return is_wrong([items[index] for index in sorted(indices)])

    def search(given: list[int], fresh: bool, among: list[int]) -> list[int]:
        if fresh and wrong(given):
            return []
        if len(among) == 1:
            return among
        half = len(among) // 2
        first, second = among[:half], among[half:]
        of_second = search(given + first, bool(first), second)
        of_first = search(given + of_second, bool(of_second), first)
        return of_first + of_second

    return [items[index] for index in sorted(search([], False, list(range(len(items)))))]
