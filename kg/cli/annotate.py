"""`kg annotate`: an article as the program sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import color_option, date_option, input_format_option, reading_options
from kg.config import BuildOptions
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.model import ResolvedDocument

_FORMATS = ("text", "json", "html")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default="text",
    metavar="FORMAT",
    help="text (the default); json: one article a line, with offsets; html: a page that needs nothing else.",
)
@color_option
@date_option
@reading_options
@input_format_option
def annotate(
    inputs: tuple[str, ...],
    format_: str,
    color: str,
    date: str | None,
    model: str | None,
    gazetteers: tuple[Path, ...],
    lexicon: Path | None,
    input_format: str | None,
) -> int:
    """Show the articles in INPUT with everything that was found in them.

    INPUT is what `kg build` reads: files, folders, patterns, or - for standard input. The text is shown with
    its mentions, time expressions and events marked, in colour on a terminal and in brackets elsewhere; below
    it stand the entities with their links, the posts and ties, and the events with who, whom, where and when.

    \b
      kg annotate report.txt
      kg annotate report.txt --color always | less -R
      kg annotate news.jsonl --format json > found.jsonl
      kg annotate news.jsonl --format html > found.html
    """
    from kg.build import annotated_articles
    from kg.cli.build import tally
    from kg.documents.inputs import InputFormat

    options = BuildOptions(date=date, model=model, gazetteers=gazetteers, lexicon=lexicon)
    failures: list[KgError] = []

    def fail(error: KgError) -> None:
        failures.append(error)
        click.echo(f"kg: {error}", err=True)

    read = 0

    def articles() -> Iterator[ResolvedDocument]:
        nonlocal read
        stdin_format = InputFormat(input_format) if input_format else None
        for article in annotated_articles(inputs, options, stdin_format=stdin_format, on_failure=fail):
            read += 1
            yield article

    if format_ == "json":
        from kg.view.record import json_line

        for article in articles():
            click.echo(json_line(article))
    elif format_ == "html":
        from kg.view.article import view_articles
        from kg.view.page import page

        for line in page("kg annotate", view_articles(articles(), colour=True)):
            click.echo(line)
    else:
        from kg.cli.screen import print_paragraphs, wants_colour
        from kg.view.article import view_articles

        colour = wants_colour(color)
        print_paragraphs(view_articles(articles(), colour=colour), colour=colour)
    if failures:
        click.echo(tally(read, failures), err=True)
    return max((failure.exit_status for failure in failures), default=0)
