"""Figures as rows of text, JSON, CSV and Markdown. What gold has nothing of is not shown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from kg.evaluate.counts import Miss
from kg.evaluate.intervals import Comparison, Interval, Score

SCORES = ("figure", "P", "R", "F1", "95 % of F1", "gold")
COMPARISONS = ("figure", "F1", "other", "difference", "95 %", "p")

Table = tuple[Sequence[str], list[tuple[str, ...]]]
"""Headings and rows."""


def measured(scores: Iterable[Score]) -> list[Score]:
    """The scores of what gold has."""
    return [score for score in scores if score.count.gold]


def score_table(scores: Iterable[Score]) -> Table:
    """A row a figure."""
    return SCORES, [
        (
            score.figure,
            _number(score.count.precision),
            _number(score.count.recall),
            _number(score.count.f1),
            _span(score.f1),
            f"{score.count.gold:,}",
        )
        for score in scores
    ]


def comparison_table(comparisons: Iterable[Comparison]) -> Table:
    """A row a figure."""
    return COMPARISONS, [
        (
            each.figure,
            _number(each.one),
            _number(each.other),
            "" if each.difference is None else f"{each.difference:+.3f}",
            _span(each.interval, signed=True),
            _number(each.p),
        )
        for each in comparisons
    ]


def as_markdown(table: Table) -> str:
    """A table of Markdown."""
    headings, rows = table
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def as_csv(scores: Iterable[Score], comparisons: Iterable[Comparison] = ()) -> str:
    """A line a figure, with the counts and the bounds of all intervals; of a comparison, its own columns."""
    rows = [_record(score) for score in scores]
    rows = [_compared(each) for each in comparisons] or rows
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(rows[0] if rows else ("figure",))
    writer.writerows(["" if value is None else value for value in row.values()] for row in rows)
    return stream.getvalue()


def as_json(
    scores: Iterable[Score],
    comparisons: Iterable[Comparison] = (),
    misses: Iterable[Miss] | None = None,
    absent: Sequence[str] = (),
) -> str:
    """One object: the figures and, where asked for, the comparison and what was missed."""
    told: dict[str, object] = {"figures": [_record(score) for score in scores], "absent": list(absent)}
    if compared := [_compared(each) for each in comparisons]:
        told["comparison"] = compared
    if misses is not None:
        told["misses"] = [
            {"article": each.article, "figure": each.figure, "what": each.what, "sentence": each.sentence}
            for each in misses
        ]
    return json.dumps(told, ensure_ascii=False, indent=2)


def _record(score: Score) -> dict[str, object]:
    count = score.count
    record: dict[str, object] = {"figure": score.figure}
    for name, value, interval in (
        ("precision", count.precision, score.precision),
        ("recall", count.recall, score.recall),
        ("f1", count.f1, score.f1),
    ):
        low, high = interval or (None, None)
        record |= {name: _rounded(value), f"{name}_low": _rounded(low), f"{name}_high": _rounded(high)}
    return record | {"right": count.right, "wrong": count.wrong, "missed": count.missed, "gold": count.gold}


def _compared(each: Comparison) -> dict[str, object]:
    low, high = each.interval or (None, None)
    return {
        "figure": each.figure,
        "f1": _rounded(each.one),
        "other_f1": _rounded(each.other),
        "difference": _rounded(each.difference),
        "difference_low": _rounded(low),
        "difference_high": _rounded(high),
        "p": _rounded(each.p),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _span(interval: Interval | None, *, signed: bool = False) -> str:
    if interval is None:
        return ""
    low, high = (f"{each:+.3f}" if signed else f"{each:.3f}" for each in interval)
    return f"{low} to {high}"
