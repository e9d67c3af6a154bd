"""`kg import`: RDF made elsewhere into a store."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import FILE

_NAMED = 3


@click.command("import")
@click.argument("file", type=FILE)
@click.argument("store", type=FILE)
@click.option(
    "--graph",
    metavar="IRI",
    help="The graph for triples that name none; if not given, one named for FILE.",
)
def import_(file: Path, store: Path, graph: str | None) -> None:
    """Take the RDF in FILE into the folder STORE, beside what is built from articles.

    STORE is made where there is none. FILE ends in .ttl .nt .nq .trig .rdf .jsonld .n3, each also .gz. Quads
    keep their graphs. A graph that is there already is replaced, so repeating does no harm; if anything
    fails, nothing has changed.
    `kg remove IRI STORE` takes a graph out again.

    \b
      kg import people.ttl store/
      kg import places.nt.gz store/ --graph https://example.org/places
    """
    from kg.grow import import_file

    done = import_file(file, store, graph=graph)
    names = ", ".join(done.graphs[:_NAMED])
    more = f" and {len(done.graphs) - _NAMED:,} more" if len(done.graphs) > _NAMED else ""
    click.echo(f"imported {names}{more}; {done.totals.triples:,} triples are in {store}", err=True)
