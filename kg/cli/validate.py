"""`kg validate`: a graph against the shapes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import FILE

if TYPE_CHECKING:
    from kg.validate import Report, TextReport

_NAMED = 5


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("source")
@click.option(
    "--texts",
    metavar="INPUT",
    multiple=True,
    help="Articles as they were given to kg build (files, folders, .jsonl): that the evidence stands in"
    " them is checked too. Repeatable.",
)
@click.option(
    "--shapes",
    metavar="FILE",
    multiple=True,
    type=FILE,
    help="Further shapes (SHACL, Turtle), besides those that come along. Repeatable.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "ttl", "json")),
    default="text",
    metavar="FORMAT",
    help="text (the default): one line a violation; ttl: a report as SHACL defines it; json.",
)
def validate(source: str, texts: tuple[str, ...], shapes: tuple[Path, ...], format_: str) -> int:
    """Check the graph SOURCE against the shapes: an RDF file (also gzipped), a store folder or an endpoint.

    Prints one line a violation: the node, what is wrong, the rule's name in ontology/shapes.ttl.
    Exit status: 0 it conforms, 1 it does not (or none of its articles is in --texts), 3 it cannot be read.

    \b
      kg validate graph.ttl
      kg validate graph.ttl --texts reports/ --shapes mine.ttl
      kg validate http://localhost:7878 --format ttl > report.ttl
    """
    from kg.store.opening import open_source
    from kg.validate import Report, check_texts
    from kg.validate import validate as check
    from kg.validate.report import sorted_violations

    compared: TextReport | None = None
    with closing(open_source(source)) as store:
        report = check(store.dump, shapes=shapes)
        if texts:
            compared = check_texts(store.dump, _articles(texts))
    if compared is not None:
        found = sorted_violations({*report.violations, *compared.violations})
        report = Report(triples=report.triples, violations=found)
    if format_ == "ttl":
        from kg.validate.report_graph import report_graph

        click.echo(report_graph(report, shapes), nl=False)
    elif format_ == "json":
        click.echo(_json(source, report, compared))
    else:
        for violation in report.violations:
            click.echo(str(violation))
    for line in _summary(source, report, compared):
        click.echo(line, err=True)
    looked_up = compared is None or compared.articles > 0 or not compared.missing
    return 0 if report.conforms and looked_up else 1


def _articles(inputs: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    from kg.documents import read_documents

    for document in read_documents(inputs, on_error=lambda error: click.echo(f"kg: {error}", err=True)):
        yield document.id, document.text


def _summary(source: str, report: Report, compared: TextReport | None) -> Iterator[str]:
    if compared is not None:
        yield f"evidence looked up in the texts of {compared.articles:,} articles"
        if compared.missing:
            names = ", ".join(compared.missing[:_NAMED])
            more = len(compared.missing) - _NAMED
            yield (
                f"kg: {len(compared.missing):,} articles of {source} have no text in --texts: {names}"
                f"{f' and {more:,} more' if more > 0 else ''}"
            )
    if report.conforms:
        nothing = "; there is nothing in it" if not report.triples else ""
        yield f"{source} conforms ({report.triples:,} triples){nothing}"
    else:
        yield f"{source} does not conform ({report.triples:,} triples): {report.broken()}"


def _json(source: str, report: Report, compared: TextReport | None) -> str:
    import json

    told = {
        "source": source,
        "conforms": report.conforms,
        "triples": report.triples,
        "violations": [
            {
                "node": each.node,
                "rule": each.rule,
                "shape": each.shape,
                "severity": each.severity,
                "message": each.message,
                "value": each.value,
            }
            for each in report.violations
        ],
    }
    if compared is not None:
        told["texts"] = {"articles": compared.articles, "missing": list(compared.missing)}
    return json.dumps(told, ensure_ascii=False, indent=2)
