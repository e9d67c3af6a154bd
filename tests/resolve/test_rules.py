from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.resolve.rules import read_rules, shipped_rules


def test_the_shipped_rules_are_right() -> None:
    rules = shipped_rules()
    assert rules.titles
    assert rules.root("Airstrike") == "Attack"
    for words in rules.prepositions.values():
        assert all(isinstance(role, str) and isinstance(word, str) for role, word in words.items())
    assert all(
        isinstance(child, str) and isinstance(parent, str) for child, parent in rules.hierarchy.items()
    )


def test_a_loop_of_classes_ends(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("hierarchy: {A: B, B: A}")
    assert read_rules(file).line("A") == ("A", "B")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("titles: [mr", "line [12]: not YAML"),
        ("- mr", "must map names"),
        ("title: [mr]", "unknown key 'title'"),
        ("titles: [on]", "'titles' must be a list of words"),
        ("titles: mr", "'titles' must be a list of words"),
        ("hierarchy: [A]", "'hierarchy' must be a mapping"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(content)
    with pytest.raises(DataError, match=message):
        read_rules(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_rules(tmp_path / "none.yaml")
