"""Linking: which of the namesakes is meant, and when none is."""

from __future__ import annotations

import pytest
from linking_cases import article, open_world

from kg.gazetteer.gazetteers import Gazetteers
from kg.model import AnnotatedDocument, Chain, RelationClaim
from kg.resolve.linking import Linker


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Gazetteers:
    return open_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def linker(world: Gazetteers) -> Linker:
    return Linker(world)


def ids(linker: Linker, annotated: AnnotatedDocument) -> list[str | None]:
    """The id of each chain's link, in order of the chains."""
    links = linker.link(annotated).links
    return [links[chain.id].id if chain.id in links else None for chain in annotated.chains]


def test_a_link_has_everything(linker: Linker) -> None:
    resolved = linker.link(article("Ostra in Aaland fell.", ("Place", "Ostra"), ("Place", "Aaland")))
    link = resolved.links[0]
    assert link.id == "geonames/101"
    assert link.same_as == ("https://sws.geonames.org/101/",)
    assert (link.label, link.kind) == ("Ostra", "PopulatedPlace")
    assert link.place is not None
    assert link.place.parents == ("11", "1")
    assert link.confidence > 0.9
    assert link.reason == "the one in Aaland, which the article names it with"


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Shells fell on Tarn.", "Place", "geonames/100"),  # the seat of the province of its name
        ("Shells fell on Velo.", "Place", "geonames/11"),  # the town is not the seat of Velo
        ("Shells fell on Tarn province.", "Place", "geonames/10"),
        ("Shells fell on the province of Tarn.", "Place", "geonames/10"),
        ("Shells fell on the city of Velo.", "Place", "geonames/102"),
        ("Shells fell on Velo's villages.", "Province", "geonames/11"),
        ("Shells fell on Nidal.", "Place", "geonames/104"),
        ("Shells fell on Nidal district.", "Place", "geonames/20"),
    ],
)
def test_a_town_and_the_areas_of_its_name(linker: Linker, text: str, kind: str, expected: str) -> None:
    name = next(name for name in ("Tarn", "Velo", "Nidal") if name in text)
    assert ids(linker, article(f"{text} Aaland mourned.", (kind, name), ("Country", "Aaland")))[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Springfield fell.", "geonames/105"),  # the larger one
        ("Springfield fell, and Ostra, Tarn and Sheberghal.", "geonames/106"),  # where the others lie
        ("Springfield, Aaland, fell.", "geonames/106"),
        ("Springfield in northern Aaland fell.", "geonames/106"),
        ("Aaland's Springfield fell.", "geonames/106"),
    ],
)
def test_namesakes_in_two_countries(linker: Linker, text: str, expected: str) -> None:
    names = ["Springfield", "Aaland", "Ostra", "Tarn", "Sheberghal"]
    chains = [("Place", name) for name in names if name in text]
    assert ids(linker, article(text, *chains))[0] == expected


def test_adjectives_and_bodies_tell_of_countries(linker: Linker) -> None:
    soldiers = ("Group", "soldiers", "AA")
    front = ("ArmedGroup", "River Front", "AA")
    told = article(
        "The soldiers and the River Front fought in Springfield.", ("Place", "Springfield"), soldiers, front
    )
    assert ids(linker, told)[0] == "geonames/106"


def test_a_country_before_a_province_of_its_name(linker: Linker) -> None:
    assert ids(linker, article("Aaland mourned.", ("Place", "Aaland"))) == ["geonames/1"]


def test_an_obscure_place_needs_its_country(linker: Linker) -> None:
    assert ids(linker, article("Quay won.", ("Place", "Quay"))) == [None]
    near = article("Quay won. Beeland lost.", ("Place", "Quay"), ("Country", "Beeland"))
    assert ids(linker, near)[0] == "geonames/107"


def test_another_spelling(linker: Linker) -> None:
    told = article("Shibergal fell. Aaland mourned.", ("Place", "Shibergal"), ("Country", "Aaland"))
    link = linker.link(told).links[0]
    assert link.id == "geonames/103"
    assert "spelt Sheberghal there" in link.reason
    assert link.confidence < 0.9


def test_a_spelling_of_a_near_place_before_a_far_one_of_the_name(linker: Linker) -> None:
    told = article("Shabwa fell. Aaland mourned; Ostra wept.", ("Place", "Shabwa"), ("Country", "Aaland"),
                   ("Place", "Ostra"))  # fmt: skip
    assert ids(linker, told)[0] == "geonames/14"


def test_a_facility_is_no_town(linker: Linker) -> None:
    told = article("Tarn was hit. Aaland mourned.", ("Facility", "Tarn"), ("Country", "Aaland"))
    assert ids(linker, told)[0] is None


def test_lists_are_not_containment(linker: Linker) -> None:
    told = article("Springfield, Aaland, Ostra and Tarn were named.", ("Place", "Springfield"),
                   ("Country", "Aaland"), ("Place", "Ostra"), ("Place", "Tarn"))  # fmt: skip
    assert "names it with" not in linker.link(told).links[0].reason


def test_a_claimed_relation_is_containment(linker: Linker) -> None:
    told = article("Springfield is a town. It is in Lerida.", ("Place", "Springfield"), ("Place", "Lerida"))
    first, second = told.mentions
    claim = RelationClaim(key="r", begin=0, end=5, sentence=0, subject=first.key, relation="locatedIn",
                          object=second.key)  # fmt: skip
    told = AnnotatedDocument(document=told.document, sentences=told.sentences, chains=told.chains,
                             mentions=told.mentions, relations=(claim,))  # fmt: skip
    link = linker.link(told).links[0]
    assert (link.id, link.reason.partition(",")[0]) == ("geonames/105", "the one in Lerida")


def test_a_region_of_the_tables(linker: Linker) -> None:
    link = linker.link(article("The Marshlands burned.", ("Region", "Marshlands"))).links[0]
    assert (link.id, link.kind, link.same_as) == ("gazetteer/the-marsh", "Region", ())


def test_places_of_a_table_need_no_country(linker: Linker) -> None:
    told = article("Hill Hamlet and Salt Gate fell.", ("Place", "Hill Hamlet"), ("Facility", "Salt Gate"))
    assert ids(linker, told) == ["gazetteer/hill-hamlet", "gazetteer/salt-gate"]


def test_bodies_and_people(linker: Linker) -> None:
    told = article(
        "RF fought in Aaland, Ada Quill said. Quill left.",
        ("Organization", "RF"),
        ("Country", "Aaland"),
        ("Person", "Ada Quill|Quill"),
    )
    resolved = linker.link(told)
    assert resolved.links[0].id == "gazetteer/river-front"
    assert resolved.links[0].kind == "ArmedGroup"
    assert resolved.links[2].id == "gazetteer/ada-quill"
    there = article("RF reported from Beeland.", ("NewsOrganization", "RF"), ("Country", "Beeland"))
    assert linker.link(there).links[0].id == "gazetteer/radio-free"
    assert linker.link(there).links[0].same_as == ("https://example.org/rf",)


def test_a_surname_alone_is_nobody(linker: Linker) -> None:
    assert ids(linker, article("Quill left.", ("Person", "Quill"))) == [None]


def test_kinds_must_agree(linker: Linker) -> None:
    assert ids(linker, article("River Front left.", ("Person", "River Front"))) == [None]
    assert ids(linker, article("Tarn left.", ("Person", "Tarn"))) == [None]


def test_what_has_no_name_is_not_linked(linker: Linker) -> None:
    told = article("Ostra fell.", ("Place", "Ostra"))
    chain = Chain(id=0, kind="Place", name="Ostra", named=False)
    unnamed = AnnotatedDocument(document=told.document, sentences=told.sentences, chains=(chain,))
    assert linker.link(unnamed).links == {}


def test_the_same_article_gives_the_same_links(linker: Linker) -> None:
    names = ("Springfield", "Ostra", "Tarn", "Velo", "Nidal")
    told = article("Springfield, Ostra, Tarn, Velo and Nidal fell.", *(("Place", name) for name in names))
    assert linker.link(told) == linker.link(told)
