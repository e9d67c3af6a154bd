"""The first gathering of chains into entities: by link, by the same name, by the same standing group.

What is only likely is left to `kg.resolve.joining`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from kg.model import Link
from kg.resolve.digest import Digest, DigestChain
from kg.resolve.names_match import Key, Naming, owned
from kg.resolve.rules import Rules

PERSON, BODY, GROUP, PLACE = "Person", "Organization", "Group", "Place"
FAMILIES = (PERSON, BODY, GROUP, PLACE)

_SAME_NAME = 0.95
_SAME_STANDING_GROUP = 0.7

Node: TypeAlias = tuple[int, int]
"""A chain: the number of its digest, and its own number there."""


@dataclass(slots=True, eq=False)
class Cluster:
    """Chains taken to be one entity.

    `names` are the keys of full names, `forms` those of other forms. `national` says that other
    countries have one of the same name; `shared` that it can be known again in another article.
    """

    family: str
    nodes: list[Node]
    names: set[Key] = field(default_factory=set)
    forms: set[Key] = field(default_factory=set)
    country: str | None = None
    link: str | None = None
    national: bool = False
    shared: bool = True
    confidence: float = 1.0
    reasons: set[str] = field(default_factory=set)

    def absorb(self, other: Cluster, confidence: float, reason: str) -> None:
        """Take in all of `other`."""
        self.nodes = sorted([*self.nodes, *other.nodes])
        self.names |= other.names
        self.forms |= other.forms
        self.country = self.country or other.country
        self.national = self.national or other.national
        self.shared = self.shared or other.shared
        self.confidence = min(self.confidence, other.confidence, confidence)
        self.reasons |= {reason} | other.reasons


class Gathering:
    """The chains of `digests`, which are in their final order, gathered by what is sure.

    `named` are clusters with a link or a name; `lone` the people named by one word; `unnamed` the rest.
    `focus` is the country that each article is about.
    """

    def __init__(self, digests: Sequence[Digest], rules: Rules) -> None:
        self.digests = list(digests)
        self.rules = rules
        self.naming = Naming(rules)
        self.focus = [focus_country(digest) for digest in digests]
        self.context = [self._context(digest) for digest in digests]
        self.lone: list[Node] = []
        linked: dict[str, Cluster] = {}
        named: dict[tuple[object, ...], Cluster] = {}
        unnamed: dict[tuple[object, ...], Cluster] = {}
        for number, digest in enumerate(digests):
            active = participants(digest)
            for place, chain in enumerate(digest.chains):
                node = number, place
                if chain.link is not None:
                    self._add_linked(linked, node, chain, chain.link)
                elif not chain.named:
                    if chain.id in active:
                        self._add_unnamed(unnamed, node, chain)
                elif self.family(chain.kind) == PERSON and len(self.naming.person(chain.name)) == 1:
                    self.lone.append(node)
                else:
                    self._add_named(named, node, chain)
        self.named = [*linked.values(), *named.values()]
        self.unnamed = list(unnamed.values())

    def chain(self, node: Node) -> DigestChain:
        """The chain at `node`."""
        return self.digests[node[0]].chains[node[1]]

    def relink(self, nodes: Sequence[Node], link: Link | None) -> None:
        """Gives the chains at `nodes` another link, or none."""
        for number, place in nodes:
            chains = list(self.digests[number].chains)
            chains[place] = replace(chains[place], link=link)
            self.digests[number] = replace(self.digests[number], chains=tuple(chains))

    def family(self, kind: str) -> str:
        """Which of the families that are never mixed the class `kind` is of."""
        line = self.rules.line(kind)
        return next((each for each in FAMILIES if each in line), line[-1])

    def key(self, family: str, name: str) -> Key:
        """The key of a name of that family."""
        if family == PERSON:
            return self.naming.person(name)
        return self.naming.place(name) if family == PLACE else self.naming.body(name)[0]

    def forms(self, family: str, names: Sequence[str]) -> set[Key]:
        """The keys of further names."""
        return {key for name in names if (key := self.key(family, name))}

    def _is_national(self, family: str, chain: DigestChain) -> bool:
        if family not in (BODY, GROUP) or self.rules.stateless & set(self.rules.line(chain.kind)):
            return False
        return not self.rules.national.isdisjoint(self.naming.body(chain.name)[0])

    def _country(self, node: Node, family: str) -> str | None:
        """The country that tells this chain from others of its name, or None where none does."""
        chain = self.chain(node)
        if family == PERSON:
            return None
        if family == PLACE:
            return chain.country or self.focus[node[0]]
        own = chain.country or self.naming.body(chain.name)[1]
        return own or (self.focus[node[0]] if self._is_national(family, chain) else None)

    def _add_linked(self, linked: dict[str, Cluster], node: Node, chain: DigestChain, link: Link) -> None:
        family = self.family(link.kind)
        cluster = linked.setdefault(link.id, Cluster(family=family, nodes=[], link=link.id))
        cluster.nodes.append(node)
        if family == PLACE:
            cluster.names |= self.forms(family, (chain.name,))
        else:
            cluster.names |= self.forms(family, (link.label, chain.name) if chain.named else (link.label,))
            cluster.forms |= self.forms(family, link.alternate_names)
            cluster.national = cluster.national or self._is_national(family, chain)
        if chain.named:
            cluster.forms |= self.forms(family, chain.names)
        if cluster.country is None:
            cluster.country = link.place.country if link.place else self._country(node, family)

    def _add_named(self, named: dict[tuple[object, ...], Cluster], node: Node, chain: DigestChain) -> None:
        family = self.family(chain.kind)
        key = self.key(family, chain.name)
        country = self._country(node, family)
        national = self._is_national(family, chain)
        apart = not key or (country is None and (national or family == PLACE))
        cluster = named.setdefault(
            (family, chain.kind if family == PLACE else "", key, country, node if apart else None),
            Cluster(family=family, nodes=[], country=country, national=national, shared=not apart),
        )
        cluster.nodes.append(node)
        cluster.names |= {key} - {()}
        cluster.forms |= self.forms(family, chain.names)
        if cluster.nodes[0][0] != node[0]:
            cluster.confidence = _SAME_NAME
            cluster.reasons.add("the same name in several articles")

    def _add_unnamed(
        self, unnamed: dict[tuple[object, ...], Cluster], node: Node, chain: DigestChain
    ) -> None:
        family = self.family(chain.kind)
        key = self.naming.description(chain.name if chain.country is None else owned(chain.name))
        standing = (
            family in (GROUP, BODY)
            and chain.country is not None
            and not self.rules.standing.isdisjoint(key)
            and not self.naming.is_counted(chain.name)
        )
        cluster = unnamed.setdefault(
            (family, key, chain.country) if standing else node,
            Cluster(family=family, nodes=[], country=chain.country, shared=standing),
        )
        cluster.nodes.append(node)
        if cluster.nodes[0][0] != node[0]:
            cluster.confidence = _SAME_STANDING_GROUP
            cluster.reasons.add("the same description of a standing group of one country")

    def _context(self, digest: Digest) -> frozenset[str]:
        """The named places and bodies of an article, each by its link or its name."""
        return frozenset(
            chain.link.id if chain.link else " ".join(self.key(family, chain.name))
            for chain in digest.chains
            if (chain.named or chain.link) and (family := self.family(chain.kind)) in (PLACE, BODY)
        )


def focus_country(digest: Digest) -> str | None:
    """The ISO code of the country that an article is about: half of what it says of countries, or more."""
    weight: Counter[str] = Counter()
    for chain in digest.chains:
        place = chain.link.place if chain.link else None
        code = place.country if place else chain.country
        if code:
            weight[code] += len(chain.mentions) or 1
    if not weight:
        return None
    code, most = min(weight.items(), key=lambda item: (-item[1], item[0]))
    return code if 2 * most >= weight.total() else None


def participants(digest: Digest) -> set[int]:
    """The chains that fill a role, have or give a post, or stand in a relation."""
    found: set[int] = set()
    for account in digest.accounts:
        found.update(account.agents, account.targets, account.places, account.origins)
        found.update(account.destinations, account.sources)
    for holding in digest.holdings:
        found.update(each for each in (holding.holder, holding.at) if each is not None)
    for relation in digest.relations:
        found.update((relation.subject, relation.object))
    return found
