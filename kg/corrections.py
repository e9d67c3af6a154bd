"""A reader's corrections, read from YAML: these two are one, this link is wrong, this did not happen.

The file is a list of entries (`data/README.md` shows each). An entry has one key that says what is
corrected, `by` and `why`. Every mistake is told with its line. What a correction is applied to is found,
and judged, in `kg.resolve.corrections`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

import yaml

from kg.config import DEFAULT_BASE_IRI
from kg.errors import DataError, ResourceError, reason
from kg.model import MentionRef, PartialDate, Status
from kg.yaml_data import FastLoader

_NOTHING = ("none", "null", "~", "")
_GEONAMES = ("https://sws.geonames.org/", "geonames:")
_LONGEST = 1000
_DEEPEST = 8


class Action(StrEnum):
    """What an entry corrects; the value is its key."""

    SAME = "same"
    SPLIT = "split"
    LINK = "link"
    UNTRUE = "untrue"
    DATE = "date"
    PLACE = "place"
    KIND = "kind"
    STATUS = "status"


_NEEDED = {
    Action.SPLIT: ("apart",),
    Action.LINK: ("to",),
    Action.PLACE: ("to",),
    Action.KIND: ("to",),
    Action.STATUS: ("to",),
}
_OPTIONAL = {Action.DATE: ("day", "start", "end")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A thing as the reader named it: by its id (the IRI below the base), by a mention of it, or by name."""

    text: str
    id: str | None = None
    mention: MentionRef | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One entry. `where` is its file and line, for messages; `id` depends on what it says alone.

    `things` are what it is about: two or more for `SAME`, else one. `apart` are the mentions that `SPLIT`
    sets apart; `to` is what `LINK`, `PLACE`, `KIND` and `STATUS` say instead, None for nothing, `place` that
    of `PLACE`.
    """

    action: Action
    things: tuple[Reference, ...]
    by: str
    why: str
    where: str
    when: PartialDate | None = None
    apart: tuple[Reference, ...] = ()
    to: str | None = None
    place: Reference | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None

    @property
    def label(self) -> str:
        """What it says, in a few words."""
        things = " and ".join(each.text for each in self.things)
        if self.action is Action.SAME:
            return f"{things} are one"
        if self.action is Action.SPLIT:
            return f"{', '.join(each.text for each in self.apart)} apart from {things}"
        if self.action is Action.UNTRUE:
            return f"{things} did not happen"
        if self.action is Action.DATE:
            days = self.start if self.start == self.end else f"{self.start or '…'} to {self.end or '…'}"
            return f"date of {things}: {days}"
        return f"{self.action} of {things}: {self.to or 'none'}"

    @property
    def id(self) -> str:
        """The part of its IRI below the base."""
        content = "\n".join((self.label, self.by, self.why, self.when or ""))
        return f"correction/{hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionFile:
    """A file of corrections: its name, for messages, its text, and what it says, in no order that counts."""

    name: str
    text: str
    entries: tuple[Correction, ...]


def read_corrections(path: Path, base_iri: str = DEFAULT_BASE_IRI) -> CorrectionFile:
    """The corrections in the YAML file `path`, for a graph with `base_iri`.

    Raises `ResourceError` where the file cannot be read, `DataError` as `parse_corrections`.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ResourceError(f"{path}: the corrections cannot be read: {reason(error)}") from None
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}: save it as UTF-8") from None
    return CorrectionFile(name=str(path), text=text, entries=parse_corrections(text, str(path), base_iri))


def parse_corrections(text: str, name: str, base_iri: str = DEFAULT_BASE_IRI) -> tuple[Correction, ...]:
    """The corrections in `text`, each once; `name` is only for the messages.

    Raises `DataError`, with the line, where the text is no YAML, or an entry is no correction.
    """
    try:
        _check_depth(text, name)
        root = yaml.compose(text, Loader=FastLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or " ".join(str(error).split())
        raise DataError(f"{name}{line}: no YAML ({problem}): see data/README.md for the format") from None
    if root is None or (isinstance(root, yaml.ScalarNode) and not root.value):
        return ()
    if not isinstance(root, yaml.SequenceNode):
        raise DataError(
            f"{name}, line {root.start_mark.line + 1}: the file must be a list: begin each correction with - "
        )
    found: dict[str, Correction] = {}
    for node in root.value:
        correction = _Entry(node, name, base_iri).read()
        found.setdefault(correction.id, correction)
    return tuple(found[id_] for id_ in sorted(found))


def _check_depth(text: str, name: str) -> None:
    """Refuses what is nested deeper than any correction: it could end the process (PyYAML recurses in C)."""
    depth = 0
    for event in yaml.parse(text, Loader=FastLoader):
        if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            depth += 1
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            depth -= 1
        if depth > _DEEPEST:
            line = f", line {event.start_mark.line + 1}" if event.start_mark else ""
            raise DataError(f"{name}{line}: nested too deep for a correction")


class _Entry:
    """One entry of the file, as YAML has it."""

    def __init__(self, node: yaml.Node, name: str, base_iri: str) -> None:
        self._name = name
        self._base = base_iri
        self._line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            raise self._error("a correction must have keys: write same: […], by: … and why: …")
        self._nodes: dict[str, yaml.Node] = {}
        for key, value in node.value:
            at = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise self._error("a key must be a word", at)
            if key.value in self._nodes:
                raise self._error(f"'{key.value}' stands twice in one correction: keep one", at)
            self._nodes[key.value] = value

    def read(self) -> Correction:
        actions = [action for action in Action if action in self._nodes]
        if len(actions) != 1:
            known = ", ".join(Action)
            what = "says nothing to correct" if not actions else f"corrects {' and '.join(actions)} at once"
            raise self._error(f"{what}: give one of {known}{self._nearest(known.split(', '))}")
        (action,) = actions
        self._check_keys(action)
        things = tuple(map(self._reference, self._scalars(action, least=2 if action is Action.SAME else 1)))
        if action is not Action.SAME and len(things) > 1:
            raise self._error(f"'{action}' takes one thing: write an entry for each", self._at(action))
        if len({each.text for each in things}) < len(things):
            raise self._error(f"'{action}' names one thing twice", self._at(action))
        start, end = self._dates() if action is Action.DATE else (None, None)
        to = self._to(action) if "to" in self._nodes else None
        return Correction(
            action=action,
            things=things,
            by=self._text("by"),
            why=self._text("why"),
            when=self._date("when"),
            apart=self._apart() if action is Action.SPLIT else (),
            to=to,
            place=self._reference(to) if to is not None and action is Action.PLACE else None,
            start=start,
            end=end,
            where=f"{self._name}, line {self._line}",
        )

    def _check_keys(self, action: Action) -> None:
        needed = ("by", "why", *_NEEDED.get(action, ()))
        known = (str(action), *needed, "when", *_OPTIONAL.get(action, ()))
        for key, value in self._nodes.items():
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"with '{action}' go {', '.join(known[1:])}"
                raise self._error(f"unknown key '{key}': {hint}", value.start_mark.line + 1)
        for key in needed:
            if key not in self._nodes:
                raise self._error(f"'{key}' is missing: add {key}: …")

    def _nearest(self, known: list[str]) -> str:
        for key in self._nodes:
            if near := get_close_matches(key, known, n=1):
                return f"; for '{key}' did you mean '{near[0]}'?"
        return ""

    def _apart(self) -> tuple[Reference, ...]:
        found = tuple(map(self._reference, self._scalars("apart")))
        for each in found:
            if each.mention is None:
                raise self._error(
                    f"'{each.text}' is no mention: name mentions, as id:article/ARTICLE#m3", self._at("apart")
                )
        return found

    def _to(self, action: Action) -> str | None:
        value = self._text("to", empty=True)
        if value.casefold() in _NOTHING:
            if action in (Action.KIND, Action.STATUS):
                raise self._error(f"'to' must name a {action}", self._at("to"))
            return None
        if action is Action.STATUS:
            for status in Status:
                if status.value.casefold() == value.casefold():
                    return status.value
            raise self._error(f"no status '{value}': one of {', '.join(Status)}", self._at("to"))
        if action is Action.KIND:
            return self._kind(value.removeprefix("kg:"))
        if action is Action.LINK:
            for prefix in _GEONAMES:
                if value.startswith(prefix):
                    return f"geonames/{value.removeprefix(prefix).strip('/')}"
            return self._reference(value).id or value
        return value

    def _kind(self, name: str) -> str:
        from kg.ontology import load_ontology

        try:
            return load_ontology().superclasses(name)[0]
        except DataError as error:
            raise self._error(str(error), self._at("to")) from None

    def _dates(self) -> tuple[PartialDate | None, PartialDate | None]:
        if "day" in self._nodes:
            if "start" in self._nodes or "end" in self._nodes:
                raise self._error("give 'day', or 'start' and 'end', not both", self._at("day"))
            return self._date("day"), self._date("day")
        start, end = self._date("start"), self._date("end")
        if start is None and end is None:
            raise self._error("'date' needs a date: add day: 2023-03-14, or start: … and end: …")
        if start and end and start[: len(end)] > end[: len(start)]:
            raise self._error(f"starts at {start}, after its end {end}", self._at("start"))
        return start, end

    def _date(self, key: str) -> PartialDate | None:
        if key not in self._nodes:
            return None
        value = self._text(key)
        try:
            date.fromisoformat(value + "-01" * (2 - value.count("-")))
        except ValueError:
            value = ""
        if len(value) not in (4, 7, 10) or not value.isascii():
            raise self._error(f"'{key}' must be a date: write 2023-03-14, 2023-03 or 2023", self._at(key))
        return value

    def _reference(self, text: str) -> Reference:
        """Raises `DataError` where the IRI is none of this graph."""
        iri = text[1:-1] if text.startswith("<") and text.endswith(">") else text
        if iri.startswith(self._base):
            rest = iri.removeprefix(self._base)
        elif iri.startswith("id:"):
            rest = iri.removeprefix("id:")
        elif "://" in iri or iri != text:
            raise self._error(f"'{text}' is no IRI of this graph: its IRIs begin with {self._base}")
        else:
            return Reference(text=text, name=text)
        if not rest.startswith("article/"):
            return Reference(text=text, id=unquote(rest))
        article, separator, key = rest.removeprefix("article/").partition("/" if "#" in self._base else "#")
        if not (article and separator and key):
            raise self._error(f"'{text}' is an article, no mention: add its key, as in #m3")
        return Reference(text=text, mention=MentionRef(article=unquote(article), key=unquote(key)))

    def _scalars(self, key: str, least: int = 1) -> Iterator[str]:
        """The texts of a key that takes one or a list."""
        node = self._nodes[key]
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if len(items) < least:
            many = "two things or more: same: [ONE, OTHER]" if least > 1 else "one thing at least"
            raise self._error(f"'{key}' needs {many}", self._at(key))
        for item in items:
            yield self._scalar(item, key)

    def _text(self, key: str, *, empty: bool = False) -> str:
        return self._scalar(self._nodes[key], key, empty=empty)

    def _scalar(self, node: yaml.Node, key: str, *, empty: bool = False) -> str:
        at = node.start_mark.line + 1
        if not isinstance(node, yaml.ScalarNode):
            raise self._error(f"'{key}' must be a text", at)
        value = " ".join(str(node.value).split())
        if not value and not empty:
            raise self._error(f"'{key}' is empty: fill it in", at)
        if len(value) > _LONGEST:
            raise self._error(f"'{key}' has more than {_LONGEST} characters: shorten it", at)
        return value

    def _at(self, key: str) -> int:
        return self._nodes[key].start_mark.line + 1

    def _error(self, message: str, line: int | None = None) -> DataError:
        return DataError(f"{self._name}, line {line or self._line}: {message}")
