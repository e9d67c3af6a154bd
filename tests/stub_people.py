"""Stages without a language model that find something all the same: who met whom.

Two capitalised words are a person; a sentence with ``met`` is a meeting of the people in it. Digests and
what is merged from them are the real ones, so articles hang together by the people that they name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from stub_reading import link

from kg.config import BuildOptions
from kg.documents.content import content_hash
from kg.model import (
    AnnotatedDocument,
    Chain,
    EntityMention,
    EventAccount,
    Form,
    ReadArticle,
    Reduction,
    ResolvedDocument,
    SourceDocument,
    Span,
)
from kg.rdf.mapping import map_article
from kg.rdf.settings import MappingSettings
from kg.reading import Reader
from kg.reading.stages import Reduce, Stages
from kg.resolve.digest import digest
from kg.resolve.digest_json import from_json, to_json
from kg.resolve.reduction import reduce

_SENTENCE = re.compile(r"[^.]+\.")
_PERSON = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")


def annotate(documents: Iterable[SourceDocument]) -> Iterator[AnnotatedDocument]:
    for document in documents:
        if "BREAK" in document.text:
            raise ValueError("no such thing")
        yield _annotated(document)


def _annotated(document: SourceDocument) -> AnnotatedDocument:
    sentences = [Span(begin=each.start(), end=each.end()) for each in _SENTENCE.finditer(document.text)]
    names: dict[str, int] = {}
    mentions: list[EntityMention] = []
    events: list[EventAccount] = []
    for number, span in enumerate(sentences):
        here = []
        for found in _PERSON.finditer(document.text, span.begin, span.end):
            here.append(f"m{len(mentions)}")
            mentions.append(
                EntityMention(
                    key=here[-1],
                    begin=found.start(),
                    end=found.end(),
                    form=Form.NAMED,
                    chain=names.setdefault(found[0], len(names)),
                    sentence=number,
                )
            )
        at = document.text.find(" met ", span.begin, span.end)
        if at >= 0:
            events.append(
                EventAccount(
                    key=f"e{len(events)}",
                    begin=at + 1,
                    end=at + 4,
                    sentence=number,
                    kind="Meeting",
                    agents=tuple(here),
                    start_date=document.date,
                    end_date=document.date,
                )
            )
    return AnnotatedDocument(
        document=document,
        sentences=tuple(sentences),
        chains=tuple(Chain(id=number, kind="Person", name=name) for name, number in names.items()),
        mentions=tuple(mentions),
        events=tuple(events),
    )


def finish(settings: MappingSettings, resolved: ResolvedDocument) -> ReadArticle:
    content = content_hash(resolved.annotated.document)
    return map_article(resolved, settings, content=content, digest=to_json(digest(resolved)))


def open_reader(options: BuildOptions) -> Reader:
    settings = MappingSettings(base_iri=options.base_iri, keep_text=options.keep_text)
    return Reader(model="none 1", annotate=annotate, link=link, finish=partial(finish, settings))


def open_reduce() -> Reduce:
    def reduced(digests: Iterable[bytes], _corrections: object = (), /) -> Reduction:
        return reduce(from_json(each) for each in digests)

    return reduced


def stages(options: BuildOptions | None = None) -> Stages:
    return Stages(open_reader=partial(open_reader, options or BuildOptions()), open_reduce=open_reduce)


def write_articles(folder: Path, texts: dict[str, str]) -> Path:
    """The articles as files in `folder`."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text)
    return folder


TEXTS = {
    "a.txt": "Ana Sol met Bo Lim on the bridge.",
    "b.txt": "date 2023-03-14\n\nBo Lim met Cai Orr. Cai Orr slept.",
    "c.txt": "date 2023-03-14\n\nCai Orr met Bo Lim, said Dov Pell.",
    "d.txt": "Dov Pell met Eli Quay and Ana Sol.",
    "e.txt": "Nobody came.",
    "f.txt": "Eli Quay met Fay Rusk.",
    "g.txt": "date 2023-04\n\nFay Rusk met Ana Sol.",
}
"""Articles that hang together."""
