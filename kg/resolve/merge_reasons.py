"""Why accounts are one event, in words: which joined which, and what they agree in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
    first = happening.accounts[0]
    if not happening.joined:
        return None
    told: dict[str, list[str]] = {}
    for account, fit in sorted(happening.joined, key=lambda each: each[0].ref):
        why = ", ".join(_agreements(account, fit, happening, entities))
        told.setdefault(why, []).append(_name(account.ref, happening))
    parts = [f"{_listed(names)} join{'s' * (len(names) == 1)} it by {why}" for why, names in told.items()]
    parts[0] = parts[0].replace(" it by ", f" {_name(first.ref, happening)} by ", 1)
    if len(parts) > _MOST_TOLD:
        parts[_MOST_TOLD - 1 :] = [f"{len(parts) - _MOST_TOLD + 1} more alike"]
    return f"{_counted(happening, witnesses)}: {'; '.join(parts)}"


def _counted(happening: Happening, witnesses: Witnesses) -> str:
    articles = len(happening.articles)
    counted = (
        f"{len(happening.accounts)} accounts in {f'{articles} articles' if articles > 1 else 'one article'}"
    )
    if witnesses.count == articles:
        return counted
    copied = sorted({ref.article for ref in witnesses.copies})
    one = "one independent witness" if witnesses.count == 1 else f"{witnesses.count} independent witnesses"
    return f"{counted}, {one} (copies of a text: {_listed(copied)})"


def _agreements(
    account: Account, fit: Fit, happening: Happening, entities: Mapping[str, Entity]
) -> Iterator[str]:
    others = [other for other in happening.accounts if other is not account]
    actors = frozenset[str]().union(*(other.agents | other.targets for other in others))
    if fit.words:
        yield "the same quotation"
    if fit.place:
        there = frozenset[str]().union(*(other.locus for other in others))
        yield f"the same place ({name_list(sorted(account.locus & there), entities)})"
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
            yield f"agreeing {side} ({name_list(sorted(mine & actors or mine), entities)})"
    if not fit.time and not fit.words:
        yield "no date against it" if fit.within else "no date against it in articles of the same days"
    if fit.contested:
        yield "one denies what the other says"


def _name(ref: MentionRef, happening: Happening) -> str:
    several = sum(account.ref.article == ref.article for account in happening.accounts) > 1
    return f"{ref.article} {ref.key}" if several else ref.article


def _listed(names: list[str]) -> str:
    if len(names) > _MOST_TOLD:
        names = [*names[: _MOST_TOLD - 1], f"{len(names) - _MOST_TOLD + 1} more"]
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
