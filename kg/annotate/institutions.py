"""Institutions named in lower case: ministries by what they deal with, bodies by their country or place.

*ministry of defence*, *interior ministry*, *UK foreign ministry*, *X army*, *Y regional military
administration*. In these a country or its adjective belongs to the name.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.annotate.columns import Columns
from kg.annotate.words import Nouns

Found = tuple[int, int, str]
_LONGEST = 4  # words behind the adjective of a country in a name that is written small


def find_institutions(
    c: Columns,
    nouns: Nouns,
    demonym: Callable[[str], str | None],
    known: Callable[[str], str | None],
    places: dict[int, int],
) -> list[Found]:
    """Spans of institutions with their class.

    `known` gives the class of a body of the gazetteers, or None; `places` maps where a name ends to where it
    begins.
    """
    found: list[Found] = []
    for i, word in enumerate(c.lower):
        if c.capital[i] and i + 1 < len(c) and c.text[i + 1].islower() and demonym(c.text[i]):
            for stop in range(min(i + 1 + _LONGEST, len(c)), i + 2, -1):
                kind = known(c.words(i, stop)) if c.pos[stop - 1] in ("NOUN", "PROPN") else None
                if kind is not None:
                    found.append((i, stop, kind))
                    break
        if word in nouns.ministries:
            span = _ministry(c, nouns, i)
            if span is not None:
                start = _owner(c, nouns, demonym, places, span[0])
                found.append((start, span[1], "GovernmentBody"))
        elif word in nouns.institutions or (i and f"{c.lower[i - 1]} {word}" in nouns.institutions):
            two = i > 0 and f"{c.lower[i - 1]} {word}" in nouns.institutions
            kind = nouns.institutions[f"{c.lower[i - 1]} {word}" if two else word]
            start = i - two
            while start > 0 and c.lower[start - 1] in nouns.modifiers:
                start -= 1
            first = _owner(c, nouns, demonym, places, start)
            if first < start:
                found.append((first, i + 1, kind))
    return found


def _ministry(c: Columns, nouns: Nouns, at: int) -> tuple[int, int] | None:
    n = len(c)
    if at + 2 < n and c.lower[at + 1] in ("of", "for"):
        stop = at + 2
        while stop < n and (
            _deals(c, nouns, stop) or (c.text[stop] == "," and stop + 1 < n and _deals(c, nouns, stop + 1))
        ):
            stop += 1
        while c.lower[stop - 1] in ("and", "the", ",", "of", "for"):
            stop -= 1
        if stop > at + 1:
            return at, stop
    start = at
    while start > 0 and _deals(c, nouns, start - 1) and c.lower[start - 1] != "the":
        start -= 1
    while start < at and c.lower[start] in ("and", "the", "state"):
        start += 1
    return (start, at + 1) if start < at else None


def _deals(c: Columns, nouns: Nouns, i: int) -> bool:
    return c.lower[i] in nouns.portfolios or c.lemma[i] in nouns.portfolios


def _owner(
    c: Columns, nouns: Nouns, demonym: Callable[[str], str | None], places: dict[int, int], start: int
) -> int:
    """Where the country or place before `start` begins, or `start`."""
    del nouns
    if start == 0 or c.space[start - 1]:
        return start
    if start in places and not c.glued[start - 1]:
        return places[start]
    if c.capital[start - 1] and demonym(c.text[start - 1]):
        return start - 1
    if start > 1 and c.capital[start - 2] and demonym(c.words(start - 2, start)):
        return start - 2
    return start
