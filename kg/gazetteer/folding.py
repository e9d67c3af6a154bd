"""Folded names: the spellings of a name brought to one key, so that equality of keys finds a place.

A place from another script has many romanisations. `fold` takes away what they differ in without
making different names equal (case, marks, spaces, hyphens, apostrophes: Unicode NFKD, letters and
digits only). `loose` goes further, for what `fold` misses: articles and linking particles between the
parts (*Deir ez-Zor*, *Deir al-Zor*), double letters, and the vowels
and consonants that romanisations of one sound exchange.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_NO_DECOMPOSITION = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "e", "ħ": "h",
     "ŋ": "n", "ß": "ss"}
)  # fmt: skip
_ASCII_DROPPED = {code: None for code in range(128) if not chr(code).isalnum()}
_PARTS = re.compile(r"[\s\-‐-―/]+")
_PARTICLE = re.compile(r"^(?:[aeiouy]?[lnrtdsz]|[aeu]sh?|i|e|y|va|wa)$")
_EXCHANGED = (
    ("ch", "\0"), ("kh", "k"), ("gh", "k"), ("bh", "b"), ("dh", "d"), ("th", "t"), ("zh", "z"), ("c", "k"),
    ("q", "k"), ("g", "k"), ("\0", "ch"), ("ou", "u"), ("o", "u"), ("w", "u"), ("ei", "i"), ("ey", "i"),
    ("ay", "i"), ("ai", "i"), ("y", "i"), ("e", "i"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


def fold(name: str) -> str:
    """The strict key of `name`: case folded letters and digits without marks, spaces or signs."""
    if name.isascii():
        lower = name.lower()
        return lower if lower.isalnum() else lower.translate(_ASCII_DROPPED)
    caseless = unicodedata.normalize("NFKD", name).casefold()  # a styled letter has its case once decomposed
    spread = unicodedata.normalize("NFKD", caseless).translate(_NO_DECOMPOSITION)
    return "".join(filter(_is_kept, spread))


@cache
def _is_kept(letter: str) -> bool:
    return letter.isalnum() and not _is_modifier(letter)


@lru_cache(maxsize=1 << 15)
def loose(name: str) -> str:
    """The loose key of `name`; two names that share it are probably one name spelt two ways."""
    parts = _PARTS.split(name)
    key = fold(name)
    if len(parts) > 1:
        folded = [part for part in map(fold, parts) if part]
        key = "".join(part for part in folded if not _PARTICLE.match(part)) or key
    for letters, by in _EXCHANGED:
        key = key.replace(letters, by)
    return _DOUBLED.sub(r"\1", key).rstrip("h")


def is_abbreviation(name: str) -> bool:
    """Whether `name` is written as an abbreviation (*US*, *U.S.*, *DPR*), whose case tells it from a word."""
    letters = name.replace(".", "").replace("-", "")
    return 2 <= len(letters) <= 6 and letters.isupper() and letters.isascii() and letters.isalnum()


def abbreviation(name: str) -> str:
    """The key of an abbreviation: its letters, the case kept, marked so that no folded name equals it."""
    return "=" + name.replace(".", "").replace("-", "")


def is_latin(name: str) -> bool:
    """Whether every letter of `name` is of the Latin script."""
    return name.isascii() or all(map(_may_be_latin, name))


@cache
def _may_be_latin(letter: str) -> bool:
    return not letter.isalpha() or _is_modifier(letter) or "LATIN" in unicodedata.name(letter, "")


@cache
def _is_modifier(letter: str) -> bool:
    return unicodedata.category(letter) == "Lm"
