"""Files of word lists under ``ontology/lexicon``: read, checked, a user's lists in the place of ours."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from kg.errors import DataError, ResourceError
from kg.yaml_data import FastLoader, refuse_bombs


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLists:
    """The lists of words of one file, or of one mapping in it, by name; `where` says which."""

    where: str
    lists: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path) -> WordLists:
        """The lists of the file at `path`; raises what `read_mapping` does."""
        return cls(where=str(path), lists=read_mapping(path))

    def words(self, name: str) -> frozenset[str]:
        """The list `name`. Raises `DataError` where there is none, or it holds other than words."""
        listed = self._named(name)
        if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
            raise DataError(f"{self.where}: '{name}' must be a list of words; put numbers in quotation marks")
        return frozenset(listed)

    def under(self, name: str) -> WordLists:
        """The lists in the mapping `name`. Raises `DataError` where there is none."""
        inner = self._named(name)
        if not isinstance(inner, dict):
            raise DataError(f"{self.where}: '{name}' must map names to lists of words")
        return WordLists(where=f"{self.where}: {name}", lists=inner)

    def names(self) -> list[str]:
        """The names of the lists, and of the mappings to lists."""
        return [name for name, lists in self.lists.items() if _of_lists(lists)]

    def all(self, known: Collection[str] = ()) -> dict[str, frozenset[str]]:
        """Every list by its name. Raises `DataError` where one is wrong, or is none of the `known`."""
        found = [name for name in self.lists if name != "line"]
        unknown = next((name for name in found if known and name not in known), None)
        if unknown is not None:
            raise DataError(f"{self.where}: {_unknown(unknown, known)}")
        return {name: self.words(name) for name in found}

    def with_own(self, own: Mapping[str, Any], where: str) -> WordLists:
        """These with the lists of `own`, of the same names, in their place; in mappings key by key.

        Raises `DataError`, naming `where`, where one of `own` is of another sort than ours.
        """
        lists = dict(self.lists)
        for name, given in own.items():
            if isinstance(lists[name], dict):
                inner = WordLists(where=where, lists=own).under(name)
                inner.all()
                lists[name] = {**lists[name], **inner.lists}
            else:
                WordLists(where=where, lists=own).words(name)
                lists[name] = given
        return WordLists(where=f"{self.where} with {where}" if own else self.where, lists=lists)

    def _named(self, name: str) -> Any:
        if name not in self.lists:
            raise DataError(f"{self.where}: the list '{name}' is missing")
        return self.lists[name]


def with_own(own: Mapping[str, Any], files: Collection[WordLists], path: Path | None) -> Iterator[WordLists]:
    """Each of `files` with the lists of `own`, from a user's file at `path`, in the place of its own.

    Raises `DataError` where no file has a list of that name, or ours is of another sort.
    """
    where = f"{path}:{own.get('line', '?')}"
    known = [name for each in files for name in each.names()]
    given = {name: words for name, words in own.items() if name != "line"}
    for name in given:
        if name not in known:
            raise DataError(f"{where}: {_unknown(name, known)}")
    for each in files:
        yield each.with_own({name: words for name, words in given.items() if name in each.lists}, where)


class _LineLoader(FastLoader):
    """A safe loader that notes under ``line`` where each mapping began (from 1)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        mapping["line"] = node.start_mark.line + 1
        return mapping


# YAML 1.1 reads `on`, `off`, `yes` and `no` as booleans; here they are prepositions and answers.
_LineLoader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_mapping(path: Path, *, from_user: bool = False) -> dict[str, Any]:
    """The mapping in the YAML file at `path`, each mapping with the number of its first line under ``line``.

    Raises `DataError` with the line where the file is no such thing, `ResourceError` where it cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
        if from_user:
            refuse_bombs(text)
        content = yaml.load(text, Loader=_LineLoader)
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}: save it as UTF-8") from error
    except OSError as error:
        raise ResourceError(f"{path}: cannot be read ({error.strerror}); name a lexicon file") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise DataError(f"{path}{line}: not YAML ({getattr(error, 'problem', error)})") from error
    if not isinstance(content, dict):
        raise DataError(f"{path}: a lexicon is a mapping with a list of frames")
    return content


def _of_lists(value: Any) -> bool:
    return isinstance(value, list) or (
        isinstance(value, dict) and any(isinstance(inner, list) for inner in value.values())
    )


def _unknown(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean '{near[0]}'?" if near else "see constructions.yaml and status.yaml"
    return f"no list of words is called '{name}'; {hint}"
