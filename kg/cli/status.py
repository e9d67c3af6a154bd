"""`kg status`: what is in a store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import FILE

if TYPE_CHECKING:
    from kg.grow import StoreStatus

_INDENT = 12


@click.command()
@click.argument("store", type=FILE)
@click.option(
    "--format",
    "format_",
    metavar="FORMAT",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text (the default); json: one object.",
)
def status(store: Path, format_: str) -> None:
    """Say what is in the folder STORE, by which version it was built with what, and what was left undone.

    \b
      kg status store/
      kg status store/ --format json
    """
    from kg.grow import store_status

    found = store_status(store)
    if format_ == "json":
        click.echo(json.dumps({**asdict(found), "folder": str(found.folder)}, indent=2))
        return
    for name, value in _lines(found):
        click.echo(f"{name:{_INDENT}}{value}")


def _lines(found: StoreStatus) -> Iterator[tuple[str, str]]:
    totals = found.totals
    yield "articles", f"{totals.articles:,} ({totals.mentions:,} mentions)"
    yield "entities", f"{totals.entities:,}, positions {totals.positions:,}, events {totals.events:,}"
    yield "triples", f"{totals.triples:,}"
    for at, graph in enumerate(found.imported):
        size = f"{graph.triples:,} {'triple' if graph.triples == 1 else 'triples'}"
        yield ("imported" if at == 0 else ""), f"{graph.graph} ({size})"
    yield from _settings(found)
    if (run := found.last_run) is not None:
        yield "last run", f"{run.started} to {run.ended or 'an end that it did not reach'}"
        yield "", " ".join((run.command, *run.inputs))
    if found.pending:
        yield "unfinished", f"{found.pending:,} of its articles are not in the graphs as they were read last"
    if found.rebuilding is not None:
        yield "unfinished", f"a rebuild, {found.rebuilding:,} articles read so far"
    if found.next_step is not None:
        yield "", f"finish it: {found.next_step}"


def _settings(found: StoreStatus) -> Iterator[tuple[str, str]]:
    settings = found.settings
    if settings is None:
        return
    yield "built by", f"newskg {settings.program}, ontology {settings.ontology}"
    if not found.current:
        yield "", "this version reads otherwise: adding to it needs 'kg build … --rebuild'"
    yield "model", settings.reader or settings.model or "none yet"
    yield "base IRI", settings.base_iri
    if settings.lexicon is not None:
        yield "lexicon", settings.lexicon.path
    for table in settings.gazetteers:
        yield "gazetteer", table.path
    if found.corrections is not None:
        yield "corrections", found.corrections
    if settings.keep_text:
        yield "text", "kept"
    if not settings.merge:
        yield "events", "not merged"
