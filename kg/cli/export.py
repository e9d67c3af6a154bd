"""`kg export`: a graph in the shapes that other tools read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from kg.cli.options import output_option
from kg.cli.sources import rdf_file
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.model import Status

_RDF = ("ttl", "nt", "nq", "trig", "rdf", "jsonld")
_FORMATS = ("acled", "geojson", "graphml", "gexf", *_RDF)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("source")
@output_option(
    "The file to write: .csv .geojson .graphml .gexf .ttl .nt .nq .trig .rdf .jsonld, each also .gz; or -."
)
@click.option(
    "--format",
    "format_",
    metavar="FORMAT",
    help=f"One of {' '.join(_FORMATS)}; if not given, by the ending of OUT (.csv is acled).",
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    metavar="STATUS",
    help="Only events of this status: Asserted, Claimed, Denied, Planned or Possible. Repeatable. If not"
    " given, acled has the first two, the others all.",
)
def export(source: str, out: Path, format_: str | None, statuses: tuple[str, ...]) -> None:
    """Write the graph SOURCE, an RDF file (also gzipped), in a shape that other tools read.

    \b
    acled          the events that ACLED codes, a table of its shape (CSV), a row an event
    geojson        the events whose place has coordinates, for maps (RFC 7946)
    graphml, gexf  events, people, bodies and places as a network, the roles its edges
    ttl ...        the graph in another syntax, sorted

    In the acled table, a column that the graph does not tell is empty. Where accounts differ, fatalities is
    the lowest figure, and tags has each of them. A killing told as part of another event is in that one's
    row. OUT is replaced whole or not at all; - is standard output.

    \b
      kg export graph.ttl -o events.csv
      kg export graph.ttl -o events.csv --status asserted
      kg export graph.ttl -o events.geojson
      kg export graph.trig.gz -o graph.nt
    """
    from kg.export.records import statuses_named
    from kg.export.writing import EVENT_FORMATS, event_format, write_events
    from kg.store.memory import open_file

    target = None if str(out) == "-" else out
    chosen = event_format(format_, target, _RDF)
    wanted = statuses_named(statuses) or None
    path = rdf_file(source)
    if chosen is None:
        count = _convert(path, target, format_, wanted)
        what = "triple"
    else:
        graph = open_file(path)
        with _output(target) as stream:
            count = write_events(graph, chosen, stream, wanted)
        what = EVENT_FORMATS[chosen].unit
    if target is not None:
        click.echo(f"wrote {count:,} {what}{'' if count == 1 else 's'} to {target}", err=True)


def _convert(source: Path, target: Path | None, name: str | None, statuses: tuple[Status, ...] | None) -> int:
    """The whole graph, in the RDF syntax of that name or of the ending of `target`."""
    from kg.export.writing import EVENT_FORMATS
    from kg.rdf.convert import convert
    from kg.rdf.formats import ENDINGS, output_format

    if statuses:
        raise UsageError("--status chooses among events: a graph is converted whole, leave it out")
    plain = [ending for ending in ENDINGS if not ending.endswith(".gz")]
    called = f".{name}" if name else target.name.lower().removesuffix(".gz") if target else ""
    ending = next((each for each in plain if called.endswith(each)), None)
    if ending is None:
        endings = " ".join((*(form.ending for form in EVENT_FORMATS.values()), *plain))
        raise UsageError(f"{target}: no format by its ending: use one of {endings}, or name a --format")
    with _output(target) as stream:
        return convert(source, stream, output_format(ending))


@contextmanager
def _output(target: Path | None) -> Iterator[IO[bytes]]:
    """A file that is replaced when all went well, or standard output."""
    from kg.atomic import replaced

    if target is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with replaced(target) as stream:
        yield stream
