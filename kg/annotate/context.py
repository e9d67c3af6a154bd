"""What an account leaves out and the words around it give: the city, the attack, the attacker.

A clause that tells of the victims of an attack told beside it has that attack's place and doer; a
sentence that goes on about what the sentence before told of happens at the same place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from kg.annotate.earlier import ELSEWHERE, REACH, long_ago, points_back, under_since
from kg.annotate.families import PLACES
from kg.annotate.fillers import Fillers
from kg.annotate.grammar import (
    coordinated,
    definite,
    is_passive,
    is_verb,
    moves_on,
    surface_subject,
)
from kg.annotate.layer import Account, Layer
from kg.annotate.lexicon import Lexicon
from kg.annotate.scan import paragraph_starts
from kg.annotate.told_together import told_with
from kg.model import Status

if TYPE_CHECKING:
    from kg.annotate.events import Telling

_ATTENDING = frozenset(("after", "during", "in", "at", "following", "before"))
_AFTERWARDS = frozenset(("after", "following"))
_NEAR = 60  # tokens in which the text has hardly moved to another place


def complete(
    doc: Doc, found: Layer, tellings: Mapping[int, Telling], fillers: Fillers, lexicon: Lexicon
) -> None:
    """Fill places and agents of violent accounts from the event that they are told with."""
    for telling in tellings.values():
        if lexicon.has(telling.frame.kind, "talk") and telling.accounts:
            _who_talks(telling, found, fillers)
    completion = _Completion(doc, found, tellings, fillers, lexicon)
    for i in sorted(tellings):
        _place_of_both(tellings[i], tellings, found, lexicon)
        if tellings[i].accounts:
            completion.of(tellings[i])


class _Completion:
    """Completes one account after another, in the order of the text, by what was told before it.

    `assaults` are the accounts of assaults so far, `previous` the last violent one that has a place and
    `paragraph` the paragraph that it stands in.
    """

    def __init__(
        self, doc: Doc, found: Layer, tellings: Mapping[int, Telling], fillers: Fillers, lexicon: Lexicon
    ) -> None:
        self.doc, self.layer, self.tellings = doc, found, tellings
        self.fillers, self.lexicon = fillers, lexicon
        self.known = {**tellings, **{t.assault: t for t in tellings.values() if t.assault is not None}}
        self.starts, self.paragraph = paragraph_starts(doc), -1
        self.assaults: list[tuple[int, Account]] = []
        self.previous: Account | None = None

    def of(self, telling: Telling) -> None:
        """Complete the accounts of `telling`."""
        lexicon, i = self.lexicon, telling.token.i
        if not (lexicon.has(telling.frame.kind, "violent") or lexicon.has(telling.frame.kind, "struck")):
            return
        account = self.layer.accounts[telling.accounts[0]]
        nearest = _nearest(telling, self.tellings, lexicon)
        if nearest is not None and nearest.accounts:
            account.agents = list(self.layer.accounts[nearest.accounts[0]].agents)
        linked, other = self._told_with(telling)
        if other is not None:
            self._take(telling, account, other)
            self._give(telling, account, linked, other)
        self._day_of_other_victims(telling, account)
        if lexicon.has(account.kind, "harm") and not account.agents:
            _from_when_clause(telling, self.tellings, self.layer, self.fillers, lexicon)
        if lexicon.has(account.kind, "harm") and not account.places:
            _from_their_deed(telling, self.tellings, self.layer, lexicon)
        if lexicon.has(account.kind, "assault"):
            self.assaults.append((i, account))
        if not lexicon.has(account.kind, "violent"):
            return
        here = bisect_right(self.starts, i)
        if self.previous is not None and self._may_be_there(telling, account, self.previous, here):
            account.places = list(self.previous.places)
            account.confidence = min(account.confidence, ELSEWHERE)
            if _goes_on(telling.token, account, self.previous, lexicon):
                account.take_date(self.previous)
        self._lend_to_first_victims(telling, account)
        again = self.previous is not None and _again_there(telling.token, account, self.previous, self.layer)
        if account.places and not again and len(telling.accounts) == 1:  # of several places none is *there*
            self.previous, self.paragraph = account, here

    def _told_with(self, telling: Telling) -> tuple[Telling | None, Account | None]:
        """The telling with which this one is told, and its account; of an empty one, what it takes up."""
        linked = told_with(telling, self.known, self.lexicon)
        linked = None if linked is telling else linked
        other = self.layer.accounts[linked.accounts[0]] if linked is not None and linked.accounts else None
        if other is None or not (other.agents or other.places or other.dated):
            other = _taken_up(telling, self.assaults, self.lexicon) or other
        return linked, other

    def _take(self, telling: Telling, account: Account, other: Account) -> None:
        """Give the account the place, the doer and the day of the `other` that it is told with."""
        lexicon = self.lexicon
        both = lexicon.has(account.kind, "violent") and lexicon.has(other.kind, "violent")
        if not account.places and other.places and both:
            _set_places(self.layer, telling, other)
        if lexicon.has(account.kind, "harm") and not account.agents and lexicon.has(other.kind, "assault"):
            account.agents = self.fillers.without(other.agents, account.targets)
        if not account.dated and other.dated:
            for index in telling.accounts:
                self.layer.accounts[index].take_date(other)

    def _give(self, telling: Telling, account: Account, linked: Telling | None, other: Account) -> None:
        """Give the `other` what the account of its victims tells of it: its doer, its day, its place."""
        lexicon, fillers, token = self.lexicon, self.fillers, telling.token
        harm, clash = lexicon.has(account.kind, "harm"), lexicon.has(other.kind, "clash")
        assault = lexicon.has(other.kind, "assault")
        struck = harm or lexicon.has(account.kind, "assault")
        if struck and assault and not other.agents and linked is not None and _whose(token, linked.token):
            # *killed by the army in a raid*, *killed ten in an attack*: whose raid it was
            other.agents = fillers.without(account.agents, other.targets + other.places)
        if harm and clash and other.targets and not other.agents:
            sides = account.agents or account.targets  # *killed five during battles with X*
            other.agents = fillers.without(sides, other.targets)
        bare = not other.agents and not other.targets
        if bare and clash and linked is not None and _taken_in(telling, linked, lexicon):
            other.agents, other.targets = list(account.agents), list(account.targets)
            other.places = other.places or list(account.places)
        if bare and harm and clash and account.agents and account.targets:  # *killed two rebels in a clash*
            other.agents, other.targets = list(account.agents), list(account.targets)
        violent = lexicon.has(account.kind, "violent")
        if violent and assault and not other.agents and is_passive(token):
            other.agents = fillers.without(account.agents, other.targets)  # *killed in a raid by X*
        if linked is None:
            return
        described = token.dep_ == "relcl" and token.head.i == linked.token.i
        for index in linked.accounts:
            same = self.layer.accounts[index]
            if harm and (token.tag_ == "VBN" or described):  # *were killed on Monday after a mine went off*
                same.take_date(account)
            if account.places and lexicon.has(other.kind, "violent"):
                same.places = same.places or list(account.places)
        if account.places and lexicon.has(other.kind, "violent"):
            for first in (self.layer.accounts[i] for i in _counted_first(linked, self.tellings)):
                first.places = first.places or list(account.places)

    def _day_of_other_victims(self, telling: Telling, account: Account) -> None:
        """*ten were killed and a dozen hurt*, *hurt* hung on the dozen: on the same day."""
        token = telling.token
        if token.dep_ != "acl" or token.head.dep_ != "conj":
            return
        first = self.tellings.get(token.head.head.i)
        if first is not None and first.accounts and first.frame.casualty and not account.times:
            account.take_date(self.layer.accounts[first.accounts[0]])

    def _may_be_there(self, telling: Telling, account: Account, previous: Account, here: int) -> bool:
        """Whether the account, which has no place, goes on with what the paragraph told to be at one place.

        `here` is the number of its paragraph.
        """
        token, words = telling.token, self.lexicon.constructions
        ahead = account.status in (Status.PLANNED, Status.POSSIBLE)
        ahead |= telling.slots.noun and token.lemma_.lower() in self.lexicon.campaigns
        if account.places or ahead or _placed_behind(telling, self.tellings) or len(previous.places) != 1:
            return False
        if here != self.paragraph and not _on_the_next_line(
            telling, account, previous, self.fillers, self.lexicon
        ):
            return False
        sentence = token.sent
        opening = self.doc[sentence.start : sentence.start + 3]
        apart = opening[0].lower_ in words.separately or (
            opening[0].lower_ == "in" and opening[-1].lower_ in words.separate
        )
        linked = told_with(telling, self.known, self.lexicon)
        for told in (token, *((linked.token,) if linked is not None else ())):
            apart = apart or any(c.lower_ in words.separate for c in told.children)
        near = sentence.start - previous.trigger < _NEAR
        before = self.doc[previous.trigger]
        if before.sent.start < sentence.start and under_since(before):
            return False
        return near and not apart and not _elsewhere(token, previous, self.tellings, self.layer)

    def _lend_to_first_victims(self, telling: Telling, account: Account) -> None:
        """*ten were killed and 50 wounded in raids in X*: the killing was there, too."""
        token = telling.token
        first = self.tellings.get(token.head.i) if token.dep_ == "conj" else None
        if first is None or not first.accounts or not (first.frame.casualty and telling.frame.casualty):
            return
        before = self.layer.accounts[first.accounts[0]]
        before.places = before.places or list(account.places)
        before.agents = before.agents or self.fillers.without(account.agents, before.targets)
        before.take_date(account)


def _place_of_both(telling: Telling, tellings: Mapping[int, Telling], found: Layer, lexicon: Lexicon) -> None:
    """*found and destroyed a cache in X*, *arrested ten men and seized rifles in X*: both were there."""
    token = telling.token
    first = tellings.get(token.head.i) if token.dep_ == "conj" and is_verb(token) else None
    if first is None or not first.accounts or not telling.accounts or token.tag_ != first.token.tag_:
        return
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children) or moves_on(token):
        return
    kinds = (first.frame, telling.frame)
    if all(lexicon.has(f.kind, "struck") or f.casualty for f in kinds):
        before = found.accounts[first.accounts[0]]
        before.places = before.places or list(found.accounts[telling.accounts[0]].places)


def _placed_behind(telling: Telling, tellings: Mapping[int, Telling]) -> bool:
    """*A guard was killed and two were hurt when gunmen raided a post in X*: the second verb says where."""
    joined = (c for c in telling.token.children if c.dep_ == "conj" and c.i in tellings)
    return telling.frame.casualty and any(tellings[c.i].frame.casualty for c in joined)


def _elsewhere(token: Token, previous: Account, tellings: Mapping[int, Telling], found: Layer) -> bool:
    """*Two were killed and one was wounded in Y*, after X: whether the sentence goes on at another place."""
    known = {found.mentions[m].chain for m in previous.places}
    ahead = (tellings.get(j) for j in range(token.i + 1, token.sent.end))
    places = [
        m for other in ahead if other is not None for a in other.accounts for m in found.accounts[a].places
    ]
    return bool(places) and not any(found.mentions[m].chain in known for m in places)


def _whose(killed: Token, deed: Token) -> bool:
    """*killed by the army in a raid*, *killed ten in an attack*: it was theirs; *in the raid* need not be."""
    if deed.dep_ != "pobj" or deed.head.lower_ not in ("in", "during", "by", "with"):
        return False
    return is_passive(killed) or not definite(deed)


def _on_the_next_line(
    telling: Telling, account: Account, previous: Account, fillers: Fillers, lexicon: Lexicon
) -> bool:
    """*… dropped three bombs on X on Tuesday.* and, a paragraph of its own, *Ten people were killed.*"""
    return (
        lexicon.has(previous.kind, "assault")
        and previous.status in (Status.ASSERTED, Status.CLAIMED)
        and _goes_on(telling.token, account, previous, lexicon)
        and not any(telling.slots.found.get(name) for name in _AFTERWARDS)
        and not any(fillers.kind(i) in PLACES for i in fillers.of_sentence(telling.token.i))
    )


def _goes_on(token: Token, account: Account, previous: Account, lexicon: Lexicon) -> bool:
    """*… attacked a post on Monday. Five were killed*: those who were harmed in it, on the same day."""
    return (
        lexicon.has(account.kind, "harm")
        and not lexicon.has(previous.kind, "harm")
        and (not account.dated or account.start_date == previous.start_date)
        and previous.dated
        and token.tag_ in ("VBD", "VBN", "VBG")
        and not any(c.lower_ in ("had", "has", "have") for c in token.children)
        and 0 <= token.sent.start - token.doc[previous.trigger].sent.end <= 1
    )


def _taken_up(telling: Telling, assaults: list[tuple[int, Account]], lexicon: Lexicon) -> Account | None:
    """*The strike killed two*: the assault told last, which the subject takes up."""
    if not lexicon.has(telling.frame.kind, "harm") or not assaults:
        return None
    for token in telling.slots.found["subject"]:
        if (
            telling.token.i - assaults[-1][0] < REACH
            and any(lexicon.has(f.kind, "assault") for f in lexicon.nouns.get(token.lemma_.lower(), ()))
            and points_back(token)
        ):
            return assaults[-1][1]
    return None


def _who_talks(telling: Telling, found: Layer, fillers: Fillers) -> None:
    """*he said during a meeting with X*, *speaking after talks*: the subject was there."""
    token, account = telling.token, found.accounts[telling.accounts[0]]
    if (
        account.agents
        or not telling.slots.noun
        or token.dep_ != "pobj"
        or token.head.lower_ not in _ATTENDING
    ):
        return
    verb = token.head.head
    subject = surface_subject(verb) if is_verb(verb) else None
    doers = fillers.all(coordinated(subject)) if subject is not None else []
    account.agents = fillers.without(doers, account.targets + account.places)


def _from_when_clause(
    telling: Telling, tellings: Mapping[int, Telling], found: Layer, fillers: Fillers, lexicon: Lexicon
) -> None:
    """*ten were killed when rebels stormed the post*: those who stormed it killed them."""
    for clause in telling.token.children:
        other = tellings.get(clause.i)
        if (
            clause.dep_ == "advcl"
            and other is not None
            and other.accounts
            and lexicon.has(other.frame.kind, "assault")
            and any(c.lower_ in ("when", "as", "after") for c in clause.children)
        ):
            account, storm = found.accounts[telling.accounts[0]], found.accounts[other.accounts[0]]
            account.agents = fillers.without(storm.agents, account.targets)
            account.places = account.places or list(storm.places)
            account.take_date(storm)
            if telling.token.tag_ == "VBN":
                storm.take_date(account)
            return


def _from_their_deed(
    telling: Telling, tellings: Mapping[int, Telling], found: Layer, lexicon: Lexicon
) -> None:
    """*killed two rebels who attacked a post in X*: they were killed there, if on no other day."""
    for victims in telling.slots.found["object"]:
        for clause in victims.children:
            other = tellings.get(clause.i) if clause.dep_ == "relcl" and clause.tag_ == "VBD" else None
            if other is None or not other.accounts or not lexicon.has(other.frame.kind, "assault"):
                continue
            deed = found.accounts[other.accounts[0]]
            if not deed.dated:
                for index in telling.accounts:
                    found.accounts[index].places = list(deed.places)
                    deed.take_date(found.accounts[index])
                return


def _counted_first(second: Telling, tellings: Mapping[int, Telling]) -> list[int]:
    """*killed two and hurt one when he opened fire in X*: for the hurt, the accounts of the killed."""
    first = tellings.get(second.token.head.i) if second.token.dep_ == "conj" else None
    both = first is not None and first.frame.casualty and second.frame.casualty
    return first.accounts if first is not None and both else []


def _taken_in(telling: Telling, clash: Telling, lexicon: Lexicon) -> bool:
    """*seized X in a firefight*, *fought Y in a gun battle*: whether who did so fought in it."""
    noun = clash.token
    behind = noun.dep_ == "pobj" and noun.head.lower_ == "in" and noun.head.head.i == telling.token.i
    taking = lexicon.has(telling.frame.kind, "per_place") or lexicon.has(telling.frame.kind, "clash")
    return behind and taking and not telling.slots.noun


def _nearest(telling: Telling, tellings: Mapping[int, Telling], lexicon: Lexicon) -> Telling | None:
    """*hunting a man whose device exploded, wounding ten*: the deed just told wounded them, not the hunt."""
    token = telling.token
    if not lexicon.has(telling.frame.kind, "harm") or token.tag_ != "VBG" or token.dep_ != "advcl":
        return None
    before = [
        j
        for j, other in tellings.items()
        if token.sent.start <= j < token.i and lexicon.has(other.frame.kind, "assault")
    ]
    if not before or max(before) == token.head.i:
        return None
    return tellings[max(before)]


def _again_there(token: Token, account: Account, previous: Account, found: Layer) -> bool:
    """*struck X, which has been bombed before*: what is told next goes on from the first."""
    here, there = ({found.mentions[m].chain for m in each.places} for each in (account, previous))
    return here == there and long_ago(token)


def _set_places(found: Layer, telling: Telling, other: Account) -> None:
    for index in telling.accounts:
        found.accounts[index].places = list(other.places)
