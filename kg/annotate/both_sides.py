"""*Both sides*, *the two countries*: the two who were last told to fight, meet or agree with each other."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.constructions import constructions
from kg.annotate.families import family
from kg.annotate.fillers import Fillers
from kg.annotate.layer import Account
from kg.annotate.lexicon import Lexicon

_REACH = 300  # tokens back to which *both sides* may point


class BothSides:
    """Remembers pairs as accounts are read in order of the text; names them where they are taken up."""

    def __init__(self, fillers: Fillers, lexicon: Lexicon) -> None:
        self.fillers, self.lexicon = fillers, lexicon
        self._pairs: list[tuple[int, list[int]]] = []

    def note(self, account: Account) -> None:
        """Remember the two parties of an account of something mutual, where they are two."""
        if not self.lexicon.has(account.kind, "mutual"):
            return
        layer = self.fillers.layer
        parties: dict[int, int] = {}
        for index in (*account.agents, *account.targets):
            parties.setdefault(layer.mentions[index].chain, index)
        if len(parties) == 2 and -1 not in parties:
            self._pairs.append((account.trigger, list(parties.values())))

    def named(self, mentions: list[int], tokens: list[Token]) -> list[int]:
        """`mentions`, with the two that words for both among `tokens` stand for in place of those words."""
        for token in tokens:
            pair = self._pair(token)
            if pair:
                own = self.fillers.layer.mention_of.get(token.i)
                kept = [index for index in mentions if index != own]
                mentions = kept + self.fillers.without(pair, kept)
        return mentions

    def _pair(self, token: Token) -> list[int]:
        kinds = constructions(token.doc).both_of.get(token.lemma_.lower())
        if kinds is None or not _both(token):
            return []
        for trigger, pair in reversed(self._pairs):
            if token.i - trigger > _REACH:
                break
            if all(self._kind(index) in kinds for index in pair):
                return pair
        return []

    def _kind(self, index: int) -> str:
        kind = self.fillers.kind(index)
        return kind if kind in ("Country", "InternationalOrganization") else family(kind)


def _both(noun: Token) -> bool:
    words = {c.lower_ for c in noun.children if c.dep_ in ("det", "nummod", "predet")}
    return noun.tag_ == "NNS" and ("both" in words or {"the", "two"} <= words)
