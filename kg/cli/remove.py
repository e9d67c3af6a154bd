"""`kg remove`: articles out of a store."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import FILE


@click.command()
@click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True)
@click.argument("store", type=FILE)
def remove(articles: tuple[str, ...], store: Path) -> None:
    """Take each ARTICLE out of the folder STORE, with all that rested on it alone.

    ARTICLE is an article's identifier or its IRI (`kg query articles` lists them), or the IRI of an imported
    graph. Where one of them is not there, nothing is removed.

    \b
      kg remove march.txt store/
      kg remove https://w3id.org/newskg/id/import/people.ttl store/
    """
    from kg.grow import withdraw

    gone = withdraw(articles, store, on_notice=lambda line: click.echo(f"kg: {line}", err=True))
    names = ", ".join((*gone.articles, *gone.graphs))
    click.echo(
        f"removed {names}; {gone.totals.articles:,} articles and {gone.totals.triples:,} triples are left",
        err=True,
    )
