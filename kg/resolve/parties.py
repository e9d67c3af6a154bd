"""Which side of a conflict somebody is on: a state's own forces, or those who are no state's.

Reports name one side by many words (*the army*, *government troops*, *soldiers*; *the Front*, *rebels*), so
that in deeds of a side (`Rules.of_sides`) other words alone do not make another doer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from kg.model import Entity
from kg.resolve.entities import Identity
from kg.resolve.names_match import Naming, words
from kg.resolve.rules import Rules


class Says(IntEnum):
    """How two accounts stand in one respect."""

    DIFFERENT = -1
    UNKNOWN = 0
    SAME = 1


@dataclass(frozen=True, slots=True)
class Side:
    """A state's, with its ISO code where it is known, or no state's; `named` where it has its own name."""

    state: bool
    country: str | None = None
    named: bool = False


class Sides:
    """The sides of `entities`, each worked out when it is first asked for."""

    def __init__(self, rules: Rules, identity: Identity, entities: Sequence[Entity]) -> None:
        self._rules = rules
        self._naming = Naming(rules)
        self._identity = identity
        self._entities = {entity.id: entity for entity in entities}
        self._known: dict[str, Side | None] = {}

    def of(self, id_: str) -> Side | None:
        """The side that the entity is on, or None where its class and words do not tell."""
        if id_ not in self._known:
            self._known[id_] = self._side(id_)
        return self._known[id_]

    def _side(self, id_: str) -> Side | None:
        entity, rules = self._entities.get(id_), self._rules
        if entity is None:
            return None
        line, country = rules.line(entity.kind), self._identity.countries.get(id_)
        if "ArmedGroup" in line:
            return Side(state=False, named=True)
        if "Place" in line:
            return Side(state=True, country=country) if entity.kind == "Country" else None
        if not rules.stateless.isdisjoint(line):
            return None
        labels = (entity.label, *entity.alternate_labels)
        if any(
            (said := self._naming.description(label)) and rules.forces.issuperset(said) for label in labels
        ):
            return Side(state=True, country=country)
        said = self._naming.description(entity.label)
        unnamed = id_ not in self._identity.lasting
        if unnamed and not rules.irregulars.isdisjoint(said) and rules.forces.isdisjoint(said):
            return Side(state=False)
        return None

    def told_alike(self, some: frozenset[str], others: frozenset[str]) -> bool:
        """Whether nobody of the two is named and their descriptions may be of the same people.

        So they are where they have one head (*armed men*, *the men*), where that tells nothing (*people*), or
        where both are civilians.
        """
        lasting, entities = self._identity.lasting, self._entities
        if not lasting.isdisjoint(some | others) or self._of_two_countries(some, others):
            return False
        mine, theirs = (
            {_head(entities[each].label) for each in each_side if each in entities}
            for each_side in (some, others)
        )
        rules = self._rules
        if not mine.isdisjoint(theirs) or not rules.anybody.isdisjoint(mine | theirs):
            return True
        return not (rules.civilians.isdisjoint(mine) or rules.civilians.isdisjoint(theirs))

    def _of_two_countries(self, some: frozenset[str], others: frozenset[str]) -> bool:
        one, other = ({self._identity.countries.get(each) for each in ids} for ids in (some, others))
        return None not in one | other and one.isdisjoint(other)

    def compare(self, some: frozenset[str], others: frozenset[str]) -> Says | None:
        """Whether the two are of one side; None where a side is unknown, or both have names of their own."""
        mine, theirs = ({self.of(each) for each in each_side} for each_side in (some, others))
        one, other = ({side for side in sides if side is not None} for sides in (mine, theirs))
        if not one or not other or None in mine | theirs:
            return None
        states = {side.state for side in one}, {side.state for side in other}
        if states[0].isdisjoint(states[1]):
            return Says.DIFFERENT
        if len(states[0] | states[1]) > 1:
            return None
        if True not in states[0]:
            return None if all(side.named for side in one | other) else Says.SAME
        countries = {side.country for side in one}, {side.country for side in other}
        if not countries[0].isdisjoint(countries[1] - {None}):
            return Says.SAME
        return Says.UNKNOWN if None in countries[0] | countries[1] else Says.DIFFERENT


def _head(label: str) -> str:
    """The head noun of a description, in the singular as far as its ending tells."""
    said: list[str] = []
    for word in words(label):
        if said and word in ("of", "from", "in", "at", "with"):
            break
        said.append(word)
    return said[-1].removesuffix("s") if said else ""
