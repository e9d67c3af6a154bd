"""Nominal mentions: groups, single people, quantities, descriptions of places."""

from __future__ import annotations

from worldlet import chain_of, read, texts


def test_span_without_determiner_and_name_without_number() -> None:
    built, found = read(
        "The/DT/det/3 12/CD/nummod/3 hooded/JJ/amod/3 gunmen/NNS/nsubj/4/gunman fled/VBD/ROOT/4/flee ./././4",
        steps=2,
    )
    group = chain_of(built, found, "12 hooded gunmen")
    assert group is not None
    assert (group.name, group.kind, group.named) == ("hooded gunmen", "Group", False)


def test_one_person_and_one_body() -> None:
    built, found = read(
        "A/DT/det/1 gunman/NN/nsubj/2 met/VBD/ROOT/2/meet the/DT/det/4 police/NN/dobj/2 ./././2", steps=2
    )
    person, body = chain_of(built, found, "gunman"), chain_of(built, found, "police")
    assert person is not None
    assert body is not None
    assert (person.kind, body.kind) == ("Person", "Group")


def test_modifiers_are_no_mentions() -> None:
    _built, found = read("Police/NN/compound/1 work/NN/nsubj/2 stopped/VBD/ROOT/2 ./././2", steps=2)
    assert found.mentions == []


def test_hundreds_of_fighters_are_the_fighters() -> None:
    _built, found = read(
        "Hundreds/NNS/nsubj/3/hundred of/IN/prep/0 fighters/NNS/pobj/1/fighter fled/VBD/ROOT/3/flee ./././3",
        steps=2,
    )
    assert found.mention_of[0] == found.mention_of[2]


def test_the_city_of_a_name_leads_to_the_name() -> None:
    _built, found = read(
        "They/PRP/nsubj/1 left/VBD/ROOT/1/leave the/DT/det/3 city/NN/dobj/1 of/IN/prep/3 Bol/NNP/pobj/4 "
        "./././1",
        steps=2,
    )
    assert found.mention_of[3] == found.mention_of[5]


def test_the_town_is_the_place_spoken_of() -> None:
    built, found = read(
        "Rebels/NNS/nsubj/1/rebel took/VBD/ROOT/1/take Torit/NNP/dobj/1 ./././1",
        "The/DT/det/1 town/NN/nsubj/2 burned/VBD/ROOT/2 ./././2",
    )
    assert list(texts(built, found, chain_of(built, found, "Torit"))) == ["Torit", "town"]


def test_no_town_where_two_are_level() -> None:
    built, found = read(
        "Torit/NNP/nsubj/3 and/CC/cc/0 Brito/NNP/conj/0 fell/VBD/ROOT/3/fall ./././3",
        "The/DT/det/1 town/NN/nsubj/2 burned/VBD/ROOT/2 ./././2",
    )
    assert chain_of(built, found, "town") is None


def test_the_capital_is_the_seat_of_the_home_country() -> None:
    built, found = read(
        "Bol/NNP/nsubj/1 and/CC/cc/0 Torit/NNP/conj/0 in/IN/prep/0 Zedland/NNP/pobj/3 burned/VBD/ROOT/5 "
        "./././5",
        "The/DT/det/1 capital/NN/nsubj/2 fell/VBD/ROOT/2/fall ./././2",
    )
    assert "capital" in texts(built, found, chain_of(built, found, "Bol"))


def test_the_country() -> None:
    built, found = read(
        "Zedland/NNP/nsubj/1 burned/VBD/ROOT/1 ./././1",
        "Rebels/NNS/nsubj/1/rebel left/VBD/ROOT/1/leave the/DT/det/3 country/NN/dobj/1 ./././1",
    )
    assert "country" in texts(built, found, chain_of(built, found, "Zedland"))
