"""HermiT, an OWL 2 DL reasoner (Glimm and others, 2014), run through owlready2. It needs Java.

It is given what speaks of classes, properties and individuals: no annotations, no links to names that
nothing else uses (they cost it most of its time and say nothing), no datatypes that OWL 2 does not know.
"""

from __future__ import annotations

import io
import shutil
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from kg.errors import ResourceError
from kg.ontology.owl import load_owl
from kg.reason.axioms import SAME_AS, Axioms, is_axiom
from kg.reason.literals import is_judged, well_formed
from kg.reason.rules import told
from kg.reason.statements import Statement, as_ntriples, read_statements
from kg.vocabulary import RDF

if TYPE_CHECKING:
    from owlready2 import World

_INFERRED = "http://inferrences/"  # the name, misspelt, under which owlready2 keeps what HermiT says
_LISTS = (RDF.iri + "first", RDF.iri + "rest")


def has_java() -> bool:
    """Whether there is a Java to run HermiT with."""
    from owlready2 import JAVA_EXE

    return shutil.which(JAVA_EXE) is not None


def consistent(axioms: Axioms, statements: Iterable[Statement]) -> bool:
    """Whether `statements` can be true together, and with the ontology.

    Raises `ResourceError` where there is no Java or HermiT cannot take them.
    """
    with _world(axioms, statements) as world:
        return _reason(world, relations=False)


def entailed(axioms: Axioms, statements: Iterable[Statement]) -> list[Statement] | None:
    """The types of individuals and the relations between them that HermiT adds; None where it finds clashes.

    Raises `ResourceError` where there is no Java or HermiT cannot take them.
    """
    with _world(axioms, statements) as world:
        if not _reason(world, relations=True):
            return None
        text = io.BytesIO()
        world.get_ontology(_INFERRED).save(text, format="ntriples")
        return list(read_statements(text))


@contextmanager
def _world(axioms: Axioms, statements: Iterable[Statement]) -> Iterator[World]:
    world, _ = load_owl(as_ntriples(_taken(axioms, list(statements))))
    try:
        yield world
    finally:
        world.close()


def _reason(world: World, *, relations: bool) -> bool:
    """Lets HermiT say what it knows; False where it finds a contradiction."""
    from owlready2 import JAVA_EXE, OwlReadyInconsistentOntologyError, sync_reasoner_hermit
    from owlready2.base import OwlReadyJavaError

    if not has_java():
        raise ResourceError(
            f"HermiT needs Java, and there is no '{JAVA_EXE}': install it, or use --engine rl"
        )
    try:
        sync_reasoner_hermit(
            world, infer_property_values=relations, debug=0, ignore_unsupported_datatypes=True
        )
    except BaseException as error:
        _remove_input(error)
        if isinstance(error, OwlReadyInconsistentOntologyError):
            return False
        if isinstance(error, OwlReadyJavaError | OSError):
            said = " ".join(str(error).removeprefix("Java error message is:").split())
            raise ResourceError(f"HermiT stopped ({shorten(said, 200)}): use --engine rl") from None
        raise
    return True


def _taken(axioms: Axioms, statements: list[Statement]) -> Iterator[Statement]:
    """What HermiT is given of `statements`."""
    facts = told(statements, axioms)
    often = Counter(value for _, _, value in facts if isinstance(value, str))
    often.update(subject for subject, predicate, _ in facts if predicate != SAME_AS)
    for statement in facts:
        if statement.predicate == SAME_AS and often[str(statement.value)] == 1:
            continue
        if isinstance(statement.value, Literal):
            if not well_formed(statement.value):
                continue
            if not is_judged(statement.value):
                if axioms.datatypes.get(statement.predicate):
                    continue
                yield statement._replace(value=Literal(statement.value.value))
                continue
        yield statement
    yield from (each for each in statements if is_axiom(each) or each.predicate in _LISTS)


def _remove_input(error: BaseException) -> None:
    """The file that owlready2 wrote for HermiT, which it leaves behind where HermiT fails."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        name = getattr(frame.f_locals.get("tmp"), "name", None)
        if frame.f_code.co_name == "sync_reasoner_hermit" and isinstance(name, str):
            Path(name).unlink(missing_ok=True)
