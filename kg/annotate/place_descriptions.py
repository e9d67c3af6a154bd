"""Definite descriptions of places: *the city*, *the province*, *the country*.

A place is chosen by recency and grammatical prominence (after the salience weights of Lappin and Leass
1994) and by what the text calls it; where two come close none is chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from kg.annotate.columns import Columns
from kg.annotate.evidence import PLACE, family
from kg.annotate.kinds import GazetteerLike
from kg.annotate.layer import Layer, Mention
from kg.annotate.words import Nouns
from kg.model import Form

_SUBJECT = frozenset(("nsubj", "nsubjpass"))
_DEFINITE = frozenset(("the", "this", "that"))
_ARTICLES = frozenset(("the", "a", "an"))
_DESCRIBING = frozenset(("JJ", "JJR", "JJS", "RB", "RBS", "NN", "CD", "HYPH", "VBN"))
_APPOSED = 6  # tokens
_SETTLED = frozenset(("Country", "Region", "Facility"))  # classes that a name is not left open for
_DATELINE = 16  # tokens
_DASHES = frozenset(("-", "--", "–", "—"))
_REACH = 4  # sentences back
_MARGIN = 0.5


def home_country(layer: Layer) -> str | None:
    """The ISO code of the country that the document speaks of most, or None where two are level."""
    counts: Counter[str] = Counter()
    for mention in layer.mentions:
        code = mention.country or layer.chains[mention.chain].country
        if code:
            counts[code] += 2 if mention.kind == "Country" else 1
    if not counts:
        return None
    (best, most), *others = counts.most_common(2)
    return best if not others or most > others[0][1] else None


def _is_seat(gazetteers: GazetteerLike, name: str, code: str) -> bool:
    """Whether a place of that name is the capital of the country with that ISO code."""
    country = gazetteers.country(code)
    return country is not None and any(country.id in place.capital_of for place in gazetteers.places(name))


class PlaceDescriptions:
    """Adds mentions for the descriptions of one document to the chains of the places that they mean."""

    def __init__(self, c: Columns, found: Layer, gazetteers: GazetteerLike, nouns: Nouns) -> None:
        self.c, self.layer, self.nouns, self.gazetteers = c, found, nouns, gazetteers
        self.home, self.demonym = home_country(found), gazetteers.demonym
        self.ends = {m.end: index for index, m in enumerate(found.mentions) if m.form is Form.NAMED}
        self.starts = {m.start: index for index, m in enumerate(found.mentions) if m.form is Form.NAMED}
        self.capitals = {
            chain.id
            for chain in found.chains
            if chain.named
            and chain.country
            and family(chain.kind) == PLACE
            and _is_seat(gazetteers, chain.name, chain.country)
        }

    def add(self) -> None:
        """Resolve the descriptions from first to last."""
        c = self.c
        for i in range(len(c)):
            noun = c.lemma[i]
            kinds = self.nouns.place_descriptions.get(noun)
            if kinds is None or c.tag[i] != "NN" or i in self.layer.mention_of:
                continue
            apposed = self._apposed(i, kinds)
            if apposed is not None:
                self.layer.mention_of[i] = apposed
                continue
            own = self._seat_of(i) if noun in self.nouns.seats else None
            regional = noun in self.nouns.seats and c.lower[i - 1] in self.nouns.regional
            told = self._refers(i) or ("Country" in kinds and self._of_a_region(i))
            if not told and own is None:
                continue
            beside = self._beside(i)
            if beside is not None:
                self.layer.mention_of[i] = beside
                continue
            if regional:
                chain = self._salient(i, kinds, noun)
            elif noun in self.nouns.seats:
                chain = own if own is not None else self._seat(i)
            else:
                chain = self._country(i) if "Country" in kinds else self._salient(i, kinds, noun)
            if chain is None:
                continue
            place = self.layer.chains[chain]
            index = len(self.layer.mentions)
            self.layer.mentions.append(
                Mention(i, i + 1, i, Form.NOMINAL, place.kind, chain, country=place.country, confidence=0.8)
            )
            place.mentions.append(index)
            self.layer.mention_of[i] = index

    def _refers(self, i: int) -> bool:
        """Whether the noun at `i` heads a definite phrase (*the city*, *the besieged northern city's*)."""
        c = self.c
        if c.dep[i] in ("compound", "amod", "nmod") and c.head[i] > i:
            return False
        after = c.lower[i + 1] if i + 1 < len(c) else ""
        return i > 0 and c.lower[self._modified(i)] in _DEFINITE and after != "of"

    def _modified(self, i: int) -> int:
        """The token before the noun at `i` and the words that tell no other place from it."""
        c, k = self.c, i - 1
        seat = c.lemma[i] in self.nouns.seats
        if seat and c.lower[k] in self.nouns.regional:
            k -= 1
        while k > 0 and i - k < _APPOSED and c.lower[k] in self.nouns.epithets and not (seat and k == i - 1):
            k -= 1
        return k

    def _of_a_region(self, i: int) -> bool:
        """Whether the noun at `i` is said to be of a part of the world (*the West African nation*)."""
        c, k = self.c, i - 1
        while k > 0 and c.capital[k] and c.sentence[k] == c.sentence[i]:
            if k in self.layer.mention_of or self.demonym(c.text[k]):
                return False
            k -= 1
        after = c.lower[i + 1] if i + 1 < len(c) else ""
        return k < i - 1 and c.lower[k] in _DEFINITE and after != "of"

    def _apposed(self, i: int, kinds: Collection[str]) -> int | None:
        """The place that a phrase behind its name describes (*X, the second-largest city in the north*)."""
        c, k = self.c, i - 1
        while k > 0 and i - k < _APPOSED and (c.tag[k] in _DESCRIBING or c.text[k] == "-"):
            k -= 1
        if k < 2 or c.lower[k] not in _ARTICLES or c.text[k - 1] != ",":
            return None
        index = self.ends.get(k - 1)
        if index is None:
            return None
        kind = self.layer.mentions[index].kind
        fits = kind in kinds or (family(kind) == PLACE and kind not in _SETTLED)
        return index if fits else None

    def _beside(self, i: int) -> int | None:
        """The mention of the place in apposition right behind the noun (*the capital, X*)."""
        k = i + 1
        if k < len(self.c) and self.c.text[k] == ",":
            k += 1
        index = self.starts.get(k)
        if index is None or family(self.layer.mentions[index].kind) != PLACE:
            return None
        return index

    def _seat_of(self, i: int) -> int | None:
        """*the Malian capital*, *Mali's capital*: the seat of that country, named anywhere in the text."""
        c, before = self.c, i - 1
        if before < 1 or (i + 1 < len(c) and c.lower[i + 1] == "of"):
            return None
        if c.tag[before] == "POS":
            index = self.ends.get(before)
            code = self.layer.chains[self.layer.mentions[index].chain].country if index is not None else None
        else:
            code = self.gazetteers.demonym(c.text[before]) if c.capital[before] else None
        found = [chain for chain in self.layer.chains if chain.id in self.capitals and chain.country == code]
        return found[0].id if code and len(found) == 1 else None

    def _seat(self, i: int) -> int | None:
        """What *the capital* means: the subject of which it is said, else the seat of the home country."""
        c = self.c
        if c.dep[i] == "attr":
            for k in c.children[c.head[i]]:
                index = self.layer.mention_of.get(k)
                if c.dep[k] in _SUBJECT and index is not None:
                    return self.layer.mentions[index].chain
        for mention in reversed(self.layer.mentions):
            chain = self.layer.chains[mention.chain]
            if (
                mention.start < i
                and mention.form is Form.NAMED
                and chain.country == self.home
                and chain.id in self.capitals
            ):
                return chain.id
        return None

    def _country(self, i: int) -> int | None:
        """The country that *the country* at token `i` means: the sentence's subject, else the document's."""
        c = self.c
        sentence = c.sentence[i]
        here: set[int] = set()
        before: set[int] = set()
        known: set[int] = set()
        for mention in self.layer.mentions:
            if mention.kind != "Country" or mention.start >= i:
                continue
            known.add(mention.chain)
            if c.sentence[mention.start] == sentence:
                if c.dep[mention.root] in _SUBJECT:
                    return mention.chain
                here.add(mention.chain)
            if c.sentence[mention.start] == sentence - 1:
                before.add(mention.chain)
        for chain in self.layer.chains:
            ours = chain.kind == "Country" and chain.country == self.home and chain.mentions
            if self.home is not None and ours and (chain.id in known or len(here) != 1):
                return chain.id
        if len(here) == 1:
            return here.pop()
        return before.pop() if len(before) == 1 else None

    def _salient(self, i: int, kinds: frozenset[str], noun: str) -> int | None:
        """The most salient place of one of `kinds` before token `i`."""
        scores: dict[int, float] = {}
        for mention in self.layer.mentions:
            if mention.start < i and mention.form is not Form.PRONOUN and self._may_be(mention, kinds):
                distance = self.c.sentence[i] - self.c.sentence[mention.start]
                if noun in self.nouns.seats and not self._heads_region(mention.chain):
                    continue
                if distance <= _REACH and not (mention.chain in self.capitals and noun in self.nouns.small):
                    sure = 1.5 * (self.layer.chains[mention.chain].kind in kinds)
                    score = self._salience(mention, noun) + sure - 1.5 * distance
                    scores[mention.chain] = max(scores.get(mention.chain, -9.0), score)
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if (
            not ranked
            or (ranked[0][1] < 0 and len(ranked) > 1)
            or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _MARGIN)
        ):
            return None
        return ranked[0][0]

    def _heads_region(self, chain: int) -> bool:
        """Whether the place is the seat of a part of its country."""
        place = self.layer.chains[chain]
        country = self.gazetteers.country(place.country) if place.country else None
        return any(
            other != (country.id if country is not None else None)
            for found in self.gazetteers.places(place.name)
            if found.country == place.country
            for other in found.capital_of
        )

    def _may_be(self, mention: Mention, kinds: frozenset[str]) -> bool:
        kind = self.layer.chains[mention.chain].kind
        if kind == "District" and "PopulatedPlace" in kinds:
            return not self._called(mention, "district")  # most are called after their town
        return kind in kinds or (kind == "Place" and not kinds <= _SETTLED)

    def _salience(self, mention: Mention, noun: str) -> float:
        """How prominent the place is where `mention` stands."""
        c = self.c
        root = mention.root
        role = c.dep[root]
        score = 4.0
        if role == "conj" or any(c.dep[k] == "conj" for k in c.children[mention.root]):
            score -= 2.0  # one of a list
        elif role in _SUBJECT:
            acts = any(c.dep[k] in ("ccomp", "xcomp") for k in c.children[c.head[root]])
            score += -2.0 if acts and mention.chain in self.capitals else 1.0  # it stands for a government
        if role == "poss" or self._subordinate(root):
            score -= 0.6
        if mention.form is Form.NOMINAL:
            score += 1.0
        if self._of_dateline(mention):
            score -= 4.0  # where it was written, not what it tells of
        if self._called(mention, noun):
            score += 2.0
        elif "PopulatedPlace" in self.nouns.place_descriptions[noun] and noun not in self.nouns.small:
            score += 1.2 * any(
                self._called(mention, seat) for seat in self.nouns.seats
            )  # a capital is a city
        return score

    def _of_dateline(self, mention: Mention) -> bool:
        """Whether the mention stands in a dateline, which is a sentence that ends in a dash."""
        c = self.c
        index = c.sentence[mention.start]
        end = next((k for k in range(mention.end, len(c)) if c.sentence[k] != index), len(c))
        while end > mention.end and c.space[end - 1]:
            end -= 1
        return end - mention.start <= _DATELINE and c.text[end - 1] in _DASHES

    def _subordinate(self, root: int) -> bool:
        """Whether the token stands in an adverbial clause."""
        c = self.c
        for _ in range(20):
            if c.dep[root] == "advcl" or (c.dep[root] == "pcomp"):
                return True
            if c.head[root] == root:
                return False
            root = c.head[root]
        return False

    def _called(self, mention: Mention, noun: str) -> bool:
        """Whether the text calls the place a `noun` there (*X, the city*; *the city of X*; *X is a city*)."""
        c = self.c
        root = mention.root
        near = [*c.children[root], c.head[root], max(mention.start - 1, 0)]
        if c.dep[root] in _SUBJECT:
            near += [k for k in c.children[c.head[root]] if c.dep[k] == "attr"]
        if c.dep[root] == "pobj" and c.lower[c.head[root]] == "of":
            near.append(c.head[c.head[root]])
        return any(c.lemma[k] == noun for k in near)
