"""Readable names of events, from their class, roles and dates.

For instance *Capture of Arda by the Blue Front, 2019-03-02*.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.model import Entity, Event
from kg.resolve.rules import Rules

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MOST = 3


def event_label(event: Event, entities: Mapping[str, Entity], rules: Rules) -> str:
    """The label of `event`, with the prepositions of `rules` before the labels of `entities`."""
    words = {**rules.prepositions.get("default", {})}
    for kind in reversed(rules.line(event.kind)):
        words.update(rules.prepositions.get(kind, {}))
    agents, targets = event.agents, event.targets
    if not rules.symmetric.isdisjoint(rules.line(event.kind)) and "between" in words:
        sides = tuple(dict.fromkeys((*agents, *targets)))
        if len(sides) > 1:
            agents, targets, words["agent"] = sides, (), words["between"]
    roles = {
        "agent": agents,
        "target": targets,
        "place": event.places,
        "origin": event.origins,
        "destination": event.destinations,
    }
    order = sorted(roles, key=lambda role: words.get(role) != "of")
    parts = [_HUMP.sub(" ", event.kind).capitalize()]
    parts += [
        f"{words.get(role, '')} {name_list(roles[role], entities)}".strip() for role in order if roles[role]
    ]
    dates = date_range(event.start_date, event.end_date)
    return " ".join(parts) + (f", {dates}" if dates else "")


def name_list(ids: Sequence[str], entities: Mapping[str, Entity]) -> str:
    """The labels of `ids` as a reader lists them, three at most."""
    labels = list(dict.fromkeys(entities[id_].label for id_ in ids))
    if len(labels) > _MOST:
        labels = [*labels[: _MOST - 1], f"{len(labels) - _MOST + 1} others"]
    return " and ".join(part for part in (", ".join(labels[:-1]), labels[-1]) if part)


def date_range(start: str | None, end: str | None) -> str:
    """The dates as a reader writes them; nothing where both ends are open."""
    if start == end:
        return start or ""
    if start is None:
        return f"until {end}"
    return f"since {start}" if end is None else f"{start} to {end}"
