"""Pronouns of the third person, resolved where one antecedent stands out.

Candidates are weighed by distance, grammatical role and form, after Lappin and Leass (1994); number,
gender and kind exclude.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is asked of those whom a pronoun, the token `i`, may mean.

    `who` is its nominative. `subject` is the subject of its clause, `called` the family of what it is said to
    be, `apart` are chains named inside its clause, `client` is the chain of X in *X's lawyer said he*. It
    `speaks` or `suffers` what its verb says, is `reporting` outside quotations, perhaps `closing` a sentence
    (*…, they said*), or is an object (`thing`).
    """

    i: int
    who: str
    sentence: int
    subject: int | None
    called: str | None
    apart: Collection[int]
    client: int | None
    possessive: bool
    reflexive: bool
    speaks: bool
    suffers: bool
    reporting: bool
    closing: bool
    thing: bool


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
        """For each chain of a person whose given name or noun shows it, ``he`` or ``she``."""
        found: dict[int, str] = {}
        for chain in self.layer.chains:
            parts = chain.name.split()
            if chain.kind == PERSON and chain.named and len(parts) > 1:
                pronoun = given.pronoun(fold(parts[0]))
                if pronoun is not None:
                    found[chain.id] = pronoun
        for mention in self.layer.mentions:
            word = self.nouns.gendered.get(self.c.lemma[mention.root])
            if word is not None and mention.form is Form.NOMINAL and mention.kind == PERSON:
                found.setdefault(self.joining.find(mention.chain), word)  # *a woman … he*: somebody else
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
        """The chain that the pronoun at `i` most likely speaks of, or None where that is open."""
        asked = self._asked(i, who, order)
        if asked is None:
            return None
        self._pass(i, order)
        singular: set[int] = set()
        scores: dict[int, float] = {}
        seen: Counter[int] = Counter()
        for at in range(self._passed, len(order)):
            mention = order[at]
            if mention.start >= i:
                break
            chain = self.joining.find(mention.chain)
            seen[chain] += 1
            distance = asked.sentence - self.c.sentence[mention.start]
            if not self._in_reach(mention, chain, asked, distance):
                continue
            if who == "they" and distance == 0 and self.c.lower[mention.start] in _IT:
                singular.add(chain)  # *the union … it … they*: somebody else
            if chain in singular:
                scores.pop(chain, None)
                continue
            if self._ruled_out(mention, chain, asked, distance):
                continue
            told = 0.1 * min(self._before[chain] + seen[chain], 3)
            scores[chain] = max(scores.get(chain, -9.0), self._score(mention, chain, asked, distance) + told)
        return _clear_first(scores, asked)

    def _asked(self, i: int, who: str, order: list[Mention]) -> _Asked | None:
        """What the clause of the pronoun at `i` says of whom it may mean; None where nobody is known."""
        c = self.c
        subject = self._subject(i)
        called = self._called(i) if who == "it" else None
        if subject is not None and self._fits(subject, who) and subject not in self.layer.mention_of:
            return None  # the sentence's own subject, of which nothing is known
        owner = self.layer.mention_of.get(subject) if subject is not None else None
        if owner is not None and who == "they" and family(self.layer.mentions[owner].kind) == PLACE:
            several = any(c.dep[k] == "conj" for k in c.children[self.layer.mentions[owner].root])
            if several or c.tag[i] == "PRP$":
                return None  # *A and B say they*, two capitals; *the country … their*
        reporting = who in ("it", "they") and not self.quoted[i] and self._reports(i)
        return _Asked(
            i=i,
            who=who,
            sentence=c.sentence[i],
            subject=subject,
            called=called,
            apart=self._named_below(i, order),
            client=self._client(i) if who in ("he", "she") else None,
            possessive=c.tag[i] == "PRP$",
            reflexive=c.lower[i].endswith(("self", "selves")),
            speaks=who == "it" and c.dep[i] == "nsubj" and self._says(i),
            suffers=who == "they" and c.dep[i] == "nsubjpass",
            reporting=reporting,
            closing=reporting and who == "they" and i > 0 and c.text[i - 1] in _CLOSES,
            thing=c.dep[i] in ("dobj", "dative", "pobj") and c.tag[i] != "PRP$",
        )

    def _pass(self, i: int, order: list[Mention]) -> None:
        """Count the mentions that are out of reach for the pronoun at `i`, and for all that follow."""
        while self._passed < len(order):
            mention = order[self._passed]
            if mention.start >= i or self.c.sentence[i] - self.c.sentence[mention.start] <= _REACH:
                break
            self._before[self.joining.find(mention.chain)] += 1
            self._passed += 1

    def _in_reach(self, mention: Mention, chain: int, asked: _Asked, distance: int) -> bool:
        """Whether the mention may be meant by number, gender and place in the sentence (binding)."""
        if distance > _REACH or mention.end > asked.i or not self._agrees(mention, chain, asked.who):
            return False
        if self._bound(mention, asked.i) or chain in asked.apart:
            return False
        return not (distance == 0 and self._reported(mention, asked.i))

    def _ruled_out(self, mention: Mention, chain: int, asked: _Asked, distance: int) -> bool:
        """Whether what the clause says of the pronoun is never said of the mention."""
        kind = self.layer.chains[chain].kind
        if asked.called and family(kind) != asked.called:
            return True
        if asked.speaks and kind in _MUTE:
            return True
        if mention.root == asked.subject and asked.thing and not asked.reflexive:
            return True  # nobody is both in one clause
        if asked.reporting and distance == 0 and self.quoted[mention.start]:
            return True  # *“… the rebels …,” it said*: who speaks is not told of inside
        if asked.reporting and family(kind) == PLACE and kind != "Country":
            return True  # no town speaks
        outside = self.quoted[asked.i] and not self.quoted[mention.start]
        return outside and (asked.who in ("it", "they") or self._speaks(mention, asked.i))

    def _score(self, mention: Mention, chain: int, asked: _Asked, distance: int) -> float:
        """How salient the mention is for the pronoun: near, a subject as it is, of one number with it."""
        if asked.reflexive:  # the nearest of the clause
            return (mention.start / max(asked.i, 1) if distance == 0 else -9.0) + 3.0
        c, who = self.c, asked.who
        score = 5.0 - 2.8 * distance
        if who == "they" and self.number.get(chain) == "singular":
            score -= 1.8
        above = distance == 0 and asked.possessive and who == "they"
        if above and c.head[mention.root] in self._verbs_above(asked.i):
            score += 1.5
        if mention.root == asked.subject:
            score += 1.5
        score = self._by_role(score, mention, asked, distance)
        if asked.closing and distance and self._reports(mention.root):
            score += 3.5  # who spoke goes on
        if c.dep[mention.root] == "poss" and who in ("he", "she") and self._speaks_for(mention, asked.i):
            score += 2.0
        if asked.client is not None and chain == asked.client:
            score += 6.0  # more than the subject's weight
        if c.dep[mention.root] in ("dobj", "dative") and who == "they" and self._says(mention.root):
            score -= 2.5  # *told reporters that they had fled*
        if mention.form is Form.PRONOUN:
            score += 0.7
        if mention.form is Form.NAMED and who in ("he", "she"):
            score += 0.5
        return score

    def _by_role(self, score: float, mention: Mention, asked: _Asked, distance: int) -> float:
        """The `score` with what the role of the mention adds: a pronoun keeps the role of whom it means."""
        c = self.c
        role, verb = c.dep[mention.root], c.head[mention.root]
        if role in _SUBJECT:
            score += 0.5 if asked.thing else 2.0
            if c.dep[verb] == "ROOT" and not asked.thing:
                score += 1.0
            if asked.suffers and role == "nsubj" and any(c.dep[k] == "dobj" for k in c.children[verb]):
                score -= 1.5  # what is done to whom goes on: the object, not the doer
        elif role == "dobj":
            score += 3.0 if asked.suffers else 2.0 if asked.thing else 0.8
        elif role in ("poss", "compound", "nmod", "amod"):
            score -= 0.5 if not asked.possessive or distance else 0.0
        return score

    def _says(self, token: int) -> bool:
        """Whether the token hangs on a verb of saying."""
        return self.c.lemma[self.c.head[token]] in self.nouns.saying

    def _reports(self, i: int) -> bool:
        """Whether the token at `i` is the subject of a verb of saying."""
        return self.c.dep[i] in _SUBJECT and self._says(i)

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


def _clear_first(scores: Mapping[int, float], asked: _Asked) -> int | None:
    """The best of `scores` where it is good enough and nothing comes near it, or None."""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked:
        return None
    margin = 0.0 if asked.reflexive else 0.4 if asked.who in ("he", "she") else 0.8
    several = len(ranked) > 1
    if ranked[0][1] < (2.5 if several else 1.5) or (several and ranked[0][1] - ranked[1][1] < margin):
        return None
    return ranked[0][0]
