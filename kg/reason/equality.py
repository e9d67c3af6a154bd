"""Individuals with several names: what `owl:sameAs` and functional properties make one, and why."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable

from kg.reason.axioms import SAME_AS, Axioms
from kg.reason.statements import Statement


class Equality:
    """Groups of names of one individual; a name that is in none stands for itself."""

    def __init__(self, axioms: Axioms, statements: Iterable[Statement]) -> None:
        self._first: dict[str, str] = {}
        self._links: dict[str, list[tuple[str, tuple[Statement, ...]]]] = defaultdict(list)
        functional: list[Statement] = []
        for statement in statements:
            subject, predicate, value = statement
            if not isinstance(value, str):
                continue
            if predicate == SAME_AS:
                self._join(subject, value, (statement,))
            elif any(role.property in axioms.functional for role in axioms.implied.get(predicate, ())):
                functional.append(statement)
        while self._merge_values(axioms, functional):
            pass

    def first(self, name: str) -> str:
        """The name that stands for the group of `name`."""
        while (above := self._first.get(name, name)) != name:
            name = above
        return name

    def names(self) -> dict[str, list[str]]:
        """The groups of more than one name, by the one that stands for them."""
        groups: dict[str, list[str]] = defaultdict(list)
        for name in self._links:
            groups[self.first(name)].append(name)
        return groups

    def why(self, one: str, other: str) -> tuple[Statement, ...]:
        """The statements that make two names of a group one; none where they are the same name."""
        seen: dict[str, tuple[str, tuple[Statement, ...]] | None] = {one: None}
        queue = deque([one])
        while queue and other not in seen:
            name = queue.popleft()
            for beside, reasons in self._links[name]:
                if beside not in seen:
                    seen[beside] = (name, reasons)
                    queue.append(beside)
        found: list[Statement] = []
        step = seen.get(other)
        while step:
            found += step[1]
            step = seen[step[0]]
        return tuple(dict.fromkeys(found))

    def _join(self, one: str, other: str, reasons: tuple[Statement, ...]) -> bool:
        self._links[one].append((other, reasons))
        self._links[other].append((one, reasons))
        first, second = sorted((self.first(one), self.first(other)))
        self._first[second] = first
        return first != second

    def _merge_values(self, axioms: Axioms, functional: list[Statement]) -> bool:
        """One pass: what a functional property gives one subject twice is one."""
        known: dict[tuple[str, str], Statement] = {}
        merged = False
        for statement in functional:
            assert isinstance(statement.value, str)
            for role in axioms.implied[statement.predicate]:
                if role.property not in axioms.functional:
                    continue
                subject, value = statement.subject, statement.value
                if role.inverse:
                    subject, value = value, subject
                earlier = known.setdefault((role.property, self.first(subject)), statement)
                other = earlier.subject if role.inverse else earlier.value
                assert isinstance(other, str)
                if self.first(other) != self.first(value):
                    before = earlier.value if role.inverse else earlier.subject
                    assert isinstance(before, str)
                    why = self.why(before, subject)
                    merged |= self._join(other, value, (earlier, statement, *why))
        return merged
