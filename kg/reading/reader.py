"""The stages that see one article alone, and what becomes of an article that breaks one of them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from textwrap import shorten
from typing import TypeAlias, TypeVar

from kg.errors import DocumentError, KgError, ResourceError
from kg.model import AnnotatedDocument, ReadArticle, ResolvedDocument, SourceDocument

Item: TypeAlias = SourceDocument | KgError
"""A document, or why there is none in its place."""

Outcome: TypeAlias = ReadArticle | KgError

T = TypeVar("T")
U = TypeVar("U")

_BATCH_ARTICLES = 16
_BATCH_CHARACTERS = 200_000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """The stages, as functions, their models and gazetteers loaded; `model` names the spaCy pipeline."""

    model: str
    annotate: Callable[[Iterable[SourceDocument]], Iterator[AnnotatedDocument]]
    link: Callable[[AnnotatedDocument], ResolvedDocument]
    finish: Callable[[ResolvedDocument], ReadArticle]

    def read(self, items: Iterable[Item]) -> Iterator[Outcome]:
        """Each document as it was read, or why it was not; errors among `items` are passed on in place.

        Raises `ResourceError` where a stage cannot go on.
        """
        for batch in batches(items):
            yield from self.read_batch(batch)

    def read_batch(self, batch: Sequence[Item]) -> Iterator[Outcome]:
        """As `read`, all of `batch` annotated at once."""
        for found in self._resolved(batch):
            if isinstance(found, KgError):
                yield found
            else:
                yield _attempt(self.finish, found, found.annotated.document.id)

    def resolved(self, items: Iterable[Item]) -> Iterator[ResolvedDocument | KgError]:
        """Each document with all that was found in it; otherwise as `read`."""
        for batch in batches(items):
            yield from self._resolved(batch)

    def _resolved(self, batch: Sequence[Item]) -> Iterator[ResolvedDocument | KgError]:
        for found in self._annotated(batch):
            if isinstance(found, KgError):
                yield found
            else:
                yield _attempt(self.link, found, found.document.id)

    def _annotated(self, batch: Sequence[Item]) -> Iterator[AnnotatedDocument | KgError]:
        """A batch at a time, which is faster; where it fails, its documents one by one."""
        documents = [item for item in batch if not isinstance(item, KgError)]
        try:
            done = iter(list(self.annotate(documents)))
        except ResourceError:
            raise
        except Exception:  # one article shall not spoil the others
            for item in batch:
                yield item if isinstance(item, KgError) else _attempt(self._annotate_one, item, item.id)
        else:
            for item in batch:
                yield item if isinstance(item, KgError) else next(done)

    def _annotate_one(self, document: SourceDocument) -> AnnotatedDocument:
        (annotated,) = self.annotate([document])
        return annotated


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """`items` in lists of what is read at once."""
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += 0 if isinstance(item, KgError) else len(item.text)
        if len(batch) == _BATCH_ARTICLES or size >= _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def look_ahead(items: Iterable[Item]) -> tuple[bool, Iterator[Item]]:
    """Whether `items` are more than is read at once, and all of them."""
    coming = batches(items)
    first, second = next(coming, []), next(coming, None)
    return second is not None, chain(first, second or (), chain.from_iterable(coming))


def set_aside(identifier: str, why: str) -> DocumentError:
    """The error that says that an article was left out, and why."""
    return DocumentError(f"{identifier}: could not be analysed ({why}): the article was left out")


def _attempt(stage: Callable[[T], U], value: T, identifier: str) -> U | KgError:
    try:
        return stage(value)
    except ResourceError:  # the disk is full: so it is for all
        raise
    except Exception as error:  # one article shall not spoil the others
        _log.debug("%s was set aside", identifier, exc_info=error)
        reason = shorten(str(error).partition("\n")[0], 200)
        if not isinstance(error, KgError):
            reason = f"{type(error).__name__}: {reason}"
        if reason.startswith(f"{identifier}:"):
            return DocumentError(reason)
        return set_aside(identifier, reason)
