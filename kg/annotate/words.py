"""Word lists under ``ontology/lexicon`` that say what a noun speaks of: ``nouns.yaml`` and ``titles.yaml``.

Both files hold lemmas in lower case; a user may extend them. What is read here decides the class of a
name (*X Ministry*, *the town of X*), what may be a group, and what is a post.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kg.errors import DataError
from kg.resources import ontology_dir
from kg.yaml_data import load_yaml

_MAPS = frozenset(
    (
        "region_adjectives",
        "organizations",
        "institutions",
        "leading",
        "places",
        "place_descriptions",
        "groups",
        "only_with",
        "spellings",
        "gendered",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nouns:
    """What ``nouns.yaml`` says. Maps go from a lemma to a class or family; the rest are sets of lemmas."""

    organizations: Mapping[str, str]
    institutions: Mapping[str, str]
    leading: Mapping[str, str]
    ministries: frozenset[str]
    portfolios: frozenset[str]
    modifiers: frozenset[str]
    places: Mapping[str, str]
    place_descriptions: Mapping[str, frozenset[str]]
    groups: Mapping[str, frozenset[str]]
    quantities: frozenset[str]
    own: frozenset[str]
    foreign: frozenset[str]
    artifacts: frozenset[str]
    never: frozenset[str]
    directions: frozenset[str]
    locative: frozenset[str]
    facilities: frozenset[str]
    streets: frozenset[str]
    shops: frozenset[str]
    agencies: frozenset[str]
    offices: frozenset[str]
    collectives: frozenset[str]
    vague: frozenset[str]
    hosts: frozenset[str]
    things: frozenset[str]
    seats: frozenset[str]
    epithets: frozenset[str]
    realms: frozenset[str]
    bound: frozenset[str]
    holding: frozenset[str]
    saying: frozenset[str]
    representing: frozenset[str]
    makes: frozenset[str]
    documents: frozenset[str]
    small: frozenset[str]
    towns: frozenset[str]
    loose: frozenset[str]
    taking: frozenset[str]
    won: frozenset[str]
    befalling: frozenset[str]
    apart: frozenset[str]
    beside: frozenset[str]
    owners: frozenset[str]
    dealing: frozenset[str]
    region_adjectives: Mapping[str, str]
    hired: frozenset[str]
    doers: frozenset[str]
    deeds: frozenset[str]
    arms: frozenset[str]
    holdings: frozenset[str]
    only_with: Mapping[str, frozenset[str]]
    voices: frozenset[str]
    sided: frozenset[str]
    led: frozenset[str]
    rivals: frozenset[str]
    regional: frozenset[str]
    also_called: frozenset[str]
    calling: frozenset[str]
    renaming: frozenset[str]
    by_alias: frozenset[str]
    naming: frozenset[str]
    styling: frozenset[str]
    nicknaming: frozenset[str]
    identifying: frozenset[str]
    spellings: Mapping[str, str]
    gendered: Mapping[str, str]

    @classmethod
    def load(cls, path: Path) -> Nouns:
        """Read `path`. Raises `DataError` where it cannot be read or lacks a section."""
        raw = _read(path, cls.__slots__)
        families: dict[str, set[str]] = {}
        for family, nouns in raw["groups"].items():
            for noun in nouns:
                families.setdefault(noun, set()).add(family)
        return cls(
            organizations=_inverse(raw["organizations"]),
            region_adjectives=raw["region_adjectives"],
            spellings=raw["spellings"],
            institutions=_inverse(raw["institutions"]),
            leading=_inverse(raw["leading"]),
            places=_inverse(raw["places"]),
            place_descriptions={noun: frozenset(kinds) for noun, kinds in raw["place_descriptions"].items()},
            only_with={noun: frozenset(words) for noun, words in raw["only_with"].items()},
            gendered=_inverse(raw["gendered"]),
            groups={noun: frozenset(found) for noun, found in families.items()},
            **{name: _words(path, raw, name) for name in cls.__slots__ if name not in _MAPS},
        )

    def group_noun(self, word: str, lemma: str) -> str | None:
        """The noun of a group that `word` (in lower case), with that `lemma`, is a form of, or None."""
        singular = word.removesuffix("men") + "man" if word.endswith("men") else word.removesuffix("s")
        for form in (lemma, word, singular):
            if form in self.groups:
                return form
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """What ``titles.yaml`` says. `phrases` are posts of several words, as tuples."""

    honorifics: frozenset[str]
    posts: frozenset[str]
    ranks: frozenset[str]
    services: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    members: frozenset[str]
    residents: frozenset[str]
    counterparts: frozenset[str]
    verbs: Mapping[str, str]
    serving: Mapping[str, frozenset[str]]
    copulas: frozenset[str]
    former: frozenset[str]
    current: frozenset[str]
    leaders: frozenset[str]
    particles: frozenset[str]
    links: frozenset[str]
    appointing: frozenset[str]
    leaving: frozenset[str]
    acting: frozenset[str]
    heading: frozenset[str]
    highest: frozenset[str]
    leading: frozenset[str]

    @classmethod
    def load(cls, path: Path) -> Titles:
        """Read `path`. Raises `DataError` where it cannot be read or lacks a section."""
        raw = _read(path, cls.__slots__)
        return cls(
            phrases=frozenset(tuple(phrase.split()) for phrase in raw["phrases"]),
            verbs=raw["verbs"],
            serving={verb: frozenset(links) for verb, links in raw["serving"].items()},
            **{
                name: _words(path, raw, name)
                for name in cls.__slots__
                if name not in ("phrases", "verbs", "serving")
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenNames:
    """Given names by the pronoun that fits their bearers, folded to plain lower-case letters."""

    masculine: frozenset[str]
    feminine: frozenset[str]
    either: frozenset[str]

    @classmethod
    def load(cls, path: Path) -> GivenNames:
        """Read `path`: sections ``[masculine]``, ``[feminine]``, ``[either]`` of names between blanks.

        Raises `DataError` where it cannot be read or a name stands before the first section.
        """
        sections: dict[str, list[str]] = {"masculine": [], "feminine": [], "either": []}
        current: list[str] | None = None
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"{path}: cannot be read ({error}); give a text file of names") from error
        for number, line in enumerate(lines, 1):
            if line.startswith("#"):
                continue
            if line.startswith("["):
                current = sections.get(line.strip("[] "))
                if current is None:
                    raise DataError(f"{path}:{number}: no section {line}; use {', '.join(sections)}")
            elif current is not None:
                current.extend(line.split())
            elif line.strip():
                raise DataError(
                    f"{path}:{number}: a name before the first section; write [masculine] above it"
                )
        return cls(**{section: frozenset(names) for section, names in sections.items()})

    def pronoun(self, name: str) -> str | None:
        """``he`` or ``she``, or None where the name tells neither."""
        return "he" if name in self.masculine else "she" if name in self.feminine else None

    def __contains__(self, name: str) -> bool:
        return name in self.masculine or name in self.feminine or name in self.either


@cache
def nouns() -> Nouns:
    """The nouns that come with the program, read once."""
    return Nouns.load(ontology_dir() / "lexicon" / "nouns.yaml")


@cache
def titles() -> Titles:
    """The titles that come with the program, read once."""
    return Titles.load(ontology_dir() / "lexicon" / "titles.yaml")


@cache
def given_names() -> GivenNames:
    """The given names that come with the program, read once."""
    return GivenNames.load(ontology_dir() / "lexicon" / "given_names.txt")


def _words(path: Path, raw: Mapping[str, Any], name: str) -> frozenset[str]:
    listed = raw[name]
    if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
        raise DataError(f"{path}: '{name}' must be a list of words; put no, on and yes in quotes")
    return frozenset(listed)


def _inverse(raw: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """From word to the first class that lists it."""
    found: dict[str, str] = {}
    for kind, words in raw.items():
        for word in words:
            found.setdefault(word, kind)
    return found


def _read(path: Path, sections: Iterable[str]) -> dict[str, Any]:
    try:
        raw = load_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        first = str(error).splitlines()[0]
        raise DataError(f"{path}: cannot be read ({first}); give a YAML file of word lists") from error
    if not isinstance(raw, dict):
        raise DataError(f"{path}: not a mapping from section to words")
    for section in sections:
        if section not in raw:
            raise DataError(f"{path}: the section '{section}' is missing")
    return raw
