"""Why accounts are one event, in words: which joined which, and what they agree in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.model import Entity, MentionRef
from kg.resolve.copies import Witnesses
from kg.resolve.event_labels import date_range, name_list
from kg.resolve.matching import OVERLAP, SAME_DAYS, Account, Fit, Happening

_MOST_TOLD = 6


def merge_reason(happening: Happening, witnesses: Witnesses, entities: Mapping[str, Entity]) -> str | None:
    """Why the accounts of `happening` are one, with the labels of `entities`; None where there is but one.

    For instance *2 accounts in 2 articles: b.txt joins a.txt by the same place (Arda), the same days
    (2019-03-02)*. An account goes by its article, and by its key too where there are several of one.
    """
    if not happening.joined:
        return None
    agreement = _Agreement(happening.accounts, entities)
    of_article = Counter(account.ref.article for account in happening.accounts)

    def name(ref: MentionRef) -> str:
        return ref.article if of_article[ref.article] == 1 else f"{ref.article} {ref.key}"

    told: dict[str, list[str]] = {}
    for account, fit in sorted(happening.joined, key=lambda each: each[0].ref):
        told.setdefault(", ".join(agreement.of(account, fit)), []).append(name(account.ref))
    parts, joined = [], name(happening.accounts[0].ref)
    for why, names in told.items():
        parts.append(f"{_listed(names)} {'joins' if len(names) == 1 else 'join'} {joined} by {why}")
        joined = "it"
    if len(parts) > _MOST_TOLD:
        parts[_MOST_TOLD - 1 :] = [f"{len(parts) - _MOST_TOLD + 1} more alike"]
    return f"{_counted(happening, witnesses)}: {'; '.join(parts)}"


def _counted(happening: Happening, witnesses: Witnesses) -> str:
    articles = len({account.ref.article for account in happening.accounts})
    where = f"{articles} articles" if articles > 1 else "one article"
    counted = f"{len(happening.accounts)} accounts in {where}"
    if witnesses.count == articles:
        return counted
    copied = sorted({ref.article for ref in witnesses.copies})
    one = "one independent witness" if witnesses.count == 1 else f"{witnesses.count} independent witnesses"
    return f"{counted}, {one} (copies of a text: {_listed(copied)})"


class _Agreement:
    """What an account has in common with any other of its event."""

    def __init__(self, accounts: Iterable[Account], entities: Mapping[str, Entity]) -> None:
        self._entities = entities
        self._places: Counter[str] = Counter()
        self._actors: Counter[str] = Counter()
        for account in accounts:
            self._places.update(account.locus)
            self._actors.update(account.agents | account.targets)

    def of(self, account: Account, fit: Fit) -> Iterator[str]:
        """Each thing that `fit` says agrees."""
        if fit.words:
            yield "the same quotation"
        if fit.copied:
            yield "near-copies of one sentence"
        if fit.retold:
            yield "words that take up what was told"
        if fit.place:
            yield f"the same place ({self._names(account.locus, self._places)})"
        dates = date_range(account.told.start_date, account.told.end_date)
        if fit.time == SAME_DAYS:
            yield f"the same days ({dates})"
        elif fit.time == OVERLAP:
            yield f"overlapping dates ({dates})"
        for agrees, mine, side in (
            (fit.agents, account.agents or account.targets, "agents"),
            (fit.targets, account.targets or account.agents, "targets"),
        ):
            if agrees:
                yield f"agreeing {side} ({self._names(mine, self._actors)})"
        if not fit.time and not (fit.words or fit.retold or fit.copied):
            yield "no date against it" if fit.within else "no date against it in articles of the same days"
        if fit.contested:
            yield "one denies what the other says"

    def _names(self, mine: frozenset[str], counts: Counter[str]) -> str:
        """Those of `mine` that another account has too; all where they agree by what they belong to."""
        return name_list(sorted({each for each in mine if counts[each] > 1} or mine), self._entities)


def _listed(names: Sequence[str]) -> str:
    if len(names) > _MOST_TOLD:
        names = [*names[: _MOST_TOLD - 1], f"{len(names) - _MOST_TOLD + 1} more"]
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
