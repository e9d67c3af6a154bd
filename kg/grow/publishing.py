"""From what the ledger holds to the graphs that are asked.

Where little has changed, the next generation is a copy of the last in which those articles' graphs are
exchanged, and of what is merged only the quads that differ: they are found by comparing sorted lines.
"""

from __future__ import annotations

import gzip
import io
import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import IO, cast

from kg.corrections import Correction, parse_corrections
from kg.errors import ResourceError, reason
from kg.grow.settings import ReadingSettings
from kg.grow.site import Site, moment, own_graphs
from kg.model import Reduction
from kg.rdf.formats import output_format
from kg.rdf.iris import Minter
from kg.rdf.line_sort import Sorter, sorting
from kg.rdf.mapping import reduction_quads
from kg.rdf.provenance import provenance_quads
from kg.rdf.runs import RUNS, RunFacts, run_quads
from kg.rdf.settings import MappingSettings
from kg.rdf.syntax import write_quads
from kg.reading.stages import Reduce
from kg.store.generations import open_current, open_next
from kg.store.ledger import Ledger, Run
from kg.store.state import Totals
from kg.validate import InvalidGraphError, PieceCheck

_PIECE = 1 << 18
_MUCH = 0.5
"""The share of the articles from which on all graphs are made from nothing."""


def publish(
    site: Site,
    ledger: Ledger,
    open_reduce: Callable[[], Reduce],
    *,
    on_notice: Callable[[str], None],
    without: Collection[str] = (),
    check: PieceCheck | None = None,
) -> Totals:
    """Makes the graphs of what the ledger holds, and these those that are asked.

    Of the imported graphs those `without` which it shall be are left behind. Corrections that no longer
    apply are told to `on_notice`.

    Raises `ResourceError` where the disk is full, `InvalidGraphError` where a `check`, which has seen the
    new articles, finds them or what is merged to break the shapes; then all is as it was.
    """
    held = ledger.settings()
    assert held is not None
    settings = ReadingSettings.from_json(held)
    own = own_graphs(settings.base_iri)
    if own != site.state.own:
        site.refuse_collisions(own)
    change = ledger.change
    articles, mentions, _ = ledger.counts()
    reduction = Reduction()
    if articles:
        reduction = open_reduce()(ledger.digests(), _corrections(ledger, settings.base_iri))
    for line in reduction.unapplied:
        on_notice(line)
    with _merged(site, reduction, settings, empty=not articles) as merged:
        if check is not None:
            _hold(site, ledger, merged.path, check)
        if _little_changed(site, ledger, articles):
            triples = _exchange(site, ledger, merged, without)
        else:
            triples = _make(site, ledger, merged, without)
    totals = Totals(
        articles=articles,
        mentions=mentions,
        entities=len(reduction.entities),
        positions=len(reduction.positions),
        events=len(reduction.events),
        triples=triples,
    )
    _end_runs(site.folder, ledger, settings)
    state = site.state
    site.switch(
        replace(
            state,
            ledger=ledger.path.name,
            next_ledger=None if state.next_ledger == ledger.path.name else state.next_ledger,
            merged=merged.path.name,
            change=change,
            base_iri=settings.base_iri,
            own=own,
            runs=Minter(settings.base_iri).graph(RUNS),
            totals=totals,
        )
    )
    return totals


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merged:
    """What is merged from articles: in the file `path`; `gone` and `new` are how it differs from before."""

    path: Path
    gone: IO[bytes]
    new: IO[bytes]


@contextmanager
def _merged(site: Site, reduction: Reduction, settings: ReadingSettings, *, empty: bool) -> Iterator[_Merged]:
    path = site.folder / f"merged-{site.state.generation + 1:04}.nq.gz"
    try:
        with (
            sorting(site.folder) as sorter,
            tempfile.TemporaryFile(dir=site.folder) as gone,
            tempfile.TemporaryFile(dir=site.folder) as new,
        ):
            if not empty:
                sink = io.BufferedWriter(_Sink(sorter), _PIECE)
                _write_reduction(reduction, settings, sink)
                sink.close()
            with path.open("wb") as raw:
                with _packed(raw) as kept:
                    for line, is_new in difference(_held(site), _tee(sorter.sorted(), kept)):
                        (new if is_new else gone).write(line)
                raw.flush()
                os.fsync(raw.fileno())
            gone.seek(0)
            new.seek(0)
            yield _Merged(path=path, gone=gone, new=new)
    except OSError as error:
        raise ResourceError(f"{site.folder}: the graphs cannot be written: {reason(error)}") from None


def difference(before: Iterable[bytes], after: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The lines in which two sorted runs of lines differ, and whether each is only in the second.

    >>> list(difference([b"a", b"b"], [b"b", b"c"]))
    [(b'a', False), (b'c', True)]
    """
    old = iter(before)
    held = next(old, None)
    for line in after:
        while held is not None and held < line:
            yield held, False
            held = next(old, None)
        if held == line:
            held = next(old, None)
        else:
            yield line, True
    while held is not None:
        yield held, False
        held = next(old, None)


def _little_changed(site: Site, ledger: Ledger, articles: int) -> bool:
    """Whether to go on from the present generation, of which all that is needed is there."""
    state = site.state
    same = state.ledger == ledger.path.name and state.generation > 0 and state.merged is not None
    return same and len(ledger.changed(state.change)) <= articles * _MUCH


def _exchange(site: Site, ledger: Ledger, merged: _Merged, without: Collection[str]) -> int:
    """Makes the next generation from the present one; the number of its triples."""
    since = site.state.change
    with open_next(site.folder, site.state, copied=True) as made:
        there = made.graphs()
        for graph in (*ledger.changed(since), *without):
            if graph in there:
                made.remove(graph)
        made.remove_quads(merged.gone)
        made.load(chain(ledger.quads(since), _blocks(merged.new)))
        return len(made)


def _make(site: Site, ledger: Ledger, merged: _Merged, without: Collection[str]) -> int:
    """Makes the next generation from nothing; the number of its triples."""
    with open_next(site.folder, site.state, copied=False) as made:
        foreign = [graph for graph in site.foreign() if graph not in without]
        made.copy_graphs(open_current(site.folder, site.state), foreign)
        with gzip.open(merged.path) as lines:
            made.load(chain(ledger.quads(), _blocks(cast(IO[bytes], lines))))
        return len(made)


def _blocks(lines: IO[bytes]) -> Iterator[bytes]:
    """Whole lines, many at a time."""
    return iter(lambda: b"".join(lines.readlines(_PIECE)), b"")


@contextmanager
def _packed(raw: IO[bytes]) -> Iterator[IO[bytes]]:
    with (
        gzip.GzipFile("", "wb", 1, raw, mtime=0) as packed,
        io.BufferedWriter(cast(io.RawIOBase, packed), _PIECE) as buffered,
    ):
        yield buffered


def _tee(lines: Iterable[bytes], kept: IO[bytes]) -> Iterator[bytes]:
    for line in lines:
        kept.write(line)
        yield line


def _held(site: Site) -> Iterator[bytes]:
    """The lines of what is merged in the present generation."""
    if site.state.merged is not None:
        with gzip.open(site.folder / site.state.merged) as lines:
            yield from io.BufferedReader(cast(io.RawIOBase, lines), _PIECE)


def _hold(site: Site, ledger: Ledger, merged: Path, check: PieceCheck) -> None:
    """Raises `InvalidGraphError` where what is new, or merged, breaks the shapes."""
    for quads in ledger.quads():
        check.known(quads)
    with gzip.open(merged) as lines:
        check.rest(cast(IO[bytes], lines))
    report = check.report()
    if not report.conforms:
        raise InvalidGraphError(
            f"{site.folder}: the graph breaks the shapes: {report.broken()}; the store keeps what was"
            " read and answers as before: report this as a fault of kg, or build with --no-validate",
            report.violations,
        )


class _Sink(io.RawIOBase):
    """A stream that gives whole lines to a sorter."""

    def __init__(self, sorter: Sorter) -> None:
        self._sorter = sorter
        self._rest = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(cast(bytes, data))
        whole, newline, rest = piece.rpartition(b"\n")
        if newline:
            self._sorter.write(self._rest + whole + newline)
            self._rest = rest
        else:
            self._rest += piece
        return len(piece)


def _write_reduction(reduction: Reduction, settings: ReadingSettings, stream: IO[bytes]) -> None:
    mapping = MappingSettings(
        base_iri=settings.base_iri,
        keep_text=settings.keep_text,
        model=settings.reader,
        program=settings.program,
    )
    quads = chain(reduction_quads(reduction, mapping), provenance_quads(reduction, mapping))
    write_quads(quads, stream, output_format(".nq"))


def _corrections(ledger: Ledger, base_iri: str) -> tuple[Correction, ...]:
    held = ledger.corrections()
    return () if held is None else parse_corrections(held[1], held[0], base_iri)


def _end_runs(folder: Path, ledger: Ledger, settings: ReadingSettings) -> None:
    """Writes down the run that ends here, and those before it that were ended from outside."""
    runs = ledger.open_runs()
    for run in runs:
        ended = moment() if run is runs[-1] else None
        with tempfile.TemporaryFile(dir=folder) as stream:
            facts = _run_facts(run, settings, ended)
            quads = run_quads(facts, ledger.read_in(run.number), settings.base_iri)
            write_quads(quads, stream, output_format(".nq"))
            stream.seek(0)
            ledger.end_run(run.number, ended, stream.read())
    ledger.commit()


def _run_facts(run: Run, settings: ReadingSettings, ended: str | None) -> RunFacts:
    tools = [("newskg", settings.program)]
    if settings.reader:
        name, _, version = settings.reader.partition(" ")
        tools.append((name, version or "unknown"))
    files = [*settings.gazetteers, *([settings.lexicon] if settings.lexicon else [])]
    return RunFacts(
        number=run.number,
        started=run.started,
        ended=ended,
        inputs=run.inputs,
        files=tuple((each.path, each.sha256) for each in files),
        tools=tuple(tools),
    )
