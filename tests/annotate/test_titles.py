"""Posts, memberships, homes, and what lies where."""

from __future__ import annotations

from worldlet import posts, read, relations


def test_title_before_the_name_with_its_country() -> None:
    _, found = read(
        "[NORP Zedish/JJ/amod/1 ] President/NNP/compound/3 [PERSON Otto/NNP/compound/3 Lund/NNP/nsubj/4 "
        "] spoke/VBD/ROOT/4 ./././4"
    )
    assert posts(found) == {("Otto Lund", "President", "Zedland")}


def test_title_with_its_body() -> None:
    _, found = read(
        "Defence/NN/compound/1 ministry/NN/compound/2 spokeswoman/NN/compound/4 [PERSON Ana/NNP/compound/4 "
        "Brito/NNP/nsubj/5 ] spoke/VBD/ROOT/5 ./././5"
    )
    assert posts(found) == {("Ana Brito", "spokeswoman", "Defence ministry")}


def test_apposition() -> None:
    _, found = read(
        "[PERSON Otto/NNP/compound/1 Lund/NNP/nsubj/11 ] ,/,/punct/1 a/DT/det/4 spokesman/NN/appos/1 "
        "for/IN/prep/4 "
        "the/DT/det/8 Zedish/JJ/amod/8 army/NN/pobj/5 ,/,/punct/1 also/RB/advmod/11 spoke/VBD/ROOT/11 "
        "./././11"
    )
    assert posts(found) == {("Otto Lund", "spokesman", "Zedish army")}


def test_another_speaker_is_no_apposition() -> None:
    _built, found = read(
        "They/PRP/nsubj/1 left/VBD/ccomp/9/leave [PERSON Qorn/NNP/dobj/1 ] ,/,/punct/9 a/DT/det/7 "
        "UN/NNP/compound/7 "
        "relief/NN/compound/7 spokesman/NN/nsubj/9 then/RB/advmod/9 said/VBD/ROOT/9/say ./././9"
    )
    assert not any(holder == "Qorn" for holder, _, _ in posts(found))


def test_reversed_apposition_and_home() -> None:
    _, found = read(
        "Kivar+/NNP/poss/2 's/POS/case/0 leader/NN/nsubj/7 ,/,/punct/2 [PERSON Otto/NNP/compound/5 "
        "Lund/NNP/appos/2 ] ,/,/punct/2 "
        "left/VBD/ROOT/7 ./././7",
        "Another/DT/det/2 Torit/NNP/compound/2 resident/NN/nsubj/7 ,/,/punct/2 [PERSON "
        "Ana/NNP/compound/5 Brito/NNP/appos/2 ] "
        ",/,/punct/2 left/VBD/ROOT/7 ./././7",
    )
    assert ("Otto Lund", "leader", "Kivar") in posts(found)
    assert ("Ana Brito", "residentOf", "Torit") in relations(found)


def test_member() -> None:
    _, found = read(
        "[PERSON Otto/NNP/compound/1 Lund/NNP/nsubj/10 ] ,/,/punct/1 a/DT/det/4 member/NN/appos/1 "
        "of/IN/prep/4 "
        "the/DT/det/8 provincial/JJ/amod/8 council/NN/pobj/5 ,/,/punct/1 left/VBD/ROOT/10 ./././10"
    )
    assert relations(found) == {("Otto Lund", "memberOf", "provincial council")}


def test_relative_clause_and_verb() -> None:
    _, found = read(
        "[PERSON Otto/NNP/compound/1 Lund/NNP/nsubj/7 ] ,/,/punct/1 who/WP/nsubj/4 "
        "heads/VBZ/relcl/1/head Sura/NNP/dobj/4 ,/,/punct/1 "
        "left/VBD/ROOT/7 ./././7"
    )
    assert posts(found) == {("Otto Lund", "head", "Sura")}


def test_elected_and_resigned() -> None:
    _, found = read(
        "[PERSON Ana/NNP/compound/1 Brito/NNP/nsubjpass/3 ] was/VBD/auxpass/3 elected/VBN/ROOT/3/elect "
        "president/NN/oprd/3 of/IN/prep/4 "
        "Yarland/NNP/pobj/5 ./././3",
        "[PERSON Otto/NNP/compound/1 Lund/NNP/nsubj/2 ] resigned/VBD/ROOT/2/resign as/IN/prep/2 "
        "mayor/NN/pobj/3 of/IN/prep/4 Torit/NNP/pobj/5 ./././2",
    )
    assert posts(found) == {("Ana Brito", "president", "Yarland"), ("Otto Lund", "mayor", "Torit")}
    assert {h.title for h in found.holdings if h.former} == {"mayor"}


def test_former() -> None:
    _, found = read(
        "Former/JJ/amod/3 interior/JJ/amod/2 minister/NN/compound/4 [PERSON Otto/NNP/compound/4 "
        "Lund/NNP/nsubj/5 ] left/VBD/ROOT/5 ./././5"
    )
    assert [(h.title, h.former) for h in found.holdings] == [("interior minister", True)]


def test_capital() -> None:
    _, found = read(
        "Kivar+/NNP/poss/2 's/POS/case/0 capital/NN/compound/3 Torit/NNP/nsubj/4 fell/VBD/ROOT/4 ./././4",
        "Bol/NNP/nsubj/7 ,/,/punct/0 the/DT/det/3 capital/NN/appos/0 of/IN/prep/3 Zedland/NNP/pobj/4 "
        ",/,/punct/0 fell/VBD/ROOT/7 ./././7",
    )
    assert relations(found) == {("Torit", "capitalOf", "Kivar"), ("Bol", "capitalOf", "Zedland")}


def test_located_in() -> None:
    _, found = read(
        "Bol+/NNP/poss/3 's/POS/case/0 Kafia/NNP/compound/3 district/NN/nsubj/4 burned/VBD/ROOT/4 ./././4",
        "It/PRP/nsubj/1 hit/VBD/ROOT/1 Torit/NNP/dobj/1 ,/,/punct/2 northern/JJ/amod/5 Kivar/NNP/appos/2 "
        "./././1",
    )
    assert relations(found) == {("Kafia", "locatedIn", "Bol"), ("Torit", "locatedIn", "Kivar")}


def test_a_list_is_no_location() -> None:
    _, found = read(
        "It/PRP/nsubj/1 hit/VBD/ROOT/1 Torit/NNP/dobj/1 ,/,/punct/2 Bol/NNP/conj/2 and/CC/cc/4 "
        "Kivar/NNP/conj/4 ./././1"
    )
    assert relations(found) == set()


def test_part_of() -> None:
    _, found = read(
        "The/DT/det/2 Zedish/JJ/amod/2 army+/NN/poss/5 's/POS/case/2 42/CD/nummod/5 Brigade/NNP/nsubj/6 "
        "left/VBD/ROOT/6 ./././6"
    )
    assert relations(found) == {("42 Brigade", "partOf", "Zedish army")}


def test_adjective_of_a_region_named_nowhere_else() -> None:
    _, found = read(
        "Sicilian/JJ/amod/1 President/NNP/compound/3 [PERSON Otto/NNP/compound/3 Lund/NNP/nsubj/4 ] "
        "spoke/VBD/ROOT/4 ./././4"
    )
    assert posts(found) == {("Otto Lund", "President", "Sicily")}


def test_two_posts_joined_by_and() -> None:
    _, found = read(
        "[PERSON Otto/NNP/compound/1 Lund/NNP/nsubj/12 ] ,/,/punct/1 the/DT/det/4 mayor/NN/appos/1 "
        "of/IN/prep/4 Torit/NNP/pobj/5 and/CC/cc/4 a/DT/det/10 former/JJ/amod/10 army/NN/compound/10 "
        "chief/NN/conj/4 ,/,/punct/1 left/VBD/ROOT/12 ./././12"
    )
    assert ("Otto Lund", "mayor", "Torit") in posts(found)
    assert [h.title for h in found.holdings if h.former] == ["army chief"]


def test_the_place_of_the_deed_is_not_the_place_of_the_post() -> None:
    _, found = read(
        "[PERSON Ana/NNP/compound/1 Brito/NNP/nsubjpass/3 ] was/VBD/auxpass/3 elected/VBN/ROOT/3/elect "
        "president/NN/oprd/3 in/IN/prep/3 Torit/NNP/pobj/5 ./././3"
    )
    assert posts(found) == {("Ana Brito", "president", None)}
