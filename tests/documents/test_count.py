"""Counting articles before they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.documents import count
from kg.documents.count import count_documents


def test_files_of_text_and_lines_of_records_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain fell.\nAnd fell.\n")
    (tmp_path / "b.jsonl").write_text('{"text": "Rain."}\n{"text": "Rain."}\n')
    (tmp_path / "c.jsonl").write_text('{"text": "Rain."}\n{"text": "no line feed"}')
    (tmp_path / "d.jsonl").write_text("")
    (tmp_path / "e.png").write_text("no article")
    assert count_documents([tmp_path]) == 5
    assert count_documents([tmp_path / "b.jsonl", str(tmp_path / "*.txt")]) == 3


def test_standard_input_is_not_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain fell.")
    assert count_documents([tmp_path, "-"]) is None


def test_what_is_not_there_counts_nothing(tmp_path: Path) -> None:
    assert count_documents([tmp_path / "nope.txt"]) == 0


def test_too_much_to_count_is_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b.jsonl").write_text('{"text": "Rain."}\n' * 10)
    monkeypatch.setattr(count, "_MOST", 100)
    assert count_documents([tmp_path]) is None
