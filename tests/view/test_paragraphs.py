from __future__ import annotations

import pytest

from kg.view.paragraphs import Paragraph, Piece, Style, interval, on_one_line, paragraph, separated, shown


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        (None, None, ""),
        ("2012", None, "since 2012"),
        (None, "2012-03", "until 2012-03"),
        ("2012-03-03", "2012-03-03", "2012-03-03"),
        ("2012-03-03", "2012-03-05", "2012-03-03 to 2012-03-05"),
    ],
)
def test_intervals(start: str | None, end: str | None, wanted: str) -> None:
    assert interval(start, end) == wanted


def test_what_a_terminal_would_act_on_is_not_shown() -> None:
    assert shown("a\x1b[31mb\x9bc\u202ed\x00") == "a\ufffd[31mb\ufffdc\ufffdd\ufffd"
    assert shown("a\tb\u00a0c\nd") == "a b c\nd"
    assert shown("Touré, شدّاد, 北京 😀") == "Touré, شدّاد, 北京 😀"


def test_lines_become_one() -> None:
    assert on_one_line(" a\n\n b\tc ") == "a b c"


def test_groups_are_separated_where_there_is_something() -> None:
    told = separated([[Piece("a")], [], [Piece("b", Style.PLACE), Piece("c")]], "; ")
    assert "".join(piece.text for piece in told) == "a; bc"
    assert told[2].style is Style.PLACE


def test_plain_text_may_stand_for_a_piece() -> None:
    made = paragraph("a", Piece("b", Style.TIME), label="L", indent=3)
    assert made == Paragraph(
        pieces=(Piece("a"), Piece("b", Style.TIME)), label=Piece("L", Style.PLAIN), indent=3
    )
    assert made.text == "ab"
