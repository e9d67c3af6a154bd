"""Articles in, a graph out: the stages of the program in their order. The file to read first.

    READ       kg.documents   inputs            -> SourceDocument      one at a time
    ANNOTATE   kg.annotate    SourceDocument    -> AnnotatedDocument   who, what, when, on whose word
    RESOLVE    kg.resolve     AnnotatedDocument -> ResolvedDocument    places and names linked
    MAP        kg.rdf         ResolvedDocument  -> quads               spooled to the disk
    RESOLVE    kg.resolve     digests           -> Reduction           entities, positions, events
    MAP        kg.rdf         Reduction         -> quads               sorted, written as OUT

The first four are a map over articles, each by itself; the reduction sees only a small digest of each.
So memory does not grow with the texts, and the order of the inputs does not show in the output.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, Protocol, TypeVar

from kg.config import BuildOptions
from kg.errors import DocumentError, KgError, ResourceError, UsageError
from kg.model import AnnotatedDocument, Reduction, ResolvedDocument, SourceDocument

if TYPE_CHECKING:
    from kg.documents.inputs import InputFormat
    from kg.rdf.writer import Counts
    from kg.resolve.digest import Digest

D = TypeVar("D")

_BATCH_ARTICLES = 16
_BATCH_CHARACTERS = 200_000

_log = logging.getLogger(__name__)


class Writer(Protocol):
    """What MAP offers: `kg.rdf.writer.GraphWriter`."""

    def add_article(self, resolved: ResolvedDocument, /) -> None:
        """Takes one article's mentions and accounts."""

    def finish(self, reduction: Reduction, target: Path, ending: str, /) -> Counts:
        """Writes all to `target`, whole or not at all, in the format of `ending`."""

    def close(self) -> None:
        """Gives temporary files back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages(Generic[D]):
    """The stages after READ, as functions. `open_writer` is given a folder for its temporary file."""

    annotate: Callable[[Iterable[SourceDocument]], Iterator[AnnotatedDocument]]
    link: Callable[[AnnotatedDocument], ResolvedDocument]
    digest: Callable[[ResolvedDocument], D]
    reduce: Callable[[Iterable[D]], Reduction]
    open_writer: Callable[[Path], Writer]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What came of a build. `counts` is None where no article could be read and nothing was written."""

    out: Path
    read: int
    failures: tuple[KgError, ...]
    counts: Counts | None

    @property
    def exit_status(self) -> int:
        """0, or the gravest status of what failed."""
        return max((failure.exit_status for failure in self.failures), default=0)


def open_stages(options: BuildOptions) -> Stages[Digest]:
    """The stages that newskg brings along, their models and gazetteers loaded.

    Raises:
        ResourceError: the spaCy pipeline is not installed, or a gazetteer or the lexicon cannot be read.
        DataError: a gazetteer or the lexicon is wrong.
    """
    from kg.annotate.pipeline import Annotator
    from kg.gazetteer import Gazetteers
    from kg.ontology.reading import load_ontology
    from kg.rdf.settings import MappingSettings
    from kg.rdf.writer import GraphWriter
    from kg.resolve.linking import Linker
    from kg.resolve.reduction import digest, reduce

    gazetteers = Gazetteers.open(options.gazetteers)
    annotator = Annotator.open(
        options.model,
        gazetteers=gazetteers,
        lexicon=options.lexicon,
        classes=load_ontology().event_classes(),
    )
    settings = MappingSettings(
        base_iri=options.base_iri, model=annotator.model_name, keep_text=options.keep_text
    )
    return Stages(
        annotate=annotator.annotate,
        link=Linker(gazetteers).link,
        digest=digest,
        reduce=partial(reduce, parents=gazetteers.place),
        open_writer=lambda folder: GraphWriter(folder, settings),
    )


def build(
    inputs: Iterable[str | Path],
    out: Path,
    options: BuildOptions | None = None,
    *,
    stages: Stages[Any] | None = None,
    stdin: BinaryIO | None = None,
    stdin_format: InputFormat | None = None,
    on_article: Callable[[str], None] = lambda _id: None,
    on_failure: Callable[[KgError], None] = lambda _error: None,
) -> BuildReport:
    """Reads the articles in `inputs` and writes their graph to `out`, whole or not at all.

    What cannot be read or analysed is told to `on_failure`, set aside and reported; the rest goes on.
    `on_article` hears the identifier of each article that is done. Without a single article nothing is
    written.

    Raises:
        UsageError: the ending of `out`, the base IRI or the date is none.
        ResourceError: `out` cannot be written, or a model or gazetteer cannot be used.
    """
    from kg.documents import read_documents

    options = options or BuildOptions()
    target, ending = check_output(out)
    failures: list[KgError] = []

    def fail(error: KgError) -> None:
        failures.append(error)
        on_failure(error)

    documents = read_documents(
        inputs, date=options.date, on_error=fail, stdin=stdin, stdin_format=stdin_format
    )
    first = next(documents, None)  # before the models are loaded, which takes its time
    if first is None:
        return BuildReport(out=out, read=0, failures=tuple(failures), counts=None)
    stages = stages or open_stages(options)
    digests: dict[str, Any] = {}
    with _closing(stages.open_writer(target.parent)) as writer:
        for annotated in _annotated(stages, chain([first], documents), fail):
            identifier = annotated.document.id
            try:
                resolved = stages.link(annotated)
                small = stages.digest(resolved)
                writer.add_article(resolved)
            except ResourceError:  # the disk is full: so it is for all
                raise
            except Exception as error:  # one article shall not spoil the others
                fail(_set_aside(identifier, error))
                continue
            digests[identifier] = small
            on_article(identifier)
        counts = None
        if digests:
            reduction = stages.reduce(digests[identifier] for identifier in sorted(digests))
            counts = writer.finish(reduction, target, ending)
    return BuildReport(out=out, read=len(digests), failures=tuple(failures), counts=counts)


def annotated_articles(
    inputs: Iterable[str | Path],
    options: BuildOptions | None = None,
    *,
    stages: Stages[Any] | None = None,
    stdin: BinaryIO | None = None,
    stdin_format: InputFormat | None = None,
    on_failure: Callable[[KgError], None] = lambda _error: None,
) -> Iterator[ResolvedDocument]:
    """Reads the articles in `inputs` as `build` does, and yields each with all that was found in it.

    Raises:
        UsageError: the date is none.
        ResourceError: a model or gazetteer cannot be used.
    """
    from kg.documents import read_documents

    options = options or BuildOptions()
    documents = read_documents(
        inputs, date=options.date, on_error=on_failure, stdin=stdin, stdin_format=stdin_format
    )
    first = next(documents, None)
    if first is None:
        return
    stages = stages or open_stages(options)
    for annotated in _annotated(stages, chain([first], documents), on_failure):
        try:
            resolved = stages.link(annotated)
        except ResourceError:
            raise
        except Exception as error:  # one article shall not spoil the others
            on_failure(_set_aside(annotated.document.id, error))
        else:
            yield resolved


def check_output(out: Path) -> tuple[Path, str]:
    """Where a graph for `out` goes, symbolic links followed, and its ending; asked before the work.

    Raises:
        UsageError: its ending names no format that kg writes.
        ResourceError: its folder does not exist or cannot be written to.
    """
    from kg.rdf.formats import check_output_name

    ending = check_output_name(out)
    if ending is None or out.is_dir():
        raise UsageError(
            f"{out}: a store folder comes with a later version: "
            "give a file that ends in .ttl .nt .nq .trig .rdf or .jsonld (each also .gz)"
        )
    target = out.resolve()
    folder = target.parent if out.is_symlink() else out.parent
    if not folder.exists():
        raise ResourceError(f"{folder}: no such folder: make it with: mkdir -p '{folder}'")
    if not folder.is_dir():
        raise ResourceError(f"{folder}: is no folder: write to another place")
    if not os.access(folder, os.W_OK):
        raise ResourceError(
            f"{folder}: cannot be written to: write to another place, or change its permissions"
        )
    return target, ending


@contextmanager
def _closing(writer: Writer) -> Iterator[Writer]:
    try:
        yield writer
    finally:
        with suppress(OSError):  # on a full disk the rest of the temporary file has no place, and no use
            writer.close()


def _annotated(
    stages: Stages[Any], documents: Iterable[SourceDocument], fail: Callable[[KgError], None]
) -> Iterator[AnnotatedDocument]:
    """The documents annotated, a batch at a time; where a batch fails, its documents one by one."""
    for batch in _batches(documents):
        try:
            done = list(stages.annotate(batch))
        except ResourceError:
            raise
        except Exception:  # one article shall not spoil the others
            done = []
            for document in batch:
                try:
                    done += stages.annotate([document])
                except Exception as error:
                    fail(_set_aside(document.id, error))
        yield from done


def _batches(documents: Iterable[SourceDocument]) -> Iterator[list[SourceDocument]]:
    batch: list[SourceDocument] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if len(batch) == _BATCH_ARTICLES or size >= _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _set_aside(identifier: str, error: Exception) -> DocumentError:
    _log.debug("%s was set aside", identifier, exc_info=error)
    reason = shorten(str(error).partition("\n")[0], 200)
    if not isinstance(error, KgError):
        reason = f"{type(error).__name__}: {reason}"
    if reason.startswith(f"{identifier}:"):
        return DocumentError(reason)
    return DocumentError(f"{identifier}: could not be analysed ({reason}): the article was left out")
