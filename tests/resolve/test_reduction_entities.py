from __future__ import annotations

import pytest
from reduction_cases import RULES, article, body, group, named, of, person, place, reduced

from kg.errors import DataError
from kg.model import Link, MentionRef, Place
from kg.resolve.digest import Digest, DigestHolding, DigestRelation

CITY = place("Zelm", "11")
ELSEWHERE = place("Orm", "22", country="XB")


def links(id_: str, label: str, kind: str = "Organization", *more: str) -> Link:
    return Link(
        id=id_, label=label, kind=kind, confidence=0.8, reason="in the gazetteer", alternate_names=more
    )


def test_one_link_is_one_entity_under_its_own_id() -> None:
    link = links("wikidata/Q1", "Blue Front", "ArmedGroup", "BF")
    found = reduced(
        article("a", [body("Blue Front", link=link)]), article("b", [body("the Blues", link=link)])
    )
    (entity,) = found.entities
    assert (entity.id, entity.label, entity.kind) == ("wikidata/Q1", "Blue Front", "ArmedGroup")
    assert entity.alternate_labels == ("BF", "the Blues")
    assert entity.mentions == (MentionRef(article="a", key="m0"), MentionRef(article="b", key="m0"))
    assert entity.confidence == 0.8
    assert entity.reason == "in the gazetteer"


def test_a_name_without_link_joins_the_linked_one_of_that_name() -> None:
    link = links("wikidata/Q1", "Blue Front", "Organization", "Front of the Blues")
    found = reduced(
        article("a", [body("Blue Front", link=link), CITY]),
        article("b", [body("the Front of Blues"), CITY]),
        article("c", [body("Blue Front"), CITY]),
    )
    assert of(found, "a", 0) is of(found, "b", 0) is of(found, "c", 0)
    assert "the same name as what is linked" in (of(found, "a", 0).reason or "")


def test_two_links_of_one_name_stay_two_and_the_unlinked_third_apart() -> None:
    found = reduced(
        article("a", [body("Blue Front", link=links("x/1", "Blue Front")), CITY]),
        article("b", [body("Blue Front", link=links("x/2", "Blue Front")), CITY]),
        article("c", [body("Blue Front"), CITY]),
    )
    assert len({of(found, each, 0).id for each in "abc"}) == 3


def test_names_are_one_whatever_case_accents_hyphens_and_titles() -> None:
    found = reduced(
        article("a", [person("Émil al-Sarov")]),
        article("b", [person("EMIL AL SAROV")]),
        article("c", [person("General Emil Sarov")]),
        article("d", [person("Emil J. Sarov")]),
    )
    (entity,) = found.entities
    assert entity.kind == "Person"
    assert len(entity.mentions) == 4
    assert entity.confidence < 1
    assert entity.reason == "the same name in several articles"


def test_families_are_never_mixed() -> None:
    found = reduced(
        article("a", [person("Victor Hale")]),
        article("b", [body("Victor Hale")]),
        article("c", [place("Victor Hale", country="XA") | {"country": "XA"}]),
    )
    assert sorted(entity.id for entity in found.entities) == [
        "organization/victor-hale",
        "person/victor-hale",
        "place/victor-hale",
    ]


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        (["Organization", "ArmedGroup"], "ArmedGroup"),
        (["ArmedGroup", "PoliticalParty"], "Organization"),
        (["ArmedGroup", "ArmedGroup", "ArmedGroup", "PoliticalParty"], "ArmedGroup"),
        (["Organization"], "Organization"),
    ],
)
def test_the_kind_is_the_narrowest_agreed_on(kinds: list[str], kind: str) -> None:
    found = reduced(
        *(article(f"a{n}", [body("Blue Front") | {"kind": each}]) for n, each in enumerate(kinds))
    )
    assert [entity.kind for entity in found.entities] == [kind]


def test_a_surname_joins_the_only_full_name_that_fits() -> None:
    found = reduced(article("a", [person("Emil Sarov"), CITY]), article("b", [person("Sarov"), CITY]))
    entity = of(found, "b", 0)
    assert entity.label == "Emil Sarov"
    assert entity.alternate_labels == ("Sarov",)
    assert entity.confidence == 0.8


def test_a_surname_that_two_full_names_fit_stays_apart() -> None:
    found = reduced(
        article("a", [person("Emil Sarov"), CITY]),
        article("b", [person("Ada Sarov"), CITY]),
        article("c", [person("Sarov"), CITY]),
    )
    assert len(named(found, "Sarov")) == 1


def test_of_two_bearers_the_one_whose_articles_speak_of_the_same_is_taken() -> None:
    found = reduced(
        article("a", [person("Emil Sarov"), CITY]),
        article("b", [person("Ada Sarov"), ELSEWHERE]),
        article("c", [person("Sarov"), ELSEWHERE]),
    )
    assert of(found, "c", 0).label == "Ada Sarov"


def test_a_surname_in_articles_on_other_things_stays_apart() -> None:
    found = reduced(article("a", [person("Emil Sarov"), CITY]), article("b", [person("Sarov"), ELSEWHERE]))
    assert of(found, "b", 0).label == "Sarov"


def test_single_names_are_one_only_in_articles_on_the_same_things() -> None:
    found = reduced(
        article("a", [person("Sarov"), CITY]),
        article("b", [person("Sarov"), CITY]),
        article("c", [person("Sarov"), ELSEWHERE]),
    )
    assert of(found, "a", 0) is of(found, "b", 0)
    assert of(found, "c", 0) is not of(found, "a", 0)
    assert {entity.id for entity in named(found, "Sarov")} > {"person/sarov"}


def test_middle_names_may_be_left_out() -> None:
    found = reduced(
        article("a", [person("Emil Borov Sarov"), CITY]), article("b", [person("Emil Sarov"), CITY])
    )
    assert of(found, "a", 0) is of(found, "b", 0)
    assert of(found, "a", 0).label == "Emil Borov Sarov"


@pytest.mark.parametrize(
    "spellings",
    [
        ["Mohammad Nour", "Mohammed Noor", "Muhammad Nur"],
        ["Serhiy Hayday", "Serhii Haidai"],
        ["Ibrahim Jabawi", "Ibrahim Jebawi"],
        ["Abdullah Haqqani", "Abdulla Hakani"],
    ],
)
def test_spellings_of_one_name_are_one(spellings: list[str]) -> None:
    found = reduced(*(article(f"a{n}", [person(each), CITY]) for n, each in enumerate(spellings)))
    assert len({of(found, f"a{n}", 0).id for n in range(len(spellings))}) == 1
    assert "a spelling of the same name" in (of(found, "a0", 0).reason or "")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hassan Noor", "Hussein Noor"), ("Jamal Karim", "Jamil Karim"), ("Ali Noor", "Ali Nasr")],
)
def test_other_names_are_no_spellings(one: str, other: str) -> None:
    found = reduced(article("a", [person(one), CITY]), article("b", [person(other), CITY]))
    assert of(found, "a", 0) is not of(found, "b", 0)


def test_spellings_stay_apart_without_common_ground_or_in_one_article() -> None:
    names = [person("Mohammad Nour"), person("Muhammad Noor")]
    apart = reduced(article("a", [names[0], CITY]), article("b", [names[1], ELSEWHERE]))
    assert of(apart, "a", 0) is not of(apart, "b", 0)
    within = reduced(article("a", [*names, CITY]))
    assert of(within, "a", 0) is not of(within, "a", 1)


def test_ministries_are_one_in_any_order_and_with_the_countrys_adjective() -> None:
    at_home = place("Ardania", "1", kind="Country")
    found = reduced(
        article("a", [body("Ministry of Defence"), at_home]),
        article("b", [body("Ardan Defense Ministry"), ELSEWHERE]),
        article("c", [body("defence ministry", country="XA"), ELSEWHERE]),
    )
    assert len({of(found, each, 0).id for each in "abc"}) == 1
    assert of(found, "a", 0).id == "organization/ardan-defense-ministry-xa"


def test_ministries_of_two_countries_stay_two() -> None:
    found = reduced(
        article("a", [body("Ministry of Defence"), place("Ardania", "1", kind="Country")]),
        article("b", [body("Ministry of Defence"), place("Boria", "2", "XB", kind="Country")]),
    )
    assert [entity.id for entity in named(found, "Ministry of Defence")] == [
        "organization/ministry-of-defence-xa",
        "organization/ministry-of-defence-xb",
    ]


def test_a_ministry_of_no_known_country_stays_in_its_article() -> None:
    found = reduced(article("a", [body("Ministry of Defence")]), article("b", [body("Ministry of Defence")]))
    assert [entity.id for entity in found.entities] == [
        "organization/ministry-of-defence-a-0",
        "organization/ministry-of-defence-b-0",
    ]


def test_an_armed_group_named_after_an_army_has_no_country() -> None:
    army = body("Army of Dawn") | {"kind": "ArmedGroup"}
    found = reduced(article("a", [army, CITY]), article("b", [army, ELSEWHERE]))
    assert of(found, "a", 0) is of(found, "b", 0)


def test_a_name_with_and_without_the_adjective_where_the_article_is_about_that_country() -> None:
    found = reduced(
        article("a", [body("Borian Wheat Union"), ELSEWHERE]),
        article("b", [body("Wheat Union"), ELSEWHERE]),
        article("c", [body("Wheat Union") | {"kind": "Company"}, ELSEWHERE]),
    )
    assert of(found, "a", 0) is of(found, "b", 0) is of(found, "c", 0)
    apart = reduced(
        article("a", [body("Borian Wheat Union"), CITY]), article("b", [body("Wheat Union"), CITY])
    )
    assert of(apart, "a", 0) is not of(apart, "b", 0)


def test_an_abbreviation_joins_what_an_article_explains_it_as() -> None:
    found = reduced(
        article("a", [body("Democratic Harbour Forces", "DHF"), CITY]), article("b", [body("DHF"), CITY])
    )
    assert of(found, "b", 0).label == "Democratic Harbour Forces"
    several = reduced(
        article("a", [body("Democratic Harbour Forces", "DHF"), CITY]),
        article("b", [body("DHF"), CITY]),
        article("c", [body("Daily Herald Foundation", "DHF"), CITY]),
    )
    assert of(several, "b", 0).label == "DHF"


def test_places_of_one_name_in_two_countries_or_of_two_kinds_stay_apart() -> None:
    found = reduced(
        article("a", [place("Kol") | {"country": "XA"}]),
        article("b", [place("Kol") | {"country": "XB"}]),
        article("c", [place("Kol", kind="Province") | {"country": "XA"}]),
        article("d", [place("Kol") | {"country": "XA"}]),
        article("e", [place("Kol")]),
    )
    assert of(found, "a", 0) is of(found, "d", 0)
    assert len(found.entities) == 4


def test_unnamed_people_are_entities_only_where_they_take_part() -> None:
    chains = [group("residents"), group("gunmen")]
    found = reduced(article("a", chains, [{"kind": "Attack", "agents": (1,)}]))
    assert [entity.id for entity in found.entities] == ["group/gunmen-a-1"]


def test_bare_groups_stay_in_their_article() -> None:
    told = [{"kind": "Attack", "agents": (0,)}]
    found = reduced(article("a", [group("gunmen")], told), article("b", [group("gunmen")], told))
    assert [entity.id for entity in found.entities] == ["group/gunmen-a-0", "group/gunmen-b-0"]


def test_standing_groups_of_a_country_are_one() -> None:
    told = [{"kind": "Attack", "agents": (0,)}]
    found = reduced(
        article("a", [group("Ardan government forces", country="XA")], told),
        article("b", [group("the Ardan government forces", country="XA")], told),
        article("c", [group("Ardan government forces", country="XB")], told),
        article("d", [group("several Ardan government forces", country="XA")], told),
        article("e", [group("Ardan officials", country="XA")], told),
    )
    assert of(found, "a", 0) is of(found, "b", 0)
    assert of(found, "a", 0).id == "group/ardan-government-forces-xa"
    assert len(found.entities) == 4


def test_ids_are_safe_and_told_apart() -> None:
    found = reduced(
        article("é/ü.txt", [person("Пётр Орлов"), person("Øyvind Ål"), body("???")]),
        article("z", [group("men")], [{"kind": "Attack", "agents": (0,)}]),
    )
    ids = [entity.id for entity in found.entities]
    assert len(set(ids)) == 4
    assert all(id_.isascii() and not set(id_) & set(" ?#<>") and not id_.endswith("/") for id_ in ids)
    assert "person/oyvind-al" in ids


def test_the_label_is_the_fullest_name_and_the_most_frequent() -> None:
    found = reduced(
        article("a", [person("Emil Sarov", "Sarov")]),
        article("b", [person("EMIL SAROV")]),
        article("c", [person("Emil Sarov")]),
    )
    (entity,) = found.entities
    assert entity.label == "Emil Sarov"
    assert entity.alternate_labels == ("EMIL SAROV", "Sarov")


def test_places_lie_in_those_around_them_and_are_capitals_of_what_is_there() -> None:
    around = {
        "5": Place(id="5", name="Upper Arda", kind="Province", country="XA", parents=("6",)),
        "6": Place(id="6", name="Ardania", kind="Country", country="XA"),
        "7": Place(id="7", name="Zelm", kind="District", country="XA"),
    }
    town = place("Zelm", "11", parents=("7", "5", "6"), capital_of=("5", "99"))
    bare = reduced(article("a", [town]))
    assert bare.entities[0].relations == ()
    full = reduced(article("a", [town]), parents=around.get)
    assert [entity.id for entity in full.entities] == ["geonames/11", "geonames/5", "geonames/6"]
    assert full.entities[0].relations == (
        ("capitalOf", "geonames/5"),
        ("locatedIn", "geonames/5"),
        ("locatedIn", "geonames/6"),
    )
    assert full.entities[1].relations == (("locatedIn", "geonames/6"),)
    assert full.entities[1].mentions == ()
    assert full.entities[1].link is not None
    assert full.entities[1].link.same_as == ("https://sws.geonames.org/5/",)


def test_relations_are_between_entities_and_said_once() -> None:
    told = (DigestRelation(subject=0, relation="partOf", object=1),)
    chains = [body("Ninth Brigade"), body("Blue Front")]
    found = reduced(article("a", chains, relations=told), article("b", chains, relations=told))
    assert of(found, "a", 0).relations == (("partOf", "organization/blue-front"),)


def held(id_: str, title: str, date: str | None, former: bool = False) -> Digest:
    holding = DigestHolding(holder=0, title=title, at=1, former=former, mentions=("m0",))
    return article(id_, [person("Emil Sarov"), body("Blue Front")], date=date, holdings=(holding,))


def test_one_post_for_a_holder_a_title_and_a_body() -> None:
    found = reduced(
        held("a", "Chief Spokesman", "2019-03-02"),
        held("b", "chief spokesman", "2019-04"),
        held("c", "cook", None),
    )
    assert [(each.id, each.as_of, len(each.mentions)) for each in found.positions] == [
        ("position/emil-sarov-chief-spokesman-blue-front", "2019-04", 2),
        ("position/emil-sarov-cook-blue-front", None, 1),
    ]
    assert found.positions[0].title == "Chief Spokesman"
    assert (found.positions[0].holder, found.positions[0].at) == (
        "person/emil-sarov",
        "organization/blue-front",
    )


def test_a_post_given_up_stands_apart() -> None:
    found = reduced(held("a", "cook", "2019"), held("b", "cook", "2020", former=True))
    assert [(each.id, each.former) for each in found.positions] == [
        ("position/emil-sarov-cook-blue-front", False),
        ("position/emil-sarov-cook-blue-front-former", True),
    ]


def test_two_articles_of_one_identifier_are_refused() -> None:
    with pytest.raises(DataError, match="'a'"):
        reduced(article("a", []), article("a", []))


def test_nothing_gives_nothing() -> None:
    found = reduced()
    assert (found.entities, found.positions, found.events) == ((), (), ())


def test_the_rules_know_the_line_of_a_class() -> None:
    assert RULES.line("Province") == ("Province", "AdministrativeArea", "Place")
    assert RULES.narrower("Attack", "Bombing") == "Bombing"
    assert RULES.narrower("Airstrike", "Bombing") is None
