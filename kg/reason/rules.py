"""The rules of OWL 2 RL, as far as our ontology needs them: what follows, and what cannot be.

A class of an individual always follows from one statement alone (with the names that it goes by), since a
transitive relation says of its ends no more than its first and its last step do. So what an individual is
said to be is kept as the set of ways in which statements speak of it, and each set is worked out once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from pyoxigraph import Literal

from kg.reason.axioms import DIFFERENT_FROM, SAME_AS, Axioms
from kg.reason.equality import Equality
from kg.reason.literals import is_of, well_formed
from kg.reason.statements import Statement, is_blank
from kg.vocabulary import RDF


class End(StrEnum):
    """Where an individual stands in a statement."""

    TYPE = "type"
    SUBJECT = "subject"
    OBJECT = "object"


class Way(NamedTuple):
    """How a statement speaks of an individual: puts it in the class `name`, or has it at an end of `name`."""

    name: str
    end: End


class ClashKind(StrEnum):
    """What kind of contradiction it is."""

    CLASSES = "classes"
    NAMES = "names"
    VALUE = "value"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Statements that cannot be true together: `statements`, none of them to spare.

    `individual` is whom they speak of. `between` holds the two classes that nothing can be in both, or the
    two names that are said to be different, or the datatype that a value is not of. `alike` counts the
    further statements that could stand in place of one of them.
    """

    kind: ClashKind
    individual: str
    between: tuple[str, ...]
    statements: tuple[Statement, ...]
    alike: int = 0

    @property
    def malformed(self) -> bool:
        """Whether it is the text of a literal that is none of its datatype: no reasoner reads it at all."""
        return any(
            isinstance(each.value, Literal) and not well_formed(each.value) for each in self.statements
        )


class Closure:
    """What follows from the statements of a source and of its background, the ontology's own."""

    def __init__(
        self, axioms: Axioms, source: Sequence[Statement], background: Sequence[Statement] = ()
    ) -> None:
        self._axioms = axioms
        self._source = source
        self._background = frozenset(background)
        self._statements = [*background, *source]
        self._equality = Equality(axioms, self._statements)
        self._ways = self._all_ways()
        self._kinds: dict[frozenset[Way], frozenset[str]] = {}

    def entailed(self) -> Iterator[Statement]:
        """The types and relations of individuals that follow and are not stated, each once, in no order.

        Of an individual with several names, they are told of each name that the source uses, other than
        to say what it is the same as; not of nameless ones, and nothing relates to itself.
        """
        used = self._used_names()
        return self._new(chain(self._types(used), self._related(used), self._described(used)))

    def among_individuals(self, found: Sequence[Statement]) -> Iterator[Statement]:
        """As `entailed`, after what another reasoner `found` of classes and individuals.

        Of types it tells the narrowest, in place of the rules. Relations are by the rules from those stated
        and those found: HermiT tells none of a property that only follows from those below it.
        """
        used = self._used_names()
        above = self._axioms.above_with(found)
        types = (
            Statement(subject, RDF.type, each)
            for subject, predicate, value in (*self._statements, *found)
            if predicate == RDF.type and value in self._axioms.classes
            for each in above[str(value)]
        )
        return self._new(chain(types, self._related(used, found), self._described(used)))

    def clashes(self) -> list[Clash]:
        """The contradictions, sorted: of classes one an individual, of values one a statement."""
        found = [*self._value_clashes(), *self._name_clashes(), *self._class_clashes()]
        return sorted(found, key=lambda clash: (clash.individual, clash.kind, clash.between))

    # ---- what follows --------------------------------------------------------------------------

    def _new(self, facts: Iterable[Statement]) -> Iterator[Statement]:
        """Those of `facts` that are told of the source's names and are not stated there, each once."""
        names = {name for each in self._used_names().values() for name in each}
        seen = set(self._source)
        for fact in facts:
            subject, predicate, value = fact
            if fact in seen or subject not in names or subject == value:
                continue
            if predicate != RDF.type and isinstance(value, str) and value not in names:
                continue
            seen.add(fact)
            yield fact

    def _types(self, used: dict[str, list[str]]) -> Iterator[Statement]:
        for individual, ways in self._ways.items():
            for name in used.get(individual, ()):
                for kind in self._kinds_of(frozenset(ways)):
                    yield Statement(name, RDF.type, kind)

    def _related(self, used: dict[str, list[str]], found: Sequence[Statement] = ()) -> Iterator[Statement]:
        for name, pairs in self._relations(found).items():
            for subject, value in pairs:
                for one in used.get(subject, ()):
                    for other in used.get(value, ()):
                        yield Statement(one, name, other)

    def _described(self, used: dict[str, list[str]]) -> Iterator[Statement]:
        for subject, predicate, value in self._source:
            if isinstance(value, Literal) and predicate in self._axioms.data_properties:
                for name in used.get(self._equality.first(subject), ()):
                    for role in self._axioms.implied[predicate]:
                        yield Statement(name, role.property, value)

    def _relations(self, found: Sequence[Statement]) -> dict[str, set[tuple[str, str]]]:
        """Every pair that each object property relates, stated or not; `found` is as good as stated."""
        first, axioms = self._equality.first, self._axioms
        pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
        onward: dict[str, dict[str, set[str]]] = {name: defaultdict(set) for name in axioms.transitive}
        back: dict[str, dict[str, set[str]]] = {name: defaultdict(set) for name in axioms.transitive}
        queue = [
            (name, first(subject), first(value))
            for subject, name, value in chain(self._statements, found)
            if isinstance(value, str) and name in axioms.object_properties
        ]
        while queue:
            stated, subject, value = queue.pop()
            for name, inverse in axioms.implied[stated]:
                one, other = (value, subject) if inverse else (subject, value)
                if (one, other) in pairs[name]:
                    continue
                pairs[name].add((one, other))
                if name in axioms.transitive:
                    onward[name][one].add(other)
                    back[name][other].add(one)
                    queue += [(name, one, far) for far in onward[name].get(other, ())]
                    queue += [(name, far, other) for far in back[name].get(one, ())]
        return pairs

    def _used_names(self) -> dict[str, list[str]]:
        """Each individual's names that may be written, sorted."""
        used: set[str] = set()
        for subject, predicate, value in self._source:
            if predicate != SAME_AS:
                used.add(subject)
                if isinstance(value, str) and predicate != RDF.type:
                    used.add(value)
        names: dict[str, list[str]] = defaultdict(list)
        for name in sorted(used):
            if not is_blank(name):
                names[self._equality.first(name)].append(name)
        return names

    def _all_ways(self) -> dict[str, set[Way]]:
        first = self._equality.first
        ways: dict[str, set[Way]] = defaultdict(set)
        for statement in self._statements:
            for name, way in self._ways_of(statement):
                ways[first(name)].add(way)
        return ways

    def _ways_of(self, statement: Statement) -> Iterator[tuple[str, Way]]:
        """Whom a statement speaks of, and how."""
        subject, predicate, value = statement
        if predicate == RDF.type:
            if isinstance(value, str) and value in self._axioms.classes:
                yield subject, Way(value, End.TYPE)
        elif predicate in self._axioms.object_properties:
            if isinstance(value, str):
                yield subject, Way(predicate, End.SUBJECT)
                yield value, Way(predicate, End.OBJECT)
        elif predicate in self._axioms.data_properties and isinstance(value, Literal):
            yield subject, Way(predicate, End.SUBJECT)

    def _kinds_of(self, ways: frozenset[Way]) -> frozenset[str]:
        """The classes of an individual of which statements speak in these ways."""
        if ways not in self._kinds:
            self._kinds[ways] = frozenset(kind for way in ways for kind in self._kinds_by(way))
        return self._kinds[ways]

    def _kinds_by(self, way: Way) -> frozenset[str]:
        if way.end == End.TYPE:
            return self._axioms.above[way.name]
        return (self._axioms.subjects if way.end == End.SUBJECT else self._axioms.objects)[way.name]

    # ---- what cannot be ------------------------------------------------------------------------

    def _class_clashes(self) -> Iterator[Clash]:
        guilty: dict[str, tuple[Way, Way]] = {}
        known: dict[frozenset[Way], tuple[Way, Way] | None] = {}
        for individual, ways in self._ways.items():
            signature = frozenset(ways)
            if signature not in known:
                known[signature] = self._opposed(signature)
            if pair := known[signature]:
                guilty[individual] = pair
        if not guilty:
            return
        said: dict[tuple[str, Way], list[tuple[str, Statement]]] = defaultdict(list)
        for statement in self._statements:
            for name, way in self._ways_of(statement):
                individual = self._equality.first(name)
                if way in guilty.get(individual, ()):
                    said[individual, way].append((name, statement))
        for individual, (one, other) in guilty.items():
            yield self._class_clash(individual, one, other, said)

    def _class_clash(
        self,
        individual: str,
        one: Way,
        other: Way,
        said: dict[tuple[str, Way], list[tuple[str, Statement]]],
    ) -> Clash:
        first, second = min(said[individual, one], key=_plain), min(said[individual, other], key=_plain)
        every = {statement for way in (one, other) for _, statement in said[individual, way]}
        for name, statement in (first, second):
            # What relates a thing to itself may be wrong at both ends.
            alone = frozenset(way for each, way in self._ways_of(statement) if each == name)
            if between := self._axioms.clashing(self._kinds_of(alone), self._kinds_of(alone)):
                first = second = (name, statement)
                break
        else:
            between = self._axioms.clashing(self._kinds_by(one), self._kinds_by(other))
        assert between is not None
        return Clash(
            kind=ClashKind.CLASSES,
            individual=first[0],
            between=between,
            statements=self._of_source(first[1], second[1], *self._equality.why(first[0], second[0])),
            alike=len(every - {first[1], second[1]}),
        )

    def _of_source(self, *statements: Statement) -> tuple[Statement, ...]:
        return tuple(each for each in dict.fromkeys(statements) if each not in self._background)

    def _opposed(self, ways: frozenset[Way]) -> tuple[Way, Way] | None:
        """The two ways that put an individual in disjoint classes: those that say it most plainly."""
        if self._axioms.clashing(self._kinds_of(ways), self._kinds_of(ways)) is None:
            return None
        ordered = sorted(ways, key=lambda way: (way.end != End.TYPE, -len(self._kinds_by(way)), way))
        for way in ordered:
            if self._axioms.clashing(self._kinds_by(way), self._kinds_by(way)):
                return way, way
        for last, other in enumerate(ordered):
            for one in ordered[:last]:
                if self._axioms.clashing(self._kinds_by(one), self._kinds_by(other)):
                    return one, other
        raise AssertionError("disjoint classes that no statement gives")

    def _name_clashes(self) -> Iterator[Clash]:
        for conflict in self._equality.conflicts():
            yield Clash(
                kind=ClashKind.NAMES,
                individual=conflict.subject,
                between=conflict.names,
                statements=self._of_source(*conflict.statements),
                alike=conflict.alike,
            )

    def _value_clashes(self) -> Iterator[Clash]:
        for statement in self._source:
            value = statement.value
            if not isinstance(value, Literal):
                continue
            wanted = sorted(self._axioms.datatypes.get(statement.predicate, ()))
            wrong = [each for each in wanted if not is_of(value, each)]
            if not wrong and not well_formed(value):
                wrong = [value.datatype.value]
            if wrong:
                yield Clash(
                    kind=ClashKind.VALUE,
                    individual=statement.subject,
                    between=(wrong[0],),
                    statements=(statement,),
                )


def told(statements: Iterable[Statement], axioms: Axioms) -> list[Statement]:
    """Those of `statements` that say something to a reasoner: of what `axioms` declare, and of sameness."""
    known = axioms.object_properties | axioms.data_properties | {SAME_AS, DIFFERENT_FROM}
    return [
        statement
        for statement in statements
        if statement.predicate in known
        or (statement.predicate == RDF.type and statement.value in axioms.classes)
    ]


def _plain(said: tuple[str, Statement]) -> tuple[str, str, str, str]:
    name, (subject, predicate, value) = said
    return name, predicate, subject, str(value)
