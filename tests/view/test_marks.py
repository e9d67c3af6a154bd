from __future__ import annotations

import re
from dataclasses import replace

import sample
from hypothesis import given
from hypothesis import strategies as st

from kg.model import AnnotatedDocument, ResolvedDocument, SourceDocument, Span, Status
from kg.view.marks import Mark, lines, marked, marks
from kg.view.paragraphs import Piece, Style, shown
from kg.view.tags import tag

BRACKETS = st.sampled_from([Style.PERSON, Style.PLACE, Style.TIME, Style.EVENT, Style.FAINT])


def plain(text: str, *found: Mark) -> str:
    return "".join(piece.text for piece in marked(text, found, colour=False))


@st.composite
def texts_and_marks(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """A text without brackets, and any marks in it, sorted as `marks` does."""
    text = draw(st.text(st.characters(exclude_characters="[]<>{}~#", exclude_categories=["Cs"]), min_size=1))
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), BRACKETS)
    found = [
        Mark(begin=min(a, b), end=max(a, b), style=style, tag="#") for a, b, style in draw(st.lists(spans))
    ]
    return text, sorted(found, key=lambda mark: (mark.begin, -mark.end))


@given(texts_and_marks())
def test_the_text_between_the_marks_is_the_text(case: tuple[str, list[Mark]]) -> None:
    text, found = case
    bare = re.sub(r" #|[\[\]<>{}~]", "", plain(text, *found))
    assert bare == shown(text)
    coloured = "".join(piece.text for piece in marked(text, found, colour=True))
    assert coloured.replace(" #", "") == shown(text)


@given(texts_and_marks())
def test_every_mark_is_opened_and_closed(case: tuple[str, list[Mark]]) -> None:
    text, found = case
    written = plain(text, *found)
    kept = [mark for mark in found if mark.begin < mark.end]
    assert written.count(" #") == len(kept)
    for pair, styles in (("[]", {Style.PERSON, Style.PLACE}), ("<>", {Style.TIME}), ("{}", {Style.EVENT})):
        wanted = sum(mark.style in styles for mark in kept)
        assert written.count(pair[0]) == written.count(pair[1]) == wanted


def test_nested_and_crossing_marks() -> None:
    text = "the army's spokesman left"
    person = Mark(begin=0, end=20, style=Style.PERSON, tag="P1")
    army = Mark(begin=0, end=8, style=Style.ORGANIZATION, tag="O1")
    assert plain(text, person, army) == "[[the army O1]'s spokesman P1] left"
    crossing = Mark(begin=4, end=25, style=Style.EVENT, tag="E1")
    assert plain(text, army, crossing) == "[the {army O1]'s spokesman left E1}"


def test_the_innermost_mark_gives_the_colour() -> None:
    text = "rebel attack"
    found = [
        Mark(begin=0, end=12, style=Style.GROUP, tag="G1"),
        Mark(begin=6, end=12, style=Style.EVENT, tag="E1"),
    ]
    assert marked(text, found, colour=True) == (
        Piece("rebel ", Style.GROUP),
        Piece("attack", Style.EVENT),
        Piece(" E1", Style.FAINT),
        Piece(" G1", Style.FAINT),
    )


def test_an_article_in_brackets() -> None:
    tagged = tag(sample.first_report())
    text = plain(tagged.resolved.annotated.document.text, *marks(tagged))
    assert text == (
        "Fighters of the [Sahel Front O1] {captured E1 Capture} [Kidal L1] <on 3 March 2012-03-03>. "
        "[Amadou Touré P1], [the army O2]'s spokesman, {said E2 Statement}: "
        "“[They O1] {killed E3 Killing, Claimed} 12 [soldiers G1].”\n"
        "[They O1] plan to {march E4 Movement, Planned} from [Kidal L1] to [Gao L2], he said, "
        "which lies in [Mali L3]."
    )


def test_what_was_passed_over_and_what_has_no_date_show() -> None:
    text = "Share this. In those days rain fell."
    resolved = sample.second_report()
    (time,) = resolved.annotated.times
    annotated = AnnotatedDocument(
        document=SourceDocument(id="a", text=text, skip=(Span(begin=0, end=11),)),
        sentences=(Span(begin=12, end=36),),
        times=(replace(time, begin=12, end=25, start_date=None, end_date=None),),
    )
    tagged = tag(ResolvedDocument(annotated=annotated))
    assert plain(text, *marks(tagged)) == "~Share this.~ <In those days ?> rain fell."


def test_a_trigger_of_several_events_is_marked_once() -> None:
    resolved = sample.first_report()
    capture = resolved.annotated.events[0]
    more = (replace(capture, key="e5"), replace(capture, key="e6", status=Status.DENIED))
    annotated = replace(resolved.annotated, events=(*resolved.annotated.events, *more))
    tagged = tag(replace(resolved, annotated=annotated))
    text = plain(annotated.document.text, *marks(tagged))
    assert "] {captured E1 E2 Capture; E3 Capture, Denied} [" in text


def test_lines_keep_one_empty_line_between_and_none_around() -> None:
    pieces = (Piece("\n\na"), Piece("b\n \n\nc", Style.PLACE), Piece("\n"))
    assert [one.text for one in lines(pieces)] == ["ab", "", "c"]
    assert lines(pieces)[0].pieces == (Piece("a"), Piece("b", Style.PLACE))
    assert lines((Piece("\n \n"),)) == ()
