from __future__ import annotations

import doctest
import gzip
import io
import random
from pathlib import Path

import ardan
import pytest
from pyoxigraph import Dataset, RdfFormat, parse, serialize

from kg.errors import ResourceError
from kg.rdf import convert as convert_module
from kg.rdf.convert import convert
from kg.rdf.formats import output_format

SYNTAX = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
}


def converted(source: Path, ending: str) -> bytes:
    out = io.BytesIO()
    convert(source, out, output_format(ending))
    return out.getvalue()


@pytest.mark.parametrize("ending", SYNTAX)
def test_nothing_is_lost(ending: str) -> None:
    wanted = set(parse(path=str(ardan.DATA), format=RdfFormat.TRIG))
    got = set(parse(converted(ardan.DATA, ending), format=SYNTAX[ending]))
    if ending in (".nq", ".trig"):
        assert got == wanted
    else:
        assert {quad.triple for quad in got} == {quad.triple for quad in wanted}


@pytest.mark.parametrize("ending", [".trig", ".ttl"])
def test_the_order_of_the_source_does_not_show(ending: str, tmp_path: Path) -> None:
    quads = list(parse(path=str(ardan.DATA), format=RdfFormat.TRIG))
    random.Random(7).shuffle(quads)
    path = tmp_path / "shuffled.nq.gz"
    path.write_bytes(gzip.compress(serialize(quads, format=RdfFormat.N_QUADS) or b""))
    assert converted(path, ending) == converted(ardan.DATA, ending)


def test_there_and_back_is_the_same_dataset(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_bytes(converted(ardan.DATA, ".nq"))
    assert Dataset(parse(converted(path, ".trig"), format=RdfFormat.TRIG)) == Dataset(
        parse(path=str(ardan.DATA), format=RdfFormat.TRIG)
    )


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("none.ttl", None, "no such file"),
        ("graph.txt", "", "no RDF by its ending"),
        ("broken.nt", "<a> <b>\n", "line 1"),
        ("cut.ttl.gz", "not packed", "(?i)not a gzipped file"),
    ],
)
def test_what_cannot_be_read_is_one_line(name: str, text: str | None, message: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(ResourceError, match=message) as caught:
        converted(tmp_path / name, ".ttl")
    assert "\n" not in str(caught.value)


AWKWARD = r"""
<a:s> <a:p> "ends <like> a:graph" .
<a:s> <a:p> "x <b"^^<a:type> .
<a:s> <a:p> "two words"@en <a:g> .
<a:s> <a:p> "007"^^<http://www.w3.org/2001/XMLSchema#integer> <a:g> .
<a:s> <a:p> "line\nseparator\u2028\u0085" <a:h> .
<a:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <a:t> <a:g> .
<a:s> <a:p> <a:o> .
<a:s> <a:p> <a:o> <a:h> .
"""


def test_awkward_quads_come_back(tmp_path: Path) -> None:
    path = tmp_path / "awkward.nq"
    path.write_text(AWKWARD, encoding="utf-8")
    wanted = set(parse(AWKWARD.encode(), format=RdfFormat.N_QUADS))
    for ending in (".nq", ".trig"):
        assert set(parse(converted(path, ending), format=SYNTAX[ending])) == wanted
    assert converted(path, ".trig").count(b"GRAPH") + converted(path, ".trig").count(b"{") <= 4
    for ending in (".ttl", ".nt", ".rdf", ".jsonld"):
        got = {quad.triple for quad in parse(converted(path, ending), format=SYNTAX[ending])}
        assert got == {quad.triple for quad in wanted}


def test_the_examples_are_run() -> None:
    result = doctest.testmod(convert_module)
    assert result.attempted
    assert not result.failed
