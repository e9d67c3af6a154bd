"""*Three days after rebels took the port*, *killed them after taking it in 2016*: one event dates another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span, Token

from kg.annotate.constructions import constructions
from kg.annotate.earlier import REACH
from kg.annotate.grammar import definite
from kg.annotate.layer import Layer, TimeExpression
from kg.annotate.times import dates_apart
from kg.annotate.times.dates import UNDATED, Interval, to_day
from kg.model import PartialDate

if TYPE_CHECKING:
    from kg.annotate.events import Telling

_SIGNS = {"after": -1, "before": 1}
"""Which way what is told behind the word lies, from the clause that the word hangs from."""
_INSIDE = frozenset(("poss", "compound", "nmod", "nummod", "amod", "appos"))
_PHRASE = frozenset(
    ("DET", "NOUN", "PROPN", "ADJ", "NUM", "ADP", "CCONJ", "PRON", "PART", "ADV", "AUX", "SPACE")
)
_LEAD_SENTENCES = 3
_NEWS_DAYS = 6


def date_by_others(doc: Doc, found: Layer, tellings: Mapping[int, Telling]) -> None:
    """Date what has no date of its own by the event, or the day, that it is told to come before or after."""
    for token in doc:
        if token.lower_ not in _SIGNS or token.dep_ not in ("prep", "mark"):
            continue
        _count_from_day(found, tellings, token)
        other = _told_behind(token, tellings)
        if other is None:
            continue
        measure = measure_before(token)
        if measure is not None and not _dated(found, other):
            anchor = _anchor(doc, found, tellings, token)
            start, end = dates_apart(measure.text, anchor, _SIGNS[token.lower_]) if anchor else UNDATED
            if start or end:
                _give(found, other, _told_length(found, measure, token, (start, end)))
        elif measure is None and other.token.tag_ == "VBG":
            _share_year(found, tellings, token, other)


def _told_length(found: Layer, measure: Span, after: Token, interval: Interval) -> int:
    """The index of a new time expression, *three days after*."""
    start, end = interval
    found.times.append(
        TimeExpression(start=measure.start, end=after.i + 1, root=after.i, start_date=start, end_date=end)
    )
    return len(found.times) - 1


def _count_from_day(found: Layer, tellings: Mapping[int, Telling], after: Token) -> None:
    """*withdrew three days after March 4*: the length is counted from the day behind *after*."""
    measure = measure_before(after)
    main = tellings.get(after.head.i)
    if measure is None or main is None or main.frame.speech or _dated(found, main):
        return
    day = next((day for day in (_day_behind(time, after) for time in found.times) if day), None)
    interval = dates_apart(measure.text, day, -_SIGNS[after.lower_]) if day else UNDATED
    to_come = bool(found.date and interval[0] and interval[0][: len(found.date)] > found.date)
    if interval != UNDATED and not to_come:
        _give(found, main, _told_length(found, measure, after, interval))


def _day_behind(time: TimeExpression, after: Token) -> PartialDate | None:
    """The day that `time` gives where it is what stands behind *after*, or qualifies that."""
    day = time.start_date or time.end_date
    if time.kind != "date" or to_day(day) is None or time.start_date not in (day, None):
        return None
    if time.end_date not in (day, None):
        return None
    token = after.doc[time.root]
    for _ in range(3):
        if token.head.i == after.i and token.dep_ == "pobj":
            return day
        if token.dep_ not in _INSIDE:
            return None
        token = token.head
    return None


def measure_before(after: Token) -> Span | None:
    """The length of time before *after*: *three days*, *almost a year*."""
    if after.i == after.sent.start:
        return None
    unit = after.nbor(-1)
    if unit.dep_ != "npadvmod" or not unit.tag_.startswith("NN"):
        return None
    return after.doc[unit.left_edge.i : after.i]


def _told_behind(after: Token, tellings: Mapping[int, Telling]) -> Telling | None:
    """The event told in the words behind *after*: the first, where its subject alone stands between."""
    doc, commas = after.doc, 0
    for i in range(after.i + 1, after.sent.end):
        if i in tellings:
            listed = commas > 1 and any(doc[k].lower_ == "and" for k in range(after.i, i))
            heard = tellings[i].frame.speech or (commas and not listed)
            return None if heard else tellings[i]
        commas += doc[i].text == ","
        if doc[i].pos_ not in _PHRASE and doc[i].dep_ != "amod" and doc[i].text not in (",", "-"):
            return None
    return None


def _anchor(doc: Doc, found: Layer, tellings: Mapping[int, Telling], after: Token) -> PartialDate | None:
    """The date from which *after* counts: that of the clause that it hangs from; of the news, where that
    only says that something *came* then.
    """
    verb = after.head if after.dep_ == "prep" else after.head.head
    main = tellings.get(verb.i)
    if main is not None and main.accounts and not main.frame.speech:
        account = found.accounts[main.accounts[0]]
        return account.start_date if account.start_date == account.end_date else None
    inside = [
        time
        for time in found.times
        if time.kind == "date" and doc[time.root].head.head.i == verb.i and time.start_date == time.end_date
    ]
    if inside:
        return inside[0].start_date
    if verb.lemma_.lower() not in constructions(doc).coming:
        return None
    if (day := _day_of_subject(found, tellings, verb)) is not None:
        return day
    return found.date if verb.tag_ in ("VBZ", "VBP", "VBG") else _day_of_news(doc, found)


def _day_of_subject(found: Layer, tellings: Mapping[int, Telling], verb: Token) -> PartialDate | None:
    """The day told before of what *the attack* is that *came* then: of the last one by that word."""
    for subject in (c for c in verb.children if c.dep_ == "nsubj" and c.i in tellings and definite(c)):
        for i in sorted((i for i in tellings if i < subject.i), reverse=True):
            if subject.i - i > REACH:
                break
            account = found.accounts[tellings[i].accounts[0]] if tellings[i].accounts else None
            if account is None or tellings[i].token.lemma_ != subject.lemma_:
                continue
            if account.start_date and account.start_date == account.end_date:
                return account.start_date
    return None


def _day_of_news(doc: Doc, found: Layer) -> PartialDate | None:
    """The first day that the lead gives, where it is one of those before publication."""
    printed = to_day(found.date)
    leads = [sentence.end for sentence in doc.sents][:_LEAD_SENTENCES]
    for time in found.times:
        day = to_day(time.start_date) if time.start_date == time.end_date else None
        if printed and day and time.end <= leads[-1] and 0 <= (printed - day).days <= _NEWS_DAYS:
            return time.start_date
    return None


def _share_year(found: Layer, tellings: Mapping[int, Telling], after: Token, other: Telling) -> None:
    """*killed 200 after seizing the town in 2016*: the killing was in that year, or that month, too."""
    account = found.accounts[other.accounts[0]] if other.accounts else None
    date = (account.start_date or account.end_date) if account is not None and account.times else None
    if account is None or date is None or len(date) > len("YYYY-MM"):
        return
    before = [tellings[i] for i in range(after.sent.start, after.i) if i in tellings]
    if before and not before[-1].frame.speech and not _dated(found, before[-1]):
        _give(found, before[-1], account.times[0])


def _dated(found: Layer, telling: Telling) -> bool:
    return any(found.accounts[index].dated for index in telling.accounts)


def _give(found: Layer, telling: Telling, time: int) -> None:
    for index in telling.accounts:
        account = found.accounts[index]
        account.times = [time, *account.times]
        account.start_date, account.end_date = found.times[time].start_date, found.times[time].end_date
