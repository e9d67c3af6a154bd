"""Whom unnamed people act for, and when an article without a date came out."""

from __future__ import annotations

from typing import Any

from reduction_cases import article, body, group, groups, place, reduced

from kg.model import Status
from kg.resolve.digest import Digest

CAST = [
    body("Quilla Front") | {"kind": "ArmedGroup"},
    *(place(name, str(number)) for number, name in enumerate(("Cajas", "Morro", "Tambo", "Yura"), start=11)),
    group("Quilla Front fighters"),
    group("army fighters"),
    place("Upper Quilla", "5", kind="Province"),
]
FRONT, CAJAS, MORRO, TAMBO, YURA, FIGHTERS, OTHERS, PROVINCE = ((number,) for number in range(8))


def taken(place_: tuple[int, ...], day: str | None = None, **more: Any) -> dict[str, Any]:
    return {"kind": "Capture", "agents": FRONT, "places": place_, "start_date": day, "end_date": day, **more}


def report(id_: str, date: str | None, *accounts: dict[str, Any]) -> Digest:
    return article(id_, CAST, accounts, date=date)


DATED = report(
    "a",
    "2019-03-04",
    taken(CAJAS, "2019-03-02"),
    taken(MORRO, "2019-03-03"),
    taken(TAMBO),
    taken(CAJAS, "2011"),
)


def test_people_of_a_body_act_for_it() -> None:
    named, unnamed = taken(CAJAS, "2019-03-02"), taken(CAJAS, "2019-03-02", agents=FIGHTERS)
    found = reduced(report("a", "2019-03-04", named), report("b", "2019-03-04", unnamed))
    assert groups(found) == [["a:e0", "b:e0"]]
    assert "agreeing agents (Quilla Front fighters)" in (found.events[0].reason or "")
    undated = taken(CAJAS, agents=FIGHTERS)
    assert groups(reduced(report("a", "2019-03-04", named), report("b", "2019-03-04", undated))) == [
        ["a:e0", "b:e0"]
    ]


def test_people_of_another_or_of_nobody_do_not() -> None:
    named, others = taken(CAJAS, "2019-03-02"), taken(CAJAS, agents=OTHERS)
    assert len(reduced(report("a", "2019-03-04", named), report("b", "2019-03-04", others)).events) == 2


def test_an_article_without_a_date_came_out_with_those_that_tell_of_three_of_its_deeds() -> None:
    undated = report("b", None, taken(CAJAS), taken(MORRO), taken(TAMBO))
    assert groups(reduced(DATED, undated)) == [
        ["a:e0", "b:e0"], ["a:e1", "b:e1"], ["a:e2", "b:e2"], ["a:e3"]
    ]  # fmt: skip


def test_two_deeds_plans_and_wide_places_are_not_enough() -> None:
    for third in (
        taken(YURA),
        taken(TAMBO, status=Status.PLANNED),
        taken(TAMBO, "2011"),
        taken(TAMBO, agents=OTHERS),
        taken(PROVINCE),
    ):
        undated = report("b", None, taken(CAJAS), taken(MORRO), third)
        assert not any({"a:e0", "b:e0"} <= set(one) for one in groups(reduced(DATED, undated)))


def test_not_where_the_same_was_told_at_two_times() -> None:
    earlier = report("c", "2011-05-02", taken(CAJAS), taken(MORRO), taken(TAMBO))
    undated = report("b", None, taken(CAJAS), taken(MORRO), taken(TAMBO))
    assert not any({"a:e0", "b:e0"} <= set(one) for one in groups(reduced(DATED, undated, earlier)))
