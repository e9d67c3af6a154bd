"""Checks a graph while it is made, piece by piece, so that memory does not hold it whole.

An article's graph stands by itself, so articles are checked in batches as they come. What is merged from them
is checked at the end, with no more of the articles than which kind of mention each mention is.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pyoxigraph import QuerySolutions, RdfFormat, Store

from kg.validate.engines import Engine, default_engine, own_shapes
from kg.validate.report import Report, Violation, sorted_violations
from kg.vocabulary import KG, RDF

_BATCH = 4 << 20
_POINTED_AT = (KG.Article, KG.EntityMention, KG.TimeMention, KG.EventMention, KG.RelationMention)
_FURTHER = (KG.Mention, KG.NamedMention, KG.NominalMention, KG.PronounMention)
_KINDS = re.compile(
    rf"^<[^>]*> <{re.escape(RDF.type)}> <(?:{'|'.join(map(re.escape, _POINTED_AT))})>[^\n]*\n".encode(),
    re.MULTILINE,
)
_SH = "http://www.w3.org/ns/shacl#"


class PieceCheck:
    """Takes N-Quads as they are made: `article` for each article's graph, then `rest`, then `report`.

    Articles that were checked before are `known`: what is merged from them may point to their mentions.
    """

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine = engine or default_engine()
        self._shapes = own_shapes()
        self._batch: list[str] = []
        self._size = 0
        self._kinds: list[bytes] = []
        self._triples = 0
        self._found: set[Violation] = set()

    def article(self, quads: bytes, *, known: bool = True) -> None:
        """Takes the graph of one article; without `known`, it will be made so before `rest`."""
        self._batch.append(quads.decode())
        self._size += len(quads)
        if known:
            self.known(quads)
        if self._size >= _BATCH:
            self._check_batch()

    def known(self, quads: bytes) -> None:
        """Takes the graph of one article that need not be checked."""
        self._kinds += (found[0] for found in _KINDS.finditer(quads))

    def rest(self, quads: bytes) -> None:
        """Takes the graphs of entities, events and provenance."""
        text = quads.decode()
        self._triples += text.count("\n")
        context = b"".join(self._kinds).decode()
        self._found.update(self._engine(text + context, self._shapes, _of_articles(self._shapes)))

    def report(self) -> Report:
        """What was found in all that was taken."""
        self._check_batch()
        return Report(triples=self._triples, violations=sorted_violations(self._found))

    def _check_batch(self) -> None:
        text = "".join(self._batch)
        self._triples += text.count("\n")
        self._found.update(self._engine(text, self._shapes))
        self._batch.clear()
        self._size = 0


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
            FILTER NOT EXISTS {{ ?shape sh:path/sh:inversePath ?property }}
        }}
    """)
    assert isinstance(found, QuerySolutions)
    return frozenset(row["shape"].value for row in found)
