"""What kind of thing a name speaks of: all occurrences of one string in a document decide together.

Evidence from the model's labels, the gazetteers, the words around each occurrence and the shape of the
name is added up for four answers: person, organisation, place, or none of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.annotate.columns import Columns
from kg.annotate.contexts import Contexts
from kg.annotate.evidence import NONE, ORGANIZATION, PERSON, PLACE, Evidence, family
from kg.annotate.words import GivenNames, Nouns, Titles
from kg.annotate.written import COMPOUND, INITIALS, MIXED, joins
from kg.gazetteer.folding import fold
from kg.model import Place

_LABELS = {
    "PERSON": (PERSON, 1.0),
    "ORG": (ORGANIZATION, 1.0),
    "GPE": (PLACE, 1.2),
    "LOC": (PLACE, 1.0),
    "FAC": (PLACE, 1.0),
    "NORP": (NONE, 0.9),
    "PRODUCT": (NONE, 0.7),
    "EVENT": (NONE, 1.2),
    "WORK_OF_ART": (NONE, 1.0),
    "LAW": (NONE, 1.2),
    "LANGUAGE": (NONE, 0.7),
}  # of OntoNotes 5: the kind that each speaks for, and how much
_LABELLED = 2.2  # the most that the model's labels weigh together
_REPEATED = 0.2  # what a further occurrence adds to the strongest
_HAMLET = 40_000  # inhabitants below which a word that begins a sentence is rather a word
_LINKED = re.compile(r"[-‐‑–][ei][-‐‑–]")  # as only places are, *Deh-e-X*
_SURNAME = 3.0  # evidence for a person where a longer name in the text ends in this one


class EntryLike(Protocol):
    """What is read of a gazetteer's person or organisation."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def country(self) -> str | None: ...


class GazetteerLike(Protocol):
    """What the components ask of the gazetteers (`kg.gazetteer.Gazetteers` answers it)."""

    def places(self, name: str) -> Sequence[Place]:
        """Places of that name, the likeliest first."""
        ...

    def has_place(self, name: str) -> bool:
        """Whether there is a place of that name."""
        ...

    def entries(self, name: str) -> Sequence[EntryLike]:
        """Persons, organisations and places of the curated lists."""
        ...

    def demonym(self, word: str) -> str | None:
        """The ISO code of the country that an adjective or a people's name speaks of."""
        ...

    def country(self, code: str) -> Place | None:
        """The country of an ISO code."""
        ...


@dataclass(slots=True)
class Verdict:
    """What one string is taken for: `kind` is one of the four, `narrow` the class as narrow as is sure."""

    kind: str
    narrow: str
    sure: float
    country: str | None = None
    gazetteer: str | None = None


class KindJudge:
    """Weighs the evidence for one string."""

    def __init__(self, gazetteers: GazetteerLike, nouns: Nouns, titles: Titles, given: GivenNames) -> None:
        self.gazetteers, self.nouns, self.titles, self.given = gazetteers, nouns, titles, given
        self.contexts = Contexts(nouns, titles)

    def judge(
        self, c: Columns, name: str, spans: Iterable[tuple[int, int]], extra: Evidence | None = None
    ) -> Verdict:
        """The verdict on `name`, which stands at `spans`; `extra` is evidence from other names."""
        evidence = Evidence()
        spans = list(spans)
        self._labels(c, spans, evidence)
        surname = extra is not None and extra.kinds[PERSON] >= _SURNAME
        entry, place = self._gazetteers(name, spans, evidence, surname)
        start, end = spans[0]
        begins = start == c.starts[c.sentence[start]] and end - start == 1 and c.entity[start] == ""
        hamlet = place is not None and place.kind == "PopulatedPlace" and place.population < _HAMLET
        if len(spans) == 1 and begins and hamlet:
            evidence.add(PLACE, -1.0)  # a common word, capitalised
        self._shape(c, spans[0], evidence)
        contexts = [Evidence() for _ in spans]
        for (start, end), context in zip(spans, contexts, strict=True):
            self.contexts.weigh(c, start, end, context)
            if self._before_area(c, start, end):
                context.add(PLACE, 2.5 if c.lower[start - 1] in self.nouns.locative else 1.2)
            evidence.narrow.update(context.narrow)
        for kind in (PERSON, ORGANIZATION, PLACE, NONE):
            weights = [context.kinds[kind] for context in contexts]
            strongest = max(weights, key=abs)
            evidence.add(kind, strongest + _REPEATED * (sum(weights) - strongest))
        if extra is not None:
            evidence.kinds.update(extra.kinds)
            evidence.narrow.update(extra.narrow)
        kind = max((PERSON, ORGANIZATION, PLACE, NONE), key=lambda k: evidence.kinds[k])
        best = evidence.kinds[kind]
        if best <= 0.5:
            kind = NONE
        total = sum(max(w, 0.0) for w in evidence.kinds.values()) or 1.0
        verdict = Verdict(kind, kind, min(1.0, best / total))
        narrower = [(w, k) for k, w in evidence.narrow.items() if k and family(k) == kind and k != kind]
        if narrower and kind in (ORGANIZATION, PLACE):
            verdict.narrow = max(narrower)[1]
        if entry is not None and family(entry.kind) == kind:
            verdict.gazetteer, verdict.country = entry.id, entry.country
        elif place is not None and kind == PLACE:
            verdict.country = place.country
        return verdict

    def _before_area(self, c: Columns, start: int, end: int) -> bool:
        """Whether a comma and a country or province stand behind the name (*X, Syria,*), and no list."""
        if end + 1 >= len(c) or c.text[end] != "," or not c.capital[end + 1]:
            return False
        listed = start > 0 and (c.text[start - 1] == "," or c.lower[start - 1] in ("and", "or"))
        if (listed and c.capital[start - 2]) or c.sentence[end + 1] != c.sentence[start]:
            return False
        for stop in (end + 2, end + 3):
            if stop < len(c) and (c.text[stop] in ".,;)" or c.space[stop]) and c.capital[stop - 1]:
                places = self.gazetteers.places(c.words(end + 1, stop))
                return bool(places) and places[0].kind in ("Country", "Province")
        return False

    def _labels(self, c: Columns, spans: list[tuple[int, int]], evidence: Evidence) -> None:
        found: Counter[tuple[str, float]] = Counter()
        for start, end in spans:
            labels = {c.entity[i] for i in range(start, end)} & _LABELS.keys()
            for label in sorted(labels):
                found[_LABELS[label]] += 1
        total = sum(found.values())
        for (kind, weight), count in found.items():
            evidence.add(kind, weight * count * min(1.0, _LABELLED / total))

    def _gazetteers(
        self, name: str, spans: list[tuple[int, int]], evidence: Evidence, surname: bool = False
    ) -> tuple[EntryLike | None, Place | None]:
        entries = self.gazetteers.entries(name)
        if not entries and name.istitle() and 4 <= len(name) <= 6:
            entries = self.gazetteers.entries(name.upper())  # an abbreviation written as a word
        entry = entries[0] if entries else None
        if entry is not None:
            evidence.add(family(entry.kind), 3.5, entry.kind)
        places = self.gazetteers.places(name)
        if not places or MIXED.fullmatch(name):
            return entry, None
        place = places[0]
        if surname and place.kind == "PopulatedPlace":
            return entry, None
        people = max(p.population for p in places)
        spelt = self.gazetteers.has_place(name)  # else found by its sound only
        several = spans[0][1] - spans[0][0] > 1
        if place.kind == "Country" or not place.id.isdigit():  # a user's own place is no guess
            weight = 4.0
        elif several:
            weight = 2.5 + (people > 20_000)
        elif place.kind == "Region":
            weight = 3.0
        elif place.kind != "PopulatedPlace":
            weight = 2.0
        else:
            weight = 2.5 if people > 500_000 else 2.0 if people > 50_000 else 1.3 if people > 5_000 else 0.8
        kinds = {p.kind for p in places if p.country == place.country}
        towns = [p for p in places if p.kind == "PopulatedPlace" and p.country == place.country]
        narrow = place.kind
        if place.kind in ("Province", "District") and towns:
            narrow = "PopulatedPlace" if towns[0].population > 300_000 else "Place"
        elif "Province" in kinds and place.kind == "PopulatedPlace":
            narrow = "Place"
        evidence.add(PLACE, weight if spelt else weight / 2)
        evidence.narrow[narrow] += min(weight, 2.0)  # type: ignore[assignment]
        return entry, place

    def _shape(self, c: Columns, span: tuple[int, int], evidence: Evidence) -> None:
        start, end = span
        heads = [c.lower[end - 1]]
        heads += [c.lower[k - 1] for k in range(start + 1, end) if c.lower[k] in ("of", "for")]
        heads += [c.lower[k - 1] for k in range(start + 1, end) if c.text[k] in "-–" and not c.glued[k]]
        if end - start > 1:
            if c.lower[start] in self.nouns.things or any(word in self.nouns.things for word in heads):
                evidence.add(NONE, 4.0)
            unit = c.text[start][0].isdigit() and not c.text[start].isdigit()
            for word in reversed(heads):
                if unit and self.nouns.organizations.get(word) == "Company":
                    evidence.add(ORGANIZATION, 3.0, "MilitaryUnit")
                    break
                if word in self.nouns.organizations:
                    evidence.add(ORGANIZATION, 3.0, self.nouns.organizations[word])
                    break
                if word in self.nouns.places:
                    evidence.add(PLACE, 3.0, self.nouns.places[word])
                    break
            else:
                words = [k for k in range(start, end) if c.lower[k] not in self.titles.particles]
                if all(c.capital[k] for k in words) and len(words) <= 4:
                    evidence.add(PERSON, 2.0 if fold(c.text[start]) in self.given else 0.5)
            told = self.nouns.leading.get(c.lower[start])
            if told is not None:
                evidence.add(ORGANIZATION, 3.0, told)  # Radio X
            if any(joins(c, k) for k in range(start + 1, end - 1)):
                evidence.add(ORGANIZATION, 3.0)
            if c.lower[end - 1] in self.nouns.shops and any(c.tag[k] == "POS" for k in range(start, end)):
                evidence.add(ORGANIZATION, 5.0, "Company")
            if INITIALS.fullmatch(c.text[start]) and end - start < 4 and not c.text[end - 1].isupper():
                evidence.add(PERSON, 2.0)
            if c.lower[start] in self.nouns.places and self.nouns.places[c.lower[start]] in (
                "Facility",
                "Region",
            ):
                evidence.add(PLACE, 1.5, self.nouns.places[c.lower[start]])  # Camp X, Mount X
        elif COMPOUND.fullmatch(c.text[start]) and _LINKED.search(c.text[start]):
            evidence.add(PLACE, 1.0)
        elif MIXED.fullmatch(c.text[start]):
            evidence.add(ORGANIZATION, 3.0, self.nouns.organizations.get(c.lower[start]))
        elif c.text[start].isupper() and 2 <= len(c.text[start]) <= 6 and c.text[start].isalpha():
            evidence.add(ORGANIZATION, 1.0)
