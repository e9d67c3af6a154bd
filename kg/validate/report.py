"""What a check found: violations, each with its node, its rule and a message."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import DataError
from kg.vocabulary import PREFIXES

_LONGEST_VALUE = 100
_LEXICAL = re.compile(r'"(.*)"(?:@[\w-]+|\^\^<[^>]*>)?', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """One node that breaks one shape.

    `node` and `value` are terms in N-Triples syntax (an IRI without its brackets), `shape` is the IRI of the
    shape, `component` that of the constraint component (SHACL, section 4). `value` is what broke the
    shape, None where something is missing. `severity` is the local name of one of SHACL's.
    """

    node: str
    shape: str
    message: str
    value: str | None = None
    component: str = ""
    severity: str = "Violation"

    @property
    def rule(self) -> str:
        """The local name of the shape: what a report names it by."""
        return re.split(r"[#/]", self.shape)[-1]

    def __str__(self) -> str:
        """One line: the node, what is wrong with it, what was found, the rule's name."""
        found = ""
        if self.value is not None and self.value != self.node and not self._is_told(self.value):
            found = f" (found {shortened(short(self.value))})"
        return f"{self.node} {' '.join(self.message.split())}{found} [{self.rule}]"

    def _is_told(self, value: str) -> bool:
        """Whether the message, one of a query, says itself what was found."""
        lexical = _LEXICAL.fullmatch(value)
        return (lexical[1] if lexical else value) in self.message


class InvalidGraphError(DataError):
    """A graph that was made breaks the shapes; `violations` are how, sorted, the message says where it is."""

    def __init__(self, message: str, violations: tuple[Violation, ...]) -> None:
        super().__init__(message)
        self.violations = violations


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of a check: `violations`, sorted, of a graph of `triples`."""

    triples: int
    violations: tuple[Violation, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether there is no violation."""
        return not self.violations

    def rules(self) -> dict[str, int]:
        """How often each rule was broken, by its name."""
        found: dict[str, int] = {}
        for violation in self.violations:
            found[violation.rule] = found.get(violation.rule, 0) + 1
        return dict(sorted(found.items()))

    def broken(self) -> str:
        """The rules that are broken and how often, in a line."""
        return ", ".join(f"{rule} {number:,}" for rule, number in self.rules().items())


def sorted_violations(violations: set[Violation]) -> tuple[Violation, ...]:
    """In the order of their lines."""
    return tuple(sorted(violations, key=lambda each: (str(each), each)))


def shortened(text: str) -> str:
    """`text`, cut where it is too long for a line."""
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def short(term: str) -> str:
    """A term as in `Violation`, its IRI or its datatype written short: for reading only.

    >>> short('"2021"^^<http://www.w3.org/2001/XMLSchema#gYear>')
    '"2021"^^xsd:gYear'
    """
    head, mark, iri = term.rpartition("^^<") if term.endswith(">") else ("", "", term)
    iri = iri.removesuffix(">")
    for prefix, namespace in PREFIXES.items():
        rest = iri.removeprefix(namespace)
        if rest != iri and rest.isidentifier():
            return f"{head}{mark.removesuffix('<')}{prefix}:{rest}"
    return term
