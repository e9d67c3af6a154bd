"""The link to an entry of the gazetteers whose id is known, as a reader's correction gives it."""

from __future__ import annotations

from kg.gazetteer.gazetteers import Gazetteers
from kg.model import Link
from kg.resolve.link_entries import entry_link
from kg.resolve.linking import place_link

_CONFIDENCE = 1.0


def link_by_id(id_: str, gazetteers: Gazetteers) -> Link | None:
    """The link to ``geonames/NUMBER`` or ``gazetteer/ID``; None where the gazetteers have no such entry."""
    table, _, rest = id_.partition("/")
    if table not in ("geonames", "gazetteer") or not rest:
        return None
    place = gazetteers.place(rest)
    if place is not None:
        return place_link(place, _CONFIDENCE, "by its id")
    entry = gazetteers.entry(rest)
    return entry_link(entry, _CONFIDENCE, "by its id") if entry is not None else None
