from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ResourceError, UsageError
from kg.query.saved import Kind, find_query, parse, read_query, saved_queries

TEXT = """\
# A remark.
# summary: What there is,
#   and of what kind.
# param kind (class): Only of this kind.
# param least (integer, default 2): At least so many.
# param who (agent, required): Whose.
# column thing (detail): The thing.
# column thingLabel: Its name.
SELECT ?thing ?thingLabel WHERE {
  VALUES ?kind { UNDEF } VALUES ?least { 2 } VALUES ?who { UNDEF } VALUES ?other { UNDEF } VALUES ?fixed { 1 }
}
"""


def test_a_header_is_read() -> None:
    query = parse(TEXT, "things")
    assert query.name == "things"
    assert query.form == "SELECT"
    assert query.summary == "What there is, and of what kind."
    assert [(one.name, one.kind, one.required, one.default) for one in query.parameters] == [
        ("kind", Kind.CLASS, False, None),
        ("least", Kind.INTEGER, False, "2"),
        ("who", Kind.AGENT, True, None),
        ("other", Kind.THING, False, None),
    ]
    assert [(one.name, one.detail, one.text) for one in query.columns] == [
        ("thing", True, "The thing."),
        ("thingLabel", False, "Its name."),
    ]
    assert query.parameter("who") == query.parameters[2]
    assert query.parameter("whom") is None


def test_a_query_needs_no_header() -> None:
    query = parse("ASK { }", "any")
    assert (query.form, query.summary, query.parameters, query.columns) == ("ASK", "", (), ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# param x (agent): One.\nASK { }", "q, line 1: no VALUES ?x { UNDEF } in the query"),
        ("# param x (agnt): One.\nASK { VALUES ?x { UNDEF } }", "q, line 1: no kind of parameter 'agnt'"),
        ("\n# param x\nASK { VALUES ?x { UNDEF } }", "q, line 2: write '# param NAME (KIND)"),
        ("# param x (integer, default 3): One.\nASK { VALUES ?x { 2 } }", "the default is 3 here and 2 in"),
        ("# param x (integer): One.\nASK { VALUES ?x { 2 } }", "the default is none here and 2 in"),
        ("CLEAR ALL", "q: only queries are run, and CLEAR is an update"),
        ("nothing", "q: no SPARQL query"),
    ],
)
def test_what_is_wrong_is_named(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text, "q")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_queries_are_found_by_name_and_by_path(tmp_path: Path) -> None:
    for name in ("captures", "timeline"):
        (tmp_path / f"{name}.rq").write_text(f"# summary: {name}.\nASK {{ }}\n")
    (tmp_path / "notes.txt").write_text("no query")
    assert [query.name for query in saved_queries(tmp_path)] == ["captures", "timeline"]
    assert find_query("captures", tmp_path).summary == "captures."
    path = str(tmp_path / "timeline.rq")
    assert find_query(path, tmp_path / "none").name == path
    with pytest.raises(UsageError, match="no saved query 'captrues': did you mean captures"):
        find_query("captrues", tmp_path)
    with pytest.raises(UsageError, match="'kg queries' lists them"):
        find_query("zzz", tmp_path)
    with pytest.raises(ResourceError, match=r"other\.rq: no such file"):
        find_query("other.rq", tmp_path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.rq"
    path.write_bytes(b"# caf\xe9\nASK { }")
    with pytest.raises(ResourceError, match="not UTF-8 at byte 5"):
        read_query(path)
    with pytest.raises(ResourceError, match="No such file"):
        read_query(tmp_path / "none.rq")
