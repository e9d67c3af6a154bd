"""Capitals of headlines and of sentence starts that make no name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from worldlet import named, read

from kg.annotate.ordinary import Ordinary


def test_words_of_a_headline_are_no_names() -> None:
    built, found = read(
        "[PERSON Lund/NNP/nsubj/2 ] [ORG Moves/NNP/dobj/0 Discuss/NNP/ROOT/2 ] Next/NNP/amod/4 "
        "Steps/NNPS/dobj/2 in/IN/prep/2 [GPE Torit/NNP/compound/7 Fight/NNP/pobj/5 ]",
        "The/DT/det/1 minister/NN/nsubj/5 ,/,/punct/1 [PERSON Otto/NNP/compound/4 Lund/NNP/appos/1 ] "
        "left/VBD/ROOT/5 Torit/NNP/dobj/5 ./././5",
    )
    assert [text for text, _ in named(built, found)] == ["Lund", "Torit", "Otto Lund", "Torit"]


def test_a_name_that_is_a_word_stays_where_the_text_has_it_as_a_name() -> None:
    built, found = read(
        "[PERSON Fight/NNP/nsubj/1 ] Leaves/VBZ/ROOT/1 Torit/NNP/dobj/1 Airport/NNP/dobj/1 Again/RB/advmod/1",
        "The/DT/det/1 minister/NN/nsubj/5 ,/,/punct/1 [PERSON Ana/NNP/compound/4 Fight/NNP/appos/1 ] "
        "left/VBD/ROOT/5 ./././5",
    )
    assert ("Fight", "Person") in named(built, found)


def test_a_word_that_begins_a_sentence_and_modifies_a_noun_is_no_name() -> None:
    built, found = read(
        "[PERSON Riot/NNP/compound/1 ] police/NNS/nsubj/2 left/VBD/ROOT/2 ./././2",
        "Twin/NNP/compound/1 bombs/NNS/nsubj/2/bomb went/VBD/ROOT/2 off/RP/prt/2 ./././2",
    )
    assert named(built, found) == []


@given(st.sampled_from(["", "s", "ed", "ing"]))
def test_forms_of_a_word_are_ordinary(ending: str) -> None:
    assert "launch" + ending in Ordinary(frozenset(["launch"]))


def test_a_word_that_only_ends_alike_is_not() -> None:
    words = Ordinary(frozenset(["a", "gunman"]))
    assert "gunmen" in words
    assert "as" not in words
    assert "torits" not in words
