"""`kg annotate`: an article as the program sees it."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import color_option, date_option, input_format_option, reading_options
from kg.config import BuildOptions
from kg.errors import KgError

_FORMATS = ("text", "json")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default="text",
    metavar="FORMAT",
    help="text, for people (the default), or json: one article a line, with offsets.",
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
    """
    from kg.build import annotated_articles
    from kg.cli.build import tally
    from kg.documents.inputs import InputFormat

    options = BuildOptions(date=date, model=model, gazetteers=gazetteers, lexicon=lexicon)
    failures: list[KgError] = []

    def fail(error: KgError) -> None:
        failures.append(error)
        click.echo(f"kg: {error}", err=True)

    articles = annotated_articles(
        inputs,
        options,
        stdin_format=InputFormat(input_format) if input_format else None,
        on_failure=fail,
    )
    read = 0
    if format_ == "json":
        from kg.view.record import json_line

        for read, article in enumerate(articles, start=1):  # noqa: B007 - the last is told below
            click.echo(json_line(article))
    else:
        from kg.cli.screen import print_paragraphs, wants_colour
        from kg.view.article import legend, view_article
        from kg.view.paragraphs import Paragraph

        colour = wants_colour(color)
        for read, article in enumerate(articles, start=1):
            head = (Paragraph(), Paragraph()) if read > 1 else (*legend(colour=colour), Paragraph())
            print_paragraphs((*head, *view_article(article, colour=colour)), colour=colour)
    if failures:
        click.echo(tally(read, failures), err=True)
    return max((failure.exit_status for failure in failures), default=0)
