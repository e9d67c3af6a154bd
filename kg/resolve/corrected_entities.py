"""Clusters of chains as readers' corrections have them: parted, joined, linked otherwise.

Whoever is not corrected keeps cluster and id. What is joined keeps the id of the one that is linked, else
of the one that is named first; what is set apart gets one from its own first chain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from kg.corrections import Action
from kg.errors import DataError
from kg.model import Link
from kg.resolve.clusters import Cluster, Gathering, Node
from kg.resolve.entities import own_id
from kg.resolve.names_match import digest_of
from kg.resolve.regrouping import Aimed, Key, Regrouping

Links: TypeAlias = Callable[[str], Link | None]
"""Finds the entry of a gazetteer by the id of its entity (``geonames/2459657``, ``gazetteer/afp``)."""

_APART = "set apart by a reader's correction"
_ONE = "one by a reader's correction"
_LINKED = "linked by a reader's correction"
_UNLINKED = "its link was taken away by a reader's correction"


class CorrectedEntities:
    """Regroups clusters as `aimed`, corrections of entities, say. `links` finds what they link to."""

    def __init__(self, aimed: Sequence[Aimed], links: Links | None) -> None:
        self._aimed = aimed
        self._links = links
        self._regrouping = Regrouping(aimed)

    def regroup(
        self, gathering: Gathering, clusters: Sequence[Cluster], ids: Sequence[str]
    ) -> tuple[list[Cluster], list[str]]:
        """The clusters as corrected, in their order, with their ids.

        Raises `DataError` where corrections contradict one another, join what is of two kinds, or link to
        what no gazetteer has.
        """
        chains = {node: self._member(gathering, node) for cluster in clusters for node in cluster.nodes}
        group_of = {chains[node]: number for number, cluster in enumerate(clusters) for node in cluster.nodes}
        parted, joined = self._regrouping.regroup(group_of)
        nodes: defaultdict[Key, list[Node]] = defaultdict(list)
        for node in sorted(chains):
            nodes[parted[chains[node]]].append(node)
        parts: dict[Key, Cluster] = {}
        for key, own in nodes.items():
            whole = clusters[group_of[chains[own[0]]]]
            if key[0] == "apart":
                parts[key] = self._apart(gathering, whole, own)
            else:
                parts[key] = whole if len(own) == len(whole.nodes) else self._rest(gathering, whole, own)
        id_of = {
            key: ids[key[1]] if isinstance(key[1], int) else _id_apart(gathering, parts[key]) for key in parts
        }
        self._link(gathering, parts, parted, id_of)
        joined = self._with_links(parts, joined)
        self._regrouping.check(parted, joined)
        groups: defaultdict[Key, list[Key]] = defaultdict(list)
        order = self._order(parted)
        for key in sorted(parts, key=lambda each: (order.get(each, len(order)), parts[each].nodes[0])):
            groups[joined[key]].append(key)
        found = [
            self._join(gathering, [(parts[key], id_of[key]) for key in group]) for group in groups.values()
        ]
        found.sort(key=lambda each: each[0].nodes[0])
        return [cluster for cluster, _ in found], [id_ for _, id_ in found]

    @staticmethod
    def _member(gathering: Gathering, node: Node) -> tuple[str, int]:
        return gathering.digests[node[0]].article, gathering.chain(node).id

    def _apart(self, gathering: Gathering, whole: Cluster, nodes: list[Node]) -> Cluster:
        """A part without the link of the whole: that is the other's."""
        gathering.relink(nodes, None)
        part = self._rest(gathering, whole, nodes)
        part.link = None
        part.confidence = 1.0
        part.reasons = {_APART}
        return part

    def _rest(self, gathering: Gathering, whole: Cluster, nodes: list[Node]) -> Cluster:
        chains = [gathering.chain(node) for node in nodes]
        forms = gathering.forms(whole.family, [name for chain in chains for name in chain.names])
        return Cluster(
            family=whole.family,
            nodes=nodes,
            names=gathering.forms(whole.family, [chain.name for chain in chains if chain.named]),
            forms=forms,
            country=whole.country,
            link=whole.link,
            national=whole.national,
            shared=whole.shared,
            confidence=whole.confidence,
            reasons=set(whole.reasons),
        )

    def _link(
        self,
        gathering: Gathering,
        parts: dict[Key, Cluster],
        parted: Mapping[tuple[str, int], Key],
        id_of: dict[Key, str],
    ) -> None:
        told: dict[Key, Aimed] = {}
        keys: Mapping[object, Key] = dict(parted.items())
        for each in self._aimed:
            if each.correction.action is not Action.LINK:
                continue
            key = keys[self._regrouping.anchor(each.aims[0])]
            other = told.setdefault(key, each)
            if other.correction.to != each.correction.to:
                raise DataError(
                    f"{each.correction.where}: another link is given at {other.correction.where}: delete one"
                )
        for key, each in told.items():
            link, cluster = self._find(each), parts[key]
            gathering.relink(cluster.nodes, link)
            cluster = parts[key] = self._rest(gathering, cluster, cluster.nodes)
            cluster.link = link.id if link else None
            cluster.reasons = set() if link else {_UNLINKED}
            if link is None:
                id_of[key] = own_id(gathering, cluster)
                continue
            if gathering.family(link.kind) != cluster.family:
                raise DataError(
                    f"{each.correction.where}: '{each.correction.to}' is of the class {link.kind}, what is to"
                    f" be linked of {cluster.family}: give another id, or none"
                )
            cluster.country = link.place.country if link.place else cluster.country
            id_of[key] = link.id
        taken = {id_of[key] for key in parts if key not in told}
        for key in sorted(told, key=lambda each: parts[each].nodes[0]):
            if parts[key].link is None and id_of[key] in taken:
                id_of[key] = f"{id_of[key]}-{_digest(gathering, parts[key])}"
            taken.add(id_of[key])

    def _find(self, aimed: Aimed) -> Link | None:
        if aimed.correction.to is None:
            return None
        link = self._links(aimed.correction.to) if self._links else None
        if link is None:
            raise DataError(
                f"{aimed.correction.where}: no gazetteer has '{aimed.correction.to}': give an id such as "
                "geonames/2459657 or gazetteer/ID, or none"
            )
        return replace(link, confidence=1.0, reason=_LINKED)

    @staticmethod
    def _with_links(parts: Mapping[Key, Cluster], joined: Mapping[Key, Key]) -> dict[Key, Key]:
        """`joined`, with those that are linked alike joined too."""
        found = dict(joined)
        first: dict[str, Key] = {}
        for key, cluster in parts.items():
            if cluster.link is None:
                continue
            here, there = found[key], found[first.setdefault(cluster.link, key)]
            if here != there:
                found = {each: there if root == here else root for each, root in found.items()}
        return found

    def _join(self, gathering: Gathering, group: list[tuple[Cluster, str]]) -> tuple[Cluster, str]:
        if len(group) == 1:
            return group[0]
        group = sorted(group, key=lambda each: each[0].link is None)
        kept, id_ = group[0]
        for other, _ in group[1:]:
            if other.family != kept.family:
                raise DataError(
                    f"{self._joining(group)}: what is of the class {kept.family} ({id_}) and what is of"
                    f" {other.family} cannot be one: name two of a kind"
                )
            if other.link != kept.link:
                gathering.relink(other.nodes, None)
            kept.absorb(other, 1.0, _ONE)
        return kept, id_

    def _order(self, parted: Mapping[tuple[str, int], Key]) -> dict[Key, int]:
        """The parts that are made one with others, in the order in which corrections name them."""
        keys: Mapping[object, Key] = dict(parted.items())
        order: dict[Key, int] = {}
        for same in self._regrouping.sames:
            for aim in same.aims:
                order.setdefault(keys[self._regrouping.anchor(aim)], len(order))
        return order

    def _joining(self, group: list[tuple[Cluster, str]]) -> str:
        """Where the first correction stands that makes one of things in `group`."""
        ids = {id_ for _, id_ in group}
        sames = self._regrouping.sames
        return min(
            (one.correction.where for one in sames if not ids.isdisjoint(aim.id for aim in one.aims)),
            default=sames[0].correction.where,
        )


def _id_apart(gathering: Gathering, cluster: Cluster) -> str:
    return f"{own_id(gathering, cluster)}-{_digest(gathering, cluster)}"


def _digest(gathering: Gathering, cluster: Cluster) -> str:
    first = cluster.nodes[0]
    return digest_of(f"{gathering.digests[first[0]].article}\n{gathering.chain(first).id}", 8)
