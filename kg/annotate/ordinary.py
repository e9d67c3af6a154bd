"""Ordinary English words: what a capital at the start of a sentence or in a headline does not make a name.

The words are those that the pipeline's own lemmatizer has rules for (WordNet's index, as spaCy carries it);
a pipeline without one knows none, and nothing is held back.
"""

from __future__ import annotations

from spacy.language import Language

_CLASSES = ("noun", "verb", "adj", "adv")
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("men", "man"), ("es", ""), ("es", "e"), ("s", ""), ("ed", ""), ("ed", "e"),
    ("ing", ""), ("ing", "e"), ("er", ""), ("d", ""),
)  # fmt: skip


class Ordinary:
    """Lemmas in lower case, asked for by any regular form of them."""

    def __init__(self, lemmas: frozenset[str] = frozenset()) -> None:
        self._lemmas = lemmas

    @classmethod
    def of(cls, nlp: Language) -> Ordinary:
        """The words of the lemmatizer of `nlp`."""
        lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None) if nlp.has_pipe("lemmatizer") else None
        if lookups is None or not lookups.has_table("lemma_index"):
            return cls()
        index = lookups.get_table("lemma_index")
        return cls(frozenset(word for part in _CLASSES for word in index.get(part, ())))

    def __contains__(self, word: str) -> bool:
        """Whether `word`, in lower case, is one or a form of one.

        >>> "moves" in Ordinary(frozenset(["move"]))
        True
        """
        if word in self._lemmas:
            return True
        return any(
            word.endswith(ending) and len(word) > len(ending) + 2
            and word[: -len(ending)] + full in self._lemmas
            for ending, full in _ENDINGS
        )  # fmt: skip
