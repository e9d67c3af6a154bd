"""Articles in, a graph out: the stages of the program in their order. The file to read first.

    READ       kg.documents   inputs            -> SourceDocument      one at a time
    ANNOTATE   kg.annotate    SourceDocument    -> AnnotatedDocument   who, what, when, on whose word
    RESOLVE    kg.resolve     AnnotatedDocument -> ResolvedDocument    places and names linked
    MAP        kg.rdf         ResolvedDocument  -> ReadArticle         its quads and digest, to the disk
    RESOLVE    kg.resolve     digests           -> Reduction           entities, positions, events
    MAP        kg.rdf         Reduction         -> quads               sorted, written as OUT

The first four see one article by itself: `kg.reading` puts them together and runs them in one process or
in several. The reduction sees only a small digest of each article, when the language model is gone. So
memory does not grow with the texts, and the order of the inputs does not show in the output.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.config import BuildOptions
from kg.documents import read_documents
from kg.errors import KgError, ResourceError, UsageError
from kg.model import ResolvedDocument, SourceDocument
from kg.rdf.settings import MappingSettings
from kg.rdf.writer import Counts, GraphWriter
from kg.reading import Item, open_reading
from kg.reading.stages import Stages, own_stages
from kg.spool import Spool

if TYPE_CHECKING:
    from kg.documents.inputs import InputFormat


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


def build(
    inputs: Iterable[str | Path],
    out: Path,
    options: BuildOptions | None = None,
    *,
    jobs: int = 1,
    strict: bool = False,
    stages: Stages | None = None,
    stdin: BinaryIO | None = None,
    stdin_format: InputFormat | None = None,
    on_article: Callable[[str], None] = lambda _id: None,
    on_failure: Callable[[KgError], None] = lambda _error: None,
    on_notice: Callable[[str], None] = lambda _line: None,
) -> BuildReport:
    """Reads the articles in `inputs` and writes their graph to `out`, whole or not at all.

    `jobs` processes read the articles (with 1 it is this one), to the same bytes. What cannot be read or
    analysed is told to `on_failure`, set aside and reported; the rest goes on, unless the build is
    `strict`. `on_article` hears the identifier of each article that is done, in their order, `on_notice`
    what else a user should know. Without a single article nothing is written.

    Raises:
        UsageError: the ending of `out`, the base IRI, the date or the number of jobs is none.
        ResourceError: `out` cannot be written, or a model or gazetteer cannot be used.
        KgError: the build is `strict`, and this is the first thing that failed.
    """
    options = options or BuildOptions()
    target, ending = check_output(out)
    failures: list[KgError] = []

    def fail(error: KgError) -> None:
        if strict:
            raise error
        failures.append(error)
        on_failure(error)

    items = _documents(inputs, options, stdin, stdin_format)
    first = _first(items, fail)
    if first is None:
        return BuildReport(out=out, read=0, failures=tuple(failures), counts=None)
    stages = stages or own_stages(options)
    read = 0
    with Spool(target.parent) as digests, GraphWriter(target.parent) as writer:
        with open_reading(stages.open_reader, jobs, on_notice) as reading:
            model = reading.model
            for outcome in reading.read(chain([first], items)):
                if isinstance(outcome, KgError):
                    fail(outcome)
                    continue
                writer.add(outcome)
                digests.add(outcome.id, outcome.digest)
                read += 1
                on_article(outcome.id)
        del reading  # the language model, which is in nobody's way while there is something to read
        gc.collect()
        counts = None
        if read:
            reduction = stages.open_reduce()(digests)
            settings = MappingSettings(base_iri=options.base_iri, keep_text=options.keep_text, model=model)
            counts = writer.finish(reduction, settings, target, ending)
    return BuildReport(out=out, read=read, failures=tuple(failures), counts=counts)


def annotated_articles(
    inputs: Iterable[str | Path],
    options: BuildOptions | None = None,
    *,
    stages: Stages | None = None,
    stdin: BinaryIO | None = None,
    stdin_format: InputFormat | None = None,
    on_failure: Callable[[KgError], None] = lambda _error: None,
) -> Iterator[ResolvedDocument]:
    """Reads the articles in `inputs` as `build` does, and yields each with all that was found in it.

    Raises:
        UsageError: the date is none.
        ResourceError: a model or gazetteer cannot be used.
    """
    options = options or BuildOptions()
    items = _documents(inputs, options, stdin, stdin_format)
    first = _first(items, on_failure)
    if first is None:
        return
    stages = stages or own_stages(options)
    for found in stages.open_reader().resolved(chain([first], items)):
        if isinstance(found, KgError):
            on_failure(found)
        else:
            yield found


def _documents(
    inputs: Iterable[str | Path],
    options: BuildOptions,
    stdin: BinaryIO | None,
    stdin_format: InputFormat | None,
) -> Iterator[Item]:
    """The documents, and what could not be read in its place among them."""
    failed: list[KgError] = []
    for document in read_documents(
        inputs, date=options.date, on_error=failed.append, stdin=stdin, stdin_format=stdin_format
    ):
        yield from failed
        failed.clear()
        yield document
    yield from failed


def _first(items: Iterator[Item], fail: Callable[[KgError], None]) -> SourceDocument | None:
    """The first document: sought before the models are loaded, which takes its time."""
    for item in items:
        if not isinstance(item, KgError):
            return item
        fail(item)
    return None


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
