"""What of a graph is exported: the events and entities that are chosen, and what they rest on.

What is left has no loose ends:

- An event stays that is of one of the classes and statuses and sure enough; that is dated from `since` on or,
  where it is undated, told by an article issued from then on; and that is told in one of the `graphs`, or
  described there. It brings its accounts, what these point at and their articles, its agents, places and
  sources, and whatever they in turn refer to; but no other event, so what a statement is about may go.
- Where no class is named, each entity that an article issued from then on mentions stays with these mentions,
  and each such article with all that it says, but for its accounts of events that go. Where classes of
  entities are named, the entities of those stay in that way. Others stay where something refers to them.
- Articles whose day of issue is not known are older than any.
- What is no event, entity, position, article or mention (the ontology, corrections, RDF from elsewhere) stays
  unless it speaks of something that goes or, where graphs are named, stands in another and nothing that
  stays refers to it. The provenance stays always, with the credits that licences ask for.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from kg.errors import UsageError
from kg.model import PartialDate, Status
from kg.ontology import load_ontology
from kg.rdf.terms import is_date

_CLASSES = ("Event", "Agent", "Place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What is exported; whatever is left out does not narrow.

    `graphs` are IRIs of named graphs: those of articles choose among what is told, others take what is
    described there. `since` is a day, a month or a year: dates of other precision are compared as text
    cut to the shorter. `classes` are local names of classes of events or entities, those below them
    meant too. `min_confidence` is that of the event. Without `wording` the sentences, quotations, titles,
    texts, the words of figures and every mention's text but names are left out; names, labels, offsets,
    figures, dates and links stay.

    Raises:
        UsageError: the date is none, a class is none of events or entities, the confidence is not in [0, 1].
    """

    graphs: tuple[str, ...] = ()
    since: PartialDate | None = None
    classes: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    min_confidence: Decimal | None = None
    wording: bool = True

    def __post_init__(self) -> None:
        if self.since is not None and not is_date(self.since):
            raise UsageError(f"'{self.since}' is no date: write 2021-08-10, 2021-08 or 2021")
        least = self.min_confidence
        if least is not None and (least.is_nan() or not 0 <= least <= 1):
            raise UsageError(f"a confidence of {least} cannot be: give one from 0 to 1, as 0.8")
        object.__setattr__(self, "classes", tuple(map(_class_named, self.classes)))

    @property
    def chooses(self) -> bool:
        """Whether anything but wording is left out."""
        return bool(
            self.graphs or self.since or self.classes or self.statuses or self.min_confidence is not None
        )

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return self.chooses or not self.wording


def from_day_on(date: PartialDate | None, since: PartialDate | None) -> bool:
    """Whether `date` is `since` or later, both cut to the shorter; None is older than any.

    >>> from_day_on("2021", "2021-08-10"), from_day_on("2021-08-09", "2021-08-10")
    (True, False)
    """
    if since is None:
        return True
    return date is not None and date[: len(since)] >= since[: len(date)]


def _class_named(name: str) -> str:
    """The local name of a class of events or entities, as the ontology writes it."""
    ontology = load_ontology()
    known = {each.casefold(): each for above in _CLASSES for each in ontology.subclasses(above)}
    local = name.strip().rpartition("#")[2].removeprefix("kg:")
    found = known.get(local.casefold())
    if found is None:
        near = get_close_matches(local.casefold(), known, n=1)
        hint = f"did you mean {known[near[0]]}?" if near else "ontology/kg.ttl has them"
        raise UsageError(f"no class of events or entities '{name}': {hint}")
    return found
