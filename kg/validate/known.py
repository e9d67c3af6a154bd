"""Which classes things are of, for millions of things in little memory: ten bytes for each."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise


class KnownClasses:
    """IRIs by their hashes, each with the set of its classes, of which there are few.

    Two IRIs with one hash (64 bits) would be taken for each other, which is as good as never.
    """

    def __init__(self) -> None:
        self._hashes = array("q")
        self._sets = array("H")
        self._table: list[tuple[bytes, ...]] = []
        self._numbers: dict[tuple[bytes, ...], int] = {}

    def add(self, iri: bytes, classes: Iterable[bytes]) -> None:
        """Says that `iri` is of these classes."""
        key = tuple(sorted(classes))
        number = self._numbers.setdefault(key, len(self._table))
        if number == len(self._table):
            self._table.append(key)
        self._hashes.append(hash(iri))
        self._sets.append(number)

    def settle(self) -> None:
        """Makes ready for `classes`, after the last `add`."""
        order = sorted(range(len(self._hashes)), key=self._hashes.__getitem__)
        self._hashes = array("q", (self._hashes[at] for at in order))
        self._sets = array("H", (self._sets[at] for at in order))

    def classes(self, iri: bytes) -> tuple[bytes, ...]:
        """The classes of `iri`; none where it was not added."""
        wanted = hash(iri)
        at = bisect_left(self._hashes, wanted)
        found = at < len(self._hashes) and self._hashes[at] == wanted
        return self._table[self._sets[at]] if found else ()


class Repeated:
    """Counts IRIs by their hashes, and says which came more than once."""

    def __init__(self) -> None:
        self._hashes = array("q")

    def add(self, iri: bytes) -> None:
        """Takes an IRI."""
        self._hashes.append(hash(iri))

    def hashes(self) -> frozenset[int]:
        """The hashes of those that came more than once."""
        ordered = sorted(self._hashes)
        return frozenset(one for one, other in pairwise(ordered) if one == other)
