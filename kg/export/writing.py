"""Which formats there are, which one a name means, and the one way into each of them."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import IO

from kg.atomic import replaced
from kg.errors import ResourceError, UsageError, reason
from kg.export import acled, geojson, neo4j, network
from kg.export.records import EventRecord, read_events
from kg.model import Status
from kg.query.engine import Queryable
from kg.rdf.formats import ENDINGS, output_format
from kg.rdf.narrowed import narrowed
from kg.rdf.narrowing import Narrowing
from kg.rdf.sorting import write_sorted
from kg.store.memory import read_lines
from kg.store.protocol import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFormat:
    """How events are written: `unit` is what `write` counts, `statuses` those taken where none are named."""

    ending: str
    unit: str
    statuses: tuple[Status, ...]
    write: Callable[[tuple[EventRecord, ...], IO[str], bool], int]


EVENT_FORMATS = {
    "acled": EventFormat(ending=".csv", unit="row", statuses=acled.STATUSES, write=acled.write_acled),
    "geojson": EventFormat(
        ending=".geojson", unit="feature", statuses=geojson.STATUSES, write=geojson.write_geojson
    ),
    "graphml": EventFormat(
        ending=".graphml", unit="node", statuses=network.STATUSES, write=network.write_graphml
    ),
    "gexf": EventFormat(ending=".gexf", unit="node", statuses=network.STATUSES, write=network.write_gexf),
}
"""The formats of events in one file, by name."""
NEO4J = "neo4j"
RDF_FORMATS = tuple(ending[1:] for ending in ENDINGS if not ending.endswith(".gz"))
"""The formats of the whole graph, by name, which is their ending too."""
FORMATS = (*EVENT_FORMATS, NEO4J, *RDF_FORMATS)
"""The names of all formats."""

_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written: `count` of `unit`, a word in the singular."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count:,} {self.unit}{'' if self.count == 1 else 's'}"


def find_format(name: str | None, out: Path | None) -> str:
    """The format called `name`, else the one that the ending of `out` means: one of `FORMATS`.

    Raises `UsageError` where there is no such format, or there is neither a name nor an ending.
    """
    if name in FORMATS:
        return name
    if name is not None:
        near = get_close_matches(name, FORMATS, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"use one of {', '.join(FORMATS)}"
        raise UsageError(f"no format '{name}': {hint}")
    if out is None:
        raise UsageError("standard output has no ending: name the format, --format acled")
    endings = {form.ending: name for name, form in EVENT_FORMATS.items()}
    endings |= {f".{name}": name for name in RDF_FORMATS}
    called = out.name.lower().removesuffix(".gz")
    found = next((its for ending, its in endings.items() if called.endswith(ending)), None)
    if found is None:
        raise UsageError(
            f"{out}: no format by its ending: use one of {' '.join(endings)}, or name a --format"
        )
    return found


def export(
    source: Store,
    out: Path | IO[bytes],
    format_: str,
    narrowing: Narrowing | None = None,
    *,
    on_lines: Callable[[int], None] = lambda _count: None,
) -> Exported:
    """Writes `source` to the file or stream `out` in one of `FORMATS`; a file is replaced whole or not.

    Statuses that `narrowing` does not name are the format's own choice. `neo4j` makes a folder, or a zip
    file where `out` ends in ``.zip``. `on_lines` hears of lines as they are read, and again as they are
    written, in the formats of the whole graph.

    Raises:
        UsageError: there is no such format, `neo4j` is to go to a stream, or `narrowing` names no graph
            of the source.
        ResourceError: `out` cannot be written, or the source cannot be read.
    """
    narrowing = narrowing or Narrowing()
    folder = _beside(out)
    if format_ in RDF_FORMATS:
        output = output_format(f".{format_}")
        with _stream(out) as stream, narrowed(source.dump, narrowing, folder) as feed:
            count = write_sorted(feed, stream, output, folder=folder, on_lines=on_lines)
        return Exported(count=count, unit="quad" if output.named_graphs else "triple")
    form = EVENT_FORMATS.get(format_)
    if form is None and format_ != NEO4J:
        raise UsageError(f"no format '{format_}': use one of {', '.join(FORMATS)}")
    if form is None:
        if not isinstance(out, Path):
            raise UsageError("neo4j makes several tables: name a folder, or a file that ends in .zip")
        return _write_neo4j(source, out, narrowing)
    with _stream(out) as stream, _text(stream) as text:
        events = read_events(_chosen(source, narrowing), narrowing.statuses or form.statuses)
        return Exported(count=form.write(events, text, narrowing.wording), unit=form.unit)


def _beside(out: Path | IO[bytes]) -> Path | None:
    """The folder of a file, where there is room for temporary ones; None for a device or a stream."""
    if not isinstance(out, Path) or not out.parent.is_dir() or (out.exists() and not out.is_file()):
        return None
    return out.parent


def _chosen(source: Store, narrowing: Narrowing) -> Queryable:
    """`source`, or what is left of it in memory; statuses and wording are for the formats to leave out."""
    narrowing = replace(narrowing, statuses=(), wording=True)
    if not narrowing:
        return source
    with narrowed(source.dump, narrowing) as feed:
        return read_lines(feed)


def _write_neo4j(source: Store, out: Path, narrowing: Narrowing) -> Exported:
    count = 0
    with _zip(out) if out.suffix.lower() == ".zip" else _folder(out) as open_table:
        graph = _chosen(source, narrowing)
        events = read_events(graph, narrowing.statuses or neo4j.STATUSES)
        for name, header, rows in neo4j.tables(graph, events, narrowing.wording):
            with open_table(name) as stream, _text(stream) as text:
                found = neo4j.write_table(header, rows, text)
            count += found if name in neo4j.NODES else 0
    return Exported(count=count, unit="node")


OpenTable = Callable[[str], "IO[bytes]"]


@contextmanager
def _zip(out: Path) -> Iterator[OpenTable]:
    """A zip file, whole or not at all, whose members name no time."""
    with replaced(out, gzipped=False) as stream, zipfile.ZipFile(stream, "w") as archive:

        def open_table(name: str) -> IO[bytes]:
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            return archive.open(member, "w", force_zip64=True)

        yield open_table


@contextmanager
def _folder(out: Path) -> Iterator[OpenTable]:
    """A folder, whole or not at all; one that is there is replaced where it holds tables of ours only."""
    _check_folder(out)
    try:
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as work:
            new, old = Path(work, "new"), Path(work, "old")
            new.mkdir()
            yield lambda name: (new / name).open("wb")
            if out.exists():
                out.rename(old)
            try:
                new.rename(out)
            except OSError:
                old.rename(out)
                raise
    except OSError as error:
        raise ResourceError(f"{out}: cannot be written: {reason(error)}") from None


def _check_folder(out: Path) -> None:
    if not out.parent.is_dir():
        raise ResourceError(f"{out}: the folder {out.parent} does not exist: make it first")
    if out.exists() and not out.is_dir():
        raise UsageError(
            f"{out}: is a file, and neo4j makes a folder of tables: name another, or end it in .zip"
        )
    if out.is_dir():
        other = next((each.name for each in sorted(out.iterdir()) if each.name not in neo4j.TABLES), None)
        if other is not None:
            raise UsageError(f"{out}: holds {other}, which would be lost: name another folder")


@contextmanager
def _stream(out: Path | IO[bytes]) -> Iterator[IO[bytes]]:
    if isinstance(out, Path):
        with replaced(out) as stream:
            yield stream
    else:
        yield out


@contextmanager
def _text(stream: IO[bytes]) -> Iterator[IO[str]]:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        yield text
    finally:
        text.flush()
        text.detach()
