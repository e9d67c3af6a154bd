"""Events as a table of ACLED's shape (ACLED Codebook, 3 October 2024): CSV by RFC 4180, a row an event.

A column stays empty where the graph does not tell it. Events that are one to ACLED are one row: told in one
sentence or the next, or at one place on one day, with nothing that both tell being different. The first of
them in the order of ``acled.toml`` is the row; sentences, figures and victims of the others are in it.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from itertools import pairwise
from typing import IO

from kg.export.codebook import Codebook, Deed, load_codebook
from kg.export.countries import country_code
from kg.export.periods import coded_day
from kg.export.records import HAPPENED, AccountRecord, EntityRecord, EventRecord

STATUSES = HAPPENED
"""The statuses that are exported where none are asked for: what happened by some account."""
_FORMULA = tuple("=+-@\t\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_TARGETED = "Civilian targeting"
_TOWN, _DISTRICT, _PROVINCE = "1", "2", "3"


@dataclass(frozen=True, slots=True, kw_only=True)
class AcledRow:
    """A row; the fields are the columns, in ACLED's order."""

    event_id_cnty: str = ""
    event_date: str = ""
    year: str = ""
    time_precision: str = ""
    disorder_type: str = ""
    event_type: str = ""
    sub_event_type: str = ""
    actor1: str = ""
    assoc_actor_1: str = ""
    inter1: str = ""
    actor2: str = ""
    assoc_actor_2: str = ""
    inter2: str = ""
    interaction: str = ""
    civilian_targeting: str = ""
    iso: str = ""
    region: str = ""
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    admin3: str = ""
    location: str = ""
    latitude: str = ""
    longitude: str = ""
    geo_precision: str = ""
    source: str = ""
    source_scale: str = ""
    notes: str = ""
    fatalities: str = ""
    tags: str = ""
    timestamp: str = ""


COLUMNS = tuple(each.name for each in fields(AcledRow))


def acled_rows(events: Sequence[EventRecord], wording: bool = True) -> list[AcledRow]:
    """The rows of the events that ACLED codes, by date, then identifier; undated ones last.

    Without `wording` there are no notes, and no words of figures in the tags.
    """
    book = load_codebook()
    coded = [event for event in events if book.is_coded(event.kind) or book.may_be_coded(event.kind)]
    found = [row for event, parts in _incidents(coded, book) if (row := _row(event, parts, book, wording))]
    return sorted(found, key=lambda row: (row.event_date or f"{row.year or '9999'}~", row.event_id_cnty))


def write_acled(events: Sequence[EventRecord], out: IO[str], wording: bool = True) -> int:
    """Write the table; the number of rows. `out` must leave ends of lines as they are (``newline=""``)."""
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    rows = acled_rows(events, wording)
    table.writerows(tuple(map(_no_formula, astuple(row))) for row in rows)
    return len(rows)


def _no_formula(cell: object) -> object:
    """`cell` with an apostrophe before it where a spreadsheet would take it for a formula (CWE-1236)."""
    text = str(cell)
    if text[:1] in _FORMULA and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return cell


def _incidents(
    events: Sequence[EventRecord], book: Codebook
) -> list[tuple[EventRecord, tuple[EventRecord, ...]]]:
    """Each event that is a row, with those that it takes in.

    Those that are told in the same sentence come before those of the next, and of the same place and day.
    """
    beside = _neighbours(events)
    told: dict[tuple[str, ...], list[EventRecord]] = defaultdict(list)
    found: dict[str, tuple[EventRecord, tuple[EventRecord, ...]]] = {}
    for event in sorted(events, key=lambda each: book.takes.get(each.kind, len(book.takes))):
        keys = _keys(event) if event.kind in book.takes else []
        near = (key for each in keys for key in (each, *beside.get(each, ())))
        home = next((one for key in near for one in told.get(key, ()) if _agree(one, event, book)), None)
        if home is None:
            found[event.iri] = (event, ())
            for key in keys:
                told[key].append(event)
        else:
            found[home.iri] = (home, (*found[home.iri][1], event))
    return list(found.values())


def _keys(event: EventRecord) -> list[tuple[str, ...]]:
    """What an event shares with one that accounts for it: a sentence; a place and a day."""
    keys: list[tuple[str, ...]] = [(each.article.iri, each.sentence) for each in event.accounts]
    day = coded_day(event.start, event.end)
    if day.precision == "1":
        keys += [("", place.iri, day.day) for place in event.places]
    return keys


def _neighbours(events: Iterable[EventRecord]) -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Article and sentence to those before and behind it, as far as these tell of events."""
    begins: dict[str, dict[str, int]] = defaultdict(dict)
    for account in (each for event in events for each in event.accounts):
        here = begins[account.article.iri]
        here[account.sentence] = min(account.begin, here.get(account.sentence, account.begin))
    beside: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = defaultdict(tuple)
    for article, sentences in begins.items():
        for (one, at), (other, then) in pairwise(sorted(sentences.items(), key=lambda each: each[1])):
            if then - at <= len(one) + len(other):
                beside[article, one] += ((article, other),)
                beside[article, other] += ((article, one),)
    return beside


def _agree(event: EventRecord, other: EventRecord, book: Codebook) -> bool:
    """Whether nothing that both tell differs: who acted, on whom, where and when."""
    if (event.status in HAPPENED) != (other.status in HAPPENED):
        return False
    if event.start and other.start and (event.start, event.end) != (other.start, other.end):
        return False
    if event.places and other.places and not _around(event) & _around(other):
        return False
    if event.kind == other.kind and _apart(event.targets, other.targets):
        return False
    return not _apart(event.agents, other.agents) or _answers(other, event, book)


def _around(event: EventRecord) -> set[str]:
    """Its places, and the towns, districts and provinces around them."""
    places = (each for place in event.places for each in (place, *place.around))
    return {each.iri for each in places if each in event.places or not each.is_a("Country")}


def _apart(some: Sequence[EntityRecord], others: Sequence[EntityRecord]) -> bool:
    return bool(some and others and not set(some) & set(others))


def _answers(other: EventRecord, event: EventRecord, book: Codebook) -> bool:
    """Whether `other` is done by others to those who act in `event`, or is not said to be done to anybody.

    Students march, police beat protesters: these are the students.
    """
    if not _apart(event.agents, other.agents):
        return False
    if not other.targets or set(other.targets) & set(event.agents):
        return True
    called = {agent.label.casefold() for agent in event.agents if agent.is_a("Group")}
    if any(target.is_a("Group") and target.label.casefold() in called for target in other.targets):
        return True  # *students marched*, *three students were hurt*
    doers = book.doers.get(event.kind, ())
    return any(book.kind_of(target, None) in doers for target in other.targets)


def _row(event: EventRecord, parts: Sequence[EventRecord], book: Codebook, wording: bool) -> AcledRow | None:
    """The row of an event that takes in `parts`; None where ACLED codes none such."""
    told = (event, *parts)
    country = next((found for each in told if (found := _country(each))), None)
    agents = _first_known(each.agents for each in told)
    targets = _first_known(each.agents if _answers(each, event, book) else each.targets for each in told)
    everyone = [actor for each in told for actor in (*each.agents, *each.targets)]
    kinds = {actor: book.kind_of(actor, country.iri if country else None) for actor in everyone}
    kinds |= {actor: book.kind_in(event.kind, kinds[actor]) for actor in event.agents}
    deed = _deed(event, kinds, tuple(_deed(each, kinds) for each in parts))
    if not deed.kind2:
        deed = replace(deed, kind2=_kind(_ranked(targets, kinds), kinds))
    coding = book.code(deed)
    agents, targets = _ranked(agents, kinds), _ranked(targets, kinds)
    if coding is None:
        return None
    if not targets and len(agents) > 1 and {coding.event_type, coding.sub_event_type} & book.sided:
        agents, targets = agents[:1], agents[1:]
    kind1, kind2 = _kind(agents, kinds), _kind(targets, kinds)
    first = book.first_actors.get(coding.event_type)
    if first and first != kind2:
        kind1 = first
    dated = next((each for each in told if each.start or each.end), event)
    placed = next((each for each in told if _places(each)), event)
    day = coded_day(dated.start, dated.end)
    code = country_code(country) if country else None
    return AcledRow(
        event_id_cnty="-".join(filter(None, (code.alpha3 if code else "", _local(event.iri)))),
        event_date=day.day,
        year=day.year,
        time_precision=day.precision,
        disorder_type=coding.disorder,
        event_type=coding.event_type,
        sub_event_type=coding.sub_event_type,
        actor1=_listed(agents[:1]),
        assoc_actor_1=_listed(agents[1:]),
        inter1=kind1,
        actor2=_listed(targets[:1]),
        assoc_actor_2=_listed(targets[1:]),
        inter2=kind2,
        interaction=f"{first} only" if first and not targets else book.interaction(kind1, kind2),
        civilian_targeting=_TARGETED if book.targets_civilians(coding, kind2) else "",
        iso=code.numeric if code else "",
        country=country.label if country else "",
        **_location(placed),
        source="; ".join(_clean(each) for each in dict.fromkeys(_publishers(told))),
        notes=" ".join(dict.fromkeys(sentence for each in told for sentence in each.sentences if wording)),
        fatalities=_fatalities(told),
        tags=_tags(event, dated, told, wording),
    )


def _deed(event: EventRecord, kinds: dict[EntityRecord, str], parts: tuple[Deed, ...] = ()) -> Deed:
    kind1, kind2 = (_kind(_ranked(each, kinds), kinds) for each in (event.agents, event.targets))
    return Deed(event=event, kind1=kind1, kind2=kind2, parts=parts)


def _ranked(actors: Iterable[EntityRecord], kinds: dict[EntityRecord, str]) -> tuple[EntityRecord, ...]:
    return tuple(sorted(actors, key=lambda one: _rank(one, kinds)))


def _rank(actor: EntityRecord, kinds: dict[EntityRecord, str]) -> tuple[bool, bool]:
    """Bodies and groups before persons, those of a known kind first: the others are associated with them."""
    return (actor.is_a("Person"), not kinds[actor])


def _kind(actors: Sequence[EntityRecord], kinds: dict[EntityRecord, str]) -> str:
    return kinds[actors[0]] if actors else ""


def _first_known(roles: Iterable[tuple[EntityRecord, ...]]) -> tuple[EntityRecord, ...]:
    return next((role for role in roles if role), ())


def _country(event: EventRecord) -> EntityRecord | None:
    return next((found for place in _places(event) if (found := place.within("Country"))), None)


def _places(event: EventRecord) -> list[EntityRecord]:
    """Where it happened, else whence, else whither; the narrowest first."""
    order = (_TOWN, _DISTRICT, _PROVINCE, "")
    places = event.places or event.origins or event.destinations
    return sorted(places, key=lambda place: order.index(_precision(place)))


def _precision(place: EntityRecord) -> str:
    """1 a town or a spot, 2 a district, 3 a province or region; empty for a country."""
    if place.is_a("PopulatedPlace") or place.is_a("Facility"):
        return _TOWN
    if place.is_a("District"):
        return _DISTRICT
    return _PROVINCE if place.is_a("AdministrativeArea") or place.is_a("Region") else ""


def _location(event: EventRecord) -> dict[str, str]:
    """The columns of the narrowest place. One without coordinates stands at the nearest around it that has
    some, and is as precise as that; a country has none."""
    places = _places(event)
    if not places or places[0].is_a("Country"):
        return {}
    place = places[0]
    province, district = place.within("Province"), place.within("District")
    at = next((each for each in (place, *place.around) if each.latitude and each.longitude), None)
    at = None if at is None or not _precision(at) else at
    return {
        "admin1": province.label if province else "",
        "admin2": district.label if district else "",
        "location": place.label,
        "latitude": at.latitude or "" if at else "",
        "longitude": at.longitude or "" if at else "",
        "geo_precision": max(_precision(place), _precision(at)) if at else "",
    }


def _publishers(told: Iterable[EventRecord]) -> list[str]:
    return [article.source for event in told for article in event.articles]


def _fatalities(told: Iterable[EventRecord]) -> str:
    """The lowest figure that accounts give of a killing; of several, the greatest of these, never a sum."""
    lowest = [min(figures) for event in told if (figures := event.figures("killed"))]
    return str(max(lowest)) if lowest else ""


def _tags(event: EventRecord, dated: EventRecord, told: Sequence[EventRecord], wording: bool) -> str:
    """What ACLED has no column for: status, confidence, on whose word, and every figure with its article."""
    accounts = [account for each in told for account in each.accounts]
    tags = {
        "status": event.status.value if event.status else "",
        "confidence": event.confidence or "",
        "when": _when(dated),
        "according to": _joined(dict.fromkeys(source.label for each in told for source in each.sources)),
        "killed": _joined(_counts(accounts, "killed", wording)),
        "wounded": _joined(_counts(accounts, "wounded", wording)),
        "detained": _joined(_counts(accounts, "detained", wording)),
    }
    return "; ".join(f"{name}={value}" for name, value in tags.items() if value)


def _when(event: EventRecord) -> str:
    """The interval (ISO 8601-2, open ends are ``..``) where `event_date` is not the very day."""
    if not (event.start or event.end) or coded_day(event.start, event.end).precision == "1":
        return ""
    return f"{event.start or '..'}/{event.end or '..'}"


def _counts(accounts: Iterable[AccountRecord], name: str, wording: bool) -> list[str]:
    """Each figure with the words that it was read from, and the article."""
    found = []
    for account in accounts:
        figure: int | None = getattr(account, name)
        if figure is not None:
            words = f": {account.words}" if account.words and wording else ""
            denied = f", {account.status.value}" if account.status and account.status not in HAPPENED else ""
            found.append(f"{figure} ({account.article.id}{denied}{words})")
    return list(dict.fromkeys(found))


def _joined(values: Iterable[str]) -> str:
    return ", ".join(_clean(value) for value in values)


def _listed(actors: Iterable[EntityRecord]) -> str:
    return "; ".join(_clean(actor.label) for actor in actors)


def _clean(value: str) -> str:
    """On one line, and without what parts the values of a column."""
    return " ".join(value.replace(";", ",").split())


def _local(iri: str) -> str:
    """What stands behind ``event/`` in our IRIs; another's IRI whole."""
    return iri.rpartition("/event/")[2]
