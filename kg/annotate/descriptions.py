"""Definite descriptions: *the insurgents*, *government forces*, *the ministry*, *the city*, *the Y leader*.

Joins groups of one side, bodies taken up by their noun, holders of a post taken up by it, and places
taken up by what they are. Choices among several go by recency and grammatical prominence (after the
salience weights of Lappin and Leass 1994).
"""

from __future__ import annotations

from collections import Counter

from kg.annotate.columns import Columns
from kg.annotate.joining import Joining
from kg.annotate.kinds import ORGANIZATION, PERSON, PLACE, GazetteerLike, family
from kg.annotate.layer import Mention
from kg.annotate.words import Nouns, Titles
from kg.model import Form

_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_SUBJECT = frozenset(("nsubj", "nsubjpass"))


class Descriptions:
    """Joins chains by description and adds mentions for descriptions of places."""

    def __init__(
        self, c: Columns, joining: Joining, gazetteers: GazetteerLike, nouns: Nouns, titles: Titles
    ) -> None:
        self.c, self.joining, self.gazetteers = c, joining, gazetteers
        self.nouns, self.titles = nouns, titles
        self.layer = joining.layer
        self.home = self._home()

    def join(self) -> None:
        """Do all steps, groups first."""
        order = sorted(range(len(self.layer.mentions)), key=lambda i: self.layer.mentions[i].start)
        nominal = [i for i in order if self.layer.mentions[i].form is Form.NOMINAL]
        self._members(nominal)
        self._insurgents(nominal)
        self._forces(nominal)
        self._governments(nominal)
        self._bodies(nominal, order)
        self._people(nominal, order)
        self._places()

    # ------------------------------------------------------------------ what a mention is like

    def _noun(self, mention: Mention) -> str:
        for word in (self.c.lemma[mention.root], self.c.lower[mention.root], self.c.lower[mention.root].rstrip("s")):
            if word in self.nouns.groups:
                return word
        return self.c.lemma[mention.root]

    def _families(self, mention: Mention) -> frozenset[str]:
        return self.nouns.groups.get(self._noun(mention), frozenset())

    def _definite(self, mention: Mention) -> bool:
        return mention.start > 0 and self.c.lower[mention.start - 1] in _DEFINITE

    def _numeric(self, mention: Mention) -> bool:
        """Whether the phrase counts its people: some of them, not the side."""
        return any(self.c.pos[k] == "NUM" for k in range(mention.start, mention.root)) or (
            mention.start > 0 and self.c.pos[mention.start - 1] == "NUM"
        )

    def _plain(self, mention: Mention) -> bool:
        """Whether nothing capitalised within the phrase says whose people they are."""
        return not any(
            self.c.capital[k] and (k > mention.start or self.c.starts[self.c.sentence[k]] != k and self.c.pos[k] == "PROPN")
            for k in range(mention.start, mention.root)
        )

    def _home(self) -> str | None:
        """The country that the document speaks of most."""
        counts: Counter[str] = Counter()
        for mention in self.layer.mentions:
            code = mention.country or self.layer.chains[mention.chain].country
            if code:
                counts[code] += 2 if mention.kind == "Country" else 1
        if not counts:
            return None
        (best, most), *others = counts.most_common(2)
        return best if not others or most > others[0][1] else None

    # ------------------------------------------------------------------ groups

    def _members(self, nominal: list[int]) -> None:
        """*Y fighters* are Y, where Y is an armed group or another body that fights."""
        for index in nominal:
            mention = self.layer.mentions[index]
            if not mention.plural or not self._families(mention) & {"insurgents", "forces", "opposition"}:
                continue
            for k in range(mention.start, mention.root):
                inner = self.layer.mention_of.get(k)
                if inner is None or inner == index:
                    continue
                name = self.layer.mentions[inner]
                tied = self.c.dep[k] in ("compound", "amod", "nmod", "poss") and self.c.head[k] == mention.root
                fights = name.kind in ("ArmedGroup",) or (
                    family(name.kind) == ORGANIZATION and name.kind == "Organization" and "insurgents" in self._families(mention))
                if name.form is Form.NAMED and tied and fights:
                    self.joining.join(name.chain, mention.chain)

    def _insurgents(self, nominal: list[int]) -> None:
        """*the militants* are the armed group that the document speaks of; else all of them are one."""
        counts: Counter[int] = Counter()
        for mention in self.layer.mentions:
            if mention.form is Form.NAMED and mention.kind == "ArmedGroup":
                counts[self.joining.find(mention.chain)] += 1
        ranked = counts.most_common(2)
        only = ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] >= 3 * ranked[1][1]) else None
        generic = None
        for index in nominal:
            mention = self.layer.mentions[index]
            if "insurgents" not in self._families(mention) or not mention.plural:
                continue
            if self._numeric(mention) or not self._plain(mention) or self._opposed(mention):
                continue
            if self.joining.find(mention.chain) != mention.chain:
                continue
            if only is not None:
                self.joining.join(only, mention.chain)
            elif ranked:
                near = self._nearest_of({chain for chain, _ in counts.items()}, mention.start, 2)
                if near is not None and self._definite(mention):
                    self.joining.join(near, mention.chain)
            elif generic is None:
                generic = mention.chain
            else:
                self.joining.join(generic, mention.chain)

    def _opposed(self, mention: Mention) -> bool:
        return any(self.c.lower[k].startswith(("anti-", "non-")) or self.c.lower[k] in ("anti", "other", "rival") for k in range(mention.start, mention.root))

    def _nearest_of(self, chains: set[int], before: int, sentences: int) -> int | None:
        """The chain of `chains` named last before the token `before`, at most so many sentences back."""
        best, at = None, -1
        for mention in self.layer.mentions:
            if at < mention.start < before and self.joining.find(mention.chain) in chains:
                if self.c.sentence[before] - self.c.sentence[mention.start] <= sentences:
                    best, at = self.joining.find(mention.chain), mention.start
        return best

    def _forces(self, nominal: list[int]) -> None:
        """Forces of one country are one group; *government forces* are those of the document's country."""
        sides: dict[str, int] = {}
        waiting: list[int] = []
        for index in nominal:
            mention = self.layer.mentions[index]
            noun = self._noun(mention)
            if "forces" not in self._families(mention) or not mention.plural or noun in ("coalition", "militia", "convoy", "patrol", "contractor", "mercenary"):
                continue
            if self.joining.find(mention.chain) != mention.chain or self._numeric(mention):
                continue
            words = {self.c.lower[k] for k in range(mention.start, mention.root)}
            if self._opposed(mention) or any(self.c.lower[k].endswith(("-led", "-backed")) for k in range(mention.start, mention.root)):
                continue
            if {"led", "backed"} & words:
                continue
            if words & self.nouns.foreign:
                side = "foreign"
            elif mention.country:
                side = mention.country
            elif words & self.nouns.own and self._plain(mention):
                waiting.append(index)
                continue
            else:
                continue
            if side in sides:
                self.joining.join(sides[side], mention.chain)
            else:
                sides[side] = mention.chain
        own = sides.get(self.home or "")
        for index in waiting:
            chain = self.layer.mentions[index].chain
            if own is None:
                own = chain
            else:
                self.joining.join(own, chain)

    def _governments(self, nominal: list[int]) -> None:
        """*the government* without more is that of the document's country."""
        sides: dict[str, int] = {}
        for index in nominal:
            mention = self.layer.mentions[index]
            if self.c.lemma[mention.root] != "government":
                continue
            country = mention.country
            if country is None:
                for k in range(mention.start, mention.root):
                    inner = self.layer.mention_of.get(k)
                    if inner is not None and family(self.layer.mentions[inner].kind) == PLACE:
                        country = self.layer.chains[self.layer.mentions[inner].chain].country
            side = country or self.home or ""
            if country is None and (not self._plain(mention) or any(self.c.tag[k] == "JJ" for k in range(mention.start, mention.root))):
                continue
            if side in sides:
                self.joining.join(sides[side], mention.chain)
            else:
                sides[side] = mention.chain

    # ------------------------------------------------------------------ bodies and people

    def _bodies(self, nominal: list[int], order: list[int]) -> None:
        """*the ministry*, *the army*, *police*: the last body or group with that noun."""
        for index in nominal:
            mention = self.layer.mentions[index]
            if mention.kind != "Group" or self.joining.find(mention.chain) != mention.chain or self._numeric(mention):
                continue
            noun = self._noun(mention)
            bare = mention.end - mention.start == 1
            if not (self._definite(mention) or (noun == "police" and bare)) or not bare:
                continue
            for other in reversed([i for i in order if self.layer.mentions[i].start < mention.start]):
                earlier = self.layer.mentions[other]
                if earlier.kind == PERSON or family(earlier.kind) == PLACE or earlier.form is Form.PRONOUN:
                    continue
                last = self.c.lemma[earlier.end - 1] if earlier.form is Form.NAMED else self._noun(earlier)
                names = {self.c.lower[k] for k in range(earlier.start, earlier.end)} if earlier.form is Form.NAMED else {last}
                same = noun == last or noun in names or (noun == "group" and earlier.kind == "ArmedGroup") or (
                    noun == "party" and earlier.kind == "PoliticalParty")
                if same and not (earlier.form is Form.NOMINAL and self._numeric(earlier) and not self._definite(mention)):
                    self.joining.join(earlier.chain, mention.chain)
                    break

    def _people(self, nominal: list[int], order: list[int]) -> None:
        """*the spokesman*, *the Y president*: the holder of that post; *the bomber*: the last one."""
        for index in nominal:
            mention = self.layer.mentions[index]
            if mention.kind != PERSON or self.joining.find(mention.chain) != mention.chain:
                continue
            headline = mention.start == self.c.starts[self.c.sentence[mention.start]] and mention.country is not None
            if len(self.layer.chains[mention.chain].mentions) != 1 or not (self._definite(mention) or headline):
                continue
            noun = self.c.lemma[mention.root]
            holder = self._holder(mention, noun)
            if holder is not None:
                self.joining.join(holder, mention.chain)
                continue
            if mention.end - mention.start > 1:
                continue
            for other in reversed(order):
                earlier = self.layer.mentions[other]
                if earlier.start >= mention.start or earlier.form is not Form.NOMINAL or earlier.kind != PERSON:
                    continue
                if self.c.sentence[mention.start] - self.c.sentence[earlier.start] > 3:
                    break
                if self.c.lemma[earlier.root] == noun:
                    self.joining.join(earlier.chain, mention.chain)
                    break

    def _holder(self, mention: Mention, noun: str) -> int | None:
        """The one named person who holds a post called `noun` in the country that the mention tells."""
        fitting: set[int] = set()
        for holding in self.layer.holdings:
            chain = self.layer.chains[holding.holder]
            if not chain.named or chain.kind != PERSON or holding.former:
                continue
            title = holding.title.lower()
            last = title.split()[-1] if title else ""
            leads = noun in self.titles.leaders and (title in self.titles.leaders or last in ("president", "minister") and title in self.titles.leaders)
            if last != noun and not (noun == "leader" and leads):
                continue
            at = self.layer.chains[holding.at] if holding.at is not None else None
            code = at.country if at is not None and at.kind == "Country" else None
            if code is None and at is not None and at.kind == "Country":
                places = self.gazetteers.places(at.name)
                code = places[0].country if places else None
            if mention.country is not None and code is not None and code != mention.country:
                continue
            if mention.country is not None and code is None:
                continue
            fitting.add(self.joining.find(chain.id))
        return fitting.pop() if len(fitting) == 1 else None

    # ------------------------------------------------------------------ places

    def _places(self) -> None:
        """*the city*, *the province*, *the country*: added as mentions where one place is meant."""
        c = self.c
        for i in range(len(c)):
            noun = c.lemma[i]
            kinds = self.nouns.place_descriptions.get(noun)
            if kinds is None or c.pos[i] != "NOUN" or i in self.layer.mention_of or c.tag[i] != "NN":
                continue
            if c.dep[i] in ("compound", "amod", "nmod") and c.head[i] > i:
                continue
            if i == 0 or c.lower[i - 1] not in ("the", "this", "that") or (i + 1 < len(c) and c.lower[i + 1] == "of"):
                continue
            chain = self._country(i) if noun in ("country", "nation") else self._salient(i, kinds, noun)
            if chain is not None:
                self.joining.add(Mention(i, i + 1, i, Form.NOMINAL, self.layer.chains[chain].kind, chain))

    def _country(self, i: int) -> int | None:
        """The country that *the country* at token `i` means."""
        sentence = self.c.sentence[i]
        here: list[int] = []
        before: list[int] = []
        for mention in self.layer.mentions:
            if mention.kind != "Country" or mention.start >= i:
                continue
            if self.c.sentence[mention.start] == sentence and self.c.dep[mention.root] in _SUBJECT:
                here.append(self.joining.find(mention.chain))
            elif self.c.sentence[mention.start] == sentence - 1:
                before.append(self.joining.find(mention.chain))
        if here:
            return here[0]
        for chain in self.layer.chains:
            if chain.kind == "Country" and chain.country == self.home and self.home is not None and chain.mentions:
                return chain.id
        return before[0] if len(set(before)) == 1 else None

    def _salient(self, i: int, kinds: frozenset[str], noun: str) -> int | None:
        """The most salient place of one of `kinds` before token `i`."""
        c = self.c
        sentence = c.sentence[i]
        scores: dict[int, float] = {}
        listed: Counter[tuple[int, str]] = Counter()
        candidates: list[tuple[int, Mention]] = []
        for mention in self.layer.mentions:
            if mention.start >= i or sentence - c.sentence[mention.start] > 4 or mention.form is Form.PRONOUN:
                continue
            kind = self.layer.chains[self.joining.find(mention.chain)].kind
            if kind not in kinds and not (kind == "Place" or (kind == "Province" and "PopulatedPlace" in kinds and mention.kind != "Province")):
                continue
            candidates.append((self.joining.find(mention.chain), mention))
            if c.dep[mention.root] == "conj" or any(c.dep[k] == "conj" for k in c.children[mention.root]):
                listed[c.sentence[mention.start], "list"] += 1
        for chain, mention in candidates:
            score = 4.0 - 1.5 * (sentence - c.sentence[mention.start])
            role = c.dep[mention.root]
            if role in _SUBJECT:
                score += 1.0
            if role == "conj" or any(c.dep[k] == "conj" for k in c.children[mention.root]):
                score -= 2.0
            if self._described(mention, noun):
                score += 2.0
            if mention.form is Form.NOMINAL:
                score += 1.0
            if role == "poss":
                score -= 0.5
            scores[chain] = max(scores.get(chain, -9.0), score)
        if not scores:
            return None
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if ranked[0][1] < 0 or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < 0.5):
            return None
        return ranked[0][0]

    def _described(self, mention: Mention, noun: str) -> bool:
        """Whether the text calls the place of `mention` a `noun` there (apposition, *the city of X*)."""
        c = self.c
        near = [*c.children[mention.root], c.head[mention.root]]
        if c.dep[mention.root] in _SUBJECT:
            near += [k for k in c.children[c.head[mention.root]] if c.dep[k] == "attr"]
        near += [c.head[c.head[mention.root]]] if c.dep[mention.root] == "pobj" and c.lower[c.head[mention.root]] == "of" else []
        return any(c.lemma[k] == noun for k in near)
