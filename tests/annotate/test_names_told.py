"""Nouns before and behind a name that tell what it is."""

from __future__ import annotations

import pytest
from worldlet import chain_of, named, posts, read


def test_the_noun_before_a_name_tells_its_class_and_leads_to_it() -> None:
    built, found = read(
        "The/DT/det/2 rebel/NN/compound/2 group/NN/nsubj/5 [PERSON Red/NNP/compound/4 Dawn/NNP/appos/2 ] "
        "left/VBD/ROOT/5 ./././5"
    )
    assert named(built, found) == [("Red Dawn", "ArmedGroup")]
    assert found.mention_of[2] == found.mention_of[4]


def test_the_noun_behind_a_name_overrules_a_word_of_documents_in_it() -> None:
    built, found = read(
        "The/DT/det/3 Civic/NNP/compound/3 Accord/NNP/compound/3 party/NN/nsubj/4 won/VBD/ROOT/4/win ./././4"
    )
    assert named(built, found) == [("Civic Accord", "PoliticalParty")]


def test_an_alias_of_one_of_them_is_a_person() -> None:
    built, found = read(
        "One/CD/nsubj/7 of/IN/prep/0 them/PRP/pobj/1 ,/,/punct/0 known/VBN/acl/0/know as/IN/prep/4 "
        "[ORG Pajaro/NNP/pobj/5 ] fled/VBD/ROOT/7/flee ./././7"
    )
    assert named(built, found) == [("Pajaro", "Person")]


def test_nobody_s_full_name_has_an_article() -> None:
    built, found = read(
        "The/DT/det/2 [PERSON Sula/NNP/compound/2 Brothers/NNPS/nsubj/3 ] fled/VBD/ROOT/3/flee ./././3"
    )
    assert named(built, found) == [("Sula Brothers", "Organization")]


def test_the_first_of_two_surnames_is_the_person() -> None:
    built, found = read(
        "[PERSON Ana/NNP/compound/2 Brito/NNP/compound/2 Lund/NNP/nsubj/3 ] left/VBD/ROOT/3/leave ./././3",
        "[GPE Brito/NNP/nsubj/1 ] spoke/VBD/ROOT/1/speak ./././1",
    )
    assert chain_of(built, found, "Brito") is chain_of(built, found, "Ana Brito Lund")


def test_a_plural_possessive_inside_the_name_of_a_union() -> None:
    built, found = read(
        "The/DT/det/3 Dockers/NNPS/poss/3 '/POS/case/1 Union/NNP/nsubj/4 spoke/VBD/ROOT/4 ./././4"
    )
    assert named(built, found) == [("Dockers ' Union", "InternationalOrganization")]


@pytest.mark.parametrize(("before", "tag", "wanted"), [("police", "NN", True), ("his", "PRP$", False)])
def test_an_office_is_a_body_where_its_holder_is_said(before: str, tag: str, wanted: bool) -> None:
    dep = "compound" if tag == "NN" else "poss"
    built, found = read(f"{before}/{tag}/{dep}/1 office/NN/nsubj/2 spoke/VBD/ROOT/2 ./././2")
    assert (chain_of(built, found, "police office") is not None) is wanted


def test_a_post_of_two_people_is_written_in_the_singular() -> None:
    _, found = read(
        "Presidents/NNPS/compound/2/president [PERSON Ana/NNP/compound/2 Brito/NNP/nsubj/6 ] and/CC/cc/2 "
        "[PERSON Otto/NNP/compound/5 Lund/NNP/conj/2 ] met/VBD/ROOT/6/meet ./././6"
    )
    assert posts(found) == {("Ana Brito", "President", None)}
