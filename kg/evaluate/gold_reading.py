"""Reads gold from a folder of YAML files, one an article; what is wrong is refused with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from kg.errors import DataError, ResourceError
from kg.evaluate.gold import GoldArticle, GoldEntity, GoldEvent, GoldRelation, OptionalEvent
from kg.evaluate.gold_nodes import GoldNode, read_nodes
from kg.evaluate.rules import load_rules
from kg.model import PartialDate, Status
from kg.ontology import load_ontology

_ARTICLE = (
    *("doc", "date", "entities", "optional_mentions", "relations"),
    *("events", "optional_events", "until"),
)
_ENTITY = ("type", "or_type", "names", "alt", "nominals", "several")
_ROLES = ("agent", "target", "place", "source")
_EVENT = (
    *("at", "type", "alt_type", *_ROLES, "start", "end"),
    *("status", "optional_status", "optional_args"),
)
_OPTIONAL = "optional"
_DATE_LENGTHS = (4, 7, 10)


def read_gold(folder: Path, texts: Mapping[str, str]) -> tuple[GoldArticle, ...]:
    """The gold in the files ``*.yaml`` of `folder`, for articles with these `texts`, by identifier.

    Raises:
        ResourceError: the folder has no gold, or a file cannot be read.
        DataError: a file breaks the format, names an entity that it does not define, or speaks of words that
            are not in its article.
    """
    if not folder.is_dir():
        raise ResourceError(
            f"{folder}: no such folder: give the folder with the gold, one .yaml file an article"
        )
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    if not paths:
        raise ResourceError(f"{folder}: there is no gold in it: gold is one .yaml file an article")
    found: dict[str, Path] = {}
    gold = []
    for path in paths:
        article = _Reader(read_nodes(path), texts).article()
        if article.name in found:
            raise DataError(f"{path}: '{article.name}' has gold in {found[article.name]} too: keep one")
        found[article.name] = path
        gold.append(article)
    return tuple(gold)


class _Reader:
    """Reads the gold of one article."""

    def __init__(self, root: GoldNode, texts: Mapping[str, str]) -> None:
        self._rules = load_rules()
        self._parts = root.keys("the gold of an article", _ARTICLE, ("doc", "entities"))
        doc = self._parts["doc"]
        self._name = doc.text("'doc'")
        if self._name not in texts:
            near = get_close_matches(self._name, texts, n=1)
            hint = f"did you mean '{near[0]}'?" if near else "give it among the articles"
            raise doc.fault(f"there is no article '{self._name}': {hint}")
        self._whole = self._text = texts[self._name]
        if "until" in self._parts:
            until = self._parts["until"]
            self._text = self._text[: self._offset(until, until.text("'until'"))]
        self._keys: set[str] = set()

    def article(self) -> GoldArticle:
        entities = tuple(self._entities())
        self._keys = {entity.key for entity in entities}
        optional = self._parts.get("optional_mentions")
        return GoldArticle(
            name=self._name,
            whole=self._whole,
            text=self._text,
            entities=entities,
            optional_mentions=optional.texts("'optional_mentions'") if optional else (),
            relations=tuple(map(self._relation, self._items("relations"))),
            events=tuple(map(self._event, self._items("events"))),
            optional_events=tuple(map(self._optional_event, self._items("optional_events"))),
        )

    def _items(self, part: str) -> list[GoldNode]:
        return self._parts[part].items(f"'{part}'") if part in self._parts else []

    def _entities(self) -> Iterator[GoldEntity]:
        for key, (_, node) in self._parts["entities"].pairs("'entities'"):
            said = node.keys(f"the entity {key}", _ENTITY, ("type", "names"))
            kinds = tuple(
                self._one_of(said[each], self._rules.kinds) for each in ("type", "or_type") if each in said
            )
            names = said["names"].texts("'names'")
            for name in names:
                if name not in self._whole:
                    raise said["names"].fault(
                        f"'{name}' is not in the text of {self._name}: write it as it stands there,"
                        " or under alt: what a graph may call it"
                    )
            yield GoldEntity(
                key=key,
                kinds=kinds,
                names=names,
                alternatives=said["alt"].texts("'alt'") if "alt" in said else (),
                nominals=said["nominals"].texts("'nominals'") if "nominals" in said else (),
                several="several" in said and said["several"].flag("'several'"),
            )

    def _relation(self, node: GoldNode) -> GoldRelation:
        items = node.items("a relation")
        last = items[-1].text("a relation's last word") if items and not items[-1].nothing else ""
        optional = last == _OPTIONAL and last not in self._keys
        if optional:
            items = items[:-1]
        relation = (
            self._one_of(items[1], (self._rules.post, *self._rules.relations)) if len(items) > 1 else ""
        )
        wanted = 4 if relation == self._rules.post else 3
        if len(items) != wanted:
            raise node.fault(
                "a relation is [WHO, partOf, WHAT] or [WHO, holdsPosition, TITLE|OTHER TITLE, WHERE]"
            )
        where = items[-1]
        return GoldRelation(
            subject=self._key(items[0]),
            relation=relation,
            object=None if where.nothing else self._key(where),
            titles=tuple(items[2].text("a title").split("|")) if relation == self._rules.post else (),
            optional=optional,
        )

    def _event(self, node: GoldNode) -> GoldEvent:
        said = node.keys("an event", _EVENT, ("at", "type"))
        fragment = said["at"].text("'at'")
        roles = {
            role: tuple(map(self._key, said[role].items(f"'{role}'"))) for role in _ROLES if role in said
        }
        start, end = self._date(said.get("start")), self._date(said.get("end"))
        if start and end and start[: len(end)] > end[: len(start)]:
            raise said["start"].fault(f"starts on {start}, after its end {end}")
        if end and not start:
            raise said["end"].fault("an 'end' needs a 'start': where only the end is known leave both out")
        return GoldEvent(
            at=self._offset(said["at"], fragment),
            fragment=fragment,
            kind=self._kind(said["type"]),
            others=tuple(map(self._kind, said["alt_type"].items("'alt_type'"))) if "alt_type" in said else (),
            start=start,
            end=end,
            status=self._one_of(said["status"], tuple(Status)) if "status" in said else None,
            optional_status="optional_status" in said and said["optional_status"].flag("'optional_status'"),
            optional_args="optional_args" in said and said["optional_args"].flag("'optional_args'"),
            **roles,
        )

    def _optional_event(self, node: GoldNode) -> OptionalEvent:
        said = node.keys("an optional event", _EVENT, ("at", "type"))
        fragment = said["at"].text("'at'")
        places = tuple(_occurrences(self._text, fragment))
        if not places:
            raise said["at"].fault(self._absent(fragment))
        return OptionalEvent(places=places, kind=self._kind(said["type"]))

    def _key(self, node: GoldNode) -> str:
        return self._one_of(node, sorted(self._keys), "entity")

    def _kind(self, node: GoldNode) -> str:
        return self._one_of(node, ("Event", *load_ontology().event_classes()), "class of events")

    def _one_of(self, node: GoldNode, known: tuple[str, ...] | list[str], what: str = "word") -> str:
        value = node.text(f"a {what} of gold")
        if value not in known:
            near = get_close_matches(value, known, n=1)
            if what == "entity":
                hint = f"did you mean '{near[0]}'?" if near else "define it under entities:"
            else:
                hint = f"did you mean '{near[0]}'?" if near else f"use one of {', '.join(known)}"
            raise node.fault(f"no {what} '{value}': {hint}")
        return value

    def _date(self, node: GoldNode | None) -> PartialDate | None:
        from kg.documents.dates import parse_date

        if node is None:
            return None
        value = node.text("a date")
        if parse_date(value) != value or len(value) not in _DATE_LENGTHS:
            raise node.fault(f"'{value}' is no date: write 2023-03-14, 2023-03 or 2023")
        return value

    def _offset(self, node: GoldNode, fragment: str) -> int:
        """Where the fragment stands, which must be once."""
        places = list(_occurrences(self._text, fragment))
        if not places:
            raise node.fault(self._absent(fragment))
        if len(places) > 1:
            raise node.fault(
                f"'{fragment}' stands {len(places)} times in the text of {self._name}: write more words"
            )
        return places[0]

    def _absent(self, fragment: str) -> str:
        hint = ""
        if fragment in self._whole:
            hint = " before 'until'"
        elif " ".join(fragment.split()) in " ".join(self._whole.split()):
            hint = " on one line"
        return f"'{fragment}' is not in the text of {self._name}{hint}: write it as it stands there"


def _occurrences(text: str, fragment: str) -> Iterator[int]:
    at = text.find(fragment)
    while at >= 0:
        yield at
        at = text.find(fragment, at + len(fragment))
