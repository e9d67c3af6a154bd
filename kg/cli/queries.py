"""`kg queries`: what can be asked, and how."""

from __future__ import annotations

import click


@click.command(short_help="List the saved queries, or show one.")
@click.argument("name", metavar="[NAME|FILE]", required=False)
def queries(name: str | None) -> None:
    """List the saved queries, or show the one called NAME with its parameters, columns and SPARQL."""
    from kg.query.saved import find_query, saved_queries
    from kg.resources import queries_dir

    folder = queries_dir()
    if name is None:
        found = saved_queries(folder)
        width = max((len(query.name) for query in found), default=0)
        for query in found:
            click.echo(f"{query.name:{width}}  {query.summary}")
        return
    query = find_query(name, folder)
    click.echo(f"{query.name}: {query.summary}")
    if query.parameters:
        click.echo("\nParameters (--param KEY=VALUE)")
        for one in query.parameters:
            need = "required" if one.required else f"default {one.default}" if one.default else "optional"
            _item(one.name, f"{one.kind.value}, {need}. {one.text}")
    if query.columns:
        click.echo("\nColumns")
        for column in query.columns:
            _item(column.name, f"{column.text}{' (not in tables)' if column.detail else ''}")
    click.echo(f"\nSPARQL\n{_body(query.text)}")


def _item(name: str, text: str) -> None:
    """One line of a list, wrapped below itself."""
    click.echo(click.wrap_text(f"{name:14}{text}", 78, initial_indent="  ", subsequent_indent=" " * 16))


def _body(text: str) -> str:
    """The query without its header."""
    lines = text.splitlines()
    while lines and (not lines[0].strip() or lines[0].lstrip().startswith("#")):
        lines.pop(0)
    return "\n".join(lines)
