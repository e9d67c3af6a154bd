"""One event told in other words: a noun that takes it up, a side, a person, a figure, a copied sentence."""

from __future__ import annotations

from typing import Any

import pytest
from reduction_cases import article, body, event_of, group, groups, person, place, reduced

from kg.model import Status
from kg.resolve.digest import Digest, toll
from kg.resolve.sketches import sketch

CAST = [
    body("Quilla Front") | {"kind": "ArmedGroup"},
    body("Morro League") | {"kind": "ArmedGroup"},
    place("Cajas", "11", parents=("5",)),
    place("Tambo", "12"),
    place("Upper Quilla", "5", kind="Province"),
    group("rebels"),
    group("soldiers"),
    group("Ardan troops", country="XA"),
    body("Ardan army", country="XA"),
    group("Borian troops", country="XB"),
    group("people"),
    group("villagers"),
    group("policemen"),
    person("Inez Larraga"),
    person("Tomas Quispe"),
    place("Hotel Quinoa", "15", kind="Facility", parents=("11",)),
    place("Old Market", "16", kind="Facility", parents=("11",)),
]
FRONT, LEAGUE, CAJAS, TAMBO, PROVINCE, REBELS, SOLDIERS, TROOPS, ARMY, BORIANS, PEOPLE, VILLAGERS, POLICE = (
    (number,) for number in range(13)
)
INEZ, TOMAS, HOTEL, MARKET = (13,), (14,), (15,), (16,)


def told(kind: str = "Attack", day: str | None = None, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "start_date": day, "end_date": day, **more}


def on(day: int, kind: str = "Attack", **more: Any) -> dict[str, Any]:
    return told(kind, f"2019-03-{day:02d}", **more)


def report(id_: str, *accounts: dict[str, Any], date: str | None = "2019-03-04") -> Digest:
    return article(id_, CAST, accounts, date=date)


def is_one(*accounts: dict[str, Any], date: str | None = "2019-03-04") -> bool:
    """Whether accounts in an article each are one event."""
    digests = [report("abcdef"[n], each, date=date) for n, each in enumerate(accounts)]
    return len(reduced(*digests).events) == 1


def is_one_within(*accounts: dict[str, Any]) -> bool:
    return len(reduced(report("a", *accounts)).events) == 1


# ---------------------------------------------------------------- words that take up what was told
STRUCK = on(2, agents=REBELS, places=CAJAS)


def again(**more: Any) -> dict[str, Any]:
    return told(retells="e0", **more)


def test_the_attack_is_the_one_that_it_takes_up() -> None:
    (event,) = reduced(report("a", STRUCK, again())).events
    assert event.reason == ("2 accounts in one article: a e1 joins a e0 by words that take up what was told")
    assert not is_one_within(STRUCK, told())


def test_whoever_claims_it_may_be_called_otherwise() -> None:
    assert is_one_within(STRUCK, again(agents=FRONT, status=Status.CLAIMED))
    assert is_one_within(STRUCK, again(agents=SOLDIERS) | {"agents": PEOPLE})
    assert not is_one_within(on(2, agents=LEAGUE, places=CAJAS), again(agents=FRONT))


def test_what_is_known_of_the_two_must_not_differ() -> None:
    assert not is_one_within(STRUCK, again(places=TAMBO))
    assert not is_one_within(STRUCK, again(status=Status.PLANNED))
    assert not is_one_within(STRUCK, on(3, retells="e0"))
    assert not is_one_within(STRUCK, again() | {"kind": "Battle"})
    assert is_one_within(STRUCK, again() | {"kind": "Bombing"})


def test_the_province_around_is_no_other_place() -> None:
    assert is_one_within(STRUCK, again(places=PROVINCE))
    assert not is_one_within(STRUCK, told(places=PROVINCE, agents=REBELS))


def test_a_place_in_a_town_and_the_town_are_one_on_a_day_for_one_doer_or_article() -> None:
    def struck(place_: tuple[int, ...], **more: Any) -> dict[str, Any]:
        return on(2, agents=FRONT, places=place_, **more)

    assert is_one(struck(HOTEL), struck(CAJAS))
    assert is_one_within(struck(HOTEL) | {"agents": ()}, struck(CAJAS) | {"agents": ()})
    assert not is_one(struck(HOTEL) | {"agents": ()}, struck(CAJAS) | {"agents": ()})
    assert not is_one(struck(HOTEL), struck(CAJAS) | {"start_date": None, "end_date": None})
    assert not is_one(struck(HOTEL), struck(TAMBO))
    assert not is_one(struck(HOTEL), struck(PROVINCE))
    assert not is_one(struck(HOTEL) | {"kind": "Capture"}, struck(CAJAS) | {"kind": "Capture"})
    two = reduced(report("a", struck(HOTEL), struck(MARKET)), report("b", struck(CAJAS)))
    assert len(two.events) == 3


def test_words_are_taken_up_over_several_steps_and_articles() -> None:
    first = report("a", STRUCK, again(), told(retells="e1", targets=VILLAGERS))
    second = report("b", on(2, places=CAJAS), again(agents=FRONT))
    assert groups(reduced(first, second)) == [["a:e0", "a:e1", "a:e2", "b:e0", "b:e1"]]
    assert groups(reduced(report("a", STRUCK), report("b", told(), again()))) == [["a:e0"], ["b:e0", "b:e1"]]


def test_a_denial_of_what_is_taken_up_contests_it() -> None:
    found = reduced(report("a", STRUCK | {"agents": ()}, again(status=Status.DENIED)))
    assert "one denies what the other says" in (found.events[0].reason or "")


# ---------------------------------------------------------------- sides
def taken(agents: tuple[int, ...], day: int | None = None) -> dict[str, Any]:
    return told("Capture", None if day is None else f"2019-03-{day:02d}", agents=agents, places=CAJAS)


def test_a_state_is_one_side_by_many_words() -> None:
    assert is_one(taken(ARMY), taken(TROOPS))
    assert is_one(taken(ARMY, 2), taken(TROOPS, 2))
    assert is_one_within(taken(ARMY, 2), taken(SOLDIERS, 2))
    assert not is_one(taken(BORIANS, 2), taken(TROOPS, 2))
    assert not is_one(*(on(2, "Detention", agents=who, places=CAJAS) for who in (ARMY, TROOPS)))


def test_rebels_may_be_a_rebel_body() -> None:
    assert is_one(taken(FRONT), taken(REBELS))
    assert not is_one(taken(FRONT), taken(LEAGUE))
    assert not is_one(told(agents=FRONT, places=CAJAS), told(agents=REBELS, places=CAJAS))
    assert not is_one(taken(FRONT), taken(PEOPLE))


def test_a_capture_by_nobody_is_not_that_which_took_the_place_back() -> None:
    back = taken(TROOPS, 2) | {"word": "recaptured"}
    nobody = taken((), None)
    assert not is_one_within(back, nobody | {"word": "capture"})
    assert is_one_within(back, nobody | {"word": "retaking"})
    assert is_one_within(taken(TROOPS, 2) | {"word": "took"}, nobody | {"word": "capture"})
    assert is_one_within(back, nobody | {"word": "lost", "status": Status.DENIED})


def test_a_state_is_not_its_foes() -> None:
    assert not is_one(taken(REBELS, 2), taken(SOLDIERS, 2))
    assert not is_one(on(2, agents=REBELS, places=CAJAS), on(2, agents=TROOPS, places=CAJAS))
    assert is_one(on(2, agents=REBELS, places=CAJAS), on(2, agents=PEOPLE, places=CAJAS))


# ---------------------------------------------------------------- what is done to a person
HELD = on(2, "Detention", targets=INEZ)


def test_a_person_is_arrested_once_a_day() -> None:
    assert is_one(HELD, HELD)
    assert is_one(HELD | {"places": CAJAS}, HELD | {"places": TAMBO})
    assert not is_one(HELD, HELD | {"targets": TOMAS})
    assert not is_one(HELD, on(3, "Detention", targets=INEZ))
    assert not is_one(HELD | {"targets": PEOPLE}, HELD | {"targets": PEOPLE})
    assert is_one(*[on(2, "Resignation", agents=INEZ)] * 2)
    assert not is_one(*[on(2, "Attack", targets=INEZ)] * 2)


def test_an_undated_arrest_is_the_only_one_of_the_same_days() -> None:
    undated = told("Detention", targets=INEZ)
    assert is_one_within(HELD, undated)
    assert is_one(HELD, undated)
    assert is_one(HELD, told("Detention", "2019-03", targets=INEZ))
    assert not is_one(HELD, told("Detention", "2019", targets=INEZ))
    assert not is_one_within(on(1, "Detention", targets=INEZ), HELD, undated)
    assert not is_one_within(undated, undated)
    assert is_one_within(*[told("Resignation", agents=INEZ)] * 2)
    later = report("b", undated, date="2019-03-16")
    assert len(reduced(report("a", HELD), later).events) == 2


# ---------------------------------------------------------------- figures
def killed(number: int | None, **more: Any) -> dict[str, Any]:
    return told("Killing", toll=number, **more)


def test_as_many_dead_in_one_article_are_the_same() -> None:
    assert is_one_within(killed(9, targets=PEOPLE, places=CAJAS), killed(9, targets=VILLAGERS))
    assert not is_one_within(killed(9, targets=PEOPLE, places=CAJAS), killed(8, targets=VILLAGERS))
    assert not is_one_within(killed(9, targets=POLICE, places=CAJAS), killed(9, targets=REBELS))
    assert not is_one_within(killed(9, targets=TROOPS, places=CAJAS), killed(9, targets=BORIANS))
    assert not is_one_within(killed(9, targets=PEOPLE, places=CAJAS), killed(9, places=TAMBO))
    assert not is_one_within(killed(None, targets=PEOPLE, places=CAJAS), killed(None, targets=VILLAGERS))
    one = killed(9, start_date="2019-03-01", end_date="2019-03-01")
    assert not is_one_within(one, killed(9, start_date="2019-03-02", end_date="2019-03-02"))


def test_in_two_articles_day_and_place_or_doer_must_agree_too() -> None:
    def dead(number: int, **more: Any) -> dict[str, Any]:
        return on(2, "Killing", toll=number, **more)

    assert is_one(dead(9, places=PROVINCE), dead(9, places=PROVINCE))
    assert is_one(dead(9, agents=FRONT), dead(9, agents=FRONT, places=CAJAS))
    assert not is_one(dead(9), dead(9))
    assert not is_one(dead(9, places=PROVINCE), dead(8, places=PROVINCE))
    assert not is_one(killed(9, places=PROVINCE), killed(9, places=PROVINCE))


@pytest.mark.parametrize(
    ("killed_", "text", "figure"),
    [
        (9, "nine", 9),
        (24, "24", 24),
        (24, "dozens", None),
        (3, "several", None),
        (3, "3", None),
        (200, "at least 200", 200),
        (None, None, None),
    ],
)
def test_only_a_high_and_exact_figure_tells(
    killed_: int | None, text: str | None, figure: int | None
) -> None:
    assert toll(killed_, text) == figure


# ---------------------------------------------------------------- copied sentences
SENTENCE = "Two barges of the river police burnt at their moorings below the old customs house for hours."
OTHER = "Nobody has yet been able to say how many of the boats can be mended before the rains come in May."


def burnt(text: str = SENTENCE, **more: Any) -> dict[str, Any]:
    return told("Destruction", text=sketch(text), **more)


def test_near_copies_of_a_sentence_tell_of_one_event() -> None:
    found = reduced(report("a", burnt()), report("b", burnt(SENTENCE.replace("for hours", "all night"))))
    assert [event.reason for event in found.events] == [
        "2 accounts in 2 articles, one independent witness (copies of a text: a and b): "
        "b joins a by near-copies of one sentence"
    ]


def test_not_where_anything_differs_or_time_has_passed() -> None:
    assert not is_one(burnt(), burnt(OTHER))
    assert not is_one(burnt(), burnt() | {"kind": "Killing"})
    assert not is_one(burnt(places=CAJAS), burnt(places=TAMBO))
    assert not is_one(burnt(), burnt(), date=None)
    assert len(reduced(report("a", burnt()), report("b", burnt(), date="2019-03-20")).events) == 2
    assert not is_one_within(burnt(), burnt())


def test_serial_reports_repeat_their_phrases_day_by_day() -> None:
    held = on(2, "Detention", targets=INEZ)
    later = report("b", burnt(), date="2019-03-05")
    assert len(reduced(report("a", burnt()), later).events) == 2
    retold = report("b", burnt(), held, date="2019-03-05")
    assert groups(reduced(report("a", burnt(), held), retold)) == [["a:e0", "b:e0"], ["a:e1", "b:e1"]]


def test_two_of_one_kind_in_a_copied_sentence_are_paired_in_order() -> None:
    found = reduced(report("a", burnt(), burnt()), report("b", burnt(), burnt()))
    assert groups(found) == [["a:e0", "b:e0"], ["a:e1", "b:e1"]]


def test_a_copied_statement_needs_its_speaker() -> None:
    said = told("Statement", text=sketch(SENTENCE))
    assert is_one(said | {"agents": INEZ}, said | {"agents": INEZ})
    assert not is_one(said | {"agents": INEZ}, said | {"agents": TOMAS})
    assert not is_one(said, said)


# ---------------------------------------------------------------- what comes of it
def test_an_event_lies_in_the_narrowest_of_its_places() -> None:
    found = reduced(report("a", STRUCK, again(places=PROVINCE)))
    assert event_of(found, "a", "e1").places == ("geonames/11",)
