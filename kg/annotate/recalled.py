"""*The attack*, *Saturday's bombings*: what an earlier account told of lends its place, day and doer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from kg.annotate.earlier import ELSEWHERE, REACH, long_ago, points_back
from kg.annotate.grammar import definite, is_passive
from kg.annotate.layer import Account, Layer
from kg.annotate.lexicon import Lexicon
from kg.annotate.told_together import told_with
from kg.model import Status

if TYPE_CHECKING:
    from kg.annotate.events import Telling


def recall(doc: Doc, found: Layer, tellings: Mapping[int, Telling], lexicon: Lexicon) -> None:
    """Let *the attack* that says nothing of its own have place, day and doer of the one told before."""
    earlier: list[tuple[int, Account]] = []
    recalled: set[int] = set()
    for i in sorted(tellings):
        telling = tellings[i]
        kind = telling.frame.kind
        if not (lexicon.has(kind, "assault") or lexicon.has(kind, "clash")) or not telling.accounts:
            continue
        account = found.accounts[telling.accounts[0]]
        known = _known(doc, found, telling, earlier, lexicon)
        if known is not None:
            if account.places and found.mentions[account.places[0]].chain not in {
                found.mentions[i].chain for i in known.places
            }:
                earlier.append((i, account))  # *the attack in the town of X*: told more narrowly
            _lend(account, known, lexicon, believed=_merely_believed(tellings.get(known.trigger), lexicon))
            recalled.add(i)
        elif (account.places or (account.agents and account.dated)) and not long_ago(telling.token):
            earlier.append((i, account))
    if recalled:
        _lend_to_victims(found, tellings, recalled, lexicon)


def _known(
    doc: Doc, found: Layer, telling: Telling, earlier: list[tuple[int, Account]], lexicon: Lexicon
) -> Account | None:
    """The account among `earlier` that the telling takes up, the last one that agrees with it, or None."""
    token, account = telling.token, found.accounts[telling.accounts[0]]
    if account.agents or (account.targets and telling.assault is None):
        return None  # *the attack targeted a bus with children* is that told of
    if not (points_back(token) if telling.slots.noun else _known_device(doc, telling)):
        return None
    for at, known in reversed(earlier):
        if token.i - at >= REACH:
            return None
        if _alike(token, doc[at], known, lexicon) and _agrees(account, known, found, lexicon):
            return None if _told_elsewhere(doc, found, token.i, known, earlier[-1]) else known
    return None


def _alike(noun: Token, before: Token, known: Account, lexicon: Lexicon) -> bool:
    """Whether number and words let the noun be what `before` told of."""
    if noun.tag_ == "NNS" and _single(before):
        return False  # *the attacks*, one told
    if noun.tag_ == "NN" and _over_time(before, known):
        return False
    lemma = noun.lemma_.lower()  # *the offensive* is no single raid
    return lemma not in lexicon.campaigns or before.lemma_.lower() == lemma


def _merely_believed(telling: Telling | None, lexicon: Lexicon) -> bool:
    """*The raid is believed to have been carried out by X*: who did it is not known for sure."""
    carried = None if telling is None or not telling.slots.noun else telling.slots.support
    return (
        carried is not None
        and carried.dep_ == "xcomp"
        and (carried.head.lemma_.lower() in lexicon.claimed.verbs or not is_passive(carried.head))
    )


def _lend(account: Account, known: Account, lexicon: Lexicon, *, believed: bool) -> None:
    sure = known.status in (Status.ASSERTED, account.status)
    if sure and not believed:
        account.agents = list(known.agents)  # not a doer that somebody merely claims
    if (sure or not lexicon.has(account.kind, "clash")) and not account.targets:
        account.targets = list(known.targets)
    account.places = account.places or list(known.places)
    account.take_date(known)
    account.confidence = min(account.confidence, ELSEWHERE)


def _lend_to_victims(
    found: Layer, tellings: Mapping[int, Telling], recalled: set[int], lexicon: Lexicon
) -> None:
    """*ten were wounded in the attack*: where and when that was."""
    for telling in tellings.values():
        with_it = told_with(telling, tellings, lexicon) if lexicon.has(telling.frame.kind, "harm") else None
        if with_it is None or with_it.token.i not in recalled or not with_it.accounts:
            continue
        other = found.accounts[with_it.accounts[0]]
        for account in (found.accounts[index] for index in telling.accounts):
            account.places = account.places or list(other.places)
            account.take_date(other)


def _over_time(noun: Token, account: Account) -> bool:
    """*many bombings in the last two years*: of which *the bombing* is none that one could tell."""
    return noun.tag_ == "NNS" and account.dated and len(account.start_date or "") < len("YYYY-MM-DD")


def _single(noun: Token) -> bool:
    """Whether the noun tells of one event: *an attack*, not *fighting*."""
    return noun.tag_ == "NN" and not noun.lower_.endswith("ing")


def _known_device(doc: Doc, telling: Telling) -> bool:
    """*The bomb went off at noon*, *the blast shook X*: that told of; not *the bomb that hit a bus*."""
    if telling.assault is not None:
        return points_back(doc[telling.assault])
    return telling.token.dep_ != "relcl" and any(definite(token) for token in telling.slots.found["subject"])


def _told_elsewhere(doc: Doc, found: Layer, i: int, known: Account, last: tuple[int, Account]) -> bool:
    """Whether the text has just gone on from what is `known` to violence at another place."""
    at, nearest = last
    gap = doc[at:i].text.count("\n\n") if at < i else 0
    return gap <= 1 and _apart(known, nearest, found)


def _apart(one: Account, other: Account, found: Layer) -> bool:
    """Whether the two were at different places, neither a town of the country that the other tells."""
    here, there = ({found.mentions[i].chain for i in account.places} for account in (one, other))
    if not here or not there or here & there:
        return False
    for wide, narrow in ((here, there), (there, here)):
        if len(wide) == 1 and (country := found.chains[next(iter(wide))]).kind == "Country":
            within = country.country is not None and all(
                found.chains[i].kind != "Country" and found.chains[i].country == country.country
                for i in narrow
            )
            return not within
    return True


def _agrees(account: Account, known: Account, found: Layer, lexicon: Lexicon) -> bool:
    """Whether the two may be one event: of one family, and not of different days or places."""
    if _apart(account, known, found):
        return False
    if lexicon.has(account.kind, "clash") != lexicon.has(known.kind, "clash"):
        return False
    if known.status in (Status.PLANNED, Status.POSSIBLE):
        return False
    dates = (account.start_date, known.start_date)
    return (
        dates[0] is None or dates[1] is None or dates[0].startswith(dates[1]) or dates[1].startswith(dates[0])
    )
