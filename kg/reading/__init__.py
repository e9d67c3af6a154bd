"""Reading: all that is done to one article by itself, in this process or in several.

`reader` puts the stages together, from a `SourceDocument` to a `ReadArticle`; `workers` gives the same work
to other processes, each of which runs `worker`. Either way what comes out is the same, in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from kg.errors import UsageError
from kg.reading.reader import Item, Outcome, Reader, look_ahead

__all__ = ["Item", "Outcome", "Reader", "Reading", "look_ahead", "open_reading"]


class Reading(Protocol):
    """What reads articles: a `Reader`, or `kg.reading.workers.Workers`."""

    @property
    def model(self) -> str:
        """Name and version of the spaCy pipeline that reads."""

    def read(self, items: Iterable[Item], /) -> Iterator[Outcome]:
        """Each document as it was read, or why it was not; errors among `items` are passed on in place."""


@contextmanager
def open_reading(
    open_reader: Callable[[], Reader],
    jobs: int = 1,
    on_notice: Callable[[str], None] = lambda _line: None,
    *,
    apart: bool = False,
    several: bool = False,
) -> Iterator[Reading]:
    """What reads articles in `jobs` processes for as long as the block lasts; one is this one unless `apart`.

    To be sent to other processes `open_reader` must be a function of a module, or a `functools.partial` of
    one. `on_notice` is told, in a line, of a process that died and was replaced. That `several` batches are
    to come (`look_ahead`) lets two processes load their models at once.

    Raises:
        UsageError: `jobs` is less than one.
        ResourceError: a model or gazetteer cannot be used, or no process can be started.
    """
    if jobs < 1:
        raise UsageError(f"{jobs} jobs cannot read anything: give 1 or more")
    if jobs == 1 and not apart:
        yield open_reader()
        return
    from kg.reading.workers import Workers

    with Workers(open_reader, jobs, on_notice, several=several) as workers:
        yield workers
