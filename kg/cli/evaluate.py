"""`kg evaluate`: a graph against gold of one's own."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import FILE

if TYPE_CHECKING:
    from kg.evaluate import Evaluation

_SAMPLES, _SEED = 1000, 0


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("source")
@click.argument("gold", type=FILE)
@click.argument("articles", type=FILE)
@click.option(
    "--compare",
    "other",
    metavar="OTHER",
    help="Another graph of the same articles: the differences, OTHER less SOURCE, with their intervals.",
)
@click.option("--errors", is_flag=True, help="List everything that differs from gold, with its sentence.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "json", "csv", "md")),
    default="table",
    metavar="FORMAT",
    help="table (the default), json, csv or md.",
)
@click.option(
    "--samples",
    type=click.IntRange(min=100, max=100_000),
    default=_SAMPLES,
    show_default=True,
    metavar="N",
    help="How many samples of the documents the intervals are taken from.",
)
@click.option(
    "--seed", type=int, default=_SEED, show_default=True, metavar="N", help="What chance begins with."
)
def evaluate(
    source: str,
    gold: Path,
    articles: Path,
    other: str | None,
    errors: bool,
    format_: str,
    samples: int,
    seed: int,
) -> int:
    """Measure the graph SOURCE against the folder GOLD, made by hand for ARTICLES (a folder or .jsonl).

    Gold is one YAML file an article, as data/README.md describes it. SOURCE is an RDF file, a store or an
    endpoint. Prints precision, recall and F1, with 95 % intervals by the bootstrap over documents. What gold
    has nothing of is not measured.

    \b
      kg evaluate graph.ttl data/gold data/reports
      kg evaluate graph.ttl gold/ articles/ --errors
      kg evaluate before.ttl gold/ articles/ --compare after.ttl
    """
    from kg.evaluate import compare, read_articles, read_gold, score
    from kg.evaluate import evaluate as measure
    from kg.evaluate.writing import as_csv, as_json, as_markdown, comparison_table, measured, score_table
    from kg.store.opening import open_source

    wanted = read_gold(gold, read_articles(articles))

    def run(name: str) -> Evaluation:
        with closing(open_source(name)) as store:
            return measure(store, wanted)

    found = run(source)
    scores = measured(score(found, samples=samples, seed=seed))
    second = None if other is None else run(other)
    shown = {each.figure for each in scores}
    compared = [
        each
        for each in (() if second is None else compare(found, second, samples=samples, seed=seed))
        if each.figure in shown
    ]
    table = comparison_table(compared) if second is not None else score_table(scores)
    if format_ == "json":
        click.echo(as_json(scores, compared, found.misses if errors else None, found.absent))
    else:
        if errors:
            for miss in found.misses:
                if miss.figure in shown:
                    click.echo(str(miss))
            click.echo()
        if format_ == "csv":
            click.echo(as_csv(scores, compared), nl=False)
        elif format_ == "md":
            click.echo(as_markdown(table), nl=False)
        else:
            from kg.cli.tables import print_table

            print_table(*table, numeric=frozenset(range(1, len(table[0]))))
    _notes(source, other, found, second)
    return 1 if found.absent or (second is not None and second.absent) else 0


def _notes(source: str, other: str | None, found: Evaluation, second: Evaluation | None) -> None:
    """What the figures do not say: articles that a graph lacks, intervals that there are none of."""
    for name, each in ((source, found), (other, second)):
        if each is not None and each.absent:
            click.echo(
                f"kg: {name} lacks {len(each.absent)} of the {len(each.articles)} articles that have gold:"
                f" {', '.join(each.absent[:5])}{' …' if each.absent[5:] else ''}: all of it counts as missed",
                err=True,
            )
    if len(found.articles) == 1:
        click.echo("kg: one article has gold, and intervals need two or more: there are none", err=True)
