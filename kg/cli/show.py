"""`kg show`: an entity as a person would want to see it."""

from __future__ import annotations

from contextlib import closing

import click

from kg.cli.choices import list_choices
from kg.cli.options import color_option

_FORMATS = ("text", "json", "html")
_EVENTS = 20


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("entity")
@click.argument("source")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    default=_EVENTS,
    show_default=True,
    help="At most so many events, the earliest.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default="text",
    metavar="FORMAT",
    help="text (the default); json: one object; html: a page that needs nothing else.",
)
@color_option
def show(entity: str, source: str, limit: int, format_: str, color: str) -> int:
    """Show a person, organisation, group or place of the graph SOURCE: an RDF file (also gzipped), a store
    folder or an endpoint.

    ENTITY is a name, as "Port Ardan", a name and a class, as "Ardan (Province)", or an IRI, also short, as
    id:geonames/1138958 or wd:Q7184. Where several bear the name, they are listed.

    Shows names, kind, place on earth, posts and ties, and the events in order of time, each with the
    sentences that tell of it.

    \b
      kg show "Azure Front" graph.ttl
      kg show id:geonames/2459657 graph.trig.gz --limit 5
    """
    from kg.query.entity import find_entity, portrait
    from kg.query.names import AmbiguousNameError
    from kg.store.opening import open_source

    with closing(open_source(source)) as store:
        try:
            found = find_entity(store, entity)
        except AmbiguousNameError as error:
            list_choices(entity, "kg show", source, error)
            return error.exit_status
        shown = portrait(store, found, limit=limit)
    if format_ == "json":
        import json
        from dataclasses import asdict

        click.echo(json.dumps(asdict(shown), ensure_ascii=False, indent=2))
        return 0
    from kg.view.entity import view_entity

    if format_ == "html":
        from kg.view.page import page

        for line in page(shown.label, view_entity(shown)):
            click.echo(line)
        return 0
    from kg.cli.screen import print_paragraphs, wants_colour

    print_paragraphs(view_entity(shown), colour=wants_colour(color))
    return 0
