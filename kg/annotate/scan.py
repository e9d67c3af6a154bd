"""Which tokens are worth a look: found by arrays of hashes, since a Python loop over all tokens is slow."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray
from spacy.symbols import IS_SPACE, LEMMA, LOWER, PREFIX  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.vocab import Vocab


class WordScan:
    """Finds the tokens of a document whose lemma or lower-cased form is one of some words."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = tuple(sorted(words))
        self._vocab: Vocab | None = None
        self._hashes: NDArray[np.uint64] = np.empty(0, dtype=np.uint64)

    def find(self, doc: Doc) -> list[int]:
        """The indices of those tokens, in order of the text."""
        if self._vocab is not doc.vocab:
            self._vocab = doc.vocab
            self._hashes = np.array([doc.vocab.strings.add(word) for word in self._words], dtype=np.uint64)
        found = np.isin(doc.to_array([LEMMA, LOWER]), self._hashes).any(axis=1)
        return [int(i) for i in np.flatnonzero(found)]


def marks_and_blanks(doc: Doc, marks: Collection[str]) -> list[int]:
    """The indices of tokens that begin with one of `marks` (single characters) or are white space."""
    hashes = np.array([doc.vocab.strings.add(mark) for mark in sorted(marks)], dtype=np.uint64)
    columns = doc.to_array([PREFIX, IS_SPACE])
    return [int(i) for i in np.flatnonzero(np.isin(columns[:, 0], hashes) | (columns[:, 1] != 0))]


def paragraph_starts(doc: Doc) -> list[int]:
    """The indices of the white-space tokens that end a line: a paragraph begins behind each."""
    blanks = np.flatnonzero(doc.to_array([IS_SPACE]))
    return [int(i) for i in blanks if "\n" in doc[int(i)].text]
