"""What readers' corrections are aimed at, and groups parted and joined as they say.

A member is a chain, (article, chain id), of an entity, or a mention, of an event. Every correction is
read against the uncorrected groups, so that their order cannot matter: first all that is set apart is
parted, then what is one is joined. Two that say the opposite are refused.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from kg.corrections import Action, Correction
from kg.errors import DataError

Key: TypeAlias = tuple[str, object]
"""A group after parting: a number of those that were given, or the corrections that set it apart."""
M = TypeVar("M", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """An entity or event, as it was without corrections; `named` is the member that the reader named."""

    id: str
    event: bool
    members: frozenset[Hashable]
    named: Hashable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aimed:
    """A correction with what its things were found to be; `apart` are members, `place` an entity."""

    correction: Correction
    aims: tuple[Aim, ...]
    apart: frozenset[Hashable] = frozenset()
    place: Aim | None = None


class Regrouping:
    """Parts and joins groups as `aimed` says."""

    def __init__(self, aimed: Sequence[Aimed]) -> None:
        self.splits = [each for each in aimed if each.correction.action is Action.SPLIT]
        self.sames = [each for each in aimed if each.correction.action is Action.SAME]
        self._parted: dict[Hashable, frozenset[str]] = {}
        for split in self.splits:
            for member in split.apart:
                self._parted[member] = self._parted.get(member, frozenset()) | {split.correction.id}

    def anchor(self, aim: Aim) -> Hashable:
        """The member that stands for `aim`: the one that was named, else the first that stays."""
        if aim.named is not None:
            return aim.named
        staying = [member for member in aim.members if member not in self._parted]
        return min(staying or aim.members, key=repr)

    def regroup(self, group_of: Mapping[M, int]) -> tuple[dict[M, Key], dict[Key, Key]]:
        """The key of each member after parting, and for each key that of the group that it is joined to.

        Raises `DataError` where what one correction sets apart is joined again by others.
        """
        parted: dict[M, Key] = {
            member: ("apart", self._parted[member]) if member in self._parted else ("group", number)
            for member, number in group_of.items()
        }
        above: dict[Key, Key] = {key: key for key in parted.values()}

        def root(key: Key) -> Key:
            while above[key] != key:
                key = above[key]
            return key

        keys: Mapping[Hashable, Key] = dict(parted.items())
        for same in self.sames:
            first, *others = (root(keys[self.anchor(aim)]) for aim in same.aims)
            for other in others:
                above[root(other)] = root(first)
        joined = {key: root(key) for key in above}
        self.check(parted, joined)
        return parted, joined

    def check(self, parted: Mapping[M, Key], joined: Mapping[Key, Key]) -> None:
        """Raises `DataError` where what one correction sets apart is one again."""
        keys: Mapping[Hashable, Key] = dict(parted.items())
        for split in self.splits:
            (aim,) = split.aims
            rest = {joined[keys[member]] for member in aim.members if member not in self._parted}
            if any(joined[keys[member]] in rest for member in split.apart):
                raise DataError(
                    f"{split.correction.where}: what is set apart here is made one again at "
                    f"{self._joining(joined, keys, rest)}: delete one of the two"
                )

    def _joining(self, joined: Mapping[Key, Key], keys: Mapping[Hashable, Key], group: set[Key]) -> str:
        """Where a correction stands that had a part in `group`."""
        found = (
            same.correction.where
            for same in self.sames
            if any(joined[keys[self.anchor(aim)]] in group for aim in same.aims)
        )
        return min(found, default="a link that both are given")
