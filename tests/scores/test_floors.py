"""The floors: the file is well-formed, and a figure below its floor is told."""

from __future__ import annotations

import tomllib
from pathlib import Path

from scores import FIGURE, FLOORS, GOLD_SETS, PUBLIC_SETS, Figure, markdown, table

HELD = {"mentions", "entities", "events", "arguments", "whole events"}


def figure(f1: float) -> Figure:
    return Figure(set="five", name="events", p=f1, r=f1, f1=f1)


def test_floors_name_known_sets_and_lie_between_0_and_1() -> None:
    floors = tomllib.loads(Path(FLOORS).read_text(encoding="utf-8"))
    assert set(floors) == {*GOLD_SETS, *PUBLIC_SETS}
    for name, wanted in GOLD_SETS.items():
        assert floors[name].keys() >= (HELD if wanted.figures is None else HELD & set(wanted.figures))
    assert all(0 < floor <= 1 for wanted in floors.values() for floor in wanted.values())


def test_a_figure_at_its_floor_passes() -> None:
    lines, broken = table([figure(0.85)], {"five": {"events": 0.85}})
    assert broken == []
    assert len(lines) == 2
    assert "below" not in lines[1]


def test_a_figure_below_its_floor_is_told() -> None:
    lines, broken = table([figure(0.849)], {"five": {"events": 0.85}})
    assert broken == ["five: events is 0.849, its floor is 0.850"]
    assert lines[1].endswith("below its floor")


def test_a_floor_that_was_not_measured_is_told() -> None:
    _, broken = table([], {"five": {"events": 0.85}})
    assert broken == ["five: events has a floor and was not measured"]


def test_the_public_scorer_s_lines_are_read() -> None:
    printed = (
        "events by sentence                           P 0.500  R 0.600  F1 0.545  (gold 12)\n"
        "  Protest                                    P 1.000  R 1.000  F1 1.000  (gold 1)\n"
    )
    assert [found.group("name", "f1") for found in FIGURE.finditer(printed)] == [
        ("events by sentence", "0.545")
    ]


def test_the_readme_s_table_has_a_row_for_each_set() -> None:
    figures = [Figure(set=name, name="events", p=0.5, r=1, f1=0.667) for name in (*GOLD_SETS, *PUBLIC_SETS)]
    assert markdown(figures).splitlines() == [
        "| set | events |",
        "| --- | --- |",
        "| five | 0.67 |",
        "| dev | 0.67 |",
        "| reports | 0.67 |",
        "",
        "| public set | figure | P | R | F1 |",
        "| --- | --- | --- | --- | --- |",
        "| re3d | events | 0.50 | 1.00 | 0.67 |",
        "| wikievents | events | 0.50 | 1.00 | 0.67 |",
    ]
