"""Whether an account fits a happening: nothing contradicts it, and enough agrees.

A false merge costs more than a missing one. What is known of two accounts must not differ: their classes
lie on one line, deeds are apart from what is planned and from what is possible, dated accounts share a
day, and places and participants that are known share one. Who is unnamed can only be told from others
in the same article. A denial joins what it denies where place and day are the same: the event is then
contested.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Entity, MentionRef, Status
from kg.resolve.digest import DigestAccount
from kg.resolve.entities import Identity
from kg.resolve.intervals import Days
from kg.resolve.parties import Says, Sides
from kg.resolve.placing import CURRENT
from kg.resolve.rules import Rules
from kg.resolve.sketches import same_text

NEAR_DAYS = 3
"""A stretch of this many days or less tells one happening from the next."""
NEAR_ARTICLES = 3
"""Undated accounts in articles this many days apart may tell of the same."""
SAME_DAYS, OVERLAP = "day", "overlap"
"""Stretches that share a day: both short (`NEAR_DAYS`), or one of them long."""
DEED = "Deed"
"""The mood of what is said to have happened, or not to have."""
_WIDER = ("partOf", "memberOf")
_NO_TIE: frozenset[MentionRef] = frozenset()
LOCATED_IN = "locatedIn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account with its roles as ids of entities and its days, ready to be compared.

    `root` is the widest class above its own. `mood` tells deeds (asserted, claimed or denied), plans and
    possibilities apart. `settled` says that its kind does not recur (`Rules.settled`). `published` is the
    day on which its article came out, `news` the days that it tells of. `actors` are agents, targets, and
    the bodies that they act for. `nth` numbers those of one kind in one sentence. `persons` are those by
    name to whom it was done, where its kind is of a person (`Rules.of_a_person`). `tie` is the account that
    words of its article take up, for that account and for all whose words do.
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
    nth: int = 0
    news: frozenset[int] = frozenset()
    persons: frozenset[str] = frozenset()
    tie: MentionRef | None = None

    @property
    def locus(self) -> frozenset[str]:
        """The places that the account gives, whatever their role."""
        return self.places or self.destinations or self.origins


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What of an account agrees with a happening, and how well; `only` where no other may fit too.

    `time` is `SAME_DAYS` or `OVERLAP`, nothing where a date is missing. `words` says that it is one
    quotation, `retold` that the words of the one take up the other (*the attack*), `copied` that they stand
    in near-copies of one sentence, `within` that the happening has another account in its article,
    `contested` that one of the two denies what the other says.
    """

    score: float
    time: str
    place: bool = False
    agents: bool = False
    targets: bool = False
    words: bool = False
    retold: bool = False
    copied: bool = False
    within: bool = False
    contested: bool = False
    only: bool = False


class Happening:
    """Accounts taken to be of one event: the first and, in `joined`, why each of the others came to it.

    `days` are those that all dated ones share; `known_by` is the first day on which an undated one was
    published.
    """

    __slots__ = ("_apart", "_articles", "_ties", "accounts", "days", "joined", "kind", "known_by")

    def __init__(self, first: Account) -> None:
        self.accounts = [first]
        self.days = first.days
        self.kind = first.told.kind
        self.known_by = first.published if first.days is None else None
        self.joined: list[tuple[Account, Fit]] = []
        # Most happenings are told of once, and there are many: these are made for a second account.
        self._articles: set[str] | None = None
        self._apart: dict[tuple[object, ...], Account] | None = None
        self._ties = _NO_TIE if first.tie is None else frozenset((first.tie,))

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
        if account.tie is not None:
            self._ties |= {account.tie}
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

    def is_retold(self, account: Account) -> bool:
        """Whether the words of `account` take up one of its accounts, or those of one of them `account`."""
        return account.tie in self._ties


def _witness(account: Account) -> tuple[object, ...]:
    """What of an account others are compared with; accounts alike in it need be compared once."""
    return (
        account.ref.article, account.agents, account.targets, account.places, account.origins,
        account.destinations, account.told.status is Status.DENIED, account.days is None, account.told.toll,
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
        self._parties = Sides(rules, identity, entities)
        self._lasting = identity.lasting
        self._countries = identity.countries
        self._wide = frozenset(entity.id for entity in entities if entity.kind in rules.wide_places)
        self._returning = tuple(sorted(rules.returning))
        self._kin: defaultdict[str, set[str]] = defaultdict(set)
        self._around: dict[str, frozenset[str]] = {}
        for entity in entities:
            for relation, other in entity.relations:
                if relation in _WIDER:
                    self._tie(entity.id, other)
            around = frozenset(other for relation, other in entity.relations if relation == LOCATED_IN)
            if around:
                self._around[entity.id] = around
        for group, whole in bodies.items():
            for body in whole:
                self._tie(group, body)

    def _tie(self, one: str, other: str) -> None:
        self._kin[one].add(other)
        self._kin[other].add(one)

    def side_keys(self, account: Account) -> Sequence[str]:
        """What the agents of `account`, the deed of a side, have in common with others on their side."""
        if not account.settled or account.root not in self._rules.of_sides:
            return ()
        sides = (self._parties.of(each) for each in account.agents)
        return sorted({f"{side.state} {side.country}" for side in sides if side is not None})

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
        retold = happening.is_retold(account)
        place = agents = targets = Says.UNKNOWN
        inside = False
        for other in happening.witnesses:
            strangers = retold or _as_strangers(account, other)
            where = self._place(account, other, strangers)
            if not account.persons.isdisjoint(other.persons):
                where = max(where, Says.UNKNOWN)
            if where is Says.DIFFERENT and self._lies_in(account.places, other.places):
                where, inside = Says.UNKNOWN, True
            doers, sufferers = self._sides(account, other, strangers)
            if Says.DIFFERENT in (where, doers, sufferers):
                return None
            place, agents, targets = max(place, where), max(agents, doers), max(targets, sufferers)
        if inside and not (retold or place or self._is_of_one_town(account, happening, time, bool(agents))):
            return None  # what happened in a town is not all that happened in its province
        contested = any(_contested(account, other) for other in happening.witnesses)
        within = happening.told_in(account.ref.article)
        one_telling = within and account.settled and not time
        if contested and not (retold or (place and (time == SAME_DAYS or one_telling))):
            return None
        enough, only = retold, False
        if account.utterance:
            quoted = account.told.quotation
            enough = bool(agents) and quoted is not None and quoted == first.told.quotation
        elif inside and not (retold or place):
            enough = only = True
        elif not retold:
            enough, only = self._enough(account, happening, time, place, agents, targets)
            if not enough and self._tell_of_the_same(account, happening, time, bool(place or agents)):
                enough, only = True, time != SAME_DAYS
        copied = not enough and (bool(agents) or not account.utterance) and _is_copied(account, happening)
        if not (enough or copied):
            return None
        score = (
            8 * (retold or copied)
            + 4 * place
            + {SAME_DAYS: 3, OVERLAP: 2}.get(time, 0)
            + 2 * agents
            + targets
            + within / 2
        )
        return Fit(
            score=score + (kind == account.told.kind == happening.kind) / 4,
            time=time,
            place=bool(place),
            agents=bool(agents),
            targets=bool(targets),
            words=account.utterance and not copied,
            copied=copied,
            retold=retold,
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

    def _place(self, one: Account, other: Account, strangers: bool) -> Says:
        said = [
            self._said(mine, theirs, strangers)
            for mine, theirs in (
                (one.places, other.places),
                (one.destinations, other.destinations),
                (one.origins, other.origins),
            )
        ]
        if Says.DIFFERENT in said:
            return Says.DIFFERENT
        return max(said) if said[0] or not (one.places or other.places) else Says.UNKNOWN

    def narrow_around(self, place: str) -> Iterator[str]:
        """The places around `place` that are not too wide to tell events apart."""
        return (each for each in sorted(self._around.get(place, ())) if each not in self._wide)

    def _is_of_one_town(self, account: Account, happening: Happening, time: str, doers: bool) -> bool:
        """Whether a place in a town and the town itself may be where one thing happened that day."""
        if account.settled or account.utterance or time != SAME_DAYS:
            return False
        if not (doers or happening.told_in(account.ref.article)):
            return False
        places = account.places.union(*(other.places for other in happening.witnesses))
        return self._wide.isdisjoint(places)

    def _lies_in(self, some: frozenset[str], others: frozenset[str]) -> bool:
        """Whether a place of the one lies in one of the other."""
        return any(
            not those.isdisjoint(self._around.get(each, ()))
            for these, those in ((some, others), (others, some))
            for each in these
        )

    def _sides(self, one: Account, other: Account, strangers: bool) -> tuple[Says, Says]:
        if one.root in self._rules.symmetric:
            return self._both_sides(one, other, strangers)
        crossed = (one.agents & other.targets) - one.targets - other.agents
        crossed |= (other.agents & one.targets) - other.targets - one.agents
        agents = Says.DIFFERENT if crossed else self._doers(one, other, strangers)
        targets = self._said(one.targets, other.targets, strangers)
        if targets is Says.DIFFERENT and _same_toll(one, other):
            alike = self._parties.told_alike(one.targets, other.targets)
            targets = Says.UNKNOWN if alike else targets
        return agents, targets

    def _doers(self, one: Account, other: Account, strangers: bool) -> Says:
        """Whether the agents agree; in the deed of a side, where names do not tell, by the side."""
        said = self._said(one.agents, other.agents, strangers)
        if said is Says.SAME or one.root not in self._rules.of_sides:
            return said
        alike = self._parties.compare(one.agents, other.agents)
        if alike is None:
            return said
        return alike if one.settled else min(alike, Says.UNKNOWN)

    def _both_sides(self, one: Account, other: Account, strangers: bool) -> tuple[Says, Says]:
        """Agents and targets taken together: all that the one names must be among those of the other."""
        mine, theirs = one.agents | one.targets, other.agents | other.targets
        said = self._said(mine, theirs, strangers)
        if said is not Says.SAME:
            return said, Says.UNKNOWN
        if strangers:
            mine, theirs = self._known_again(mine), self._known_again(theirs)
        shared = min(
            sum(self._is_among(each, theirs) for each in mine),
            sum(self._is_among(each, mine) for each in theirs),
        )
        if shared < min(len(mine), len(theirs)):
            return Says.DIFFERENT, Says.UNKNOWN
        return Says.SAME, Says.SAME if shared > 1 else Says.UNKNOWN

    def _said(self, mine: frozenset[str], theirs: frozenset[str], strangers: bool) -> Says:
        """Whether two fillers of a role agree: those of `strangers` only where they can be known again."""
        if not mine or not theirs:
            return Says.UNKNOWN
        if strangers:
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

    def _leads_one_way(self, account: Account, happening: Happening) -> bool:
        """Whether the words of both speak of a place taken, or of one taken back, alike."""
        mine = account.told.word.startswith(self._returning)
        return any(
            _contested(account, other) or other.told.word.startswith(self._returning) == mine
            for other in happening.witnesses
        )

    def _is_among(self, each: str, others: frozenset[str]) -> bool:
        return each in others or not self._kin[each].isdisjoint(others)

    def _tell_of_the_same(self, account: Account, happening: Happening, time: str, somewhere: bool) -> bool:
        """Whether both tell of what was done to one person, or of as many dead, at times that may be one."""
        for other in happening.witnesses:
            if not account.persons.isdisjoint(other.persons) and (
                _is_of_a_month(account, happening)
                if time == OVERLAP
                else time or account.days or happening.days or account.told.kind in self._rules.once
            ):
                return True
            if _same_toll(account, other) and (
                (time != OVERLAP and happening.told_in(account.ref.article))
                or (time == SAME_DAYS and somewhere)
            ):
                return True
        return False

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
                return some or (within and not time and self._leads_one_way(account, happening)), False
            if both or wide or time or within:
                return both, False
            return bool(agents) and account.told.kind == happening.kind, True
        if time == SAME_DAYS:
            of_parties = account.root in self._rules.of_parties
            placed = of_parties or account.locus or any(other.locus for other in happening.witnesses)
            return both or bool(agents and account.settled and placed), not both
        return both and within and account.told.kind == happening.kind, True


def _is_of_a_month(account: Account, happening: Happening) -> bool:
    """Whether both are known to a month."""
    return all(days is not None and days.count <= CURRENT for days in (account.days, happening.days))


def _same_toll(one: Account, other: Account) -> bool:
    """Whether both tell of as many dead, or as many arrested."""
    return one.told.toll is not None and one.told.toll == other.told.toll


def _is_copied(account: Account, happening: Happening) -> bool:
    """Whether an article of the same days has the sentence of `account` too, and tells of it there.

    Of two days, both must tell of one day besides: serial reports repeat their phrases day by day.
    """
    return any(
        other.nth == account.nth
        and other.told.kind == account.told.kind
        and account.published is not None
        and other.published is not None
        and abs(other.published - account.published) <= NEAR_ARTICLES
        and (other.published == account.published or not other.news.isdisjoint(account.news))
        and other.ref.article != account.ref.article
        and same_text(account.told.text, other.told.text)
        for other in happening.witnesses
    )


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
