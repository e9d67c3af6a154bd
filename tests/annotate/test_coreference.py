"""Chains: short names, abbreviations, descriptions, pronouns; and what must stay apart."""

from __future__ import annotations

import pytest
from worldlet import chain_of, posts, read, texts

from kg.annotate.adjectives import derives
from kg.annotate.aliases import abbreviates


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("SDF", "Syrian Democratic Forces", True),
        ("U.N.", "United Nations", True),
        ("ISIL", "Islamic State of Iraq and the Levant", True),
        ("Un", "United Nations", False),
        ("FAO", "United Nations", False),
        ("AA", "Aden", False),
    ],
)
def test_abbreviations(short: str, full: str, fits: bool) -> None:
    assert abbreviates(short, full) is fits


@pytest.mark.parametrize(
    ("word", "place", "fits"),
    [
        ("Sindhi", "Sindh", True),
        ("Bavarian", "Bavaria", True),
        ("Bolt", "Bol", False),
        ("Kivar", "Kivar", False),
    ],
)
def test_adjectives_of_regions(word: str, place: str, fits: bool) -> None:
    assert derives(word, place) is fits


def test_a_surname_takes_up_the_full_name() -> None:
    built, found = read(
        "[PERSON Otto/NNP/compound/1 Lund/NNP/nsubj/2 ] left/VBD/ROOT/2 ./././2",
        "[PERSON Lund/NNP/nsubj/1 ] spoke/VBD/ROOT/1 ./././1",
    )
    chain = chain_of(built, found, "Lund")
    assert chain is not None
    assert (chain.name, chain.names) == ("Otto Lund", {"Otto Lund", "Lund"})


def test_two_people_of_one_surname_stay_apart() -> None:
    built, found = read(
        "[PERSON Otto/NNP/compound/1 Lund/NNP/nsubj/2 ] left/VBD/ROOT/2 ./././2",
        "[PERSON Ana/NNP/compound/1 Lund/NNP/nsubj/2 ] spoke/VBD/ROOT/2 ./././2",
        "[PERSON Lund/NNP/nsubj/1 ] slept/VBD/ROOT/1 ./././1",
    )
    otto, ana = chain_of(built, found, "Otto Lund"), chain_of(built, found, "Ana Lund")
    assert otto is not ana
    assert chain_of(built, found, "Lund") is ana  # who was named last


def test_entries_of_one_id_are_one_chain() -> None:
    built, found = read(
        "The/DT/det/2 United/NNP/compound/2 Nations/NNPS/nsubj/3 spoke/VBD/ROOT/3 ./././3",
        "The/DT/det/1 UN/NNP/nsubj/2 left/VBD/ROOT/2 ./././2",
    )
    assert chain_of(built, found, "UN") is chain_of(built, found, "United Nations")


def test_ministry_by_both_orders_of_its_words() -> None:
    _built, found = read(
        "The/DT/det/1 ministry/NN/nsubj/4 of/IN/prep/1 defence/NN/pobj/2 spoke/VBD/ROOT/4 ./././4",
        "The/DT/det/2 defense/NN/compound/2 ministry/NN/nsubj/3 spoke/VBD/ROOT/3 ./././3",
        "The/DT/det/1 ministry/NN/nsubj/2 spoke/VBD/ROOT/2 ./././2",
    )
    assert len(found.chains) == 1


def test_militants_are_the_one_armed_group() -> None:
    built, found = read(
        "Sura/NNP/compound/1 fighters/NNS/nsubj/2/fighter left/VBD/ROOT/2 ./././2",
        "The/DT/det/1 militants/NNS/nsubj/2/militant fled/VBD/ROOT/2/flee ./././2",
        "Anti-Sura/JJ/amod/1 militias/NNS/nsubj/2/militia came/VBD/ROOT/2/come ./././2",
    )
    assert list(texts(built, found, chain_of(built, found, "Sura"))) == ["Sura", "Sura fighters", "militants"]


def test_forces_of_two_countries_stay_apart() -> None:
    built, found = read(
        "Zedish/JJ/amod/1 forces/NNS/nsubj/2/force hit/VBD/ROOT/2 Yarish/JJ/amod/4 "
        "troops/NNS/dobj/2/troop in/IN/prep/2 Zedland/NNP/pobj/5 ./././2",
        "Government/NN/compound/1 forces/NNS/nsubj/2/force left/VBD/ROOT/2 ./././2",
    )
    own = chain_of(built, found, "Zedish forces")
    assert own is not chain_of(built, found, "Yarish troops")
    assert own is chain_of(built, found, "Government forces")


def test_the_leader_is_the_president_of_that_country() -> None:
    built, found = read(
        "Zedish/JJ/amod/1 President/NNP/compound/3 [PERSON Otto/NNP/compound/3 Lund/NNP/nsubj/4 ] "
        "spoke/VBD/ROOT/4 ./././4",
        "The/DT/det/2 Zedish/JJ/amod/2 leader/NN/nsubj/3 left/VBD/ROOT/3 ./././3",
        "The/DT/det/2 Yarish/JJ/amod/2 leader/NN/nsubj/3 left/VBD/ROOT/3 ./././3",
    )
    otto = chain_of(built, found, "Otto Lund")
    assert chain_of(built, found, "Zedish leader") is otto
    assert chain_of(built, found, "Yarish leader") is not otto


def test_pronoun_by_gender_of_the_given_name() -> None:
    built, found = read(
        "[PERSON Maria/NNP/compound/1 Lund/NNP/nsubj/2 ] met/VBD/ROOT/2/meet [PERSON Otto/NNP/compound/4 "
        "Brito/NNP/dobj/2 ] ./././2",
        "He/PRP/nsubj/1 left/VBD/ROOT/1 ./././1",
        "She/PRP/nsubj/1 slept/VBD/ROOT/1 ./././1",
    )
    assert "He" in texts(built, found, chain_of(built, found, "Otto Brito"))
    assert "She" in texts(built, found, chain_of(built, found, "Maria Lund"))


def test_they_are_the_subject_of_the_last_sentence() -> None:
    built, found = read(
        "Rebels/NNS/nsubj/1/rebel surrounded/VBD/ROOT/1 Torit/NNP/dobj/1 ./././1",
        "They/PRP/nsubj/1 left/VBD/ROOT/1 ./././1",
    )
    assert "They" in texts(built, found, chain_of(built, found, "Rebels"))


def test_expletive_it_speaks_of_nothing() -> None:
    built, found = read(
        "Torit/NNP/nsubj/1 burned/VBD/ROOT/1 ./././1",
        "It/PRP/nsubj/1 is/VBZ/ROOT/1/be clear/JJ/acomp/1 that/IN/mark/5 rebels/NNS/nsubj/5/rebel "
        "left/VBD/ccomp/1 ./././1",
    )
    assert chain_of(built, found, "It") is None


def test_an_unnamed_speaker_and_the_name_that_follows() -> None:
    built, found = read(
        "A/DT/det/2 local/JJ/amod/2 mayor/NN/nsubj/3 said/VBD/ROOT/3/say rebels/NNS/nsubj/5/rebel "
        "left/VBD/ccomp/3 ./././3",
        "[PERSON Ana/NNP/compound/1 Brito/NNP/nsubj/2 ] said/VBD/ROOT/2/say people/NNS/nsubj/4 "
        "fled/VBD/ccomp/2 ./././2",
    )
    assert chain_of(built, found, "local mayor") is chain_of(built, found, "Ana Brito")
    assert posts(found) == {("Ana Brito", "local mayor", None)}


def test_every_mention_is_in_its_chain_once() -> None:
    _built, found = read(
        "Sura/NNP/compound/1 fighters/NNS/nsubj/2/fighter left/VBD/ROOT/2 Torit/NNP/dobj/2 ./././2",
        "They/PRP/nsubj/1 said/VBD/ROOT/1/say the/DT/det/3 town/NN/nsubj/4 burned/VBD/ccomp/1 ./././1",
    )
    assert [chain.id for chain in found.chains] == list(range(len(found.chains)))
    listed = sorted(index for chain in found.chains for index in chain.mentions)
    assert listed == list(range(len(found.mentions)))
    assert all(index in found.chains[m.chain].mentions for index, m in enumerate(found.mentions))


def test_rebels_are_not_a_group_named_later_and_once() -> None:
    built, found = read(
        "Rebels/NNS/nsubj/1/rebel left/VBD/ROOT/1 Torit/NNP/dobj/1 ./././1",
        "Sura/NNP/nsubj/1 denied/VBD/ROOT/1/deny it/PRP/dobj/1 ./././1",
    )
    assert chain_of(built, found, "Rebels") is not chain_of(built, found, "Sura")


def test_an_object_pronoun_is_not_the_subject_of_its_clause() -> None:
    built, found = read(
        "The/DT/det/1 rebels/NNS/nsubj/2/rebel left/VBD/ROOT/2 ./././2",
        "The/DT/det/1 soldiers/NNS/nsubj/2/soldier killed/VBD/ROOT/2/kill them/PRP/dobj/2 ./././2",
    )
    assert "them" in texts(built, found, chain_of(built, found, "rebels"))
