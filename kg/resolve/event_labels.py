"""Readable names of events, from their class, roles and dates.

For instance *Capture of Arda by the Blue Front, 2019-03-02*.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from kg.model import Entity, Event
from kg.resolve.rules import Rules

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MOST = 3


Roles: TypeAlias = Mapping[str, tuple[str, ...]]
"""Ids of entities by ``agent``, ``target``, ``place``, ``origin`` and ``destination``, in this order."""


def event_label(event: Event, entities: Mapping[str, Entity], rules: Rules) -> str:
    """The label of `event`, with the prepositions of `rules` before the labels of `entities`."""
    roles = {
        "agent": event.agents,
        "target": event.targets,
        "place": event.places,
        "origin": event.origins,
        "destination": event.destinations,
    }
    return label_of(event.kind, roles, date_range(event.start_date, event.end_date), entities, rules)


def label_of(kind: str, roles: Roles, dates: str, entities: Mapping[str, Entity], rules: Rules) -> str:
    """The label of an event of `kind` with these `roles` and `dates` (`date_range`)."""
    words = rules.role_words(kind)
    if not rules.symmetric.isdisjoint(rules.line(kind)) and "between" in words:
        sides = tuple(dict.fromkeys((*roles["agent"], *roles["target"])))
        if len(sides) > 1:
            roles = {**roles, "agent": sides, "target": ()}
            words = {**words, "agent": words["between"]}
    filled = [role for role, fillers in roles.items() if fillers]
    filled.sort(key=lambda role: words.get(role) != "of")
    parts = [_HUMP.sub(" ", kind).capitalize()]
    parts += [f"{words.get(role, '')} {name_list(roles[role], entities)}".strip() for role in filled]
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
