"""Numerals: how many a noun phrase counts, as a lower bound with its words.

*At least 18 soldiers* is 18, *nearly two dozen* 24, *hundreds of rebels* 200, *between 5 and 7* five. Words
of number come from ``numbers.yaml`` of the lexicon. Inside a number the order of the words is read, not
the parser's arcs, on which taggers differ; the arcs only say which number counts which noun.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from spacy.tokens import Doc, Token

from kg.errors import DataError
from kg.resources import ontology_dir
from kg.yaml_data import load_yaml

_MOST_DIGITS = 15
KILLED, WOUNDED, DETAINED = "killed", "wounded", "detained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What ``numbers.yaml`` says; each section is explained there."""

    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    plurals: Mapping[str, Sequence[int]]
    vague: Mapping[str, float]
    articled: Mapping[str, int]
    articles: frozenset[str]
    single: frozenset[str]
    alone: Mapping[str, int]
    none: frozenset[str]
    ranges: frozenset[str]
    openers: frozenset[str]
    joins: frozenset[str]
    shares: frozenset[str]
    before: tuple[tuple[str, ...], ...]
    collectives: frozenset[str]
    harm: Mapping[str, str]
    suffered: frozenset[str]

    @classmethod
    def load(cls, path: Path) -> Numbers:
        """Read `path`. Raises `DataError` where it cannot be read, or a section is missing or wrong."""
        try:
            raw: Any = load_yaml(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            first = str(error).splitlines()[0]
            raise DataError(f"{path}: cannot be read ({first}); give a YAML file of number words") from error
        if not isinstance(raw, dict):
            raise DataError(f"{path}: not a mapping from section to words")
        mappings = ("numbers", "scales", "plurals", "vague", "articled", "alone", "harm")
        for section in cls.__slots__:
            if not isinstance(raw.get(section), dict if section in mappings else list):
                raise DataError(f"{path}: the section '{section}' is missing or of a wrong sort")
        for name in set(cls.__slots__) - set(mappings):
            if not all(isinstance(word, str) for word in raw[name]):
                raise DataError(f"{path}: '{name}' must be a list of words; put no, on and yes in quotes")
        phrases = sorted((tuple(phrase.split()) for phrase in raw["before"]), key=len, reverse=True)
        harm = {lemma: field for field, lemmas in raw["harm"].items() for lemma in lemmas}
        if strange := set(harm.values()) - {KILLED, WOUNDED, DETAINED}:
            raise DataError(f"{path}: 'harm' knows {KILLED}, {WOUNDED} and {DETAINED}, not '{min(strange)}'")
        return cls(
            numbers=raw["numbers"],
            scales=raw["scales"],
            plurals=raw["plurals"],
            vague=raw["vague"],
            articled=raw["articled"],
            articles=frozenset(raw["articles"]),
            single=frozenset(raw["single"]),
            alone=raw["alone"],
            none=frozenset(raw["none"]),
            ranges=frozenset(raw["ranges"]),
            openers=frozenset(raw["openers"]),
            joins=frozenset(raw["joins"]),
            shares=frozenset(raw["shares"]),
            before=tuple(phrases),
            collectives=frozenset(raw["collectives"]),
            harm=harm,
            suffered=frozenset(raw["suffered"]),
        )


@cache
def shipped_numbers() -> Numbers:
    """The number words that come with the program, read once."""
    return Numbers.load(ontology_dir() / "lexicon" / "numbers.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count: its lower bound and its words, tokens `start` to `end` (half-open)."""

    lower: int
    text: str
    start: int
    end: int


def count_of(doc: Doc, head: int, numbers: Numbers | None = None) -> Count | None:
    """How many the phrase around token `head` counts, or None where it gives no count.

    `head` is the phrase's noun, or the number itself (*12 died*, *wounded seven*, *hundreds of rebels*).
    """
    numbers = numbers or shipped_numbers()
    token = doc[head]
    if not _is_number(token, numbers) and (whole := _partitive(token, numbers)) is not None:
        token = whole
    number = token if _is_number(token, numbers) else counting(token, numbers)
    if number is not None:
        return _read(number, token, numbers)
    if token.lemma_.lower() in numbers.collectives or word_of(token) in numbers.collectives:
        inner = next((each for each in of_objects(token) if each.i > token.i), None)
        own = None
        if inner is not None:
            part = inner if _is_number(inner, numbers) else counting(inner, numbers)
            own = _read(part, inner, numbers) if part is not None else None
        return _spanning(doc, own.lower, min(own.start, token.left_edge.i), own.end) if own else None
    if word_of(token) in numbers.alone and token.head.i != token.i and token.dep_ != "det":
        return _spanning(doc, numbers.alone[word_of(token)], token.i, token.i + 1)
    one = next((left for left in token.lefts if left.dep_ == "det" and word_of(left) in numbers.single), None)
    if one is None or token.tag_ not in ("NN", "NNP"):
        return None
    return _spanning(doc, 1, one.i, token.i + 1)


# ---------------------------------------------------------------- which number counts what


def word_of(token: Token) -> str:
    """The token in lower case."""
    return token.text.lower()


def _is_number(token: Token, numbers: Numbers) -> bool:
    word = word_of(token)
    if word in numbers.articled:
        before = word_of(token.nbor(-1)) if token.i > 0 else ""
        return before in numbers.articles
    return (
        word in numbers.numbers
        or word in numbers.scales
        or word in numbers.plurals
        or word in numbers.vague
        or _figure(word) is not None
    )


def _figure(word: str) -> float | None:
    """The value of a number in digits (*14*, *1,600*, *1.5*); None where nothing comes in such numbers."""
    plain = word.replace(",", "")
    if len(plain) > _MOST_DIGITS or not plain.replace(".", "", 1).isdecimal() or not plain.isascii():
        return None
    return float(plain)


def of_objects(token: Token) -> Iterator[Token]:
    """What stands after *of* below `token`."""
    for child in token.children:
        if word_of(child) == "of":
            yield from (each for each in child.children if each.dep_ == "pobj")


def _partitive(token: Token, numbers: Numbers) -> Token | None:
    """The number of which `token` is the whole: *hundreds* for *rebels* in *hundreds of rebels*."""
    above = token.head
    if token.dep_ == "pobj" and word_of(above) == "of" and _is_number(above.head, numbers):
        return above.head
    return None


def counting(token: Token, numbers: Numbers) -> Token | None:
    """The number word before `token` that counts it, hanging on it or on another part of that number."""
    for left in reversed(list(token.doc[token.left_edge.i : token.i])):
        above = left
        while above.i not in (above.head.i, token.i) and _is_part(above, numbers):
            above = above.head
        if left.dep_ == above.dep_ == "compound" and left.tag_ == "CD":
            above = above.head  # *thirteen government troops*, the number hung on *government*
        if above.i == token.i and _is_number(left, numbers):
            return left
    return None


def _is_part(token: Token, numbers: Numbers) -> bool:
    return _is_number(token, numbers) or word_of(token) in numbers.joins or word_of(token) in numbers.ranges


# ---------------------------------------------------------------- reading a number


def _read(number: Token, top: Token, numbers: Numbers) -> Count | None:
    """The count by the number that `number` is part of; `top` is the noun that it counts, or itself."""
    doc = number.doc
    start, end = _run(number, numbers)
    if start > 1 and doc[start - 1].text == "(" and _is_number(doc[start - 2], numbers):
        start, end = _run(doc[start - 2], numbers)  # *three (3) rebels*
    if end < len(doc) and word_of(doc[end]) in numbers.shares:
        return None
    lower = _lower(list(doc[start:end]), numbers)
    if lower is None:
        return None
    start = _with_words_before(doc, start, numbers)
    if start > 0 and word_of(doc[start - 1]) in numbers.none:
        return None
    end = max(end, top.i + 1)
    if top.i == number.i or _is_number(top, numbers):
        end = max([end, *(each.i + 1 for each in of_objects(top) if each.i > top.i)])
    return _spanning(doc, lower, start, end)


def _run(number: Token, numbers: Numbers) -> tuple[int, int]:
    """The tokens around `number` that are one number or one range."""
    doc = number.doc
    start, end = number.i, number.i + 1
    while start > 0:
        if _is_number(doc[start - 1], numbers):
            start -= 1
        elif start > 1 and _links(doc, start - 1, numbers) and _is_number(doc[start - 2], numbers):
            start -= 2
        else:
            break
    while end < len(doc):
        if _is_number(doc[end], numbers):
            end += 1
        elif end + 1 < len(doc) and _links(doc, end, numbers) and _is_number(doc[end + 1], numbers):
            end += 2
        else:
            break
    opened = start > 0 and word_of(doc[start - 1]) in numbers.openers
    parts = _parts(list(doc[start:end]), numbers, opened)
    own = next(part for part in parts if part[0].i <= number.i <= part[-1].i)
    return own[0].i, own[-1].i + 1


def _links(doc: Doc, at: int, numbers: Numbers) -> bool:
    """Whether the word at `at` may stand inside a number; *of* only before a scale (*tens of thousands*)."""
    word, after = word_of(doc[at]), word_of(doc[at + 1])
    if word == "of":
        return after in numbers.scales or after in numbers.plurals
    return word in numbers.joins or word in numbers.ranges


def _parts(run: list[Token], numbers: Numbers, opened: bool) -> list[list[Token]]:
    """`run` cut at each *and* that neither adds to a hundred nor closes an opened range."""
    cut: list[list[Token]] = [[]]
    for token in run:
        before = word_of(cut[-1][-1]) if cut[-1] else ""
        if word_of(token) == "and" and not opened and before not in numbers.scales:
            cut.append([])
        else:
            cut[-1].append(token)
    return [part for part in cut if part]


def _lower(run: list[Token], numbers: Numbers) -> int | None:
    """The value of a number, or the lower end of a range (*two to three hundred* is 200)."""
    at = next((n for n, token in enumerate(run) if n and _is_range(run, n, numbers)), None)
    if at is None:
        return _value([word_of(token) for token in run], numbers)
    first, second = [word_of(t) for t in run[:at]], [word_of(t) for t in run[at + 1 :]]
    scale = [word for word in second if word in numbers.scales]
    if scale and not any(word in numbers.scales or word in numbers.plurals for word in first):
        first += scale[-1:]
    return _value(first, numbers)


def _is_range(run: list[Token], at: int, numbers: Numbers) -> bool:
    """Whether the word at `at` parts the two ends of a range, rather than two words of one number."""
    word, before = word_of(run[at]), word_of(run[at - 1])
    after = word_of(run[at + 1]) if at + 1 < len(run) else ""
    if word in numbers.ranges:
        tens = numbers.numbers.get(before, 0) >= 20 and 0 < numbers.numbers.get(after, 0) < 10
        return not (word in numbers.joins and tens)
    return word == "and" and before not in numbers.scales


def _value(words: list[str], numbers: Numbers) -> int | None:
    total, current = 0.0, None
    for word in words:
        if (figure := _figure(word)) is not None:
            current = figure
        elif word in numbers.numbers:
            current = (current or 0) + numbers.numbers[word]
        elif word in numbers.vague or word in numbers.articled:
            current = numbers.vague[word] if word in numbers.vague else numbers.articled[word]
        elif word in numbers.plurals:
            alone, each = numbers.plurals[word]
            current = alone if current is None else current * each
        elif word in numbers.scales:
            current = (1 if current is None else current) * numbers.scales[word]
            if numbers.scales[word] >= 1000:
                total, current = total + current, None
    found = total + (current or 0)
    return int(found) if found >= 1 and found == int(found) else None


def _with_words_before(doc: Doc, start: int, numbers: Numbers) -> int:
    """Where the count begins with its article and the words that belong to it (*at least*, *up to*)."""
    if start > 0 and word_of(doc[start - 1]) in numbers.articles:
        start -= 1
    grown = True
    while grown:
        grown = False
        for phrase in numbers.before:
            at = start - len(phrase)
            if at >= 0 and tuple(word_of(token) for token in doc[at:start]) == phrase:
                start, grown = at, True
                break
    return start


def _spanning(doc: Doc, lower: int, start: int, end: int) -> Count:
    return Count(lower=lower, text=doc[start:end].text, start=start, end=end)
