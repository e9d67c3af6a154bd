"""Events with their arguments, status, source and date, on parses written by hand."""

from __future__ import annotations

import pytest
from parsed import mention, names, parsed
from spacy.tokens import Doc

from kg import resources
from kg.annotate.events import EventReader
from kg.annotate.layer import Account, TimeExpression, layer
from kg.annotate.lexicon import Lexicon
from kg.model import Form, Status

LEXICON = Lexicon.load(resources.ontology_dir() / "lexicon")


def read(doc: Doc) -> list[Account]:
    """The accounts that the shipped lexicon finds in `doc`."""
    EventReader(LEXICON)(doc)
    return layer(doc).accounts


def test_an_active_capture() -> None:
    doc = parsed("Rebels/NNS/nsubj/1 captured/VBD/ROOT/1/capture Gao/NNP/dobj/1")
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 2, 3, "PopulatedPlace")
    (account,) = read(doc)
    assert account.kind == "Capture"
    assert account.status is Status.ASSERTED
    assert names(doc, account.agents) == ["Rebels"]
    assert names(doc, account.places) == ["Gao"]
    assert account.targets == []


def test_prices_fall_and_nothing_is_captured() -> None:
    assert read(parsed("Prices/NNS/nsubj/1/price fell/VBD/ROOT/1/fall")) == []


def test_one_capture_for_each_town_even_where_the_parse_loses_one() -> None:
    doc = parsed(
        "After/IN/prep/14 taking/VBG/pcomp/0/capture Gao/NNP/dobj/1 to/IN/prep/1"
        " its/PRP$/poss/5 west/NN/pobj/3"
        " ,/,/punct/0 and/CC/cc/0 Kidal/NNP/pobj/0 and/CC/cc/8 Menaka/NNP/conj/8 to/IN/prep/8"
        " its/PRP$/poss/13"
        " east/NN/pobj/11 ,/,/punct/16 rebels/NNS/nsubj/16 rested/VBD/ROOT/16/rest".replace(
            "prep/14", "prep/16"
        )
    )
    mention(doc, 15, 16, "Group", form=Form.NOMINAL)
    for at in (2, 8, 10):
        mention(doc, at, at + 1, "PopulatedPlace")
    accounts = read(doc)
    assert [names(doc, a.places) for a in accounts] == [["Gao"], ["Kidal"], ["Menaka"]]
    assert all(names(doc, a.agents) == ["rebels"] for a in accounts)


def test_an_attempt_is_no_capture() -> None:
    doc = parsed(
        "Rebels/NNS/nsubj/3 have/VBP/aux/3 been/VBN/aux/3/be attempting/VBG/ROOT/3/attempt to/TO/aux/5"
        " conquer/VB/xcomp/3 Gao/NNP/dobj/5"
    )
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 6, 7, "PopulatedPlace")
    (account,) = read(doc)
    assert (account.kind, account.status) == ("Capture", Status.PLANNED)
    assert names(doc, account.agents) == ["Rebels"]


def said(verb: str, negated: bool) -> Doc:
    """*Diallo said Gao had (not) been captured*, with a choice of the reporting verb."""
    negation = "not/RB/neg/6 " if negated else "now/RB/advmod/6 "
    doc = parsed(
        f"Diallo/NNP/nsubj/1 {verb}/VBD/ROOT/1/{verb} Gao/NNP/nsubjpass/6 had/VBD/aux/6/have {negation}"
        "been/VBN/auxpass/6/be captured/VBN/ccomp/1/capture by/IN/agent/6 rebels/NNS/pobj/7"
    )
    mention(doc, 0, 1, "Person")
    mention(doc, 2, 3, "PopulatedPlace")
    mention(doc, 8, 9, "Group", form=Form.NOMINAL)
    return doc


@pytest.mark.parametrize(("negated", "status"), [(False, Status.CLAIMED), (True, Status.DENIED)])
def test_a_report_has_its_source_and_the_statement_tells_of_it(negated: bool, status: Status) -> None:
    doc = said("say", negated)
    statement, capture = read(doc)
    assert (statement.kind, names(doc, statement.agents)) == ("Statement", ["Diallo"])
    assert statement.about == [1]
    assert (capture.kind, capture.status) == ("Capture", status)
    assert names(doc, capture.sources) == ["Diallo"]
    assert names(doc, capture.agents) == ["rebels"]


def test_what_may_happen_is_possible_and_what_will_is_planned() -> None:
    for auxiliary, status in (("may", Status.POSSIBLE), ("will", Status.PLANNED)):
        doc = parsed(f"Gao/NNP/nsubj/2 {auxiliary}/MD/aux/2 fall/VB/ROOT/2")
        mention(doc, 0, 1, "PopulatedPlace")
        (account,) = read(doc)
        assert account.status is status


def test_an_event_noun_with_the_verb_that_carries_it() -> None:
    doc = parsed(
        "Rebels/NNS/nsubj/1 launched/VBD/ROOT/1/launch an/DT/det/3 attack/NN/dobj/1"
        " on/IN/prep/3 Gao/NNP/pobj/4"
    )
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 5, 6, "PopulatedPlace")
    (account,) = read(doc)
    assert account.kind == "Attack"
    assert doc[account.trigger].text == "attack"
    assert names(doc, account.agents) == ["Rebels"]
    assert names(doc, account.places) == ["Gao"]
    assert account.targets == []


def test_an_event_noun_with_nobody_and_nowhere_tells_of_nothing_unless_it_is_a_deed_of_violence() -> None:
    assert read(parsed("The/DT/det/1 election/NN/nsubj/2 shocked/VBD/ROOT/2/shock")) == []
    (account,) = read(parsed("The/DT/det/1 attack/NN/nsubj/2 shocked/VBD/ROOT/2/shock"))
    assert account.kind == "Attack"


def test_no_attack_is_a_denial() -> None:
    doc = parsed("There/EX/expl/1 was/VBD/ROOT/1/be no/DT/det/3 attack/NN/attr/1 on/IN/prep/3 Gao/NNP/pobj/4")
    mention(doc, 5, 6, "PopulatedPlace")
    (account,) = read(doc)
    assert (account.kind, account.status) == ("Attack", Status.DENIED)


def test_clashes_between_two_sides_have_both_as_agents() -> None:
    doc = parsed(
        "Clashes/NNS/nsubj/1/clash erupted/VBD/ROOT/1/erupt between/IN/prep/1 rebels/NNS/pobj/2 and/CC/cc/3"
        " soldiers/NNS/conj/3 in/IN/prep/1 Gao/NNP/pobj/6"
    )
    mention(doc, 3, 4, "Group", form=Form.NOMINAL)
    mention(doc, 5, 6, "Group", form=Form.NOMINAL)
    mention(doc, 7, 8, "PopulatedPlace")
    (account,) = read(doc)
    assert account.kind == "Battle"
    assert names(doc, account.agents) == ["rebels", "soldiers"]
    assert names(doc, account.places) == ["Gao"]


def test_a_place_that_is_struck_is_a_place_and_a_government_that_meets_is_an_actor() -> None:
    doc = parsed("Jets/NNS/nsubj/1/jet bombed/VBD/ROOT/1/bomb Gao/NNP/dobj/1")
    mention(doc, 2, 3, "PopulatedPlace")
    (account,) = read(doc)
    assert (account.kind, names(doc, account.places), account.targets) == ("Airstrike", ["Gao"], [])
    doc = parsed("Diallo/NNP/nsubj/1 negotiated/VBD/ROOT/1/negotiate with/IN/prep/1 Mali/NNP/pobj/2")
    mention(doc, 0, 1, "Person")
    mention(doc, 3, 4, "Country")
    (account,) = read(doc)
    assert (account.kind, names(doc, account.targets)) == ("Meeting", ["Mali"])


def test_senses_are_told_apart_by_their_fillers() -> None:
    fired = "Diallo/NNP/nsubj/1 fired/VBD/ROOT/1/fire {0}/NN/dobj/1 {1}"
    rocket = parsed(
        fired.format("rockets", "at/IN/prep/1 Gao/NNP/pobj/3").replace("rockets/NN", "rockets/NNS")
    )
    rocket[2].lemma_ = "rocket"
    mention(rocket, 0, 1, "Person")
    mention(rocket, 4, 5, "PopulatedPlace")
    minister = parsed("Diallo/NNP/nsubj/1 fired/VBD/ROOT/1/fire ministers/NNS/dobj/1/minister")
    mention(minister, 0, 1, "Person")
    deal = parsed("Diallo/NNP/nsubj/1 struck/VBD/ROOT/1/strike a/DT/det/3 deal/NN/dobj/1")
    mention(deal, 0, 1, "Person")
    assert [a.kind for a in read(rocket)] == ["Attack"]
    assert [a.kind for a in read(minister)] == ["Resignation"]
    assert [a.kind for a in read(deal)] == ["Agreement"]


def test_the_date_comes_from_the_clause_and_the_statement_keeps_its_own() -> None:
    doc = parsed(
        "Diallo/NNP/nsubj/1 said/VBD/ROOT/1/say Monday/NNP/npadvmod/1 Gao/NNP/nsubj/4 fell/VBD/ccomp/1/fall"
        " on/IN/prep/4 Sunday/NNP/pobj/5"
    )
    mention(doc, 0, 1, "Person")
    mention(doc, 3, 4, "PopulatedPlace")
    layer(doc).times = [
        TimeExpression(start=2, end=3, root=2, start_date="2012-04-02", end_date="2012-04-02"),
        TimeExpression(start=6, end=7, root=6, start_date="2012-04-01", end_date="2012-04-01"),
    ]
    statement, capture = read(doc)
    assert statement.start_date == "2012-04-02"
    assert (capture.start_date, capture.times) == ("2012-04-01", [1])


def test_in_one_year_and_again_in_another_are_two_events() -> None:
    doc = parsed(
        "Rebels/NNS/nsubj/1 took/VBD/ROOT/1/capture Gao/NNP/dobj/1 in/IN/prep/1 2012/CD/pobj/3 and/CC/cc/3"
        " again/RB/advmod/7 in/IN/conj/3 2015/CD/pobj/7"
    )
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 2, 3, "PopulatedPlace")
    layer(doc).times = [
        TimeExpression(start=4, end=5, root=4, start_date="2012", end_date="2012"),
        TimeExpression(start=8, end=9, root=8, start_date="2015", end_date="2015"),
    ]
    assert sorted(str(a.start_date) for a in read(doc)) == ["2012", "2015"]


def test_a_duration_dates_nothing() -> None:
    doc = parsed("Gao/NNP/nsubj/1 fell/VBD/ROOT/1/fall after/IN/prep/1 weeks/NNS/pobj/2/week")
    mention(doc, 0, 1, "PopulatedPlace")
    layer(doc).times = [
        TimeExpression(start=3, end=4, root=3, start_date=None, end_date=None, kind="duration")
    ]
    (account,) = read(doc)
    assert account.start_date is None
    assert account.times == []


def test_a_quotation_has_its_speaker_and_is_kept_as_printed() -> None:
    doc = parsed(
        "“/``/punct/4 Rebels/NNS/nsubj/2 captured/VBD/ccomp/6/capture Gao/NNP/dobj/2 today/NN/npadvmod/2"
        " ”/''/punct/2 said/VBD/ROOT/6/say Diallo/NNP/nsubj/6"
    )
    mention(doc, 1, 2, "Group", form=Form.NOMINAL)
    mention(doc, 3, 4, "PopulatedPlace")
    mention(doc, 7, 8, "Person")
    capture, statement = read(doc)
    assert (capture.kind, capture.status, names(doc, capture.sources)) == (
        "Capture",
        Status.CLAIMED,
        ["Diallo"],
    )
    assert [doc[start:end].text for start, end in statement.quoted] == ["Rebels captured Gao today"]


def test_according_to_covers_the_clause_and_not_what_is_told_as_known() -> None:
    doc = parsed(
        "After/IN/prep/4 taking/VBG/pcomp/0/capture Gao/NNP/dobj/1 rebels/NNS/nsubj/4"
        " attacked/VBD/ROOT/4/attack"
        " Kidal/NNP/dobj/4 according/VBG/prep/4 to/IN/prep/6 Diallo/NNP/pobj/7"
    )
    mention(doc, 2, 3, "PopulatedPlace")
    mention(doc, 3, 4, "Group", form=Form.NOMINAL)
    mention(doc, 5, 6, "PopulatedPlace")
    mention(doc, 8, 9, "Person")
    capture, attack = read(doc)
    assert (capture.kind, capture.status, capture.sources) == ("Capture", Status.ASSERTED, [])
    assert (attack.kind, attack.status, names(doc, attack.sources)) == ("Attack", Status.CLAIMED, ["Diallo"])


def test_a_spokesman_speaks_for_his_principal() -> None:
    doc = parsed(
        "A/DT/det/2 Ansar/NNP/compound/2 spokesman/NN/nsubj/3 said/VBD/ROOT/3/say"
        " Gao/NNP/nsubj/5 fell/VBD/ccomp/3/fall"
    )
    mention(doc, 1, 2, "ArmedGroup")
    mention(doc, 0, 3, "Person", form=Form.NOMINAL, root=2)
    mention(doc, 4, 5, "PopulatedPlace")
    statement, capture = read(doc)
    assert names(doc, statement.agents) == ["Ansar"]
    assert names(doc, capture.sources) == ["Ansar"]


def test_a_report_that_closes_the_sentence_where_the_parse_has_lost_it() -> None:
    doc = parsed(
        "Troops/NNS/nsubj/2 have/VBP/aux/2 captured/VBN/ROOT/2/capture Gao/NNP/dobj/2 ,/,/punct/2"
        " Prime/NNP/compound/6 Minister/NNP/compound/7 Diallo/NNP/nsubj/8 announced/VBD/advcl/2/announce"
        " on/IN/prep/8 Monday/NNP/pobj/9 ./././2"
    )
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 3, 4, "PopulatedPlace")
    mention(doc, 7, 8, "Person")
    capture, statement = read(doc)
    assert (capture.kind, capture.status, names(doc, capture.sources)) == (
        "Capture",
        Status.CLAIMED,
        ["Diallo"],
    )
    assert (names(doc, statement.agents), statement.about) == (["Diallo"], [0])


def test_a_participle_without_its_auxiliary_is_passive_beside_a_passive() -> None:
    doc = parsed(
        "People/NNS/nsubjpass/2 were/VBD/auxpass/2 killed/VBN/ROOT/2/kill and/CC/cc/2"
        " others/NNS/nsubj/5/other wounded/VBN/conj/2/wound"
    )
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 4, 5, "Group", form=Form.NOMINAL)
    killed, wounded = read(doc)
    assert (names(doc, killed.targets), names(doc, wounded.targets)) == (["People"], ["others"])
    assert wounded.agents == []


def test_what_follows_later_has_not_the_day_of_what_came_before() -> None:
    doc = parsed(
        "Rebels/NNS/nsubj/1 left/VBD/ROOT/1/retreat in/IN/prep/1 March/NNP/pobj/2 but/CC/cc/1"
        " later/RB/advmod/6 captured/VBD/conj/1/capture Gao/NNP/dobj/6"
    )
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 7, 8, "PopulatedPlace")
    layer(doc).times = [TimeExpression(start=3, end=4, root=3, start_date="2012-03", end_date="2012-03")]
    withdrawal, capture = read(doc)
    assert (withdrawal.start_date, capture.start_date) == ("2012-03", None)


def test_a_protest_against_a_coup_leaves_the_coup_as_it_was() -> None:
    doc = parsed(
        "Miners/NNS/nsubj/2 will/MD/aux/2 march/VB/ROOT/2 against/IN/prep/2 the/DT/det/6"
        " army/NN/poss/6 attack/NN/pobj/3"
    )
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 5, 6, "Group", form=Form.NOMINAL)
    statuses = {doc[a.trigger].text: a.status for a in read(doc)}
    assert statuses == {"march": Status.PLANNED, "attack": Status.ASSERTED}
