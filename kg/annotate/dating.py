"""When: each account gets the date that its own clause gives, and says by which words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from kg.annotate.days_below import lend_from_attended, lend_from_below
from kg.annotate.grammar import (
    at_once,
    clause_verb,
    hung_from,
    is_operation,
    is_verb,
    moves_on,
)
from kg.annotate.headed_days import lend_headed_days
from kg.annotate.intervals_told import date_by_others
from kg.annotate.layer import Account, Layer, TimeExpression
from kg.annotate.lexicon import Lexicon
from kg.annotate.same_doers import lend_to_same_doers
from kg.annotate.time_homes import Homes, of_noun, since_word
from kg.annotate.times.dates import to_day

if TYPE_CHECKING:
    from kg.annotate.events import Telling

_TOGETHER = frozenset(("when", "as", "while"))


class _Clauses:
    """What is asked of a document again and again: verbs that carry a noun, times by head and by end."""

    def __init__(self, found: Layer, tellings: Mapping[int, Telling], lexicon: Lexicon) -> None:
        self.harming = {i for i, telling in tellings.items() if lexicon.has(telling.frame.kind, "harm")}
        self.carriers: dict[int, list[int]] = {}
        for i, telling in tellings.items():
            if telling.slots.support is not None:
                self.carriers.setdefault(telling.slots.support.i, []).append(i)
        dated = [(index, time) for index, time in enumerate(found.times) if time.kind == "date"]
        self.roots = {time.root: index for index, time in dated}
        self.ends = {time.end: index for index, time in reversed(dated)}


def date_accounts(doc: Doc, found: Layer, tellings: Mapping[int, Telling], lexicon: Lexicon) -> None:
    """Give every telling the time expressions of its clause, then what its governing clause lends it, then
    what the clause before or after which it happened does.
    """
    clauses = _Clauses(found, tellings, lexicon)
    homes = Homes(doc, tellings, clauses.carriers, lexicon, found.date)
    own: dict[int, list[int]] = {}
    by_verb: dict[int, list[int]] = {}
    joined = {t.joined: i for i, t in tellings.items() if t.joined is not None}
    for index, time in enumerate(list(found.times)):
        if time.kind != "date":
            continue
        past = bool(found.date and time.end_date and time.end_date < found.date)
        if of_noun(doc[time.root], found, time, tellings):
            continue
        home = homes.of(time, past=past)
        if home is None:
            continue
        home = joined.get(home, home)  # *killed and wounded ten on Friday*
        word = since_word(doc[time.root], tellings)
        apart = word is not None and word.i < time.start - 1 and time.start_date is not None
        there = own if home in tellings else by_verb
        there.setdefault(home, []).append(_opened(found, time, word) if word and apart else index)
    _lead(doc, found, tellings, own)
    for i, telling in tellings.items():
        released = _released(telling, tellings, lexicon)
        times = own.get(i) or ([] if released else _lent(telling, own, by_verb, tellings, clauses))
        dated = [t for t in times if found.times[t].start_date or found.times[t].end_date]
        # *a few days later, on January 24*: the words that name the day, before those that count to it
        dated.sort(
            key=lambda t: (
                not any(doc[k].text[0].isdigit() for k in range(found.times[t].start, found.times[t].end))
            )
        )
        again = _again(doc, found, dated)
        until = _next_day(doc, found, dated, again)
        for account_index in list(telling.accounts):
            account = found.accounts[account_index]
            account.times = list(times)
            if not dated:
                continue
            _date(account, found, _first(found, dated) if again else dated[0], times)
            if until is not None:
                account.end_date = found.times[until].end_date
                continue
            if account.times[0] == _when(telling.token, clauses):
                # *since May, when they withdrew*: they did so in May
                account.start_date = account.start_date or account.end_date
                account.end_date = account.end_date or account.start_date
            for other in again:
                copy = replace(account)
                _date(copy, found, other, [other])
                found.accounts.append(copy)
                telling.accounts.append(len(found.accounts) - 1)
    lend_from_below(found, tellings, own, by_verb)
    lend_from_attended(found, tellings, lexicon)
    date_by_others(doc, found, tellings)
    lend_headed_days(doc, found, tellings)
    lend_to_same_doers(doc, found, tellings)


def _date(account: Account, found: Layer, chosen: int, times: list[int]) -> None:
    account.times = [chosen, *(t for t in times if t != chosen)]
    account.start_date = found.times[chosen].start_date
    account.end_date = found.times[chosen].end_date


def _lead(doc: Doc, found: Layer, tellings: Mapping[int, Telling], own: dict[int, list[int]]) -> None:
    """*In December, X said that Y had attacked*: the day that leads is that of the attack as well."""
    for i, telling in tellings.items():
        if i in own or telling.frame.speech or telling.token.dep_ != "ccomp":
            continue
        said = telling.token.head.i
        leading = [
            t
            for t in own.get(said, [])
            if found.times[t].end <= said and found.times[t].start <= doc[said].sent.start + 2
        ]
        if leading and any(c.dep_ == "aux" and c.lower_ == "had" for c in telling.token.children):
            own[i] = leading


def _when(verb: Token, clauses: _Clauses) -> int | None:
    """*since May, when forces began to withdraw*: the time expression before *when*."""
    word = next((c.i for c in verb.children if c.lower_ == "when" and c.i < verb.i), None)
    if word is None or word == verb.sent.start:
        return None
    end = word - 1 if verb.doc[word - 1].text == "," else word
    return clauses.ends.get(end)


def _first(found: Layer, dated: list[int]) -> int:
    return min(dated, key=lambda t: found.times[t].start)


def _next_day(doc: Doc, found: Layer, dated: list[int], again: list[int]) -> int | None:
    """*on Monday and Tuesday*: the second of two days that follow each other, one stretch of time."""
    if len(again) != 1 or len(dated) != 2:
        return None
    one, two = found.times[_first(found, dated)], found.times[again[0]]
    first, second = to_day(one.end_date), to_day(two.start_date)
    if any(doc[k].lower_ == "again" for k in range(one.end, two.start)):
        return None
    return again[0] if first and second and (second - first).days == 1 else None


def _again(doc: Doc, found: Layer, dated: list[int]) -> list[int]:
    """*in 2015 and again in 2016*: the further times at which the same thing happened once more."""
    later = []
    for earlier, other in pairwise(sorted(dated, key=lambda t: found.times[t].start)):
        one, two = found.times[earlier], found.times[other]
        if (
            one.end_date is None
            or two.start_date is None
            or one.end_date >= two.start_date[: len(one.end_date)]
        ):
            continue
        between = {doc[k].lower_ for k in range(one.end, two.start)}
        if (
            two.start - one.end <= 4
            and between & {"again", "and"}
            and ("again" in between or len(between) <= 2)
        ):
            later.append(other)
    return later


def _opened(found: Layer, time: TimeExpression, since: Token) -> int:
    """The index of a new time expression, *since the talks of May*: from May on."""
    found.times.append(
        TimeExpression(start=since.i, end=time.end, root=since.i, start_date=time.start_date, end_date=None)
    )
    return len(found.times) - 1


def _released(telling: Telling, tellings: Mapping[int, Telling], lexicon: Lexicon) -> bool:
    """*announced on Friday the death of two soldiers*: they did not die on Friday."""
    verb = telling.slots.support
    said = tellings.get(verb.i) if verb is not None else None
    return said is not None and said.frame.speech and lexicon.has(telling.frame.kind, "harm")


def _of_victims(noun: Token, harming: Collection[int]) -> bool:
    """Whether the noun is of those whom a verb of `harming` tells to have been killed or hurt, not held."""
    return noun.dep_ in ("dobj", "nsubjpass") and noun.head.i in harming


def _victims_both(token: Token, head: Token, tellings: Mapping[int, Telling]) -> bool:
    """*On Monday ten were killed and five others wounded*: whether both verbs tell of victims."""
    return all(t.i in tellings and tellings[t.i].frame.casualty for t in (token, head))


def _lent(
    telling: Telling,
    own: Mapping[int, list[int]],
    by_verb: Mapping[int, list[int]],
    tellings: Mapping[int, Telling],
    clauses: _Clauses,
) -> list[int]:
    """The time of the clause that a telling hangs from, where it must be the same."""
    token: Token = telling.token
    carriers, roots = clauses.carriers, clauses.roots
    if telling.slots.support is not None and by_verb.get(telling.slots.support.i):
        return by_verb[telling.slots.support.i]
    if telling.slots.support is not None:
        said = tellings.get(telling.slots.support.i)
        if said is not None and said.frame.speech and token.head.lower_ == "to":
            return []  # *vowed on Monday to do battle*: the vow was on Monday
        token = telling.slots.support
        if own.get(token.i):
            return own[token.i]
    for _ in range(4):
        head, dep = hung_from(token), token.dep_
        if head.i == token.i:
            return []
        when = _when(token, clauses) if dep in ("relcl", "advcl") else None
        if when is not None:
            return [when]
        if dep in ("relcl", "advcl") and head.i in roots:
            return [roots[head.i]]  # *in May, when forces began to withdraw*
        if dep == "conj" and moves_on(token) and not at_once(token):
            return []
        if dep == "acl" and head.i != token.head.i:
            dep = "advcl"
        if (
            (
                dep == "conj"
                and is_verb(token)
                and (
                    not any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
                    or _victims_both(token, head, tellings)
                )
            )
            or (dep == "conj" and not is_verb(token))
            or (dep == "xcomp" and not (head.i in tellings and tellings[head.i].frame.speech))
        ):
            pass
        elif dep == "advcl":
            marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod")}
            if not (marks & _TOGETHER or (token.tag_ == "VBG" and not marks)):
                return []
            if head.i in tellings and tellings[head.i].frame.speech:
                return []
        elif dep == "pcomp" and head.lower_ == "with" and head.dep_ == "prep" and is_verb(head.head):
            head = head.head  # *calm returned on Monday with two men arrested*
        elif dep == "acl" and head.dep_ == "pobj" and head.head.lower_ == "with" and is_verb(head.head.head):
            head = head.head.head
        elif dep == "relcl" and token.tag_ == "VBD" and _of_victims(head, clauses.harming):
            head = head.head  # *killed two men on Monday who attacked a post*
        elif dep == "acl" and token.tag_ == "VBG" and telling.frame.casualty and head.i not in tellings:
            verb = clause_verb(head)  # *drove a car into the gate on Monday killing two*
            if verb is None:
                return []
            head = verb
        elif dep == "acl" and token.tag_ == "VBN" and head.dep_ == "advcl":
            if not any(c.lower_ in _TOGETHER and c.dep_ in ("mark", "advmod") for c in head.children):
                return []
            head = head.head  # *ten died on Monday when fighting flared*, *flared* hung on *fighting*
        elif dep == "acl" and is_operation(head) and head.dep_ == "dobj":
            head = head.head  # *conducted an operation freeing two hostages on Monday*
        elif dep == "relcl" and token.tag_ == "VBD" and head.dep_ == "pobj" and head.head.dep_ == "agent":
            head = head.head.head  # *was led on Monday by gunmen who opened fire*
        elif (dep in ("relcl", "acl") and head.i in tellings) or (
            dep in ("dobj", "nsubj", "nsubjpass") and head.i in tellings and not tellings[head.i].frame.speech
        ):
            pass
        elif (
            dep == "pobj"
            and head.lower_ in ("in", "during", "by", "from", "after", "under")
            and head.dep_ in ("prep", "agent")
        ):
            if head.lower_ == "after":
                return []
            token = head
            head = token.head
            if not (head.i in tellings and not tellings[head.i].frame.speech):
                return []
        else:
            return []
        if own.get(head.i):
            return own[head.i]
        for carried in carriers.get(head.i, ()):
            if own.get(carried):
                return own[carried]
        if by_verb.get(head.i):
            return by_verb[head.i]
        token = head
    return []
