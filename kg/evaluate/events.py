"""Which account of the graph tells of which event of gold, and the figures of all that is said of events.

An account answers to an event that gold has in the same sentence, of a class that is right for it; where
several could, to the one with which it shares most of who, whom and where, then to the nearest, then to the
one of the same dates. Each answers to one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.counts import Tally
from kg.evaluate.entities import Alignment
from kg.evaluate.gold import GoldArticle, GoldEvent
from kg.evaluate.graph import FoundAccount
from kg.evaluate.rules import Rules
from kg.evaluate.spans import Windows

_ROLES = ("agent", "target", "place")
_BESIDE = 2
"""How many code points a trigger may stand behind its sentence: quotation marks."""

_CLASS, _STATUS = 0.5, 0.4
"""What the very class and the status add to a match, beside 1 for each argument that is shared."""

Pair = tuple[GoldEvent, FoundAccount]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What events of one article are judged by: `tellings` counts the accounts of each event of the graph."""

    gold: GoldArticle
    accounts: Sequence[FoundAccount]
    alignment: Alignment
    tellings: Mapping[str, int]
    rules: Rules


def count_events(told: Told, tally: Tally) -> None:
    """Matches events and accounts, and counts events, arguments, dates, status, sources and whole events."""
    _Matcher(told, tally).count()


class _Matcher:
    def __init__(self, told: Told, tally: Tally) -> None:
        self._told, self._tally = told, tally
        self._gold, self._rules = told.gold, told.rules
        self._same = told.alignment
        self._windows = Windows(told.gold.text)
        self._accounts = [each for each in told.accounts if each.begin < len(told.gold.text)]

    def count(self) -> None:
        pairs = self._pairs()
        for event in self._gold.events:
            if all(event is not matched for matched, _ in pairs):
                self._missed(event)
        wrong = self._wrong([account for _, account in pairs])
        for account in wrong:
            words = self._gold.text[account.begin : account.end]
            kinds = " ".join(sorted(account.classes - {"Event"}))
            self._tally.miss(
                "events", f"event wrong: {kinds} at '{words}'", self._windows.sentence(account.begin)
            )
        unmatched = len(self._gold.events) - len(pairs)
        self._tally.add("events", right=len(pairs), wrong=len(wrong), missed=unmatched)
        self._tally.add("whole events", wrong=len(wrong), missed=unmatched)
        for event, account in pairs:
            judged = [self._arguments(event, account), *self._details(event, account)]
            whole = all(judged)
            self._tally.add("whole events", right=whole, wrong=not whole, missed=not whole)

    def _pairs(self) -> list[Pair]:
        found = []
        for number, event in enumerate(self._gold.events):
            begin, end = self._windows.around(event.at)
            for other, account in enumerate(self._accounts):
                if not (account.begin < end + _BESIDE and begin <= account.end):
                    continue
                if self._fits(account, event.kind, event.others) and not self._elsewhere(event, account):
                    score = self._shared(event, account)
                    undated = not event.start or not dates_agree(event, account)
                    found.append((-score, abs(account.begin - event.at), undated, number, other))
        events: set[int] = set()
        accounts: set[int] = set()
        pairs = []
        for *_, number, other in sorted(found):
            if number not in events and other not in accounts:
                events.add(number)
                accounts.add(other)
                pairs.append((self._gold.events[number], self._accounts[other]))
        return pairs

    def _fits(self, account: FoundAccount, kind: str, others: Sequence[str] = ()) -> bool:
        return not account.classes.isdisjoint(self._rules.right_classes(kind, others))

    def _shared(self, event: GoldEvent, account: FoundAccount) -> float:
        arguments = sum(
            self._same.held(account.roles.get(role, ()), key) for role in _ROLES for key in event.role(role)
        )
        return (
            arguments + _CLASS * (event.kind in account.classes) + _STATUS * (event.status == account.status)
        )

    def _elsewhere(self, event: GoldEvent, account: FoundAccount) -> bool:
        """Whether they name places that differ: one town's capture is not another's."""
        places = account.roles.get("place", ())
        if not event.place or not places or event.optional_args:
            return False
        return not any(self._same.among(iri, event.place) for iri in places)

    def _missed(self, event: GoldEvent) -> None:
        said = [key for role in _ROLES for key in event.role(role)]
        if not event.optional_args:
            self._tally.add("arguments", missed=len(said))
        self._tally.miss(
            "events",
            f"event missed: {event.kind} at '{event.fragment}'"
            + (f" with {', '.join(said)}" if said else ""),
            self._windows.sentence(event.at),
        )

    def _wrong(self, matched: Sequence[FoundAccount]) -> list[FoundAccount]:
        """The accounts that answer to nothing, are not left open, and tell of no event that is found here."""
        neutral = [(at, each.kind) for each in self._gold.optional_events for at in each.places]
        neutral += [
            (each.at, each.kind) for each in self._gold.events if not each.place or each.optional_args
        ]
        windows = [(*self._windows.around(at), kind) for at, kind in neutral]
        events = {account.event for account in matched}
        return [
            account
            for account in self._accounts
            if all(account is not other for other in matched)
            and account.event not in events
            and not any(
                begin <= account.begin < end + _BESIDE and self._fits(account, kind)
                for begin, end, kind in windows
            )
        ]

    def _arguments(self, event: GoldEvent, account: FoundAccount) -> bool:
        """Counts the arguments; whether all are right."""
        if event.optional_args:
            return True
        if event.kind not in self._rules.symmetric:
            each = [self._role(event, account, role) for role in _ROLES]
            return all(each)
        sides = frozenset().union(account.roles.get("agent", ()), account.roles.get("target", ()))
        # Where gold names one side only, it leaves the other open.
        judged = sides if event.target else account.roles.get("agent", frozenset())
        both = self._judge(event, "agent", (*event.agent, *event.target), sides, judged, account)
        return self._role(event, account, "place") and both

    def _role(self, event: GoldEvent, account: FoundAccount, role: str) -> bool:
        found = account.roles.get(role, frozenset())
        judged = found if event.role(role) or role == "agent" else frozenset()
        return self._judge(event, role, event.role(role), found, judged, account)

    def _judge(
        self,
        event: GoldEvent,
        role: str,
        wanted: tuple[str, ...],
        found: frozenset[str],
        judged: frozenset[str],
        account: FoundAccount,
    ) -> bool:
        """Counts one role; of what was found only the `judged` can be wrong."""
        hits = [key for key in wanted if self._same.held(found, key)]
        # Of several places one is enough: the others are around it.
        needed = (hits or list(wanted[:1])) if role == "place" and len(wanted) > 1 else list(wanted)
        missed = [key for key in needed if key not in hits]
        extra = sorted(iri for iri in judged if not self._same.among(iri, wanted))
        if role == "agent" and not wanted and self._told.tellings.get(account.event, 0) > 1:
            extra = []  # another account of the same event names who did it
        self._tally.add("arguments", right=len(hits), wrong=len(extra), missed=len(missed))
        for key in missed:
            self._say("arguments", f"{role} missed: {key}", event)
        for iri in extra:
            self._say("arguments", f"{role} wrong: {self._same.label(iri)} <{iri}>", event)
        return not missed and not extra

    def _details(self, event: GoldEvent, account: FoundAccount) -> list[bool]:
        """Counts dates, status and sources, of what gold gives; which of them are right."""
        judged = []
        if event.start is not None:
            right = dates_agree(event, account)
            told = account.start or account.until
            self._one(
                "dates", right, bool(told), event, f"{_dates(event.start, event.end)}, found {told or 'none'}"
            )
            judged.append(right)
        if event.status and not event.optional_status:
            right = self._rules.right_status(event.status, account.status)
            self._one("status", right, True, event, f"{event.status}, found {account.status or 'none'}")
            judged.append(right)
        if event.source:
            right = any(self._same.among(iri, event.source) for iri in account.sources)
            named = ", ".join(sorted(map(self._same.label, account.sources))) or "none"
            self._one(
                "sources", right, bool(account.sources), event, f"{', '.join(event.source)}, found {named}"
            )
            judged.append(right)
        return judged

    def _one(self, figure: str, right: bool, given: bool, event: GoldEvent, what: str) -> None:
        self._tally.add(figure, right=right, wrong=not right and given, missed=not right)
        if not right:
            self._say(
                figure, f"{figure.removesuffix('s') if figure != 'status' else figure}: wanted {what}", event
            )

    def _say(self, figure: str, what: str, event: GoldEvent) -> None:
        sentence = self._windows.sentence(event.at)
        self._tally.miss(figure, f"{what}, of {event.kind} at '{event.fragment}'", sentence)


def dates_agree(event: GoldEvent, account: FoundAccount) -> bool:
    """Whether the account's dates lie within gold's: its start, and its end where gold has one too."""
    assert event.start is not None
    first, last = _days(event.start)[0], _days(event.end or event.start)[1]

    def within(date: str) -> bool:
        begin, end = _days(date)
        return first <= begin and end <= last

    told = account.start or account.until
    if not told or not within(told):
        return False
    return event.end is None or not account.until or within(account.until)


def _days(date: str) -> tuple[str, str]:
    """The first and the last day of a day, a month or a year, as text that sorts by time."""
    date = date[:10]
    if len(date) == len("YYYY"):
        return f"{date}-01-01", f"{date}-12-31"
    return (f"{date}-01", f"{date}-31") if len(date) == len("YYYY-MM") else (date, date)


def _dates(start: str, end: str | None) -> str:
    return start if end is None or end == start else f"{start} to {end}"
