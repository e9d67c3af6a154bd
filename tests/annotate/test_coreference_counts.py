"""Groups taken up by their number, and pronouns kept apart from what their own clause names."""

from __future__ import annotations

from worldlet import chain_of, posts, read, texts


def test_the_same_number_takes_up_the_group() -> None:
    built, found = read(
        "Four/CD/nummod/1 men/NNS/nsubj/2/man fled/VBD/ROOT/2/flee ./././2",
        "The/DT/det/2 four/CD/nummod/2 men/NNS/nsubj/3/man left/VBD/ROOT/3/leave ./././3",
        "Soldiers/NNS/nsubj/1/soldier killed/VBD/ROOT/1/kill the/DT/det/3 four/CD/dobj/1 ./././1",
    )
    chain = chain_of(built, found, "Four men")
    assert list(texts(built, found, chain)) == ["Four men", "four men", "four"]


def test_another_number_does_not() -> None:
    built, found = read(
        "Four/CD/nummod/1 men/NNS/nsubj/2/man fled/VBD/ROOT/2/flee ./././2",
        "The/DT/det/2 five/CD/nummod/2 men/NNS/nsubj/3/man left/VBD/ROOT/3/leave ./././3",
        "The/DT/det/1 six/CD/nsubj/2 left/VBD/ROOT/2/leave ./././2",
    )
    assert chain_of(built, found, "Four men") is not chain_of(built, found, "five men")
    assert chain_of(built, found, "six") is None


def test_a_subject_is_nobody_whom_its_clause_names() -> None:
    built, found = read(
        "[ORG Sura/NNP/compound/1 ] fighters/NNS/nsubj/2/fighter held/VBD/ROOT/2/hold "
        "villagers/NNS/dobj/2/villager because/IN/mark/6 they/PRP/nsubj/6 "
        "fought/VBD/advcl/2/fight [ORG Sura/NNP/dobj/6 ] ./././2",
    )
    assert "they" not in texts(built, found, chain_of(built, found, "Sura"))


def test_the_group_is_neither_of_two_that_met() -> None:
    built, found = read(
        "The/DT/det/2 Azure/NNP/compound/2 Brigades/NNPS/nsubj/5 and/CC/cc/2 [ORG Sura/NNP/conj/2 ] "
        "clashed/VBD/ROOT/5/clash ./././5",
        "The/DT/det/1 group/NN/nsubj/2 left/VBD/ROOT/2/leave ./././2",
    )
    assert chain_of(built, found, "group") not in (
        chain_of(built, found, "Azure Brigades"),
        chain_of(built, found, "Sura"),
    )


def test_fighters_with_an_owner_are_not_those_of_another() -> None:
    built, found = read(
        "[ORG Sura/NNP/nsubj/1 ] left/VBD/ROOT/1/leave ./././1",
        "The/DT/det/1 front+/NN/poss/3 's/POS/case/1 fighters/NNS/nsubj/4/fighter left/VBD/ROOT/4 ./././4",
    )
    assert chain_of(built, found, "front's fighters") is not chain_of(built, found, "Sura")


def test_a_post_with_a_possessive_is_held_at_what_it_means() -> None:
    _, found = read(
        "The/DT/det/3 Torit/NNP/compound/3 Relief/NNP/compound/3 Commission/NNP/nsubj/4 "
        "condemned/VBD/ROOT/4/condemn police/NNS/dobj/4 ./././4",
        "Its/PRP$/poss/1 chairman/NN/nsubj/6 ,/,/punct/1 [PERSON Ana/NNP/compound/4 Lund/NNP/appos/1 ] "
        ",/,/punct/1 called/VBD/ROOT/6/call for/IN/prep/6 calm/NN/pobj/7 ./././6",
    )
    assert posts(found) == {("Ana Lund", "chairman", "Torit Relief Commission")}
