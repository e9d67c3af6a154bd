"""A small world for the tests of names: `Doc`s built by hand, and gazetteers of a few made-up entries.

One token a word: ``text/TAG/dep/head`` with an optional ``/lemma``; a ``+`` after the text says that no
blank follows; ``[LABEL`` and ``]`` around words mark an entity of the model.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import spacy
from spacy.tokens import Doc, Span

from kg.annotate.coreference import Coreference
from kg.annotate.groups import Groups
from kg.annotate.layer import Chain, Layer, layer
from kg.annotate.names import Names
from kg.annotate.ordinary import Ordinary
from kg.annotate.titles import TitleFinder
from kg.annotate.words import given_names, nouns, titles
from kg.gazetteer.folding import fold
from kg.model import Place

VOCAB = spacy.blank("en").vocab
_POS = {
    **{"NN": "NOUN", "VB": "VERB", "JJ": "ADJ", "IN": "ADP", "PR": "PRON", "RB": "ADV", "DT": "DET"},
    **{"MD": "AUX", "CC": "CCONJ", "CD": "NUM", "PO": "PART", "TO": "PART", "WP": "PRON", "WD": "PRON"},
}


WORDS = frozenset(["discuss", "dock", "fight", "friend", "move", "next", "riot", "step", "twin"])


@dataclass(frozen=True, slots=True)
class KnownBody:
    """An entry of the curated lists."""

    id: str
    kind: str
    country: str | None = None

    @property
    def label(self) -> str:
        """Its name."""
        return self.id


class Worldlet:
    """Gazetteers of two countries, Zedland (ZZ) and Yarland (YY), and what lies in them."""

    def __init__(self) -> None:
        zedland, yarland = place("1", "Zedland", "Country", "ZZ"), place("2", "Yarland", "Country", "YY")
        self._countries = {"ZZ": zedland, "YY": yarland}
        self._places = [
            zedland,
            yarland,
            place("3", "Bol", "PopulatedPlace", "ZZ", 90_000, capital_of=("1",)),
            place("4", "Torit", "PopulatedPlace", "ZZ", 60_000),
            place("5", "Dar Salaam", "PopulatedPlace", "ZZ", 900),
            place("6", "Kivar", "Province", "ZZ"),
            place("7", "Brito", "PopulatedPlace", "YY", 70_000),
        ]
        nations = KnownBody("un", "InternationalOrganization")
        self._entries = {
            "sura": KnownBody("sura", "ArmedGroup", "ZZ"),
            "un": nations,
            "unitednations": nations,
        }

    def places(self, name: str) -> tuple[Place, ...]:
        """All places of that name."""
        return tuple(p for p in self._places if fold(p.name) == fold(name))

    def has_place(self, name: str) -> bool:
        """Whether there is one."""
        return bool(self.places(name))

    def entries(self, name: str) -> tuple[KnownBody, ...]:
        """The entry of that name."""
        found = self._entries.get(fold(name))
        return (found,) if found else ()

    def demonym(self, word: str) -> str | None:
        """Zedish and Yarish."""
        return {"Zedish": "ZZ", "Zeds": "ZZ", "Yarish": "YY"}.get(word)

    def country(self, code: str) -> Place | None:
        """The country of that code."""
        return self._countries.get(code)


def place(
    id: str, name: str, kind: str, country: str, population: int = 0, capital_of: tuple[str, ...] = ()
) -> Place:
    """A place without coordinates."""
    return Place(id=id, name=name, kind=kind, country=country, population=population, capital_of=capital_of)


def doc(*sentences: str) -> Doc:
    """The `Doc` of `sentences` in the notation above; heads count from 0 in each sentence."""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    deps: list[str] = []
    heads: list[int] = []
    lemmas: list[str] = []
    starts: list[bool | int | None] = []
    entities: list[tuple[int, int, str]] = []
    for sentence in sentences:
        base = len(words)
        opened: tuple[int, str] | None = None
        for item in sentence.split():
            if item.startswith("["):
                opened = (len(words), item[1:])
                continue
            if item == "]":
                assert opened is not None
                entities.append((opened[0], len(words), opened[1]))
                continue
            text, tag, dep, head, *lemma = (
                item.rsplit("/", 4) if item.count("/") == 4 else item.rsplit("/", 3)
            )
            starts.append(len(words) == base)
            words.append(text.removesuffix("+"))
            spaces.append(not text.endswith("+"))
            tags.append(tag)
            deps.append(dep)
            heads.append(base + int(head))
            lemmas.append(lemma[0] if lemma else text.removesuffix("+").lower())
    pos = ["PROPN" if t.startswith("NNP") else _POS.get(t[:2], "PUNCT") for t in tags]
    built = Doc(VOCAB, words=words, spaces=spaces, tags=tags, pos=pos, deps=deps, heads=heads, lemmas=lemmas,
                sent_starts=starts)  # fmt: skip
    built.ents = tuple(Span(built, a, b, label=label) for a, b, label in entities)
    return built


def read(*sentences: str, steps: int = 4) -> tuple[Doc, Layer]:
    """Run the first `steps` components (names, groups, titles, coreference) over the sentences."""
    world, built = Worldlet(), doc(*sentences)
    components = (
        Names(world, nouns(), titles(), given_names(), Ordinary(WORDS)),
        Groups(world, nouns(), titles()),
        TitleFinder(world, nouns(), titles()),
        Coreference(world, nouns(), titles(), given_names()),
    )
    for component in components[:steps]:
        built = component(built)
    return built, layer(built)


def chain_of(built: Doc, found: Layer, text: str, nth: int = 0) -> Chain | None:
    """The chain of the `nth` mention with that text."""
    hits = [m for m in found.mentions if built[m.start : m.end].text == text]
    hits.sort(key=lambda m: m.start)
    return found.chains[hits[nth].chain] if nth < len(hits) else None


def named(built: Doc, found: Layer) -> list[tuple[str, str]]:
    """Text and class of the named mentions, in order."""
    return [
        (built[m.start : m.end].text, found.chains[m.chain].kind)
        for m in sorted(found.mentions, key=lambda m: m.start)
        if m.form == "NamedMention"
    ]


def posts(found: Layer) -> set[tuple[str, str, str | None]]:
    """Holder, title and body of every holding."""
    return {
        (found.chains[h.holder].name, h.title, None if h.at is None else found.chains[h.at].name)
        for h in found.holdings
    }


def relations(found: Layer) -> set[tuple[str, str, str]]:
    """Subject, relation and object, by the names of their chains."""

    def name(index: int) -> str:
        return found.chains[found.mentions[index].chain].name

    return {(name(r.subject), r.relation, name(r.object)) for r in found.relations}


def texts(built: Doc, found: Layer, chain: Chain | None) -> Iterable[str]:
    """The texts of a chain's mentions."""
    assert chain is not None
    return [built[found.mentions[i].start : found.mentions[i].end].text for i in chain.mentions]
