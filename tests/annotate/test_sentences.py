"""Sentence starts settled by the layout and by quotation marks, on tokens alone."""

from __future__ import annotations

import pytest
import spacy

from kg.annotate.sentences import Sentences
from kg.annotate.words import titles

NLP = spacy.blank("en")


def settled(text: str) -> dict[str, bool | None]:
    """For each word of `text`, whether it begins a sentence, or None where the parser shall say."""
    doc = Sentences(titles())(NLP.make_doc(text))
    return {token.text: token.is_sent_start for token in doc if not token.is_space and token.i > 0}


def test_a_blank_line_begins_a_sentence() -> None:
    assert settled("Troops leave Torit\n\nShelling went on")["Shelling"] is True


def test_a_headline_on_its_own_line() -> None:
    assert settled("Troops leave Torit\nShelling went on.")["Shelling"] is True


def test_hard_wrapped_lines_run_on() -> None:
    text = "The rebels said that\nthey had taken the\ntown of Torit on\nMonday and would not\nleave it."
    found = settled(text)
    assert found["Monday"] is not True
    assert found["they"] is not True


def test_a_stretch_that_was_passed_over_is_a_break() -> None:
    assert settled("Share this" + " " * 40 + "Shelling went on.")["Shelling"] is True


def test_closing_marks_and_the_speaker_stay_with_the_quotation() -> None:
    found = settled("“We left.” he said.")
    assert found["”"] is False
    assert found["he"] is False
    assert settled('"We left." she said.')["she"] is False


@pytest.mark.parametrize("text", ["It was Col. Lund who left.", "Gen. Brito spoke."])
def test_a_rank_ends_no_sentence(text: str) -> None:
    found = settled(text)
    assert found.get("Lund", found.get("Brito")) is False


def test_an_empty_document() -> None:
    assert settled("") == {}
    assert settled("\n\n \n") == {}
