"""A YAML document as nodes that know their lines, so that a fault in gold is told where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path

import yaml

from kg.errors import DataError, ResourceError, reason
from kg.yaml_data import FastLoader

_DEEPEST = 8


class GoldNode:
    """A node of the file `path`."""

    def __init__(self, node: yaml.Node, path: Path) -> None:
        self._node = node
        self._path = path

    def fault(self, message: str) -> DataError:
        """The error for what is wrong here, with file and line."""
        return DataError(f"{self._path}, line {self._node.start_mark.line + 1}: {message}")

    def keys(self, what: str, known: Collection[str], needed: Collection[str] = ()) -> dict[str, GoldNode]:
        """The values by key, all of them `known` and none `needed` missing; `what` it is, for messages.

        Raises `DataError` where that is not so.
        """
        found = dict(self.pairs(what))
        for key, (at, _) in found.items():
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"it may have {', '.join(known)}"
                raise at.fault(f"{what} has no '{key}': {hint}")
        for key in needed:
            if key not in found:
                raise self.fault(f"{what} lacks '{key}': add {key}: …")
        return {key: value for key, (_, value) in found.items()}

    def pairs(self, what: str) -> Iterator[tuple[str, tuple[GoldNode, GoldNode]]]:
        """Each key with the nodes of itself and its value. Raises `DataError` where this is no mapping."""
        if not isinstance(self._node, yaml.MappingNode):
            raise self.fault(f"{what} must be written as key: value")
        seen: set[str] = set()
        for key_node, value in self._node.value:
            key = GoldNode(key_node, self._path)
            name = key.text("a key")
            if name in seen:
                raise key.fault(f"{what} has '{name}' twice: keep one")
            seen.add(name)
            yield name, (key, GoldNode(value, self._path))

    def items(self, what: str) -> list[GoldNode]:
        """The items of a list; none where nothing is written. Raises `DataError` where this is no list."""
        if isinstance(self._node, yaml.ScalarNode) and self.nothing:
            return []
        if not isinstance(self._node, yaml.SequenceNode):
            raise self.fault(f"{what} must be a list: write [ONE, OTHER]")
        return [GoldNode(each, self._path) for each in self._node.value]

    def texts(self, what: str) -> tuple[str, ...]:
        """The items of a list of texts."""
        return tuple(each.text(f"each of {what}") for each in self.items(what))

    def text(self, what: str) -> str:
        """A text as it was written. Raises `DataError` where this is none, or empty."""
        if not isinstance(self._node, yaml.ScalarNode) or not str(self._node.value).strip():
            raise self.fault(f"{what} must be a text")
        return str(self._node.value)

    def flag(self, what: str) -> bool:
        """True or false. Raises `DataError` where this is neither."""
        value = self._node.value if isinstance(self._node, yaml.ScalarNode) else ""
        if value not in ("true", "false"):
            raise self.fault(f"{what} must be true or false")
        return bool(value == "true")

    @property
    def nothing(self) -> bool:
        """Whether this is null."""
        return bool(self._node.tag == "tag:yaml.org,2002:null")


def read_nodes(path: Path) -> GoldNode:
    """The document in the file `path`.

    Raises `ResourceError` where it cannot be read, `DataError` where it is no YAML, empty or nested too deep.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ResourceError(f"{path}: the gold cannot be read: {reason(error)}") from None
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}: save it as UTF-8") from None
    try:
        _check_depth(text, path)
        node = yaml.compose(text, Loader=FastLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or " ".join(str(error).split())
        raise DataError(
            f"{path}{line}: no YAML ({problem}): see data/README.md for the format of gold"
        ) from None
    if node is None:
        raise DataError(f"{path}: is empty: see data/README.md for the format of gold")
    return GoldNode(node, path)


def _check_depth(text: str, path: Path) -> None:
    """Refuses what is nested deeper than any gold: composing it recurses in C, and could end the process."""
    depth = 0
    event: yaml.Event
    for event in yaml.parse(text, Loader=FastLoader):
        if isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            depth += 1
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            depth -= 1
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise DataError(f"{path}, line {line}: an alias (*): write it out")
        if depth > _DEEPEST:
            raise DataError(f"{path}, line {line}: nested too deep for gold")
