"""Golden cases: one folder a phenomenon, one YAML file a case; what must be found, and what must not.

A file holds ``text``, ``date`` (of publication), ``events``, perhaps ``positions``, and ``absent``. An
event names its ``kind`` and any of: ``at`` (a part of its trigger), ``agent``, ``target``, ``place``,
``origin``, ``destination``, ``source`` (lists: each filler must fit one, each must be filled; ``a|b``
allows either), ``status``, ``start``, ``end``, ``killed``, ``wounded``, ``detained``, ``quotation``,
``about`` (kinds told inside it), ``count`` (so many accounts like it, 1 or more by default). What it does
not name is not looked at. An entry of ``absent`` is such an event that no account may fit. ``xfail``
gives the reason why a case is known to fail; one that passes must lose it.
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
from kg.model import AnnotatedDocument, EventAccount, SourceDocument

FOLDER = Path(__file__).parent
PATHS = sorted(FOLDER.glob("*/*.yaml"))
ROLES = {
    "agent": "agents",
    "target": "targets",
    "place": "places",
    "origin": "origins",
    "destination": "destinations",
    "source": "sources",
}
COUNTS = ("killed", "wounded", "detained")
KEYS = {"kind", "at", "status", "start", "end", "quotation", "about", "count", *ROLES, *COUNTS}
FILE_KEYS = {"text", "date", "events", "positions", "absent", "xfail", "note"}


def load(path: Path) -> dict[str, Any]:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(case, dict), path
    return case


def ident(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", PATHS, ids=ident)
def test_case_is_well_formed(path: Path) -> None:
    case = load(path)
    assert set(case) <= FILE_KEYS, set(case) - FILE_KEYS
    assert case["text"].strip()
    assert case.get("events") or case.get("absent")
    for entry in [*case.get("events", ()), *case.get("absent", ())]:
        assert set(entry) <= KEYS, set(entry) - KEYS
        for role in ROLES:
            assert isinstance(entry.get(role, []), list), (role, entry)


def test_no_text_stands_twice() -> None:
    texts = [load(path)["text"].strip() for path in PATHS]
    assert len(texts) == len(set(texts))


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator.open(gazetteers=Gazetteers.open())


def marked() -> Iterator[Any]:
    for path in PATHS:
        reason = load(path).get("xfail")
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        yield pytest.param(path, id=ident(path), marks=marks)


@pytest.mark.model
@pytest.mark.parametrize("path", list(marked()))
def test_case(path: Path, annotator: Annotator) -> None:
    case = load(path)
    date = str(case["date"]) if case.get("date") else None
    read = Reading(annotator.annotate_one(SourceDocument(id=path.stem, text=case["text"].strip(), date=date)))
    faults = [f"missing: {entry}" for entry in case.get("events", ()) if not read.holds(entry)]
    faults += [f"should be absent: {entry}" for entry in case.get("absent", ()) if read.holds(entry)]
    faults += [f"no such post: {entry}" for entry in case.get("positions", ()) if not read.has_post(entry)]
    assert not faults, "\n".join([*faults, "found:", *read.lines()])


class Reading:
    """An annotated case, its mentions by key."""

    def __init__(self, annotated: AnnotatedDocument) -> None:
        self.annotated = annotated
        self.text = annotated.document.text
        chains = {chain.id: chain for chain in annotated.chains}
        self.forms: dict[str, set[str]] = {}
        self.kinds = {event.key: event.kind for event in annotated.events}
        self.chain_forms = {i: {plain(name) for name in (c.name, *c.names)} for i, c in chains.items()}
        for mention in annotated.mentions:
            own = plain(self.text[mention.begin : mention.end])
            self.forms[mention.key] = {own} | self.chain_forms.get(mention.chain, set())

    def holds(self, entry: dict[str, Any]) -> bool:
        found = sum(self.fits(event, entry) for event in self.annotated.events)
        return found == entry["count"] if "count" in entry else found > 0

    def fits(self, event: EventAccount, entry: dict[str, Any]) -> bool:
        if event.kind not in str(entry.get("kind", event.kind)).split("|"):
            return False
        if "at" in entry and entry["at"] not in self.text[event.begin : event.end]:
            return False
        if "status" in entry and not stands(event.status, str(entry["status"]).split("|")):
            return False
        for key, value in (("start", event.start_date), ("end", event.end_date)):
            if key in entry and (str(entry[key]) if entry[key] else None) != value:
                return False
        for key in COUNTS:
            if key in entry and getattr(event, key) != entry[key]:
                return False
        if "quotation" in entry and event.quotation != entry["quotation"]:
            return False
        if "about" in entry and sorted(entry["about"]) != sorted(self.kinds[key] for key in event.about):
            return False
        return all(
            self.role(getattr(event, name), entry[role], role)
            for role, name in ROLES.items()
            if role in entry
        )

    def role(self, fillers: tuple[str, ...], wanted: list[str], role: str) -> bool:
        exact = role in ("place", "origin", "destination")

        def fit(filler: str, want: str) -> bool:
            return any(
                same(form, plain(each), exact) for form in self.forms[filler] for each in want.split("|")
            )

        return all(any(fit(f, want) for want in wanted) for f in fillers) and all(
            any(fit(f, want) for f in fillers) for want in wanted
        )

    def has_post(self, entry: dict[str, Any]) -> bool:
        for post in self.annotated.positions:
            at = self.chain_forms.get(post.at, set()) if post.at is not None else set()
            if (
                any(same(form, plain(entry["holder"]), False) for form in self.chain_forms[post.holder])
                and any(same(plain(post.title), plain(each), False) for each in entry["title"].split("|"))
                and ("at" not in entry or any(same(form, plain(entry["at"]), False) for form in at))
                and ("former" not in entry or post.former == entry["former"])
            ):
                return True
        return False

    def lines(self) -> Iterator[str]:
        for event in self.annotated.events:
            roles = {
                role: [sorted(self.forms[key]) for key in getattr(event, name)]
                for role, name in ROLES.items()
                if getattr(event, name)
            }
            counts = {key: getattr(event, key) for key in COUNTS if getattr(event, key) is not None}
            yield (
                f"  {event.kind} {self.text[event.begin : event.end]!r} {event.status} {roles} "
                f"{event.start_date}..{event.end_date} {counts} {event.quotation or ''} "
                f"about {[self.kinds[key] for key in event.about]}"
            )
        for post in self.annotated.positions:
            yield f"  post {sorted(self.chain_forms[post.holder])} {post.title} at {post.at} {post.former}"


def stands(status: str, wanted: list[str]) -> bool:
    """Whether a status is one of those wanted; *possible* will do for *planned*, as for the scorer."""
    return status in wanted or (status == "Possible" and "Planned" in wanted)


def plain(words: str) -> str:
    """Lower case, without article, possessive and signs."""
    folded = re.sub(r"['’]s?$", "", " ".join(words.lower().replace("’", "'").split()))
    return re.sub(r"^(the|a|an|its|their|his|her) ", "", folded)


def same(form: str, wanted: str, exact: bool) -> bool:
    """Whether `form` is what is wanted, or (for actors) holds it as whole words."""
    return form == wanted or (not exact and re.search(rf"\b{re.escape(wanted)}\b", form) is not None)
