"""The spaCy component on hand-built documents, datelines, the list of names."""

from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.layer import TimeExpression, layer
from kg.annotate.times import annotate_times, dateline_date, find_dateline
from kg.annotate.times.lexicon import load_time_lexicon, time_lexicon
from kg.errors import DataError


def times(doc: Doc, date: str | None = "2021-08-10") -> list[TimeExpression]:
    layer(doc).date = date
    return layer(annotate_times(doc)).times


def test_words_alone() -> None:
    doc = Doc(Vocab(), words=["Troops", "left", "Gao", "since", "mid", "-", "March", "."])
    (found,) = times(doc)
    assert (found.start, found.end, found.root) == (4, 7, 6)
    assert (found.start_date, found.end_date, found.kind) == ("2021-03", None, "date")


def test_tokens_of_any_cut() -> None:
    words = ["In", "the", "1990s", "and", "on", "2021", "-", "08", "-", "05", "."]
    spaces = [True, True, True, True, True, False, False, False, False, False, False]
    first, second = times(Doc(Vocab(), words=words, spaces=spaces))
    assert (first.start, first.end, first.start_date) == (1, 3, "1990")
    assert (second.start, second.end, second.start_date) == (5, 10, "2021-08-05")


def test_the_possessive_is_outside() -> None:
    doc = Doc(Vocab(), words=["Sunday", "'s", "vote"], spaces=[False, True, False])
    (found,) = times(doc)
    assert (found.start, found.end) == (0, 1)


def parsed(words: list[str], tags: list[str], heads: list[int], deps: list[str]) -> Doc:
    return Doc(Vocab(), words=words, tags=tags, heads=heads, deps=deps)


def test_tense_of_the_governing_verb() -> None:
    will = parsed(
        ["They", "will", "surely", "after", "long", "talks", "vote", "in", "Lima", "on", "Friday"],
        ["PRP", "MD", "RB", "IN", "JJ", "NNS", "VB", "IN", "NNP", "IN", "NNP"],
        [6, 6, 6, 6, 5, 3, 6, 6, 7, 6, 9],
        ["nsubj", "aux", "advmod", "prep", "amod", "pobj", "ROOT", "prep", "pobj", "prep", "pobj"],
    )
    (found,) = times(will)
    assert (found.root, found.start_date) == (10, "2021-08-13")


def test_the_clause_of_speech_keeps_its_tense() -> None:
    said = parsed(
        ["He", "said", "Monday", "he", "would", "go"],
        ["PRP", "VBD", "NNP", "PRP", "MD", "VB"],
        [1, 1, 1, 5, 5, 1],
        ["nsubj", "ROOT", "npadvmod", "nsubj", "aux", "ccomp"],
    )
    assert [t.start_date for t in times(said)] == ["2021-08-09"]


def test_an_infinitive_after_a_plan_looks_ahead() -> None:
    vowed = parsed(
        ["They", "vowed", "to", "strike", "on", "Friday"],
        ["PRP", "VBD", "TO", "VB", "IN", "NNP"],
        [1, 1, 3, 1, 3, 4],
        ["nsubj", "ROOT", "aux", "xcomp", "prep", "pobj"],
    )
    assert [t.start_date for t in times(vowed)] == ["2021-08-13"]
    managed = parsed(
        ["They", "managed", "to", "escape", "on", "Friday"],
        ["PRP", "VBD", "TO", "VB", "IN", "NNP"],
        [1, 1, 3, 1, 3, 4],
        ["nsubj", "ROOT", "aux", "xcomp", "prep", "pobj"],
    )
    assert [t.start_date for t in times(managed)] == ["2021-08-06"]


def test_a_participle_of_plans_looks_ahead() -> None:
    doc = parsed(
        ["talks", "planned", "for", "Friday", "failed"],
        ["NNS", "VBN", "IN", "NNP", "VBD"],
        [4, 0, 1, 2, 4],
        ["nsubj", "acl", "prep", "pobj", "ROOT"],
    )
    assert [t.start_date for t in times(doc)] == ["2021-08-13"]


def test_the_root_is_the_word_that_hangs_outside() -> None:
    doc = parsed(
        ["It", "fell", "three", "days", "ago"],
        ["PRP", "VBD", "CD", "NNS", "RB"],
        [1, 1, 3, 4, 1],
        ["nsubj", "ROOT", "nummod", "npadvmod", "advmod"],
    )
    (found,) = times(doc)
    assert (found.start, found.end, found.root) == (2, 5, 4)


def test_registered_with_what_it_needs_and_gives() -> None:
    meta = Language.get_factory_meta("kg_times")
    assert "doc._.kg" in meta.assigns
    assert list(meta.requires) == ["token.tag", "token.dep"]


def test_a_dateline_dates_the_document() -> None:
    text = "LIMA, Peru ( Jan. 25 , 2013 ) -- Troops seized arms Thursday ."
    doc = Doc(Vocab(), words=text.split())
    (found,) = times(doc, None)
    assert layer(doc).date == "2013-01-25"
    assert (found.start, found.start_date) == (12, "2013-01-24")


def test_a_known_date_is_kept() -> None:
    text = "LIMA , Peru ( Jan. 25 , 2013 ) -- Arms were seized today ."
    doc = Doc(Vocab(), words=text.split())
    (found,) = times(doc, "2013-01-26")
    assert layer(doc).date == "2013-01-26"
    assert found.start_date == "2013-01-26"


def test_a_dateline_much_older_than_publication_is_the_day_of_the_text() -> None:
    text = "LIMA , Peru ( Jan. 25 , 2013 ) -- Arms were seized today ."
    doc = Doc(Vocab(), words=text.split())
    (found,) = times(doc, "2016-05-01")
    assert layer(doc).date == "2016-05-01"
    assert found.start_date == "2013-01-25"


DATELINES = [
    ("LIMA, Peru (Jan. 25, 2013) -- Police said so.", "2013-01-25"),
    ("LIMA, Peru (January 25, 2013) – Police said so.", "2013-01-25"),
    ("LIMA, January 25, 2013 - Police said so.", "2013-01-25"),
    ("LIMA, 25 January 2013 (Andina) — Police said so.", "2013-01-25"),
    ("Camp closed\n\nLIMA, Peru (Jan. 25, 2013) - Police said so.", "2013-01-25"),
    ("January 25, 2013\nLIMA - Police said so.", "2013-01-25"),
    ("Camp closed\nPublished: 25 January 2013 by staff\n\nPolice said so.", "2013-01-25"),
    ("MOSCOW, March 3 (Agency) - Police said so.", None),
    ("Police said on January 25, 2013 - a Friday - that so.", None),
    ("On January 25, 2013, police said so.", None),
    ("The treaty of Lima (January 25, 2013) was broken.", None),
    ("Police said so.", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "date"), DATELINES)
def test_dateline(text: str, date: str | None) -> None:
    assert dateline_date(text) == date


def test_a_dateline_without_year_is_still_one() -> None:
    text = "MOSCOW, March 3 (Agency) - Police said so."
    found = find_dateline(text)
    assert found is not None
    assert (text[found.begin : found.end], found.date) == ("March 3", None)
    assert times(Doc(Vocab(), words=text.split())) == []


def test_names_of_the_list_begin_with_a_calendar_word_or_hold_one() -> None:
    assert ("sunday", "times") in time_lexicon().names["sunday"]


@pytest.mark.parametrize("broken", ["names: 3", "[1]", "names: [1]", "names: ['']", ": :"])
def test_a_broken_list_is_refused(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "times.yaml"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(DataError, match=r"times\.yaml"):
        load_time_lexicon(path)
    with pytest.raises(DataError, match=r"missing\.yaml"):
        load_time_lexicon(tmp_path / "missing.yaml")
