"""newskg from Python: what ``import kg`` offers, with the behaviour of the command line.

    import kg

    kg.build("reports/", "graph.trig")
    for row in kg.query("captures", "graph.trig", {"place": "Bourem"}):
        print(row.date, row.organisation)

Whatever goes wrong on purpose is a `kg.KgError` with one line that says what, where and how to mend it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg.config import DEFAULT_BASE_IRI, BuildOptions
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from kg.build import BuildReport
    from kg.export.writing import Exported
    from kg.query.table import Rows
    from kg.store.loading import LoadReport
    from kg.store.protocol import Store

# A query has a brace in it or begins with a word of SPARQL, and no name of one and no sensible path does.
_QUERY = re.compile(r"[^{]*\{|\s*(?:PREFIX|BASE|DESCRIBE)\s", re.IGNORECASE)

Parameter: TypeAlias = str | int | datetime.date
Parameters: TypeAlias = Mapping[str, Parameter | Iterable[Parameter]]
"""What the parameters of a query are: several values where either will do."""


class Source:
    """Graphs that are open to be asked: an RDF file, a store folder or an endpoint; `open_store` opens one.

    Close it, or use it in a ``with``.
    """

    def __init__(self, store: Store, name: str) -> None:
        self.store = store
        self.name = name

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        """The number of quads."""
        return len(self.store)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"<kg source {self.name}>"

    def graphs(self) -> list[str | None]:
        """The IRIs of its graphs, sorted; None, first, is the default graph."""
        return list(self.store.graphs())

    def query(
        self,
        query: str | Path,
        params: Parameters | None = None,
        *,
        limit: int | None = None,
        services: bool = False,
    ) -> Rows:
        """As `kg.query`, of this source."""
        return _asked(self.store, query, params, limit, services)

    def close(self) -> None:
        """Gives back what it holds open."""
        self.store.close()


def build(
    inputs: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    date: str | None = None,
    base_iri: str = DEFAULT_BASE_IRI,
    model: str | None = None,
    gazetteers: Iterable[str | Path] = (),
    lexicon: str | Path | None = None,
    keep_text: bool = False,
    merge: bool = True,
    corrections: str | Path | None = None,
    jobs: int = 1,
    strict: bool = False,
    rebuild: bool = False,
    on_article: Callable[[str], None] = lambda _id: None,
    on_failure: Callable[[KgError], None] = lambda _error: None,
    on_notice: Callable[[str], None] = lambda _line: None,
) -> BuildReport:
    """Reads articles into a graph, a file or the folder of a store, as ``kg build`` does.

    `inputs` are files, folders or patterns; `out` is a file whose ending is its format, or else a store.
    An article that cannot be read is told to `on_failure`, left out and listed in the report, unless the
    build is `strict`. The other arguments are the options of the command line.

    Raises:
        UsageError: an argument cannot be.
        ResourceError: `out` cannot be written, or a model or gazetteer cannot be used.
        DataError: the corrections are wrong.
        KgError: the build is `strict`, and this is the first thing that failed.
    """
    from kg.build import build as build_graph
    from kg.corrections import read_corrections

    options = BuildOptions(
        base_iri=base_iri,
        date=date,
        model=model,
        gazetteers=tuple(map(Path, gazetteers)),
        lexicon=None if lexicon is None else Path(lexicon),
        keep_text=keep_text,
        merge=merge,
    )
    told = None if corrections is None else read_corrections(Path(corrections), base_iri)
    return build_graph(
        [inputs] if isinstance(inputs, str | Path) else inputs,
        Path(out),
        options,
        corrections=told,
        jobs=jobs,
        strict=strict,
        rebuild=rebuild,
        on_article=on_article,
        on_failure=on_failure,
        on_notice=on_notice,
    )


def open_store(source: str | Path) -> Source:
    """Opens an RDF file (also gzipped), a store folder or an endpoint's URL, to be asked more than once.

    Raises:
        ResourceError: it cannot be opened.
    """
    from kg.store.opening import open_source

    return Source(open_source(str(source)), str(source))


def query(
    query: str | Path,
    source: str | Path | Source,
    params: Parameters | None = None,
    *,
    limit: int | None = None,
    services: bool = False,
) -> Rows:
    """Asks a saved query by its name, the query in a file, or one written as text, as ``kg query`` does.

    `params` are bound safely: names, IRIs, dates, numbers. `limit` keeps the first rows; with `services`
    the query may ask other servers.

    Raises:
        UsageError: there is no such query or parameter, or the text is no query.
        DataError: a name is borne by nothing in the source, or by several things.
        ResourceError: the source cannot be opened or does not answer.
    """
    with _opened(source) as store:
        return _asked(store, query, params, limit, services)


def load(
    source: str | Path | Source,
    endpoint: str,
    *,
    graph: str | None = None,
    resume: bool = False,
    prune: bool = False,
    timeout: float | None = 300,
    tries: int = 6,
) -> LoadReport:
    """Loads a graph into a triple store over HTTP, one named graph at a time, as ``kg load`` does.

    User and password, or a token, are taken from the environment (``KG_ENDPOINT_USER``,
    ``KG_ENDPOINT_PASSWORD``, ``KG_ENDPOINT_TOKEN``).

    Raises:
        ResourceError: the source cannot be opened, the server does not take it, or does not hold all of it.
    """
    from kg.store.loading import load as load_graphs
    from kg.store.remote import open_endpoint

    with _opened(source) as store, closing(open_endpoint(endpoint, timeout=timeout, tries=tries)) as target:
        name = source.name if isinstance(source, Source) else str(source)
        return load_graphs(store, target, graph=graph, name=name, resume=resume, prune=prune)


def export(
    source: str | Path | Source,
    out: str | Path,
    *,
    format: str | None = None,
    graphs: Iterable[str] = (),
    since: str | datetime.date | None = None,
    types: Iterable[str] = (),
    statuses: Iterable[str] = (),
    min_confidence: float | str | Decimal | None = None,
    sentences: bool = True,
) -> Exported:
    """Writes a graph in a shape that other tools read, as ``kg export`` does.

    `format` is one of those of the command line, by default what the ending of `out` means. The other
    arguments narrow what is written; without `sentences` the articles' wording is left out.

    Raises:
        UsageError: there is no such format, graph, class or status, or a date or confidence cannot be.
        ResourceError: the source cannot be read, or `out` cannot be written.
    """
    from kg.export.records import statuses_named
    from kg.export.writing import export as write
    from kg.export.writing import find_format
    from kg.rdf.narrowing import Narrowing

    target = Path(out)
    chosen = find_format(format, target)
    narrowing = Narrowing(
        graphs=tuple(graphs),
        since=None if since is None else str(since),
        classes=tuple(types),
        statuses=statuses_named(tuple(statuses)),
        min_confidence=_decimal(min_confidence),
        wording=sentences,
    )
    with _opened(source) as store:
        return write(store, target, chosen, narrowing)


@contextmanager
def _opened(source: str | Path | Source) -> Iterator[Store]:
    """The store of a source; closed again where it was not open."""
    if isinstance(source, Source):
        yield source.store
        return
    with open_store(source) as opened:
        yield opened.store


def _asked(
    store: Store, query: str | Path, params: Parameters | None, limit: int | None, services: bool
) -> Rows:
    from kg.query import binding, engine, saved
    from kg.query.table import table
    from kg.resources import queries_dir

    is_text = isinstance(query, str) and _QUERY.match(query) is not None
    found = saved.parse(str(query), "query") if is_text else saved.find_query(str(query), queries_dir())
    given = [
        (name, str(value)) for name, values in (params or {}).items() for value in _several(name, values)
    ]
    filled = binding.fill(found.text, binding.bind(found, given, store))
    return table(engine.run(store, filled, name=found.name, limit=limit, services=services))


def _several(name: str, values: Parameter | Iterable[Parameter]) -> list[Parameter]:
    found = [values] if isinstance(values, str | int | datetime.date) else list(values)
    if not found:
        raise UsageError(f"no value for {name}: leave the parameter out, or give one")
    return found


def _decimal(value: float | str | Decimal | None) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        raise UsageError(f"a confidence of {value} cannot be: give a number from 0 to 1") from None
