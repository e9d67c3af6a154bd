"""Noun phrases that name a post: their title, and the body or place that the post is of."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate.adjectives import Adjectives
from kg.annotate.columns import HYPHENS, Columns
from kg.annotate.evidence import ORGANIZATION, PERSON, PLACE, family
from kg.annotate.kinds import GazetteerLike
from kg.annotate.layer import Layer, Mention
from kg.annotate.words import Nouns, Titles
from kg.model import Form

PHRASE = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "PART", "PRON"))  # parts of speech
_LOOSE = frozenset(("in", "at", "with", "from", "on"))  # these may as well say where it happened
_OF = frozenset(("of", "for", "in", "at", "with", "to", "from", "on"))


_MODIFIES = frozenset(("compound", "amod", "nmod"))


@dataclass(slots=True)
class Post:
    """A post as the text has it: tokens `start` to `end`, its head noun, and where it is held.

    `at` is the index of a mention; `country` the token of an adjective of a country.
    """

    head: int
    title: str
    former: bool
    at: int | None
    country: int | None
    start: int


class Posts:
    """Reads the posts of one document. `within` maps the tokens of named mentions to the mention."""

    def __init__(
        self, c: Columns, found: Layer, doc: Doc, gazetteers: GazetteerLike, nouns: Nouns, titles: Titles
    ) -> None:
        self.c, self.layer, self.nouns, self.titles = c, found, nouns, titles
        self.adjectives = Adjectives(c, found, doc, gazetteers, nouns)
        self.at_start: dict[int, int] = {}
        self.at_end: dict[int, int] = {}
        self.within: dict[int, int] = {}
        for index, mention in enumerate(found.mentions):
            if mention.form is Form.NAMED:
                self.at_start[mention.start] = index
                self.at_end[mention.end] = index
                for i in range(mention.start, mention.end):
                    self.within[i] = index
        for index, mention in enumerate(found.mentions):
            if mention.form is Form.NOMINAL:
                self.at_end.setdefault(mention.end, index)

    def head_of_portfolio(self, k: int) -> int:
        """The post before *of* and what it deals with, which ends at token `k` (*minister of defence X*)."""
        c, at = self.c, k
        while at > 1 and (c.lower[at] in self.nouns.portfolios or c.lemma[at] in self.nouns.portfolios):
            at -= 1
        if at < k and c.lower[at] in ("of", "for") and self.is_post(at - 1):
            return at - 1
        if k in self.within:
            before = self._before_region(self.within[k])
            return k if before is None else before
        return k

    def _before_region(self, region: int) -> int | None:
        """The post whose portfolio the region is (*minister for the X*), or None."""
        mention, c = self.layer.mentions[region], self.c
        at = mention.start - 1
        if at > 1 and c.lower[at] == "the":
            at -= 1
        wide = mention.kind == "Region" and at > 0 and c.lower[at] == "for"
        return at - 1 if wide and self.is_post(at - 1) else None

    def honorific(self, i: int) -> bool:
        word = self.c.lower[i].rstrip(".")
        return word in self.titles.honorifics and i not in self.within

    def is_post(self, i: int) -> bool:
        """Whether token `i` is the head noun of a post."""
        c = self.c
        if i < 0 or i in self.within or c.space[i]:
            return False
        word = c.lower[i].rstrip(".")
        if word in self.titles.ranks and c.capital[i]:
            return True
        return (
            (word in self.titles.posts or c.lemma[i] in self.titles.posts)
            and c.pos[i] in ("NOUN", "PROPN", "ADJ")
        ) or self._length(i) > 1

    def _length(self, i: int) -> int:
        """How many tokens the longest post of several words that ends at token `i` has, or 1."""
        for length in (4, 3, 2):
            if i - length + 1 >= 0 and tuple(self.c.lower[i - length + 1 : i + 1]) in self.titles.phrases:
                return length
        return 1

    def phrase(self, head: int) -> Post:
        """The post headed by token `head`, with its modifiers to the left."""
        c = self.c
        first = head - self._length(head) + 1
        former = False
        at: int | None = None
        country: int | None = None
        j = first - 1
        floor = max(c.starts[c.sentence[head]], head - 12)
        label = first
        while j >= floor:
            if c.text[j] in HYPHENS and j - 1 >= floor:
                if c.lower[j - 1] in self.titles.former:
                    former = True
                    j -= 2
                    continue
                j -= 1
                continue
            if j + 1 in self.at_end and at is None and self.layer.mentions[self.at_end[j + 1]].kind != PERSON:
                at = self.at_end[j + 1]
                body = self.layer.mentions[at]
                owner = j + 1 < len(c) and c.tag[j + 1] == "POS"
                if body.form is Form.NAMED or (owner and self._may_hold(body)):
                    j = body.start - 1
                    if not owner and family(body.kind) == PLACE and c.tag[j] == "POS" and j in self.at_end:
                        above = self.layer.mentions[self.at_end[j]]
                        if above.form is Form.NAMED and family(above.kind) == ORGANIZATION:
                            at, j = self.at_end[j], above.start - 1  # Y's X envoy
                    break
                at = None
            if c.text[j] == "." and j - 1 >= floor and c.lower[j - 1] in self.titles.ranks:
                j -= 1
                continue
            word = c.lower[j]
            if word == ")" and at is None and j in self.at_end and j > floor + 1:  # Full Name (FN) leader
                at = self.at_end[j]
                j = self.layer.mentions[at].start - 2
                break
            if c.tag[j] == "POS":
                j -= 1
                continue
            if self.adjectives.speaks_of_place(j):
                country = j
                two = j > 0 and self.adjectives.gazetteers.demonym(c.words(j - 1, j + 1)) is not None
                j -= 1 + two
                break
            if word in self.titles.former:
                former = True
                j -= 1
                continue
            if word in self.titles.current:
                if word in self.titles.acting:
                    label = j
                j -= 1
                continue
            if (
                (c.pos[j] in ("NOUN", "PROPN", "ADJ", "NUM") or c.tag[j] in ("VBN", "VBG"))
                and c.pos[j] != "DET"
                and not c.space[j]
            ):
                if j in self.within:
                    break
                ranked = c.lower[head].rstrip(".") in self.titles.services | self.titles.ranks
                lower = c.lower[j] not in self.titles.services and ranked  # spokesman | Colonel X
                if c.lower[j] in self.titles.posts and (lower or c.dep[j] not in _MODIFIES):
                    break
                label = j if c.tag[j] not in ("VBN", "VBG") else label
                j -= 1
                continue
            if (
                word in ("of", "and", "&")
                and j - 1 >= floor
                and label == j + 1
                and c.pos[j - 1] == "NOUN"
                and c.pos[j + 1] == "NOUN"
                and c.lower[j - 1] in self.titles.heading
            ):
                label = j - 1
                j -= 2
                continue
            break
        stop = self._end_of_portfolio(head + 1)
        title = c.words(label, stop)
        if stop == head + 1 and c.tag[head] in ("NNS", "NNPS") and c.text[head].endswith("s"):
            title = title[:-1]  # Presidents X and Y
        return Post(head, title, former, at, country, j + 1)

    def _end_of_portfolio(self, at: int) -> int:
        """Where a title ends that goes on at `at` with *of* and what the post deals with, or `at`."""
        c = self.c
        region = at + 1 + (at + 1 < len(c) and c.lower[at + 1] == "the")
        if region in self.at_start and self._before_region(self.at_start[region]) == at - 1:
            return self.layer.mentions[self.at_start[region]].end
        if at + 1 >= len(c) or c.lower[at] not in ("of", "for") or at + 1 in self.within:
            return at
        stop = at + 1
        while stop < len(c) and {c.lower[stop], c.lemma[stop]} & self.nouns.portfolios:
            stop += 1
        while c.lower[stop - 1] in ("and", "the"):
            stop -= 1
        return stop if stop > at + 1 else at

    def _may_hold(self, mention: Mention) -> bool:
        """Whether an unnamed mention may be where a post is held: a place, or a body that is no people."""
        if mention.kind == PERSON:
            return False
        families = self.nouns.groups.get(self.c.lemma[mention.root], frozenset())
        return mention.kind != "Group" or bool(families & {"government", "opposition", "forces", "media"})

    def belongs(self, at: int) -> bool:
        """Whether the preposition at token `at` says whose a post is, rather than where."""
        return at < len(self.c) and self.c.lower[at] in _OF - _LOOSE

    def body(self, at: int) -> int | None:
        """The mention that the preposition at token `at` leads to, or None."""
        c = self.c
        if at >= len(c) or c.lower[at] not in _OF:
            return None
        if c.lower[at] in _LOOSE and c.head[at] != at - 1:
            return None  # it belongs to the verb
        k = at + 1
        last: int | None = None
        stop = min(len(c), at + 14)
        while k < stop and c.sentence[k] == c.sentence[at]:
            if k in self.at_start:
                last = self.at_start[k]
                k = self.layer.mentions[last].end
                if k < len(c) and c.tag[k] == "POS":
                    k += 1
                    continue
                if k < len(c) and c.pos[k] in ("NOUN", "PROPN") and self.layer.mention_of.get(k) == last:
                    return last
                if (
                    k < len(c)
                    and c.pos[k] == "NOUN"
                    and family(self.layer.mentions[last].kind) != ORGANIZATION
                ):
                    k += 1
                    continue
                return last
            nominal = self.layer.mention_of.get(k)
            if (
                nominal is not None
                and self.layer.mentions[nominal].form is Form.NOMINAL
                and self.layer.mentions[nominal].root == k
            ):
                group = nominal if self.layer.mentions[nominal].kind == "Group" else last
                if k + 1 < stop and c.tag[k + 1] == "POS":
                    last, k = group, k + 2  # the army's X
                    continue
                return group
            if last is None and self.adjectives.speaks_of_place(k):
                last = self.adjectives.mention(k)
                k += 1
                continue
            if (
                (c.pos[k] in PHRASE and c.pos[k] != "PRON")
                or c.text[k] in HYPHENS
                or c.tag[k] in ("VBN", "VBG")
            ):
                k += 1
                continue
            break
        return last
