"""Golden cases of entities: one folder a phenomenon, one YAML file a case; what must be found in it.

A file holds ``text``, perhaps ``date``, and any of: ``mentions`` (a form of the text and the class of its
entity, or one above it), ``one`` (lists of forms that speak of one entity), ``apart`` (lists of forms that
speak of as many entities), ``links`` (a form and the GeoNames id, gazetteer id or ISO country of its
link), ``relations`` (form, property, form), ``positions`` (as in ``tests/golden``) and ``absent`` (forms that
are no named mention). A form is a stretch of the text that is a mention as a whole; ``form/2`` is its second
occurrence, ``a|b`` is either. ``xfail`` gives the reason why a case is known to fail; one that passes must
lose it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.annotate.pipeline import Annotator
from kg.gazetteer import Gazetteers
from kg.model import AnnotatedDocument, Entity, EntityMention, Form, Link, SourceDocument
from kg.resolve.digest import digest
from kg.resolve.entities import identify
from kg.resolve.linking import Linker
from kg.resolve.positions import gather_positions
from kg.resolve.relations import relate
from kg.resolve.rules import Rules, shipped_rules

FOLDER = Path(__file__).parent
PATHS = sorted(FOLDER.glob("*/*.yaml"))
KEYS = {"text", "date", "mentions", "one", "apart", "links", "relations", "positions", "absent", "xfail"}
ASKED = {"mentions", "one", "apart", "links", "relations", "positions", "absent"}
ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)


def load(path: Path) -> dict[str, Any]:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(case, dict), path
    return case


def ident(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def marked() -> Iterator[Any]:
    for path in PATHS:
        reason = load(path).get("xfail")
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        yield pytest.param(path, id=ident(path), marks=marks)


def forms(case: dict[str, Any]) -> Iterator[str]:
    """All the forms that a case asks for."""
    yield from case.get("mentions", ())
    yield from case.get("links", ())
    for group in (*case.get("one", ()), *case.get("apart", ())):
        yield from group
    for first, _, second in case.get("relations", ()):
        yield from (first, second)


@pytest.mark.parametrize("path", PATHS, ids=ident)
def test_case_is_well_formed(path: Path) -> None:
    case = load(path)
    assert set(case) <= KEYS, set(case) - KEYS
    assert set(case) & ASKED
    for form in forms(case):
        assert any(spans(case["text"], each) for each in form.split("|")), form


@pytest.fixture(scope="module")
def gazetteers() -> Gazetteers:
    return Gazetteers.open()


@pytest.fixture(scope="module")
def annotator(gazetteers: Gazetteers) -> Annotator:
    return Annotator.open(gazetteers=gazetteers)


@pytest.mark.model
@pytest.mark.parametrize("path", list(marked()))
def test_case(path: Path, annotator: Annotator, gazetteers: Gazetteers) -> None:
    case = load(path)
    date = str(case["date"]) if case.get("date") else None
    text = case["text"].strip()
    read = Reading(
        annotator.annotate_one(SourceDocument(id="case", text=text, date=date)), gazetteers, shipped_rules()
    )
    assert not (faults := list(read.faults(case))), "\n".join([*faults, "found:", *read.lines()])


def spans(text: str, form: str) -> list[tuple[int, int]]:
    """Where a form stands in the text."""
    name, _, number = form.partition("/")
    found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    return found[int(number) - 1 : int(number)] if number else found


class Reading:
    """A case with its mentions and the entities that they speak of."""

    def __init__(self, annotated: AnnotatedDocument, gazetteers: Gazetteers, rules: Rules) -> None:
        self.annotated, self.rules = annotated, rules
        resolved = Linker(gazetteers).link(annotated)
        digests = [digest(resolved)]
        self.identity = identify(digests, rules)
        self.entities = {
            entity.id: entity for entity in relate(digests, self.identity, rules, gazetteers.place)
        }
        self.posts = gather_positions(digests, self.identity)
        self.at: dict[tuple[int, int], list[EntityMention]] = {}
        for mention in annotated.mentions:
            self.at.setdefault(self.bare(mention), []).append(mention)

    def bare(self, mention: EntityMention) -> tuple[int, int]:
        """The span of a mention without an article before it."""
        begin = mention.begin
        if match := ARTICLE.match(self.annotated.document.text, begin, mention.end):
            begin = match.end()
        return begin, mention.end

    def found(self, form: str) -> list[str]:
        """The ids of the entities that the occurrences of a form speak of."""
        text = self.annotated.document.text
        chains = [
            mention.chain
            for each in form.split("|")
            for span in spans(text, each)
            for mention in self.at.get(span, ())
        ]
        ids = [self.identity.of_chain.get(("case", chain)) for chain in chains]
        return list(dict.fromkeys(id_ for id_ in ids if id_ is not None))

    def around(self, form: str) -> set[str]:
        """The ids for a form, or for a place around a linked one that is known by that name."""
        return set(self.found(form)) | {
            id_ for id_, entity in self.entities.items() if entity.label in form.split("|")
        }

    def faults(self, case: dict[str, Any]) -> Iterator[str]:
        for form, kind in case.get("mentions", {}).items():
            kinds = [self.entities[id_].kind for id_ in self.found(form)]
            if not any(kind in self.rules.line(each) for each in kinds):
                yield f"mentions: {form} is {kinds or 'not found'}, not {kind}"
        for group in case.get("one", ()):
            ids = [self.found(form) for form in group]
            if len({each for found in ids for each in found}) != 1 or not all(ids):
                yield f"one: {group} are {ids}"
        for group in case.get("apart", ()):
            ids = [self.found(form) for form in group]
            if not all(ids) or len({each for found in ids for each in found}) < len(group):
                yield f"apart: {group} are {ids}"
        for form, wanted in case.get("links", {}).items():
            links = [self.entities[id_].link for id_ in self.found(form)]
            if not any(link is not None and told(link, str(wanted)) for link in links):
                yield f"links: {form} is {[link and link.id for link in links]}, not {wanted}"
        for subject, relation, obj in case.get("relations", ()):
            if not any(self.related(id_, relation, self.around(obj)) for id_ in self.found(subject)):
                yield f"relations: not {subject} {relation} {obj}"
        for entry in case.get("positions", ()):
            if not self.has_post(entry):
                yield f"positions: no {entry}"
        named = {
            self.annotated.document.text[m.begin : m.end]
            for m in self.annotated.mentions
            if m.form is Form.NAMED
        }
        for form in case.get("absent", ()):
            if form in named:
                yield f"absent: {form} was found"

    def related(self, subject: str, relation: str, objects: set[str]) -> bool:
        """Whether an entity has a relation to one of `objects`; *locatedIn* holds over several steps."""
        seen: set[str] = set()
        todo = [subject]
        while todo:
            at = todo.pop()
            for name, other in self.entities[at].relations:
                if name == relation or (relation == "locatedIn" and name == "capitalOf"):
                    if other in objects:
                        return True
                    if relation == "locatedIn" and other not in seen:
                        seen.add(other)
                        todo.append(other)
        return False

    def has_post(self, entry: dict[str, Any]) -> bool:
        holders, bodies = self.found(entry["holder"]), self.around(entry["at"]) if "at" in entry else set()
        titles = [each.lower() for each in entry["title"].split("|")]
        return any(
            post.holder in holders
            and post.title.lower() in titles
            and ("at" not in entry or post.at in bodies)
            and post.former == entry.get("former", False)
            for post in self.posts
        )

    def lines(self) -> Iterator[str]:
        text = self.annotated.document.text
        forms_of: dict[str, list[str]] = {}
        for mention in self.annotated.mentions:
            if (id_ := self.identity.of_chain.get(("case", mention.chain))) is not None:
                forms_of.setdefault(id_, []).append(text[mention.begin : mention.end])
        for id_, entity in self.entities.items():
            if id_ in forms_of:
                yield f"  {id_} {entity.kind} {forms_of[id_]} {summary(entity)}"
        for post in self.posts:
            yield f"  post {post.holder} {post.title} {post.at} {'former' if post.former else ''}"


def told(link: Link, wanted: str) -> bool:
    """Whether a link is to the id or the country that is wanted."""
    country = link.place.country if link.place is not None else None
    return wanted in (link.id.partition("/")[2], country)


def summary(entity: Entity) -> str:
    link = f"({entity.link.place.country if entity.link.place else ''})" if entity.link else ""
    return f"{link} {' '.join(f'{name} {other}' for name, other in entity.relations)}"
