"""Pronouns of the third person, resolved where one antecedent stands out.

Candidates are weighed by distance, grammatical role and form, after Lappin and Leass (1994); number,
gender and kind exclude.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import Counter

from kg.annotate.columns import Columns
from kg.annotate.evidence import PERSON, PLACE, family
from kg.annotate.joining import Joining
from kg.annotate.layer import Mention
from kg.annotate.words import GivenNames, Nouns
from kg.gazetteer.folding import fold
from kg.model import Form

_HE = frozenset(["he", "him", "his", "himself"])
_SHE = frozenset(["she", "her", "hers", "herself"])
_THEY = frozenset(["they", "them", "their", "theirs", "themselves"])
_IT = frozenset(["it", "its", "itself"])
_SUBJECT = frozenset(("nsubj", "nsubjpass"))
_MUTE = frozenset(
    ("PopulatedPlace", "Province", "District", "Region", "Facility")
)  # of places, these say nothing
_SOME = frozenset(("a", "an", "another"))
_CLOSES = frozenset((",", '"', "”"))
_REACH = 2  # sentences back


class Pronouns:
    """Adds pronoun mentions to the chains of a document."""

    def __init__(self, c: Columns, joining: Joining, nouns: Nouns, given: GivenNames) -> None:
        self.c, self.joining, self.nouns = c, joining, nouns
        self.layer = joining.layer
        self.quoted = _quoted(c)
        self.number = self._numbers()
        self.gender = self._genders(given)
        # How many mentions, in order of the text, are out of a pronoun's reach, and how many of each chain.
        self._passed = 0
        self._before: Counter[int] = Counter()

    def _genders(self, given: GivenNames) -> dict[int, str]:
        """For each chain of a person whose given name shows it, ``he`` or ``she``."""
        found: dict[int, str] = {}
        for chain in self.layer.chains:
            parts = chain.name.split()
            if chain.kind == PERSON and chain.named and len(parts) > 1:
                pronoun = given.pronoun(fold(parts[0]))
                if pronoun is not None:
                    found[chain.id] = pronoun
        return found

    def _numbers(self) -> dict[int, str]:
        """For each chain whose verbs show it, ``plural`` or ``singular``."""
        votes: Counter[int] = Counter()
        for mention in self.layer.mentions:
            verb = self.c.head[mention.root]
            if self.c.dep[mention.root] not in _SUBJECT or any(
                self.c.dep[k] == "conj" for k in self.c.children[mention.root]
            ):
                continue
            tags = [
                self.c.tag[verb],
                *(self.c.tag[k] for k in self.c.children[verb] if self.c.dep[k] in ("aux", "auxpass")),
            ]
            words = {
                self.c.lower[verb],
                *(self.c.lower[k] for k in self.c.children[verb] if self.c.dep[k] in ("aux", "auxpass")),
            }
            if "VBP" in tags or "were" in words:
                votes[self.joining.find(mention.chain)] += 1
            elif "VBZ" in tags or "was" in words:
                votes[self.joining.find(mention.chain)] -= 1
        return {chain: "plural" if vote > 0 else "singular" for chain, vote in votes.items() if vote}

    def join(self) -> None:
        """Resolve the pronouns from first to last."""
        c = self.c
        order = sorted(self.layer.mentions, key=_place)
        self._passed, self._before = 0, Counter()
        for i, word in enumerate(c.lower):
            if c.tag[i] not in ("PRP", "PRP$") or i in self.layer.mention_of:
                continue
            who = (
                "he"
                if word in _HE
                else "she"
                if word in _SHE
                else "they"
                if word in _THEY
                else "it"
                if word in _IT
                else ""
            )
            if not who or (who == "it" and self._pleonastic(i)):
                continue
            chain = self._antecedent(i, who, order)
            if chain is None:
                continue
            if who in ("he", "she"):
                self.gender[chain] = who
            mention = Mention(
                i,
                i + 1,
                i,
                Form.PRONOUN,
                self.layer.chains[chain].kind,
                chain,
                plural=who == "they",
                confidence=0.7,
            )
            self.joining.add(mention)
            insort(order, mention, key=_place)

    def _pleonastic(self, i: int) -> bool:
        """Whether *it* speaks of nothing (*it is clear that*)."""
        c = self.c
        if c.lower[i] != "it":
            return False
        verb = c.head[i]
        if c.dep[i] == "expl":
            return True
        if c.dep[i] not in _SUBJECT:
            return False
        if any(
            c.tag[k] == "VBG"
            for a in c.children[verb]
            if c.dep[a] in ("acomp", "prep")
            for k in c.children[a]
        ):
            return c.lemma[verb] == "be"  # *it is worth noting*
        clause = any(c.dep[k] in ("ccomp", "xcomp", "csubj", "advcl") and k > verb for k in c.children[verb])
        adjective = any(c.dep[k] in ("acomp", "attr", "oprd") for k in c.children[verb])
        return clause and (adjective or c.dep[i] == "nsubjpass" or c.lemma[verb] in ("seem", "appear", "be"))

    def _antecedent(self, i: int, who: str, order: list[Mention]) -> int | None:
        c = self.c
        sentence = c.sentence[i]
        subject = self._subject(i)
        called = self._called(i) if who == "it" else None
        if subject is not None and self._fits(subject, who) and subject not in self.layer.mention_of:
            return None  # the sentence's own subject, of which nothing is known
        owner = self.layer.mention_of.get(subject) if subject is not None and c.tag[i] == "PRP$" else None
        if owner is not None and who == "they" and family(self.layer.mentions[owner].kind) == PLACE:
            return None  # *the country … their*
        reflexive = c.lower[i].endswith(("self", "selves"))
        apart = self._named_below(i, order)
        client = self._client(i) if who in ("he", "she") else None
        speaks = who == "it" and c.dep[i] == "nsubj" and c.lemma[c.head[i]] in self.nouns.saying
        suffers = who == "they" and c.dep[i] == "nsubjpass"
        reporting = who in ("it", "they") and not self.quoted[i] and self._reports(i)
        closing = reporting and who == "they" and i > 0 and c.text[i - 1] in _CLOSES  # *…, they said*
        singular: set[int] = set()
        scores: dict[int, float] = {}
        while self._passed < len(order):  # out of reach for this pronoun, and for all that follow
            mention = order[self._passed]
            if mention.start >= i or sentence - c.sentence[mention.start] <= _REACH:
                break
            self._before[self.joining.find(mention.chain)] += 1
            self._passed += 1
        seen: Counter[int] = Counter()
        for at in range(self._passed, len(order)):
            mention = order[at]
            if mention.start >= i:
                break
            chain = self.joining.find(mention.chain)
            seen[chain] += 1
            distance = sentence - c.sentence[mention.start]
            if distance > _REACH or mention.end > i or not self._agrees(mention, chain, who):
                continue
            if self._bound(mention, i) or chain in apart or (distance == 0 and self._reported(mention, i)):
                continue
            if who == "they" and distance == 0 and c.lower[mention.start] in _IT:
                singular.add(chain)  # *the union … it … they*: somebody else
            if chain in singular:
                scores.pop(chain, None)
                continue
            if called and family(self.layer.chains[chain].kind) != called:
                continue
            if speaks and self.layer.chains[chain].kind in _MUTE:
                continue
            score = 5.0 - 2.8 * distance
            if who == "they" and self.number.get(chain) == "singular":
                score -= 1.8
            if (
                who == "they"
                and c.tag[i] == "PRP$"
                and distance == 0
                and c.head[mention.root] in self._verbs_above(i)
            ):
                score += 1.5
            thing = c.dep[i] in ("dobj", "dative", "pobj") and c.tag[i] != "PRP$"
            if mention.root == subject:
                if thing and not reflexive:
                    continue  # nobody is both in one clause
                score += 1.5
            role = c.dep[mention.root]
            verb = c.head[mention.root]
            if role in _SUBJECT:
                score += 0.5 if thing else 2.0
                if c.dep[verb] == "ROOT" and not thing:
                    score += 1.0
                if suffers and role == "nsubj" and any(c.dep[k] == "dobj" for k in c.children[verb]):
                    score -= 1.5  # what is done to whom goes on: the object, not the doer
            elif role == "dobj":
                score += 3.0 if suffers else 2.0 if thing else 0.8
            elif role in ("poss", "compound", "nmod", "amod"):
                score -= 0.5 if c.tag[i] != "PRP$" or distance else 0.0
            if closing and distance and self._reports(mention.root):
                score += 3.5  # who spoke goes on
            if role == "poss" and who in ("he", "she") and self._speaks_for(mention, i):
                score += 2.0
            if client is not None and chain == client:
                score += 6.0  # more than the subject's weight
            if role in ("dobj", "dative") and who == "they" and c.lemma[verb] in self.nouns.saying:
                score -= 2.5  # *told reporters that they had fled*
            if mention.form is Form.PRONOUN:
                score += 0.7
            if mention.form is Form.NAMED and who in ("he", "she"):
                score += 0.5
            if reporting and distance == 0 and self.quoted[mention.start]:
                continue  # *“… the rebels …,” it said*: who speaks is not told of inside
            place = self.layer.chains[chain].kind
            if reporting and family(place) == PLACE and place != "Country":
                continue  # no town speaks
            outside = self.quoted[i] and not self.quoted[mention.start]
            if outside and (who in ("it", "they") or self._speaks(mention, i)):
                continue
            if reflexive:
                score = mention.start / max(i, 1) if distance == 0 else -9.0  # the nearest of the clause
                score += 3.0
            scores[chain] = max(
                scores.get(chain, -9.0), score + 0.1 * min(self._before[chain] + seen[chain], 3)
            )
        if not scores:
            return None
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        margin = 0.0 if reflexive else 0.4 if who in ("he", "she") else 0.8
        if ranked[0][1] < (2.5 if len(ranked) > 1 else 1.5) or (
            len(ranked) > 1 and ranked[0][1] - ranked[1][1] < margin
        ):
            return None
        return ranked[0][0]

    def _reports(self, i: int) -> bool:
        """Whether the token at `i` is the subject of a verb of saying."""
        return self.c.dep[i] in _SUBJECT and self.c.lemma[self.c.head[i]] in self.nouns.saying

    def _speaks_for(self, mention: Mention, i: int) -> bool:
        """Whether what belongs to the mention, and is nobody, says the clause of *he* at `i`."""
        c = self.c
        owned = c.head[mention.root]
        index = self.layer.mention_of.get(owned)
        person = index is not None and self.layer.mentions[index].kind == PERSON
        verb = c.head[owned]
        below = c.dep[c.head[i]] == "ccomp" and c.head[c.head[i]] == verb
        return below and not person and c.dep[owned] in _SUBJECT and c.lemma[verb] in self.nouns.saying

    def _client(self, i: int) -> int | None:
        """The chain of X where *X's lawyer said he …*, *he* at `i`, tells of X."""
        c = self.c
        clause = c.head[i]
        said = c.head[clause]
        if c.dep[i] not in _SUBJECT or c.dep[clause] != "ccomp" or c.lemma[said] not in self.nouns.saying:
            return None
        for speaker in c.children[said]:
            if c.dep[speaker] in _SUBJECT and c.lemma[speaker] in self.nouns.representing:
                owners = [k for k in c.children[speaker] if c.dep[k] == "poss"]
                index = self.layer.mention_of.get(owners[0]) if owners else None
                return self.joining.find(self.layer.mentions[index].chain) if index is not None else None
        return None

    def _reported(self, mention: Mention, i: int) -> bool:
        """*A soldier was wounded, he said*: whom the speaker brings up as somebody is another."""
        c = self.c
        verb, first = c.head[i], mention.start
        return (
            mention.form is Form.NOMINAL
            and c.dep[i] in _SUBJECT
            and c.lemma[verb] in self.nouns.saying
            and any(c.dep[k] == "ccomp" and mention.start < k < i for k in c.children[verb])
            and (c.tag[first] == "CD" or c.lower[first - 1 if first else 0] in _SOME)
        )

    def _named_below(self, i: int, order: list[Mention]) -> set[int]:
        """Chains named behind the pronoun at `i` in the clause whose subject it is: it is none of them.

        Principle C of the theory of binding (Chomsky 1981).
        """
        c = self.c
        if c.dep[i] not in _SUBJECT:
            return set()
        verb, found = c.head[i], set()
        for at in range(bisect_right(order, i, key=lambda m: m.start), len(order)):
            mention = order[at]
            if mention.form is not Form.NAMED:
                continue
            if c.sentence[mention.start] != c.sentence[i]:
                break
            above = mention.root
            while above != verb and c.head[above] != above:
                above = c.head[above]
            if above == verb:
                found.add(self.joining.find(mention.chain))
        return found

    def _subject(self, i: int) -> int | None:
        """The subject of the clause that the pronoun at `i` stands in, or of the one above where it is it."""
        c = self.c
        at = i
        for _ in range(30):
            if c.pos[at] in ("VERB", "AUX"):
                for k in c.children[at]:
                    if c.dep[k] in _SUBJECT and k < i:
                        return k
            if c.head[at] == at:
                return None
            at = c.head[at]
        return None

    def _verbs_above(self, i: int) -> set[int]:
        """The verb of the clause of token `i`."""
        at = i
        for _ in range(6):
            if self.c.pos[at] in ("VERB", "AUX"):
                return {at}
            at = self.c.head[at]
        return set()

    def _fits(self, subject: int, who: str) -> bool:
        """Whether a noun of which nothing more is known could be meant by `who`."""
        tag = self.c.tag[subject]
        return (who == "they" and tag == "NNS") or (who == "it" and tag == "NN")

    def _called(self, i: int) -> str | None:
        """Of which family the clause says *it* is (*making it the ninth city to fall*), or None."""
        c = self.c
        verb = c.head[i]
        if c.dep[i] in ("dobj", "nsubjpass") and c.lemma[verb] in self.nouns.won:
            return PLACE  # *the town, after it was seized*
        for k in c.children[verb]:
            if (
                c.dep[k] in ("attr", "oprd", "ccomp", "dobj")
                and k != i
                and not (c.dep[k] == "dobj" and c.dep[i] in _SUBJECT)  # *it took the town*
                and c.lemma[k] in self.nouns.place_descriptions
            ):
                return PLACE
        return None

    def _agrees(self, mention: Mention, chain: int, who: str) -> bool:
        """Whether number, gender and kind allow the mention as antecedent of `who`."""
        kind = self.layer.chains[chain].kind
        if who in ("he", "she"):
            return kind == PERSON and self.gender.get(chain, who) == who
        number = self.number.get(chain)
        if who == "they":
            if kind == "Group":
                return True
            return kind != PERSON and family(kind) != PLACE
        if kind == PERSON or number == "plural":
            return False
        if kind == "Group":
            return not mention.plural or self.c.tag[mention.root] == "NN"
        return family(kind) != PLACE or mention.form is not Form.NOMINAL or mention.kind != ""

    def _bound(self, mention: Mention, i: int) -> bool:
        """Whether the pronoun at `i` cannot mean `mention`: one verb has both, or one holds the other."""
        c = self.c
        if c.tag[i] == "PRP$" or c.lower[i].endswith(("self", "selves")):
            return mention.start <= i < mention.end
        return c.head[i] == c.head[mention.root] and c.dep[i] in ("dobj", "nsubj", "nsubjpass", "dative")

    def _speaks(self, mention: Mention, i: int) -> bool:
        """Whether the mention is the subject of the verb that brings the quotation around token `i`."""
        c = self.c
        if c.dep[mention.root] not in _SUBJECT:
            return False
        verb = c.head[mention.root]
        at = i
        for _ in range(30):
            if at == verb:
                return True
            if c.head[at] == at:
                return False
            at = c.head[at]
        return False


def _quoted(c: Columns) -> list[bool]:
    """For each token, whether it stands between quotation marks."""
    inside = False
    found = []
    for text in c.text:
        if text == "“":
            inside = True
        elif text == "”":
            inside = False
        elif text == '"':
            inside = not inside
        elif "\n\n" in text:
            inside = False
        found.append(inside)
    return found


def _place(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end
