"""Where spaCy's English tokenizer cuts too much or too little.

*Sar-e-Pul* in five tokens sends the parse of its sentence astray, and *cease-fire* in three hides its
trigger. Hyphenated names with a short particle inside, names that a gazetteer has, and hyphenated words
of the lexicon become one token again. Sentences that a page's paragraphs left without a space between
them are taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from itertools import pairwise
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.columns import HYPHENS

_LONGEST_PARTICLE = 3
_LONGEST_ACRONYM = 4
# Where a sentence ends and the next begins without a space: *wounded 15.Ten were*, *was it over?”Ghana’s*.
_GLUED = re.compile(
    r"(?<=[0-9)\]a-z]\.)(?=[A-Z][a-z])|(?<=[.,!?][”\"])(?=[A-Z])|(?<=[a-z)][.!?])(?=[“\"][A-Z])"
)
_NEUTRAL = "nato"  # a norm that the model has seen as the name of a body, whatever it is


class PlaceNames(Protocol):
    """What is asked of a gazetteer here."""

    def has_place(self, name: str) -> bool:
        """Whether there is a place of that name."""


def tokenized(nlp: Language, text: str) -> Doc:
    """The text as the tokenizer of `nlp` cuts it, sentences without a space between them apart."""
    ends = [match.start() for match in _GLUED.finditer(text)]
    if not ends:
        return nlp.make_doc(text)
    parts = [text[start:end] for start, end in pairwise((0, *ends, len(text)))]
    return Doc.from_docs([nlp.make_doc(part) for part in parts], ensure_whitespace=False)


def merge_hyphenated(doc: Doc, places: PlaceNames, words: Collection[str] = ()) -> Doc:
    """Merge the tokens of hyphenated names and of the lexicon's hyphenated `words`, in place."""
    runs: list[tuple[int, int]] = []
    count, i = len(doc), 1
    while i < count - 1:
        if doc[i].text not in HYPHENS or doc[i].whitespace_ or doc[i - 1].whitespace_:
            i += 1
            continue
        start, end = i - 1, i + 2
        while (
            end < count - 1
            and doc[end].text in HYPHENS
            and not doc[end].whitespace_
            and not doc[end - 1].whitespace_
        ):
            end += 2
        if _is_name(doc, start, end, places) or doc[start:end].text.lower() in words:
            runs.append((start, end))
        i = end
    if runs:
        with doc.retokenize() as retokenizer:
            for start, end in runs:
                retokenizer.merge(doc[start:end])
    return doc


def shield_acronyms(doc: Doc, known: Callable[[str], object]) -> Doc:
    """Keep the model from reading an acronym in capitals as the word that it spells, in place.

    *IS* in *killed in IS attacks* is a name that `known` knows, no verb: its norm, which the model reads,
    becomes a neutral one. A line all in capitals is left alone.
    """
    for token in doc:
        text = token.text
        if (
            2 <= len(text) <= _LONGEST_ACRONYM
            and text.isupper()
            and text.isalpha()
            and doc.vocab[text.lower()].is_stop
            and not _among_capitals(doc, token.i)
            and known(text)
        ):
            token.norm_ = _NEUTRAL
    return doc


def _among_capitals(doc: Doc, i: int) -> bool:
    near = [doc[k].text for k in range(max(i - 3, 0), min(i + 4, len(doc))) if k != i and doc[k].is_alpha]
    return bool(near) and all(text.isupper() for text in near)


def _is_name(doc: Doc, start: int, end: int, places: PlaceNames) -> bool:
    parts = [doc[k].text for k in range(start, end, 2)]
    if not parts[0][:1].isupper() or not parts[-1][:1].isupper():
        return False
    inner = parts[1:-1]
    if inner and all(len(p) <= _LONGEST_PARTICLE and p.islower() for p in inner):
        return True
    return bool(len(parts) > 1 and not inner and places.has_place(doc[start:end].text))
