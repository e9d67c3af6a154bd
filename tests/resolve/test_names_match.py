from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reduction_cases import RULES

from kg.resolve.names_match import Naming, is_shortened, is_variant, slug, sounds, words

NAMING = Naming(RULES)


def test_words_fold_and_part_at_hyphens() -> None:
    assert words("The Émir’s Mazar-i-Kol (O'Dell)") == ("the", "emir", "mazar", "i", "kol", "odell")
    assert words("…") == ()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("President Emil B. Sarov", ("emil", "sarov")),
        ("Osman bin Tarik", ("osman", "tarik")),
        ("General", ("general",)),
        ("al-Sarov", ("sarov",)),
        ("B. Sarov", ("b", "sarov")),
    ],
)
def test_a_persons_key(name: str, key: tuple[str, ...]) -> None:
    assert NAMING.person(name) == key


@pytest.mark.parametrize(
    ("name", "key", "country"),
    [
        ("Ministry of Defence", ("defense", "ministry"), None),
        ("the Ardan Defense Ministry", ("defense", "ministry"), "XA"),
        ("Ardan", ("ardan",), None),
        ("Ardan-Borian Friendship Union", ("ardan", "borian", "friendship", "union"), None),
        ("Ardans' Union", ("union",), "XA"),
    ],
)
def test_a_bodys_key(name: str, key: tuple[str, ...], country: str | None) -> None:
    assert NAMING.body(name) == (key, country)


def test_descriptions_leave_out_articles_and_countries_and_know_counts() -> None:
    assert NAMING.description("the Ardan government forces") == ("force", "government")
    assert NAMING.is_counted("18 soldiers")
    assert NAMING.is_counted("Several Soldiers")
    assert not NAMING.is_counted("soldiers")


def test_variants_need_words_of_equal_number_and_more_than_one() -> None:
    assert not is_variant(("sarov",), ("sarow",))
    assert is_variant(("emil", "sarov"), ("emyl", "sarow"))
    assert not is_variant(("emil", "sarov"), ("emil", "b", "sarov"))


def test_shortened_names_keep_first_last_and_order() -> None:
    full = ("emil", "borov", "dan", "sarov")
    assert is_shortened(("emil", "sarov"), full)
    assert is_shortened(("emil", "dan", "sarov"), full)
    assert not is_shortened(full, full)
    assert not is_shortened(("emil", "kol", "sarov"), full)
    assert not is_shortened(("borov", "sarov"), full)


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1), min_size=2, max_size=4))
def test_a_name_is_a_variant_of_itself(name: list[str]) -> None:
    assert is_variant(tuple(name), tuple(name))
    assert len(sounds(tuple(name))) == len(name)


@given(st.text())
def test_slugs_are_short_ascii_and_never_empty(text: str) -> None:
    found = slug(text)
    assert found
    assert len(found) <= 81
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
