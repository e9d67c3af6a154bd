"""Where names end, and which kind they share with their neighbours."""

from __future__ import annotations

from worldlet import chain_of, named, posts, read, relations

from kg.annotate.aliases import one_letter_apart
from kg.annotate.pipeline import masked
from kg.model import SourceDocument


def test_a_place_with_its_regional_government_is_a_body() -> None:
    built, found = read(
        "Kivar/NNP/compound/2 regional/JJ/amod/2 government/NN/nsubj/3 spoke/VBD/ROOT/3 ./././3"
    )
    assert named(built, found) == [("Kivar regional government", "GovernmentBody")]


def test_a_street_takes_its_noun_behind_a_name_of_two_words_only() -> None:
    built, found = read(
        "He/PRP/nsubj/1 left/VBD/ROOT/1/leave [PERSON Ana/NNP/compound/4 Lund/NNP/compound/4 ] "
        "street/NN/dobj/1 and/CC/cc/4 a/DT/det/8 Torit/NNP/compound/8 street/NN/conj/4 ./././1"
    )
    assert named(built, found) == [("Ana Lund street", "Facility"), ("Torit", "PopulatedPlace")]


def test_the_office_of_a_post_is_a_body() -> None:
    built, found = read(
        "The/DT/det/4 Public/NNP/compound/2 Prosecutor+/NNP/poss/4 's/POS/case/2 office/NN/nsubj/5 "
        "spoke/VBD/ROOT/5 ./././5"
    )
    assert named(built, found) == [("Public Prosecutor's office", "GovernmentBody")]


def test_a_preposition_is_no_particle_of_a_name() -> None:
    built, found = read(
        "He/PRP/nsubj/1 left/VBD/ROOT/1/leave [GPE Zedland/NNP/dobj/1 ] as/IN/prep/1 Minister/NNP/pobj/3 "
        "./././1"
    )
    assert named(built, found) == [("Zedland", "Country")]


def test_a_news_agency_is_one_mention() -> None:
    built, found = read(
        "The/DT/det/3 [PERSON Oskol/NNP/compound/3 ] news/NN/compound/3 agency/NN/nsubj/4 "
        "reported/VBD/ROOT/4/report it/PRP/dobj/4 ./././4"
    )
    assert named(built, found) == [("Oskol", "NewsOrganization")]
    assert found.mention_of[3] == found.mention_of[1]


def test_the_first_of_two_coordinated_names_is_a_person_as_the_second_is() -> None:
    built, found = read(
        "Two/CD/nummod/1 brothers/NNS/nsubj/7/brother ,/,/punct/1 [GPE Tamrun/NNP/appos/1 ] and/CC/cc/3 "
        "[PERSON Ana/NNP/compound/6 Serk/NNP/conj/3 ] left/VBD/ROOT/7 ./././7"
    )
    assert named(built, found) == [("Tamrun", "Person"), ("Ana Serk", "Person")]


def test_a_place_that_is_known_stays_one_before_a_person() -> None:
    built, found = read(
        "[GPE Zedland/NNP/nsubj/4 ] and/CC/cc/0 [PERSON Ana/NNP/compound/3 Serk/NNP/conj/0 ] "
        "spoke/VBD/ROOT/4 ./././4"
    )
    assert named(built, found)[0] == ("Zedland", "Country")


def test_a_surname_spelt_otherwise_is_the_person() -> None:
    built, found = read(
        "[PERSON Ana/NNP/compound/1 Tserkov/NNP/nsubj/2 ] left/VBD/ROOT/2/leave ./././2",
        "[ORG Tzerkov+/NNP/poss/2 ] 's/POS/case/0 bag/NN/nsubj/3 fell/VBD/ROOT/3 ./././3",
    )
    assert chain_of(built, found, "Tzerkov") is chain_of(built, found, "Ana Tserkov")
    assert not one_letter_apart("Karimov", "Karimova")
    assert not one_letter_apart("Lund", "Lynd")


def test_a_rank_of_two_words_leaves_the_body_before_it_alone() -> None:
    built, found = read(
        "ZNB/NNP/compound/4 Brigade/NNP/compound/4 General/NNP/compound/4 [PERSON Otto/NNP/compound/4 "
        "Lund/NNP/nsubj/5 ] spoke/VBD/ROOT/5 ./././5"
    )
    assert named(built, found) == [("ZNB", "Organization"), ("Otto Lund", "Person")]
    assert posts(found) == {("Otto Lund", "Brigade General", "ZNB")}


def test_a_place_within_a_place_behind_a_comma() -> None:
    _, found = read(
        "He/PRP/nsubj/1 fell/VBD/ROOT/1 in/IN/prep/1 Palm/NNP/compound/4 Road/NNP/pobj/2 ,/,/punct/1 "
        "in/IN/prep/1 the/DT/det/9 Lumbo/NNP/compound/9 district/NN/pobj/6 ./././1"
    )
    assert relations(found) == {("Palm Road", "locatedIn", "Lumbo")}


def test_marks_of_direction_are_blanked_and_offsets_stay() -> None:
    assert masked(SourceDocument(id="a", text="In Torit\u200e, rain.")) == "In Torit , rain."
