"""The event lexicon: data under ``ontology/lexicon`` that says which words tell of which event.

A *frame* (after FrameNet) is one way of telling: trigger lemmas, the grammatical slots that fill each
role, and constraints on the fillers. `ontology/lexicon/README.md` documents the format for users.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.annotate.constructions import FILE as CONSTRUCTIONS
from kg.annotate.constructions import Constructions
from kg.annotate.word_lists import WordLists, read_mapping, with_own
from kg.errors import DataError

_OF_SUPPORT = ("occurrence", "passing", "sharing", "suffering", "ending", "carrying", "fleeing")
_OF_STATUS = (
    "partitives", "papers", "aftermath", "gripping", "purposes", "protesting", "mouthpieces", "campaigns",
    "lasting", "locative", "ordinals", "bids",
)  # fmt: skip
ROLES = ("agent", "target", "place", "origin", "destination")
TRAITS = (
    "struck", "per_place", "violent", "assault", "plain", "means", "clash", "harm", "talk", "accusing",
    "arrest", "trial", "utterance", "mutual",
)  # fmt: skip
_FRAME_KEYS = {
    "class", "verbs", "nouns", "particle", "light", "light_in", "light_pred", "roles", "where",
    "unless", "speech", "content", "casualty", "plural_only", "bare", "deep", "refuse", "line",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One way in which words tell of an event of class `kind`.

    `roles` maps a role to the slots that may fill it, the first that is filled winning. `where` maps
    slots to the category that their filler must have, `unless` to head lemmas that it must not. An
    account with a subject or object of category `bare` is kept though no mention fills it. A reporting
    verb with `content` reports only where a clause or a quotation says what. A frame that `refuse`s stands
    for a reading that tells of no event of the class: what it matches is left alone.
    """

    kind: str
    roles: Mapping[str, tuple[str, ...]]
    where: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    unless: Mapping[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    particle: str | None = None
    light: frozenset[str] = frozenset()
    light_in: frozenset[str] = frozenset()
    light_pred: frozenset[str] = frozenset()
    speech: bool = False
    content: bool = False
    casualty: bool = False
    plural_only: frozenset[str] = frozenset()
    bare: str | None = None
    refuse: bool = False

    @property
    def specificity(self) -> int:
        """How much the frame asks for: frames that ask for more are tried first."""
        return (
            4 * bool(self.light or self.light_in or self.light_pred)
            + 3 * (self.particle is not None)
            + 2 * bool(self.where)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """What a filler may be: of one of `kinds`, or headed by one of `nouns`, or one of `pronouns`."""

    kinds: frozenset[str]
    nouns: frozenset[str]
    pronouns: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """Words that govern an event and change its status, by part of speech.

    `objects` are verbs that do so to an event noun that is their object, `prepositional` those that do
    so through a preposition (*call for*), `modifiers` adjectives that do so to the noun itself.
    """

    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    adjectives: frozenset[str] = frozenset()
    adverbs: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    prepositional: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All that the event component knows of words."""

    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    categories: Mapping[str, Category]
    constructions: Constructions
    planned: Cues
    possible: Cues
    denied: Cues
    claimed: Cues
    future: frozenset[str]
    conditional: frozenset[str]
    partitives: frozenset[str]
    papers: frozenset[str]
    aftermath: frozenset[str]
    gripping: frozenset[str]
    purposes: frozenset[str]
    mouthpieces: frozenset[str]
    support: frozenset[str]
    occurrence: frozenset[str]
    passing: frozenset[str]
    sharing: frozenset[str]
    suffering: frozenset[str]
    ending: frozenset[str]
    carrying: frozenset[str]
    fleeing: frozenset[str]
    protesting: frozenset[str]
    campaigns: frozenset[str]
    lasting: frozenset[str]
    locative: frozenset[str]
    bids: frozenset[str]
    ordinals: frozenset[str]
    traits: Mapping[str, frozenset[str]]
    forms: Mapping[str, str]

    def has(self, kind: str, trait: str) -> bool:
        """Whether events of the class `kind` have `trait` (see ``traits`` in ``events.yaml``)."""
        return kind in self.traits.get(trait, ())

    def hyphenated(self) -> frozenset[str]:
        """The words that tell of events and hold a hyphen."""
        return frozenset(word for word in (*self.verbs, *self.nouns) if "-" in word)

    def accuses(self, lemma: str) -> bool:
        """Whether the verb can tell of an accusation."""
        return any(self.has(frame.kind, "accusing") for frame in self.verbs.get(lemma, ()))

    def speech_verb(self, lemma: str) -> bool:
        """Whether the verb can tell of a statement."""
        return any(frame.speech for frame in self.verbs.get(lemma, ()))

    @classmethod
    def load(cls, folder: Path, extra: Path | None = None, classes: Collection[str] | None = None) -> Lexicon:
        """Read the lexicon in `folder` (``events``, ``categories``, ``status`` and ``constructions.yaml``).

        `extra` is a user's file of further frames (and categories), tried before ours, and of lists of words
        that take the place of ours. `classes` are the event classes of the ontology. Raises `DataError` with
        file and line where the data is wrong, `ResourceError` where a file cannot be read.
        """
        files = [extra] if extra else []
        files.append(folder / "events.yaml")
        frames: list[tuple[Path, dict[str, Any]]] = []
        traits: dict[str, set[str]] = defaultdict(set)
        own: Mapping[str, Any] = {}
        raw_categories: dict[str, Any] = dict(read_mapping(folder / "categories.yaml"))
        for path in files:
            content = read_mapping(path, from_user=path is extra)
            unknown = set(content) - {"frames", "categories", "traits", "words", "line"}
            if unknown:
                raise DataError(
                    f"{path}: unknown section {sorted(unknown)[0]!r}; use frames, categories, traits or words"
                )
            if path is extra and "words" in content:
                own = WordLists(where=str(path), lists=content).under("words").lists
            raw_categories.update(content.get("categories") or {})
            for trait, kinds in (content.get("traits") or {}).items():
                if trait == "line":
                    continue
                if trait not in TRAITS:
                    raise DataError(f"{path}: unknown trait {trait!r}; known are {', '.join(TRAITS)}")
                unheard = [kind for kind in kinds if classes is not None and kind not in classes]
                if unheard:
                    raise DataError(f"{path}: the ontology has no event class {unheard[0]!r} (trait {trait})")
                traits[trait] |= set(kinds)
            for entry in content.get("frames") or []:
                if not isinstance(entry, dict):
                    raise DataError(f"{path}: a frame must be a mapping with class, verbs or nouns")
                frames.append((path, entry))
        categories = _categories(raw_categories, folder / "categories.yaml")
        verbs: dict[str, list[Frame]] = defaultdict(list)
        nouns: dict[str, list[Frame]] = defaultdict(list)
        for path, entry in frames:
            for part, lemma, frame in _frames(path, entry, categories, classes):
                (verbs if part == "verbs" else nouns)[lemma].append(frame)
        status, turns = with_own(
            own, [WordLists.read(folder / name) for name in ("status.yaml", CONSTRUCTIONS)], extra
        )
        support = status.under("support").all(("verbs", *_OF_SUPPORT))
        return cls(
            verbs={k: tuple(sorted(v, key=lambda f: -f.specificity)) for k, v in verbs.items()},
            nouns={k: tuple(sorted(v, key=lambda f: -f.specificity)) for k, v in nouns.items()},
            categories=categories,
            constructions=Constructions.of(turns),
            planned=_cues(status, "planned"),
            possible=_cues(status, "possible"),
            denied=_cues(status, "denied"),
            claimed=_cues(status, "claimed"),
            future=status.words("future_auxiliaries"),
            conditional=status.words("conditional_auxiliaries"),
            support=support["verbs"],
            **{name: support[name] for name in _OF_SUPPORT},
            **{name: status.words(name) for name in _OF_STATUS},
            forms={k: v for k, v in status.under("forms").lists.items() if k != "line"},
            traits={trait: frozenset(kinds) for trait, kinds in traits.items()},
        )


def _cues(status: WordLists, name: str) -> Cues:
    return Cues(**status.under(name).all(Cues.__slots__))


def _categories(raw: dict[str, Any], path: Path) -> dict[str, Category]:
    def gather(name: str, key: str, seen: tuple[str, ...] = ()) -> frozenset[str]:
        if name in seen:
            raise DataError(f"{path}: category {name!r} contains itself")
        if name not in raw:
            raise DataError(f"{path}: no category {name!r}, named in {seen[-1]!r}")
        own = frozenset(raw[name].get(key) or ())
        for other in raw[name].get("with") or ():
            own |= gather(other, key, (*seen, name))
        return own

    return {
        name: Category(
            kinds=gather(name, "kinds"), nouns=gather(name, "nouns"), pronouns=gather(name, "pronouns")
        )
        for name in raw
        if name != "line"
    }


def _slots(expression: str) -> tuple[str, ...]:
    return tuple(expression.split("|"))


def _frames(
    path: Path, entry: dict[str, Any], categories: Mapping[str, Category], classes: Collection[str] | None
) -> Iterator[tuple[str, str, Frame]]:
    where = f"{path}:{entry.get('line', '?')}"
    unknown = set(entry) - _FRAME_KEYS
    if unknown:
        raise DataError(
            f"{where}: unknown key {sorted(unknown)[0]!r}; known are {', '.join(sorted(_FRAME_KEYS))}"
        )
    kind = entry.get("class")
    if not isinstance(kind, str):
        raise DataError(f"{where}: a frame needs a class")
    if classes is not None and kind not in classes:
        raise DataError(f"{where}: the ontology has no event class {kind!r}; add it there or mend the name")
    if not entry.get("verbs") and not entry.get("nouns"):
        raise DataError(f"{where}: a frame needs verbs or nouns")
    roles = {k: v for k, v in (entry.get("roles") or {}).items() if k != "line"}
    for role in roles:
        if role not in ROLES:
            raise DataError(f"{where}: unknown role {role!r}; known are {', '.join(ROLES)}")
    needs = {k: v for k, v in (entry.get("where") or {}).items() if k != "line"}
    for slots, category in needs.items():
        names = [category] if isinstance(category, str) else []
        for name in names:
            if name not in ("any", "none") and name not in categories:
                raise DataError(
                    f"{where}: no category {name!r} for {slots!r}; known are {', '.join(categories)}"
                )
    if entry.get("bare") is not None and entry["bare"] not in categories:
        raise DataError(
            f"{where}: no category {entry['bare']!r} for 'bare'; known are {', '.join(categories)}"
        )
    listed = {_slots(k): v for k, v in needs.items() if not isinstance(v, str)}
    for part in ("verbs", "nouns"):
        for lemma in entry.get(part) or ():
            if not isinstance(lemma, str):
                raise DataError(f"{where}: {part} must be words, got {lemma!r}; put it in quotation marks")
            own = {
                **roles,
                **{k: v for k, v in (entry.get("deep") or {}).get(lemma, {}).items() if k != "line"},
            }
            yield (
                part,
                lemma,
                Frame(
                    kind=kind,
                    roles={role: _slots(slots) for role, slots in own.items()},
                    where={
                        **{_slots(k): v for k, v in needs.items() if isinstance(v, str)},
                        **{k: "=" + "|".join(v) for k, v in listed.items()},
                    },
                    unless={
                        _slots(k): frozenset(v) for k, v in (entry.get("unless") or {}).items() if k != "line"
                    },
                    particle=entry.get("particle"),
                    light=frozenset(entry.get("light") or ()),
                    light_in=frozenset(entry.get("light_in") or ()),
                    light_pred=frozenset(entry.get("light_pred") or ()),
                    speech=bool(entry.get("speech")),
                    content=bool(entry.get("content")),
                    casualty=bool(entry.get("casualty")),
                    plural_only=frozenset(entry.get("plural_only") or ()),
                    bare=entry.get("bare"),
                    refuse=bool(entry.get("refuse")),
                ),
            )
