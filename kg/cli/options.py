"""Options that recur, as decorators, and the types of their values."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.config import DEFAULT_BASE_IRI

F = TypeVar("F", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)
"""A path as it was typed; whether it exists is for the library to say, in one line with the remedy."""


def output_option(text: str) -> Callable[[F], F]:
    """``-o OUT``, the file to write; required."""
    return click.option("-o", "--output", "out", metavar="OUT", type=FILE, required=True, help=text)


def base_iri_option(function: F) -> F:
    """``--base-iri IRI``."""
    return click.option(
        "--base-iri",
        metavar="IRI",
        default=DEFAULT_BASE_IRI,
        show_default=True,
        help="What the IRIs of entities, events and articles begin with.",
    )(function)


def date_option(function: F) -> F:
    """``--date DATE``."""
    return click.option(
        "--date",
        metavar="DATE",
        help="Date of publication for articles that carry none: 2021-08-10, 2021-08 or 2021.",
    )(function)


def reading_options(function: F) -> F:
    """``--model``, ``--gazetteer`` and ``--lexicon``: what the reader knows."""
    options = (
        click.option(
            "--model",
            metavar="NAME",
            help="An installed spaCy pipeline, in place of the one that comes along.",
        ),
        click.option(
            "--gazetteer",
            "gazetteers",
            metavar="FILE",
            multiple=True,
            type=FILE,
            help="A gazetteer of your own (CSV or SKOS, see data/README.md), besides those that come along."
            " Repeatable.",
        ),
        click.option(
            "--lexicon",
            metavar="FILE",
            type=FILE,
            help="Event words of your own, tried before those that come along (ontology/lexicon/README.md).",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


class Jobs(click.ParamType[int]):
    """A number of processes, or ``auto`` for as many as there are cores that this one may use."""

    name = "jobs"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; fails where it is none, or less than one."""
        if isinstance(value, int):
            return value
        if value == "auto":
            usable = getattr(os, "sched_getaffinity", None)
            return len(usable(0)) if usable else os.cpu_count() or 1
        text = str(value)
        if not (text.isascii() and text.isdigit() and int(text)):
            self.fail(f"{text!r} is no number of processes: give 1 or more, or auto", param, ctx)
        return int(text)


def jobs_option(function: F) -> F:
    """``--jobs N``."""
    return click.option(
        "--jobs",
        metavar="N",
        type=Jobs(),
        default=1,
        show_default=True,
        help="How many processes read articles; auto for as many as there are cores.",
    )(function)


def input_format_option(function: F) -> F:
    """``--input-format FORMAT``."""
    return click.option(
        "--input-format",
        metavar="FORMAT",
        type=click.Choice(["text", "jsonl"]),
        help="What standard input holds: text or jsonl; if not given, what it looks like.",
    )(function)


def color_option(function: F) -> F:
    """``--color WHEN``."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        metavar="WHEN",
        help="auto (on a terminal, unless NO_COLOR is set), always or never.",
    )(function)
