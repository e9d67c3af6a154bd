"""Words that say what kind of place a name names: *Helmand province*, *Arghandab District*, *city of Gao*."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.gazetteer.tables import PLACE_KINDS, GazetteerError, records


@dataclass(frozen=True, slots=True, kw_only=True)
class Designations:
    """Designations and the class that each tells of, by the lower-case word.

    Those before a name are grouped by their first word. `labels` are those after a name that an
    English reader expects in it (*Donetsk Oblast*).
    """

    after: dict[str, str]
    before: dict[str, tuple[tuple[str, str], ...]]
    labels: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> Designations:
        """The designations in the table at `path` (word, kind, position: ``after`` or ``before``, label).

        Raises `GazetteerError` for a wrong table.
        """
        after: dict[str, str] = {}
        before: dict[str, str] = {}
        labels: set[str] = set()
        for line, row in records(path, ("word", "kind", "position", "label")):
            if row["kind"] not in PLACE_KINDS or row["position"] not in {
                "before",
                "after",
            }:
                raise GazetteerError(
                    f"{path}, line {line}: the kind must be a class of places, the position before or after"
                )
            word = row["word"].lower()
            (after if row["position"] == "after" else before)[word] = row["kind"]
            if row["label"] == "yes":
                labels.add(word)
        by_first_word: dict[str, tuple[tuple[str, str], ...]] = {}
        for word, kind in sorted(before.items(), key=lambda item: (-len(item[0]), item[0])):
            first = word.partition(" ")[0]
            by_first_word[first] = (*by_first_word.get(first, ()), (word, kind))
        return cls(after=after, before=by_first_word, labels=frozenset(labels))

    def strip(self, name: str) -> tuple[str, str | None]:
        """`name` without its designation, and the class that this told of (None where it has none)."""
        rest, space, last = name.rpartition(" ")
        if space and (kind := self.after.get(last.lower())):
            return rest, kind
        lower = name.lower()
        for word, kind in self.before.get(lower.partition(" ")[0], ()):
            if lower.startswith(word + " ") and len(name) > len(word) + 1:
                return name[len(word) + 1 :], kind
        return name, None

    def strip_before(self, text: str) -> tuple[str, str | None]:
        """`text` before a name without the designation that ends it (*… the city of *), and its class."""
        words = text.rstrip().lower().removesuffix(" the").split(" ")
        for length in (3, 2):
            word = " ".join(words[-length:])
            for known, kind in self.before.get(word.partition(" ")[0], ()):
                if known == word:
                    return " ".join(words[:-length]), kind
        return text, None

    def is_label(self, name: str) -> bool:
        """Whether `name` ends in a designation of English labels."""
        return name.rpartition(" ")[2].lower() in self.labels
