from __future__ import annotations

import doctest
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from types import ModuleType
from typing import Any

import ardan
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import UsageError
from kg.query import engine
from kg.query import table as table_module
from kg.query.results import Term
from kg.query.table import Row, Rows, Value, table, value_of

XSD = "http://www.w3.org/2001/XMLSchema#"


def typed(text: str, kind: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (NamedNode("x:a"), "x:a"),
        (BlankNode("b"), "_:b"),
        (Literal("text"), "text"),
        (Literal("texte", language="fr"), "texte"),
        (typed("7", "integer"), 7),
        (typed("-7", "long"), -7),
        (typed("0.90", "decimal"), Decimal("0.9")),
        (typed("1e3", "double"), 1000.0),
        (typed("true", "boolean"), True),
        (typed("0", "boolean"), False),
        (typed("2031-05-03", "date"), date(2031, 5, 3)),
        (typed("2031-05-03Z", "date"), "2031-05-03Z"),
        (typed("2031", "gYear"), "2031"),
        (typed("2031-05", "gYearMonth"), "2031-05"),
        (typed("2031-05-03T10:00:00Z", "dateTime"), datetime(2031, 5, 3, 10, tzinfo=UTC)),
        (typed("many", "integer"), "many"),
        (typed("much", "decimal"), "much"),
        (typed("-0044-03-15", "date"), "-0044-03-15"),
    ],
)
def test_values(term: Term | None, value: Value) -> None:
    assert value_of(term) == value
    assert type(value_of(term)) is type(value)


ROWS = Rows(
    ("place", "day", "killed"),
    [
        (Literal("Arda"), typed("2031-05-03", "date"), typed("3", "integer")),
        (Literal("Bel"), typed("2031", "gYear"), None),
    ],
)


def test_a_row_by_place_by_name_and_as_an_attribute() -> None:
    row = ROWS[0]
    assert row[0] == row["place"] == row.place == "Arda"
    assert tuple(row) == ("Arda", date(2031, 5, 3), 3) == row[:]
    place, day, killed = row
    assert (place, day, killed) == row == ROWS[0] != ROWS[1]
    assert row.as_dict() == {"place": "Arda", "day": date(2031, 5, 3), "killed": 3}
    assert row.term("killed") == typed("3", "integer") and ROWS[1].term("killed") is None
    assert repr(ROWS[1]) == "Row(place='Bel', day='2031', killed=None)"
    assert len({*ROWS, *ROWS}) == 2
    assert {"place", "day", "as_dict"} <= set(dir(row))
    with pytest.raises(KeyError, match="no column 'plce': there are place, day, killed"):
        row["plce"]
    with pytest.raises(AttributeError, match="no column 'plce'"):
        row.plce  # noqa: B018


def test_a_column_by_the_name_of_a_method_is_had_by_its_name() -> None:
    row = Row({"count": 0, "index": 1}, (typed("1", "integer"), Literal("i")))
    assert (row["count"], row["index"]) == (1, "i")


def test_rows_can_be_gone_through_again() -> None:
    assert [row.place for row in ROWS] == [row.place for row in ROWS] == ["Arda", "Bel"]
    assert ROWS.variables == ("place", "day", "killed")
    assert len(ROWS[1:]) == 1 and ROWS and not Rows(("a",), [])
    assert repr(ROWS) == "<2 rows of place, day, killed>"


def test_columns_are_of_one_type() -> None:
    assert ROWS.columns() == {"place": ["Arda", "Bel"], "day": ["2031-05-03", "2031"], "killed": [3, None]}
    mixed = Rows(("n",), [(typed("1", "integer"),), (typed("0.5", "decimal"),), (None,)])
    assert mixed.columns() == {"n": [1.0, 0.5, None]}


@pytest.mark.parametrize(("name", "method"), [("pandas", "to_pandas"), ("polars", "to_polars")])
def test_data_frames(name: str, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a stand-in, since neither library is needed; and with none."""
    library = ModuleType(name)
    library.DataFrame = lambda columns, **_options: columns  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, name, library)
    assert getattr(ROWS, method)() == ROWS.columns()
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=f"{name} is not installed: pip install {name}"):
        getattr(ROWS, method)()


def test_a_real_data_frame_of_pandas() -> None:
    pandas: Any = pytest.importorskip("pandas")
    frame = ROWS.to_pandas()
    assert isinstance(frame, pandas.DataFrame) and list(frame.columns) == list(ROWS.variables)
    assert list(frame["place"]) == ["Arda", "Bel"] and frame["killed"].sum() == 3


def test_a_real_data_frame_of_polars() -> None:
    polars: Any = pytest.importorskip("polars")
    frame = ROWS.to_polars()
    assert isinstance(frame, polars.DataFrame) and frame["killed"].to_list() == [3, None]


def test_graphs_and_answers() -> None:
    graph = ardan.Ardan()
    triples = table(engine.run(graph, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2"))
    assert triples.variables == ("subject", "predicate", "object") and len(triples) == 2
    yes = table(engine.run(graph, "ASK { ?s ?p ?o }"))
    no = table(engine.run(graph, "ASK { <x:none> ?p ?o }"))
    assert yes and not no and (yes[0].answer, no[0].answer) == (True, False)


def test_the_examples_are_run() -> None:
    result = doctest.testmod(table_module)
    assert result.attempted and not result.failed
