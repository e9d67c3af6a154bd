"""Who holds which post and who belongs to what: read from words next to names.

Posts stand before a name, after it in apposition, before it with a comma, or in a copula or relative
clause. What is found becomes holdings and relations of the layer; `kg.annotate.coreference` renumbers
their chains afterwards.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.columns import HYPHENS, Columns, columns
from kg.annotate.evidence import ORGANIZATION, PERSON, PLACE, family
from kg.annotate.kinds import GazetteerLike
from kg.annotate.layer import Holding, Layer, Relation, layer
from kg.annotate.posts import PHRASE, Post, Posts
from kg.annotate.relations import PlaceRelations
from kg.annotate.words import Nouns, Titles, nouns, titles
from kg.model import Form

_COMMAS = frozenset(",–—(")


class TitleFinder:
    """Writes holdings and relations of a document to its layer."""

    def __init__(self, gazetteers: GazetteerLike | None, nouns: Nouns, titles: Titles) -> None:
        self.gazetteers, self.nouns, self.titles = gazetteers, nouns, titles

    def configure(self, gazetteers: GazetteerLike) -> None:
        """Give the component its gazetteers."""
        self.gazetteers = gazetteers

    def __call__(self, doc: Doc) -> Doc:
        assert self.gazetteers is not None
        c, found = columns(doc), layer(doc)
        posts = Posts(c, found, doc, self.gazetteers, self.nouns, self.titles)
        _Reading(c, found, posts, self.nouns, self.titles).read()
        return doc


class _Reading:
    """One document being read."""

    def __init__(self, c: Columns, found: Layer, posts: Posts, nouns: Nouns, titles: Titles) -> None:
        self.c, self.layer, self.posts = c, found, posts
        self.nouns, self.titles = nouns, titles
        self.titled: set[int] = set()

    def read(self) -> None:
        """Find everything and write it."""
        for index, mention in enumerate(list(self.layer.mentions)):
            if mention.form is not Form.NAMED or mention.kind != PERSON:
                continue
            start, titled = self._before(index, mention.start)
            self._possessor(index, mention.start)
            self._of(index, mention.end)
            self._after(index, mention.end)
            if not titled:
                self._reversed(index, start)
            self._clauses(index, mention.root)
            self._appointed(index, mention.end)
        self._counterparts()
        self._nominals()
        PlaceRelations(self.c, self.layer, self.posts.adjectives, self.nouns).read()

    def _before(self, person: int, start: int) -> tuple[int, bool]:
        """Posts right before the name that begins at `start`.

        Where the phrase with them begins, and whether it holds a post other than a rank.
        """
        c = self.c
        k = start - 1
        while k >= 0 and (c.text[k] in "\"“'‘" or (c.space[k] and "\n" not in c.text[k])):
            k -= 1
        while k >= 0 and self.posts.honorific(k):
            k -= 1 + (c.text[k] == ".")
        k = self.posts.head_of_portfolio(k)
        if k < 0 or not self.posts.is_post(k) or c.sentence[k] != c.sentence[start]:
            return k + 1, False
        post = self.posts.phrase(k)
        self._hold(person, post)
        if c.tag[k] == "NNS":
            self._share(person, post)
        first = post.start
        while first > 1:  # President General X
            head = first - 2 if c.text[first - 1] == "." else first - 1
            if not self.posts.is_post(head) or c.sentence[head] != c.sentence[start]:
                break
            post = self.posts.phrase(head)
            self._hold(person, post)
            first = post.start
        words = {self.c.lower[i].rstrip(".") for i in range(first, start)}
        return first, not words <= self.titles.ranks | self.titles.honorifics | self.titles.services

    def _share(self, person: int, post: Post) -> None:
        """*commanders X, Y and Z*: each of them holds the post."""
        stack = [self.layer.mentions[person].root]
        while stack:
            for k in self.c.children[stack.pop()]:
                index = self.layer.mention_of.get(k) if self.c.dep[k] == "conj" else None
                if index is not None and self.layer.mentions[index].kind == PERSON:
                    self._hold(index, post)
                    stack.append(k)

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
            if k in self.posts.within:
                k = self.layer.mentions[self.posts.within[k]].end
                continue
            if (
                c.pos[k] not in PHRASE
                and c.text[k] not in HYPHENS
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
                (self.posts.is_post(k) or noun in self.titles.members or resident)
                and not followed
                and c.pos[k] in ("NOUN", "PROPN")
            ):
                if c.tag[k] == "NNS" or c.acts(k):
                    return
                if (
                    k + 1 in self.posts.at_start
                    and family(self.layer.mentions[self.posts.at_start[k + 1]].kind) == PERSON
                ):
                    return  # the next of a list of people
                self._belong(person, k)
                return
            k += 1

    def _belong(self, person: int, head: int, former: bool = False) -> None:
        """Write what the noun phrase headed by `head` says of `person`, with what follows it."""
        c = self.c
        post = self.posts.phrase(head)
        post.former = post.former or former
        noun = c.lemma[head]
        if post.at is None:
            post.at = self.posts.body(head + 1)
        body = self.layer.mentions[post.at] if post.at is not None else None
        if noun in self.titles.residents:
            if body is not None and post.at is not None and family(body.kind) == PLACE:
                self._relate(person, "residentOf", post.at)
            self._same(person, head)
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
        for k in c.children[head]:
            if c.dep[k] == "conj" and k > head and self._names_post(k) and c.tag[k] in ("NN", "NNP"):
                self._belong(person, k, former)  # a senator and former mayor

    def _possessor(self, person: int, start: int) -> None:
        """*Y's X*, Y an organisation: X belongs to Y."""
        c = self.c
        if start >= 2 and c.tag[start - 1] == "POS" and start - 1 in self.posts.at_end:
            owner = self.posts.at_end[start - 1]
            mention = self.layer.mentions[owner]
            if mention.form is Form.NAMED and family(mention.kind) == ORGANIZATION:
                self._relate(person, "memberOf", owner)

    def _of(self, person: int, end: int) -> None:
        """*X of Y* and *X, 42, of Y*: X belongs to Y, lives there, or has there the post before the name."""
        c, k = self.c, end
        if k + 3 < len(c) and c.text[k] == "," and c.text[k + 1].isdigit() and c.text[k + 2] == ",":
            k += 3
        elif k + 1 < len(c) and c.text[k] == "," and c.lower[k + 1] in ("of", "from"):
            k += 1
        if k + 1 >= len(c) or c.lower[k] not in ("of", "from") or (k == end and c.lower[k] == "from"):
            return
        at = k + 1 + (c.lower[k + 1] == "the")
        at += at not in self.posts.at_start and c.tag[at] in ("JJ", "VBG")  # of neighbouring Y
        if at not in self.posts.at_start or c.sentence[at] != c.sentence[end - 1]:
            return
        other = self.posts.at_start[at]
        body = self.layer.mentions[other]
        held = [h for h in self.layer.holdings if h.evidence[:1] == (person,) and h.at is None]
        ranks = self.titles.services | self.titles.ranks
        posts = [h for h in held if not {w.rstrip(".") for w in h.title.lower().split()} <= ranks]
        if k == end and posts and family(body.kind) != PERSON:
            for holding in posts:
                holding.at, holding.evidence = self._chain(other), (person, other)
        elif family(body.kind) == PLACE and k > end:
            self._relate(person, "residentOf", other)
        if family(body.kind) == ORGANIZATION and (body.kind != "GovernmentBody" or (held and not posts)):
            self._relate(person, "memberOf", other)

    def _reversed(self, person: int, start: int) -> None:
        """*Y's leader, X*; *the commander of Y, X*; *another Y resident, X*; *the envoy to Y X*."""
        c = self.c
        seat = self.posts.at_end.get(start)
        if seat is not None and (head := self._sent_to(seat)) is not None:
            self._belong(person, head)
            return
        if start < 2 or c.text[start - 1] != "," or c.sentence[start - 1] != c.sentence[start]:
            return
        k = start - 2
        if k in self.posts.within or not (self.posts.is_post(k) or c.lemma[k] in self.titles.residents):
            head = self._head_of_phrase(k)
            if head is None:
                return
            k = head
        elif not self._introduced(k):
            return
        if c.lemma[k] in self.titles.members and c.lemma[k] not in self.titles.posts:
            return
        self._belong(person, k)

    def _sent_to(self, place: int) -> int | None:
        """The post of *the envoy to Y*, Y the mention `place`, or None."""
        c, mention = self.c, self.layer.mentions[place]
        head = mention.start - 2
        sent = head >= 0 and c.lower[head + 1] in ("to", "for", "of") and self.posts.is_post(head)
        return head if sent and family(mention.kind) == PLACE else None

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
            if c.lower[k] in ("of", "for", "in", "at", "to") and k - 1 >= floor and self.posts.is_post(k - 1):
                return k - 1
            if (
                c.pos[k] not in PHRASE
                and k not in self.posts.within
                and c.lower[k] not in ("of", "for", "in", "and")
            ):
                return None
            k -= 1
        return None

    def _clauses(self, person: int, root: int) -> None:
        """*X is the Y of Z*, *X, who is also Z's Y*, *X, who heads Z*, *X resigned as Y*."""
        c = self.c
        verbs = [c.head[root]] if c.dep[root] in ("nsubj", "nsubjpass") else []
        verbs += [
            k
            for k in c.children[root]
            if c.dep[k] == "relcl" and any(c.lower[s] == "who" and c.dep[s] == "nsubj" for s in c.children[k])
        ]
        for verb in verbs:
            if any(c.dep[k] == "neg" for k in c.children[verb]):
                continue
            lemma = c.lemma[verb]
            if lemma in self.titles.serving:
                self._serves(person, verb)
            if lemma in self.titles.verbs and c.pos[verb] == "VERB":
                self._heads(person, verb)
            complements = lemma in self.titles.copulas or (
                lemma in self.titles.appointing and c.dep[root] == "nsubjpass"
            )
            for k in c.children[verb]:
                if complements and c.dep[k] in ("attr", "oprd", "dobj", "xcomp") and self._names_post(k):
                    self._belong(person, k)
                elif c.dep[k] == "prep" and c.lower[k] == "as":
                    for head in c.children[k]:
                        leaves = lemma in self.titles.leaving
                        served = leaves or complements or lemma in self.titles.appointing
                        if c.dep[head] == "pobj" and served and self._names_post(head):
                            self._belong(person, head, former=leaves)

    def _serves(self, person: int, verb: int) -> None:
        """*X was assigned to Y*, *X serves with Y*: X is a member of Y."""
        c = self.c
        for k in c.children[verb]:
            if c.dep[k] != "prep" or c.lower[k] not in self.titles.serving[c.lemma[verb]]:
                continue
            for inner in c.children[k]:
                at = self.layer.mention_of.get(inner)
                body = self.layer.mentions[at] if at is not None else None
                named = body is not None and body.form is Form.NAMED
                if at is not None and body is not None and named and family(body.kind) == ORGANIZATION:
                    self._relate(person, "memberOf", at)

    def _heads(self, person: int, verb: int) -> None:
        """*X heads Y*."""
        for k in self.c.children[verb]:
            at = self.layer.mention_of.get(k)
            if self.c.dep[k] != "dobj" or at is None or family(self.layer.mentions[at].kind) == PERSON:
                continue
            title = self.titles.verbs[self.c.lemma[verb]]
            self._write(Holding(self._chain(person), title, self._chain(at), evidence=(person, at)))

    def _appointed(self, person: int, end: int) -> None:
        """*Y appointed X prime minister of Z*."""
        c = self.c
        root = self.layer.mentions[person].root
        verbs = {c.head[root], c.head[c.head[root]]}
        if not any(c.lemma[v] in self.titles.appointing and v < root for v in verbs):
            return
        if end < len(c) and c.pos[end] in ("NOUN", "ADJ", "PROPN", "DET", "ADP"):
            self._complement(person, end + (c.lower[end] == "as"))

    def _names_post(self, head: int) -> bool:
        return self.posts.is_post(head) or self.c.lemma[head] in self.titles.members

    def _counterparts(self) -> None:
        """*Minister X met his Zian counterpart, Y*: Y holds the post of X, in Z."""
        c = self.c
        for i, lemma in enumerate(c.lemma):
            if lemma not in self.titles.counterparts or not self.posts.adjectives.speaks_of_place(i - 1):
                continue
            after = i + 1 + (i + 1 < len(c) and c.text[i + 1] == ",")
            person = self.posts.at_start.get(after)
            verb = i
            while c.pos[verb] != "VERB" and c.head[verb] != verb:
                verb = c.head[verb]
            subjects = [self.layer.mention_of.get(k) for k in c.children[verb] if c.dep[k] == "nsubj"]
            chains = {self._chain(index) for index in subjects if index is not None}
            country = self.posts.adjectives.mention(i - 1)
            if person is None or country is None or self.layer.mentions[person].kind != PERSON:
                continue
            for holding in [h for h in self.layer.holdings if h.holder in chains and not h.former]:
                if set(holding.title.lower().split()) & self.titles.posts - self.titles.services:
                    at = self._chain(country)
                    self._write(Holding(self._chain(person), holding.title, at, evidence=(person, country)))
                    break

    def _nominals(self) -> None:
        """Unnamed people with a post: *a Y spokesman*, *the governor of Y*, so that they speak for Y."""
        c = self.c
        for index, mention in enumerate(list(self.layer.mentions)):
            if mention.form is not Form.NOMINAL or mention.kind != PERSON or index in self.titled:
                continue
            if not self.posts.is_post(mention.root):
                continue
            post = self.posts.phrase(mention.root)
            if post.at is None and (post.country is None or self.posts.belongs(mention.root + 1)):
                post.at = self.posts.body(mention.root + 1)
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
            index = self.posts.adjectives.mention(post.country)
            if index is not None:
                at = self._chain(index)
                evidence = (person, index)
        holding = Holding(self._chain(person), post.title, at, post.former, evidence)
        self._write(holding)

    def _write(self, holding: Holding) -> None:
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
