"""SPARQL 1.1 Protocol: a query goes out as an urlencoded POST, its answer comes back as terms.

SPARQLWrapper writes the request, `kg.store.remote_http` sends it, pyoxigraph reads the answer as it
arrives. A query is first read here, on an empty store, so that what is no SPARQL is the same error for
every server, and the form of the answer is known.
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import httpx
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)
from pyoxigraph import Store as Oxigraph
from SPARQLWrapper import ASK, CONSTRUCT, DESCRIBE, JSON, POST, SELECT, TURTLE, SPARQLWrapper

from kg.errors import ResourceError
from kg.store.remote_http import Client, RefusedError, body, shown
from kg.store.remote_terms import canonical

Answer = QuerySolutions | QueryBoolean | QueryTriples
_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_SERVICE = re.compile(r"service|\\u", re.IGNORECASE)
_DISTINCT = re.compile(
    r"(?:\s|#[^\n]*\n|BASE\s*<[^>]*>|PREFIX\s+[^:\s]*:\s*<[^>]*>)*SELECT\s+DISTINCT\b", re.IGNORECASE
)
OWN_LIMIT = re.compile(r"\bLIMIT\s+(\d+)(?:\s+OFFSET\s+\d+)?\s*$", re.IGNORECASE)
"""The limit at the end of a query."""
_VIRTUOSO_YES = "__ASK_RETVAL"
MOST_ROWS = "x-sparql-maxrows"
_PIECE = 1 << 16


class CutError(ResourceError):
    """The server has more rows than the `most` that it gives."""

    def __init__(self, url: str, most: int) -> None:
        super().__init__(
            f"{shown(url)}: gives no more than {most:,} rows: narrow the query, or raise the server's limit"
        )
        self.most = most


class _Wrapper(SPARQLWrapper):
    """A SPARQLWrapper whose requests our client sends."""

    def __init__(self, url: str, client: Client) -> None:
        super().__init__(url, returnFormat=JSON)
        self.setMethod(POST)
        self.setOnlyConneg(True)
        self.client = client
        self.answered: httpx.Response | None = None

    def _query(self) -> tuple[Any, str]:
        request = self._createRequest()
        assert isinstance(request.data, bytes)
        headers = dict(request.header_items())
        self.answered = self.client.send("POST", request.full_url, content=request.data, headers=headers)
        return self.answered, self.returnFormat


def form_of(text: str) -> str | None:
    """The form of a query: SELECT, ASK or CONSTRUCT (DESCRIBE too); None where reading it would ask others.

    Raises `SyntaxError` where the text is no query.
    """
    if _SERVICE.search(text):
        return None
    found = Oxigraph().query(text)
    if isinstance(found, QueryBoolean):
        return str(ASK)
    return str(CONSTRUCT) if isinstance(found, QueryTriples) else str(SELECT)


def ask(
    client: Client,
    url: str,
    text: str,
    parameters: Mapping[str, Sequence[str]] | None = None,
    prologue: str = "",
) -> Answer:
    """The answer of the server at `url`; `parameters` go along (the graphs to ask, say), and `prologue` is
    written before the text, which may be what only this server understands.

    Rows are read as they come; an answer cut by the server's own limit is a `ResourceError` at its end.
    Raises `SyntaxError` where the text is no query, and as `Client.send` does.
    """
    response, form = send_query(client, url, text, parameters, prologue)
    media = response.headers.get("content-type", "").partition(";")[0].strip()
    stream = body(response)
    if form in (CONSTRUCT, DESCRIBE):
        return _graph(_triples(stream, media, url))
    try:
        found = parse_query_results(
            stream, QueryResultsFormat.from_media_type(media) or QueryResultsFormat.JSON
        )
    except (SyntaxError, ValueError) as error:
        raise ResourceError(f"{shown(url)}: answers {media or 'nothing'}, no SPARQL results") from error
    if isinstance(found, QueryBoolean):
        return found
    if form == ASK:
        return _truth(any(_is_yes(row) for row in found))
    most = response.headers.get(MOST_ROWS)
    own = OWN_LIMIT.search(text)
    cut = most is not None and most.isdecimal() and (own is None or int(own[1]) > int(most))
    lines = _rows(found, int(most) if most is not None and cut else None, url)
    if _DISTINCT.match(text):
        lines = _once(lines)
    answer = parse_query_results(io.BufferedReader(_Lines(lines), _PIECE), QueryResultsFormat.TSV)
    assert isinstance(answer, QuerySolutions)
    return answer


def triples(client: Client, url: str, text: str, prologue: str = "") -> Iterator[Triple]:
    """The triples that a CONSTRUCT answers, one by one as they come, in canonical form; raises as `ask`."""
    response, _ = send_query(client, url, text, prologue=prologue)
    media = response.headers.get("content-type", "").partition(";")[0].strip()
    return _triples(body(response), media, url)


def read_triples(
    stream: io.BufferedReader, url: str, form: RdfFormat = RdfFormat.N_TRIPLES
) -> Iterator[Triple]:
    """The triples in `stream`, in canonical form. Raises `ResourceError` where they are broken."""
    try:
        with stream:
            for quad in parse(stream, form):
                yield Triple(quad.subject, quad.predicate, canonical(quad.object))
    except SyntaxError as error:
        raise ResourceError(f"{shown(url)}: answers with broken RDF: {error}") from error


def send_query(
    client: Client,
    url: str,
    text: str,
    parameters: Mapping[str, Sequence[str]] | None = None,
    prologue: str = "",
) -> tuple[httpx.Response, str]:
    """The server's answer to `text`, and the form of it."""
    form = form_of(text)
    wrapper = _Wrapper(url, client)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # it reads the form by a pattern, and says so
        wrapper.setQuery(prologue + text)
    if form is not None:
        wrapper.queryType = form
    graph = wrapper.queryType in (CONSTRUCT, DESCRIBE)
    wrapper.setReturnFormat(TURTLE if graph else JSON)
    wrapper.addCustomHttpHeader("Accept", _TRIPLES if graph else _ROWS)
    for name, values in (parameters or {}).items():
        for value in values:
            wrapper.addParameter(name, value)
    try:
        wrapper.query()
    except RefusedError as error:
        if form is None and error.status == HTTPStatus.BAD_REQUEST:
            raise SyntaxError(str(error)) from error
        raise
    assert wrapper.answered is not None
    return wrapper.answered, str(wrapper.queryType)


def _triples(stream: io.BufferedReader, media: str, url: str) -> Iterator[Triple]:
    form = RdfFormat.from_media_type(media)
    if form is None:
        stream.close()
        raise ResourceError(f"{shown(url)}: answers {media or 'nothing'}, no RDF")
    return read_triples(stream, url, form)


def _graph(found: Iterable[Triple]) -> QueryTriples:
    """Triples as an engine's answer; they are held in memory, each once."""
    store = Oxigraph()
    lines = _Lines(f"{one} .\n" for one in found)
    store.bulk_load(io.BufferedReader(lines, _PIECE), RdfFormat.N_TRIPLES)
    answer = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(answer, QueryTriples)
    return answer


def _truth(value: bool) -> QueryBoolean:
    words = f'{{"head":{{}},"boolean":{"true" if value else "false"}}}'
    answer = parse_query_results(words.encode(), QueryResultsFormat.JSON)
    assert isinstance(answer, QueryBoolean)
    return answer


def _is_yes(row: object) -> bool:
    """Whether the one row that Virtuoso answers ASK with says yes."""
    cell = row[_VIRTUOSO_YES]  # type: ignore[index]
    return cell is not None and cell.value not in ("0", "false")


def _rows(found: QuerySolutions, most: int | None, url: str) -> Iterator[str]:
    """`found` as lines of tab-separated values, terms in canonical form, as it comes."""
    width = range(len(found.variables))
    yield "\t".join(str(one) for one in found.variables) + "\n"
    count = 0
    try:
        for row in found:
            count += 1
            cells = (row[at] for at in width)
            yield "\t".join("" if cell is None else str(canonical(cell)) for cell in cells) + "\n"
    except SyntaxError as error:
        raise ResourceError(f"{shown(url)}: the answer broke off: {error}") from error
    if most is not None and count >= most:
        raise CutError(url, most)


def _once(lines: Iterator[str]) -> Iterator[str]:
    """Each line once: terms that a server keeps apart may be one in canonical form, and Virtuoso repeats
    rows of ``SELECT DISTINCT``."""
    seen: set[bytes] = set()
    for line in lines:
        digest = hashlib.blake2b(line.encode(), digest_size=16).digest()
        if digest not in seen:
            seen.add(digest)
            yield line


class _Lines(io.RawIOBase):
    """Lines of text as a stream of bytes, each made when it is read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        while not self._rest:
            line = next(self._lines, None)
            if line is None:
                return 0
            self._rest = line.encode()
        count = min(len(view), len(self._rest))
        view[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
