"""Stages that load nothing and find nothing, here or in another process; a document may ask to be trouble.

A text with ``BREAK`` breaks the annotation, with ``UNLINK`` the linking, with ``UNFINISHED`` the mapping;
``KILL`` ends the process that reads it.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from functools import partial

from kg.config import BuildOptions
from kg.documents.content import content_hash
from kg.errors import DocumentError
from kg.model import AnnotatedDocument, ReadArticle, Reduction, ResolvedDocument, SourceDocument
from kg.rdf.mapping import map_article
from kg.rdf.settings import MappingSettings
from kg.reading import Reader
from kg.reading.stages import Reduce, Stages


def annotate(documents: Iterable[SourceDocument]) -> Iterator[AnnotatedDocument]:
    for document in documents:
        if "BREAK" in document.text:
            raise ValueError("no such thing\nand more")
        if "KILL" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        yield AnnotatedDocument(document=document, sentences=())


def link(annotated: AnnotatedDocument) -> ResolvedDocument:
    if "UNLINK" in annotated.document.text:
        raise KeyError("lost")
    return ResolvedDocument(annotated=annotated)


def finish(settings: MappingSettings, resolved: ResolvedDocument) -> ReadArticle:
    document = resolved.annotated.document
    if "UNFINISHED" in document.text:
        raise DocumentError(f"{document.id}: a span lies outside the text")
    return map_article(resolved, settings, content=content_hash(document), digest=document.id.encode())


def reduce(digests: Iterable[bytes], _corrections: object = (), /) -> Reduction:
    found = list(digests)
    assert found == sorted(found)
    return Reduction()


def open_reader(options: BuildOptions) -> Reader:
    settings = MappingSettings(base_iri=options.base_iri, keep_text=options.keep_text)
    return Reader(model="none 1", annotate=annotate, link=link, finish=partial(finish, settings))


def open_reduce() -> Reduce:
    return reduce


def stages(options: BuildOptions | None = None) -> Stages:
    return Stages(open_reader=partial(open_reader, options or BuildOptions()), open_reduce=open_reduce)
