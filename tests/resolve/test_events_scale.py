from __future__ import annotations

from typing import Any

import pytest
from reduction_cases import article, body, place, reduced

from kg.resolve.digest import Digest
from kg.resolve.matching import Account, Fit, Happening, Matcher


def busy_front(number: int) -> Digest:
    """One of many articles of a month on one armed group in a hundred towns: the worst case for merging."""
    towns = [place(f"Town {town}", f"1{town}") for town in (number % 100, number * 7 % 100)]
    day = f"2019-03-{1 + number * 11 % 28:02d}"
    kinds = ("Attack", "Capture", "Battle", "Killing")
    accounts: list[dict[str, Any]] = [
        {
            "kind": kind,
            "agents": (0,) if (number + place_) % 3 else (),
            "targets": (1,) if number % 2 else (),
            "places": (place_,) if place_ < 4 else (),
            "start_date": date,
            "end_date": date,
        }
        for kind in kinds
        for place_, date in ((2, day), (3, None), (4, day), (2, "2019-03"))
    ]
    return article(f"a{number}", [body("Blue Front"), body("Red Guard"), *towns], accounts, date=day)


def comparisons(articles: int, monkeypatch: pytest.MonkeyPatch) -> int:
    made = 0
    fit = Matcher.fit

    def counted(self: Matcher, account: Account, happening: Happening) -> Fit | None:
        nonlocal made
        made += 1
        return fit(self, account, happening)

    with monkeypatch.context() as patch:
        patch.setattr(Matcher, "fit", counted)
        reduced(*map(busy_front, range(articles)))
    return made


def test_an_account_is_compared_with_few_others(monkeypatch: pytest.MonkeyPatch) -> None:
    articles, accounts = 600, 600 * 16
    assert comparisons(articles, monkeypatch) < 5 * accounts  # each with each would be 4800 times as many
