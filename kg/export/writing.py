"""Which formats there are, which one a file's name means, and the one way into each of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import IO

from kg.errors import UsageError
from kg.export import acled, geojson, network
from kg.export.records import EventRecord, read_events
from kg.model import Status
from kg.query.engine import Queryable


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFormat:
    """How events are written: `unit` is what `write` counts, `statuses` those taken where none are named."""

    ending: str
    unit: str
    statuses: tuple[Status, ...]
    write: Callable[[tuple[EventRecord, ...], IO[str]], int]


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
"""The formats of events, which `write_events` writes, by name."""
_LATER = ("neo4j",)


def event_format(name: str | None, out: Path | None, others: Iterable[str] = ()) -> str | None:
    """The format called `name`, else the one that the ending of `out` means: one of `EVENT_FORMATS`.

    None where the ending means none of them, or `name` is one of `others`. Raises `UsageError` where there
    is no format of that name, or there is neither name nor file.
    """
    if name is None:
        if out is None:
            raise UsageError("standard output has no ending: name the format, --format acled")
        ending = out.name.lower().removesuffix(".gz")
        return next((form for form, its in EVENT_FORMATS.items() if ending.endswith(its.ending)), None)
    if name in EVENT_FORMATS:
        return name
    known = (*EVENT_FORMATS, *others)
    if name in known:
        return None
    if name in _LATER:
        raise UsageError(f"the format {name} comes with a later version: use one of {', '.join(known)}")
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"use one of {', '.join(known)}"
    raise UsageError(f"no format '{name}': {hint}")


def write_events(
    source: Queryable, name: str, out: IO[bytes], statuses: tuple[Status, ...] | None = None
) -> int:
    """Write the events of `source` to `out` in one of `EVENT_FORMATS`; the number of its units.

    Only those of `statuses`; None for the format's own choice. Raises `UsageError` where there is no such
    format.
    """
    if name not in EVENT_FORMATS:
        raise UsageError(f"no format for events '{name}': use one of {', '.join(EVENT_FORMATS)}")
    chosen = EVENT_FORMATS[name]
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        return chosen.write(read_events(source, statuses or chosen.statuses), text)
    finally:
        text.detach()
