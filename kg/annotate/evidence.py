"""Evidence for what a name speaks of: a person, an organisation, a place, or none of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kg.annotate.families import PLACES

PERSON, ORGANIZATION, PLACE, NONE = "Person", "Organization", "Place", ""


@dataclass(slots=True)
class Evidence:
    """What speaks for each kind, and for narrower classes."""

    kinds: Counter[str] = field(default_factory=Counter)
    narrow: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, weight: float, narrow: str | None = None) -> None:
        """Add `weight` for `kind`, and where given for the class `narrow`."""
        self.kinds[kind] += weight  # type: ignore[assignment]
        if narrow:
            self.narrow[narrow] += weight  # type: ignore[assignment]


def family(kind: str) -> str:
    """Which of the four a class of the ontology is."""
    if kind in PLACES:
        return PLACE
    return PERSON if kind == "Person" else ORGANIZATION
