"""Tokens mended before the parse, datelines, and what is worth a look."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.annotate.datelines import mark_datelines
from kg.annotate.scan import WordScan, marks_and_blanks, paragraph_starts
from kg.annotate.tokens import merge_hyphenated, shield_acronyms, tokenized

NLP = spacy.blank("en")


class Places:
    """A gazetteer of two hyphenated towns."""

    def has_place(self, name: str) -> bool:
        return name in ("Stratford-Upon", "Guinea-Bissau")


def texts(doc: Doc) -> list[str]:
    return [t.text for t in doc]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Sar-e-Pul fell.", "Sar-e-Pul"),
        ("They fled Mazar-i-Sharif today.", "Mazar-i-Sharif"),
        ("Guinea-Bissau voted.", "Guinea-Bissau"),
        ("A cease-fire held.", "cease-fire"),
    ],
)
def test_hyphenated_names_and_words_of_the_lexicon_are_one_token(text: str, whole: str) -> None:
    doc = merge_hyphenated(NLP(text), Places(), {"cease-fire"})
    assert whole in texts(doc)
    assert doc.text == text


@pytest.mark.parametrize(
    "text", ["US-Taliban talks", "a four-pronged attack", "Smith-Jones won", "war - peace", "-"]
)
def test_other_hyphens_stay_cut(text: str) -> None:
    doc = NLP(text)
    assert texts(merge_hyphenated(doc, Places())) == texts(NLP(text))


def test_an_acronym_that_spells_a_word_is_shielded_unless_all_is_in_capitals() -> None:
    def known(name: str) -> bool:
        return name == "IS"

    doc = shield_acronyms(NLP("Two died in IS attacks. It IS so."), known)
    assert doc[3].norm_ != "is"
    assert doc.text == "Two died in IS attacks. It IS so."
    shouted = shield_acronyms(NLP("WHO IS NEXT"), known)
    assert shouted[1].norm_ == "is"
    assert shield_acronyms(NLP("we are in IT now"), known)[3].norm_ == "it"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("NAIROBI, June 13 (Agency) - Gunmen fled.", "Gunmen"),
        ("LA PAZ, Bolivia (Jan. 25, 2013) -- Miners marched.", "Miners"),
        ("TUNIS (Agency) - Police came.", "Police"),
        ("Tunis (Agency) – Police came.", "Police"),
        ("GENEVA — Talks began.", "Talks"),
        ("BUNIA, Democratic Republic of Congo - A militia fled.", "A"),
        ("ROME, March 3 - Trains stopped.", "Trains"),
        ("He left.\n\nQUITO -- Snow fell.", "Snow"),
    ],
)
def test_a_sentence_starts_behind_a_dateline(text: str, first: str) -> None:
    doc = mark_datelines(NLP(text))
    assert [t.text for t in doc if t.is_sent_start and t.i > 0] == [first]


@pytest.mark.parametrize(
    "text",
    ["He said - Then left.", "The UN - Geneva talks", "A (b) c - D", "Rebels fled (Monday) - They hid"],
)
def test_no_dateline(text: str) -> None:
    doc = mark_datelines(NLP(text))
    assert not any(t.is_sent_start for t in doc if t.i > 0)


def test_words_are_found_by_lemma_or_form() -> None:
    doc = NLP("Attack on Gao ; ATTACK again")
    assert WordScan({"attack"}).find(doc) == [0, 4]
    assert WordScan(()).find(doc) == []


def test_marks_and_line_ends() -> None:
    doc = NLP('He said: "Go."\n\nShe went.')
    assert [doc[i].text for i in marks_and_blanks(doc, '"')] == ['"', '"', "\n\n"]
    assert [doc[i + 1].text for i in paragraph_starts(doc)] == ["She"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("wounded 15.Ten were", ["wounded", "15", ".", "Ten", "were"]),
        ("was it over?”Ghana agreed", ["was", "it", "over", "?", "”", "Ghana", "agreed"]),
        ("on Friday.“We're off", ["on", "Friday", ".", "“", "We", "'re", "off"]),
        ("a rate of 3.5 in v2.1", ["a", "rate", "of", "3.5", "in", "v2.1"]),
        ("the U.S.Army", ["the", "U.S.Army"]),
    ],
)
def test_sentences_without_a_space_between_them_are_parted(text: str, parts: list[str]) -> None:
    doc = tokenized(NLP, text)
    assert texts(doc) == parts
    assert doc.text == text
