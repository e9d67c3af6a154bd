"""The stages that newskg brings along, to be opened where and when they are needed.

Those that see one article alone are a `Reader`, which a worker may open for itself; what is worked out over
all articles needs no language model, so that one can be let go before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from kg.config import BuildOptions
from kg.corrections import Correction
from kg.model import ReadArticle, Reduction, ResolvedDocument
from kg.reading.reader import Reader


class Reduce(Protocol):
    """From the digests of all articles, as JSON, to what they agree on, as a reader's corrections have it."""

    def __call__(self, digests: Iterable[bytes], corrections: Sequence[Correction] = (), /) -> Reduction:
        """Raises `DataError` where the corrections contradict one another."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """How the stages after READ are opened.

    With `apart` even one job is another process, which gives all the memory of its models back when it has
    read; what opens the reader can then be sent there.
    """

    open_reader: Callable[[], Reader]
    open_reduce: Callable[[], Reduce]
    apart: bool = False


def own_stages(options: BuildOptions) -> Stages:
    """The stages that newskg brings along, nothing of them loaded yet."""
    return Stages(
        open_reader=partial(open_reader, options), open_reduce=partial(open_reduce, options), apart=True
    )


def open_reader(options: BuildOptions) -> Reader:
    """ANNOTATE, RESOLVE and MAP for one article, their models and gazetteers loaded.

    Raises:
        ResourceError: the spaCy pipeline is not installed, or a gazetteer or the lexicon cannot be read.
        DataError: a gazetteer or the lexicon is wrong.
    """
    from kg.annotate.pipeline import Annotator
    from kg.documents.content import content_hash
    from kg.gazetteer import Gazetteers
    from kg.ontology.reading import load_ontology
    from kg.rdf.mapping import map_article
    from kg.rdf.settings import MappingSettings
    from kg.resolve.digest import digest
    from kg.resolve.digest_json import to_json
    from kg.resolve.linking import Linker

    gazetteers = Gazetteers.open(options.gazetteers)
    annotator = Annotator.open(
        options.model,
        gazetteers=gazetteers,
        lexicon=options.lexicon,
        classes=load_ontology().event_classes(),
    )
    settings = MappingSettings(base_iri=options.base_iri, keep_text=options.keep_text)

    def finish(resolved: ResolvedDocument) -> ReadArticle:
        document = resolved.annotated.document
        return map_article(
            resolved, settings, content=content_hash(document), digest=to_json(digest(resolved))
        )

    return Reader(
        model=annotator.model_name,
        annotate=annotator.annotate,
        link=Linker(gazetteers).link,
        finish=finish,
    )


def open_reduce(options: BuildOptions) -> Reduce:
    """RESOLVE over all articles, the gazetteers loaded. Raises what `open_reader` raises for them."""
    from kg.gazetteer import Gazetteers
    from kg.resolve.digest_json import from_json
    from kg.resolve.link_by_id import link_by_id
    from kg.resolve.reduction import reduce

    gazetteers = Gazetteers.open(options.gazetteers)

    def reduced(digests: Iterable[bytes], corrections: Sequence[Correction] = (), /) -> Reduction:
        return reduce(
            (from_json(each) for each in digests),
            parents=gazetteers.place,
            merge=options.merge,
            corrections=corrections,
            links=partial(link_by_id, gazetteers=gazetteers),
        )

    return reduced
