"""`kg export`: a graph in the shapes that other tools read."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from kg.cli.narrowing import narrowing_options
from kg.cli.options import output_option
from kg.cli.progress import counting

_FORMATS = "acled geojson graphml gexf neo4j ttl nt nq trig rdf jsonld"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("source")
@output_option(
    "The file to write: .csv .geojson .graphml .gexf .ttl .nt .nq .trig .rdf .jsonld, each also .gz; for"
    " neo4j a folder or a .zip; or - for standard output."
)
@click.option(
    "--format",
    "format_",
    metavar="FORMAT",
    help=f"One of {_FORMATS}; if not given, by the ending of OUT (.csv is acled).",
)
@narrowing_options
def export(
    source: str,
    out: Path,
    format_: str | None,
    graphs: tuple[str, ...],
    since: str | None,
    classes: tuple[str, ...],
    statuses: tuple[str, ...],
    min_confidence: str | None,
    no_sentences: bool,
) -> None:
    """Write the graph SOURCE in a shape that other tools read.

    SOURCE is an RDF file (also gzipped), a store folder or an endpoint.

    \b
    acled          the events that ACLED codes, a table of its shape (CSV), a row an event
    geojson        the events whose place has coordinates, for maps (RFC 7946)
    graphml, gexf  events, people, bodies and places as a network, the roles its edges
    neo4j          the whole as tables of nodes and relationships, for neo4j-admin database import
    ttl ...        the graph as RDF, sorted: the same graph gives the same bytes from every source

    In the acled table, a column that the graph does not tell is empty. Where accounts differ, fatalities is
    the lowest figure, and tags has each of them. A killing told as part of another event is in that one's
    row. OUT is replaced whole or not at all.

    \b
      kg export graph.ttl -o events.csv
      kg export graph.ttl -o captures.geojson --type Capture --since 2021-08
      kg export STORE -o graph.trig.gz
      kg export graph.ttl -o shared.ttl --no-sentences
      kg export graph.ttl -o tables --format neo4j
    """
    from kg.cli.narrowing import narrowing
    from kg.export.writing import export as write
    from kg.export.writing import find_format
    from kg.store.opening import open_source

    target = None if str(out) == "-" else out
    chosen = find_format(format_, target)
    wanted = narrowing(
        graphs=graphs,
        since=since,
        classes=classes,
        statuses=statuses,
        min_confidence=min_confidence,
        wording=not no_sentences,
    )
    with closing(open_source(source)) as store:
        if target is None:
            sys.stdout.flush()
            write(store, sys.stdout.buffer, chosen, wanted)
            sys.stdout.buffer.flush()
            return
        with counting("lines read and written") as on_lines:
            done = write(store, target, chosen, wanted, on_lines=on_lines)
    click.echo(f"wrote {done} to {target}", err=True)
