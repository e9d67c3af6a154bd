"""Sentences known again by few hashes, also where they were edited lightly, their text not kept.

A sentence is known by its pairs of neighbouring words (shingles: A. Z. Broder, *On the resemblance and
containment of documents*, 1997).
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

from kg.resolve.names_match import words

HASH = 4
"""So many hexadecimal digits has a hash."""
_MOST_HASHES = 40
_FEWEST_HASHES = 8
_EQUAL = 0.75
_ALIKE, _CONTAINED, _FEWEST_SHARED = 0.4, 0.7, 12


def sketch(sentence: str) -> str:
    """The hashes of up to forty word pairs of `sentence`, in hexadecimal; nothing where it is too short.

    Case, signs and spaces do not count.
    """
    pairs = {" ".join(pair) for pair in pairwise(words(sentence))}
    hashes = sorted({blake2b(pair.encode(), digest_size=HASH // 2).hexdigest() for pair in pairs})
    return "".join(hashes[:_MOST_HASHES]) if len(hashes) >= _FEWEST_HASHES else ""


def same_text(one: str, other: str) -> bool:
    """Whether two sketches are of one sentence but for light edits, or a piece left out.

    Short sentences must be all but equal: writers who know nothing of each other share a phrase or two.
    """
    if not one or not other:
        return False
    mine, theirs = _hashes(one), _hashes(other)
    shared, alike = len(mine & theirs), len(mine & theirs) / len(mine | theirs)
    if alike >= _EQUAL:
        return True
    contained = shared / min(len(mine), len(theirs))
    return shared >= _FEWEST_SHARED and (alike >= _ALIKE or contained >= _CONTAINED)


@lru_cache(maxsize=1 << 14)
def _hashes(sketched: str) -> frozenset[str]:
    return frozenset(sketched[at : at + HASH] for at in range(0, len(sketched), HASH))
