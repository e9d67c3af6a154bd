from __future__ import annotations

import tomllib
from typing import Any

import pytest

from kg.errors import DataError
from kg.export.codebook import load_codebook
from kg.ontology import load_ontology


def test_the_crosswalk_is_read() -> None:
    book = load_codebook()
    assert len(book.above) == 25
    assert len(set(book.above.values())) == 6
    assert book.above["Armed clash"] == "Battles"
    assert set(book.matches) < set(load_ontology().event_classes())


def test_which_classes_are_coded() -> None:
    book = load_codebook()
    assert book.is_coded("Capture")
    assert not book.is_coded("Killing")
    assert book.may_be_coded("Killing")
    assert not book.may_be_coded("Meeting")
    assert not book.is_coded("Statement")


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("Rebel group", "State forces", "State forces-Rebel group"),
        ("Civilians", "Civilians", "Civilians-Civilians"),
        ("Rioters", "", ""),
        ("", "", ""),
    ],
)
def test_interactions_stand_in_the_order_of_their_codes(first: str, second: str, both: str) -> None:
    assert load_codebook().interaction(first, second) == both


def test_every_rule_can_choose_for_some_class() -> None:
    book = load_codebook()
    allowed = {code for by in book.matches.values() for codes in by.values() for code in codes}
    assert [rule.type for rule in book.rules if rule.type not in allowed] == []


def test_a_rule_that_names_no_type_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    load = tomllib.loads

    def broken(text: str) -> dict[str, Any]:
        table = load(text)
        table["rules"][0]["type"] = "Bombs"
        return table

    monkeypatch.setattr(tomllib, "loads", broken)
    with pytest.raises(DataError, match=r"acled\.toml: no type 'Bombs'"):
        load_codebook.__wrapped__()
