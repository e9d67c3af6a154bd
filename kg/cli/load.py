"""`kg load`: a graph into a triple store over HTTP."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.store.loading import Loaded, LoadReport
    from kg.store.remote import RemoteStore

_TRIES = 6


@click.command(short_help="Load a graph into a triple store over HTTP.")
@click.argument("source", metavar="SOURCE")
@click.option(
    "--endpoint",
    metavar="URL|NAME",
    required=True,
    help="The server's root, a dataset's URL or its query URL, or a name of yours for it.",
)
@click.option(
    "--graph",
    metavar="IRI",
    help="The graph for triples that have none (a Turtle file's); if not given, one called after the file.",
)
@click.option("--resume", is_flag=True, help="Leave out what a load that broke off has sent.")
@click.option(
    "--prune", is_flag=True, help="Remove graphs under the source's base IRI that it no longer has."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    default=300.0,
    show_default=True,
    help="How long the server may keep silent.",
)
@click.option(
    "--tries",
    type=click.IntRange(min=1),
    metavar="N",
    default=_TRIES,
    show_default=True,
    help="How often a request is made that fails for a while.",
)
def load(
    source: str, endpoint: str, graph: str | None, resume: bool, prune: bool, timeout: float, tries: int
) -> None:
    """Load SOURCE into the triple store at an endpoint, one named graph at a time.

    SOURCE is an RDF file, a store folder or another endpoint's URL. Each graph is replaced, so loading
    again is harmless; at the end the server's counts are compared with the source's.

    User and password, or a token, are taken from the environment: KG_ENDPOINT_USER and
    KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN; on a terminal they are asked for where the server wants them.

    \b
      kg load graph.trig --endpoint http://localhost:7878
      kg load store/ --endpoint http://localhost:3030/news --prune
    """
    from kg.store.loading import load as load_graphs
    from kg.store.opening import open_source

    graphs = open_source(source)
    try:
        with _bar() as advance:

            def to(target: RemoteStore) -> LoadReport:
                return load_graphs(
                    graphs, target, graph=graph, name=source, resume=resume, prune=prune, progress=advance
                )

            report = _with_user(endpoint, timeout, tries, to)
    finally:
        graphs.close()
    click.echo(_summary(report), err=True)
    if report.stale and not report.pruned:
        many = len(report.stale) != 1
        click.echo(
            f"{len(report.stale):,} {'graphs' if many else 'graph'} on the server"
            f" {'are' if many else 'is'} not in the source ({report.stale[0]}{', …' if many else ''}):"
            f" --prune removes {'them' if many else 'it'}",
            err=True,
        )


def _with_user(
    endpoint: str, timeout: float, tries: int, to: Callable[[RemoteStore], LoadReport]
) -> LoadReport:
    """Open the endpoint and load; where it wants a user, ask for one on a terminal and try again."""
    from kg.store.remote import open_endpoint
    from kg.store.remote_credentials import Credentials
    from kg.store.remote_http import UnauthorizedError

    credentials = None
    while True:
        try:
            target = open_endpoint(endpoint, timeout=timeout, tries=tries, credentials=credentials)
            try:
                return to(target)
            finally:
                target.close()
        except UnauthorizedError as error:
            if credentials is not None or not _terminal():
                raise
            click.echo(f"kg: {error}", err=True)
            credentials = Credentials(
                user=click.prompt("User", err=True),
                password=click.prompt("Password", hide_input=True, default="", show_default=False, err=True),
            )


def _terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


@contextmanager
def _bar() -> Iterator[Callable[[Loaded], None]]:
    """A bar of the graphs on standard error, on a terminal only; an interrupt says how to go on."""
    done = 0
    total = 0

    def count(one: Loaded) -> None:
        nonlocal done, total
        done, total = one.number, one.total

    try:
        if not sys.stderr.isatty():
            yield count
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("graphs"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None)

            def advance(one: Loaded) -> None:
                count(one)
                bar.update(task, completed=one.number, total=one.total)

            yield advance
    except KeyboardInterrupt:
        click.echo(f"{done:,} of {total or '?'} graphs are there: go on with --resume", err=True)
        raise


def _summary(report: LoadReport) -> str:
    graphs = f"{report.graphs:,} {'graph' if report.graphs == 1 else 'graphs'}"
    triples = f"{report.triples:,} {'triple' if report.triples == 1 else 'triples'}"
    line = f"loaded {graphs}, {triples}, verified"
    if report.resumed:
        line += f"; {report.resumed:,} of them were there already"
    if report.pruned:
        line += f"; removed {len(report.stale):,} that the source no longer has"
    return line
