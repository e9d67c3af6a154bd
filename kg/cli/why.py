"""`kg why`: from a triple back to the sentences, or to what else it rests on."""

from __future__ import annotations

import click

from kg.cli.choices import list_choices
from kg.cli.options import color_option

_QUOTES = 5
_QUOTES_OF_ALL = 1
_OBJECTS_OF_ALL = 5


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("subject")
@click.argument("rest", metavar="[PREDICATE [OBJECT]] SOURCE", nargs=-1, required=True)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    default=None,
    help=f"At most so many sentences for each ground; {_QUOTES} if not given, {_QUOTES_OF_ALL} without"
    " PREDICATE (text only).",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    metavar="FORMAT",
    help="text (the default); json: one object, with every offset.",
)
@color_option
def why(subject: str, rest: tuple[str, ...], limit: int | None, format_: str, color: str) -> int:
    """Say what the triples of SUBJECT in the graph SOURCE rest on: article, sentence, offsets.

    SUBJECT is the name of an entity, or an IRI, also short, as id:geonames/1138958 or
    id:event/capture-0a1b2c3d4e5f. PREDICATE is a property, as kg:hasAgent, hasAgent or label; OBJECT an
    IRI, a name or a literal. Without them all triples of the subject are answered for.

    What no article says in words rests on something else, which is named: the gazetteer, the ontology, a
    reader's correction, or the program, which reckoned it. Offsets count Unicode code points.

    \b
      kg why "Port Ardan" graph.ttl
      kg why "Port Ardan" locatedIn graph.ttl
      kg why id:event/capture-0a1b2c3d4e5f hasAgent "Azure Front" graph.trig.gz
    """
    from kg.query.names import AmbiguousNameError
    from kg.query.why import find_subject
    from kg.query.why import why as ask_why
    from kg.store.opening import open_source

    if len(rest) > 3:
        raise click.UsageError("too many arguments: SUBJECT [PREDICATE [OBJECT]] SOURCE")
    *triple, source = rest
    store = open_source(source)
    try:
        try:
            found = find_subject(store, subject)
        except AmbiguousNameError as error:
            list_choices(subject, "kg why", " ".join(rest), error)
            return error.exit_status
        told = ask_why(store, found, *triple)
    finally:
        store.close()
    if format_ == "json":
        import json
        from dataclasses import asdict

        click.echo(json.dumps(asdict(told), ensure_ascii=False, indent=2))
        return 0
    from kg.cli.screen import print_paragraphs, wants_colour
    from kg.view.why import view_why

    if limit is None:
        limit = _QUOTES if triple else _QUOTES_OF_ALL
    objects = None if triple else _OBJECTS_OF_ALL
    print_paragraphs(view_why(told, limit=limit, objects=objects), colour=wants_colour(color))
    return 0
