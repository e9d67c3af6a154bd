from __future__ import annotations

import pytest

from kg.cli.screen import print_paragraphs, text_width, wants_colour
from kg.view.paragraphs import Paragraph, Piece, Style, paragraph


def printed(
    capsys: pytest.CaptureFixture[str], *paragraphs: Paragraph, width: int, colour: bool = False
) -> str:
    print_paragraphs(paragraphs, colour=colour, width=width)
    return capsys.readouterr().out


def test_the_first_line_makes_room_for_a_long_label(capsys: pytest.CaptureFixture[str]) -> None:
    one = paragraph("aa bb cc dd ee", label="label", indent=2)
    assert printed(capsys, one, width=12) == "label aa bb\n  cc dd ee\n"


def test_a_short_label_is_filled_up(capsys: pytest.CaptureFixture[str]) -> None:
    one = paragraph("aa bb cc dd ee", label="l", indent=4)
    assert printed(capsys, one, width=10) == "l   aa bb\n    cc dd\n    ee\n"


def test_a_label_alone_and_an_empty_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, paragraph(label="label"), Paragraph(), width=10) == "label\n\n"


def test_a_long_word_is_broken(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, paragraph("a" * 25, indent=2), width=12) == (
        f"  {'a' * 10}\n  {'a' * 10}\n  {'a' * 5}\n"
    )


def test_wide_characters_count_twice(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, paragraph("北京 北京"), width=6) == "北京\n北京\n"


def test_markup_and_shortcodes_are_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, paragraph("[bold]a[/bold] :smile: 12"), width=40) == "[bold]a[/bold] :smile: 12\n"


def test_only_words_are_coloured(capsys: pytest.CaptureFixture[str]) -> None:
    one = paragraph(Piece("b", Style.PLACE), "c", label=Piece("  a", Style.HEADING), indent=4)
    assert printed(capsys, one, width=20, colour=True) == "  \x1b[1ma\x1b[0m \x1b[32mb\x1b[0mc\n"


def test_the_width_of_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert text_width() == 80
    for columns, wanted in (("5", 30), ("72", 72), ("300", 100)):
        monkeypatch.setenv("COLUMNS", columns)
        assert text_width() == wanted


def test_colour_can_be_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    assert not wants_colour("auto")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert wants_colour("auto")
    assert not wants_colour("never")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour("auto")
    assert wants_colour("always")
