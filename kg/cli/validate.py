"""`kg validate`: a graph against the shapes."""

from __future__ import annotations

from contextlib import closing

import click


@click.command()
@click.argument("source")
def validate(source: str) -> int:
    """Check the graph SOURCE against the shapes: an RDF file (also gzipped), a store folder or an endpoint.

    Prints one line a violation: the node, what is wrong, the rule's name in ontology/shapes.ttl.
    Exit status: 0 it conforms, 1 it does not, 3 it cannot be read.
    """
    from kg.store.opening import open_source
    from kg.validate import validate as check

    with closing(open_source(source)) as store:
        report = check(store.dump)
    for violation in report.violations:
        click.echo(str(violation))
    if report.conforms:
        nothing = "; there is nothing in it" if not report.triples else ""
        click.echo(f"{source} conforms ({report.triples:,} triples){nothing}", err=True)
        return 0
    rules = ", ".join(f"{rule} {count}" for rule, count in report.rules().items())
    click.echo(f"{source} does not conform ({report.triples:,} triples): {rules}", err=True)
    return 1
