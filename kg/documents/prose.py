"""Whether a text is English prose, which is all that can be read: noticed before anything is made of it.

In English prose of any kind three to five words in ten are function words, in other languages one at most
has the form of one; in tables, lists and code hardly any is, or much of the text is no letters. After
Cavnar and Trenkle (1994), who tell languages by what is frequent in them. The words are data, in
``english.txt``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources

from kg.model import Span

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 20
"""Words below which nothing is concluded from their forms."""
_LEAST_SIGNS = 40
"""The same of signs that are no letters."""
_LETTERS = 80
"""The usual percentage of letters among what is seen; in 115 articles of six collections at least 87."""
_LEAST_LETTERS = 60


def not_prose(text: str, skip: Iterable[Span] = (), *, least: int) -> str | None:
    """Why `text`, without the stretches in `skip`, is no English prose, or None where it may be.

    `least` is the percentage of function words that English has at least; with 0 all is prose.

    >>> not_prose("Die Armee teilte mit, dass die Stadt am Sonntag gefallen sei. " * 4, least=15)
    'is not in English (2 of 100 words are function words of English)'
    """
    if not least:
        return None
    text = "".join(char for char in _without(text, skip) if not _is_unseen(char))
    seen = [char for char in text if not char.isspace()]
    letters = [char for char in seen if char.isalpha()]
    words = _WORD.findall(text.lower())
    common = sum(map(_function_words().__contains__, words))
    usual = _LETTERS if 100 * common < 2 * least * len(words) else _LEAST_LETTERS
    if len(seen) >= _LEAST_SIGNS and 100 * len(letters) < usual * len(seen):
        return f"is no prose ({100 * len(letters) // len(seen)} of 100 characters are letters)"
    foreign = sum(char > "\u024f" for char in letters)
    if len(letters) >= _LEAST_WORDS and 2 * foreign > len(letters):
        return f"is not in English ({100 * foreign // len(letters)} of 100 letters are of another script)"
    if len(words) >= _LEAST_WORDS and 100 * common < least * len(words):
        share = f"{100 * common // len(words)} of 100 words are function words of English"
        return f"is not in English ({share})" if _has_sentences(text) else f"is no English prose ({share})"
    return None


def _has_sentences(text: str) -> bool:
    """Whether `text` has stops as sentences have, so that it is a language rather than a list."""
    return re.search(r"[^\W\d_]{2,}[.!?。।]\s", text + "\n") is not None


@cache
def _is_unseen(char: str) -> bool:
    """Whether `char` is a control, a mark of direction or of an accent, which is no letter and no sign."""
    return not char.isspace() and unicodedata.category(char) in ("Cc", "Cf", "Mn", "Mc")


def _without(text: str, skip: Iterable[Span]) -> str:
    parts, at = [], 0
    for span in skip:
        parts.append(text[at : span.begin])
        at = span.end
    return " ".join((*parts, text[at:]))


@cache
def _function_words() -> frozenset[str]:
    lines = resources.files(__package__).joinpath("english.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
