"""Individuals with several names: what `owl:sameAs` and functional properties make one, and why."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.reason.axioms import DIFFERENT_FROM, SAME_AS, Axioms
from kg.reason.statements import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two names, said to be different, that `statements` make one; `alike` counts more such of `subject`."""

    subject: str
    names: tuple[str, str]
    statements: tuple[Statement, ...]
    alike: int = 0


class Equality:
    """Groups of names of one individual; a name that is in none stands for itself."""

    def __init__(self, axioms: Axioms, statements: Iterable[Statement]) -> None:
        self._axioms = axioms
        self._first: dict[str, str] = {}
        self._links: dict[str, list[tuple[str, tuple[Statement, ...]]]] = defaultdict(list)
        self._different: dict[frozenset[str], Statement] = {}
        self._functional: list[Statement] = []
        for statement in statements:
            subject, predicate, value = statement
            if not isinstance(value, str):
                continue
            if predicate == SAME_AS:
                self._join(subject, value, (statement,))
            elif predicate == DIFFERENT_FROM:
                self._different.setdefault(frozenset({subject, value}), statement)
            elif any(role.property in axioms.functional for role in axioms.implied.get(predicate, ())):
                self._functional.append(statement)
        self._conflicts: dict[tuple[str, str], list[Conflict]] = {}
        while self._merge_values():
            pass

    def first(self, name: str) -> str:
        """The name that stands for the group of `name`."""
        while (above := self._first.get(name, name)) != name:
            name = above
        return name

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

    def conflicts(self) -> list[Conflict]:
        """The names that are one and are said to be different."""
        found = [replace(first, alike=len(rest)) for first, *rest in self._conflicts.values()]
        for statement in self._different.values():
            subject, _, value = statement
            assert isinstance(value, str)
            if self.first(subject) == self.first(value):
                why = (*self.why(subject, value), statement)
                found.append(Conflict(subject=subject, names=(subject, value), statements=why))
        return found

    def _join(self, one: str, other: str, reasons: tuple[Statement, ...]) -> bool:
        self._links[one].append((other, reasons))
        self._links[other].append((one, reasons))
        first, second = sorted((self.first(one), self.first(other)))
        self._first[second] = first
        return first != second

    def _merge_values(self) -> bool:
        """One pass: what a functional property gives one subject twice is one, or a conflict."""
        known: dict[tuple[str, str], tuple[Statement, str, str]] = {}
        self._conflicts = {}
        merged = False
        for statement in self._functional:
            assert isinstance(statement.value, str)
            for role in self._axioms.implied[statement.predicate]:
                if role.property not in self._axioms.functional:
                    continue
                subject, value = statement.subject, statement.value
                if role.inverse:
                    subject, value = value, subject
                key = (role.property, self.first(subject))
                earlier, whose, other = known.setdefault(key, (statement, subject, value))
                if self.first(other) == self.first(value):
                    continue
                reasons = (earlier, statement, *self.why(whose, subject))
                if different := self._different.get(frozenset({other, value})):
                    conflict = Conflict(
                        subject=subject, names=(other, value), statements=(*reasons, different)
                    )
                    self._conflicts.setdefault(key, []).append(conflict)
                else:
                    merged |= self._join(other, value, reasons)
        return merged
