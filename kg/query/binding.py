"""Fills the parameters of a saved query, in place, with terms that the RDF library writes.

Nothing that a user gives is ever pasted into SPARQL: it becomes an RDF term first (an IRI that the
library has checked, or a literal), and the library writes the term.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.errors import UsageError
from kg.model import Status
from kg.ontology import load_ontology
from kg.query import names, tokens
from kg.query.engine import Queryable
from kg.query.prefixes import KG, expand
from kg.query.results import Term
from kg.query.saved import Kind, Parameter, SavedQuery

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")


def bind(
    query: SavedQuery, given: Sequence[tuple[str, str]], source: Queryable
) -> dict[str, tuple[Term, ...]]:
    """The terms for each parameter in `given`, (name, text) as the user wrote them.

    A parameter that is given twice takes both: either will do. Raises `UsageError` for a parameter that
    the query lacks, one that is required and missing, and one that is not of its kind; `DataError` for a
    name that nothing in `source` bears, or several things.
    """
    check(query, [name for name, _ in given])
    terms: dict[str, tuple[Term, ...]] = {}
    for name, text in given:
        parameter = query.parameter(name)
        assert parameter is not None
        terms[name] = (*terms.get(name, ()), term(parameter, text, source))
    return terms


def check(query: SavedQuery, given: Sequence[str]) -> None:
    """Raises `UsageError` where a name in `given` is no parameter of the query, or one that it needs is
    not among them."""
    for name in given:
        if query.parameter(name) is None:
            raise UsageError(f"{query.name} has no parameter {names.quoted(name)}: {_known(query, name)}")
    for parameter in query.parameters:
        if parameter.required and parameter.name not in given:
            what = f"--param {parameter.name}={parameter.kind.value.upper()}"
            raise UsageError(f"{query.name} needs {what}: {parameter.text}")


def fill(text: str, terms: Mapping[str, Sequence[Term]]) -> str:
    """`text` with each `VALUES ?name { … }` of a name in `terms` holding those terms instead."""
    for slot in reversed(tokens.slots(text)):
        if slot.name in terms:
            text = f"{text[: slot.begin]} {' '.join(str(one) for one in terms[slot.name])} {text[slot.end :]}"
    return text


def term(parameter: Parameter, text: str, source: Queryable) -> Term:
    """The RDF term for what the user wrote. Raises as `bind` does."""
    name, kind = parameter.name, parameter.kind
    if _SURROGATE.search(text):  # bytes of the command line that are not UTF-8
        raise UsageError(f"{name}: {names.quoted(text)} is not UTF-8: write it in that encoding")
    if kind is Kind.TEXT:
        return Literal(text)
    if kind is Kind.INTEGER:
        if not _INTEGER.fullmatch(text.strip()):
            raise UsageError(f"{name}: {names.quoted(text)} is no whole number")
        return Literal(int(text.strip()))
    if kind is Kind.DATE:
        return Literal(_date(name, text.strip()))
    iri = expand(text.strip())
    if iri is not None:
        try:
            return NamedNode(iri)
        except ValueError as error:
            raise UsageError(f"{name}: {names.quoted(text)} is no IRI") from error
    if not text.strip():
        raise UsageError(f"{name}: nothing is given: write --param {name}=NAME")
    if kind is Kind.STATUS:
        return _status(name, text)
    if kind is Kind.CLASS:
        return _event_class(name, text, source)
    return names.find(source, text, kind, name)


def _date(name: str, text: str) -> str:
    """A day, month or year that the calendar has."""
    if _DATE.fullmatch(text):
        try:
            datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
        except ValueError:
            pass
        else:
            return text
    raise UsageError(f"{name}: {names.quoted(text)} is no date: write 2021-08-10, 2021-08 or 2021")


def _status(name: str, text: str) -> NamedNode:
    """One of the statuses of the contract, in any case."""
    for status in Status:
        if status.value.casefold() == text.strip().casefold():
            return NamedNode(KG + status.value)
    raise UsageError(
        f"{name}: no status {names.quoted(text)}: one of {', '.join(status.value for status in Status)}"
    )


def _event_class(name: str, text: str, source: Queryable) -> NamedNode:
    """A class of events of the ontology, or of the graph, by its local name in any case."""
    known = {"Event", *load_ontology().event_classes()}
    wanted = text.strip().casefold()
    if wanted not in {one.casefold() for one in known}:
        rows = source.query(f"SELECT DISTINCT ?class WHERE {{ ?event a <{KG}Event> ; a ?class }}")
        assert isinstance(rows, QuerySolutions)
        known |= {iri.removeprefix(KG) for row in rows if (iri := row["class"].value).startswith(KG)}
    for one in sorted(known):
        if one.casefold() == wanted:
            return NamedNode(KG + one)
    near = difflib.get_close_matches(text.strip().capitalize(), sorted(known), n=3)
    hint = f"did you mean {', '.join(near)}?" if near else f"one of {', '.join(sorted(known))}"
    raise UsageError(f"{name}: no event class {names.quoted(text)}: {hint}")


def _known(query: SavedQuery, name: str) -> str:
    """The parameters that the query has, the nearest first."""
    known = [parameter.name for parameter in query.parameters]
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"did you mean '{near[0]}'?"
    return f"it takes {', '.join(known)}" if known else "it takes none"
