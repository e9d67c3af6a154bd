"""Nominal mentions: groups and single people without a name, and definite descriptions of places.

Every candidate goes into the layer with a chain of its own; `kg.annotate.coreference` joins chains, and
the converter drops what takes part in nothing.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.columns import HYPHENS, Columns, columns
from kg.annotate.evidence import PERSON, PLACE, family
from kg.annotate.grammar import DEFINITE
from kg.annotate.kinds import GazetteerLike
from kg.annotate.layer import Chain, Layer, Mention, layer
from kg.annotate.place_descriptions import PlaceDescriptions
from kg.annotate.words import Nouns, Titles, nouns, titles
from kg.model import Form

_MODIFIERS = frozenset(
    ["amod", "compound", "nmod", "nummod", "poss", "quantmod", "npadvmod", "advmod", "punct", "conj", "cc"]
)
_DROPPED = frozenset(["DT", "PDT", "WDT", "PRP$", "WP$"])
_OWNERS = frozenset(("forces", "insurgents", "government", "police"))  # families that have arms


class Groups:
    """Writes the nominal mentions of a document to its layer."""

    def __init__(self, gazetteers: GazetteerLike | None, nouns: Nouns, titles: Titles) -> None:
        self.nouns, self.titles = nouns, titles
        if gazetteers is not None:
            self.configure(gazetteers)

    def configure(self, gazetteers: GazetteerLike) -> None:
        """Give the component its gazetteers."""
        self.gazetteers = gazetteers

    def __call__(self, doc: Doc) -> Doc:
        c = columns(doc)
        found = layer(doc)
        people = frozenset(k for m in found.mentions if m.kind == PERSON for k in range(m.start, m.end))
        inside = [False] * len(c)
        starts: dict[int, int] = {}
        for index, mention in enumerate(found.mentions):
            starts[mention.start] = index
            for i in range(mention.start, mention.end):
                inside[i] = True
        self._designators(c, found, inside, starts)
        for i in range(len(c)):
            owner = self._owner(c, found, i)
            if owner is not None and c.lemma[i] in self.nouns.voices:
                self._add_voiced(c, found, owner)
            elif owner is not None:
                self._add(c, found, owner, c.lower[owner], people)
                found.mention_of[i] = found.mention_of[owner]
            self._doer(c, found, i)
        for i in range(len(c)):
            if inside[i] or i in found.mention_of or c.pos[i] not in ("NOUN", "PROPN", "ADJ", "NUM"):
                continue
            noun = self.noun(c, i)
            if noun is not None and self._heads(c, found, i, noun, starts):
                self._add(c, found, i, noun, people)
            elif (
                c.pos[i] in ("PROPN", "NOUN")
                and c.tag[i] in ("NNPS", "NNS")
                and (self.gazetteers.demonym(c.text[i]) or self._people(c, i))
            ):
                self._add(c, found, i, c.lower[i], people)
        for i in range(len(c)):
            if i not in found.mention_of and not inside[i]:
                self._count(c, found, i)
        PlaceDescriptions(c, found, self.gazetteers, self.nouns).add()
        return doc

    def noun(self, c: Columns, i: int) -> str | None:
        """The word of the lexicon that token `i` is, or None."""
        found = self.nouns.group_noun(c.lower[i], c.lemma[i])
        return c.lemma[i] if found is None and self._speaker(c, i) else found

    def _speaker(self, c: Columns, i: int) -> bool:
        """Whether the noun at `i` is the subject of a verb of saying: *the baker said*."""
        return (
            c.tag[i] in ("NN", "NNS")
            and c.dep[i] == "nsubj"
            and c.lemma[c.head[i]] in self.nouns.saying
            and c.lemma[i] not in self.nouns.documents
            and c.lemma[i] not in self.nouns.places
            and (c.tag[i] == "NNS" or any(c.tag[k] in ("DT", "PRP$", "CD", "POS") for k in c.children[i]))
        )

    def _people(self, c: Columns, i: int) -> bool:
        """Whether the plural at `i` names those of one faith, people or creed: *Hindus*, *Tamils*."""
        lone = c.dep[i] not in ("compound", "amod", "nmod") and c.capital[i]
        return lone and c.entity[i] == "NORP" and c.begins[i]

    def _heads(self, c: Columns, found: Layer, i: int, noun: str, starts: dict[int, int]) -> bool:
        """Whether token `i` is the head of a noun phrase that may be a group."""
        if c.pos[i] == "NUM":
            return False
        if c.dep[i] in ("compound", "amod", "nmod") and c.head[i] > i:
            return False
        after = i + 1
        if after < len(c):
            if c.text[after] in HYPHENS and c.glued[i]:
                return False
            if after in starts and family(found.mentions[starts[after]].kind) == PERSON:
                return False  # a title before a name
            if c.pos[after] == "NOUN" and c.head[i] == after:
                return False
        if noun == "other" and c.tag[i] != "NNS":
            return False
        if c.pos[i] == "ADJ":
            return any(c.tag[k] in ("DT", "PRP$") for k in c.children[i]) or c.tag[i] == "NNS"
        if noun in self.nouns.only_with:
            speaks = noun not in self.nouns.offices and self._speaker(c, i)
            return speaks or any(
                c.lemma[k] in self.nouns.only_with[noun] and c.dep[k] in ("amod", "compound", "poss", "nmod")
                for k in c.children[i]
            )
        if noun in self.nouns.vague and c.tag[i] in ("NN", "NNP"):
            if any(c.lower[k] == "of" and k > i for k in c.children[i]) and not c.capital[i]:
                return False  # *the poor state of the roads*
            if noun in self.nouns.hosts and any(c.lower[k] in DEFINITE for k in c.children[i]):
                return True
            return self._speaker(c, i) or any(
                c.dep[k] in ("amod", "compound", "nmod", "poss") for k in c.children[i]
            )
        return not (noun in self.nouns.quantities and self._partitive(c, found, i))

    def _owner(self, c: Columns, found: Layer, i: int) -> int | None:
        """Whose aircraft, spokesman or statement the noun at `i` is: *coalition warplanes*."""
        voice = c.lemma[i] in self.nouns.voices
        if (not voice and c.lemma[i] not in self.nouns.artifacts) or i == 0 or i in found.mention_of:
            return None
        before = i - 1
        while before > 0 and c.lemma[before] in self.nouns.makes:  # *coalition fighter jets*
            before -= 1
        if (
            c.head[before] in (i, i - 1)
            and not (voice and i + 1 < len(c) and c.capital[i + 1])  # *police spokesman X*: X speaks
            and c.dep[before] in (("compound", "nmod", "amod") if voice else ("compound", "nmod"))
            and before not in found.mention_of
            and self.nouns.groups.get(c.lemma[before], frozenset()) & _OWNERS
        ):
            return before
        return None

    def _add_voiced(self, c: Columns, found: Layer, i: int) -> None:
        """Add the body at `i` for which somebody speaks, with its nation: *Chilean police spokesman*."""
        owned = i > 1 and c.tag[i - 1] == "POS"
        before = i - 2 if owned else max(i - 1, 0)  # *Malawi's military spokesman*
        nation = self._country(c, found, before)
        start = before if nation and c.head[before] == c.head[i] else i
        _put(found, Mention(start, i + 1, i, Form.NOMINAL, "Group", country=nation), c.words(start, i + 1))

    def _doer(self, c: Columns, found: Layer, i: int) -> None:
        """Add the mention of those whose deed or hideout the noun at `i` tells of: *rebel airstrikes*."""
        if c.lemma[i] not in self.nouns.deeds and c.lemma[i] not in self.nouns.holdings:
            return
        at = i - 1
        while at > 0 and c.lower[at] in self.nouns.arms:
            at -= 1
        if (
            at < 0
            or c.lemma[at] not in self.nouns.doers
            or at in found.mention_of
            or c.dep[at] not in ("compound", "nmod", "amod")
            or not at < c.head[at] <= i
            or c.text[at - 1] in HYPHENS  # *an anti-regime offensive*
        ):
            return
        side = c.lower[at]
        name = side + "s" if "insurgents" in self.nouns.groups.get(side, ()) else side
        country = self.gazetteers.demonym(c.text[at - 1]) if at and c.capital[at - 1] else None
        start = at - 1 if country else at
        if country:
            name = f"{c.text[start]} {name}"
        _put(found, Mention(start, at + 1, at, Form.NOMINAL, "Group", country=country, plural=True), name)

    def _partitive(self, c: Columns, found: Layer, i: int) -> bool:
        """Whether the noun at `i` only counts the group after *of* (*units of the army*)."""
        if c.tag[i] == "NN" and c.lemma[i] not in self.nouns.collectives:
            return False
        for k in c.children[i]:
            if k > i and c.dep[k] == "prep" and c.lower[k] == "of":
                return any(
                    self.noun(c, inner) is not None or inner in found.mention_of or c.tag[inner] == "PRP"
                    for inner in c.children[k]
                )
        return False

    def _start(self, c: Columns, i: int, people: frozenset[int]) -> int:
        """Where the phrase headed by `i` begins: its modifiers before it, and theirs."""
        start = i
        stack = [i]
        first = min((k for k in c.children[i] if c.dep[k] == "nummod" or c.tag[k] == "DT"), default=0)
        while stack:
            at = stack.pop()
            for k in c.children[at]:
                if k < at and c.dep[k] in _MODIFIERS and c.sentence[k] == c.sentence[i]:
                    if c.dep[k] == "punct" and c.text[k] not in HYPHENS:
                        continue
                    if k < first and c.dep[k] == "amod":
                        continue  # *shot dead three women*
                    if c.entity[k] in ("DATE", "TIME") or k in people:
                        continue
                    start = min(start, k)
                    stack.append(k)
        while start < i and (
            c.tag[start] in _DROPPED
            or c.pos[start] in ("PUNCT", "ADV", "CCONJ", "PART", "SPACE", "ADP")
            or (c.dep[start] in ("quantmod", "advmod") and c.pos[start] != "NUM")
            or _hyphened(c, start)  # *a 3,000-strong force*
        ):
            start += 1
        return start

    def _add(self, c: Columns, found: Layer, i: int, noun: str, people: frozenset[int]) -> None:
        start = self._start(c, i, people)
        inflected = c.lower[i] != noun and c.lower[i].endswith(("s", "men"))
        plural = c.tag[i] in ("NNS", "NNPS") or noun in self.nouns.collectives or inflected
        kind = "Group" if plural else PERSON
        owners = (
            k for child in c.children[i] if child > i and c.lower[child] == "of" for k in c.children[child]
        )
        within = (*range(start, i + 1), *owners)  # *Xish forces*, *the armed forces of X*
        country = next((iso for k in within if (iso := self._country(c, found, k))), None)
        name_start = start
        while name_start < i and (
            (c.pos[name_start] == "NUM" and c.text[name_start + 1] not in HYPHENS)
            or c.tag[name_start] in ("CD", "JJS", "JJR")
            or c.lower[name_start] in self.nouns.quantities
            or c.pos[name_start] in ("PUNCT", "PART", "ADP", "SCONJ", "CCONJ")
            or (name_start > start and _hyphened(c, name_start))
        ):
            name_start += 1
        name = c.words(name_start, i + 1)
        if (
            name[:1].isupper()
            and name[1:2].islower()
            and (c.pos[name_start] != "PROPN" or name_start == i)
            and not self.gazetteers.demonym(c.text[name_start])
            and not (c.entity[name_start] == "NORP" or c.lower[name_start] in self.nouns.never)
            and not (name_start < i and c.capital[name_start + 1])
            and name_start not in {m.start for m in found.mentions}
        ):
            name = name[0].lower() + name[1:]
        _put(found, Mention(start, i + 1, i, Form.NOMINAL, kind, country=country, plural=plural), name)

    def _country(self, c: Columns, found: Layer, i: int) -> str | None:
        if i in found.mention_of:
            mention = found.mentions[found.mention_of[i]]
            if mention.kind == "Country" and mention.form is Form.NAMED:
                return found.chains[mention.chain].country
        return self.gazetteers.demonym(c.text[i]) if c.capital[i] else None

    def _designators(self, c: Columns, found: Layer, inside: list[bool], starts: dict[int, int]) -> None:
        """Let *province* in *X province* and *city* in *the city of X* lead to the mention of X."""
        for index, mention in enumerate(list(found.mentions)):
            after = mention.end
            if after < len(c) and not inside[after] and c.pos[after] in ("NOUN", "PROPN"):
                head = after
                while (
                    head + 1 < len(c)
                    and c.pos[head + 1] == "NOUN"
                    and c.dep[head] == "compound"
                    and head - after < 2
                ):
                    head += 1
                lemma = c.lemma[head]
                named = head + 1 < len(c) and c.lower[head + 1] == "of"
                inner = starts.get(head + 2) if named else None
                if inner is not None and (
                    self._wider(found, mention, found.mentions[inner])
                    or self._town_within(c, mention, head, found.mentions[inner])
                ):
                    continue
                if (
                    family(mention.kind) == PLACE
                    and c.lower[head] in self.nouns.places
                    and self.nouns.places[c.lower[head]] != "Facility"
                ) or (
                    mention.kind != PERSON
                    and family(mention.kind) != PLACE
                    and lemma in self.nouns.organizations
                    and self._takes_up(mention, lemma)
                ):
                    found.mention_of.setdefault(head, index)
            before = mention.start - 1
            if (
                mention.kind != PERSON
                and family(mention.kind) != PLACE
                and before > 0
                and c.tag[before] == "NN"
                and not inside[before]
                and self.nouns.groups.get(c.lemma[before], frozenset()) & {"opposition", "media", "bodies"}
            ):
                found.mention_of.setdefault(before, index)  # the rebel group X
            if family(mention.kind) == PLACE and mention.start >= 2 and c.lower[mention.start - 1] == "of":
                noun = mention.start - 2
                if c.lower[noun] in self.nouns.place_descriptions and c.lower[noun] not in self.nouns.seats:
                    found.mention_of.setdefault(noun, index)

    def _wider(self, found: Layer, before: Mention, part: Mention) -> bool:
        """*the CITY neighbourhood of X*: X is meant, where the text tells more of what stands before."""
        if family(before.kind) != PLACE or family(part.kind) != PLACE:
            return False
        told = (len(found.chains[m.chain].mentions) for m in (before, part))
        return next(told) > next(told)

    def _town_within(self, c: Columns, before: Mention, noun: int, part: Mention) -> bool:
        """*the PROVINCE town of X*: X is meant; in *TOWN city of PROVINCE* the province has no article."""
        return (
            c.lower[before.start - 1 if before.start else 0] == "the"
            and c.lower[noun] in self.nouns.towns
            and family(part.kind) == PLACE
            and part.kind not in ("Country", "Province")
        )

    def _takes_up(self, mention: Mention, lemma: str) -> bool:
        """Whether the noun behind the name of a body says again what that is (*X news agency*)."""
        families = self.nouns.groups.get(lemma, frozenset())
        return families <= {"opposition", "media"} or (
            mention.kind == "NewsOrganization" and "media" in families
        )

    def _count(self, c: Columns, found: Layer, i: int) -> None:
        """Let *hundreds* in *hundreds of fighters* be the head of the mention of the fighters."""
        if c.lemma[i] not in self.nouns.quantities and c.pos[i] != "NUM":
            return
        if c.tag[i] == "NN" and c.lemma[i] == "member":
            return
        for k in c.children[i]:
            if k > i and c.dep[k] == "prep" and c.lower[k] == "of":
                for inner in c.children[k]:
                    if c.dep[inner] == "pobj" and inner in found.mention_of:
                        found.mention_of[i] = found.mention_of[inner]
                        return


def _hyphened(c: Columns, i: int) -> bool:
    """Whether the token at `i` is the end of a hyphened word."""
    return i > 1 and c.text[i - 1] in HYPHENS and c.glued[i - 1] and c.glued[i - 2]


def _put(found: Layer, mention: Mention, name: str) -> None:
    """Add a nominal mention with a chain of its own."""
    mention.chain = len(found.chains)
    index = len(found.mentions)
    found.mentions.append(mention)
    found.mention_of[mention.root] = index
    found.chains.append(
        Chain(mention.chain, mention.kind, name, {name}, [index], named=False, country=mention.country)
    )


@Language.factory(
    "kg_groups", requires=["doc._.kg", "token.pos", "token.dep", "token.lemma"], assigns=["doc._.kg"]
)
def make_groups(nlp: Language, name: str) -> Groups:
    """The component, to be given its gazetteers by `configure`."""
    del nlp, name
    return Groups(None, nouns(), titles())
