"""The options that say what of a graph is exported."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.rdf.narrowing import Narrowing

F = TypeVar("F", bound=Callable[..., Any])


def narrowing_options(function: F) -> F:
    """``--graph``, ``--since``, ``--type``, ``--status``, ``--min-confidence`` and ``--no-sentences``."""
    options = (
        click.option(
            "--graph",
            "graphs",
            multiple=True,
            metavar="IRI",
            help="Only what is told in this named graph, an article's IRI, or what is described in it."
            " Repeatable.",
        ),
        click.option(
            "--since",
            metavar="DATE",
            help="Only events dated from then on (their last day counts), and undated ones in articles issued"
            " from then on; so articles too: 2021-08-10, 2021-08 or 2021.",
        ),
        click.option(
            "--type",
            "classes",
            multiple=True,
            metavar="CLASS",
            help="Only events or entities of this class or one below it, as Attack or Person, with what they"
            " rest on. Repeatable.",
        ),
        click.option(
            "--status",
            "statuses",
            multiple=True,
            metavar="STATUS",
            help="Only events of this status: Asserted, Claimed, Denied, Planned or Possible. Repeatable."
            " If not given, acled has the first two, the others all.",
        ),
        click.option(
            "--min-confidence", metavar="X", help="Only events whose confidence is at least X, from 0 to 1."
        ),
        click.option(
            "--no-sentences",
            is_flag=True,
            help="Leave out the articles' wording: sentences, quotations, titles, texts, the words of"
            " figures, and what mentions say unless they are names. Such a graph breaks two rules of"
            " `kg validate`, MentionSentence and MentionText.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def narrowing(
    *,
    graphs: tuple[str, ...],
    since: str | None,
    classes: tuple[str, ...],
    statuses: tuple[str, ...],
    min_confidence: str | None,
    wording: bool,
) -> Narrowing:
    """What these options say. Raises `UsageError` where one of them cannot be."""
    from kg.export.records import statuses_named
    from kg.query.prefixes import expand
    from kg.rdf.narrowing import Narrowing

    try:
        least = None if min_confidence is None else Decimal(min_confidence)
    except InvalidOperation:
        raise UsageError(f"--min-confidence {min_confidence}: is no number: give one from 0 to 1") from None
    return Narrowing(
        graphs=tuple(expand(graph) or graph for graph in graphs),
        since=since,
        classes=classes,
        statuses=statuses_named(statuses),
        min_confidence=least,
        wording=wording,
    )
