"""YAML that a user gives is refused where a few lines of it stand for more than any memory holds."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kg.annotate.lexicon import Lexicon
from kg.errors import DataError
from kg.resources import ontology_dir
from kg.yaml_data import refuse_bombs

_LAUGHS = "a: &a [ha]\n" + "".join(
    f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, one in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(("text", "why"), [(_LAUGHS, "an alias"), ("[" * 100_000, "nested too deep")])
def test_a_bomb_is_refused_with_its_line(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(yaml.YAMLError, match=why):
        refuse_bombs(text)
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=rf"mine\.yaml:\d: not YAML \({why}"):
        Lexicon.load(ontology_dir() / "lexicon", path)


def test_plain_yaml_is_let_through() -> None:
    refuse_bombs("frames:\n- {a: [1, {b: c}]}\n")
