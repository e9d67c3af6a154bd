"""An answer as a Python user has it: rows of named values, or a data frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias, overload

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import UsageError
from kg.query.results import Answer, Bindings, Boolean, Term
from kg.vocabulary import XSD

if TYPE_CHECKING:
    import pandas
    import polars

Value: TypeAlias = str | int | float | Decimal | bool | date | datetime | None
"""A term as Python has it; None is unbound."""

_WHOLE = frozenset(
    XSD.iri + name
    for name in (
        "integer",
        "int",
        "long",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
        "unsignedByte",
    )
)
_FLOATS = frozenset((f"{XSD.iri}double", f"{XSD.iri}float"))
_DATETIME = f"{XSD.iri}dateTime"


def value_of(term: Term | None) -> Value:
    """`term` as Python has it: whole numbers, decimals, floats, booleans, days and points of time as such.

    All else is text: an IRI, a string, also a year or a month, which Python has no type for, and what is
    not of the form of its datatype.

    >>> from pyoxigraph import Literal
    >>> value_of(Literal(7)), value_of(Literal("2021", datatype=NamedNode(XSD.gYear)))
    (7, '2021')
    """
    if term is None or isinstance(term, NamedNode):
        return None if term is None else term.value
    if isinstance(term, BlankNode):
        return str(term)
    text, kind = term.value, term.datatype.value
    try:
        if kind in _WHOLE:
            return int(text)
        if kind == XSD.decimal:
            return Decimal(text)
        if kind in _FLOATS:
            return float(text)
        if kind == XSD.boolean:
            return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
        if kind == XSD.date:
            return date.fromisoformat(text)
        if kind == _DATETIME:
            return datetime.fromisoformat(text)
    except (ValueError, InvalidOperation):
        return text
    return text


class Row(Sequence[Value]):
    """A row: its values by place (``row[0]``), by name (``row["org"]``) or as an attribute (``row.org``)."""

    __slots__ = ("_places", "_terms")

    def __init__(self, places: Mapping[str, int], terms: tuple[Term | None, ...]) -> None:
        self._places = places
        self._terms = terms

    @overload
    def __getitem__(self, key: int | str) -> Value: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Value, ...]: ...
    def __getitem__(self, key: int | str | slice) -> Value | tuple[Value, ...]:
        if isinstance(key, slice):
            return tuple(map(value_of, self._terms[key]))
        return value_of(self._terms[key if isinstance(key, int) else self._place(key)])

    def __getattr__(self, name: str) -> Value:
        if name.startswith("_") or name not in self._places:
            raise AttributeError(f"no column '{name}': there are {', '.join(self._places)}")
        return value_of(self._terms[self._places[name]])

    def __len__(self) -> int:
        return len(self._terms)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == (tuple(other) if isinstance(other, Row) else other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{name}={value!r}' for name, value in self.as_dict().items())})"

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._places]

    def term(self, name: str) -> Term | None:
        """The RDF term of this name, as pyoxigraph has it; None where it is unbound.

        Raises `KeyError` where there is no such column.
        """
        return self._terms[self._place(name)]

    def as_dict(self) -> dict[str, Value]:
        """The values by name."""
        return dict(zip(self._places, self, strict=True))

    def _place(self, name: str) -> int:
        if name not in self._places:
            raise KeyError(f"no column '{name}': there are {', '.join(self._places)}")
        return self._places[name]


class Rows(Sequence[Row]):
    """The rows of an answer, to be gone through as often as one likes; `variables` names its columns.

    SELECT gives its rows. CONSTRUCT and DESCRIBE give a row for each triple: `subject`, `predicate`,
    `object`. ASK gives one row with the `answer`, and then the rows themselves are true or false with it.
    """

    def __init__(self, variables: tuple[str, ...], rows: Sequence[tuple[Term | None, ...]]) -> None:
        self.variables = variables
        places = {name: place for place, name in enumerate(variables)}
        self._rows = [Row(places, row) for row in rows]

    @overload
    def __getitem__(self, key: int) -> Row: ...
    @overload
    def __getitem__(self, key: slice) -> Sequence[Row]: ...
    def __getitem__(self, key: int | slice) -> Row | Sequence[Row]:
        return self._rows[key]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __bool__(self) -> bool:
        if self.variables == _ASKED:
            return self._rows[0][0] is True
        return bool(self._rows)

    def __repr__(self) -> str:
        return f"<{len(self):,} rows of {', '.join(self.variables)}>"

    def columns(self) -> dict[str, list[Value]]:
        """The values of each column, by name, each column of one type or None.

        Decimals are floats here, and a column of which the values differ in type, as days and years do, is
        text.
        """
        found: dict[str, list[Value]] = {}
        for place, name in enumerate(self.variables):
            found[name] = _of_one_type([row[place] for row in self])
        return found

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame of pandas. Raises `UsageError` where that is not installed."""
        return _library("pandas").DataFrame(self.columns())

    def to_polars(self) -> polars.DataFrame:
        """The rows as a data frame of polars. Raises `UsageError` where that is not installed."""
        return _library("polars").DataFrame(self.columns())


_ASKED = ("answer",)
_TRIPLE = ("subject", "predicate", "object")


def table(answer: Answer) -> Rows:
    """`answer`, read to its end."""
    if isinstance(answer, Boolean):
        return Rows(_ASKED, [(Literal(answer.value),)])
    if isinstance(answer, Bindings):
        return Rows(answer.variables, list(answer.rows))
    triples = ((triple.subject, triple.predicate, triple.object) for triple in answer.triples)
    return Rows(_TRIPLE, [(_plain(one), two, _plain(three)) for one, two, three in triples])


def _of_one_type(values: list[Value]) -> list[Value]:
    values = [float(value) if isinstance(value, Decimal) else value for value in values]
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) < 2:
        return values
    as_one: type[float] | type[str] = float if kinds == {int, float} else str
    return [value if value is None else as_one(value) for value in values]  # type: ignore[arg-type]


def _plain(term: Any) -> Term:
    assert isinstance(term, NamedNode | BlankNode | Literal), "RDF 1.1 has no triple terms"
    return term


def _library(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise UsageError(f"{name} is not installed: pip install {name}") from None
