"""Writes answers: the W3C's formats for rows and graphs, and tables for people.

CSV and TSV: https://www.w3.org/TR/sparql11-results-csv-tsv/; JSON: https://www.w3.org/TR/sparql11-results-json/;
XML: https://www.w3.org/TR/rdf-sparql-XMLres/. Rows are written as they come. The triples of a graph are
sorted, so that the same graph gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Callable, Iterable
from typing import IO, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.errors import UsageError
from kg.query.prefixes import KG, PREFIXES, compact
from kg.query.results import Answer, Bindings, Boolean, Graph, Term
from kg.query.saved import SavedQuery

_XSD_STRING = PREFIXES["xsd"] + "string"
_XML_BAD = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_FIGURE = re.compile(r"[+-]?\d+(\.\d+)?")
_RESULTS = "http://www.w3.org/2005/sparql-results#"
Row: TypeAlias = tuple[Term | None, ...]

GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
ROWS = ("table", "md", "csv", "tsv", "json", "xml")
FORMATS = (*ROWS, *GRAPHS)


def formats_for(form: str) -> tuple[str, ...]:
    """The formats for a query of that form (``SELECT``, ``ASK``…), the usual one first."""
    return tuple(GRAPHS) if form in ("CONSTRUCT", "DESCRIBE") else ROWS


def check_format(name: str, form: str) -> None:
    """Raises `UsageError` where a query of that form has no such format."""
    if name not in formats_for(form):
        raise UsageError(
            f"a {form} query is not written as {name}: use one of {', '.join(formats_for(form))}"
        )


def write(answer: Answer, name: str, out: IO[str]) -> int:
    """Write `answer` in the format `name` (any but ``table``); return the number of rows or triples.

    Raises `UsageError` where the answer cannot be written so.
    """
    if isinstance(answer, Graph):
        check_format(name, "CONSTRUCT")
        return _write_graph(answer, GRAPHS[name], out)
    check_format(name, "SELECT" if isinstance(answer, Bindings) else "ASK")
    if isinstance(answer, Boolean):
        out.write(_boolean(answer.value, name))
        return 1
    if name not in _WRITERS:
        raise UsageError(f"no format for rows '{name}': use one of {', '.join(_WRITERS)}")
    tally = itertools.count()
    rows = (row for row, _ in zip(answer.rows, tally, strict=False))
    _WRITERS[name](Bindings(variables=answer.variables, rows=rows), out)
    return next(tally)


def plain(term: Term | None) -> str:
    """A term as a person reads it: an IRI short, a name of the ontology bare, control characters gone.

    >>> plain(NamedNode("https://w3id.org/newskg/ontology#Claimed"))
    'Claimed'
    """
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        text = term.value.removeprefix(KG) if term.value != KG else term.value
        return _CONTROL.sub(" ", text if text != term.value else compact(term.value))
    text = str(term) if isinstance(term, BlankNode) else term.value
    return _CONTROL.sub(" ", text)


def is_figure(term: Term | None) -> bool:
    """Whether a term is a number, which tables set to the right; an unbound one may be."""
    return term is None or (isinstance(term, Literal) and _FIGURE.fullmatch(term.value) is not None)


def for_reading(answer: Bindings, query: SavedQuery) -> Bindings:
    """`answer` without the columns that the header marks as details, and ``Label`` off headings."""
    hidden = {column.name for column in query.columns if column.detail}
    keep = [at for at, name in enumerate(answer.variables) if name not in hidden]
    return Bindings(
        variables=tuple(answer.variables[at].removesuffix("Label") for at in keep),
        rows=(tuple(row[at] for at in keep) for row in answer.rows),
    )


def _boolean(value: bool, name: str) -> str:
    """The answer of ASK in one of the formats for rows; CSV and TSV have none of their own."""
    word = "true" if value else "false"
    if name == "json":
        return json.dumps({"head": {}, "boolean": value}) + "\n"
    if name == "xml":
        body = f"<head/><boolean>{word}</boolean>"
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{_RESULTS}">{body}</sparql>\n'
    return ("yes" if value else "no") + "\n" if name in ("table", "md") else word + "\n"


def _write_csv(answer: Bindings, out: IO[str]) -> None:
    """Comma-separated values: bare values, lines ended by CR LF."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.variables)
    for row in answer.rows:
        writer.writerow(
            "" if one is None else str(one) if isinstance(one, BlankNode) else one.value for one in row
        )


def _write_tsv(answer: Bindings, out: IO[str]) -> None:
    """Tab-separated values: terms as in Turtle."""
    out.write("\t".join(f"?{name}" for name in answer.variables) + "\n")
    for row in answer.rows:
        out.write("\t".join("" if one is None else str(one).replace("\t", "\\t") for one in row) + "\n")


def _write_json(answer: Bindings, out: IO[str]) -> None:
    """SPARQL 1.1 Query Results JSON Format, one row a line."""
    head = json.dumps({"vars": answer.variables}, ensure_ascii=False)
    out.write(f'{{"head": {head}, "results": {{"bindings": [')
    comma = "\n"
    for row in answer.rows:
        bound = {name: _json(one) for name, one in zip(answer.variables, row, strict=True) if one is not None}
        out.write(comma + json.dumps(bound, ensure_ascii=False))
        comma = ",\n"
    out.write("\n]}}\n")


def _json(term: Term) -> dict[str, str]:
    """One term as the format has it."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    found = {"type": "literal", "value": term.value}
    if term.language is not None:
        found["xml:lang"] = term.language
    elif term.datatype.value != _XSD_STRING:
        found["datatype"] = term.datatype.value
    return found


def _write_xml(answer: Bindings, out: IO[str]) -> None:
    """SPARQL Query Results XML Format; characters that XML 1.0 lacks become U+FFFD."""
    out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{_RESULTS}">\n<head>')
    out.write("".join(f"<variable name={quoteattr(name)}/>" for name in answer.variables))
    out.write("</head>\n<results>\n")
    for row in answer.rows:
        cells = "".join(
            f"<binding name={quoteattr(name)}>{_xml(one)}</binding>"
            for name, one in zip(answer.variables, row, strict=True)
            if one is not None
        )
        out.write(f"<result>{cells}</result>\n")
    out.write("</results>\n</sparql>\n")


def _xml(term: Term) -> str:
    """One term as the format has it."""
    value = escape(_XML_BAD.sub("\ufffd", term.value), {"\r": "&#13;"})
    if isinstance(term, NamedNode):
        return f"<uri>{value}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{value}</bnode>"
    if term.language is not None:
        return f"<literal xml:lang={quoteattr(term.language)}>{value}</literal>"
    if term.datatype.value != _XSD_STRING:
        return f"<literal datatype={quoteattr(term.datatype.value)}>{value}</literal>"
    return f"<literal>{value}</literal>"


def _write_md(answer: Bindings, out: IO[str]) -> None:
    """A table of GitHub's Markdown, for people: terms as `plain` writes them."""
    out.write(f"| {' | '.join(answer.variables)} |\n|{' --- |' * len(answer.variables)}\n")
    for row in answer.rows:
        out.write(f"| {' | '.join(_cell(plain(one)) for one in row)} |\n")


def _cell(text: str) -> str:
    """`text` with what Markdown would read as markup made harmless."""
    return re.sub(r"([\\|`*_<>\[\]])", r"\\\1", text)


def _write_graph(answer: Graph, chosen: RdfFormat, out: IO[str]) -> int:
    """Triples sorted by their N-Triples form; prefixes only where they are used."""
    triples = sorted(set(answer.triples), key=_order)
    used = {one: iri for one, iri in PREFIXES.items() if one != "id" and _uses(triples, iri)}
    raw = io.BytesIO()
    serialize(triples, raw, chosen, prefixes=used)
    out.write(raw.getvalue().decode())
    return len(triples)


def _order(triple: Triple) -> tuple[str, str, str]:
    """What triples are sorted by."""
    return (str(triple.subject), str(triple.predicate), str(triple.object))


def _uses(triples: Iterable[Triple], namespace: str) -> bool:
    """Whether an IRI of the triples is in `namespace`."""
    return any(
        (isinstance(part, NamedNode) and part.value.startswith(namespace))
        or (isinstance(part, Literal) and part.datatype.value.startswith(namespace))
        for triple in triples
        for part in (triple.subject, triple.predicate, triple.object)
    )


_WRITERS: dict[str, Callable[[Bindings, IO[str]], None]] = {
    "csv": _write_csv,
    "tsv": _write_tsv,
    "json": _write_json,
    "xml": _write_xml,
    "md": _write_md,
}
