from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reduction_cases import article, body, event_of, group, groups, place, reduced

from kg.model import MentionRef, Status
from kg.resolve.digest import Digest, DigestRelation
from kg.resolve.sketches import sketch

FRONT, GUARD = body("Blue Front") | {"kind": "ArmedGroup"}, body("Red Guard") | {"kind": "ArmedGroup"}
ZELM, ORM = place("Zelm", "11"), place("Orm", "12")
ARDA = place("Upper Arda", "5", kind="Province")
CAST = [FRONT, GUARD, ZELM, ORM, ARDA, group("gunmen"), group("villagers"), body("Ninth Brigade")]
BLUE, RED, AT_ZELM, AT_ORM, IN_ARDA, MEN, VILLAGERS, NINTH = ((number,) for number in range(8))


def told(
    kind: str = "Capture", start: str | None = None, end: str | None = None, **more: Any
) -> dict[str, Any]:
    return {"kind": kind, "start_date": start, "end_date": end or start, **more}


def on(day: int, kind: str = "Capture", **more: Any) -> dict[str, Any]:
    return told(kind, f"2019-03-{day:02d}", **more)


def report(id_: str, *accounts: dict[str, Any], date: str | None = "2019-03-04", **more: Any) -> Digest:
    return article(id_, CAST, accounts, date=date, **more)


def one_each(*accounts: dict[str, Any]) -> list[list[str]]:
    """What becomes of accounts in an article each: ``a:e0``, ``b:e0``…"""
    return groups(reduced(*(report("abcdef"[number], each) for number, each in enumerate(accounts))))


def is_one(*accounts: dict[str, Any]) -> bool:
    return len(one_each(*accounts)) == 1


TAKEN = on(2, agents=BLUE, places=AT_ZELM)


def test_accounts_of_two_articles_that_agree_are_one_event() -> None:
    found = reduced(
        report("a", TAKEN | {"confidence": 0.9, "times": ("t0",)}),
        report(
            "b", told("Capture", "2019-03", agents=BLUE, places=AT_ZELM, sources=RED, status=Status.CLAIMED)
        ),
    )
    (event,) = found.events
    assert event.label == "Capture of Zelm by Blue Front, 2019-03-02"
    assert event.id.startswith("event/capture-")
    assert len(event.id) == len("event/capture-") + 12
    assert event.mentions == (MentionRef(article="a", key="e0"), MentionRef(article="b", key="e0"))
    assert (event.start_date, event.end_date) == ("2019-03-02", "2019-03-02")
    assert event.dated_by == (MentionRef(article="a", key="t0"),)
    assert event.status is Status.ASSERTED
    assert event.sources == ("organization/red-guard",)
    assert event.confidence == 1.0
    assert event.reason == (
        "2 accounts in 2 articles: b joins a by the same place (Zelm), overlapping dates (2019-03), "
        "agreeing agents (Blue Front)"
    )


def test_the_reason_names_each_account_and_what_agrees() -> None:
    struck = on(2, "Attack", agents=BLUE, targets=RED, places=AT_ZELM)
    later = told("Attack", "2019-03", agents=BLUE, targets=RED, places=AT_ZELM)
    bare = on(2, "Attack", places=AT_ZELM)
    (event,) = reduced(report("a", struck), report("b", later, bare), report("c", struck)).events
    assert event.reason == (
        "4 accounts in 3 articles: b e0 joins a by the same place (Zelm), overlapping dates (2019-03), "
        "agreeing agents (Blue Front), agreeing targets (Red Guard); "
        "b e1 joins it by the same place (Zelm), the same days (2019-03-02); "
        "c joins it by the same place (Zelm), the same days (2019-03-02), "
        "agreeing agents (Blue Front), agreeing targets (Red Guard)"
    )


def test_accounts_that_join_for_one_reason_are_told_together() -> None:
    (event,) = reduced(*(report(each, TAKEN) for each in "abcdefghi")).events
    assert event.reason == (
        "9 accounts in 9 articles: b, c, d, e, f and 3 more join a by the same place (Zelm), "
        "the same days (2019-03-02), agreeing agents (Blue Front)"
    )


def test_without_merging_each_account_is_an_event() -> None:
    digests = report("a", on(3, "Statement", agents=RED, about=("e1",)), TAKEN, TAKEN), report("b", TAKEN)
    found = reduced(*digests, merge=False)
    assert groups(found) == [["a:e0"], ["a:e1"], ["a:e2"], ["b:e0"]]
    assert event_of(found, "a", "e0").about == (event_of(found, "a", "e1").id,)
    assert all(event.reason is None and event.witnesses == 1 for event in found.events)
    assert found.entities == reduced(*digests).entities


def test_places_that_differ_keep_events_apart() -> None:
    assert not is_one(TAKEN, TAKEN | {"places": AT_ORM})


def test_a_place_within_another_is_not_the_same() -> None:
    assert not is_one(TAKEN, TAKEN | {"places": IN_ARDA})


def test_agents_that_differ_keep_events_apart() -> None:
    assert not is_one(TAKEN, TAKEN | {"agents": RED})


def test_an_unknown_agent_agrees_with_any() -> None:
    assert is_one(TAKEN, TAKEN | {"agents": ()})
    assert is_one(TAKEN, TAKEN | {"agents": MEN})


def test_agent_and_target_exchanged_are_two_events() -> None:
    struck = on(2, "Attack", agents=BLUE, targets=RED, places=AT_ZELM)
    assert not is_one(struck, on(2, "Attack", agents=RED, targets=BLUE, places=AT_ZELM))
    assert not is_one(
        on(2, "Attack", agents=BLUE, places=AT_ZELM), on(2, "Attack", targets=BLUE, places=AT_ZELM)
    )


def test_days_that_differ_keep_events_apart() -> None:
    assert not is_one(TAKEN, on(3, agents=BLUE, places=AT_ZELM))


def test_two_captures_of_one_town_in_two_years_stay_two_and_an_undated_third_apart() -> None:
    years = [told("Capture", year, agents=BLUE, places=AT_ZELM) for year in ("2015", "2016")]
    assert one_each(*years, told("Capture", agents=BLUE, places=AT_ZELM)) == [["a:e0"], ["b:e0"], ["c:e0"]]
    within = reduced(report("a", *years, told("Capture", agents=BLUE, places=AT_ZELM)))
    assert groups(within) == [["a:e0"], ["a:e1"], ["a:e2"]]


def test_accounts_that_do_not_agree_are_not_tied_by_a_third() -> None:
    wide = told("Capture", "2019-03", agents=BLUE, places=AT_ZELM)
    assert one_each(TAKEN, on(9, agents=BLUE, places=AT_ZELM), wide) == [["a:e0"], ["b:e0"], ["c:e0"]]
    nobody = on(2, places=AT_ZELM)
    assert one_each(TAKEN, TAKEN | {"agents": RED}, nobody) == [["a:e0"], ["b:e0"], ["c:e0"]]


def test_an_undated_account_joins_in_its_article_or_in_articles_of_the_same_days() -> None:
    undated = told("Capture", agents=BLUE, places=AT_ZELM)
    assert groups(reduced(report("a", TAKEN, undated))) == [["a:e0", "a:e1"]]
    assert groups(reduced(report("a", TAKEN), report("b", undated, date="2019-03-06"))) == [["a:e0", "b:e0"]]
    assert len(groups(reduced(report("a", TAKEN), report("b", undated, date="2019-03-16")))) == 2
    assert len(groups(reduced(report("a", TAKEN), report("b", undated, date=None)))) == 2
    nobody = told("Capture", places=AT_ZELM)
    assert len(groups(reduced(report("a", TAKEN), report("b", nobody, date="2019-03-04")))) == 2
    assert groups(reduced(report("a", TAKEN, nobody))) == [["a:e0", "a:e1"]]


def test_an_undated_account_is_of_what_is_current() -> None:
    undated = told("Capture", agents=BLUE, places=AT_ZELM)
    history = told("Capture", "2015", agents=BLUE, places=AT_ZELM)
    assert groups(reduced(report("a", history, TAKEN, undated))) == [["a:e0"], ["a:e1", "a:e2"]]
    assert groups(reduced(report("a", history, undated, date=None))) == [["a:e0"], ["a:e1"]]
    assert groups(reduced(report("a", TAKEN, undated, date=None))) == [["a:e0", "a:e1"]]


def test_an_undated_attack_in_articles_of_the_same_days_is_one_if_only_one_fits() -> None:
    struck = told("Attack", agents=BLUE, places=AT_ZELM)
    assert is_one(struck, struck)
    assert not is_one(struck, struck | {"kind": "Bombing"})
    found = reduced(report("a", struck, struck), report("b", struck))
    assert len(found.events) == 3


def test_what_was_told_before_it_happened_is_something_else() -> None:
    earlier = report("b", told("Capture", agents=BLUE, places=AT_ZELM), date="2019-03-01")
    assert len(groups(reduced(report("a", TAKEN), earlier))) == 2


def test_undated_attacks_recur() -> None:
    struck = told("Attack", agents=BLUE, places=AT_ZELM)
    assert len(groups(reduced(report("a", struck, struck)))) == 2
    assert groups(reduced(report("a", struck | {"targets": VILLAGERS}, struck | {"targets": VILLAGERS}))) == [
        ["a:e0", "a:e1"]
    ]


def test_nobody_nowhere_at_no_time_is_never_merged() -> None:
    assert len(groups(reduced(report("a", told("Attack"), told("Attack"))))) == 2
    assert len(groups(reduced(report("a", told("Attack", agents=MEN), told("Attack", agents=MEN))))) == 2


def test_unnamed_people_are_told_apart_in_their_article_only() -> None:
    killed = on(2, "Killing", places=AT_ZELM)
    assert len(groups(reduced(report("a", killed | {"targets": MEN}, killed | {"targets": VILLAGERS})))) == 2
    assert is_one(killed | {"targets": MEN}, killed | {"targets": VILLAGERS})


def test_unnamed_people_of_two_countries_are_not_the_same() -> None:
    def struck(id_: str, country: str) -> Digest:
        soldiers = group("soldiers", country=country)
        return article(id_, [soldiers, ZELM], [on(2, "Attack", agents=(0,), places=(1,))], date="2019-03-04")

    assert len(reduced(struck("a", "XA"), struck("b", "XB")).events) == 2
    assert len(reduced(struck("a", "XA"), struck("b", "XA")).events) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Attack", "Bombing", True),
        ("Bombing", "Airstrike", False),
        ("Attack", "Battle", False),
        ("Attack", "Killing", False),
    ],
)
def test_classes_must_lie_on_one_line(one: str, other: str, same: bool) -> None:
    assert is_one(on(2, one, places=AT_ZELM), on(2, other, places=AT_ZELM)) is same


def test_a_wide_class_does_not_tie_two_narrow_ones() -> None:
    found = one_each(*(on(2, kind, places=AT_ZELM) for kind in ("Bombing", "Airstrike", "Attack")))
    assert found == [["a:e0"], ["b:e0"], ["c:e0"]]


def test_the_class_is_the_narrowest() -> None:
    found = reduced(
        report("a", on(2, "Attack", places=AT_ZELM)), report("b", on(2, "Bombing", places=AT_ZELM))
    )
    assert [event.kind for event in found.events] == ["Bombing"]


@pytest.mark.parametrize("status", [Status.PLANNED, Status.POSSIBLE])
def test_plans_and_possibilities_are_no_deeds(status: Status) -> None:
    meant = TAKEN | {"status": status}
    assert not is_one(TAKEN, meant)
    assert is_one(meant, meant)
    assert not is_one(TAKEN | {"status": Status.PLANNED}, TAKEN | {"status": Status.POSSIBLE})


def test_a_denial_joins_what_it_denies_where_place_and_day_are_the_same() -> None:
    denied = on(2, places=AT_ZELM, sources=RED, status=Status.DENIED)
    found = reduced(report("a", TAKEN | {"status": Status.CLAIMED}), report("b", denied))
    (event,) = found.events
    assert event.status is Status.CLAIMED
    assert "one denies what the other says" in (event.reason or "")
    assert not is_one(TAKEN, told("Capture", "2019-03", agents=BLUE, places=AT_ZELM, status=Status.DENIED))
    assert not is_one(on(2, agents=BLUE, targets=RED), on(2, agents=BLUE, targets=RED, status=Status.DENIED))
    assert is_one(denied, denied)


def test_a_denial_in_the_same_article_needs_no_day_where_only_one_fits() -> None:
    denied = told("Capture", agents=MEN, places=AT_ZELM, status=Status.DENIED)
    (event,) = reduced(report("a", TAKEN | {"status": Status.CLAIMED}, denied)).events
    assert event.status is Status.CLAIMED
    assert "one denies what the other says" in (event.reason or "")
    red = TAKEN | {"agents": RED}
    assert len(reduced(report("a", TAKEN, red, denied)).events) == 3
    assert len(reduced(report("a", TAKEN, denied | {"agents": RED})).events) == 2
    assert len(reduced(report("a", TAKEN, denied | {"places": ()})).events) == 2
    assert len(reduced(report("a", TAKEN), report("b", denied)).events) == 2
    struck = TAKEN | {"kind": "Attack"}
    assert len(reduced(report("a", struck, denied | {"kind": "Attack"})).events) == 2


def test_a_missing_place_needs_actors_and_a_day_and_only_one_that_fits() -> None:
    nowhere = on(2, agents=BLUE)
    assert is_one(TAKEN, nowhere)
    assert not is_one(TAKEN, told("Capture", "2019-03", agents=BLUE))
    assert one_each(TAKEN, TAKEN | {"places": AT_ORM}, nowhere) == [["a:e0"], ["b:e0"], ["c:e0"]]
    assert not is_one(nowhere, nowhere)
    assert not is_one(on(2, "Attack", agents=BLUE, places=AT_ZELM), on(2, "Attack", agents=BLUE))
    struck = on(2, "Attack", agents=BLUE, targets=RED)
    assert is_one(struck, struck)
    assert is_one(struck | {"places": AT_ZELM}, struck)


def test_a_province_needs_the_actors_too() -> None:
    fought = on(2, "Battle", places=IN_ARDA)
    assert not is_one(fought, fought)
    assert is_one(fought | {"agents": BLUE}, fought | {"agents": BLUE})
    assert not is_one(fought | {"agents": BLUE}, fought)


def test_sides_of_a_battle_or_a_meeting_may_be_exchanged() -> None:
    one, other = on(2, "Meeting", agents=BLUE, targets=RED), on(2, "Meeting", agents=(*RED, *BLUE))
    found = reduced(report("a", one), report("b", other))
    assert [event.label for event in found.events] == ["Meeting between Blue Front and Red Guard, 2019-03-02"]
    assert not is_one(one, on(2, "Meeting", agents=BLUE, targets=NINTH))
    assert not is_one(on(2, "Meeting", agents=BLUE), on(2, "Meeting", agents=BLUE))


def test_a_part_acts_for_the_whole() -> None:
    part = (DigestRelation(subject=7, relation="partOf", object=0),)
    found = reduced(report("a", TAKEN, relations=part), report("b", TAKEN | {"agents": NINTH}))
    assert len(found.events) == 1
    assert found.events[0].agents == ("organization/blue-front", "organization/ninth-brigade")


def test_statements_are_one_only_by_speaker_and_words() -> None:
    said = on(2, "Statement", agents=BLUE)
    assert not is_one(said, said)
    assert is_one(said | {"quotation": "x"}, told("Threat", agents=BLUE, quotation="x"))
    assert not is_one(said | {"quotation": "x"}, said | {"quotation": "y"})
    assert not is_one(said | {"quotation": "x"}, said | {"quotation": "x", "agents": RED})
    assert not is_one(said | {"quotation": "x", "agents": MEN}, said | {"quotation": "x", "agents": MEN})


def test_what_a_statement_is_about_is_the_event_of_what_it_tells() -> None:
    found = reduced(report("a", on(3, "Statement", agents=RED, about=("e1",)), TAKEN), report("b", TAKEN))
    assert event_of(found, "a", "e0").about == (event_of(found, "b", "e0").id,)


def test_dates_are_what_all_accounts_share() -> None:
    since = told("Battle", "2019-03-01", agents=BLUE, places=AT_ZELM) | {"end_date": None}
    until = told("Battle", None, "2019-03-05", agents=BLUE, places=AT_ZELM)
    found = reduced(
        report("a", since),
        report("b", until),
        report("c", told("Battle", "2019", agents=BLUE, places=AT_ZELM)),
    )
    (event,) = found.events
    assert (event.start_date, event.end_date) == ("2019-03-01", "2019-03-05")
    assert event.label == "Battle of Blue Front in Zelm, 2019-03-01 to 2019-03-05"


def test_an_event_has_the_same_id_whatever_joins_it_later() -> None:
    alone = reduced(report("a", TAKEN)).events[0].id
    assert reduced(report("a", TAKEN), report("b", TAKEN)).events[0].id == alone


def test_movements_are_told_apart_by_where_they_lead() -> None:
    left = on(2, "Movement", agents=BLUE, destinations=AT_ZELM)
    assert is_one(left, left | {"origins": AT_ORM})
    assert not is_one(left, left | {"destinations": AT_ORM})


def test_labels_name_three_at_most() -> None:
    chains = [body(name) for name in ("North Union", "East Union", "South Union", "West Union")]
    found = reduced(article("a", chains, [told("Protest", agents=(0, 1, 2, 3))]))
    assert found.events[0].label == "Protest by East Union, North Union and 2 others"


def test_labels_name_people_called_alike_once() -> None:
    first = article("a", [group("gunmen"), ZELM], [on(2, "Attack", agents=(0,), places=(1,))])
    other = article("b", [group("gunmen"), ZELM], [on(2, "Attack", agents=(0,), places=(1,))])
    assert [event.label for event in reduced(first, other).events] == ["Attack by gunmen in Zelm, 2019-03-02"]


ROLES = st.sampled_from([(), BLUE, RED, MEN, NINTH])
ACCOUNTS = st.builds(
    told,
    st.sampled_from(["Capture", "Attack", "Bombing", "Battle", "Statement"]),
    st.sampled_from([None, "2019", "2019-03", "2019-03-02", "2019-03-03"]),
    agents=ROLES,
    targets=ROLES,
    places=st.sampled_from([(), AT_ZELM, AT_ORM, IN_ARDA]),
    status=st.sampled_from(list(Status)),
    quotation=st.sampled_from([None, "x"]),
    retells=st.sampled_from([None, None, "e0", "e1"]),
    toll=st.sampled_from([None, None, 9]),
    text=st.sampled_from(
        ["", sketch("Two barges of the river police burnt at their moorings for hours on end.")]
    ),
)
REPORTS = st.lists(st.lists(ACCOUNTS, max_size=4), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(REPORTS, st.randoms(use_true_random=False))
def test_the_order_of_the_articles_does_not_matter(accounts: list[list[dict[str, Any]]], random: Any) -> None:
    digests = [report(f"a{number}", *each) for number, each in enumerate(accounts)]
    expected = reduced(*digests)
    random.shuffle(digests)
    assert reduced(*digests) == expected


@settings(max_examples=60, deadline=None)
@given(REPORTS)
def test_every_account_is_of_one_event_and_no_event_holds_what_differs(
    accounts: list[list[dict[str, Any]]],
) -> None:
    found = reduced(*(report(f"a{number}", *each) for number, each in enumerate(accounts)))
    refs = [ref for event in found.events for ref in event.mentions]
    assert sorted(refs) == sorted(
        MentionRef(article=f"a{n}", key=f"e{m}") for n, each in enumerate(accounts) for m in range(len(each))
    )
    assert len({event.id for event in found.events}) == len(found.events)
    given_ = {(f"a{n}", f"e{m}"): told_ for n, each in enumerate(accounts) for m, told_ in enumerate(each)}
    for event in found.events:
        mine = [given_[ref.article, ref.key] for ref in event.mentions]
        assert len({each["places"] for each in mine} - {()}) <= 1
        moods = {each["status"] for each in mine}
        assert len(moods) == 1 or moods.isdisjoint({Status.PLANNED, Status.POSSIBLE})
        assert len({each["start_date"] for each in mine} - {None, "2019", "2019-03"}) <= 1
