"""What our components write on a spaCy `Doc`: mentions, chains, time expressions, accounts.

Token indices here, code points in `kg.model`; `kg.annotate.convert` goes from one to the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.model import Form, PartialDate, Status


@dataclass(slots=True)
class Mention:
    """Tokens `start` to `end` (half-open) that speak of the chain `chain`; `root` is the head token.

    `kind` is the local name of a class of the ontology. `country` is the ISO code of the country that
    an adjective or a possessive in it speaks of. `plural` is its grammatical number.
    """

    start: int
    end: int
    root: int
    form: Form
    kind: str
    chain: int = -1
    country: str | None = None
    plural: bool = False
    confidence: float = 1.0


@dataclass(slots=True)
class Chain:
    """A coreference chain; `mentions` are indices into `Layer.mentions`, in order of the text."""

    id: int
    kind: str
    name: str
    names: set[str] = field(default_factory=set)
    mentions: list[int] = field(default_factory=list)
    named: bool = True
    country: str | None = None
    gazetteer: str | None = None


@dataclass(slots=True)
class TimeExpression:
    """Tokens `start` to `end` that denote the interval from `start_date` to `end_date`.

    An open end is None. `kind` is ``date`` (a point or interval on the calendar), ``duration`` (*for
    weeks*) or ``set`` (*every Sunday*), as TimeML has them; only the first dates an event.
    """

    start: int
    end: int
    root: int
    start_date: PartialDate | None
    end_date: PartialDate | None
    kind: str = "date"


@dataclass(slots=True)
class Holding:
    """A chain holds a post: `title` at the chain `at`, by the mention indices in `evidence`."""

    holder: int
    title: str
    at: int | None = None
    former: bool = False
    evidence: tuple[int, ...] = ()


@dataclass(slots=True)
class Relation:
    """Mention `subject` stands in `relation` (a property's local name) to mention `object`."""

    subject: int
    relation: str
    object: int


@dataclass(slots=True)
class Account:
    """One event by the words at token `trigger` (to `trigger_end`, half-open). Roles hold mention indices.

    `retells` is the index of the account before it that its words take up (*the attack*).
    """

    trigger: int
    trigger_end: int
    kind: str
    status: Status = Status.ASSERTED
    confidence: float = 1.0
    agents: list[int] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    destinations: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    start_date: PartialDate | None = None
    end_date: PartialDate | None = None
    killed: int | None = None
    wounded: int | None = None
    detained: int | None = None
    casualty_text: str | None = None
    quoted: list[tuple[int, int]] = field(default_factory=list)
    about: list[int] = field(default_factory=list)
    retells: int | None = None

    @property
    def dated(self) -> bool:
        """Whether it has a day to begin or to end with."""
        return bool(self.start_date or self.end_date)

    def take_date(self, other: Account) -> None:
        """Take the dates of `other`, with the words that they were read from, where there are none yet."""
        if not self.dated:
            self.start_date, self.end_date, self.times = other.start_date, other.end_date, list(other.times)


@dataclass(slots=True)
class Layer:
    """All that our components found in one document, under `doc._.kg`.

    `date` is the date of publication, where known. `mention_of` maps a token that is the head of a
    mention to the mention's index (the longest mention with that head).
    """

    date: PartialDate | None = None
    mentions: list[Mention] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    mention_of: dict[int, int] = field(default_factory=dict)
    holdings: list[Holding] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)


def layer(doc: Doc) -> Layer:
    """The layer of `doc`, made empty where there is none yet."""
    if doc._.kg is None:
        doc._.kg = Layer()
    found: Layer = doc._.kg
    return found


if not Doc.has_extension("kg"):
    Doc.set_extension("kg", default=None)
