"""What a triple rests on: from any triple of entities and events back to article, sentence and offsets.

What no words of an article carry rests on something else, and that is said: the gazetteer, the ontology,
a reader's correction, or the program, which composed or reckoned it.
"""

from __future__ import annotations

import difflib

from pyoxigraph import Literal, NamedNode

from kg.errors import DataError, UsageError
from kg.query import names
from kg.query.dossier import Dossier
from kg.query.engine import Queryable
from kg.query.grounds import Reason, Thing, Why
from kg.query.prefixes import compact, expand
from kg.query.quoting import Quoter
from kg.query.results import Term
from kg.query.rows import texts
from kg.query.saved import Kind
from kg.query.tracing import Tracer
from kg.vocabulary import KG, OWL, RDF, RDFS, SKOS

_FIRST = (RDF.type, RDFS.label, SKOS.altLabel, OWL.sameAs)
_LAST = (KG.hasMention,)
_NEAR = 0.75


def find_subject(source: Queryable, text: str) -> NamedNode:
    """What `text` names: an IRI (also short, as ``id:event/…``) of which `source` says something, or a name.

    Raises `UsageError` where the text can name nothing, `DataError` where nothing is said of the IRI,
    `UnknownNameError` with near names, `AmbiguousNameError` with the choice.
    """
    iri = expand(text.strip())
    if iri is None:
        if not text.strip():
            raise UsageError("the subject is empty: give a name or an IRI")
        return names.find(source, text, Kind.THING, "SUBJECT")
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise UsageError(f"{names.quoted(text)} is no IRI") from error


def why(
    source: Queryable, subject: NamedNode, predicate: str | None = None, object_: str | None = None
) -> Why:
    """What the triples of `subject` rest on: all, those of `predicate`, those of it with `object_`.

    `predicate` is an IRI, also short, or a local name (``hasAgent``, ``label``); `object_` an IRI, a
    label or a literal's text. Raises `DataError` where the graph has no such triple, with those it has.
    """
    dossier = Dossier(source, subject)
    if not dossier.facts:
        raise DataError(f"the graph says nothing of {compact(subject.value)}: check the IRI, or try a name")
    predicates = _predicates(dossier, predicate)
    wanted = [(each, term) for each in predicates for term in dossier.facts[each]]
    things = dossier.things([term for _, term in wanted])
    if object_ is not None:
        told = wanted
        wanted = [(each, term) for each, term in told if _is_called(term, object_, things)]
        if not wanted:
            near = "; ".join(sorted({_called(term, things) for _, term in told})[:8])
            raise DataError(
                f"the graph has no such triple with the object {names.quoted(object_)}: it has {near}"
            )
    tracer = Tracer(dossier, Quoter(source))
    merged = next(iter(texts(dossier.facts.get(SKOS.editorialNote, ()))), None)
    return Why(
        subject=dossier.thing,
        reasons=tuple(
            Reason(
                subject=dossier.thing,
                predicate=each,
                object=_thing(term, things),
                grounds=tracer.grounds(each, term),
            )
            for each, term in sorted(wanted, key=lambda one: (_order(one[0]), _called(one[1], things)))
        ),
        merged=merged if len(dossier.mentions) > 1 else None,
        corrections=dossier.corrections,
    )


def _predicates(dossier: Dossier, text: str | None) -> list[str]:
    known = sorted(dossier.facts)
    if text is None:
        return known
    iri = expand(text.strip())
    found = [one for one in known if one == iri] or [one for one in known if iri is None and _is(one, text)]
    if found:
        return found
    shown = {compact(one): compact(one).rpartition(":")[2] for one in known}
    near = difflib.get_close_matches(
        compact(iri or text).rpartition(":")[2], shown.values(), n=1, cutoff=_NEAR
    )
    hint = f"it has {', '.join(shown)}"
    if near:
        hint = f"did you mean {next(one for one, local in shown.items() if local == near[0])}?"
    raise DataError(f"{compact(dossier.subject.value)} has no {names.quoted(text)} in the graph: {hint}")


def _is(predicate: str, text: str) -> bool:
    if text.strip() == "a":
        return predicate == RDF.type
    return compact(predicate).rpartition(":")[2].casefold() == text.strip().casefold()


def _is_called(term: Term, text: str, things: dict[str, Thing]) -> bool:
    wanted = text.strip()
    if term.value in (wanted, expand(wanted)) or (isinstance(term, NamedNode) and _is(term.value, wanted)):
        return True
    return bool(names.fold(wanted)) and names.fold(_thing(term, things).label) == names.fold(wanted)


def _thing(term: Term, things: dict[str, Thing]) -> Thing:
    if isinstance(term, Literal):
        return Thing(iri=None, label=term.value)
    return things.get(term.value) or Thing(iri=term.value, label=compact(term.value))


def _called(term: Term, things: dict[str, Thing]) -> str:
    return _thing(term, things).label


def _order(predicate: str) -> tuple[int, str]:
    if predicate in _FIRST:
        return _FIRST.index(predicate), ""
    return len(_FIRST) + (predicate in _LAST), compact(predicate)
