"""`kg reason`: whether a graph can be true, and what follows from it."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from kg.cli.options import output_option
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.reason import Reasoned
    from kg.store.protocol import Store

_ENTITIES = "graph/entities"
_SHOWN = 20


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("source")
@output_option("The file to write: .ttl .nt .nq .trig .rdf .jsonld, each also .gz.")
@click.option(
    "--engine",
    type=click.Choice(("auto", "hermit", "rl")),
    default="auto",
    metavar="ENGINE",
    help="hermit: HermiT, which needs Java; rl: rules, for large graphs; auto (the default): HermiT where"
    " there is Java and the graph is not large.",
)
@click.option("--only-entailed", is_flag=True, help="Write what follows alone, without what SOURCE says.")
@click.option(
    "--base-iri",
    metavar="IRI",
    default=None,
    help="What IRIs begin with in SOURCE; if not given, that of its graph of entities, else the usual one.",
)
def reason(source: str, out: Path, engine: str, only_entailed: bool, base_iri: str | None) -> int:
    """Check that the graph SOURCE does not contradict the ontology, and write it with all that follows.

    SOURCE is an RDF file (also gzipped), a store folder or an endpoint's URL. What follows are the classes
    and relations that the ontology and its alignments give (SEM, PROV-O, schema.org, FOAF, ORG and others),
    also through places within places. It stands in the graph <base>graph/entailed of .trig and .nq; other
    formats have it with the rest.

    Where the graph contradicts the ontology, nothing is written, and each contradiction is explained: whom
    it is about, the statements that cannot be true together, the articles that they come from.

    Exit status: 0 it can be true, 1 it cannot, 2 usage, 3 SOURCE, OUT or Java cannot be used.

    \b
      kg reason graph.trig -o reasoned.trig
      kg reason graph.ttl -o entailed.nt --only-entailed --engine rl
    """
    import tempfile

    from kg.build import check_output
    from kg.config import DEFAULT_BASE_IRI, check_base_iri
    from kg.reason import Engine, explain
    from kg.reason import reason as infer
    from kg.store.opening import open_source

    target, ending = check_output(out)
    if ending is None:
        raise UsageError(
            f"{out}: what follows is written to a file, not into a store: end its name in .trig or .nq"
        )
    store = open_source(source)
    try:
        base = check_base_iri(base_iri) if base_iri else _base_of(store) or DEFAULT_BASE_IRI
        graph = f"{base}graph/entailed"
        with tempfile.TemporaryFile() as quads:
            store.dump(quads)
            done = infer(quads, engine=Engine(engine), leave_out=frozenset({graph}))
            _warn(done)
            if done.clashes:
                for number, explanation in enumerate(
                    explain(done.clashes[:_SHOWN], done.axioms, quads), start=1
                ):
                    first, *rest = explanation.lines()
                    click.echo("\n".join((f"{number}. {first}", *rest)))
                click.echo(_verdict(source, done), err=True)
                return 1
            written = _write(done, quads, graph, target, ending, only_entailed=only_entailed)
    finally:
        store.close()
    click.echo(f"{_verdict(source, done)}; wrote {written:,} triples to {out}", err=True)
    return 0


def _base_of(store: Store) -> str | None:
    """What the name of its graph of entities begins with."""
    names = (name for name in store.graphs() if name is not None and name.endswith(_ENTITIES))
    return next((name.removesuffix(_ENTITIES) for name in names), None)


def _warn(done: Reasoned) -> None:
    if done.axioms.unknown and done.engine == "rl":
        click.echo(
            f"the source says something in {', '.join(sorted(done.axioms.unknown))}, which the rules do not"
            " know: --engine hermit does",
            err=True,
        )


def _verdict(source: str, done: Reasoned) -> str:
    by = "HermiT" if done.engine == "hermit" else "the rules of OWL 2 RL"
    if not done.clashes:
        return f"{source} is consistent by {by}: {len(done.entailed):,} triples follow from {done.triples:,}"
    count = len(done.clashes)
    more = f", {count - _SHOWN:,} of them not shown" if count > _SHOWN else ""
    return (
        f"{source} contradicts the ontology by {by}: {count:,} contradiction{'s' if count > 1 else ''}{more};"
        " nothing was written"
    )


def _write(
    done: Reasoned, quads: IO[bytes], graph: str, target: Path, ending: str, *, only_entailed: bool
) -> int:
    from kg.atomic import replaced
    from kg.rdf.formats import output_format
    from kg.rdf.sorting import write_sorted
    from kg.reason import write_graph

    mark = f" <{graph}> .\n".encode()

    def feed(stream: IO[bytes]) -> None:
        if not only_entailed:
            quads.seek(0)
            for line in quads:
                if not _is_in(line, mark):
                    stream.write(line)
        write_graph(done.entailed, graph, stream)

    output = output_format(ending)
    with replaced(target, output.gzip) as stream:
        return write_sorted(feed, stream, output, folder=target.parent)


def _is_in(line: bytes, mark: bytes) -> bool:
    """Whether a line of N-Quads names the graph of `mark`: it is no triple that ends with that IRI."""
    return line.endswith(mark) and line.count(b" ") > 3
