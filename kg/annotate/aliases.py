"""Two names of one thing: surnames, abbreviations, short forms, spellings, ministries."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.annotate.columns import Columns
from kg.annotate.evidence import ORGANIZATION, PERSON, PLACE, family
from kg.annotate.joining import Joining
from kg.annotate.kinds import GazetteerLike
from kg.annotate.layer import Chain, Mention
from kg.annotate.words import Nouns, Titles
from kg.annotate.written import MIXED
from kg.gazetteer.folding import fold, loose
from kg.model import Form

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_OPENS = frozenset((",", "("))
_SHORT = 3  # letters of a word that tells little
_LONG = 7  # letters from which on one other letter makes no other name


class NameAliases:
    """Joins the chains of names that are forms of one name."""

    def __init__(
        self, c: Columns, joining: Joining, gazetteers: GazetteerLike, nouns: Nouns, titles: Titles
    ) -> None:
        self.c, self.joining, self.gazetteers = c, joining, gazetteers
        self.nouns, self.titles = nouns, titles
        self.layer = joining.layer

    def join(self) -> None:
        """Join what is surely one."""
        named = [chain for chain in self.layer.chains if chain.named]
        by_family: dict[str, list[Chain]] = defaultdict(list)
        for chain in named:
            by_family[family(chain.kind)].append(chain)
        self._gazetteer(named)
        self._persons(by_family[PERSON])
        self._places(by_family[PLACE])
        self._organizations(by_family[ORGANIZATION])
        self._brackets()

    def _gazetteer(self, named: list[Chain]) -> None:
        by_id: dict[str, Chain] = {}
        for chain in named:
            if chain.gazetteer is not None and self._told_otherwise(chain, named):
                chain.gazetteer = chain.country = None
            key = chain.gazetteer
            if key is None and chain.kind == "Country" and chain.country:
                key = "country " + chain.country
            if key is None:
                continue
            if key in by_id:
                self.joining.join(by_id[key].id, chain.id)
            else:
                by_id[key] = chain

    def _told_otherwise(self, short: Chain, named: list[Chain]) -> bool:
        """Whether a full name in the text spells an abbreviation that the gazetteers have for another."""
        full = next((other for other in named if abbreviates(short.name, other.name)), None)
        if full is None or full.gazetteer is not None or family(full.kind) != ORGANIZATION:
            return False
        known = {
            fold(word) for entry in self.gazetteers.entries(short.name) for word in _WORD.findall(entry.label)
        }
        told = {fold(word) for word in _WORD.findall(full.name) if len(word) > _SHORT}
        if known & told or known == {fold(short.name)}:
            return False
        short.kind = full.kind
        return True

    def _persons(self, persons: list[Chain]) -> None:
        """A shorter name joins the one longer name that ends with it (or holds it)."""
        parts = {chain.id: [fold(word) for word in self._words(chain.name)] for chain in persons}
        full = [chain for chain in persons if len(parts[chain.id]) > 1]
        for chain in persons:
            own = parts[chain.id]
            longer = [
                other
                for other in full
                if other.id != chain.id
                and len(parts[other.id]) > len(own)
                and (
                    parts[other.id][-len(own) :] == own
                    or (len(own) > 1 and own[0] == parts[other.id][0] and own[-1] == parts[other.id][-1])
                )
            ]
            if not longer and len(own) == 1:
                longer = [
                    other
                    for other in full
                    if (own[0] in parts[other.id] and (len(own[0]) > 3 or own[0] == parts[other.id][0]))
                    or (parts[other.id][-1].endswith(own[0]) and len(own[0]) > 4)
                ]
            if not longer and len(own) == 2 and own[0] in self.titles.particles:
                longer = [other for other in full if other.id != chain.id and parts[other.id][-1] == own[1]]
            if not longer and len(own) == 1:
                longer = [
                    other
                    for other, last in ((other, self._words(other.name)[-1]) for other in full)
                    if self._respelt(chain.name, last) or one_letter_apart(chain.name, last)
                ]
            roots = {self.joining.find(other.id) for other in longer}
            if len(roots) == 1:
                self.joining.join(roots.pop(), chain.id)
            elif len(roots) > 1:
                self._nearest(chain, longer)
        for i, chain in enumerate(persons):
            for other in persons[:i]:
                if self._respelt(chain.name, other.name):
                    self.joining.join(other.id, chain.id)

    def _words(self, name: str) -> list[str]:
        return [word for word in re.split(r"[\s\-‐‑–]+", name) if word]

    def _nearest(self, chain: Chain, longer: list[Chain]) -> None:
        """Each mention of an ambiguous surname goes to the bearer who was named last before it."""
        mentions = self.layer.mentions
        for index in list(chain.mentions):
            before = [
                (mentions[m].start, other.id)
                for other in longer
                for m in other.mentions
                if mentions[m].start < mentions[index].start
            ]
            if before:
                self.joining.move(index, max(before)[1])

    @staticmethod
    def _respelt(one: str, other: str) -> bool:
        """Whether two names of one class are one name spelt two ways."""
        if min(len(one), len(other)) < 6 or one[0].lower() != other[0].lower():
            return False
        return fold(one) == fold(other) or loose(one) == loose(other)

    def _places(self, places: list[Chain]) -> None:
        """The first part of a hyphenated name stands for it; a name with its noun is that name."""
        for chain in places:
            for other in places:
                if other.id == chain.id:
                    continue
                first, *rest = re.split(r"[-‐‑–]", other.name)
                if rest and len(rest) > 1 and fold(first) == fold(chain.name):
                    self.joining.join(other.id, chain.id)
                    continue
                apart = chain.gazetteer and other.gazetteer and chain.gazetteer != other.gazetteer
                if chain.id < other.id and not apart and self._respelt(chain.name, other.name):
                    self.joining.join(chain.id, other.id)

    def _organizations(self, organizations: list[Chain]) -> None:
        keys: dict[int, tuple[frozenset[str], str | None]] = {}
        for chain in organizations:
            content = set()
            country = chain.country if chain.gazetteer is None else None
            words = _WORD.findall(chain.name)
            if len(words) > 2 and (two := self.gazetteers.demonym(" ".join(words[:2]))):
                country, words = two, words[2:]
            for word in words:
                code = self.gazetteers.demonym(word)
                if code is None and word != chain.name:
                    places = (
                        self.gazetteers.places(word)
                        if word[0].isupper() and word.lower() not in self.nouns.portfolios
                        else ()
                    )
                    code = places[0].country if places and places[0].kind == "Country" else None
                if code:
                    country = code
                elif word.lower() not in self.titles.links:
                    content.add(self._spelling(word.lower()))
            keys[chain.id] = (frozenset(content), country)
        abroad: dict[frozenset[str], list[Chain]] = defaultdict(list)
        for chain in organizations:
            if keys[chain.id][1]:
                abroad[keys[chain.id][0]].append(chain)
        ambiguous = {
            chain.id
            for chain in organizations
            if keys[chain.id][0]
            and not keys[chain.id][1]
            and len({keys[other.id][1] for other in abroad[keys[chain.id][0]]}) > 1
        }  # *the Defence Ministry*, where those of two countries are named
        for i, chain in enumerate(organizations):
            if chain.id in ambiguous:
                self._nearest(chain, abroad[keys[chain.id][0]])
                continue
            for other in organizations[:i]:
                if other.id in ambiguous:
                    continue
                if self._one_body(chain, other, keys):
                    self.joining.join(other.id, chain.id)

    def _one_body(self, one: Chain, other: Chain, keys: dict[int, tuple[frozenset[str], str | None]]) -> bool:
        first, country = keys[one.id]
        second, home = keys[other.id]
        if first == second and first and (country == home or country is None or home is None):
            if len(first) > 1 or country == home or first & self.nouns.ministries:
                return True
            return one.kind == other.kind == ORGANIZATION  # *the Zian Observatory*, *the Observatory*
        if country and home and country != home:
            return False
        return (
            abbreviates(one.name, other.name)
            or abbreviates(other.name, one.name)
            or self._respelt(one.name, other.name)
        )

    def _spelling(self, word: str) -> str:
        """The word as it is compared: British and American spellings to one."""
        for one, other in self.nouns.spellings.items():
            word = word.replace(one, other)
        return word

    def _brackets(self) -> None:
        """*Full Name (FN)* and *FN, also known as NF* name one thing."""
        c = self.c
        ends = {m.end: m for m in self.layer.mentions if m.form is Form.NAMED}
        for mention in self.layer.mentions:
            if mention.form is not Form.NAMED or mention.start < 2:
                continue
            at = mention.start - 1
            if (
                c.text[at] == "("
                and at in ends
                and mention.end < len(c)
                and c.text[mention.end] in (")", ",", ";")
            ):
                before = ends[at]
                if (
                    family(before.kind) == family(mention.kind)
                    and (family(mention.kind) == ORGANIZATION)
                    and self._short_for(mention, before)
                ):
                    self.joining.join(before.chain, mention.chain)
                continue
            if c.text[at] in "“\"‘'":
                at -= 1
            said = c.words(max(0, at - 2), at + 1).lower()
            if c.lower[mention.start - 1] in self.nouns.renaming:
                stop = mention.start - 2 - (c.text[mention.start - 2] == ",")
                known = ends.get(stop + 1)
                if known is not None and known.kind == mention.kind == PERSON:
                    self.joining.join(known.chain, mention.chain)
            if said.endswith(tuple(self.nouns.also_called)):
                stop = at - 1
                while stop > 0 and (c.lower[stop] in self.nouns.calling or c.text[stop] in _OPENS):
                    stop -= 1
                known = ends.get(stop + 1)
                if known is not None and family(known.kind) == family(mention.kind):
                    self.joining.join(known.chain, mention.chain)

    def _short_for(self, short: Mention, full: Mention) -> bool:
        """Whether a name in brackets may be short for the one before them (*FN*, *Sedena*)."""
        c = self.c
        name = c.words(short.start, short.end)
        if name.isupper() or MIXED.fullmatch(name):
            return True
        alone = short.end - short.start == 1 and short.kind != "NewsOrganization"
        return (
            alone
            and full.end - full.start > 1
            and self.layer.chains[short.chain].gazetteer is None
            and name[0] == c.text[full.start][0]
        )


def one_letter_apart(one: str, other: str) -> bool:
    """Whether two surnames differ in one letter inside, as spellings of one foreign name do.

    >>> one_letter_apart("Tserkov", "Tzerkov")
    True
    >>> one_letter_apart("Ivanov", "Ivanova")
    False
    """
    if len(one) != len(other) or len(one) < _LONG or one[0] != other[0] or one[-1] != other[-1]:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def abbreviates(short: str, full: str) -> bool:
    """Whether `short` is made of the first letters of the capitalised words of `full`.

    >>> abbreviates("SDF", "Syrian Democratic Forces")
    True
    >>> abbreviates("U.N.", "United Nations"), abbreviates("MoD", "Ministry of Defence")
    (True, True)
    """
    if MIXED.fullmatch(short):
        words = _WORD.findall(full)
        turned = [words[1], "of", words[0]] if len(words) == 2 else words  # Defence Ministry
        return short in ("".join(word[0] for word in words), "".join(word[0] for word in turned))
    letters = short.replace(".", "")
    if not (2 <= len(letters) <= 8 and letters.isupper() and letters.isalpha()):
        return False
    words = _WORD.findall(full)
    if len(words) < 2:
        return False
    capitals = "".join(word[0] for word in words if word[0].isupper())
    every = "".join(word[0].upper() for word in words)
    return letters in (capitals, every)
