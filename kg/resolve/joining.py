"""Joining clusters of chains by what is likely, the surest evidence first.

In turn: a link under the same name, a body with and without its country's adjective, spellings of one
sound, other forms that an article ties to a name, and short names. A cluster joins only where one other
fits and nothing that their articles speak of tells against it; each join is checked against the whole
cluster, so that a row of likenesses never ties what differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain as flatten
from typing import TypeAlias

from kg.resolve.clusters import BODY, PERSON, PLACE, Cluster, Gathering
from kg.resolve.names_match import Key, is_shortened, is_variant, sounds

_FORM = 0.85
_SPELLING = 0.8
_SHORT = 0.8

_Known: TypeAlias = dict[tuple[str, Key], list[Cluster]]
_Block: TypeAlias = tuple[Cluster, list[Cluster]]


def join(gathering: Gathering) -> list[Cluster]:
    """All clusters of `gathering` after joining, those without a name at the end."""
    return _Joining(gathering).clusters


class _Joining:
    def __init__(self, gathering: Gathering) -> None:
        self._of = gathering
        self._contexts: dict[int, set[str]] = {}
        self.clusters = list(gathering.named)
        self._join_only(self._linked_by_name(), _FORM, "the same name as what is linked")
        self._join_national()
        self._join_spellings()
        self._join_only(self._bearers_of_form(), _FORM, "another form of the name in an article")
        self._join_only(self._bearers_of_longer(), _FORM, "the same name, middle names left out")
        self._join_lone()
        self.clusters += gathering.unnamed

    def _join_only(self, blocks: Iterable[_Block], confidence: float, reason: str) -> None:
        """Join each cluster to the one of its block that it fits, where it is one."""
        into: dict[int, Cluster] = {}
        for cluster, others in list(blocks):
            here = _now(into, cluster)
            fitting = {id(there): there for other in others if (there := _now(into, other)) is not here}
            if len(fitting) == 1 and self._may_join(here, there := next(iter(fitting.values()))):
                kept, gone = (there, here) if here.link is None else (here, there)
                self._absorb(kept, gone, confidence, reason)
                into[id(gone)] = kept
        self.clusters = [cluster for cluster in self.clusters if id(cluster) not in into]

    def _absorb(self, kept: Cluster, gone: Cluster, confidence: float, reason: str) -> None:
        self._contexts[id(kept)] = self._context(kept) | self._context(gone)
        kept.absorb(gone, confidence, reason)

    def _may_join(self, one: Cluster, other: Cluster) -> bool:
        if one.family != other.family or (one.link is not None and other.link is not None):
            return False
        if one.country != other.country and (
            one.national or other.national or (one.country is not None and other.country is not None)
        ):
            return False
        if (one.national or other.national) and one.country is None:
            return False
        return self._nothing_against(one, other)

    def _nothing_against(self, one: Cluster, other: Cluster) -> bool:
        """Whether the articles of both speak of something in common, or some of them of nothing else."""
        own = {" ".join(name) for name in one.names | other.names} | {one.link or "", other.link or ""}
        mine, theirs = self._context(one), self._context(other)
        return mine <= own or theirs <= own or not (mine & theirs) <= own

    def _context(self, cluster: Cluster) -> set[str]:
        found = self._contexts.get(id(cluster))
        if found is None:
            numbers = {node[0] for node in cluster.nodes}
            found = self._contexts[id(cluster)] = set().union(*(self._of.context[each] for each in numbers))
        return found

    # ------------------------------------------------------------ what fits what

    def _linked_by_name(self) -> Iterator[_Block]:
        """What has no link, beside what is linked and known by the same full name."""
        known: _Known = defaultdict(list)
        for cluster in self.clusters:
            if cluster.link is not None:
                for key in sorted(cluster.names | {form for form in cluster.forms if len(form) > 1}):
                    known[cluster.family, key].append(cluster)
        for cluster in self.clusters:
            if cluster.link is None:
                for key in sorted(cluster.names):
                    yield (
                        cluster,
                        [o for o in known.get((cluster.family, key), ()) if self._one_place(cluster, o)],
                    )

    def _one_place(self, cluster: Cluster, linked: Cluster) -> bool:
        """Whether the two, where they are places, are of one country and of classes that agree."""
        if cluster.family != PLACE:
            return True
        kinds = {self._of.chain(node).kind for node in cluster.nodes}
        links = {link.kind for node in linked.nodes if (link := self._of.chain(node).link)}
        return cluster.country == linked.country is not None and all(
            self._of.rules.narrower(kind, other) for kind in kinds for other in links
        )

    def _bearers_of_form(self) -> Iterator[_Block]:
        """A cluster, beside those of which an article gives its name as another form."""
        bearers: _Known = defaultdict(list)
        for cluster in self.clusters:
            if cluster.family != PLACE:
                for form in sorted(cluster.forms - cluster.names):
                    bearers[cluster.family, form].append(cluster)
        for cluster in self.clusters:
            if cluster.link is None and cluster.shared and cluster.family != PLACE:
                for key in sorted(cluster.names):
                    yield cluster, bearers.get((cluster.family, key), [])

    def _bearers_of_longer(self) -> Iterator[_Block]:
        """A person, beside those whose name has its words and further ones between."""
        full: dict[tuple[str, str], list[Cluster]] = defaultdict(list)
        people = [cluster for cluster in self.clusters if cluster.family == PERSON]
        for cluster in people:
            for key in sorted(cluster.names):
                full[key[0], key[-1]].append(cluster)
        for cluster in people:
            if cluster.link is None:
                for key in sorted(cluster.names):
                    yield (
                        cluster,
                        [
                            o
                            for o in full[key[0], key[-1]]
                            if any(is_shortened(key, name) for name in o.names)
                        ],
                    )

    def _join_national(self) -> None:
        """Join a body named without a country to the only one of its name, if its articles are about that."""
        abroad: dict[Key, list[Cluster]] = defaultdict(list)
        for cluster in self.clusters:
            if cluster.family == BODY and cluster.link is None and cluster.country is not None:
                for key in sorted(cluster.names):
                    abroad[key].append(cluster)
        gone: set[int] = set()
        for cluster in self.clusters:
            if cluster.family != BODY or cluster.link or cluster.country or not cluster.shared:
                continue
            fitting = [other for key in sorted(cluster.names) for other in abroad.get(key, ())]
            about = {self._of.focus[node[0]] for node in cluster.nodes}
            if len(fitting) == 1 and about == {fitting[0].country}:
                self._absorb(fitting[0], cluster, _FORM, "the same name with and without the country")
                gone.add(id(cluster))
        self.clusters = [cluster for cluster in self.clusters if id(cluster) not in gone]

    def _join_spellings(self) -> None:
        """Join names that are spellings of one sound and that no article tells apart."""
        alike: _Known = defaultdict(list)
        gone: set[int] = set()
        for cluster in sorted(self.clusters, key=lambda each: each.link is None):
            if cluster.family not in (PERSON, BODY) or not cluster.shared:
                continue
            keys = sorted({sounds(name) for name in cluster.names if len(name) > 1})
            others = {id(other): other for key in keys for other in alike[cluster.family, key]}
            fitting = [other for other in others.values() if self._is_spelling(cluster, other)]
            if len(fitting) == 1 and self._may_join(cluster, fitting[0]):
                self._absorb(fitting[0], cluster, _SPELLING, "a spelling of the same name")
                gone.add(id(cluster))
            else:
                for key in keys:
                    alike[cluster.family, key].append(cluster)
        self.clusters = [cluster for cluster in self.clusters if id(cluster) not in gone]

    def _is_spelling(self, one: Cluster, other: Cluster) -> bool:
        if one.country != other.country or one.family != other.family:
            return False
        if not {node[0] for node in one.nodes}.isdisjoint(node[0] for node in other.nodes):
            return False
        pairs = [
            is_variant(mine, theirs)
            for mine in one.names
            for theirs in other.names
            if len(mine) == len(theirs) > 1
        ]
        return bool(pairs) and all(pairs)

    def _join_lone(self) -> None:
        """Give each person named by one word to the only full name that fits; the rest stand apart."""
        bearers: dict[Key, list[Cluster]] = defaultdict(list)
        for cluster in self.clusters:
            if cluster.family == PERSON:
                short = {name[-1:] for name in cluster.names}
                for key in sorted(short | {form for form in cluster.forms if len(form) == 1}):
                    bearers[key].append(cluster)
        apart: dict[Key, list[Cluster]] = defaultdict(list)
        for node in self._of.lone:
            chain = self._of.chain(node)
            key = self._of.naming.person(chain.name)
            alone = Cluster(
                family=PERSON, nodes=[node], names={key}, forms=self._of.forms(PERSON, chain.names)
            )
            near = self._nearest(alone, bearers.get(key, []))
            if near is not None:
                self._absorb(near, alone, _SHORT, "a short name that one full name fits")
                continue
            same = (
                [] if key in bearers else [each for each in apart[key] if self._nothing_against(alone, each)]
            )
            if len(same) == 1:
                self._absorb(same[0], alone, _SHORT, "the same single name in articles on the same things")
            else:
                apart[key].append(alone)
        self.clusters += flatten.from_iterable(apart.values())

    def _nearest(self, alone: Cluster, bearers: list[Cluster]) -> Cluster | None:
        """The bearer in the same article, else the only one at all, else the only one of the same context."""
        number = alone.nodes[0][0]
        within = [each for each in bearers if any(node[0] == number for node in each.nodes)]
        if within or len(bearers) == 1:
            fitting = within or bearers
            return fitting[0] if len(fitting) == 1 and self._nothing_against(alone, fitting[0]) else None
        here = self._of.context[number]
        sharing = [each for each in bearers if not here.isdisjoint(self._context(each))]
        return sharing[0] if len(sharing) == 1 else None


def _now(into: dict[int, Cluster], cluster: Cluster) -> Cluster:
    while id(cluster) in into:
        cluster = into[id(cluster)]
    return cluster
