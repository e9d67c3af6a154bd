"""Names as numbers: a digest of 64 bits of a folded name, small enough to hold all of them in memory."""

from __future__ import annotations

from hashlib import blake2b

from kg.gazetteer.folding import loose

_SHORTEST_LOOSE = 4


def name_key(key: str) -> int:
    """The signed digest of the folded name or abbreviation `key`."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little", signed=True)


def sound_key(sound: str) -> int | None:
    """The digest of a loose key, or None where too little of it is left to tell names apart."""
    return name_key("~" + sound) if len(sound) >= _SHORTEST_LOOSE else None


def loose_key(name: str) -> int | None:
    """The digest of the loose key of `name`, or None where there is too little of it."""
    return sound_key(loose(name))
