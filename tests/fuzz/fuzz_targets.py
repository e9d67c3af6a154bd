"""What is fuzzed: functions that take any bytes, and fail where newskg breaks a promise on them.

Each is driven twice: by hypothesis, for a moment, in `test_fuzz.py`; by atheris, for as long as one likes,
in `run.py`. What was found once lies in `seeds/`, a folder for each target, and is tried every time.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import ardan
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.annotate.times import resolve
from kg.annotate.times.dates import in_order, parts
from kg.documents import read_documents
from kg.documents.boilerplate import find_boilerplate
from kg.documents.content import content_hash
from kg.documents.inputs import InputFormat
from kg.errors import KgError
from kg.query import formats, tokens
from kg.query.binding import fill, term
from kg.query.results import Bindings
from kg.query.saved import Kind, Parameter
from kg.rdf import iris, terms
from kg.rdf.formats import ENDINGS, output_format
from kg.rdf.sorting import lines_of, write_sorted
from kg.rdf.xml_text import without_forbidden

SEEDS = Path(__file__).parent / "seeds"
BASE = "https://w3id.org/newskg/id/"
_GRAPH = ardan.Ardan()
_ECHO = "SELECT ?x WHERE { VALUES ?x { UNDEF } }"
_KINDS = tuple(Kind)
_INPUT_FORMATS = (None, InputFormat.TEXT, InputFormat.JSONL)
_IN_IRI = re.compile(r"[^\x00-\x20<>\"{}|^`\\\ud800-\udfff]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SHOWN = ("csv", "tsv", "json", "xml", "md")


def seeds(target: str) -> list[bytes]:
    """What is kept for a target, in the order of its names."""
    return [path.read_bytes() for path in sorted((SEEDS / target).glob("*")) if path.is_file()]


def any_text(data: bytes) -> str:
    """Bytes as text that may hold anything, also lone surrogates, as a file name or a shell's word does."""
    return data.decode("utf-8", "surrogateescape")


def reader(data: bytes) -> None:
    """Whatever comes by standard input is read as documents that hold together, or refused in a line."""
    form = _INPUT_FORMATS[data[0] % 3] if data else None
    errors: list[KgError] = []
    stdin = io.BytesIO(data[1:])
    for found in read_documents(["-"], on_error=errors.append, stdin=stdin, stdin_format=form):
        assert found.id.strip()
        assert found.text.strip()
        given = (found.id, found.text, found.title, found.url, found.publisher)
        assert all(each is None or each.encode("utf-8") is not None for each in given)
        assert found.date is None or terms.is_date(found.date)
        assert all(0 <= span.begin < span.end <= len(found.text) for span in found.skip)
        assert all(one.end <= two.begin for one, two in zip(found.skip, found.skip[1:], strict=False))
        assert len(content_hash(found)) == 64
    for error in errors:
        assert str(error).isprintable(), str(error)
        assert len(str(error)) < 2000


def boilerplate(data: bytes) -> None:
    """Stretches that are no prose lie in the text, in order, and begin and end with what is seen."""
    text = any_text(data)
    end = -1
    for span in find_boilerplate(text):
        assert end < span.begin < span.end <= len(text)
        end = span.end
        assert text[span.begin : span.end].strip()


def times(data: bytes) -> None:
    """Any text, published on any day, has time expressions with dates on the calendar, in order."""
    published, _, text = any_text(data).partition("\n")
    end = 0
    for found in resolve(text, published or None):
        assert end <= found.begin < found.end <= len(text)
        end = found.end
        assert all(value is None or parts(value) is not None for value in (found.start_date, found.end_date))
        assert in_order((found.start_date, found.end_date))


def minting(data: bytes) -> None:
    """Any text gives an IRI under the base, from which it can be read back; a foreign one stays one."""
    text = any_text(data)
    mint = iris.Minter(BASE)
    try:
        article, entity = mint.article(text), mint.entity(text)
    except KgError:
        assert not text
    else:
        assert NamedNode(article).value == article
        assert NamedNode(entity).value == entity
        assert _IN_IRI.fullmatch(article)
        assert _IN_IRI.fullmatch(entity)
        segment = article.removeprefix(f"{BASE}article/")
        assert not set(segment) & set("/?#")
        assert segment not in (".", "..")
        assert unquote(segment, errors="surrogatepass") == text
        path = entity.removeprefix(BASE)
        assert not set(path.split("/")) & {".", ".."}
        assert unquote(path, errors="surrogatepass") == text
        assert mint.mention(text, text).startswith(f"{article}#")
    found = iris.foreign(text)
    if found is not None:
        assert _IN_IRI.fullmatch(found), found
        assert NamedNode(found).value == found
        assert iris.foreign(found) == found


def round_trip(data: bytes) -> None:
    """Any graph is read back from every format as it was, and its order does not show."""
    quads = list(_quads(data))
    for ending in ENDINGS:
        if ending.endswith(".gz"):
            continue
        output = output_format(ending)
        written, again = io.BytesIO(), io.BytesIO()
        write_sorted(lines_of(quads), written, output)
        write_sorted(lines_of(reversed(quads)), again, output)
        assert written.getvalue() == again.getvalue(), ending
        back = list(parse(written.getvalue(), output.syntax))
        if output.named_graphs:
            assert set(back) == set(quads), ending
        else:
            plain = {quad.triple for quad in (map(_for_xml, quads) if ending == ".rdf" else quads)}
            assert {quad.triple for quad in back} == plain, ending


def _for_xml(quad: Quad) -> Quad:
    value = quad.object
    if isinstance(value, Literal) and without_forbidden(value.value) != value.value:
        return Quad(quad.subject, quad.predicate, terms.text(without_forbidden(value.value)), quad.graph_name)
    return quad


def _quads(data: bytes) -> Iterator[Quad]:
    """A graph made of the pieces of `data` between bytes 0xFF: names, texts, foreign IRIs."""
    mint = iris.Minter(BASE)
    about = mint.dataset()
    for at, piece in enumerate(data.split(b"\xff")[:12]):
        text = any_text(piece)
        graph = NamedNode(mint.graph(f"g{at % 2}"))
        if text:
            about = mint.article(text) if at % 2 else mint.entity(text)
        value: Literal | NamedNode = terms.text(text)
        if (link := iris.foreign(text)) is not None and at % 3 == 0:
            value = NamedNode(link)
        yield Quad(NamedNode(about), NamedNode(f"https://example.org/p{at % 3}"), value, graph)
        yield Quad(NamedNode(about), NamedNode("https://example.org/p"), Literal(at % 4), graph)


def binding(data: bytes) -> None:
    """What stands in a parameter is one term in its place, whatever it is, or is refused in a line."""
    kind = _KINDS[data[0] % len(_KINDS)] if data else Kind.TEXT
    try:
        bound = term(Parameter(name="x", kind=kind), any_text(data[1:]), _GRAPH)
    except KgError as error:
        assert str(error).isprintable(), str(error)
        return
    written = fill(_ECHO, {"x": [bound]})
    before, after = tokens.tokens(_ECHO), tokens.tokens(written)
    assert [token.text for token in before[:6]] == [token.text for token in after[:6]]
    assert [token.text for token in before[-2:]] == [token.text for token in after[-2:]]
    assert not tokens.calls_service(written) or isinstance(bound, Literal)
    (row,) = _GRAPH.query(written)  # type: ignore[misc]
    assert row["x"] == bound


def answers(data: bytes) -> None:
    """Any text in an answer comes back from the formats of machines, and stays one line for people."""
    pieces = [terms.text(any_text(piece)) for piece in data.split(b"\xff")[:6]]
    shown = {}
    for name in _SHOWN:
        out = io.StringIO(newline="")
        rows = iter([(one, terms.text("end")) for one in pieces])
        assert formats.write(Bindings(variables=("a", "b"), rows=rows), name, out) == len(pieces)
        shown[name] = out.getvalue()
    values = [one.value for one in pieces]
    if not any("\0" in value for value in values):  # Python's reader of CSV has its own view of these
        rows_back = list(csv.reader(io.StringIO(shown["csv"], newline="")))
        assert rows_back == [["a", "b"], *([value, "end"] for value in values)]
    assert len(shown["tsv"].split("\n")) == len(pieces) + 2
    bindings = json.loads(shown["json"])["results"]["bindings"]
    assert [row["a"]["value"] for row in bindings] == values
    root = ElementTree.fromstring(shown["xml"].encode())
    assert len(root[1]) == len(pieces)
    assert shown["md"].count("\n") == len(pieces) + 2
    assert not _CONTROLS.search(shown["md"].replace("\n", ""))


def n_quads(data: bytes) -> None:
    """A file of N-Quads from anybody comes out sorted as the graph that it was."""
    try:
        quads = [quad for quad in parse(data, RdfFormat.N_QUADS) if "BlankNode" not in repr(quad)]
    except (SyntaxError, ValueError):
        return
    written = io.BytesIO()
    write_sorted(lines_of(quads), written, output_format(".nq"))
    assert set(parse(written.getvalue(), RdfFormat.N_QUADS)) == set(quads)


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each
    for each in (reader, boilerplate, times, minting, round_trip, binding, answers, n_quads)
}
