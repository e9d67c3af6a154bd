"""Names compared: the words that a name is known by, and spellings of one sound.

Keys are tuples of folded words (`kg.gazetteer.folding.fold`). What is a title, an article or a linking
particle comes from `Rules`. Variants of a romanised name are told by their consonants and their vowels
apart: consonants must be equal after folding digraphs, vowels may differ as romanisations differ
(*Mohammad*, *Muhammad*, *Mohammed*), not otherwise (*Hassan*, *Hussein*).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from kg.gazetteer.folding import fold
from kg.resolve.rules import Rules

Key = tuple[str, ...]

_BREAK = re.compile(r"[\s\-‐-―/,;:()\[\]\"“”]+")
_POSSESSIVE = re.compile(r"['’]s?(?=$|\s)")
_OWNER = re.compile(r"^.*?['’]s\s+(?=\S)")
_DIGRAPHS = (
    ("tch", "ch"), ("sch", "sh"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"),
    ("ck", "k"), ("dj", "j"), ("zh", "j"), ("q", "k"), ("w", "v"), ("x", "ks"),
)  # fmt: skip
_PARTS = re.compile(r"[aeiouy]+|[^aeiouy]+")
_VOWELS = {
    **dict.fromkeys(("o", "u", "oo", "ou", "uo"), "u"),
    **dict.fromkeys(("i", "y", "ii", "iy", "yi", "yy", "ee", "ie", "ye", "iye"), "i"),
    **dict.fromkeys(("a", "aa"), "a"),
    **dict.fromkeys(("ai", "ay"), "ai"),
    **dict.fromkeys(("ei", "ey"), "ei"),
}
_EXCHANGED = frozenset({("a", "e"), ("e", "i"), ("ai", "ei"), ("e", "ei"), ("ei", "i")})
_SLUG_LENGTH = 72


def words(name: str) -> Key:
    """The folded words of `name`; hyphens and spaces part words, a possessive ending is dropped."""
    return tuple(word for word in map(fold, _BREAK.split(_POSSESSIVE.sub("", name))) if word)


def owned(name: str) -> str:
    """`name` without its owner: *Ruritania's army* is *army*."""
    return _OWNER.sub("", name)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A word's consonants, and the vowels between them, as romanisations of one sound share them."""

    consonants: str
    vowels: tuple[str, ...]


def skeleton(word: str) -> Skeleton:
    """The skeleton of a folded word."""
    for digraph, letter in _DIGRAPHS:
        word = word.replace(digraph, letter)
    consonants: list[str] = []
    vowels: list[str] = []
    for part in _PARTS.findall(word):
        if part[0] in "aeiouy":
            vowels.append(_VOWELS.get(part, part))
            consonants.append("-")
        else:
            consonants.append(re.sub(r"(.)\1+", r"\1", part))
    if len(consonants) > 1 and consonants[-1] == "h":
        consonants.pop()
    return Skeleton("".join(consonants), tuple(vowels))


def sounds(key: Key) -> Key:
    """The consonants of the words of `key`: what all its spelling variants share."""
    return tuple(skeleton(word).consonants for word in key)


def is_variant(one: Key, other: Key) -> bool:
    """Whether two names of several words are spellings of one name, word by word."""
    if len(one) != len(other) or len(one) < 2:
        return False
    for left, right in zip(map(skeleton, one), map(skeleton, other), strict=True):
        if left.consonants != right.consonants or len(left.vowels) != len(right.vowels):
            return False
        for pair in zip(left.vowels, right.vowels, strict=True):
            if pair[0] != pair[1] and tuple(sorted(pair)) not in _EXCHANGED:
                return False
    return True


def is_shortened(short: Key, full: Key) -> bool:
    """Whether `short` is `full` with words between the first and the last left out."""
    if not 2 <= len(short) < len(full) or short[0] != full[0] or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(word in rest for word in short)


def slug(text: str) -> str:
    """`text` as letters, digits and hyphens of ASCII; what would be lost is told apart by a hash."""
    kept = words(text)
    plain = "-".join(word for word in kept if word.isascii())
    if plain and len(plain) <= _SLUG_LENGTH and all(word.isascii() for word in kept):
        return plain
    cut = plain[:_SLUG_LENGTH].rstrip("-")
    return "-".join(part for part in (cut, digest_of(text, 8)) if part)


def digest_of(text: str, length: int) -> str:
    """The first `length` hexadecimal digits of the SHA-256 of `text`."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


class Naming:
    """Keys of names by the words of `rules`."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._bodies: dict[str, tuple[Key, str | None]] = {}
        self._persons: dict[str, Key] = {}

    def person(self, name: str) -> Key:
        """The words of a person's name without titles, particles and the initials between others."""
        if (known := self._persons.get(name)) is not None:
            return known
        kept = words(name)
        start = 0
        while start < len(kept) - 1 and kept[start] in self._rules.titles | self._rules.articles:
            start += 1
        kept = kept[start:]
        if len(kept) > 1:
            kept = (*(word for word in kept[:-1] if word not in self._rules.particles), kept[-1])
        if len(kept) > 2:
            kept = (kept[0], *(word for word in kept[1:-1] if len(word) > 1), kept[-1])
        self._persons[name] = kept
        return kept

    def body(self, name: str) -> tuple[Key, str | None]:
        """The words of a body's name in alphabetical order, and the country whose adjective it bears.

        Connecting words and the adjective are left out, spellings made one (*Ministry of Defence*,
        *Defense Ministry*); so *Ruritanian army* is ``("army",)`` of Ruritania. A name of nothing else
        keeps them.
        """
        if (known := self._bodies.get(name)) is not None:
            return known
        rules = self._rules
        all_words = words(name)
        kept = tuple(rules.spellings.get(word, word) for word in all_words if word not in rules.connectives)
        if len(kept) > 1 and kept[0] in rules.particles:
            kept = kept[1:]
        countries = {code for word in kept if (code := self._country(word)) is not None}
        country = None
        if len(countries) == 1:
            bare = tuple(word for word in kept if self._country(word) is None)
            if bare:
                kept, country = bare, countries.pop()
        found = tuple(sorted(kept or all_words)), country
        self._bodies[name] = found
        return found

    def place(self, name: str) -> Key:
        """The words of a place's name run together, so that spaces and hyphens do not count."""
        kept = words(name)
        run = "".join(kept[1:] if len(kept) > 1 and kept[0] in self._rules.articles else kept)
        return (run,) if run else ()

    def description(self, text: str) -> Key:
        """The words of a description without articles and words of a country, in alphabetical order."""
        rules = self._rules
        kept = [word for word in words(text) if word not in rules.articles and word not in rules.connectives]
        return tuple(
            sorted({rules.spellings.get(word, word) for word in kept if self._country(word) is None})
        )

    def is_counted(self, text: str) -> bool:
        """Whether a description tells how many (*18 soldiers*, *several officers*)."""
        return any(word.isdigit() or word in self._rules.numbers for word in words(text))

    def _country(self, word: str) -> str | None:
        found = self._rules.demonyms.get(word)
        return self._rules.demonyms.get(word[:-1]) if found is None and word.endswith("s") else found
