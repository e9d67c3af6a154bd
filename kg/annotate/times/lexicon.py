"""What ``ontology/lexicon/times.yaml`` says of time: names that are none, holidays, days known by a name.

Also the verbs that put off to a day and those whose present tense tells of a day that is set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeGuard

import yaml

from kg.annotate.times import words as w
from kg.annotate.times.dates import to_day
from kg.annotate.times.holidays import HolidayRule
from kg.annotate.times.scanner import TOKEN
from kg.errors import DataError
from kg.resources import ontology_dir
from kg.yaml_data import load_yaml

Words: TypeAlias = tuple[str, ...]
_SECTIONS: Final = ("holidays", "days", "scheduled", "put_off", "games")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDay:
    """One day of history by the words that name it; `before` are words one of which must follow, if any."""

    words: Words
    date: str
    before: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLexicon:
    """The data, by the first word of each name in lower case, longest names first.

    `scheduled` is verb to the words one of which must stand behind it, none where any may.
    """

    names: Mapping[str, tuple[Words, ...]]
    holidays: Mapping[str, tuple[tuple[Words, HolidayRule], ...]]
    days: Mapping[str, tuple[KnownDay, ...]]
    scheduled: Mapping[str, frozenset[str]]
    put_off: frozenset[str]
    games: frozenset[str]


@cache
def time_lexicon() -> TimeLexicon:
    """The lexicon that comes with the program, read once. Raises `DataError` where that is broken."""
    return load_time_lexicon(ontology_dir() / "lexicon" / "times.yaml")


def load_time_lexicon(path: Path) -> TimeLexicon:
    """The YAML file `path`; every section but ``names`` may be left out. Raises `DataError`."""
    try:
        raw = load_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        first = str(error).splitlines()[0]
        raise DataError(f"{path}: cannot be read ({first}); give a YAML file with a list 'names'") from error
    listed = raw.get("names") if isinstance(raw, dict) else None
    if not _texts(listed):
        raise DataError(f"{path}: 'names' must be a list of names, each a text in quotes")
    unknown = sorted(str(key) for key in raw.keys() - {"names", *_SECTIONS})
    if unknown:
        raise DataError(f"{path}: unknown section '{unknown[0]}'; known: names, {', '.join(_SECTIONS)}")
    scheduled = raw.get("scheduled", {})
    if not isinstance(scheduled, dict) or not all(_texts(words) for words in scheduled.values()):
        raise DataError(f"{path}: 'scheduled' must map each verb to a list of words, [] where any may follow")
    for section in ("put_off", "games"):
        if not _texts(raw.get(section, [])):
            raise DataError(f"{path}: '{section}' must be a list of words")
    return TimeLexicon(
        names=_by_first((_words(name), _words(name)) for name in listed),
        holidays=_by_first(_holidays(path, raw.get("holidays", []))),
        days=_by_first(_days(path, raw.get("days", []))),
        scheduled={verb: frozenset(words) for verb, words in scheduled.items()},
        put_off=frozenset(raw.get("put_off", [])),
        games=frozenset(raw.get("games", [])),
    )


def _texts(value: Any) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(each, str) and each.split() for each in value)


def _words(name: str) -> Words:
    return tuple(TOKEN.findall(name.lower()))


def _by_first(entries: Any) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[tuple[Words, Any]]] = {}
    for words, entry in entries:
        found.setdefault(words[0], []).append((words, entry))
    return {
        first: tuple(entry for _, entry in sorted(each, key=lambda one: (-len(one[0]), one[0])))
        for first, each in found.items()
    }


def _holidays(path: Path, listed: Any) -> list[tuple[Words, tuple[Words, HolidayRule]]]:
    found = []
    for entry in listed if isinstance(listed, list) else [None]:
        given = entry if isinstance(entry, dict) else {}
        rule, named = _rule(given), given.get("names")
        if rule is None or rule.of_year(2000) is None or not _texts(named):
            raise DataError(
                f"{path}: holiday {entry!r} needs 'names' and 'day: \"MM-DD\"', "
                "'weekday' with 'nth' and 'of', or 'easter: DAYS'"
            )
        found += [(words, (words, rule)) for words in map(_words, named)]
    return found


def _rule(entry: dict[str, Any]) -> HolidayRule | None:
    match entry:
        case {"easter": int(days)}:
            return HolidayRule(easter=days)
        case {"day": str(day)} if to_day(f"2000-{day}"):
            return HolidayRule(month=int(day[:2]), day=int(day[3:]))
        case {"weekday": str(weekday), "nth": int(nth), "of": str(month)} if 1 <= abs(nth) <= 4:
            number, named = w.WEEKDAYS.get(weekday.lower()), w.MONTHS_FULL.get(month.lower())
            if number is not None and named is not None:
                return HolidayRule(month=named, weekday=number, nth=nth)
    return None


def _days(path: Path, listed: Any) -> list[tuple[Words, KnownDay]]:
    found = []
    for entry in listed if isinstance(listed, list) else [None]:
        given = entry if isinstance(entry, dict) else {}
        named, before, day = given.get("names"), given.get("before", []), str(given.get("date"))
        if not _texts(named) or not _texts(before) or to_day(day) is None:
            raise DataError(
                f"{path}: day {entry!r} needs 'names', 'date: \"YYYY-MM-DD\"' and perhaps 'before'"
            )
        found += [
            (words, KnownDay(words=words, date=day, before=frozenset(before))) for words in map(_words, named)
        ]
    return found
