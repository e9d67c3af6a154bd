"""What counts as right where gold and a graph say it in other words: ``matching.toml`` beside this file."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.ontology import load_ontology

_POSSESSIVE = re.compile(r"['’]s\b")
_BETWEEN = re.compile(r"[^a-z0-9]+")
_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of ``matching.toml``, which says what each is; the first of the `kinds` that fits counts."""

    kinds: tuple[str, ...]
    post: str
    relations: tuple[str, ...]
    symmetric: frozenset[str]
    classes: dict[str, frozenset[str]]
    status: dict[str, frozenset[str]]

    def kind_of(self, types: Collection[str]) -> str | None:
        """Which of the kinds something of these classes is, None where it is none."""
        below = load_ontology().subclasses
        return next((kind for kind in self.kinds if not set(below(kind)).isdisjoint(types)), None)

    def right_classes(self, kind: str, others: Collection[str] = ()) -> frozenset[str]:
        """The classes that are right for a gold event of the class `kind`, or of the `others`."""
        return self.classes.get(kind, frozenset({kind})).union(others)

    def right_status(self, wanted: str, found: str | None) -> bool:
        """Whether `found` is right where gold says `wanted`."""
        return found == wanted or found in self.status.get(wanted, ())


@cache
def load_rules() -> Rules:
    """The rules that come with the program."""
    data = tomllib.loads(Path(__file__).with_name("matching.toml").read_text(encoding="utf-8"))
    return Rules(
        kinds=tuple(data["kinds"]),
        post=data["post"],
        relations=tuple(data["relations"]),
        symmetric=frozenset(data["symmetric"]),
        classes={kind: frozenset(right) for kind, right in data["classes"].items()},
        status={status: frozenset(right) for status, right in data["status"].items()},
    )


def folded(text: str) -> str:
    """A name as a reader compares it: without case, accents, punctuation, a possessive, a leading article.

    >>> folded("The Côte d’Ivoire's")
    'cote d ivoire'
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    words = _BETWEEN.sub(" ", _POSSESSIVE.sub("", plain.lower())).strip()
    article = next((article for article in _ARTICLES if words.startswith(article)), "")
    return words.removeprefix(article)
