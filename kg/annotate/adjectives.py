"""Adjectives of places: of countries by the gazetteers, of regions by the names in the text.

*Xish* speaks of a country that the gazetteers know; *Yani* speaks of Yan where the text names Yan.
"""

from __future__ import annotations

from spacy.tokens import Doc

from kg.annotate.columns import Columns
from kg.annotate.countries import Countries
from kg.annotate.evidence import PLACE, family
from kg.annotate.kinds import GazetteerLike
from kg.annotate.layer import Chain, Layer, Mention
from kg.annotate.words import Nouns
from kg.model import Form

_ENDINGS = ("i", "ni", "n", "an", "ian", "ean", "ese", "ish", "ite", "er")
_LANDS = ("etia", "ia", "ya", "nya", "stan", "istan", "land")
_LEAST = 4  # letters that adjective and place must share


def derives(word: str, place: str) -> bool:
    """Whether `word` is made from the name `place` as adjectives of places are.

    >>> derives("Chechen", "Chechnya"), derives("Bavarian", "Bavaria"), derives("Sindhi", "Sindh")
    (False, True, True)
    """
    word, place = word.lower().removesuffix("s"), place.lower()
    if len(word) > _LEAST and place.startswith(word) and place[len(word) :] in _LANDS:
        return True
    for stem in (place, place[:-1], place.removesuffix("ia"), place.removesuffix("stan")):
        if len(stem) >= _LEAST and word.startswith(stem) and word[len(stem) :] in _ENDINGS and word != place:
            return True
    return False


def first_letters(name: str) -> str:
    """What `name` begins with, and all that `derives` from it or that it derives from."""
    return name.lower()[:_LEAST]


class Adjectives:
    """Finds the place that an adjective of one document speaks of, as a mention."""

    def __init__(self, c: Columns, found: Layer, doc: Doc, gazetteers: GazetteerLike, nouns: Nouns) -> None:
        self.c, self.layer, self.doc, self.gazetteers = c, found, doc, gazetteers
        self.countries = Countries(found, gazetteers)
        self.regions = nouns.region_adjectives

    def speaks_of_place(self, i: int) -> bool:
        """Whether token `i` is an adjective of a country or of a place named in the text."""
        return self.c.capital[i] and (self._country(i) is not None or self._region(i) is not None)

    def mention(self, i: int) -> int | None:
        """The mention that the adjective at token `i` makes of its place, or None."""
        if self.gazetteers.demonym(self.c.text[i]) is not None:
            return self.countries.mention(self.doc[i])
        code = self._country(i)
        chain = self.countries.chain(code) if code is not None else self._region(i)
        if chain is None:
            return None
        known = self.layer.mention_of.get(i)
        if known is not None:
            return known
        place = self.layer.chains[chain]
        index = len(self.layer.mentions)
        self.layer.mentions.append(
            Mention(i, i + 1, i, Form.NOMINAL, place.kind, chain, country=place.country, confidence=0.7)
        )
        place.mentions.append(index)
        self.layer.mention_of[i] = index
        return index

    def _country(self, i: int) -> str | None:
        """The ISO code of the country of the adjective at token `i`, alone or with the word before it."""
        two = self.c.words(i - 1, i + 1) if i and self.c.capital[i - 1] else ""
        return self.gazetteers.demonym(self.c.text[i]) or (self.gazetteers.demonym(two) if two else None)

    def _region(self, i: int) -> int | None:
        word = self.c.text[i]
        if len(word) <= _LEAST or not word[0].isupper():
            return None
        region = self.regions.get(word.removesuffix("s"))
        for chain in self.layer.chains:
            place = chain.named and bool(chain.mentions) and family(chain.kind) == PLACE
            if place and (region in chain.names or derives(word, chain.name)):
                return chain.id
        if region is None:
            return None
        self.layer.chains.append(Chain(len(self.layer.chains), "Region", region, {region}))
        return len(self.layer.chains) - 1
