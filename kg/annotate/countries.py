"""Countries that an adjective speaks of: *Russian shelling* has Russia as its agent."""

from __future__ import annotations

from typing import Protocol

from spacy.tokens import Token

from kg.annotate.layer import Chain, Layer, Mention
from kg.model import Form, Place


class CountryNames(Protocol):
    """What is asked of a gazetteer here."""

    def demonym(self, word: str) -> str | None:
        """The ISO 3166 alpha-2 code that an adjective of nationality speaks of."""

    def country(self, code: str) -> Place | None:
        """The country of that code."""


class Countries:
    """Finds or makes the chain of a country in one document."""

    def __init__(self, found: Layer, names: CountryNames | None) -> None:
        self.layer, self.names = found, names

    def chain(self, code: str) -> int | None:
        """The chain of the country with the ISO code `code`, made where the text has not named it."""
        if self.names is None:
            return None
        country = self.names.country(code)
        if country is None:
            return None
        known = {country.name.casefold(), *(n.casefold() for n in country.alternate_names)}
        for chain in self.layer.chains:
            if chain.kind == "Country" and (
                chain.name.casefold() in known or any(n.casefold() in known for n in chain.names)
            ):
                return chain.id
        made = Chain(id=len(self.layer.chains), kind="Country", name=country.name, names=set(), named=True)
        self.layer.chains.append(made)
        return made.id

    def mention(self, token: Token) -> int | None:
        """The index of the mention that the adjective `token` makes of its country, or None."""
        if self.names is None or not token.text[:1].isupper():
            return None
        known = self.layer.mention_of.get(token.i)
        if known is not None:
            return known
        code = self.names.demonym(token.text)
        chain = self.chain(code) if code else None
        if chain is None:
            return None
        self.layer.mentions.append(
            Mention(
                start=token.i,
                end=token.i + 1,
                root=token.i,
                form=Form.NOMINAL,
                kind="Country",
                chain=chain,
                country=code,
                confidence=0.7,
            )
        )
        index = len(self.layer.mentions) - 1
        self.layer.chains[chain].mentions.append(index)
        self.layer.mention_of[token.i] = index
        return index
