"""A name that several things bear: the choice is the user's, and is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.query.names import AmbiguousNameError


def list_choices(name: str, command: str, source: str, error: AmbiguousNameError) -> None:
    """Says on standard error that `name` is the name of several, how to choose, and which there are."""
    from kg.query.names import quoted
    from kg.query.prefixes import compact

    count, first = len(error.choices), compact(error.choices[0].iri)
    click.echo(
        f"kg: {quoted(name)} is the name of {count}: choose one, as in: {command} {first} {source}", err=True
    )
    for choice in error.choices:
        click.echo(f"  {choice}", err=True)
