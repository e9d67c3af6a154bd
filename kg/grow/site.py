"""A store that is being written to: its state, its ledger, and the step from one generation to the next."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from kg.errors import UsageError
from kg.grow.settings import ReadingSettings, check_settings
from kg.rdf.iris import Minter
from kg.rdf.runs import RUNS
from kg.store.generations import open_current, open_next
from kg.store.ledger import Ledger
from kg.store.lock import locked
from kg.store.state import State, Totals, clear_leftovers, is_store, prepare_folder, read_state, write_state

_PIECE = 1 << 18


class Site:
    """A store under the lock; `open_site` opens it."""

    def __init__(self, folder: Path, state: State) -> None:
        self.folder, self.state = folder, state

    def keep(self, state: State) -> None:
        """Makes `state` that of the store."""
        if state != self.state or not is_store(self.folder):
            write_state(self.folder, state)
        self.state = state

    @contextmanager
    def ledger(
        self, wanted: ReadingSettings, *, rebuild: bool, on_notice: Callable[[str], None]
    ) -> Iterator[Ledger]:
        """The ledger that articles read with `wanted` go into, made where there is none.

        Raises `UsageError` where the articles were read with other settings, and this is no `rebuild`.
        """
        held = self.state.ledger
        name = self._begin_ledger(wanted) if held is None or rebuild else held
        with Ledger.open(self.folder / name, write=True) as ledger:
            settings = ledger.settings()
            if settings is None:
                ledger.set_settings(wanted.as_json())
                self._hand_on_corrections(ledger)
                ledger.commit()
            else:
                check_settings(self.folder, ReadingSettings.from_json(settings), wanted)
            if name == held and self.state.next_ledger is not None:
                on_notice(f"{self.folder}: a rebuild that was not finished is given up")
                self.keep(replace(self.state, next_ledger=None))
            yield ledger

    def pending(self, ledger: Ledger) -> bool:
        """Whether the graphs lack something of `ledger`."""
        return ledger.path.name != self.state.ledger or ledger.change > self.state.change

    def _hand_on_corrections(self, ledger: Ledger) -> None:
        """The corrections outlast a rebuild."""
        if self.state.ledger is None or self.state.ledger == ledger.path.name:
            return
        with Ledger.open(self.folder / self.state.ledger) as before:
            corrections = before.corrections()
        if corrections is not None:
            ledger.set_corrections(*corrections)

    def _begin_ledger(self, wanted: ReadingSettings) -> str:
        """The name of a ledger that all goes into: that of a like rebuild, if one was begun."""
        state = self.state
        begun = state.next_ledger
        if begun is not None and _settings(self.folder / begun) == replace(wanted, reader=None):
            return begun
        taken = {state.ledger, state.next_ledger}
        name = next(name for name in map("articles-{:04}.db".format, range(1, 10_000)) if name not in taken)
        ids = Minter(wanted.base_iri)
        if state.ledger is None:
            own = own_graphs(wanted.base_iri)
            self.refuse_collisions(own)
            self.keep(replace(state, ledger=name, base_iri=wanted.base_iri, own=own, runs=ids.graph(RUNS)))
        else:
            self.keep(replace(state, next_ledger=name))
        return name

    def refuse_collisions(self, own: tuple[str, ...]) -> None:
        """Raises `UsageError` where an imported graph is in the place of articles."""
        for graph in self.foreign():
            if graph.startswith(own):
                raise UsageError(
                    f"{self.folder}: the imported graph {graph} is where articles would go: "
                    f"remove it with: kg remove '{graph}' '{self.folder}'"
                )

    def foreign(self) -> list[str]:
        """The IRIs of the graphs that were imported, sorted."""
        return [graph for graph in self.graphs() if not self.state.owns(graph)]

    def graphs(self) -> list[str]:
        """The IRIs of all graphs, sorted."""
        return sorted(name.value for name in open_current(self.folder, self.state).named_graphs())

    def remove(self, graphs: Collection[str]) -> Totals:
        """Takes imported graphs out. Raises `ResourceError` where the disk is full; then all is as it was."""
        if not graphs:
            return self.state.totals
        with open_next(self.folder, self.state, copied=True) as made:
            for graph in graphs:
                made.remove(graph)
            totals = replace(self.state.totals, triples=len(made))
        self.switch(replace(self.state, totals=totals))
        return totals

    def switch(self, state: State) -> None:
        """Names the generation that was made after the present one as that which is asked."""
        self.keep(replace(state, generation=self.state.generation + 1, previous=self.state.generation))
        clear_leftovers(self.folder, self.state)


@contextmanager
def open_site(folder: Path, *, make: bool) -> Iterator[Site]:
    """The store in `folder` for writing, made where there is none and `make` allows it.

    Raises `UsageError` where `folder` holds something else, `ResourceError` where there is no store, another
    process is at work on it, or it cannot be written.
    """
    if make:
        prepare_folder(folder)
    else:
        read_state(folder)
    with locked(folder):
        state = read_state(folder) if is_store(folder) else State()
        clear_leftovers(folder, state)
        yield Site(folder, state)


def own_graphs(base_iri: str) -> tuple[str, ...]:
    """What the IRIs of the graphs that are made from articles begin with."""
    ids = Minter(base_iri)
    return (ids.article("a").removesuffix("a"), ids.graph("g").removesuffix("g"))


def moment() -> str:
    """Now, as ISO 8601 in UTC: that of `SOURCE_DATE_EPOCH` where it is set."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(told) if told.isascii() and told.isdigit() else None
    now = datetime.now(UTC) if seconds is None else datetime.fromtimestamp(seconds, UTC)
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")


def _settings(path: Path) -> ReadingSettings | None:
    if not path.exists():
        return None
    with Ledger.open(path) as ledger:
        held = ledger.settings()
    return None if held is None else replace(ReadingSettings.from_json(held), reader=None)
