"""Clusters of chains as entities: a class, a label, an identifier, a confidence and the reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kg.gazetteer.folding import fold
from kg.model import Entity, Link, MentionRef
from kg.resolve.clusters import Cluster, Gathering
from kg.resolve.digest import Digest
from kg.resolve.joining import join
from kg.resolve.names_match import digest_of, slug
from kg.resolve.rules import Rules

_AGREED = 2 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Entities, sorted by id, and which of them each chain (article, chain id) is.

    `lasting` are the ids of entities that can be known again in another article; the others are
    somebody in one article. `countries` holds the ISO code of those that are of one country. A chain
    that is never named and takes part in nothing is no entity.
    """

    entities: tuple[Entity, ...]
    of_chain: dict[tuple[str, int], str]
    lasting: frozenset[str]
    countries: dict[str, str]


Regroup: TypeAlias = Callable[
    [Gathering, Sequence[Cluster], Sequence[str]], tuple[Sequence[Cluster], Sequence[str]]
]
"""Gives clusters in place of others, and their ids."""


def identify(digests: Sequence[Digest], rules: Rules, regroup: Regroup | None = None) -> Identity:
    """The entities of `digests`, which are sorted by article; `regroup` corrects which chains are one."""
    gathering = Gathering(digests, rules)
    clusters: Sequence[Cluster] = sorted(join(gathering), key=lambda cluster: cluster.nodes[0])
    ids: Sequence[str] = _ids(gathering, clusters)
    if regroup is not None:
        clusters, ids = regroup(gathering, clusters, ids)
    entities: list[Entity] = []
    of_chain: dict[tuple[str, int], str] = {}
    for cluster, id_ in zip(clusters, ids, strict=True):
        entities.append(_entity(gathering, cluster, id_))
        for number, place in cluster.nodes:
            of_chain[digests[number].article, digests[number].chains[place].id] = id_
    lasting = frozenset(id_ for cluster, id_ in zip(clusters, ids, strict=True) if cluster.shared)
    return Identity(
        entities=tuple(sorted(entities, key=lambda entity: entity.id)),
        of_chain=of_chain,
        lasting=lasting,
        countries={id_: each.country for each, id_ in zip(clusters, ids, strict=True) if each.country},
    )


def agreed_kind(kinds: Counter[str], rules: Rules) -> str:
    """The narrowest class that two thirds of `kinds` agree on; a wider class speaks against none below."""
    root = Counter(rules.root(kind) for kind in kinds.elements())
    found = min(root, key=lambda kind: (-root[kind], kind))
    while True:
        below: Counter[str] = Counter()
        for kind, count in kinds.items():
            line = rules.line(kind)
            if found in line[1:]:
                below[line[line.index(found) - 1]] += count
        if not below:
            return found
        best = min(below, key=lambda kind: (-below[kind], kind))
        if below[best] < _AGREED * below.total():
            return found
        found = best


def _entity(gathering: Gathering, cluster: Cluster, id_: str) -> Entity:
    chains = [gathering.chain(node) for node in cluster.nodes]
    links = [chain.link for chain in chains if chain.link is not None]
    kinds = Counter(chain.kind for chain in chains)
    label = _label(gathering, cluster)
    others: Iterable[str] = (name for chain in chains for name in (chain.name, *chain.names))
    reasons = set(cluster.reasons)
    confidence = cluster.confidence
    link: Link | None = None
    if links:
        link = min(links, key=lambda each: (-each.confidence, each.reason))
        kind = gathering.rules.narrower(agreed_kind(kinds, gathering.rules), link.kind) or link.kind
        others = (*others, *link.alternate_names)
        confidence = min(confidence, sum(each.confidence for each in links) / len(links))
        reasons.add(link.reason)
    else:
        kind = agreed_kind(kinds, gathering.rules)
    return Entity(
        id=id_,
        kind=kind,
        label=label,
        alternate_labels=tuple(sorted({" ".join(name.split()) for name in others} - {label, ""})),
        mentions=tuple(
            sorted(
                MentionRef(article=gathering.digests[node[0]].article, key=key)
                for node, chain in zip(cluster.nodes, chains, strict=True)
                for key in chain.mentions
            )
        ),
        link=link,
        confidence=round(confidence, 3),
        reason="; ".join(sorted(reasons)) or None,
    )


def _label(gathering: Gathering, cluster: Cluster) -> str:
    """The gazetteer's name, else of the names with most words the most frequent."""
    chains = [gathering.chain(node) for node in cluster.nodes]
    for chain in chains:
        if chain.link is not None:
            return chain.link.label
    named = [chain for chain in chains if chain.named]  # all or none, but where a reader made them one
    counts = Counter(_bare(chain.name, gathering.rules) for chain in named or chains)
    return min(counts, key=lambda name: (-len(name.split()), -counts[name], -len(name), name)) or "?"


def _bare(name: str, rules: Rules) -> str:
    """`name` without a leading article."""
    first, *rest = name.split() or [""]
    return " ".join(rest) if rest and fold(first) in rules.articles else " ".join((first, *rest))


def _ids(gathering: Gathering, clusters: Sequence[Cluster]) -> list[str]:
    """An id for each cluster; where several would have the same, all but the first get a hash."""
    ids = [cluster.link or own_id(gathering, cluster) for cluster in clusters]
    bearers: defaultdict[str, list[int]] = defaultdict(list)
    for number, id_ in enumerate(ids):
        bearers[id_].append(number)
    taken = set(ids)
    for id_, numbers in bearers.items():
        first = next((number for number in numbers if clusters[number].link), numbers[0])
        for number in numbers:
            if number != first:
                article, chain = _first(gathering, clusters[number])
                where, length = f"{article}\n{chain}", 6
                while (told := f"{id_}-{digest_of(where, length)}") in taken:
                    length += 2
                ids[number] = told
                taken.add(told)
    return ids


def own_id(gathering: Gathering, cluster: Cluster) -> str:
    """The family and the fullest name; the country, or the article, where the name alone does not tell."""
    parts = [slug(_label(gathering, cluster))]
    if not cluster.shared:
        article, chain = _first(gathering, cluster)
        parts += [slug(article), str(chain)]
    elif cluster.country and (cluster.national or not cluster.names):
        parts.append(cluster.country.lower())
    return f"{cluster.family.lower()}/{'-'.join(parts)}"


def _first(gathering: Gathering, cluster: Cluster) -> tuple[str, int]:
    node = cluster.nodes[0]
    return gathering.digests[node[0]].article, gathering.chain(node).id
