"""Links people, bodies and groups to the tables of the gazetteers."""

from __future__ import annotations

from kg.gazetteer.folding import is_abbreviation
from kg.gazetteer.gazetteers import Gazetteers
from kg.gazetteer.tables import PLACE_KINDS, Entry
from kg.model import Chain, Link
from kg.resolve.link_context import Context

_MOST_ALTERNATES = 10


def link_entry(chain: Chain, gazetteers: Gazetteers, context: Context) -> Link | None:
    """The link of a named chain that is no place, or None where no entry of its kind has its name."""
    for name in dict.fromkeys((chain.name, *sorted(chain.names, key=lambda name: (-len(name), name)))):
        if is_abbreviation(name) and chain.gazetteer is None and _spelt(name, chain.name):
            continue  # of another's letters, or the full name would be known
        if chain.kind == "Person" and " " not in name.strip():
            continue
        found = [entry for entry in gazetteers.entries(name) if _agrees(chain, entry)]
        if found:
            best = max(found, key=lambda entry: (_support(entry, chain, context), -found.index(entry)))
            alone = len(found) == 1
            near = _support(best, chain, context) > 0
            return _link(best, name, 0.95 if alone else 0.8 if near else 0.5, len(found), near)
    entry = gazetteers.entry(chain.gazetteer) if chain.gazetteer else None
    if entry is not None and _agrees(chain, entry):
        return _link(entry, chain.name, 0.9, 1, False)
    return None


def _spelt(letters: str, name: str) -> bool:
    """Whether the words of a name with a capital begin with these letters."""
    initials = "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())
    return len(initials) > 1 and letters.replace(".", "") == initials


def _agrees(chain: Chain, entry: Entry) -> bool:
    """A person is a person; a body or group may be of another class of bodies, never a place."""
    if entry.kind in PLACE_KINDS:
        return False
    if entry.country and chain.country and entry.country != chain.country and chain.gazetteer != entry.id:
        return False
    return (chain.kind == "Person") == (entry.kind == "Person")


def _support(entry: Entry, chain: Chain, context: Context) -> float:
    own = 0.5 if chain.gazetteer == entry.id else 0.0
    return own + (context.support(entry.country, chain.id) if entry.country else 0.1)


def _link(entry: Entry, name: str, confidence: float, of: int, near: bool) -> Link:
    if of == 1:
        reason = f"the only entry of the gazetteer with the name {name}"
    elif near:
        reason = f"of the {of} entries with the name {name} the one of a country that the article speaks of"
    else:
        reason = f"the first of {of} entries with the name {name}"
    return entry_link(entry, confidence, reason)


def entry_link(entry: Entry, confidence: float, reason: str) -> Link:
    """The link to an entry of the tables."""
    return Link(
        id=f"gazetteer/{entry.id}",
        label=entry.label,
        kind=entry.kind,
        confidence=confidence,
        reason=reason,
        same_as=entry.same_as,
        alternate_names=tuple(other for other in entry.names if other != entry.label)[:_MOST_ALTERNATES],
    )
