from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.errors import UsageError
from kg.query.formats import check_format, for_reading, formats_for, plain, write
from kg.query.results import Bindings, Boolean, Graph, Term
from kg.query.saved import parse as parse_query

KG = "https://w3id.org/newskg/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
A, B = NamedNode("https://a.example/é"), NamedNode(KG + "Claimed")

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
TERMS: st.SearchStrategy[Term | None] = st.one_of(
    st.none(),
    st.sampled_from([A, B]),
    st.builds(
        Literal, st.one_of(TEXTS, st.sampled_from(["a\tb", "a\nb", 'a"b', "a,b", "a\\tb", " ", "a\r\nb"]))
    ),
    st.builds(lambda value: Literal(value, language="en"), TEXTS),
    st.integers().map(Literal),
)
ROWS = st.lists(st.tuples(TERMS, TERMS), max_size=5)
READ_BACK = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "tsv": QueryResultsFormat.TSV,
}


def bindings(rows: Sequence[tuple[Term | None, ...]]) -> Bindings:
    return Bindings(variables=("x", "yLabel"), rows=iter(rows))


def written(name: str, rows: Sequence[tuple[Term | None, ...]]) -> str:
    out = io.StringIO(newline="")
    assert write(bindings(rows), name, out) == len(rows)
    return out.getvalue()


@pytest.mark.parametrize("name", ["json", "xml"])
@given(rows=ROWS)
def test_another_reader_reads_the_same_rows(name: str, rows: list[tuple[Term | None, ...]]) -> None:
    if name == "xml":  # that reader drops white space at the ends of a text
        assume(all(one is None or one.value == one.value.strip() for row in rows for one in row))
    read = parse_query_results(written(name, rows).encode(), READ_BACK[name])
    assert isinstance(read, QuerySolutions)
    assert [variable.value for variable in read.variables] == ["x", "yLabel"]
    assert [(row[0], row[1]) for row in read] == rows


@given(rows=st.lists(st.tuples(st.just(A), st.builds(Literal, TEXTS)), max_size=5))
def test_tab_separated_rows_are_read_the_same(rows: list[tuple[Term | None, ...]]) -> None:
    read = parse_query_results(written("tsv", rows).encode(), READ_BACK["tsv"])
    assert isinstance(read, QuerySolutions)
    assert [(row[0], row[1]) for row in read] == rows


def test_the_figures_of_tab_separated_rows_are_bare_or_typed() -> None:
    rows: list[tuple[Term | None, ...]] = [(Literal("a\tb\nc"), Literal(7)), (None, BlankNode("b"))]
    assert written("tsv", rows) == f'?x\t?yLabel\n"a\\tb\\nc"\t"7"^^<{XSD}integer>\n\t_:b\n'


def test_comma_separated_rows_hold_bare_values() -> None:
    rows = [(A, Literal('say "a, b"')), (None, Literal(7)), (BlankNode("b"), Literal("two\nlines"))]
    assert written("csv", rows) == (
        'x,yLabel\r\nhttps://a.example/é,"say ""a, b"""\r\n,7\r\n_:b,"two\nlines"\r\n'
    )


def test_characters_that_xml_lacks_are_replaced() -> None:
    text = written("xml", [(Literal("a\x00b\x1bc"), None)])
    assert "a\ufffdb\ufffdc" in text
    parse_query_results(text.encode(), QueryResultsFormat.XML)


def test_a_table_of_markdown_cannot_be_broken() -> None:
    assert written("md", [(B, Literal("a|b\n*c* <d>"))]) == (
        "| x | yLabel |\n| --- | --- |\n| Claimed | a\\|b \\*c\\* \\<d\\> |\n"
    )


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv", "md"])
def test_no_rows_are_headings_alone(name: str) -> None:
    assert "yLabel" in written(name, [])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("json", '{"head": {}, "boolean": true}\n'),
        ("csv", "true\n"),
        ("tsv", "true\n"),
        ("md", "yes\n"),
        ("table", "yes\n"),
    ],
)
def test_a_yes(name: str, text: str) -> None:
    out = io.StringIO()
    assert write(Boolean(value=True), name, out) == 1
    assert out.getvalue() == text


def test_a_yes_in_xml_is_read_by_another_reader() -> None:
    out = io.StringIO()
    write(Boolean(value=False), "xml", out)
    assert not bool(parse_query_results(out.getvalue().encode(), QueryResultsFormat.XML))


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("ttl", RdfFormat.TURTLE),
        ("nt", RdfFormat.N_TRIPLES),
        ("nq", RdfFormat.N_QUADS),
        ("trig", RdfFormat.TRIG),
        ("rdf", RdfFormat.RDF_XML),
        ("jsonld", RdfFormat.JSON_LD),
    ],
)
def test_a_graph_is_written_sorted_and_once(name: str, read: RdfFormat) -> None:
    predicate = NamedNode(KG + "status")
    triples = [Triple(A, predicate, B), Triple(A, predicate, Literal("x")), Triple(A, predicate, B)]
    texts = []
    for order in (triples, triples[::-1]):
        out = io.StringIO()
        assert write(Graph(triples=iter(order)), name, out) == 2
        texts.append(out.getvalue())
    assert texts[0] == texts[1]
    assert {quad.triple for quad in parse(texts[0].encode(), read)} == set(triples)


def test_each_form_has_its_formats() -> None:
    assert formats_for("SELECT")[0] == "table"
    assert formats_for("CONSTRUCT")[0] == "ttl"
    check_format("json", "ASK")
    with pytest.raises(UsageError, match="a SELECT query is not written as ttl: use one of table, md, csv"):
        check_format("ttl", "SELECT")
    with pytest.raises(UsageError, match="a CONSTRUCT query is not written as csv: use one of ttl, nt"):
        write(Graph(triples=iter(())), "csv", io.StringIO())
    with pytest.raises(UsageError, match="no format for rows 'table'"):
        write(bindings([]), "table", io.StringIO())


def test_a_person_reads_names_and_no_control_characters() -> None:
    assert plain(None) == ""
    assert plain(B) == "Claimed"
    assert plain(NamedNode("https://w3id.org/newskg/id/geonames/3")) == "id:geonames/3"
    assert plain(A) == "https://a.example/é"
    assert plain(Literal("a\x1b[31mb\u202ec\nd")) == "a [31mb c d"


def test_details_and_the_word_label_are_left_out_for_reading() -> None:
    query = parse_query("# column x (detail): One.\n# column yLabel: Two.\nSELECT ?x ?yLabel { }", "q")
    shown = for_reading(bindings([(A, Literal("b"))]), query)
    assert (shown.variables, list(shown.rows)) == (("y",), [(Literal("b"),)])
