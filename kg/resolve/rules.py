"""What identity is judged by: words and classes, read from ``lexicon/identity.yaml`` of the ontology."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from kg.errors import DataError
from kg.gazetteer.folding import fold
from kg.gazetteer.tables import records
from kg.resources import gazetteer_dir, ontology_dir
from kg.yaml_data import load_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Words (folded) and classes (local names); each is explained where it stands, in ``identity.yaml``.

    `demonyms` maps the adjective of a country, or its name, to the ISO 3166 alpha-2 code.
    """

    articles: frozenset[str] = frozenset()
    connectives: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    national: frozenset[str] = frozenset()
    stateless: frozenset[str] = frozenset()
    standing: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    wide_places: frozenset[str] = frozenset()
    surrounding: frozenset[str] = frozenset()
    symmetric: frozenset[str] = frozenset()
    utterances: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()
    anybody: frozenset[str] = frozenset()
    civilians: frozenset[str] = frozenset()
    once: frozenset[str] = frozenset()
    returning: frozenset[str] = frozenset()
    of_a_person: frozenset[str] = frozenset()
    of_sides: frozenset[str] = frozenset()
    of_parties: frozenset[str] = frozenset()
    forces: frozenset[str] = frozenset()
    irregulars: frozenset[str] = frozenset()
    spellings: Mapping[str, str] = field(default_factory=dict)
    hierarchy: Mapping[str, str] = field(default_factory=dict)
    prepositions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    demonyms: Mapping[str, str] = field(default_factory=dict)
    _words: dict[str, Mapping[str, str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _lines: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def line(self, kind: str) -> tuple[str, ...]:
        """`kind` and its superclasses, the narrowest first."""
        if (known := self._lines.get(kind)) is not None:
            return known
        found = [kind]
        while (parent := self.hierarchy.get(found[-1])) is not None and parent not in found:
            found.append(parent)
        return self._lines.setdefault(kind, tuple(found))

    def role_words(self, kind: str) -> Mapping[str, str]:
        """The words before the roles in a label of `kind`: the `prepositions` of its line."""
        if (known := self._words.get(kind)) is not None:
            return known
        found = {**self.prepositions.get("default", {})}
        for each in reversed(self.line(kind)):
            found.update(self.prepositions.get(each, {}))
        return self._words.setdefault(kind, found)

    def root(self, kind: str) -> str:
        """The widest class that `kind` lies under."""
        return self.line(kind)[-1]

    def narrower(self, one: str, other: str) -> str | None:
        """The narrower of two classes where one lies under the other, else None."""
        if other in self.line(one):
            return one
        return other if one in self.line(other) else None


def read_rules(path: Path, demonyms: Mapping[str, str] | None = None) -> Rules:
    """The rules of the file at `path`, with `demonyms` (folded word to country code) from the gazetteer.

    Raises `DataError` where the file cannot be read, is not YAML, or has a key or a value of a wrong sort.
    """
    try:
        raw: Any = load_yaml(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); install newskg again") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise DataError(f"{path}{line}: not YAML; mend the file") from error
    if not isinstance(raw, dict):
        raise DataError(f"{path}: must map names to lists of words; mend the file")
    sorts = {each.name: each.type for each in fields(Rules) if each.init}
    given: dict[str, Any] = {}
    for name, value in raw.items():
        if name not in sorts:
            raise DataError(f"{path}: unknown key '{name}'; known are {', '.join(sorts)}")
        if str(sorts[name]).startswith("frozenset"):
            if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
                raise DataError(f"{path}: '{name}' must be a list of words; put on, no and yes in quotes")
            given[name] = frozenset(value)
        elif not isinstance(value, dict):
            raise DataError(f"{path}: '{name}' must be a mapping")
        else:
            given[name] = value
    if demonyms is not None:
        given["demonyms"] = demonyms
    return Rules(**given)


def shipped_rules() -> Rules:
    """The rules that come with the program, and the demonyms of its gazetteer.

    Raises `DataError` where one of the files is wrong, `ResourceError` where the installation lacks it.
    """
    demonyms: dict[str, str] = {}
    for _, row in records(gazetteer_dir() / "demonyms.csv", ("country", "words", "source")):
        for word in row["words"].split("|"):
            demonyms.setdefault(fold(word), row["country"])
    return read_rules(ontology_dir() / "lexicon" / "identity.yaml", demonyms)
