"""Joining chains of a layer, and settling what was joined: one number, one name and one class a chain."""

from __future__ import annotations

from kg.annotate.evidence import ORGANIZATION, PERSON, family
from kg.annotate.layer import Chain, Layer, Mention
from kg.model import Form

_BROAD = frozenset(("Place", "Organization", "AdministrativeArea"))


class Joining:
    """Chains under way to being joined (a disjoint-set forest); `settle` writes the result to the layer."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self._parent = list(range(len(layer.chains)))

    def find(self, chain: int) -> int:
        """The chain that stands for `chain` now."""
        while self._parent[chain] != chain:
            self._parent[chain] = self._parent[self._parent[chain]]
            chain = self._parent[chain]
        return chain

    def join(self, first: int, second: int) -> None:
        """Say that both chains are one; the first gives its class where they differ."""
        first, second = self.find(first), self.find(second)
        if first != second:
            self._parent[second] = first

    def add(self, mention: Mention) -> int:
        """Add a mention to its chain; its index."""
        index = len(self.layer.mentions)
        self.layer.mentions.append(mention)
        self.layer.chains[mention.chain].mentions.append(index)
        self.layer.mention_of.setdefault(mention.root, index)
        return index

    def move(self, index: int, chain: int) -> None:
        """Give the mention `index` to another chain."""
        mention = self.layer.mentions[index]
        if index in self.layer.chains[mention.chain].mentions:
            self.layer.chains[mention.chain].mentions.remove(index)
        mention.chain = chain
        self.layer.chains[chain].mentions.append(index)

    def split(self, index: int, name: str) -> int:
        """Give the mention `index` a chain of its own."""
        mention = self.layer.mentions[index]
        old = self.layer.chains[mention.chain]
        new = Chain(
            len(self.layer.chains), old.kind, name, {name}, country=old.country, gazetteer=old.gazetteer
        )
        self.layer.chains.append(new)
        self._parent.append(new.id)
        self.move(index, new.id)
        return new.id

    def settle(self) -> None:
        """Number the joined chains anew in order of the text, with their mentions, names and class."""
        layer = self.layer
        while len(self._parent) < len(layer.chains):
            self._parent.append(len(self._parent))
        members: dict[int, list[Chain]] = {}
        for chain in layer.chains:
            members.setdefault(self.find(chain.id), []).append(chain)
        needed = {h.at for h in layer.holdings if h.at is not None} | {h.holder for h in layer.holdings}
        merged: list[tuple[list[Chain], Chain]] = []
        for root, chains in members.items():
            chains.sort(key=lambda chain: chain.id != root)
            whole = self._merged(chains)
            if whole.mentions or any(chain.id in needed for chain in chains):
                merged.append((chains, whole))
        merged.sort(
            key=lambda pair: (pair[1].mentions[0] if pair[1].mentions else len(layer.mentions), pair[1].id)
        )
        number: dict[int, int] = {}
        for position, (chains, whole) in enumerate(merged):
            for chain in chains:
                number[chain.id] = position
            whole.id = position
        for mention in layer.mentions:
            mention.chain = number[mention.chain]
        layer.chains[:] = [whole for _, whole in merged]
        for chain in layer.chains:
            for index in chain.mentions:
                if layer.mentions[index].form is not Form.NAMED or family(
                    layer.mentions[index].kind
                ) == family(chain.kind):
                    layer.mentions[index].kind = chain.kind
        holdings = []
        for holding in layer.holdings:
            holding.holder = number[holding.holder]
            holding.at = None if holding.at is None else number[holding.at]
            if holding not in holdings:
                holdings.append(holding)
        layer.holdings[:] = holdings
        self._parent = list(range(len(layer.chains)))

    def _merged(self, chains: list[Chain]) -> Chain:
        first = chains[0]
        if len(chains) == 1:
            whole = first
        else:
            named = [chain for chain in chains if chain.named]
            leaders = named or chains
            kind = leaders[0].kind
            for chain in leaders:
                if kind in _BROAD and chain.kind not in _BROAD and family(chain.kind) == family(kind):
                    kind = chain.kind
            whole = Chain(
                first.id,
                kind,
                self._name(leaders),
                set().union(*(chain.names for chain in leaders)),
                sorted({index for chain in chains for index in chain.mentions}, key=self._position),
                bool(named),
                next((chain.country for chain in leaders if chain.country), None),
                next((chain.gazetteer for chain in leaders if chain.gazetteer), None),
            )
        whole.mentions.sort(key=self._position)
        return whole

    def _position(self, index: int) -> tuple[int, int]:
        mention = self.layer.mentions[index]
        return mention.start, mention.end

    def _name(self, chains: list[Chain]) -> str:
        """The fullest name: the longest that is no abbreviation; for the unnamed, the first."""
        if not chains[0].named:
            return chains[0].name
        names = [chain.name for chain in chains]
        if family(chains[0].kind) in (PERSON, ORGANIZATION):
            return max(names, key=lambda name: (len(name.split()), len(name)))
        return max(names, key=len)
