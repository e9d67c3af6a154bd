"""The line that counts: on a terminal with rate and time left, elsewhere nothing."""

from __future__ import annotations

import sys

import pytest

from kg.cli.progress import progress


def make_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes a terminal of what is captured of standard error."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    for name, value in {"TTY_COMPATIBLE": "1", "TERM": "xterm", "COLUMNS": "120"}.items():
        monkeypatch.setenv(name, value)
    for name in ("NO_COLOR", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


def test_a_known_number_gives_a_bar_and_the_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_terminal(monkeypatch)
    with progress("articles", total=lambda: 1200) as shown:
        for number in range(30):
            shown.advance(f"[{number}].txt")
        shown.note("kg: [a] note")
    printed = capsys.readouterr().err
    assert "articles: 30 of 1,200" in printed
    assert "/s" in printed
    assert "━" in printed
    assert "[29].txt" in printed
    assert "kg: [a] note\n" in printed


def test_an_unknown_number_is_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_terminal(monkeypatch)
    with progress("articles") as shown:
        shown.advance("a.txt")
    printed = capsys.readouterr().err
    assert "articles: 1" in printed
    assert " of " not in printed


def test_elsewhere_only_notes_are_printed_and_nothing_is_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with progress("articles", total=lambda: pytest.fail("it is not asked")) as shown:
        shown.advance("a.txt")
        shown.note("a note")
    assert capsys.readouterr().err == "a note\n"
