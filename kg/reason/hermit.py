"""HermiT, an OWL 2 DL reasoner (Glimm and others, 2014), run through owlready2. It needs Java.

It is given what speaks of classes, properties and individuals: no annotations, no links to names that
nothing else uses (they cost it most of its time and say nothing), no datatypes that OWL 2 does not know.
Names and texts of the source are replaced by plain ones, so that none can mean something in what passes
between the programs.
"""

from __future__ import annotations

import hashlib
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
from kg.reason.axioms import SAME_AS, Axioms, is_axiom, ontology_statements
from kg.reason.literals import is_judged, well_formed
from kg.reason.rules import told
from kg.reason.statements import Statement, Value, as_ntriples, is_blank, read_statements
from kg.vocabulary import OWL, RDF, RDFS, XSD

if TYPE_CHECKING:
    from owlready2 import World

_INFERRED = "http://inferrences/"  # the name, misspelt, under which owlready2 keeps what HermiT says
_RESERVED = (OWL.iri, RDF.iri, RDFS.iri, XSD.iri)
_TEXTS = (XSD.string, RDF.iri + "langString")
_LISTS = (RDF.iri + "first", RDF.iri + "rest")


def has_java() -> bool:
    """Whether there is a Java to run HermiT with."""
    from owlready2 import JAVA_EXE

    return shutil.which(JAVA_EXE) is not None


def consistent(axioms: Axioms, statements: Iterable[Statement]) -> bool:
    """Whether `statements` can be true together, and with the ontology.

    Raises `ResourceError` where there is no Java or HermiT cannot take them.
    """
    with _world(axioms, statements, _PlainNames()) as world:
        return _reason(world, relations=False)


def entailed(axioms: Axioms, statements: Iterable[Statement]) -> list[Statement] | None:
    """The types of individuals and the relations between them that HermiT adds; None where it finds clashes.

    Raises `ResourceError` where there is no Java or HermiT cannot take them.
    """
    names = _PlainNames()
    with _world(axioms, statements, names) as world:
        if not _reason(world, relations=True):
            return None
        text = io.BytesIO()
        world.get_ontology(_INFERRED).save(text, format="ntriples")
        return [names.original(each) for each in read_statements(text)]


class _PlainNames:
    """Gives what a source names plain names, and takes them back; the ontology's terms keep theirs."""

    def __init__(self) -> None:
        self._kept = {
            each for statement in ontology_statements() for each in statement if isinstance(each, str)
        }
        self._plain: dict[str, str] = {}
        self._original: dict[str, str] = {}

    def plain(self, statement: Statement) -> Statement:
        """The statement with plain names, and its text by a digest."""
        subject, predicate, value = statement
        return Statement(self._name(subject), self._name(predicate), self._value(value))

    def original(self, statement: Statement) -> Statement:
        """The statement with the names as they were."""
        subject, predicate, value = (self._original.get(str(each), each) for each in statement)
        return Statement(str(subject), str(predicate), value)

    def _value(self, value: Value) -> Value:
        if isinstance(value, str):
            return self._name(value)
        if value.datatype.value not in _TEXTS:
            return value
        digest = hashlib.sha256(value.value.encode("utf-8", "surrogatepass")).hexdigest()
        return Literal(digest, language=value.language)

    def _name(self, name: str) -> str:
        if name in self._kept or name.startswith(_RESERVED):
            return name
        if name not in self._plain:
            number = len(self._plain)
            self._plain[name] = f"_:n{number}" if is_blank(name) else f"https://name.invalid/n{number}"
            self._original[self._plain[name]] = name
        return self._plain[name]


@contextmanager
def _world(axioms: Axioms, statements: Iterable[Statement], names: _PlainNames) -> Iterator[World]:
    world, _ = load_owl(as_ntriples(map(names.plain, _taken(axioms, list(statements)))))
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
