"""`kg build`: articles in, a graph out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import (
    FILE,
    base_iri_option,
    date_option,
    input_format_option,
    jobs_option,
    output_option,
    reading_options,
)
from kg.cli.progress import progress
from kg.config import BuildOptions

if TYPE_CHECKING:
    from kg.build import BuildReport
    from kg.errors import KgError

INTERRUPTED = 130
_NAMED = 5
_VIOLATIONS = 10


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@output_option(
    "The graph to write; its ending is its format: .ttl .nt .nq .trig .rdf .jsonld, each also .gz. Without"
    " such an ending: the folder of a store."
)
@date_option
@base_iri_option
@reading_options
@click.option(
    "--text", "keep_text", is_flag=True, help="Keep each article's text in the graph (nif:isString)."
)
@click.option("--no-merge", is_flag=True, help="Leave events apart: each account is an event of its own.")
@click.option(
    "--corrections",
    metavar="FILE",
    type=FILE,
    help="A reader's corrections (YAML, see data/README.md): what is one, what is two, what did not happen.",
)
@jobs_option
@click.option(
    "--strict", is_flag=True, help="Stop at the first article that cannot be read, rather than leave it out."
)
@click.option(
    "--rebuild",
    is_flag=True,
    help="Read all anew and make the store of INPUT alone; what was imported into it stays.",
)
@click.option(
    "--no-validate", is_flag=True, help="Leave the graph unchecked; else it must keep to the shapes."
)
@input_format_option
def build(
    inputs: tuple[str, ...],
    out: Path,
    date: str | None,
    base_iri: str,
    model: str | None,
    gazetteers: tuple[Path, ...],
    lexicon: Path | None,
    keep_text: bool,
    no_merge: bool,
    corrections: Path | None,
    jobs: int,
    strict: bool,
    rebuild: bool,
    no_validate: bool,
    input_format: str | None,
) -> int:
    """Read the articles in INPUT into the graph OUT.

    INPUT is a text file (.txt), a file of records (.jsonl: one article a line, with the fields id, title,
    text, date, url and source), a folder of such files, a pattern in quotes, or - for standard input.

    An article that cannot be read is reported and left out, unless --strict. OUT is replaced whole or not at
    all. With --jobs several processes read, to the same bytes.

    Into a store only what is new or changed is read; what is in it already stays.

    The graph is checked against the shapes (see kg validate). One that breaks them is written beside OUT, as
    graph.invalid.ttl, and the exit status is 1; a store answers as before.

    \b
      kg build reports/ -o graph.ttl
      kg build news.jsonl 'more/*.txt' -o graph.trig.gz --date 2021-08-10
      kg build today.jsonl -o store/ --jobs 2
    """
    from kg.build import build as build_graph
    from kg.corrections import read_corrections
    from kg.documents.count import count_documents
    from kg.documents.inputs import InputFormat
    from kg.validate import InvalidGraphError

    options = BuildOptions(
        base_iri=base_iri,
        date=date,
        model=model,
        gazetteers=gazetteers,
        lexicon=lexicon,
        keep_text=keep_text,
        merge=not no_merge,
    )
    told = None if corrections is None else read_corrections(corrections, base_iri)
    read = 0
    try:
        with progress("articles", total=lambda: count_documents(inputs)) as shown:

            def advance(identifier: str) -> None:
                nonlocal read
                read += 1
                shown.advance(identifier)

            report = build_graph(
                inputs,
                out,
                options,
                corrections=told,
                jobs=jobs,
                strict=strict,
                rebuild=rebuild,
                validate=not no_validate,
                stdin_format=InputFormat(input_format) if input_format else None,
                on_article=advance,
                on_failure=lambda error: shown.note(f"kg: {error}"),
                on_notice=lambda line: shown.note(f"kg: {line}"),
            )
    except KeyboardInterrupt:
        click.echo(f"kg: {interrupted(out, read)}", err=True)
        return INTERRUPTED
    except InvalidGraphError as error:
        for violation in error.violations[:_VIOLATIONS]:
            click.echo(f"kg: {violation}", err=True)
        raise
    click.echo(summary(report), err=True)
    return report.exit_status


def interrupted(out: Path, read: int) -> str:
    """One line: what an interrupted build leaves, and how to go on."""
    from kg.rdf.formats import check_output_name

    after = f"interrupted after {_number(read, 'article', 'articles')}"
    if check_output_name(out) is None:
        return f"{after}: {out} keeps what was read: run the same command again to go on"
    return (
        f"{after}: {out} is as it was: run the same command again to begin anew, "
        "or build into a store folder (no ending), which keeps what was read"
    )


def summary(report: BuildReport) -> str:
    """One line: how many articles were read, which failed, what was written where."""
    from kg.rdf.formats import check_output_name

    line = tally(report.read, report.failures, report.unchanged, report.replaced)
    if report.counts is None:
        return f"{line}; nothing was written to {report.out}"
    found = report.counts
    parts = (
        _number(found.mentions, "mention", "mentions"),
        _number(found.entities, "entity", "entities"),
        _number(found.positions, "position", "positions"),
        _number(found.events, "event", "events"),
    )
    triples = _number(found.triples, "triple", "triples")
    if check_output_name(report.out) is None:
        return f"{line}; {report.out} holds {triples}: {', '.join(parts)}"
    return f"{line}; wrote {triples} to {report.out}: {', '.join(parts)}"


def tally(read: int, failures: Sequence[KgError], unchanged: int = 0, replaced: Sequence[str] = ()) -> str:
    """How many articles were read or were there already, which took the place of others, and which failed.

    Up to five are named; failures by the file or article that their messages begin with.
    """
    parts = [f"read {read}"]
    if unchanged:
        parts.append(f"unchanged {unchanged}")
    if replaced:
        parts.append(f"replaced {len(replaced)}: {_named(replaced)}")
    if failures:
        names = [str(failure).partition(": ")[0] for failure in failures]
        parts.append(f"failed {len(failures)}: {_named(names)}")
    return ", ".join(parts)


def _named(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return f"{', '.join(names[:_NAMED])}{f' and {more} more' if more > 0 else ''}"


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
