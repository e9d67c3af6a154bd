"""What a worker process runs: it opens a reader once, then answers each batch with what came of it.

Requests come by standard input and answers go by standard output, both pickled. First come `sys.path` and
what opens the reader, which is answered by the name of its model; then batches. An exception is an answer
too: it stops the work. The worker ends when its input does, whatever it does then: none outlives the
process that started it.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any

from kg.errors import KgError
from kg.reading.reader import Reader

START = """
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from kg.reading.worker import serve
serve()
"""
"""The program of a worker process: it finds modules where the process that started it does."""


def serve() -> None:
    """Answers until nobody listens any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for the process that started this one
    answers = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not come between the answers
    requests: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_receive, args=(requests,), daemon=True).start()
    with suppress(OSError):
        try:
            reader: Reader = _opened(requests.get())
        except Exception as error:
            _answer(answers, _portable(error))
            return
        _answer(answers, reader.model)
        while True:
            batch = requests.get()
            try:
                answer: Any = list(reader.read_batch(batch))
            except Exception as error:
                answer = _portable(error)
            _answer(answers, answer)


def _receive(requests: SimpleQueue[Any]) -> None:
    """Hands requests on; at the end of the input nobody waits for what is under way."""
    try:
        while True:
            try:
                requests.put(pickle.load(sys.stdin.buffer))
            except (AttributeError, ImportError) as error:  # what opens the reader is not to be found here
                requests.put(error)
    except (EOFError, OSError, pickle.UnpicklingError):
        os.kill(os.getpid(), signal.SIGTERM)


def _opened(open_reader: Callable[[], Reader] | Exception) -> Reader:
    if isinstance(open_reader, Exception):
        raise open_reader
    return open_reader()


def _answer(to: int, answer: Any) -> None:
    data = memoryview(pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL))
    while data:
        data = data[os.write(to, data) :]


def _portable(error: Exception) -> Exception:
    """`error` as any process can unpickle it: those of other libraries may need what is not there."""
    return error if isinstance(error, KgError) else RuntimeError(f"{type(error).__name__}: {error}")
