"""Whether an account fits a happening: nothing contradicts it, and enough agrees.

A false merge costs more than a missing one. What is known of two accounts must not differ: their classes
lie on one line, deeds are apart from what is planned and from what is possible, dated accounts share a
day, and places and participants that are known share one. Who is unnamed can only be told from others
in the same article. A denial joins what it denies where place and day are the same: the event is then
contested.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from kg.model import Entity, MentionRef, Status
from kg.resolve.digest import DigestAccount
from kg.resolve.entities import Identity
from kg.resolve.intervals import Days
from kg.resolve.placing import CURRENT
from kg.resolve.rules import Rules

NEAR_DAYS = 3
"""A stretch of this many days or less tells one happening from the next."""
NEAR_ARTICLES = 3
"""Undated accounts in articles this many days apart may tell of the same."""
SAME_DAYS, OVERLAP = "day", "overlap"
"""Stretches that share a day: both short (`NEAR_DAYS`), or one of them long."""
DEED = "Deed"
"""The mood of what is said to have happened, or not to have."""
_WIDER = ("partOf", "memberOf")


class Says(IntEnum):
    """How two accounts stand in one respect."""

    DIFFERENT = -1
    UNKNOWN = 0
    SAME = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account with its roles as ids of entities and its days, ready to be compared.

    `root` is the widest class above its own. `mood` tells deeds (asserted, claimed or denied), plans and
    possibilities apart. `settled` says that its kind does not recur (`Rules.settled`). `published` is the day
    on which its article came out. `actors` are agents, targets, and the bodies that they act for.
    """

    ref: MentionRef
    told: DigestAccount
    root: str
    mood: str
    utterance: bool
    settled: bool
    published: int | None
    days: Days | None
    agents: frozenset[str]
    targets: frozenset[str]
    places: frozenset[str]
    origins: frozenset[str]
    destinations: frozenset[str]
    sources: frozenset[str]
    actors: frozenset[str]

    @property
    def locus(self) -> frozenset[str]:
        """The places that the account gives, whatever their role."""
        return self.places or self.destinations or self.origins


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What of an account agrees with a happening, and how well; `only` where no other may fit too.

    `time` is `SAME_DAYS` or `OVERLAP`, nothing where a date is missing. `words` says that it is one
    quotation, `within` that the happening has another account in its article, `contested` that one of the
    two denies what the other says.
    """

    score: float
    time: str
    place: bool = False
    agents: bool = False
    targets: bool = False
    words: bool = False
    within: bool = False
    contested: bool = False
    only: bool = False


class Happening:
    """Accounts taken to be of one event: the first and, in `joined`, why each of the others came to it.

    `days` are those that all dated ones share; `known_by` is the first day on which an undated one was
    published.
    """

    __slots__ = ("_apart", "_articles", "accounts", "days", "joined", "kind", "known_by")

    def __init__(self, first: Account) -> None:
        self.accounts = [first]
        self.days = first.days
        self.kind = first.told.kind
        self.known_by = first.published if first.days is None else None
        self.joined: list[tuple[Account, Fit]] = []
        # Most happenings are told of once, and there are many: these are made for a second account.
        self._articles: set[str] | None = None
        self._apart: dict[tuple[object, ...], Account] | None = None

    def add(self, account: Account, fit: Fit, kind: str) -> None:
        """Takes `account` in, with the narrower class `kind`."""
        if self._articles is None or self._apart is None:
            self._articles = {each.ref.article for each in self.accounts}
            self._apart = {_witness(each): each for each in self.accounts}
        self.accounts.append(account)
        self._articles.add(account.ref.article)
        if account.days is not None:
            self.days = account.days if self.days is None else self.days.both(account.days)
        elif account.published is not None:
            self.known_by = min(account.published, self.known_by or account.published)
        self.kind = kind
        self.joined.append((account, fit))
        self._apart.setdefault(_witness(account), account)

    @property
    def witnesses(self) -> Collection[Account]:
        """The accounts that others are compared with: of those alike in all that counts, the first."""
        return self.accounts if self._apart is None else self._apart.values()

    def told_in(self, article: str) -> bool:
        """Whether `article` has one of its accounts."""
        if self._articles is None:
            return any(account.ref.article == article for account in self.accounts)
        return article in self._articles


def _witness(account: Account) -> tuple[object, ...]:
    """What of an account others are compared with; accounts alike in it need be compared once."""
    return (
        account.ref.article, account.agents, account.targets, account.places, account.origins,
        account.destinations, account.told.status is Status.DENIED, account.days is None,
    )  # fmt: skip


class Matcher:
    """Compares accounts by the classes of `rules` and what is known of `entities`.

    `bodies` are those that unnamed groups act for (`kg.resolve.placing`).
    """

    def __init__(
        self,
        rules: Rules,
        identity: Identity,
        entities: Sequence[Entity],
        bodies: Mapping[str, frozenset[str]],
    ) -> None:
        self._rules = rules
        self._bodies = bodies
        self._lasting = identity.lasting
        self._countries = identity.countries
        self._wide = frozenset(entity.id for entity in entities if entity.kind in rules.wide_places)
        self._kin: defaultdict[str, set[str]] = defaultdict(set)
        for entity in entities:
            for relation, other in entity.relations:
                if relation in _WIDER:
                    self._tie(entity.id, other)
        for group, whole in bodies.items():
            for body in whole:
                self._tie(group, body)

    def _tie(self, one: str, other: str) -> None:
        self._kin[one].add(other)
        self._kin[other].add(one)

    @property
    def wide(self) -> frozenset[str]:
        """The places that are too wide to tell events apart."""
        return self._wide

    def fit(self, account: Account, happening: Happening) -> Fit | None:
        """Why `account` is of `happening`, or None."""
        first = happening.accounts[0]
        if account.mood != first.mood or (time := self._time(account, happening)) is None:
            return None
        kind = self._rules.narrower(account.told.kind, happening.kind)
        if kind is None:
            return None
        place = agents = targets = Says.UNKNOWN
        for other in happening.witnesses:
            said = self._place(account, other), *self._sides(account, other)
            if Says.DIFFERENT in said:
                return None
            place, agents, targets = max(place, said[0]), max(agents, said[1]), max(targets, said[2])
        contested = any(_contested(account, other) for other in happening.witnesses)
        within = happening.told_in(account.ref.article)
        one_telling = within and account.settled and not time
        if contested and not (place and (time == SAME_DAYS or one_telling)):
            return None
        if account.utterance:
            enough, only = bool(agents) and account.told.quotation == first.told.quotation, False
        else:
            enough, only = self._enough(account, happening, time, place, agents, targets)
        if not enough:
            return None
        score = 4 * place + {SAME_DAYS: 3, OVERLAP: 2}.get(time, 0) + 2 * agents + targets + within / 2
        return Fit(
            score=score + (kind == account.told.kind == happening.kind) / 4,
            time=time,
            place=bool(place),
            agents=bool(agents),
            targets=bool(targets),
            words=account.utterance,
            within=within,
            contested=contested,
            only=only or (contested and not time),
        )

    def _time(self, account: Account, happening: Happening) -> str | None:
        """`SAME_DAYS`, `OVERLAP`, nothing where a date is missing, None where they are apart."""
        mine, theirs = account.days, happening.days
        if mine is not None and theirs is not None:
            if mine.both(theirs) is None:
                return None
            return SAME_DAYS if max(mine.count, theirs.count) <= NEAR_DAYS else OVERLAP
        if mine is not None and not _is_current(mine, account.mood, happening.known_by):
            return None
        if theirs is not None and not _is_current(theirs, account.mood, account.published):
            return None
        return ""

    def _place(self, one: Account, other: Account) -> Says:
        said = [
            self._said(one, other, mine, theirs)
            for mine, theirs in (
                (one.places, other.places),
                (one.destinations, other.destinations),
                (one.origins, other.origins),
            )
        ]
        if Says.DIFFERENT in said:
            return Says.DIFFERENT
        return max(said) if said[0] or not (one.places or other.places) else Says.UNKNOWN

    def _sides(self, one: Account, other: Account) -> tuple[Says, Says]:
        if one.root in self._rules.symmetric:
            return self._both_sides(one, other)
        crossed = (one.agents & other.targets) - one.targets - other.agents
        crossed |= (other.agents & one.targets) - other.targets - one.agents
        agents = Says.DIFFERENT if crossed else self._said(one, other, one.agents, other.agents)
        return agents, self._said(one, other, one.targets, other.targets)

    def _both_sides(self, one: Account, other: Account) -> tuple[Says, Says]:
        """Agents and targets taken together: all that the one names must be among those of the other."""
        mine, theirs = one.agents | one.targets, other.agents | other.targets
        said = self._said(one, other, mine, theirs)
        if said is not Says.SAME:
            return said, Says.UNKNOWN
        if _as_strangers(one, other):
            mine, theirs = self._known_again(mine), self._known_again(theirs)
        shared = min(
            sum(self._is_among(each, theirs) for each in mine),
            sum(self._is_among(each, mine) for each in theirs),
        )
        if shared < min(len(mine), len(theirs)):
            return Says.DIFFERENT, Says.UNKNOWN
        return Says.SAME, Says.SAME if shared > 1 else Says.UNKNOWN

    def _said(self, one: Account, other: Account, mine: frozenset[str], theirs: frozenset[str]) -> Says:
        """Whether two fillers of a role agree: those of two articles only where they can be known again."""
        if not mine or not theirs:
            return Says.UNKNOWN
        if _as_strangers(one, other):
            known, known_there = self._known_again(mine), self._known_again(theirs)
            if not known or not known_there:
                return self._said_of_countries(mine, theirs)
            mine, theirs = known, known_there
        return Says.SAME if any(self._is_among(each, theirs) for each in mine) else Says.DIFFERENT

    def _known_again(self, fillers: frozenset[str]) -> frozenset[str]:
        """Those of `fillers` that another article may name too; for people without a name, their body."""
        return (fillers & self._lasting).union(*(self._bodies.get(each, ()) for each in fillers))

    def _said_of_countries(self, mine: frozenset[str], theirs: frozenset[str]) -> Says:
        """Unnamed people of two countries are not the same."""
        one = {self._countries.get(each) for each in mine}
        other = {self._countries.get(each) for each in theirs}
        apart = None not in one | other and one.isdisjoint(other)
        return Says.DIFFERENT if apart else Says.UNKNOWN

    def _is_among(self, each: str, others: frozenset[str]) -> bool:
        return each in others or not self._kin[each].isdisjoint(others)

    def _enough(
        self, account: Account, happening: Happening, time: str, place: Says, agents: Says, targets: Says
    ) -> tuple[bool, bool]:
        """Whether what agrees suffices, and whether then no other happening may fit."""
        some, both = bool(agents or targets), bool(agents and targets)
        within = happening.told_in(account.ref.article)
        if place:
            wide = account.locus <= self._wide
            if time == SAME_DAYS:
                return some or not wide, False
            if account.settled and not wide:
                return some or (within and not time), False
            if both or wide or time or within:
                return both, False
            return bool(agents) and account.told.kind == happening.kind, True
        if time == SAME_DAYS:
            placed = account.locus or any(other.locus for other in happening.witnesses)
            return both or bool(agents and account.settled and placed), not both
        return both and within and account.told.kind == happening.kind, True


def _contested(one: Account, other: Account) -> bool:
    """Whether one of the two denies what the other says."""
    return (one.told.status is Status.DENIED) != (other.told.status is Status.DENIED)


def _as_strangers(one: Account, other: Account) -> bool:
    """Whether the people of the two are to be compared as if nothing but their names were known.

    So are those of two articles, and in one article the two sides' words for the doer of a deed that one
    of them denies (*the Front captured the town, the army denied that rebels had*).
    """
    return one.ref.article != other.ref.article or (one.settled and _contested(one, other))


def _is_current(days: Days, mood: str, published: int | None) -> bool:
    """Whether an account without a date, published then, may be of `days`: history is told with its date."""
    if published is None:
        return days.count <= CURRENT
    return days.last >= published - CURRENT and (mood != DEED or days.first <= published)
