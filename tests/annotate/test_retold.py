"""Which account a definite noun takes up, on parses written by hand."""

from __future__ import annotations

import pytest
from parsed import mention, parsed
from spacy.tokens import Doc

from kg import resources
from kg.annotate.events import EventReader
from kg.annotate.layer import TimeExpression, layer
from kg.annotate.lexicon import Lexicon
from kg.model import Form

LEXICON = Lexicon.load(resources.ontology_dir() / "lexicon")


def ties(doc: Doc) -> list[tuple[str, str]]:
    """The triggers that take one up, with what they take up."""
    EventReader(LEXICON)(doc)
    accounts = layer(doc).accounts
    return [
        (doc[each.trigger].text, doc[accounts[each.retells].trigger].text)
        for each in accounts
        if each.retells is not None
    ]


def then(noun_phrase: str, verb: str = "ended/VBD/ROOT/{head}/end", *, size: int = 2) -> Doc:
    """*Rebels attacked Gao.*, and a sentence whose subject is `noun_phrase`, of `size` tokens."""
    head = 4 + size
    doc = parsed(
        "Rebels/NNS/nsubj/1 attacked/VBD/ROOT/1/attack Gao/NNP/dobj/1 ./././1 "
        + noun_phrase.format(noun=head - 1, head=head)
        + " "
        + verb.format(head=head)
        + f" ./././{head}",
        sentence_starts=(0, 4),
    )
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 2, 3, "PopulatedPlace")
    return doc


@pytest.mark.parametrize("noun", ["attack", "assault", "raid", "bombing"])
def test_a_definite_noun_takes_up_what_was_told(noun: str) -> None:
    assert ties(then(f"The/DT/det/{{noun}} {noun}/NN/nsubj/{{head}}")) == [(noun, "attacked")]


@pytest.mark.parametrize(
    "phrase",
    [
        "An/DT/det/{noun} attack/NN/nsubj/{head}",
        "The/DT/det/{noun} attacks/NNS/nsubj/{head}/attack",
        "The/DT/det/{noun} offensive/NN/nsubj/{head}",
        "The/DT/det/{noun} battle/NN/nsubj/{head}",
    ],
)
def test_others_do_not(phrase: str) -> None:
    assert ties(then(phrase)) == []


@pytest.mark.parametrize("word", ["second/JJ", "previous/JJ", "new/JJ", "deadliest/JJS", "two/CD"])
def test_a_word_for_another_speaks_against_it(word: str) -> None:
    dep = "nummod" if word.endswith("CD") else "amod"
    phrase = f"The/DT/det/{{noun}} {word}/{dep}/{{noun}} attack/NN/nsubj/{{head}}"
    assert ties(then(phrase, size=3)) == []
    assert ties(then(phrase.replace(word, "deadly/JJ").replace("nummod", "amod"), size=3))


def test_another_day_speaks_against_it() -> None:
    def dated(day: str) -> Doc:
        doc = then("Monday/NNP/poss/6 's/POS/case/4 attack/NN/nsubj/7", size=3)
        first = TimeExpression(start=1, end=2, root=1, start_date="2012-04-02", end_date="2012-04-02")
        layer(doc).times = [first, TimeExpression(start=4, end=5, root=4, start_date=day, end_date=day)]
        return doc

    assert ties(dated("2012-04-02")) == [("attack", "attacked")]
    assert ties(dated("2012-04-03")) == []


def test_a_row_of_nouns_has_one_day() -> None:
    doc = parsed(
        "Rebels/NNS/nsubj/1 attacked/VBD/ROOT/1/attack Gao/NNP/dobj/1 Monday/NNP/npadvmod/1 ./././1"
        " The/DT/det/6 assault/NN/nsubj/7 failed/VBD/ROOT/7/fail ./././7"
        " Tuesday/NNP/poss/11 's/POS/case/9 attack/NN/nsubj/12 ended/VBD/ROOT/12/end ./././12",
        sentence_starts=(0, 5, 9),
    )
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 2, 3, "PopulatedPlace")
    layer(doc).times = [
        TimeExpression(start=at, end=at + 1, root=at, start_date=day, end_date=day)
        for at, day in ((3, "2012-04-02"), (9, "2012-04-03"))
    ]
    assert ties(doc) == [("assault", "attacked")]


def test_of_two_that_were_told_the_one_that_agrees_is_taken_up() -> None:
    def doc(place: str) -> Doc:
        found = parsed(
            "Rebels/NNS/nsubj/1 attacked/VBD/ROOT/1/attack Gao/NNP/dobj/1 ./././1"
            " Thieves/NNS/nsubj/5 raided/VBD/ROOT/5/raid Kidal/NNP/dobj/5 ./././5"
            f" The/DT/det/9 attack/NN/nsubj/12 in/IN/prep/9 {place}/NNP/pobj/10"
            " ended/VBD/ROOT/12/end ./././12",
            sentence_starts=(0, 4, 8),
        )
        mention(found, 0, 1, "Group", form=Form.NOMINAL)
        mention(found, 4, 5, "Group", form=Form.NOMINAL)
        chains = {
            "Gao": mention(found, 2, 3, "PopulatedPlace"),
            "Kidal": mention(found, 6, 7, "PopulatedPlace"),
        }
        again = mention(found, 11, 12, "PopulatedPlace")
        if place in chains:
            layer(found).mentions[again].chain = layer(found).mentions[chains[place]].chain
        return found

    assert ties(doc("Gao")) == [("attack", "attacked")]
    assert ties(doc("Kidal")) == [("attack", "raided")]
    assert ties(doc("Menaka")) == []


@pytest.mark.parametrize(("first", "same"), [("killed", True), ("wounded", False)])
def test_the_wounded_are_those_of_the_dead_told_beside_them(first: str, same: bool) -> None:
    doc = parsed(
        f"Ten/CD/nummod/1 soldiers/NNS/nsubjpass/3/soldier were/VBD/auxpass/3/be {first}/VBN/ROOT/3/"
        + {"killed": "kill", "wounded": "wound"}[first]
        + " and/CC/cc/3 six/CD/nummod/6 others/NNS/nsubjpass/7/other wounded/VBN/conj/3/wound in/IN/prep/7"
        " Gao/NNP/pobj/8"
    )
    mention(doc, 1, 2, "Group", form=Form.NOMINAL)
    mention(doc, 6, 7, "Group", form=Form.NOMINAL)
    mention(doc, 9, 10, "PopulatedPlace")
    assert ties(doc) == ([("wounded", "killed")] if same else [])


def test_what_the_clause_says_that_it_was() -> None:
    doc = parsed(
        "An/DT/det/1 attack/NN/nsubj/2 occurred/VBD/ROOT/2/occur when/WRB/advmod/5 rebels/NNS/nsubj/5"
        " stormed/VBD/advcl/2/storm Gao/NNP/dobj/5"
    )
    mention(doc, 4, 5, "Group", form=Form.NOMINAL)
    mention(doc, 6, 7, "PopulatedPlace")
    assert ties(doc) == [("stormed", "attack")]


@pytest.mark.parametrize(("head", "dep", "tied"), [(1, "advcl", True), (2, "acl", False)])
def test_a_participle_of_the_same_doer_says_more_of_the_deed(head: int, dep: str, tied: bool) -> None:
    doc = parsed(
        "Jets/NNS/nsubj/1 attacked/VBD/ROOT/1/attack militants/NNS/dobj/1 ,/,/punct/1 "
        f"targeting/VBG/{dep}/{head}/target Gao/NNP/dobj/4 ./././1"
    )
    mention(doc, 2, 3, "Group", form=Form.NOMINAL)
    mention(doc, 5, 6, "PopulatedPlace")
    assert ties(doc) == ([("targeting", "attacked")] if tied else [])


def test_a_device_laid_by_somebody_and_gone_off_is_one_deed() -> None:
    doc = parsed(
        "A/DT/det/1 device/NN/nsubj/5 planted/VBN/acl/1/plant by/IN/agent/2 rebels/NNS/pobj/3 "
        "exploded/VBD/ROOT/5/explode in/IN/prep/5 Gao/NNP/pobj/6 ./././5"
    )
    mention(doc, 4, 5, "Group", form=Form.NOMINAL)
    mention(doc, 7, 8, "PopulatedPlace")
    assert ties(doc) == [("exploded", "planted")]
