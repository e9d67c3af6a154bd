from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.query import tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SELECT * { VALUES ?x { UNDEF } }", [("x", True)]),
        ("SELECT * { values $x {undef} }", [("x", True)]),
        ("SELECT * { VALUES ?x { 2 } VALUES ?y { UNDEF } }", [("x", False), ("y", True)]),
        ("SELECT * { VALUES ?x { <http://a/b> 'UNDEF' } }", [("x", False)]),
        ("SELECT * { VALUES (?x ?y) { (UNDEF 1) } }", []),
        ("SELECT * { # VALUES ?x { UNDEF }\n ?s ?p ?o }", []),
        ("SELECT * { ?s ?p 'VALUES ?x { UNDEF }' }", []),
        ('SELECT * { ?s ?p """VALUES ?x { UNDEF } " """ }', []),
        ("SELECT * { ?s <http://a/VALUES> ?x . VALUES ?y { UNDEF", []),
        ("SELECT * { VALUES ?x { 'a}b' } }", [("x", False)]),
    ],
)
def test_slots_are_found_where_they_are_and_nowhere_else(text: str, found: list[tuple[str, bool]]) -> None:
    assert [(slot.name, slot.free) for slot in tokens.slots(text)] == found


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("SELECT * { SERVICE <http://a/> { ?s ?p ?o } }", True),
        ("SELECT * { service silent ?x { ?s ?p ?o } }", True),
        ("SELECT * { SERV\\u0049CE <http://a/> { ?s ?p ?o } }", True),
        ("SELECT * { ?s ?p 'SERVICE' }", False),
        ("SELECT * { ?s <http://SERVICE/> ?service } # SERVICE", False),
        ("PREFIX s: <http://a/> SELECT * { ?s s:SERVICE ?o }", False),
        ("SELECT * { ?s ?p '\\u0027 SERVICE' }", True),
    ],
)
def test_services_are_seen(text: str, called: bool) -> None:
    assert tokens.calls_service(text) is called


@pytest.mark.parametrize(
    ("text", "form", "update"),
    [
        ("PREFIX select: <http://a/> ASK { }", "ASK", None),
        ("# SELECT\nCONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT", None),
        ("DESCRIBE <http://a/>", "DESCRIBE", None),
        ("LOAD <http://a/>", None, "LOAD"),
        ("BASE <http://a/> INSERT { } WHERE { SELECT * { } }", "SELECT", "INSERT"),
        ("", None, None),
    ],
)
def test_what_the_text_is(text: str, form: str | None, update: str | None) -> None:
    assert tokens.form(text) == form
    assert tokens.update(text) == update


def test_prefixes_that_are_not_declared() -> None:
    text = "PREFIX a: <http://a/> SELECT * { ?s a:b c:d ; :e 'f:g' }"
    assert [one.text for one in tokens.undeclared(text)] == ["c:d", ":e"]


@given(st.text())
def test_any_text_has_tokens_that_stand_in_it_in_order(text: str) -> None:
    last = 0
    for token in tokens.tokens(text):
        assert last <= token.begin < token.end <= len(text)
        assert text[token.begin : token.end] == token.text
        last = token.end
