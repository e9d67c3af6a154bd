"""The limits on what newskg takes in, so that no input makes it grow or run without bound.

Each can be set by an environment variable of its name, as in ``KG_LONGEST_TEXT=500000 kg build …``; the
README lists them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from kg.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit: the variable that sets it, what it is if not set, and what it counts."""

    name: str
    default: int
    counts: str

    def value(self) -> int:
        """The limit as the environment has it. Raises `UsageError` where that is no whole number."""
        given = os.environ.get(self.name, "").strip()
        if not given:
            return self.default
        if not (given.isascii() and given.isdecimal() and len(given) <= 18):
            raise UsageError(f"{self.name}: {given[:40]!r} is no whole number: set it to one, or unset it")
        return int(given)


LONGEST_TEXT = Limit(
    name="KG_LONGEST_TEXT",
    default=300_000,  # some 50,000 words, for which the language model takes about 1 GB of memory
    counts="characters of one article; a longer one is left out",
)
LONGEST_WORD = Limit(
    name="KG_LONGEST_WORD",
    default=500,  # the time that a tokenizer takes for a word grows with the square of its length
    counts="characters without a space; a longer stretch is passed over",
)
LONGEST_LINE = Limit(
    name="KG_LONGEST_LINE",
    default=16_000_000,
    counts="bytes of one record of a JSON Lines file; a longer one is left out",
)
LEAST_ENGLISH = Limit(
    name="KG_LEAST_ENGLISH",
    default=15,
    counts="percent of an article's words that are function words of English; one with fewer is left out"
    " (0: none is)",
)
MOST_UNPACKED = Limit(
    name="KG_MOST_UNPACKED",
    default=200,
    counts="times its own size to which a .gz file may unpack; the first 100 MB are free",
)

LIMITS = (LONGEST_TEXT, LONGEST_WORD, LONGEST_LINE, LEAST_ENGLISH, MOST_UNPACKED)
