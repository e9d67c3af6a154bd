"""Named mentions: their spans and kinds, from hand-built documents and a small world."""

from __future__ import annotations

from worldlet import chain_of, named, read


def test_gazetteer_overrules_the_model() -> None:
    built, found = read(
        "Shells/NNS/nsubj/1/shell hit/VBD/ROOT/1 [PERSON Dar/NNP/compound/3 Salaam/NNP/dobj/1 ] ./././1",
    )
    assert named(built, found) == [("Dar Salaam", "PopulatedPlace")]


def test_one_string_is_one_kind() -> None:
    built, found = read(
        "Troops/NNS/nsubj/1/troop left/VBD/ROOT/1/leave the/DT/det/3 town/NN/dobj/1 of/IN/prep/3 "
        "Qorn/NNP/pobj/4 ./././1",
        "[ORG Qorn/NNP/nsubj/1 ] fell/VBD/ROOT/1/fall ./././1",
    )
    assert named(built, found) == [("Qorn", "PopulatedPlace")] * 2
    assert chain_of(built, found, "Qorn", 0) is chain_of(built, found, "Qorn", 1)


def test_a_surname_is_a_person_though_a_town_bears_it() -> None:
    built, found = read(
        "Governor/NNP/compound/2 [PERSON Ana/NNP/compound/2 Brito/NNP/nsubj/3 ] spoke/VBD/ROOT/3 ./././3",
        "[GPE Brito/NNP/nsubj/1 ] left/VBD/ROOT/1/leave ./././1",
    )
    assert named(built, found) == [("Ana Brito", "Person"), ("Brito", "Person")]
    assert len([chain for chain in found.chains if chain.kind == "Person"]) == 1


def test_adjectives_of_countries_are_no_mentions_but_tell_the_country() -> None:
    built, found = read("[NORP Zedish/JJ/amod/1 ] troops/NNS/nsubj/2/troop left/VBD/ROOT/2 ./././2")
    assert named(built, found) == []
    group = chain_of(built, found, "Zedish troops")
    assert group is not None
    assert (group.kind, group.country) == ("Group", "ZZ")


def test_a_name_bound_in_an_adjective_is_none() -> None:
    built, found = read(
        "The/DT/det/4 Zedland+/NNP/npadvmod/3 -+/HYPH/punct/3 led/VBN/amod/4/lead coalition/NN/nsubj/5 "
        "left/VBD/ROOT/5 ./././5"
    )
    assert named(built, found) == []


def test_ministries_in_lower_case() -> None:
    built, found = read(
        "Zedland/NNP/nmod/2 defence/NN/compound/2 ministry/NN/nsubj/3 and/CC/cc/2 the/DT/det/5 "
        "ministry/NN/conj/2 of/IN/prep/5 foreign/JJ/amod/8 affairs/NNS/pobj/6/affair spoke/VBD/ROOT/9 ./././9"
    )
    assert named(built, found) == [
        ("Zedland defence ministry", "GovernmentBody"),
        ("ministry of foreign affairs", "GovernmentBody"),
    ]


def test_an_army_is_named_by_its_country() -> None:
    built, found = read(
        "The/DT/det/2 Zedish/JJ/amod/2 army/NN/nsubj/3 left/VBD/ROOT/3 Bol/NNP/dobj/3 ./././3"
    )
    assert named(built, found) == [("Zedish army", "MilitaryUnit"), ("Bol", "PopulatedPlace")]


def test_a_numbered_unit() -> None:
    built, found = read(
        "The/DT/det/2 42/CD/nummod/2 Brigade/NNP/nsubj/3 left/VBD/ROOT/3 Torit/NNP/dobj/3 ./././3"
    )
    assert named(built, found)[0] == ("42 Brigade", "MilitaryUnit")


def test_possessive_and_article_stand_outside() -> None:
    built, found = read(
        "The/DT/det/1 [ORG Sura+/NNP/poss/3 's/POS/case/1 ] fighters/NNS/nsubj/4/fighter left/VBD/ROOT/4 "
        "./././4"
    )
    assert named(built, found) == [("Sura", "ArmedGroup")]


def test_designation_gives_the_class() -> None:
    built, found = read(
        "Shells/NNS/nsubj/1/shell hit/VBD/ROOT/1 [PERSON Kafia/NNP/compound/3 ] district/NN/dobj/1 ./././1"
    )
    assert named(built, found) == [("Kafia", "District")]
    assert found.mention_of[3] == found.mention_of[2]  # *district* leads to Kafia


def test_dateline_in_capitals() -> None:
    built, found = read(
        "[ORG TORIT/NNP/ROOT/0 ] (+/-LRB-/punct/2 Agency+/NNP/appos/0 )/-RRB-/punct/2 --/:/punct/0 "
        "Police/NNS/nsubj/6 left/VBD/dep/0 ./././6"
    )
    chain = chain_of(built, found, "TORIT")
    assert chain is not None
    assert (chain.kind, chain.name) == ("PopulatedPlace", "Torit")


def test_titles_are_cut_off() -> None:
    built, found = read(
        "Zedland/NNP/compound/3 President/NNP/compound/3 [PERSON Otto/NNP/compound/3 Lund/NNP/nsubj/4 ] "
        "spoke/VBD/ROOT/4 ./././4"
    )
    assert named(built, found) == [("Zedland", "Country"), ("Otto Lund", "Person")]


def test_a_possessive_inside_a_name() -> None:
    built, found = read(
        "The/DT/det/4 Zedland/NNP/compound/2 People+/NNP/poss/4 's/POS/case/2 Front/NNP/nsubj/5 "
        "left/VBD/ROOT/5 ./././5"
    )
    assert named(built, found) == [("Zedland People's Front", "PoliticalParty")]


def test_a_post_joined_by_a_hyphen() -> None:
    built, found = read(
        "Vice+/NNP/compound/2 -+/HYPH/punct/2 President/NNP/compound/4 [PERSON Otto/NNP/compound/4 "
        "Lund/NNP/nsubj/5 ] spoke/VBD/ROOT/5 ./././5"
    )
    assert named(built, found) == [("Otto Lund", "Person")]


def test_a_common_word_that_begins_a_sentence_is_no_hamlet() -> None:
    built, found = read(
        "Torit/NNP/nsubj/1 burned/VBD/ROOT/1 ./././1", "Brigands/NNPS/nsubj/1 left/VBD/ROOT/1 ./././1"
    )
    assert named(built, found) == [("Torit", "PopulatedPlace")]


def test_documents_and_operations_are_no_mentions() -> None:
    built, found = read(
        "[ORG Operation/NNP/compound/1 Sunrise/NNP/nsubj/2 ] began/VBD/ROOT/2 ./././2",
        "The/DT/det/2 [LAW Torit/NNP/compound/2 Accord/NNP/nsubj/3 ] held/VBD/ROOT/3 ./././3",
    )
    assert named(built, found) == []


def test_an_unknown_name_struck_or_taken_is_a_place() -> None:
    built, found = read("Rebels/NNS/nsubj/1/rebel seized/VBD/ROOT/1/seize Qorn/NNP/dobj/1 ./././1")
    assert named(built, found) == [("Qorn", "Place")]


def test_a_building_takes_its_noun() -> None:
    built, found = read(
        "They/PRP/nsubj/1 left/VBD/ROOT/1/leave Torit/NNP/compound/3 airport/NN/dobj/1 ./././1"
    )
    assert named(built, found) == [("Torit airport", "Facility")]
