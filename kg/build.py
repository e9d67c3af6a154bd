"""Articles in, a graph out: the stages of the program in their order. The file to read first.

    READ       kg.documents   inputs            -> SourceDocument      one at a time
    ANNOTATE   kg.annotate    SourceDocument    -> AnnotatedDocument   who, what, when, on whose word
    RESOLVE    kg.resolve     AnnotatedDocument -> ResolvedDocument    places and names linked
    MAP        kg.rdf         ResolvedDocument  -> ReadArticle         its quads and digest, to the disk
    RESOLVE    kg.resolve     digests           -> Reduction           entities, positions, events
    MAP        kg.rdf         Reduction         -> quads               sorted, written as OUT

The first four see one article by itself: `kg.reading` puts them together and runs them in another process or
in several. The reduction sees only a small digest of each article, when the language model is gone. So
memory does not grow with the texts, and the order of the inputs does not show in the output.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.calling import make_callable
from kg.config import BuildOptions
from kg.documents import read_documents
from kg.errors import KgError, ResourceError, UsageError
from kg.grow import grow
from kg.model import ResolvedDocument, SourceDocument
from kg.rdf.settings import MappingSettings
from kg.rdf.writer import Counts, GraphWriter
from kg.reading import Item, look_ahead, open_reading
from kg.reading.stages import Stages, own_stages
from kg.spool import Spool
from kg.store.state import check_folder
from kg.validate import InvalidGraphError, PieceCheck, fast_engine

if TYPE_CHECKING:
    from kg.corrections import CorrectionFile
    from kg.documents.inputs import InputFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What came of a build. `counts` is None where no article could be read and nothing was written.

    Into a store, `counts` are those of all that is in it, `unchanged` counts the articles that were there as
    they are, `replaced` names those that were there otherwise.
    """

    out: Path
    read: int
    failures: tuple[KgError, ...]
    counts: Counts | None
    unchanged: int = 0
    replaced: tuple[str, ...] = ()

    @property
    def exit_status(self) -> int:
        """0, or the gravest status of what failed."""
        return max((failure.exit_status for failure in self.failures), default=0)


def build(
    inputs: Iterable[str | Path],
    out: Path,
    options: BuildOptions | None = None,
    *,
    corrections: CorrectionFile | None = None,
    jobs: int = 1,
    strict: bool = False,
    rebuild: bool = False,
    validate: bool = True,
    stages: Stages | None = None,
    stdin: BinaryIO | None = None,
    stdin_format: InputFormat | None = None,
    on_article: Callable[[str], None] = lambda _id: None,
    on_failure: Callable[[KgError], None] = lambda _error: None,
    on_notice: Callable[[str], None] = lambda _line: None,
) -> BuildReport:
    """Reads the articles in `inputs` and writes their graph to `out`, whole or not at all.

    `out` is a file, or the folder of a store, into which only what is new or changed is read (`kg.grow`);
    to `rebuild` one is to read all anew and to make it of `inputs` alone.

    A reader's `corrections` (`kg.corrections.read_corrections`) shape what comes of it; one that no longer
    applies is told to `on_notice`.

    What is made is checked against the shapes, unless `validate` is off: a graph that breaks them does not
    take the place of `out`.

    `jobs` processes read the articles, to the same bytes. What cannot be read or
    analysed is told to `on_failure`, set aside and reported; the rest goes on, unless the build is
    `strict`. `on_article` hears the identifier of each article that is done, in their order, `on_notice`
    what else a user should know. Without a single article nothing is written.

    Raises:
        UsageError: the ending of `out`, the base IRI, the date or the number of jobs is none, or the store
            was built with other settings.
        ResourceError: `out` cannot be written, or a model or gazetteer cannot be used, or another process is
            at work on the store.
        DataError: corrections contradict one another, or ask for what cannot be.
        InvalidGraphError: the graph breaks the shapes; it lies beside `out`, which is as it was.
        KgError: the build is `strict`, and this is the first thing that failed.
    """
    options = options or BuildOptions()
    target, ending = check_output(out)
    if rebuild and ending is not None:
        raise UsageError(f"{out}: only a store is rebuilt: a file is made anew whenever it is built")
    failures: list[KgError] = []

    def fail(error: KgError) -> None:
        if strict:
            raise error
        failures.append(error)
        on_failure(error)

    given = list(inputs)
    items = _documents(given, options, stdin, stdin_format)
    first = _first(items, fail)
    if first is None:
        return BuildReport(out=out, read=0, failures=tuple(failures), counts=None)
    stages = stages or own_stages(options)
    check = _open_check(on_notice) if validate else None
    if ending is None:
        grown = grow(
            chain([first], items),
            target,
            options,
            corrections=corrections,
            stages=stages,
            jobs=jobs,
            rebuild=rebuild,
            check=check,
            inputs=[str(each) for each in given],
            fail=fail,
            on_article=on_article,
            on_notice=on_notice,
        )
        return BuildReport(
            out=out,
            read=grown.read,
            failures=tuple(failures),
            counts=Counts(**asdict(grown.totals)) if grown.totals.articles else None,
            unchanged=grown.unchanged,
            replaced=grown.replaced,
        )
    read = 0
    with Spool(target.parent) as digests, GraphWriter(target.parent, ending, check) as writer:
        several, coming = look_ahead(chain([first], items))
        with open_reading(
            stages.open_reader, jobs, on_notice, apart=stages.apart, several=several
        ) as reading:
            model = reading.model
            for outcome in reading.read(coming):
                if isinstance(outcome, KgError):
                    fail(outcome)
                    continue
                writer.add(outcome)
                digests.add(outcome.id, outcome.digest)
                read += 1
                on_article(outcome.id)
        del reading
        gc.collect()  # the language model, where it was in this process
        counts = None
        if read:
            reduction = stages.open_reduce()(digests, corrections.entries if corrections else ())
            for line in reduction.unapplied:
                on_notice(line)
            settings = MappingSettings(base_iri=options.base_iri, keep_text=options.keep_text, model=model)
            writer.merge(reduction, settings)
            del reduction
            counts = _written(writer, check, target, ending)
    return BuildReport(out=out, read=read, failures=tuple(failures), counts=counts)


def _open_check(on_notice: Callable[[str], None]) -> PieceCheck | None:
    engine = fast_engine()
    if engine is None:
        on_notice("the graph is not checked against the shapes, which takes long here: run kg validate on it")
        return None
    return PieceCheck(engine)


def _written(writer: GraphWriter, check: PieceCheck | None, target: Path, ending: str) -> Counts:
    """Writes the graph to `target`, or beside it where it breaks the shapes."""
    if check is None:
        return writer.write(target)
    replaceable = target.is_file() or not target.exists()
    place = target.with_name(f"{target.name[: -len(ending)]}.invalid{ending}") if replaceable else target
    counts = writer.write(place)
    report = check.report()
    if not report.conforms:
        raise InvalidGraphError(
            f"{target}: the graph breaks the shapes: {report.broken()}; it was written to {place}"
            + (f", {target.name} is as it was" if place != target and target.exists() else "")
            + ": report this as a fault of kg, or build with --no-validate",
            report.violations,
        )
    if replaceable:
        place.replace(target)
    return counts


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


def check_output(out: Path) -> tuple[Path, str | None]:
    """Where a graph for `out` goes, symbolic links followed, and its ending; asked before the work.

    The ending is None where `out` is the folder of a store.

    Raises:
        UsageError: its ending names no format that kg writes.
        ResourceError: its folder does not exist or cannot be written to.
    """
    from kg.rdf.formats import check_output_name

    ending = check_output_name(out)
    target = out.resolve()
    if ending is None:
        check_folder(out)
        return target, None
    if out.is_dir():
        raise UsageError(f"{out}: is a folder, and by its name a file: give it another name")
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


make_callable(__name__)
