"""What is in a store, by what it was built, and what was left undone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.grow.settings import ReadingSettings, is_current
from kg.store.embedded import open_folder
from kg.store.ledger import Ledger, Run
from kg.store.state import Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedGraph:
    """A graph that was imported."""

    graph: str
    triples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreStatus:
    """What is in a store.

    `settings` are what its articles were read with, None where none was read; `current` says whether this
    version of the program reads as they say. `corrections` names the file of a reader's corrections.
    `pending` counts the articles that came, changed or went but are not in the graphs yet; `rebuilding` those
    that an unfinished rebuild has read, None where there is none. `next_step` is the command that finishes
    what was left undone.
    """

    folder: Path
    layout: int
    totals: Totals
    imported: tuple[ImportedGraph, ...]
    settings: ReadingSettings | None
    current: bool
    corrections: str | None
    last_run: Run | None
    pending: int
    rebuilding: int | None
    next_step: str | None


def store_status(folder: Path) -> StoreStatus:
    """The status of the store in `folder`. Raises `ResourceError` where there is none, or it is broken."""
    store = open_folder(folder)
    state = store.state
    imported = tuple(
        ImportedGraph(graph=graph, triples=store.size(graph))
        for graph in store.graphs()
        if graph is not None and not state.owns(graph)
    )
    settings, corrections, last, pending = None, None, None, 0
    if state.ledger is not None:
        with Ledger.open(folder / state.ledger) as ledger:
            held, runs, told = ledger.settings(), ledger.runs(), ledger.corrections()
            corrections = told[0] if told is not None else None
            settings = ReadingSettings.from_json(held) if held is not None else None
            last = runs[-1] if runs else None
            pending = len(ledger.changed(state.change))
    rebuilding = None
    if state.next_ledger is not None:
        with Ledger.open(folder / state.next_ledger) as ledger:
            rebuilding = ledger.counts()[0]
    return StoreStatus(
        folder=folder,
        layout=state.layout,
        totals=state.totals,
        imported=imported,
        settings=settings,
        current=settings is None or is_current(settings),
        corrections=corrections,
        last_run=last,
        pending=pending,
        rebuilding=rebuilding,
        next_step=_next_step(folder, last, pending, rebuilding),
    )


def _next_step(folder: Path, last: Run | None, pending: int, rebuilding: int | None) -> str | None:
    if rebuilding is not None:
        return f"kg build INPUT... -o '{folder}' --rebuild"
    if not pending:
        return None
    inputs = " ".join(f"'{each}'" for each in last.inputs) if last is not None else "INPUT..."
    if last is not None and last.command == "remove":
        return f"kg remove {inputs} '{folder}'"
    return f"kg build {inputs} -o '{folder}'"
