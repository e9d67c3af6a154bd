"""The formats that a graph can be written in, by the ending of the file's name."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import RdfFormat

from kg.errors import UsageError

_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
ENDINGS = (*_FORMATS, *(f"{ending}.gz" for ending in _FORMATS))
"""Every ending that a graph can be written to."""

_NEVER_A_STORE = (".gz", ".json", ".n3", ".owl", ".txt", ".xml", ".csv", ".zip")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFormat:
    """An RDF syntax; `named_graphs` where each triple keeps its graph, else the union is written."""

    syntax: RdfFormat
    named_graphs: bool
    gzip: bool


def output_format(ending: str) -> OutputFormat:
    """The format of one of `ENDINGS`.

    Raises `UsageError` where it is none of them.
    """
    if ending not in ENDINGS:
        raise UsageError(
            f"'{ending}' is no ending of a graph: use one of {' '.join(_FORMATS)}, also with .gz"
        )
    syntax = _FORMATS[ending.removesuffix(".gz")]
    return OutputFormat(
        syntax=syntax,
        # JSON-LD holds named graphs too, but readers of it expect the union.
        named_graphs=syntax.supports_datasets and syntax != RdfFormat.JSON_LD,
        gzip=ending.endswith(".gz"),
    )


def check_output_name(path: Path) -> str | None:
    """The ending of `path`, one of `ENDINGS`; None where the name is that of a store folder.

    Raises `UsageError` where the name looks like a file of a format that cannot be written.

    >>> check_output_name(Path("out/graph.ttl.gz"))
    '.ttl.gz'
    """
    name = path.name.lower()
    found = [ending for ending in ENDINGS if name.endswith(ending) and name != ending]
    if found:
        return max(found, key=len)
    suffix = path.suffix.lower()
    near = get_close_matches(suffix, _FORMATS, n=1, cutoff=0.75) if suffix else []
    if near or suffix in _NEVER_A_STORE:
        hint = f"did you mean '{near[0]}'?" if near else f"use one of {' '.join(_FORMATS)}, also with .gz"
        raise UsageError(f"{path}: '{suffix}' is no ending of a graph: {hint}")
    return None
