"""From a token in an argument slot to the mentions that fill it, and whether it may fill it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.annotate.families import AGENTS, ORGANIZATIONS, PLACES, family
from kg.annotate.grammar import antecedent, children, coordinated, is_verb, prepositions, surface_subject
from kg.annotate.layer import Layer, Mention
from kg.annotate.lexicon import Category, Lexicon
from kg.model import Form

_OWN_WORD = frozenset(("it", "its"))
_OWNING = frozenset(("of", "from", "by"))
_SPEAKING_FOR = _OWNING | {"for"}
_OF_NUMERALS = frozenset(("det", "advmod", "quantmod", "amod", "prep"))


class Fillers:
    """Resolves argument tokens of one document to mentions of its layer."""

    def __init__(self, doc: Doc, found: Layer, lexicon: Lexicon) -> None:
        self.doc, self.layer, self.lexicon = doc, found, lexicon
        self.named: dict[int, int] = {}
        self.ending: dict[int, int] = {}
        self._starting: dict[int, int] = {}
        self._sentences = [sentence.start for sentence in doc.sents]
        self._of_sentence: dict[int, list[int]] = {}
        for index, mention in enumerate(found.mentions):
            self.ending.setdefault(mention.end, index)
            self._of_sentence.setdefault(bisect_right(self._sentences, mention.start), []).append(index)
            if mention.form is Form.NAMED:
                self._starting.setdefault(mention.start, index)
                for i in range(mention.start, mention.end):
                    self.named.setdefault(i, index)
        self.towns = lexicon.categories["town"].nouns
        self.designators = lexicon.categories["settlement"].nouns | lexicon.categories["place"].nouns

    def of_sentence(self, token: int) -> list[int]:
        """The mentions in the sentence of the token with that index."""
        return self._of_sentence.get(bisect_right(self._sentences, token), [])

    def kind(self, index: int) -> str:
        """The kind of what mention `index` speaks of: the chain's, which knows more."""
        mention = self.layer.mentions[index]
        return self.layer.chains[mention.chain].kind if mention.chain >= 0 else mention.kind

    def at(self, token: Token) -> int | None:
        """The mention headed by `token`, or that `token` speaks through, or None."""
        relative = antecedent(token)
        if relative.i != token.i:
            return self._at(relative) if self._at(relative) is not None else self._around(relative)
        return self._at(token)

    def _around(self, token: Token) -> int | None:
        """*X, the second city in the north that fell*: what the noun phrase around `token` speaks of."""
        if (
            token.dep_ == "pobj"
            and token.head.lower_ in ("in", "of")
            and token.head.head.tag_.startswith("NN")
        ):
            return self._at(token.head.head)
        return None

    def _at(self, token: Token) -> int | None:
        own = self.layer.mention_of.get(token.i)
        if token.lower_ in ("other", "another") and any(c.lower_ in ("each", "one") for c in token.children):
            return None  # *accused each other*
        if own is None and token.lower_ in _OWN_WORD:
            return self._speaker_of_clause(token)
        if token.lower_ == "one" and (named := self._one_of(token)) is not None:
            return named
        predicated = self._predicated(token, own)
        if predicated is not None:
            return predicated
        if own is not None and self._is_around(own, token) and (narrow := self._part_of(token)) is not None:
            return narrow
        if own is not None:
            named = self._named_beside(own, token)
            if named != own or not self._mouthpiece(own, token):
                return named
        office = own is None and token.lower_ in self.lexicon.constructions.offices and token.dep_ == "nsubj"
        if office or (token.lemma_.lower() in self.lexicon.mouthpieces and not self._deed(token)):
            principal = self._principal(token)
            if principal is not None:
                return principal
        if own is not None:
            return own
        if token.lemma_.lower() in self.designators:
            index = self._apposed(token)
            if index is not None:
                return index
        if token.lemma_.lower() in self.designators or token.lemma_.lower() in self.lexicon.partitives:
            # *the Somali capital, X*, *the Somali capital of X*: what it is called, before whose it is
            before = children(token, "compound", "nmod", "amod")
            inside = self._of(token) if token.lemma_.lower() in self.towns else []
            for child in [*children(token, "appos"), *inside, *before]:
                index = self.layer.mention_of.get(child.i)
                if index is None or (child in inside and before and self.kind(index) == "Country"):
                    continue
                if child.dep_ == "appos" or self.kind(index) in PLACES:
                    return index
            for obj in self._of(token):
                index = self.at(obj)
                if index is not None:
                    return index
            if token.lemma_.lower() in self.lexicon.partitives:  # *in X's north*
                for child in children(token, "poss"):
                    index = self.layer.mention_of.get(child.i)
                    if index is not None and self.kind(index) in PLACES and not self._sends(index):
                        return index
            for clause in children(token, "acl"):  # *an area known as X*
                for child in clause.children:
                    objects = (
                        children(child, "pobj")
                        if child.lower_ == "as"
                        else [child]
                        if child.dep_ == "oprd"
                        else []
                    )
                    for obj in objects:
                        index = self.layer.mention_of.get(obj.i)
                        if index is not None and self.kind(index) in PLACES:
                            return index
        if token.dep_ == "appos":  # *X, the second city that fell*
            index = self.layer.mention_of.get(token.head.i)
            if index is not None:
                return index
        for child in children(token, "appos"):
            index = self.layer.mention_of.get(child.i)
            if index is not None:
                return index
        return self.named.get(token.i)  # a parse that heads a name by another of its words

    def _predicated(self, token: Token, own: int | None) -> int | None:
        """*X was the third town to fall*, *X is one of the towns seized*: X, if of that kind."""
        if not children(token, "acl", "relcl"):
            return None
        verb = token.head
        if token.dep_ == "pobj" and verb.lower_ in ("of", "among"):
            verb = verb.head.head if verb.lower_ == "of" and verb.head.lemma_ == "one" else verb.head
        elif token.dep_ != "attr" or token.tag_ == "NNS":
            return None
        if verb.lemma_ != "be" or children(verb, "neg", "expl"):
            return None
        subject = surface_subject(verb)
        index = None if subject is None or subject.i == token.i else self._at(subject)
        if index is None:
            return None
        if own is None:
            return index if self.kind(index) in PLACES and token.lemma_.lower() in self.designators else None
        return index if family(self.kind(own)) == family(self.kind(index)) == "Person" else None

    def _sends(self, index: int) -> bool:
        """*Two US soldiers were hurt in the country's east*: whether *the country* is taken for theirs."""
        mention = self.layer.mentions[index]
        if mention.form is Form.NAMED:
            return False
        named = (self.layer.mentions[m] for m in self.layer.chains[mention.chain].mentions)
        return any(
            self.doc[m.root].dep_ in ("compound", "nmod")
            and self.doc[m.root].head.lemma_.lower() in self.lexicon.categories["armed"].nouns
            for m in named
        )

    def _one_of(self, token: Token) -> int | None:
        """*one of his aides, X*: X."""
        beside = [c for t in (token, *self._of(token)) for c in children(t, "appos")]
        named = (self.layer.mention_of.get(c.i) for c in beside)
        return next((i for i in named if i is not None and self.kind(i) == "Person"), None)

    def _is_around(self, own: int, token: Token) -> bool:
        """Whether what `token` is *of* is meant: *the Mali port of X*, *in the community of X*.

        So where `own` is what stands before the word: *the Kordofan capital of X*.
        """
        kind = self.kind(own)
        before = {c.i for c in children(token, "compound", "nmod", "amod")}
        if self.layer.mentions[own].root in before and kind in PLACES and token.lemma_.lower() in self.towns:
            return True
        there = token.dep_ == "pobj" and token.head.lower_ in self.lexicon.locative
        return kind == "Country" or (there and kind == "Group")

    def _part_of(self, token: Token) -> int | None:
        """*the Zia port of Y*: Y, not the country before it."""
        if token.lemma_.lower() not in self.designators:
            return None
        inner = (self.layer.mention_of.get(t.i) for t in self._of(token))
        return next((i for i in inner if i is not None and self.kind(i) in PLACES - {"Country"}), None)

    def _deed(self, token: Token) -> bool:
        """Whether *release* tells of a deed (*the release of X*), not of a text (*a press release*)."""
        return token.lemma_.lower() in self.lexicon.nouns and not children(token, "compound")

    def _speaker_of_clause(self, pronoun: Token) -> int | None:
        """*The army said it had …*: *it* that nothing else explains is who speaks."""
        verb = pronoun.head if pronoun.dep_ in ("nsubj", "nsubjpass") else pronoun.head.head
        if pronoun.dep_ not in ("nsubj", "nsubjpass", "poss") or verb.dep_ != "ccomp":
            return None
        report = verb.head
        if not is_verb(report) or not self.lexicon.speech_verb(report.lemma_.lower()):
            return None
        subject = next((c for c in report.children if c.dep_ == "nsubj"), None)
        if subject is None or subject.i == pronoun.i:
            return None
        index = self._at(subject)
        return (
            index if index is not None and self.kind(index) in ORGANIZATIONS | {"Country", "Group"} else None
        )

    def _apposed(self, token: Token) -> int | None:
        """*the regional capital, X,*: the place named behind the comma, wherever the parse hangs it."""
        after = token.i + 1
        if after + 1 >= len(self.doc) or self.doc[after].text != ",":
            return None
        index = self._starting.get(after + 1)
        if index is None or self.kind(index) not in PLACES:
            return None
        end = self.layer.mentions[index].end
        return index if end >= len(self.doc) or self.doc[end].is_punct else None

    def _named_beside(self, own: int, token: Token) -> int:
        """For an unnamed mention the named one in apposition to it, or whose part it is."""
        mention = self.layer.mentions[own]
        if mention.form is not Form.NOMINAL or (
            mention.chain >= 0 and self.layer.chains[mention.chain].named
        ):
            return own
        beside = children(token, "appos")
        if token.lemma_.lower() in self.lexicon.partitives:
            beside += self._of(token)
        if family(self.kind(own)) == "Person":  # *a spokesman for the agency, X,*: hung on *agency*
            beside += [
                t
                for t in token.subtree
                if t.dep_ == "appos" and t.head.i != token.i and self.doc[t.left_edge.i - 1].text == ","
            ]
        for child in beside:
            index = self.layer.mention_of.get(child.i)
            if index is not None and self.layer.chains[self.layer.mentions[index].chain].named:
                kinds = {family(self.kind(own)), family(self.kind(index))}
                if len(kinds) == 1 or (child.dep_ == "pobj" and kinds <= {"Group", "Organization"}):
                    return index
        return own

    def _of(self, token: Token) -> list[Token]:
        return [
            part
            for child in children(token, "prep")
            if child.lower_ == "of"
            for obj in children(child, "pobj")
            for part in coordinated(obj)
        ]

    def _mouthpiece(self, index: int, token: Token) -> bool:
        """Whether an unnamed spokesman or statement, who speaks for another."""
        mention = self.layer.mentions[index]
        return (
            mention.form is Form.NOMINAL
            and token.lemma_.lower() in self.lexicon.mouthpieces
            and (mention.chain < 0 or not self.layer.chains[mention.chain].named)
        )

    def behind(self, tokens: Iterable[Token]) -> list[int]:
        """Whose *office*, *positions* or *convoy* the tokens are: the mentions that they belong to."""
        found = [self._principal(token, _OWNING) for token in tokens]
        return [i for i in found if i is not None]

    def _principal(self, token: Token, words: frozenset[str] = _SPEAKING_FOR) -> int | None:
        near = list(children(token, "compound", "poss", "amod", "nmod"))
        for child in children(token, "prep"):
            if child.lower_ in words:
                near.extend(children(child, "pobj"))
        for clause in children(token, "acl"):  # *a statement issued by the ministry*
            if any(token.lemma_ in frame.light for frame in self.lexicon.verbs.get(clause.lemma_, ())):
                near.extend(obj for by in children(clause, "agent") for obj in children(by, "pobj"))
        for clause in children(token, "acl"):  # *targets belonging to X*, *a base used by X*
            if clause.lemma_.lower() in self.lexicon.constructions.held:
                near.extend(obj for word, obj in prepositions(clause) if word in ("to", "by"))
        found = [i for i in (self.layer.mention_of.get(child.i) for child in near) if i is not None]
        bodies = [i for i in found if self.kind(i) in AGENTS]  # *a U.S. military spokesman*
        return next((i for i in (*bodies, *found) if i in bodies or self.kind(i) == "Country"), None)

    def all(self, tokens: Iterable[Token]) -> list[int]:
        """The mentions that `tokens` stand for, without doubles; *the cities of A and B* are two."""
        found: list[int] = []
        for token in tokens:
            if self.layer.mention_of.get(token.i) is None and token.lemma_.lower() in self.designators:
                own = [
                    self.layer.mention_of.get(part.i)
                    for child in children(token, "compound", "nmod", "amod")
                    for part in coordinated(child)
                ]
                inner = own if any(i is not None for i in own) else [self.at(obj) for obj in self._of(token)]
                named = [index for index in inner if index is not None and self.kind(index) in PLACES]
                if len(named) > 1:
                    found.extend(named)
                    continue
            index = self.at(token)
            if index is not None:
                found.append(index)
            for child in children(token, "appos"):  # *with the governor X and warlord Y*
                others = [self.at(other) for other in coordinated(child)[1:]]
                found.extend(i for i in others if i is not None)
        return list(dict.fromkeys(found))

    def fits(self, token: Token, category: str) -> bool:
        """Whether `token` may stand where the lexicon asks for `category` (``any``, a name, or ``=a|b``)."""
        if category == "any":
            return True
        token = antecedent(token)
        lemma = token.lemma_.lower()
        if category.startswith("="):
            words = category[1:].split("|")
            return (
                lemma in words
                or token.lower_ in words
                or (lemma in self.lexicon.partitives and any(self.fits(o, category) for o in self._of(token)))
                or (
                    lemma in self.lexicon.papers
                    and any(c.lemma_.lower() in words for c in children(token, "compound"))
                )
            )
        wanted = self.lexicon.categories[category]
        index = self.at(token)
        if index is not None and self._of_kind(self.kind(index), wanted):
            return True
        if lemma in wanted.nouns or token.lower_ in wanted.nouns or token.lower_ in wanted.pronouns:
            return True
        if (
            token.tag_ == "CD"
            and token.like_num
            and "person" in wanted.nouns
            and all(c.dep_ in _OF_NUMERALS for c in token.children)
        ):
            return True  # *the three*, *12 died*
        if lemma in self.lexicon.partitives:
            return any(self.fits(obj, category) for obj in self._of(token))
        return False

    @staticmethod
    def _of_kind(kind: str, wanted: Category) -> bool:
        if kind in wanted.kinds or family(kind) in wanted.kinds:
            return True
        return "Agent" in wanted.kinds and kind in AGENTS

    def without(self, indices: Iterable[int], others: Iterable[int]) -> list[int]:
        """Those of the mentions `indices` that speak of nothing that one of `others` speaks of."""
        taken = list(others)
        return [i for i in indices if not any(self.same(i, other) for other in taken)]

    def same(self, one: int, other: int) -> bool:
        """Whether two mentions speak of one thing."""
        first, second = self.layer.mentions[one], self.layer.mentions[other]
        return one == other or (first.chain >= 0 and first.chain == second.chain)

    def add(self, mention: Mention) -> int:
        """Add a mention that the grammar called for, and return its index."""
        self.layer.mentions.append(mention)
        index = len(self.layer.mentions) - 1
        if mention.chain >= 0:
            self.layer.chains[mention.chain].mentions.append(index)
        self.layer.mention_of.setdefault(mention.root, index)
        return index
