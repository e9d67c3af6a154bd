"""Words that say what kind of place a name names: *Helmand province*, *Arghandab District*, *city of Gao*."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.gazetteer.tables import PLACE_KINDS, GazetteerError, records


@dataclass(frozen=True, slots=True, kw_only=True)
class Designations:
    """Designations and the class that each tells of, by the lower-case word."""

    after: dict[str, str]
    before: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, path: Path) -> Designations:
        """The designations in the table at `path` (word, kind, position: ``after`` or ``before`` the name).

        Raises `GazetteerError` for a wrong table.
        """
        after: dict[str, str] = {}
        before: dict[str, str] = {}
        for line, row in records(path, ("word", "kind", "position")):
            if row["kind"] not in PLACE_KINDS or row["position"] not in {"before", "after"}:
                raise GazetteerError(
                    f"{path}, line {line}: the kind is a class of places, the position before or after"
                )
            (after if row["position"] == "after" else before)[row["word"].lower()] = row["kind"]
        return cls(after=after, before=tuple(sorted(before.items(), key=lambda item: -len(item[0]))))

    def strip(self, name: str) -> tuple[str, str | None]:
        """`name` without its designation, and the class that this told of (None where it has none)."""
        rest, space, last = name.rpartition(" ")
        if space and (kind := self.after.get(last.lower())):
            return rest, kind
        lower = name.lower()
        for word, kind in self.before:
            if lower.startswith(word + " ") and len(name) > len(word) + 1:
                return name[len(word) + 1 :], kind
        return name, None
