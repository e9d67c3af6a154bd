"""Articles into a store, and out of it again."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import chain
from pathlib import Path

from kg.config import BuildOptions
from kg.corrections import CorrectionFile
from kg.documents.content import content_hash
from kg.errors import DataError, KgError, ResourceError
from kg.grow.publishing import publish
from kg.grow.settings import ReadingSettings, check_reader, check_settings, settings_of
from kg.grow.site import Site, moment, open_site
from kg.model import ReadArticle, SourceDocument
from kg.rdf.iris import Minter
from kg.reading import Item, look_ahead, open_reading
from kg.reading.stages import Stages, own_stages
from kg.store.ledger import Ledger
from kg.store.state import Totals
from kg.validate import PieceCheck

_BATCH_ARTICLES = 16
_NO_CORRECTIONS = ("none", "")
_BATCH_SECONDS = 1.0
_NEAR, _LIKENESS = 3, 0.5
_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What came of a build into a store: how many articles were read, how many were there as they are.

    `replaced` names those that were there otherwise. `totals` are those of the whole store.
    """

    read: int
    unchanged: int
    replaced: tuple[str, ...]
    totals: Totals


def grow(
    items: Iterable[Item],
    folder: Path,
    options: BuildOptions,
    *,
    corrections: CorrectionFile | None = None,
    stages: Stages | None = None,
    jobs: int = 1,
    rebuild: bool = False,
    check: PieceCheck | None = None,
    inputs: Sequence[str] = (),
    fail: Callable[[KgError], None] = lambda _error: None,
    on_article: Callable[[str], None] = lambda _id: None,
    on_notice: Callable[[str], None] = lambda _line: None,
) -> Growth:
    """Reads what is new or changed among `items` into the store in `folder`, made where there is none.

    A reader's `corrections` take the place of those that the store was given before; None leaves them.
    With `rebuild` all is read anew and the store made of `items` alone; what was imported stays. `inputs`
    is what the items come from, for the record of the run. With a `check` what is new, and what is merged
    anew, is held to the shapes before it is asked. The rest is as in `kg.build.build`.

    Raises:
        UsageError: `folder` holds something else, or the store was built with other settings.
        ResourceError: another process is at work on it, it cannot be written, or a model cannot be used.
        InvalidGraphError: the graph breaks the shapes; what is asked is as it was.
        DataError: the corrections contradict one another; those that the store had stay.
    """
    stages = stages or own_stages(options)
    wanted = settings_of(options)
    with (
        open_site(folder, make=True) as site,
        site.ledger(wanted, rebuild=rebuild, on_notice=on_notice) as ledger,
    ):
        former = ledger.corrections()
        if corrections is not None:
            ledger.set_corrections(corrections.name, corrections.text)
            ledger.commit()
        intake = _Intake(folder, ledger, options.base_iri, on_article, on_notice)
        new = intake.new(items, fail)
        first = next(new, None)  # before the models are loaded, which takes its time
        if first is not None or site.pending(ledger):
            intake.run = ledger.begin_run("build", inputs, moment())
        if first is not None:
            several, coming = look_ahead(chain([first], new))
            with (
                intake.kept(),
                open_reading(
                    stages.open_reader, jobs, on_notice, apart=stages.apart, several=several
                ) as reading,
            ):
                intake.check(reading.model)
                for outcome in reading.read(coming):
                    if isinstance(outcome, KgError):
                        fail(outcome)
                        continue
                    intake.take(outcome)
                    if check is not None:
                        check.article(outcome.quads, known=False)
            del reading  # the language model, before all that is worked out over all articles
            gc.collect()
        totals = site.state.totals
        if site.pending(ledger) and (ledger.counts()[0] or not rebuild):
            if rebuild:
                _tell_of_missing(site, ledger, on_notice)
            try:
                totals = publish(site, ledger, stages.open_reduce, on_notice=on_notice, check=check)
            except DataError:
                if corrections is not None:  # they may be at fault: the store goes on with what it had
                    ledger.set_corrections(*(former or _NO_CORRECTIONS))
                    ledger.commit()
                raise
        return Growth(
            read=intake.read, unchanged=intake.unchanged, replaced=tuple(intake.replaced), totals=totals
        )


def _tell_of_missing(site: Site, ledger: Ledger, on_notice: Callable[[str], None]) -> None:
    """Names the articles that a rebuild does not have any more."""
    held = site.state.ledger
    if held is None or held == ledger.path.name:
        return
    with Ledger.open(site.folder / held) as before:
        missing = sorted(set(before.identifiers()) - set(ledger.identifiers()))
    if missing:
        named = ", ".join(missing[:_NAMED]) + (
            f" and {len(missing) - _NAMED} more" if missing[_NAMED:] else ""
        )
        on_notice(f"{site.folder}: not among the inputs, so no longer in the store: {named}")


class _Intake:
    """What comes into a ledger, counted; kept for good a small batch at a time."""

    def __init__(
        self,
        folder: Path,
        ledger: Ledger,
        base_iri: str,
        on_article: Callable[[str], None],
        on_notice: Callable[[str], None],
    ) -> None:
        self._folder, self._ledger, self._ids = folder, ledger, Minter(base_iri)
        self._on_article, self._on_notice = on_article, on_notice
        self._waiting: list[str] = []
        self._since = time.monotonic()
        self.run = 0
        self.read = self.unchanged = 0
        self.replaced: list[str] = []
        self._outdated: set[str] = set()

    def new(self, items: Iterable[Item], fail: Callable[[KgError], None]) -> Iterator[SourceDocument]:
        """The documents that the ledger has not, or has otherwise; errors among `items` go to `fail`."""
        for item in items:
            if isinstance(item, KgError):
                fail(item)
                continue
            held = self._ledger.content(item.id)
            if held == content_hash(item):
                self.unchanged += 1
                continue
            if held is not None:
                self._outdated.add(item.id)
            yield item

    def check(self, reader: str) -> None:
        """Holds the pipeline `reader` to the one that the store's articles were read by."""
        held = self._ledger.settings()
        assert held is not None
        settings = ReadingSettings.from_json(held)
        check_reader(self._folder, settings.reader, reader)
        self._ledger.set_settings(replace(settings, reader=reader).as_json())

    def take(self, article: ReadArticle) -> None:
        """Puts an article into the ledger."""
        self._ledger.put(article, self._ids.article(article.id), self.run)
        self.read += 1
        if article.id in self._outdated:
            self._outdated.discard(article.id)
            self.replaced.append(article.id)
        self._waiting.append(article.id)
        if len(self._waiting) >= _BATCH_ARTICLES or time.monotonic() - self._since >= _BATCH_SECONDS:
            self._keep()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """What the block takes is kept for good, also where it raises."""
        try:
            yield
        except BaseException:
            with suppress(ResourceError):  # the disk is full, it may be; what raised says more
                self._keep()
            raise
        self._keep()
        for identifier in sorted(self._outdated):
            self._on_notice(f"{identifier}: the store keeps it as it was read before")

    def _keep(self) -> None:
        self._ledger.commit()
        for identifier in self._waiting:
            self._on_article(identifier)
        self._waiting.clear()
        self._since = time.monotonic()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What went: the ids of articles, the IRIs of imported graphs. `totals` are those of the store after."""

    articles: tuple[str, ...]
    graphs: tuple[str, ...]
    totals: Totals


def withdraw(
    names: Sequence[str],
    folder: Path,
    *,
    stages: Stages | None = None,
    on_notice: Callable[[str], None] = lambda _line: None,
) -> Withdrawal:
    """Takes articles (by id or IRI) and imported graphs (by IRI) out of a store, and all that rested on them.

    All of `names` or none; what was taken out before is passed over. What an interrupted withdrawal left to
    do is done too.

    Raises:
        DataError: the store has none of one of these names; the nearest that it has are said.
        UsageError: the store was built by another version of the program.
        ResourceError: there is no store, another process is at work on it, or it cannot be written.
    """
    with open_site(folder, make=False) as site, ExitStack() as stack:
        ledger = None
        if site.state.ledger is not None:
            ledger = stack.enter_context(Ledger.open(folder / site.state.ledger, write=True))
        articles, graphs = _find(names, site, ledger)
        here = [identifier for identifier in articles if ledger and ledger.content(identifier) is not None]
        if ledger is not None and (here or site.pending(ledger)):
            held = ReadingSettings.from_json(ledger.settings() or {})
            options = held.options()
            check_settings(folder, held, settings_of(options))
            stages = stages or own_stages(options)
            ledger.begin_run("remove", names, moment())
            for identifier in here:
                ledger.withdraw(identifier)
            ledger.commit()
            totals = publish(site, ledger, stages.open_reduce, on_notice=on_notice, without=graphs)
        else:
            totals = site.remove(graphs)
        return Withdrawal(articles=articles, graphs=graphs, totals=totals)


def _find(names: Sequence[str], site: Site, ledger: Ledger | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The articles and the imported graphs that are meant."""
    articles, graphs = set(), set()
    foreign = site.foreign()
    for name in names:
        found = None
        if ledger is not None:
            here = ledger.content(name) is not None or ledger.was_withdrawn(name)
            found = name if here else ledger.with_graph(name)
        if found is not None:
            articles.add(found)
        elif name in foreign:
            graphs.add(name)
        else:
            hint = (
                _near(name, foreign, ledger) or f": list them with: kg query articles --store '{site.folder}'"
            )
            raise DataError(f"{site.folder}: has no article '{name}'{hint}")
    return tuple(sorted(articles)), tuple(sorted(graphs))


def _near(name: str, foreign: Sequence[str], ledger: Ledger | None) -> str:
    known = [*(ledger.identifiers() if ledger is not None else ()), *foreign]
    near = get_close_matches(name, known, n=_NEAR, cutoff=_LIKENESS)
    return f": did you mean {' or '.join(map(repr, near))}?" if near else ""
