"""Checks a graph while it is made, piece by piece, so that memory does not hold it whole.

An article's graph stands by itself, so articles are checked in batches as they come. What is merged from
them is checked at the end in blocks of whole subjects; of the things that a block points to it is told no
more than the classes. What cannot be seen in a block is looked for over all of them: mentions of two things,
things that are named and not described.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import IO

from pyoxigraph import QuerySolutions, RdfFormat, Store

from kg.validate.engines import Engine, default_engine, own_shapes
from kg.validate.known import KnownClasses, Repeated
from kg.validate.report import Report, Violation, sorted_violations
from kg.vocabulary import DCTERMS, KG, RDF

BLOCK = 1 << 19
"""Bytes of N-Quads that are checked at a time."""

_SH, _SHAPES = "http://www.w3.org/ns/shacl#", "https://w3id.org/newskg/shapes#"
_TWICE, _DANGLING = f"{_SHAPES}MentionOfOne", f"{_SHAPES}Dangling"
_POINTED_AT = (KG.Article, KG.EntityMention, KG.TimeMention, KG.EventMention, KG.RelationMention)
_FURTHER = (KG.Mention, KG.NamedMention, KG.NominalMention, KG.PronounMention)


_TYPE, _HAS_MENTION, _HOLDS, _CONFORMS = (
    f"<{iri}>".encode() for iri in (RDF.type, KG.hasMention, KG.holdsPosition, DCTERMS.conformsTo)
)
_OURS = f"<{KG.iri}".encode()
# What it begins with is sought faster than the beginning of a line.
_KIND = re.compile(rf"> {_TYPE.decode()} (<(?:{'|'.join(map(re.escape, _POINTED_AT))})>)".encode())
_LAST_STEP = re.compile(rb"[^/#:]*>$")

Link = tuple[bytes, bytes, bytes]
"""Subject, predicate and object of a line whose object is an IRI, as they are written."""


class PieceCheck:
    """Takes N-Quads as they are made: `article` for each article's graph, then `rest`, then `report`.

    Articles that were checked before are `known`: what is merged from them may point to their mentions.
    """

    def __init__(self, engine: Engine | None = None, *, block: int = BLOCK) -> None:
        self._engine = engine or default_engine()
        self._shapes = own_shapes()
        self._block = block
        self._batch: list[bytes] = []
        self._size = 0
        self._known = KnownClasses()
        self._triples = 0
        self._found: set[Violation] = set()

    def article(self, quads: bytes, *, known: bool = True) -> None:
        """Takes the graph of one article; without `known`, it will be made so before `rest`."""
        self._batch.append(quads)
        self._size += len(quads)
        if known:
            self.known(quads)
        if self._size >= self._block:
            self._check_batch()

    def known(self, quads: bytes) -> None:
        """Takes the graph of one article that need not be checked."""
        for found in _KIND.finditer(quads):
            subject = quads[quads.rfind(b"\n", 0, found.start()) + 1 : found.start() + 1]
            if b" " not in subject:  # else it stands in a literal
                self._known.add(subject, (found[1],))

    def rest(self, quads: IO[bytes]) -> None:
        """Takes the graphs of entities, events and provenance, each subject in one place; reads twice."""
        mentions, holders, dataset = Repeated(), dict[bytes, list[bytes]](), b""
        for block in self._blocks(quads):
            self._triples += block.count(b"\n")
            types: dict[bytes, list[bytes]] = {}
            for subject, predicate, value in _links(block):
                if predicate == _TYPE:
                    types.setdefault(subject, []).append(value)
                elif predicate == _HAS_MENTION:
                    mentions.add(value)
                elif predicate == _HOLDS:
                    holders.setdefault(value, []).append(subject)
                elif predicate == _CONFORMS:
                    dataset = subject
            for iri, classes in types.items():
                self._known.add(iri, classes)
        self._known.settle()
        twice = mentions.hashes()
        shared: list[Link] = []
        off = _of_articles(self._shapes) | {_TWICE, _DANGLING}
        for block in self._blocks(quads):
            links = _links(block)
            self._check_block(block, links, holders, off)
            self._check_links(links, dataset)
            shared += (link for link in links if link[1] == _HAS_MENTION and hash(link[2]) in twice)
        self._check_shared(shared)

    def report(self) -> Report:
        """What was found in all that was taken."""
        self._check_batch()
        return Report(triples=self._triples, violations=sorted_violations(self._found))

    def _check_batch(self) -> None:
        text = b"".join(self._batch).decode()
        self._triples += text.count("\n")
        self._found.update(self._engine(text, self._shapes))
        self._batch.clear()
        self._size = 0

    def _blocks(self, quads: IO[bytes]) -> Iterator[bytes]:
        """Whole subjects at a time, with those whose IRIs go on behind a ``#``."""
        quads.seek(0)
        carried = b""
        while block := carried + quads.read(self._block):
            block += quads.readline()
            last = _stem(block[block.rstrip(b"\n").rfind(b"\n") + 1 :])
            carried = quads.readline()
            while carried and _stem(carried) == last:
                block += carried
                carried = quads.readline()
            yield block

    def _check_block(
        self, block: bytes, links: list[Link], holders: dict[bytes, list[bytes]], off: frozenset[str]
    ) -> None:
        own = {line.partition(b" ")[0] for line in block.split(b"\n") if line}
        others = {value for _, _, value in links}
        context: list[Link] = []
        for position in own & holders.keys():
            context += ((holder, _HOLDS, position) for holder in holders[position])
            others.update(holders[position])
        context += self._classes(others - own)
        nodes = {iri[1:-1].decode() for iri in own}
        found = self._engine((block + _lines(context)).decode(), self._shapes, off)
        self._found.update(each for each in found if each.node in nodes or each.node.startswith("_:"))

    def _check_links(self, links: list[Link], dataset: bytes) -> None:
        """The shape ``Dangling``, over all blocks."""
        base = _LAST_STEP.sub(b"", dataset)
        for _, predicate, value in links:
            if not base or predicate.startswith(_OURS) or not value.startswith(base):
                continue
            if not self._known.classes(value):
                named = value[1:-1].decode()
                violation = Violation(
                    node=dataset[1:-1].decode(),
                    shape=_DANGLING,
                    message=f"is of a graph that names {named} and does not describe it",
                    value=named,
                    component=f"{_SH}SPARQLConstraintComponent",
                )
                self._found.add(violation)

    def _check_shared(self, links: list[Link]) -> None:
        """The shape ``MentionOfOne``, over all blocks: `links` are to mentions that several things have."""
        if links:
            context = self._classes({value for _, _, value in links})
            found = self._engine(_lines([*links, *context]).decode(), self._shapes)
            self._found.update(each for each in found if each.shape == _TWICE)

    def _classes(self, iris: set[bytes]) -> Iterator[Link]:
        for iri in iris:
            for each in self._known.classes(iri):
                yield iri, _TYPE, each


def _links(block: bytes) -> list[Link]:
    found = []
    for line in block.split(b"\n"):
        parts = line.split(b" ", 3)
        if len(parts) > 3 and parts[2].startswith(b"<"):
            found.append((parts[0], parts[1], parts[2]))
    return found


def _lines(links: Iterable[Link]) -> bytes:
    return b"".join(b"%b %b %b .\n" % link for link in links)


def _stem(line: bytes) -> bytes:
    """The subject of a line, up to a ``#``."""
    return line.partition(b">")[0].partition(b"#")[0]


@cache
def _of_articles(path: Path) -> frozenset[str]:
    """The shapes that ask articles and mentions for what their own graph says of them."""
    store = Store()
    store.bulk_load(path=path, format=RdfFormat.TURTLE)
    classes = [f"<{iri}>" for iri in (*_POINTED_AT, *_FURTHER)]
    found = store.query(f"""
        PREFIX sh: <{_SH}>
        SELECT DISTINCT ?shape WHERE {{
            VALUES ?class {{ {" ".join(classes)} }}
            ?shape sh:targetClass ?class .
            FILTER NOT EXISTS {{
                ?shape sh:targetClass ?other
                FILTER (?other NOT IN ({", ".join(classes)}))
            }}
        }}
    """)
    assert isinstance(found, QuerySolutions)
    return frozenset(row["shape"].value for row in found)
