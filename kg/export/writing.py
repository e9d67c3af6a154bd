"""Which formats there are, which one a file's name means, and the one way into each of them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import IO

from kg.errors import UsageError
from kg.export import acled, geojson
from kg.export.records import read_events
from kg.model import Status
from kg.query.engine import Queryable

EVENT_FORMATS = ("acled", "geojson")
"""The formats of events, which `write_events` writes."""
_ENDINGS = {".csv": "acled", ".geojson": "geojson"}
_LATER = ("graphml", "gexf", "neo4j")


def event_format(name: str | None, out: Path | None, others: Iterable[str] = ()) -> str | None:
    """The format called `name`, else the one that the ending of `out` means: one of `EVENT_FORMATS`.

    None where the ending means none of them, or `name` is one of `others`. Raises `UsageError` where there
    is no format of that name, or there is neither name nor file.
    """
    if name is None:
        if out is None:
            raise UsageError(f"standard output has no ending: name the format, --format {EVENT_FORMATS[0]}")
        ending = out.name.lower().removesuffix(".gz")
        return next((form for end, form in _ENDINGS.items() if ending.endswith(end)), None)
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
    """Write the events of `source` to `out` in one of `EVENT_FORMATS`; the number of rows or features.

    Only those of `statuses`; None for the format's own choice (`acled.STATUSES`, `geojson.STATUSES`).
    Raises `UsageError` where there is no such format.
    """
    if name not in EVENT_FORMATS:
        raise UsageError(f"no format for events '{name}': use one of {', '.join(EVENT_FORMATS)}")
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        if name == "acled":
            return acled.write_acled(read_events(source, statuses or acled.STATUSES), text)
        return geojson.write_geojson(read_events(source, statuses or geojson.STATUSES), text)
    finally:
        text.detach()
