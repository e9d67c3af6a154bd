"""`kg query`: ask a graph one of the saved queries, or one of your own."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.query.results import Answer
    from kg.query.saved import SavedQuery
    from kg.store.protocol import Store

_FORMATS = ("table", "md", "csv", "tsv", "json", "xml", "ttl", "nt", "nq", "trig", "rdf", "jsonld")


@click.command(short_help="Ask a graph a saved query, or one of your own.")
@click.argument("name", metavar="NAME|FILE")
@click.argument("more", nargs=-1, metavar="")
@click.option("--data", metavar="FILE", help="RDF file: .ttl .nt .nq .trig .rdf .jsonld, each also .gz.")
@click.option("--store", metavar="FOLDER", help="Store folder, as 'kg build' makes it.")
@click.option(
    "--endpoint",
    metavar="URL|NAME",
    help="SPARQL endpoint: a server's root, a dataset's URL or its query URL, or a name of yours for it.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="How long an endpoint may keep silent.",
)
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="KEY=VALUE",
    help="A parameter: a name, an IRI, a date, a number. Given twice, either value will do.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    metavar="FORMAT",
    help=f"One of {' '.join(_FORMATS)}; if not given, table for rows and ttl for graphs.",
)
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="At most so many rows.")
@click.option("--all-columns", is_flag=True, help="Show the columns that tables leave out (IRIs mostly).")
@click.option("--explain", is_flag=True, help="Print the query as it would be sent, and stop.")
@click.option("--allow-service", is_flag=True, help="Let the query ask other servers (SERVICE).")
def query(
    name: str,
    more: tuple[str, ...],
    data: str | None,
    store: str | None,
    endpoint: str | None,
    params: tuple[str, ...],
    format_: str | None,
    limit: int | None,
    all_columns: bool,
    explain: bool,
    allow_service: bool,
    timeout: float | None,
) -> None:
    """Ask a graph the saved query NAME, or the query in FILE.

    `kg queries` lists the saved queries; `kg queries NAME` shows one with its parameters.

    \b
    kg query captures --data graph.ttl --param org="Azure Front"
    kg query timeline --data graph.ttl --param from=2021-08 --format csv
    kg query mine.rq --data graph.ttl
    kg query captures --endpoint http://localhost:7878
    """
    if more:
        raise UsageError(f"the graph is named by an option: --data {more[0]}, or --store or --endpoint")
    from kg.query import binding, engine, formats, saved
    from kg.resources import queries_dir

    found = saved.find_query(name, queries_dir())
    engine.check(found.text, name=found.name, services=allow_service)
    chosen = format_ or formats.formats_for(found.form)[0]
    formats.check_format(chosen, found.form)
    given = [_pair(param) for param in params]
    binding.check(found, [key for key, _ in given])
    with closing(_open(data, store, endpoint, timeout)) as source:
        text = binding.fill(found.text, binding.bind(found, given, source))
        if explain:
            click.echo(_as_sent(source, text))
            return
        answer = engine.run(source, text, name=found.name, limit=limit, services=allow_service)
        if not _print(answer, chosen, found, all_columns):
            click.echo("no rows", err=True)


def _as_sent(source: Store, text: str) -> str:
    """A query as the source is asked it; for an endpoint with what goes along, as comments of SPARQL."""
    request = getattr(source, "request", None)
    return f"{request(text) if request else ''}{text}".removesuffix("\n")


def _print(answer: Answer, chosen: str, query: SavedQuery, all_columns: bool) -> int:
    """Print the answer; the number of rows."""
    from kg.query import formats
    from kg.query.results import Bindings

    if isinstance(answer, Bindings) and chosen in ("table", "md") and not all_columns:
        answer = formats.for_reading(answer, query)
    if isinstance(answer, Bindings) and chosen == "table":
        return _print_table(answer)
    return formats.write(answer, chosen, sys.stdout)


def _print_table(answer: Answer) -> int:
    """Print rows as a table; where there are none, only its headings."""
    from kg.cli.tables import print_table
    from kg.query.formats import is_figure, plain
    from kg.query.results import Bindings

    assert isinstance(answer, Bindings)
    rows = list(answer.rows)
    columns = range(len(answer.variables))
    numeric = frozenset(at for at in columns if all(is_figure(row[at]) for row in rows))
    print_table(list(answer.variables), [[plain(cell) for cell in row] for row in rows], numeric=numeric)
    return len(rows)


def _open(data: str | None, store: str | None, endpoint: str | None, timeout: float | None) -> Store:
    """The one source that was named."""
    named = [
        option for option, value in (("--data", data), ("--store", store), ("--endpoint", endpoint)) if value
    ]
    if len(named) > 1:
        raise UsageError(f"give one of --data, --store and --endpoint, not {' and '.join(named)}")
    if data:
        from kg.store.memory import open_file

        return open_file(Path(data))
    if endpoint:
        from kg.store.remote import open_endpoint

        return open_endpoint(endpoint, timeout=timeout)
    if store:
        from kg.store.embedded import open_folder

        return open_folder(Path(store))
    raise UsageError("nothing to ask: give --data FILE, --store FOLDER or --endpoint URL")


def _pair(param: str) -> tuple[str, str]:
    """KEY and VALUE."""
    key, equals, value = param.partition("=")
    if not equals or not key.strip():
        raise UsageError(f"--param {param}: write it as KEY=VALUE")
    return key.strip(), value
