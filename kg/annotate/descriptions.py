"""Definite descriptions of agents: *the insurgents*, *government forces*, *the ministry*, *the Y leader*.

Joins groups of one side, bodies taken up by their noun, and holders of a post taken up by it.
"""

from __future__ import annotations

from collections import Counter

from kg.annotate.columns import Columns
from kg.annotate.evidence import ORGANIZATION, PERSON, PLACE, family
from kg.annotate.grammar import DEFINITE
from kg.annotate.joining import Joining
from kg.annotate.kinds import GazetteerLike
from kg.annotate.layer import Mention
from kg.annotate.place_descriptions import home_country
from kg.annotate.words import Nouns, Titles
from kg.model import Form

_ALONE = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "conj", "dative"))  # roles of a number for people


class Descriptions:
    """Joins chains of agents by description."""

    def __init__(
        self, c: Columns, joining: Joining, gazetteers: GazetteerLike, nouns: Nouns, titles: Titles
    ) -> None:
        self.c, self.joining, self.gazetteers = c, joining, gazetteers
        self.nouns, self.titles = nouns, titles
        self.layer = joining.layer
        self.home = home_country(joining.layer)

    def join(self) -> None:
        """Do all steps, groups first."""
        order = sorted(range(len(self.layer.mentions)), key=lambda i: self.layer.mentions[i].start)
        nominal = [i for i in order if self.layer.mentions[i].form is Form.NOMINAL]
        self._members(nominal)
        self._counted(nominal)
        self._insurgents(nominal)
        self._forces(nominal)
        self._governments(nominal)
        self._bodies(nominal, order)
        self._firms(nominal)
        self._people(nominal, order)

    # ------------------------------------------------------------------ what a mention is like

    def _noun(self, mention: Mention) -> str:
        for word in (
            self.c.lemma[mention.root],
            self.c.lower[mention.root],
            self.c.lower[mention.root].rstrip("s"),
        ):
            if word in self.nouns.groups:
                return word
        return self.c.lemma[mention.root]

    def _families(self, mention: Mention) -> frozenset[str]:
        return self.nouns.groups.get(self._noun(mention), frozenset())

    def _definite(self, mention: Mention) -> bool:
        root, before = mention.root, mention.start - 1
        of = self.c.lemma[self.c.head[root]]  # *a ministry statement*, *under army control*
        told = of in self.nouns.voices or of in self.nouns.deeds or of in self.nouns.holdings
        voiced = root == mention.start and self.c.head[root] > root and told
        return voiced or (before >= 0 and self.c.lower[before] in DEFINITE and self.c.tag[before] != "IN")

    def _numeric(self, mention: Mention) -> bool:
        """Whether the phrase counts its people: some of them, not the side."""
        return any(self.c.pos[k] == "NUM" for k in range(mention.start, mention.root)) or (
            mention.start > 0 and self.c.pos[mention.start - 1] == "NUM"
        )

    def _plain(self, mention: Mention) -> bool:
        """Whether nothing capitalised within the phrase says whose people they are."""
        c = self.c
        common = self.nouns.groups.keys() | self.nouns.own | self.nouns.modifiers
        first = c.starts[c.sentence[mention.start]]
        return not any(
            (c.capital[k] and (k > first or (c.pos[k] == "PROPN" and c.lower[k] not in common)))
            or c.tag[k] == "POS"
            for k in range(mention.start, mention.root)
        )

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
                tied = (
                    self.c.dep[k] in ("compound", "amod", "nmod", "poss") and self.c.head[k] == mention.root
                )
                fights = name.kind in ("ArmedGroup",) or (
                    family(name.kind) == ORGANIZATION
                    and name.kind == "Organization"
                    and "insurgents" in self._families(mention)
                )
                if name.form is Form.NAMED and tied and fights:
                    self.joining.join(name.chain, mention.chain)

    def _counted(self, nominal: list[int]) -> None:
        """*the four men*, *the four*: the last group that was counted so."""
        c = self.c
        groups: list[tuple[str, Mention]] = []
        for index in nominal:
            mention = self.layer.mentions[index]
            number = self._number(mention)
            if mention.kind != "Group" or number is None:
                continue
            if self._definite(mention):
                noun = self._noun(mention)
                broad = "people" in self._families(mention)
                for other, earlier in reversed(groups):
                    alike = noun == self._noun(earlier) or broad or "people" in self._families(earlier)
                    if other == number and alike and self._close(earlier, mention.start):
                        self.joining.join(earlier.chain, mention.chain)
                        break
            groups.append((number, mention))
        for i in range(1, len(c)):
            if c.tag[i] != "CD" or c.lower[i - 1] != "the" or i in self.layer.mention_of:
                continue
            if c.dep[i] not in _ALONE or i + 1 >= len(c) or c.pos[i + 1] in ("NOUN", "PROPN", "NUM", "ADJ"):
                continue
            for other, earlier in reversed(groups):
                if other == c.lower[i] and earlier.start < i and self._close(earlier, i):
                    self.joining.add(
                        Mention(
                            i, i + 1, i, Form.NOMINAL, "Group", earlier.chain, plural=True, confidence=0.7
                        )
                    )
                    break

    def _number(self, mention: Mention) -> str | None:
        """The word or figure that counts the people of `mention`, or None."""
        for k in range(max(mention.start - 1, 0), mention.root):
            if self.c.tag[k] == "CD" and self.c.head[k] == mention.root:
                return self.c.lower[k]
        return None

    def _close(self, earlier: Mention, at: int) -> bool:
        """Whether token `at` stands at most three sentences behind the mention."""
        return self.c.sentence[at] - self.c.sentence[earlier.start] <= 3

    def _insurgents(self, nominal: list[int]) -> None:
        """*the militants* are the armed group that the document speaks of; else all of them are one."""
        counts: Counter[int] = Counter()
        first: dict[int, int] = {}
        for mention in self.layer.mentions:
            if mention.form is Form.NAMED and mention.kind == "ArmedGroup":
                chain = self.joining.find(mention.chain)
                counts[chain] += 1
                first[chain] = min(first.get(chain, mention.start), mention.start)
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
            noun = self._noun(mention)
            bare = mention.end - mention.start == 1
            narrowed = any(
                self.c.lower[k] in self.nouns.directions for k in range(mention.start, mention.root)
            )
            if narrowed or (noun in self.nouns.apart and not self._definite(mention)):
                continue
            if self._beside(mention):
                continue
            topic = only is not None and (counts[only] > 2 or first[only] < mention.start)
            if only is not None and topic and (len(ranked) == 1 or bare or self._definite(mention)):
                self.joining.join(only, mention.chain)
            elif topic:
                continue
            elif ranked and only is None:
                near = self._nearest_of({chain for chain, _ in counts.items()}, mention.start, 2)
                if near is not None and self._definite(mention) and not self._contested(near, mention.start):
                    self.joining.join(near, mention.chain)
            elif not (bare or self._definite(mention)):
                continue
            elif generic is None:
                generic = mention.chain
            else:
                self.joining.join(generic, mention.chain)

    def _beside(self, mention: Mention) -> bool:
        """Whether the phrase says that they are others than the group told of: *local*, *army-allied*."""
        return any(
            self.c.lower[k] in self.nouns.beside or self._ends(k, self.nouns.sided)
            for k in range(mention.start, mention.root)
        )

    def _ends(self, k: int, words: frozenset[str]) -> bool:
        """Whether token `k` is a compound that ends in one of `words`: *army-allied*."""
        _, dash, last = self.c.lower[k].rpartition("-")
        return bool(dash) and last in words

    def _opposed(self, mention: Mention) -> bool:
        return any(
            self.c.lower[k].startswith(("anti-", "non-")) or self.c.lower[k] in self.nouns.rivals
            for k in range(mention.start, mention.root)
        )

    def _rivals(self, mention: Mention) -> bool:
        """Whether another armed group is named in the sentence of `mention`: *the group* may be either."""
        own = self.joining.find(mention.chain)
        sentence = self.c.sentence[mention.start]
        return mention.kind == "ArmedGroup" and any(
            other.kind == "ArmedGroup"
            and other.form is Form.NAMED
            and self.c.sentence[other.start] == sentence
            and self.joining.find(other.chain) != own
            for other in self.layer.mentions
        )

    def _contested(self, chain: int, before: int) -> bool:
        """Whether `chain` was last named before the token `before` beside another armed group."""
        named = [
            mention
            for mention in self.layer.mentions
            if mention.start < before
            and mention.form is Form.NAMED
            and self.joining.find(mention.chain) == chain
        ]
        return bool(named) and self._rivals(max(named, key=lambda mention: mention.start))

    def _nearest_of(self, chains: set[int], before: int, sentences: int) -> int | None:
        """The chain of `chains` named last before the token `before`, at most so many sentences back."""
        best, at = None, -1
        for mention in self.layer.mentions:
            chain = self.joining.find(mention.chain)
            near = self.c.sentence[before] - self.c.sentence[mention.start] <= sentences
            if at < mention.start < before and chain in chains and near:
                best, at = chain, mention.start
        return best

    def _forces(self, nominal: list[int]) -> None:
        """Forces of one country are one group; *government forces* are those of the document's country."""
        sides: dict[str, int] = {}
        waiting: list[int] = []
        for index in nominal:
            mention = self.layer.mentions[index]
            noun = self._noun(mention)
            if "forces" not in self._families(mention) or not mention.plural:
                continue
            if noun in self.nouns.hired or noun in self.nouns.artifacts:
                continue
            if self.joining.find(mention.chain) != mention.chain or self._numeric(mention):
                continue
            words = {self.c.lower[k] for k in range(mention.start, mention.root)}
            if self._opposed(mention) or any(
                self._ends(k, self.nouns.led) for k in range(mention.start, mention.root)
            ):
                continue
            if words & {"and", *self.nouns.led} or self._of_a_body(mention):
                continue
            owner = self._owner(mention)
            if words & self.nouns.foreign:
                side = "foreign"
            elif owner is not None and self._leads(owner):
                waiting.append(index)
                continue
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

    def _of_a_body(self, mention: Mention) -> bool:
        """Whether they are of one body (*Interior Ministry troops*) or somebody's (*its special forces*)."""
        inner = (self.layer.mention_of.get(k) for k in range(mention.start, mention.root))
        bodies = (self.layer.mentions[i] for i in inner if i is not None)
        return any(m.form is Form.NAMED and family(m.kind) == ORGANIZATION for m in bodies) or any(
            self.c.tag[k] == "PRP$" for k in self.c.children[mention.root]
        )

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
            owner = self._owner(mention)
            if country is None and owner is not None and self._leads(owner):
                country = self.layer.chains[owner].country or self.home
            if country is None and (
                not self._plain(mention)
                or any(self.c.tag[k] == "JJ" for k in range(mention.start, mention.root))
            ):
                continue
            if side in sides:
                self.joining.join(sides[side], mention.chain)
            else:
                sides[side] = mention.chain

    def _owner(self, mention: Mention) -> int | None:
        """The chain of the person whose government or forces these are (*X's*, *of President X*)."""
        c = self.c
        near = [k for k in c.children[mention.root] if c.dep[k] == "poss"]
        for k in c.children[mention.root]:
            if c.dep[k] == "prep" and c.lower[k] == "of":
                near += [i for i in c.children[k] if c.dep[i] == "pobj"]
        for k in near:
            index = self.layer.mention_of.get(k)
            if index is not None and self.layer.mentions[index].kind == PERSON:
                return self.joining.find(self.layer.mentions[index].chain)
        return None

    def _leads(self, chain: int) -> bool:
        """Whether the person of `chain` holds a post that leads a country."""
        return any(
            self.joining.find(h.holder) == chain and h.title.lower() in self.titles.leaders and not h.former
            for h in self.layer.holdings
        )

    # ------------------------------------------------------------------ bodies and people

    def _bodies(self, nominal: list[int], order: list[int]) -> None:
        """*the ministry*, *the army*, *police*: the last body or group with that noun."""
        for index in nominal:
            mention = self.layer.mentions[index]
            if (
                mention.kind != "Group"
                or self.joining.find(mention.chain) != mention.chain
                or self._numeric(mention)
            ):
                continue
            noun = self._noun(mention)
            bare = mention.end - mention.start == 1
            group = noun == "group" and self._definite(mention)
            paper = bare and self.c.lemma[mention.end : mention.end + 1] == [
                "statement"
            ]  # *a ministry statement*
            if not (self._definite(mention) or paper or (noun == "police" and bare)) or not (bare or group):
                continue
            for other in reversed([i for i in order if self.layer.mentions[i].start < mention.start]):
                earlier = self.layer.mentions[other]
                if earlier.kind == PERSON or family(earlier.kind) == PLACE or earlier.form is Form.PRONOUN:
                    continue
                last = self.c.lemma[earlier.end - 1] if earlier.form is Form.NAMED else self._noun(earlier)
                names = (
                    {self.c.lower[k] for k in range(earlier.start, earlier.end)}
                    if earlier.form is Form.NAMED
                    else {last}
                )
                same = (
                    noun == last
                    or noun in names
                    or (
                        noun not in self.nouns.collectives - {"force"}
                        and earlier.plural
                        and earlier.form is Form.NOMINAL
                        and "forces" in self._families(mention) & self._families(earlier)
                    )
                    or (noun == "group" and earlier.kind == "ArmedGroup")
                    or (noun == "party" and earlier.kind == "PoliticalParty")
                )
                if noun == "group" and self._rivals(earlier):
                    break
                if same and not (
                    earlier.form is Form.NOMINAL and self._numeric(earlier) and not self._definite(mention)
                ):
                    self.joining.join(earlier.chain, mention.chain)
                    break

    def _firms(self, nominal: list[int]) -> None:
        """*the company*: the one named body of the last sentences of which nothing narrower is known."""
        for index in nominal:
            mention = self.layer.mentions[index]
            alone = self.joining.find(mention.chain) == mention.chain and mention.end - mention.start == 1
            if not alone or "bodies" not in self._families(mention) or not self._definite(mention):
                continue
            sentence = self.c.sentence[mention.start]
            near = {
                self.joining.find(other.chain)
                for other in self.layer.mentions
                if other.form is Form.NAMED
                and other.kind in ("Organization", "Company")
                and other.start < mention.start
                and sentence - self.c.sentence[other.start] <= 1
            }
            if len(near) == 1:
                self.joining.join(near.pop(), mention.chain)

    def _people(self, nominal: list[int], order: list[int]) -> None:
        """*the spokesman*, *the Y president*: the holder of that post; *the bomber*: the last one."""
        for index in nominal:
            mention = self.layer.mentions[index]
            if mention.kind != PERSON or self.joining.find(mention.chain) != mention.chain:
                continue
            headline = (
                mention.start == self.c.starts[self.c.sentence[mention.start]] and mention.country is not None
            )
            if len(self.layer.chains[mention.chain].mentions) != 1 or not (
                self._definite(mention) or headline
            ):
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
                if (
                    earlier.start >= mention.start
                    or earlier.form is not Form.NOMINAL
                    or earlier.kind != PERSON
                ):
                    continue
                if self.c.sentence[mention.start] - self.c.sentence[earlier.start] > 3:
                    break
                if self.c.lemma[earlier.root] == noun:
                    self.joining.join(earlier.chain, mention.chain)
                    break

    def _led(self, mention: Mention) -> set[int]:
        """The chains of what the mention says that somebody is the holder *of*."""
        c = self.c
        inner = (k for k in c.children[mention.root] if c.dep[k] == "prep" and c.lower[k] == "of")
        found = (self.layer.mention_of.get(o) for k in inner for o in c.children[k] if c.dep[o] == "pobj")
        return {self.joining.find(self.layer.mentions[i].chain) for i in found if i is not None}

    def _holder(self, mention: Mention, noun: str) -> int | None:
        """The one named person who holds a post called `noun` in the country that the mention tells."""
        fitting: set[int] = set()
        bodies = self._led(mention)
        for holding in self.layer.holdings:
            chain = self.layer.chains[holding.holder]
            if not chain.named or chain.kind != PERSON or holding.former:
                continue
            if bodies and (holding.at is None or self.joining.find(holding.at) not in bodies):
                continue  # *the leader of X* is not he who leads Y
            title = holding.title.lower()
            last = title.split()[-1] if title else ""
            leads = noun in self.titles.leaders and (
                title in self.titles.leaders or (last in self.titles.highest and title in self.titles.leaders)
            )
            if last != noun and not (noun in self.titles.leading and leads):
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
