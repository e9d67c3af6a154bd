"""Reasons over a graph: whether it can be true, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from kg.reason import hermit
from kg.reason.axioms import Axioms, is_axiom, ontology_statements, read_axioms
from kg.reason.rules import Clash, ClashKind, Closure, told
from kg.reason.shrink import smallest
from kg.reason.statements import Statement, read_statements, term
from kg.vocabulary import ONTOLOGY

HERMIT_TRIPLES = 100_000
"""Up to so many triples `Engine.AUTO` takes HermiT."""

_CONFIRMED = 20


class Engine(StrEnum):
    """What reasons: HermiT, the rules of OWL 2 RL, or HermiT where it can and the graph is not too large."""

    AUTO = "auto"
    HERMIT = "hermit"
    RL = "rl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned:
    """What came of it: `clashes`, or else what is `entailed`, sorted.

    `engine` is the one that was used, on `triples`; `axioms` are those of the ontology and of the source.
    """

    engine: Engine
    triples: int
    axioms: Axioms
    entailed: tuple[Statement, ...] = ()
    clashes: tuple[Clash, ...] = ()

    @property
    def consistent(self) -> bool:
        """Whether no contradiction was found."""
        return not self.clashes


def reason(
    source: IO[bytes], *, engine: Engine = Engine.AUTO, leave_out: frozenset[str] = frozenset()
) -> Reasoned:
    """Reasons over the N-Quads of `source`, with the ontology and its alignments.

    The graphs `leave_out` are not looked at, such as what was entailed earlier. Axioms in the source are
    reasoned with as well. With either engine, what follows of texts and numbers is by the rules: HermiT
    does not tell.

    Raises `DataError` where `source` is no N-Quads, `ResourceError` where there is no Java for HermiT or it
    cannot take the graph.
    """
    ontology = ontology_statements()
    statements = list(dict.fromkeys(read_statements(source, leave_out)))
    axioms = read_axioms([*ontology, *statements])
    if engine is Engine.AUTO:
        small = len(statements) <= HERMIT_TRIPLES
        engine = Engine.HERMIT if small and hermit.has_java() else Engine.RL
    closure = Closure(axioms, told(statements, axioms), told(ontology, axioms))
    clashes: Sequence[Clash] = closure.clashes()
    entailed: Iterable[Statement] = ()
    if engine is Engine.HERMIT:
        clashes, entailed = _by_hermit(axioms, statements, closure, clashes)
    elif not clashes:
        entailed = closure.entailed()
    return Reasoned(
        engine=engine,
        triples=len(statements),
        entailed=tuple(sorted(entailed, key=_order)),
        clashes=tuple(clashes),
        axioms=axioms,
    )


def write_graph(statements: Iterable[Statement], graph: str, stream: IO[bytes]) -> None:
    """Writes `statements` as N-Quads in the graph of that IRI."""
    name = NamedNode(graph)
    quads = (
        Quad(NamedNode(subject), NamedNode(predicate), term(value), name)
        for subject, predicate, value in statements
    )
    serialize(quads, stream, RdfFormat.N_QUADS)


def _by_hermit(
    axioms: Axioms, statements: list[Statement], closure: Closure, candidates: Sequence[Clash]
) -> tuple[Sequence[Clash], Iterable[Statement]]:
    """The contradictions that HermiT bears out, or what it finds entailed."""
    own = [each for each in statements if is_axiom(each)]
    borne_out = [
        clash
        for clash in candidates[:_CONFIRMED]
        if clash.malformed or not hermit.consistent(axioms, [*clash.statements, *own])
    ]
    if borne_out:
        return [*borne_out, *candidates[_CONFIRMED:]], ()
    found = hermit.entailed(axioms, statements)
    if found is not None:
        return (), closure.among_individuals(found)
    return [_beyond_rules(axioms, statements, own)], ()


def _beyond_rules(axioms: Axioms, statements: list[Statement], own: list[Statement]) -> Clash:
    """A contradiction that the rules do not see, such as of axioms that a source brings along."""

    def wrong(some: Sequence[Statement]) -> bool:
        return not hermit.consistent(axioms, some)

    named = {each for subject, _, value in own for each in (subject, value)}
    near = [each for each in statements if not named.isdisjoint(each)]
    guilty = smallest(near if wrong(near) else statements, wrong)
    whom = next((each.subject for each in guilty if not is_axiom(each)), ONTOLOGY)
    return Clash(kind=ClashKind.OTHER, individual=whom, between=(), statements=tuple(guilty))


def _order(statement: Statement) -> tuple[str, str, str]:
    subject, predicate, value = statement
    return subject, predicate, str(value)
