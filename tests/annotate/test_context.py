"""What an account leaves out and its neighbours give, on parses written by hand."""

from __future__ import annotations

from parsed import mention, names, parsed
from spacy.tokens import Doc

from kg import resources
from kg.annotate.events import EventReader
from kg.annotate.layer import Account, TimeExpression, layer
from kg.annotate.lexicon import Lexicon
from kg.model import Form

LEXICON = Lexicon.load(resources.ontology_dir() / "lexicon")


def read(doc: Doc) -> dict[str, Account]:
    """The accounts by their trigger's text."""
    EventReader(LEXICON)(doc)
    return {doc[a.trigger].text: a for a in layer(doc).accounts}


def test_the_victims_of_an_attack_have_its_place_day_and_doer() -> None:
    doc = parsed(
        "Rebels/NNS/nsubj/1 attacked/VBD/ROOT/1/attack Gao/NNP/dobj/1 on/IN/prep/1 Sunday/NNP/pobj/3"
        " killing/VBG/advcl/1/kill soldiers/NNS/dobj/5"
    )
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 2, 3, "PopulatedPlace")
    mention(doc, 6, 7, "Group", form=Form.NOMINAL)
    layer(doc).times = [
        TimeExpression(start=4, end=5, root=4, start_date="2012-04-01", end_date="2012-04-01")
    ]
    killing = read(doc)["killing"]
    assert names(doc, killing.places) == ["Gao"]
    assert names(doc, killing.agents) == ["Rebels"]
    assert names(doc, killing.targets) == ["soldiers"]
    assert killing.start_date == "2012-04-01"


def test_a_blast_that_kills_lends_its_place() -> None:
    doc = parsed(
        "A/DT/det/1 blast/NN/nsubj/4 in/IN/prep/1 Gao/NNP/pobj/2 killed/VBD/ROOT/4/kill soldiers/NNS/dobj/4"
    )
    mention(doc, 3, 4, "PopulatedPlace")
    mention(doc, 5, 6, "Group", form=Form.NOMINAL)
    killed = read(doc)["killed"]
    assert names(doc, killed.places) == ["Gao"]
    assert killed.agents == []


def two_sentences(determiner: str) -> Doc:
    """*Rebels attacked Gao. The attack continued.*"""
    doc = parsed(
        "Rebels/NNS/nsubj/1 attacked/VBD/ROOT/1/attack Gao/NNP/dobj/1 ./././1"
        f" {determiner}/DT/det/5 attack/NN/nsubj/6 continued/VBD/ROOT/6/continue ./././6",
        sentence_starts=(0, 4),
    )
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 2, 3, "PopulatedPlace")
    return doc


def test_the_attack_is_the_one_told_before() -> None:
    doc = two_sentences("The")
    again = read(doc)["attack"]
    assert names(doc, again.places) == ["Gao"]
    assert names(doc, again.agents) == ["Rebels"]
    assert again.confidence < 1.0


def test_an_attack_is_not() -> None:
    doc = two_sentences("An")
    again = read(doc).get("attack")
    assert again is None or names(doc, again.agents) == []


def test_a_place_told_by_where() -> None:
    doc = parsed(
        "Troops/NNS/nsubj/1 entered/VBD/ROOT/1/enter Gao/NNP/dobj/1 where/WRB/advmod/5 rebels/NNS/nsubj/5"
        " killed/VBD/relcl/2/kill soldiers/NNS/dobj/5"
    )
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 2, 3, "PopulatedPlace")
    mention(doc, 4, 5, "Group", form=Form.NOMINAL)
    mention(doc, 6, 7, "Group", form=Form.NOMINAL)
    assert names(doc, read(doc)["killed"].places) == ["Gao"]


def test_a_place_deeper_in_the_phrase() -> None:
    doc = parsed(
        "Bombers/NNS/nsubj/1/bomber targeted/VBD/ROOT/1/target a/DT/det/3 post/NN/dobj/1 near/IN/prep/3"
        " offices/NNS/pobj/4/office in/IN/prep/5 Gao/NNP/pobj/6"
    )
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 7, 8, "PopulatedPlace")
    assert names(doc, read(doc)["targeted"].places) == ["Gao"]


def test_a_strike_that_targets_is_one_event() -> None:
    doc = parsed(
        "A/DT/det/2 missile/NN/compound/2 strike/NN/nsubj/3 targeted/VBD/ROOT/3/target Gao/NNP/dobj/3"
    )
    mention(doc, 4, 5, "PopulatedPlace")
    accounts = read(doc)
    assert list(accounts) == ["targeted"]
    assert names(doc, accounts["targeted"].places) == ["Gao"]


def test_a_list_of_actors_that_the_parse_has_cut() -> None:
    doc = parsed(
        "Soldiers/NNS/dep/5/soldier ,/,/punct/5 police/NNS/nsubj/5 and/CC/cc/2 militiamen/NNS/conj/2"
        " attacked/VBD/ROOT/5/attack Gao/NNP/dobj/5"
    )
    for at in (0, 2, 4):
        mention(doc, at, at + 1, "Group", form=Form.NOMINAL)
    mention(doc, 6, 7, "PopulatedPlace")
    assert names(doc, read(doc)["attacked"].agents) == ["Soldiers", "police", "militiamen"]


def test_commas_alone_make_no_list() -> None:
    doc = parsed("Rebels/NNS/nsubj/1 attacked/VBD/ROOT/1/attack Gao/NNP/dobj/1 ,/,/punct/2 Mali/NNP/appos/2")
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 2, 3, "PopulatedPlace")
    mention(doc, 4, 5, "Country")
    assert names(doc, read(doc)["attacked"].places) == ["Gao"]
