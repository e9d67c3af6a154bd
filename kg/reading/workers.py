"""Articles read by several processes at once, in the order in which they came.

Each process is a new one (nothing is forked), so it may have threads of its own and is of no terminal's
foreground group: an interrupt reaches the process that started it alone, which ends them all. A thread for
each waits for its answers. What is under way is bounded, so memory does not grow with the articles.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any, cast

from kg.errors import KgError, ResourceError, reason
from kg.reading.reader import Item, Outcome, Reader, batches, set_aside
from kg.reading.worker import START

_AHEAD = 3
"""Batches under way for each worker: one that it reads, the others waiting before or behind it."""

_LAST_BREATH = 5.0
"""Seconds that a process may take to end after it has closed its pipes."""

_ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "BLIS_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
        "NUMEXPR_NUM_THREADS",
    ),
    "1",
)
"""Workers share the cores already; who sets one of these keeps it."""


class Workers:
    """Up to `jobs` processes that read articles; to be used in a `with`, at whose end they are gone.

    Where `several` batches are to come, a second process loads its models beside the first.
    """

    def __init__(
        self,
        open_reader: Callable[[], Reader],
        jobs: int,
        on_notice: Callable[[str], None],
        *,
        several: bool = False,
    ) -> None:
        self._open_reader, self._jobs, self._on_notice = open_reader, jobs, on_notice
        self._several = several
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all: list[_Worker] = []
        self._lock = Lock()
        self._closed = False
        self._threads: ThreadPoolExecutor | None = None
        self.model = ""

    def __enter__(self) -> Workers:
        self._threads = ThreadPoolExecutor(self._jobs, thread_name_prefix="kg-reading")
        if self._jobs > 1 and self._several:
            self._threads.submit(self._open_beside)
        try:
            worker = self._take()
        except BaseException:
            self.close()
            raise
        self.model = worker.model
        self._idle.put(worker)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the processes, whatever they do."""
        with self._lock:
            self._closed = True
            for worker in self._all:
                worker.process.kill()
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
        for worker in self._all:
            worker.bury()
        self._all.clear()

    def read(self, items: Iterable[Item]) -> Iterator[Outcome]:
        """Each document as it was read, or why it was not; errors among `items` are passed on in place.

        A process that dies is replaced and its documents are read again one by one; one that kills again
        is set aside. Raises `ResourceError` where a stage cannot go on or no process can be started.
        """
        assert self._threads is not None, "to be used in a with"
        waiting: deque[Future[_Answer]] = deque()
        for batch in batches(items):
            if len(waiting) == self._jobs * _AHEAD:
                yield from self._outcomes(waiting.popleft())
            waiting.append(self._threads.submit(self._read, batch))
        while waiting:
            yield from self._outcomes(waiting.popleft())

    def _outcomes(self, answer: Future[_Answer]) -> list[Outcome]:
        found = answer.result()
        if found.notice is not None:
            self._on_notice(found.notice)
        return found.outcomes

    def _read(self, batch: Sequence[Item]) -> _Answer:
        try:
            return _Answer(outcomes=self._ask(batch))
        except _DeathError as death:
            count = sum(not isinstance(item, KgError) for item in batch)
            again = "is read again" if count == 1 else "are read again, one by one"
            return _Answer(
                outcomes=[self._read_alone(item) for item in batch],
                notice=f"a process that read articles {death}; another takes its place: {count} {again}",
            )

    def _read_alone(self, item: Item) -> Outcome:
        if isinstance(item, KgError):
            return item
        try:
            (outcome,) = self._ask([item])
        except _DeathError as death:
            return set_aside(item.id, f"the process that read it {death}")
        return outcome

    def _ask(self, batch: Sequence[Item]) -> list[Outcome]:
        worker = self._take()
        try:
            answer = worker.ask(list(batch))
        except _DeathError:
            self._drop(worker)
            raise
        self._idle.put(worker)
        if isinstance(answer, Exception):
            raise answer
        return cast(list[Outcome], answer)

    def _take(self) -> _Worker:
        """An idle worker, else a new one: there are never more than threads."""
        try:
            return self._idle.get_nowait()
        except Empty:
            pass
        with self._lock:
            if self._closed:
                raise ResourceError("reading was stopped")
            worker = _Worker()
            self._all.append(worker)
        try:
            worker.open(self._open_reader)
        except BaseException:
            self._drop(worker)
            raise
        return worker

    def _open_beside(self) -> None:
        """A second worker while the first loads its models; what keeps it from that keeps the first, too."""
        with suppress(Exception):
            self._idle.put(self._take())

    def _drop(self, worker: _Worker) -> None:
        with self._lock:
            if not self._closed:
                self._all.remove(worker)
                worker.bury()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    outcomes: list[Outcome]
    notice: str | None = None


class _DeathError(Exception):
    """A worker process is no more; says how it ended."""


class _Worker:
    """One process and the pipes to it."""

    def __init__(self) -> None:
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-c", START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**_ONE_THREAD, **os.environ},
                process_group=0 if os.name == "posix" else None,
            )
        except OSError as error:
            raise ResourceError(f"no process can be started to read articles: {reason(error)}") from None
        self.model = ""

    def open(self, open_reader: Callable[[], Reader]) -> None:
        """Lets the process open its reader. Raises what that raises, `ResourceError` where it dies."""
        try:
            self._send(sys.path)
            answer = self.ask(open_reader)
        except _DeathError as death:
            raise ResourceError(
                f"a process that was to read articles {death} while it loaded what it reads with: "
                "ask for fewer jobs, or free some memory"
            ) from None
        if isinstance(answer, Exception):
            raise answer
        self.model = answer

    def ask(self, request: Any) -> Any:
        """What the process answers. Raises `_DeathError` where it ends instead."""
        self._send(request)
        assert self.process.stdout is not None
        try:
            return pickle.load(self.process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            raise self._death() from None

    def bury(self) -> None:
        """Ends the process and gives back what it held."""
        self.process.kill()
        with self.process:  # closes the pipes and waits
            pass

    def _send(self, request: Any) -> None:
        assert self.process.stdin is not None
        data = memoryview(pickle.dumps(request, protocol=pickle.HIGHEST_PROTOCOL))
        try:
            while data:
                data = data[os.write(self.process.stdin.fileno(), data) :]
        except OSError:
            raise self._death() from None

    def _death(self) -> _DeathError:
        try:
            status = self.process.wait(_LAST_BREATH)
        except subprocess.TimeoutExpired:
            return _DeathError("answers no more")
        if status >= 0:
            return _DeathError(f"ended with status {status}")
        memory = ", as happens where memory runs out" if -status == signal.SIGKILL else ""
        return _DeathError(f"was ended by {_signal(-status)}{memory}")


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
