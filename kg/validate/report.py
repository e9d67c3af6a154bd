"""What a check found: violations, each with its node, its rule and a message."""

from __future__ import annotations

from dataclasses import dataclass

from kg.vocabulary import PREFIXES

_LONGEST_VALUE = 100


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """One node that breaks one rule.

    `node` and `value` are terms in N-Triples syntax (an IRI without its brackets), `rule` is the local
    name of the shape in ``ontology/shapes.ttl``. `value` is what broke the rule, None where something is
    missing.
    """

    node: str
    rule: str
    message: str
    value: str | None = None

    def __str__(self) -> str:
        """One line: the node, what is wrong with it, what was found, the rule's name."""
        found = ""
        if self.value is not None and self.value != self.node:
            value = short(self.value)
            if len(value) > _LONGEST_VALUE:
                value = value[: _LONGEST_VALUE - 1] + "…"
            found = f" (found {value})"
        return f"{self.node} {self.message}{found} [{self.rule}]"


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
