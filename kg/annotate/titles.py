"""Who holds which post, who belongs to what, and what lies where: read from words next to names.

Posts stand before a name, after it in apposition, before it with a comma, or in a copula or relative
clause. What is found becomes holdings and relations of the layer; `kg.annotate.coreference` renumbers
their chains afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.adjectives import Adjectives
from kg.annotate.columns import Columns, columns
from kg.annotate.evidence import ORGANIZATION, PERSON, PLACE, family
from kg.annotate.kinds import GazetteerLike
from kg.annotate.layer import Holding, Layer, Mention, Relation, layer
from kg.annotate.relations import PlaceRelations
from kg.annotate.words import Nouns, Titles, nouns, titles
from kg.model import Form

_HYPHENS = frozenset("-‐‑–")
_COMMAS = frozenset(",–—(")
_OF = frozenset(["of", "for", "in", "at", "with", "to", "from", "on"])
_PHRASE = frozenset(["DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "PART", "PRON"])


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


class TitleFinder:
    """Writes holdings and relations of a document to its layer."""

    def __init__(self, gazetteers: GazetteerLike | None, nouns: Nouns, titles: Titles) -> None:
        self.gazetteers, self.nouns, self.titles = gazetteers, nouns, titles

    def configure(self, gazetteers: GazetteerLike) -> None:
        """Give the component its gazetteers."""
        self.gazetteers = gazetteers

    def __call__(self, doc: Doc) -> Doc:
        assert self.gazetteers is not None
        _Reading(columns(doc), layer(doc), doc, self.gazetteers, self.nouns, self.titles).read()
        return doc


class _Reading:
    """One document being read."""

    def __init__(
        self, c: Columns, found: Layer, doc: Doc, gazetteers: GazetteerLike, nouns: Nouns, titles: Titles
    ) -> None:
        self.c, self.layer, self.doc, self.gazetteers = c, found, doc, gazetteers
        self.nouns, self.titles = nouns, titles
        self.adjectives = Adjectives(c, found, doc, gazetteers)
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
        self.titled: set[int] = set()

    def read(self) -> None:
        """Find everything and write it."""
        for index, mention in enumerate(list(self.layer.mentions)):
            if mention.form is not Form.NAMED or mention.kind != PERSON:
                continue
            start, titled = self._before(index, mention.start)
            self._possessor(index, mention.start)
            self._after(index, mention.end)
            if not titled:
                self._reversed(index, start)
            self._clauses(index, mention.root)
        self._nominals()
        PlaceRelations(self.c, self.layer, self.adjectives, self.nouns).read()

    # ------------------------------------------------------------------ posts

    def _before(self, person: int, start: int) -> tuple[int, bool]:
        """Posts right before the name that begins at `start`.

        Where the phrase with them begins, and whether it holds a post other than a rank.
        """
        c = self.c
        k = start - 1
        if k >= 0 and c.text[k] in "\"“'‘":
            k -= 1
        while k >= 0 and self._honorific(k):
            k -= 1 + (c.text[k] == ".")
        k = self._portfolio(k)
        if k < 0 or not self._post(k) or c.sentence[k] != c.sentence[start]:
            return k + 1, False
        post = self._phrase(k)
        self._hold(person, post)
        first = post.start
        while first > 0 and self._post(first - 1) and first - 1 not in self.within:  # President General X
            post = self._phrase(first - 1)
            self._hold(person, post)
            first = post.start
        words = {self.c.lower[i].rstrip(".") for i in range(first, start)}
        return first, not words <= self.titles.ranks | self.titles.honorifics | self.titles.services

    def _portfolio(self, k: int) -> int:
        """The post before *of* and what it deals with, which ends at token `k` (*minister of defence X*)."""
        c, at = self.c, k
        while at > 1 and (c.lower[at] in self.nouns.portfolios or c.lemma[at] in self.nouns.portfolios):
            at -= 1
        if at < k and c.lower[at] in ("of", "for") and self._post(at - 1):
            return at - 1
        return k

    def _honorific(self, i: int) -> bool:
        word = self.c.lower[i].rstrip(".")
        return word in self.titles.honorifics and i not in self.within

    def _post(self, i: int) -> bool:
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
        ) or self._phrase_length(i) > 1

    def _phrase_length(self, i: int) -> int:
        """How many tokens the longest post of several words that ends at token `i` has, or 1."""
        for length in (4, 3, 2):
            if i - length + 1 >= 0 and tuple(self.c.lower[i - length + 1 : i + 1]) in self.titles.phrases:
                return length
        return 1

    def _phrase(self, head: int) -> Post:
        """The post headed by token `head`, with its modifiers to the left."""
        c = self.c
        first = head - self._phrase_length(head) + 1
        former = False
        at: int | None = None
        country: int | None = None
        j = first - 1
        floor = max(c.starts[c.sentence[head]], head - 12)
        label = first
        while j >= floor:
            if c.text[j] in _HYPHENS and j - 1 >= floor:
                if c.lower[j - 1] in self.titles.former:
                    former = True
                    j -= 2
                    continue
                j -= 1
                continue
            if (
                j + 1 in self.at_end
                and at is None
                and (j in self.within or self.layer.mentions[self.at_end[j + 1]].kind != PERSON)
            ):
                at = self.at_end[j + 1]
                body = self.layer.mentions[at]
                owner = j + 1 < len(c) and c.tag[j + 1] == "POS"
                if body.form is Form.NAMED or (owner and self._body(body)):
                    j = body.start - 1
                    if not owner and family(body.kind) == PLACE and c.tag[j] == "POS" and j in self.at_end:
                        above = self.layer.mentions[self.at_end[j]]
                        if above.form is Form.NAMED and family(above.kind) == ORGANIZATION:
                            at, j = self.at_end[j], above.start - 1  # Y's X envoy
                    break
                at = None
            word = c.lower[j]
            if word in ("'s", "’s", "'", "’") and c.tag[j] == "POS":
                j -= 1
                continue
            if self.adjectives.speaks_of_place(j):
                country = j
                j -= 1
                break
            if word in self.titles.former:
                former = True
                j -= 1
                continue
            if word in self.titles.current:
                if word in ("acting", "interim"):
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
                if c.lower[j] in self.titles.posts and c.dep[j] not in ("compound", "amod", "nmod"):
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
                and c.lower[j - 1] in ("chief", "head", "secretary", "minister")
            ):
                label = j - 1
                j -= 2
                continue
            break
        stop = head + 1
        if stop + 1 < len(c) and c.lower[stop] in ("of", "for") and stop + 1 not in self.within:
            end = stop + 1
            while end < len(c) and (
                c.lower[end] in self.nouns.portfolios or c.lemma[end] in self.nouns.portfolios
            ):
                end += 1
            stop = end if end > stop + 1 else stop
        title = c.words(label, stop)
        return Post(head, title, former, at, country, j + 1)

    def _body(self, mention: Mention) -> bool:
        """Whether an unnamed mention may be where a post is held: a place, or a body that is no people."""
        if mention.kind == PERSON:
            return False
        families = self.nouns.groups.get(self.c.lemma[mention.root], frozenset())
        return mention.kind != "Group" or bool(families & {"government", "opposition", "forces", "media"})

    def _after(self, person: int, end: int) -> None:
        """Posts in apposition behind the name that ends at `end`: *X, a spokesman for Y*."""
        c = self.c
        if end + 1 >= len(c) or c.text[end] not in _COMMAS:
            return
        self._complement(person, end + 1)

    def _complement(self, person: int, at: int) -> None:
        """A noun phrase with a post that begins at token `at` tells of `person`."""
        c = self.c
        n = min(len(c), at + 14)
        k = at
        while k < n and c.sentence[k] == c.sentence[at]:
            if k in self.within:
                k = self.layer.mentions[self.within[k]].end
                continue
            if (
                c.pos[k] not in _PHRASE
                and c.text[k] not in _HYPHENS
                and c.tag[k] not in ("VBN", "VBG", "CC", "CD")
            ):
                return
            noun = c.lemma[k]
            followed = k + 1 < len(c) and (
                c.pos[k + 1] in ("NOUN", "PROPN")
                and c.head[k] != k
                and c.dep[k] in ("compound", "nmod", "amod")
            )
            resident = noun in self.titles.residents
            if (
                (self._post(k) or noun in self.titles.members or resident)
                and not followed
                and c.pos[k] in ("NOUN", "PROPN")
            ):
                if c.tag[k] == "NNS":
                    return
                if (
                    k + 1 in self.at_start
                    and family(self.layer.mentions[self.at_start[k + 1]].kind) == PERSON
                ):
                    return  # the next of a list of people
                self._belong(person, k)
                return
            k += 1

    def _belong(self, person: int, head: int) -> None:
        """Write what the noun phrase headed by `head` says of `person`, with what follows it."""
        c = self.c
        post = self._phrase(head)
        noun = c.lemma[head]
        if post.at is None:
            post.at = self._object(head + 1)
        body = self.layer.mentions[post.at] if post.at is not None else None
        if noun in self.titles.residents:
            if body is not None and post.at is not None and family(body.kind) == PLACE:
                self._relate(person, "residentOf", post.at)
            return
        party = body is not None and family(body.kind) != PLACE and body.kind != "NewsOrganization"
        if noun in self.titles.members and party and post.at is not None and not post.former:
            self._relate(person, "memberOf", post.at)
            if noun == "member":
                return
            if body is not None and body.kind not in ("GovernmentBody", "MilitaryUnit", "Group"):
                post.at = None
        if noun == "member" and body is None:
            return
        self._hold(person, post)
        self._same(person, head)

    def _object(self, at: int) -> int | None:
        """The mention that the preposition at token `at` leads to, or None."""
        c = self.c
        if at >= len(c) or c.lower[at] not in _OF:
            return None
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
                return nominal if self.layer.mentions[nominal].kind == "Group" else last
            if last is None and self.adjectives.speaks_of_place(k):
                last = self.adjectives.mention(k)
                k += 1
                continue
            if (
                (c.pos[k] in _PHRASE and c.pos[k] != "PRON")
                or c.text[k] in _HYPHENS
                or c.tag[k] in ("VBN", "VBG")
            ):
                k += 1
                continue
            break
        return last

    def _possessor(self, person: int, start: int) -> None:
        """*Y's X*, Y an organisation: X belongs to Y."""
        c = self.c
        if start >= 2 and c.tag[start - 1] == "POS" and start - 1 in self.at_end:
            owner = self.at_end[start - 1]
            mention = self.layer.mentions[owner]
            if mention.form is Form.NAMED and family(mention.kind) == ORGANIZATION:
                self._relate(person, "memberOf", owner)

    def _reversed(self, person: int, start: int) -> None:
        """*Y's leader, X*; *the commander of Y, X*; *another Y resident, X*."""
        c = self.c
        if start < 2 or c.text[start - 1] != "," or c.sentence[start - 1] != c.sentence[start]:
            return
        k = start - 2
        if k in self.within or not (self._post(k) or c.lemma[k] in self.titles.residents):
            head = self._head_of_phrase(k)
            if head is None:
                return
            k = head
        elif not self._introduced(k):
            return
        if c.lemma[k] in self.titles.members and c.lemma[k] not in self.titles.posts:
            return
        self._belong(person, k)

    def _introduced(self, head: int) -> bool:
        """Whether the phrase headed by `head` begins a noun phrase of its own (no list of names)."""
        own = any(self.c.dep[k] in ("poss", "det", "appos") for k in self.c.children[head])
        return self.c.tag[head] in ("NN", "NNP") and (own or self.c.dep[head] != "conj")

    def _head_of_phrase(self, end: int) -> int | None:
        """The post noun of *POST of Y* that ends at token `end`, or None."""
        c = self.c
        floor = max(c.starts[c.sentence[end]], end - 9)
        k = end
        while k >= floor:
            if c.lower[k] in ("of", "for", "in", "at", "to") and k - 1 >= floor and self._post(k - 1):
                return k - 1
            if (
                c.pos[k] not in _PHRASE
                and k not in self.within
                and c.lower[k] not in ("of", "for", "in", "and")
            ):
                return None
            k -= 1
        return None

    def _clauses(self, person: int, root: int) -> None:
        """*X is the Y of Z*, *X, who is also Z's Y*, *X, who heads Z*."""
        c = self.c
        verbs = []
        if c.dep[root] in ("nsubj", "nsubjpass"):
            verbs.append(c.head[root])
        verbs += [k for k in c.children[root] if c.dep[k] == "relcl"]
        for verb in verbs:
            subject = [k for k in c.children[verb] if c.dep[k] == "nsubj"]
            if verb in c.children[root] and not any(c.lower[k] == "who" for k in subject):
                continue
            if any(c.dep[k] == "neg" for k in c.children[verb]):
                continue
            lemma = c.lemma[verb]
            if lemma in self.titles.copulas:
                for k in c.children[verb]:
                    head = k
                    if c.dep[k] == "prep" and c.lower[k] == "as":
                        head = next((i for i in c.children[k] if c.dep[i] == "pobj"), k)
                    if (c.dep[k] == "attr" or head != k) and (
                        self._post(head) or c.lemma[head] in self.titles.members
                    ):
                        self._belong(person, head)
                        if c.tag[verb] == "VBD" and self.layer.holdings and lemma == "be":
                            pass
            elif lemma in self.titles.verbs and c.pos[verb] == "VERB":
                for k in c.children[verb]:
                    at = self.layer.mention_of.get(k)
                    if (
                        c.dep[k] == "dobj"
                        and at is not None
                        and family(self.layer.mentions[at].kind) != PERSON
                    ):
                        title = self.titles.verbs[lemma]
                        self.layer.holdings.append(
                            Holding(self._chain(person), title, self._chain(at), evidence=(person, at))
                        )

    def _nominals(self) -> None:
        """Unnamed people with a post: *a Y spokesman*, *the governor of Y*, so that they speak for Y."""
        c = self.c
        for index, mention in enumerate(list(self.layer.mentions)):
            if mention.form is not Form.NOMINAL or mention.kind != PERSON or index in self.titled:
                continue
            if not self._post(mention.root):
                continue
            post = self._phrase(mention.root)
            if post.at is None:
                post.at = self._object(mention.root + 1)
            if (post.at is not None and post.at != index) or post.country is not None:
                self._hold(index, post)
            del post
        del c

    # ------------------------------------------------------------------ writing

    def _chain(self, mention: int) -> int:
        return self.layer.mentions[mention].chain

    def _hold(self, person: int, post: Post) -> None:
        at: int | None = None
        evidence: tuple[int, ...] = (person,)
        if post.at is not None and family(self.layer.mentions[post.at].kind) != PERSON:
            at = self._chain(post.at)
            evidence = (person, post.at)
        elif post.country is not None:
            index = self.adjectives.mention(post.country)
            if index is not None:
                at = self._chain(index)
                evidence = (person, index)
        holding = Holding(self._chain(person), post.title, at, post.former, evidence)
        if holding not in self.layer.holdings:
            self.layer.holdings.append(holding)

    def _relate(self, subject: int, relation: str, obj: int) -> None:
        found = Relation(subject, relation, obj)
        if subject != obj and found not in self.layer.relations:
            self.layer.relations.append(found)

    def _same(self, person: int, head: int) -> None:
        """The nominal mention headed by `head` speaks of `person`: put it into the person's chain."""
        index = self.layer.mention_of.get(head)
        if index is None or self.layer.mentions[index].form is not Form.NOMINAL or index == person:
            return
        self.titled.add(index)
        old = self.layer.mentions[index].chain
        new = self._chain(person)
        if old == new or len(self.layer.chains[old].mentions) != 1:
            return
        self.layer.chains[old].mentions.clear()
        self.layer.mentions[index].chain = new
        self.layer.mentions[index].kind = PERSON
        self.layer.chains[new].mentions.append(index)


@Language.factory(
    "kg_titles", requires=["doc._.kg", "token.pos", "token.dep", "token.lemma"], assigns=["doc._.kg"]
)
def make_titles(nlp: Language, name: str) -> TitleFinder:
    """The component, to be given its gazetteers by `configure`."""
    del nlp, name
    return TitleFinder(None, nouns(), titles())
