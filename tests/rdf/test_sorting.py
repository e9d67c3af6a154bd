from __future__ import annotations

import io
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import ardan
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import ResourceError
from kg.rdf import line_sort
from kg.rdf.formats import ENDINGS, output_format
from kg.rdf.line_sort import MergeSorter, Sorter, SystemSorter, system_sort
from kg.rdf.sorting import lines_of, write_sorted

PLAIN = [ending for ending in ENDINGS if not ending.endswith(".gz")]
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
HARD = st.text(alphabet=st.sampled_from('ab"\\<>#!. \n\r\t\x00\x85\u2028é^@_:'), max_size=8)
NODES = st.sampled_from([NamedNode(f"x:{name}") for name in ("a", "a#b", "a!", "b", "é")])
TERMS = st.one_of(
    NODES,
    st.just(TYPE),
    st.sampled_from([BlankNode("b1"), BlankNode("b2")]),
    HARD.map(Literal),
    HARD.map(lambda text: Literal(text, language="en")),
    HARD.map(lambda text: Literal(text, datatype=NamedNode("x:type"))),
    st.sampled_from([Literal("> <x:a> ."), Literal(f"> <{TYPE.value}> "), Literal('" <x:a> .')]),
)
QUADS = st.builds(
    Quad,
    st.one_of(NODES, st.just(BlankNode("b1"))),
    st.one_of(NODES, st.just(TYPE)),
    TERMS,
    st.one_of(NODES, st.just(DefaultGraph()), st.just(BlankNode("b2"))),
)


def written(quads: list[Quad], ending: str) -> bytes:
    out = io.BytesIO()
    write_sorted(lines_of(quads), out, output_format(ending))
    return out.getvalue()


def read(data: bytes, ending: str) -> list[Quad]:
    return list(parse(data, output_format(ending).syntax))


@given(st.lists(QUADS, max_size=20), st.randoms(use_true_random=False))
def test_nothing_is_lost_and_the_order_does_not_show(quads: list[Quad], shuffled: random.Random) -> None:
    for ending in (".nq", ".trig"):
        data = written(quads, ending)
        assert set(read(data, ending)) == set(quads)
        again = quads * 2
        shuffled.shuffle(again)
        assert written(again, ending) == data
    triples = {quad.triple for quad in quads}
    in_default = [Quad(triple.subject, triple.predicate, triple.object) for triple in triples]
    for ending in (".nt", ".ttl"):
        data = written(quads, ending)
        found = [quad.triple for quad in read(data, ending)]
        assert (set(found), len(found)) == (triples, len(triples))
        assert written(in_default, ending) == data, "whether a graph stood there does not show"


@given(st.lists(QUADS, max_size=20))
def test_graphs_and_subjects_come_together_the_default_graph_first_and_types_first(quads: list[Quad]) -> None:
    found = read(written(quads, ".nq"), ".nq")
    places = [(str(quad.graph_name), str(quad.subject)) for quad in found]
    assert len(set(places)) == sum(
        place != before for place, before in zip(places, [None, *places], strict=False)
    )
    graphs = [quad.graph_name for quad in found]
    assert sorted(graphs, key=lambda graph: graph != DefaultGraph()) == graphs
    for before, after in pairwise(found):
        if (before.subject, before.graph_name) == (after.subject, after.graph_name):
            assert after.predicate != TYPE or before.predicate == TYPE or isinstance(after.subject, BlankNode)


def test_the_order_that_a_reader_sees() -> None:
    a, b, type_, p = (NamedNode(f"x:{name}") for name in ("a", "a#m", "T", "p"))
    quads = [
        Quad(b, p, Literal("1")),
        Quad(a, p, Literal("2")),
        Quad(a, NamedNode("a:first"), Literal("3")),
        Quad(a, TYPE, type_),
    ]
    assert written(quads, ".nt").decode().splitlines() == [
        f"<x:a> <{TYPE.value}> <x:T> .",
        '<x:a> <a:first> "3" .',
        '<x:a> <x:p> "2" .',
        '<x:a#m> <x:p> "1" .',
    ]


@pytest.mark.parametrize("ending", PLAIN)
def test_every_format_holds_the_whole(ending: str) -> None:
    quads = list(parse(path=str(ardan.DATA), format=RdfFormat.TRIG))
    out = io.BytesIO()
    output = output_format(ending)
    count = write_sorted(lines_of(quads), out, output)
    got = set(parse(out.getvalue(), output.syntax))
    if output.named_graphs:
        assert got == set(quads)
    else:
        assert {quad.triple for quad in got} == {quad.triple for quad in quads}
    assert count == len(got)


def sorters(folder: Path) -> Iterator[Sorter]:
    yield MergeSorter(folder)
    yield MergeSorter(folder, run=1)
    yield MergeSorter(folder, run=40)
    if command := system_sort():
        yield SystemSorter(command, folder)


def outcome(sorter: Sorter, blocks: list[bytes]) -> bytes:
    try:
        for block in blocks:
            sorter.write(block)
        return sorter.sorted().read()
    finally:
        sorter.close()


LINES = st.lists(st.binary(max_size=6).map(lambda line: line.replace(b"\n", b"") + b"\n"), max_size=12)


@given(blocks=st.lists(LINES.map(b"".join), max_size=4))
def test_every_sorter_gives_the_same_bytes(
    blocks: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    wanted = sorted({line + b"\n" for line in b"".join(blocks).split(b"\n")[:-1]}, key=lambda line: line[:-1])
    for sorter in sorters(tmp_path_factory.getbasetemp()):
        assert outcome(sorter, blocks) == b"".join(wanted), type(sorter)


def test_without_a_system_sort_the_bytes_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    quads = list(parse(path=str(ardan.DATA), format=RdfFormat.TRIG))
    with_it = written(quads, ".ttl")
    monkeypatch.setattr(line_sort, "system_sort", lambda: None)
    monkeypatch.setattr(line_sort, "_RUN", 1000)
    assert written(quads, ".ttl") == with_it


def test_a_sort_that_orders_otherwise_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "sort"
    other.write_text("#!/bin/sh\nexec cat\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert system_sort.__wrapped__() is None


def test_no_temporary_file_stays(tmp_path: Path) -> None:
    for sorter in sorters(tmp_path):
        sorter.write(b"b\na\n")
        sorter.close()
    for sorter in sorters(tmp_path):
        outcome(sorter, [b"b\n", b"a\n"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(system_sort() is None, reason="there is no system sort here")
def test_a_sort_that_fails_is_said_in_one_line(tmp_path: Path) -> None:
    command = system_sort()
    assert command is not None
    sorter = SystemSorter(command, tmp_path / "none")
    line = b"x" * 999 + b"\n"
    with pytest.raises(ResourceError, match="cannot be sorted there") as caught:
        outcome(sorter, [line * 1000] * 400)
    assert "\n" not in str(caught.value)


def test_a_feed_that_breaks_leaves_nothing_behind(tmp_path: Path) -> None:
    def feed(_stream: object) -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        write_sorted(feed, io.BytesIO(), output_format(".ttl"), folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_progress_hears_of_all_lines_twice() -> None:
    quads = [Quad(NamedNode("x:a"), NamedNode("x:p"), Literal(str(number))) for number in range(100)]
    heard: list[int] = []
    count = write_sorted(lines_of(quads), io.BytesIO(), output_format(".nt"), on_lines=heard.append)
    assert (count, sum(heard)) == (100, 200)
