"""A graph against gold: each figure on a few sentences counted by hand, and rules at their edges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.evaluate.counts import Count, Evaluation, Tally
from kg.evaluate.entities import align
from kg.evaluate.events import Told, count_events, dates_agree
from kg.evaluate.gold import GoldArticle, GoldEntity, GoldEvent, GoldRelation, OptionalEvent
from kg.evaluate.graph import FoundAccount, FoundEntity, FoundMention, FoundRelation
from kg.evaluate.relations import count_relations
from kg.evaluate.rules import folded, load_rules
from kg.evaluate.spans import Windows, name_spans

TEXT = (
    "The Azure Front took Kidal on Monday, residents said. "
    "Azure Front fighters met Ada Lund in Gao. "
    "The army took Kidal in 2015 and again in 2016."
)
FRONT, KIDAL, LUND, GAO, ARMY = "e:front", "e:kidal", "e:lund", "e:gao", "e:army"
ENTITIES = {
    FRONT: FoundEntity(kind="Organization", names=frozenset({"azure front"})),
    KIDAL: FoundEntity(kind="Place", names=frozenset({"kidal"})),
    LUND: FoundEntity(kind="Person", names=frozenset({"ada lund"})),
    GAO: FoundEntity(kind="Place", names=frozenset({"gao"})),
    ARMY: FoundEntity(kind="Organization", names=frozenset({"army"})),
}
GOLD = GoldArticle(
    name="a",
    whole=TEXT,
    text=TEXT,
    entities=(
        GoldEntity(key="front", kinds=("Organization",), names=("Azure Front",)),
        GoldEntity(key="kidal", kinds=("Place",), names=("Kidal",)),
        GoldEntity(key="lund", kinds=("Person",), names=("Ada Lund",)),
        GoldEntity(key="gao", kinds=("Place",), names=("Gao",)),
        GoldEntity(key="army", kinds=("Organization",), names=(), nominals=("the army",)),
    ),
    optional_mentions=("Monday",),
)


def at(words: str, occurrence: int = 0) -> tuple[int, int]:
    begin = -1
    for _ in range(occurrence + 1):
        begin = TEXT.index(words, begin + 1)
    return begin, begin + len(words)


def mention(words: str, entity: str, occurrence: int = 0) -> FoundMention:
    begin, end = at(words, occurrence)
    return FoundMention(begin=begin, end=end, entity=entity)


MENTIONS = (
    mention("Azure Front", FRONT),
    mention("Azure Front", FRONT, 1),
    mention("Kidal", KIDAL),
    mention("Kidal", KIDAL, 1),
    mention("Ada Lund", LUND),
    mention("Gao", GAO),
)


def account(
    trigger: str,
    kind: str,
    occurrence: int = 0,
    *,
    event: str | None = None,
    status: str | None = "Asserted",
    start: str | None = None,
    sources: frozenset[str] = frozenset(),
    **roles: str,
) -> FoundAccount:
    begin, end = at(trigger, occurrence)
    return FoundAccount(
        begin=begin,
        end=end,
        event=event or f"v:{trigger}{occurrence}{start}",
        classes=frozenset({kind, "Event"}),
        roles={role: frozenset(entities.split()) for role, entities in roles.items()},
        start=start,
        until=start,
        status=status,
        sources=sources,
    )


def event(fragment: str, kind: str, **said: object) -> GoldEvent:
    return GoldEvent(at=at(fragment)[0], fragment=fragment, kind=kind, **said)  # type: ignore[arg-type]


def entities_of(*mentions: FoundMention, gold: GoldArticle = GOLD) -> Tally:
    tally = Tally("a")
    align(gold, ENTITIES, mentions, tally)
    return tally


def events_of(
    wanted: tuple[GoldEvent, ...], found: tuple[FoundAccount, ...], optional: tuple[OptionalEvent, ...] = ()
) -> Tally:
    gold = replace(GOLD, events=wanted, optional_events=optional)
    tellings = {each.event: 1 for each in found}
    alignment = align(gold, ENTITIES, MENTIONS, Tally("a"))
    tally = Tally("a")
    count_events(
        Told(gold=gold, accounts=found, alignment=alignment, tellings=tellings, rules=load_rules()), tally
    )
    return tally


def test_all_that_is_right() -> None:
    tally = entities_of(*MENTIONS)
    assert tally.counts["mentions"] == Count(right=6)
    assert tally.counts["linking"] == Count(right=6)
    assert tally.counts["entities"] == Count(right=4)
    assert tally.misses == []


def test_a_mention_may_begin_a_little_beside() -> None:
    begin, end = at("The Azure Front")
    tally = entities_of(FoundMention(begin=begin, end=end, entity=FRONT), *MENTIONS[1:])
    assert tally.counts["mentions"] == Count(right=6)


def test_a_second_entity_for_one_thing_is_wrong() -> None:
    twin = {**ENTITIES, "e:twin": FoundEntity(kind="Place", names=frozenset({"kidal"}))}
    tally = Tally("a")
    align(GOLD, twin, (*MENTIONS[:3], mention("Kidal", "e:twin", 1), *MENTIONS[4:]), tally)
    assert tally.counts["entities"] == Count(right=4, wrong=1)
    assert tally.counts["mentions"] == Count(right=6)
    assert tally.counts["linking"] == Count(right=5, wrong=1, missed=1)
    assert [miss.figure for miss in tally.misses] == ["entities", "linking"]


def test_several_entities_may_be_right_for_one() -> None:
    kidal = replace(GOLD.entities[1], several=True)
    gold = replace(GOLD, entities=(GOLD.entities[0], kidal, *GOLD.entities[2:]))
    twin = {**ENTITIES, "e:twin": FoundEntity(kind="Place", names=frozenset({"kidal"}))}
    tally = Tally("a")
    align(gold, twin, (*MENTIONS[:3], mention("Kidal", "e:twin", 1), *MENTIONS[4:]), tally)
    assert tally.counts["linking"] == Count(right=6)


def test_what_is_missed_and_what_is_wrong() -> None:
    tally = entities_of(*MENTIONS[1:4], mention("Ada Lund", KIDAL), mention("residents", GAO))
    assert tally.counts["mentions"] == Count(right=3, wrong=1, missed=3)
    assert tally.counts["entities"] == Count(right=2, wrong=1, missed=2)
    assert any("'residents' as Place" in miss.what for miss in tally.misses)
    assert {miss.sentence for miss in tally.misses if "entity missed: gao" in miss.what} == {
        "Azure Front fighters met Ada Lund in Gao."
    }


def test_what_is_left_open_counts_for_nothing() -> None:
    tally = entities_of(*MENTIONS, mention("Monday", "e:monday"), mention("The army", ARMY))
    assert tally.counts["mentions"] == Count(right=6)
    assert tally.counts["entities"] == Count(right=4)


def test_longest_names_come_first() -> None:
    gold = replace(GOLD, optional_mentions=("Azure Front fighters", "Azure"))
    wanted, neutral = name_spans(gold)
    assert [TEXT[span.begin : span.end] for span in sorted(wanted)][:2] == ["Azure Front", "Kidal"]
    assert [TEXT[span.begin : span.end] for span in neutral] == ["Azure Front fighters"]


TOOK = event(
    "took Kidal on",
    "Capture",
    agent=("front",),
    place=("kidal",),
    start="2012-03-05",
    status="Claimed",
    source=("front",),
)


def test_an_event_that_is_right_in_all() -> None:
    found = account(
        "took",
        "Capture",
        status="Claimed",
        start="2012-03-05",
        agent=FRONT,
        place=KIDAL,
        sources=frozenset({FRONT}),
    )
    tally = events_of((TOOK,), (found,))
    assert tally.counts["arguments"] == Count(right=2)
    for figure in ("events", "dates", "status", "sources", "whole events"):
        assert tally.counts[figure] == Count(right=1), figure
    assert tally.misses == []


def test_an_event_with_faults() -> None:
    tally = events_of((TOOK,), (account("took", "Capture", agent=LUND, target=GAO),))
    assert tally.counts["events"] == Count(right=1)
    # The agent is another; the place is missed; a target where gold has none is not held against it.
    assert tally.counts["arguments"] == Count(wrong=1, missed=2)
    assert tally.counts["dates"] == Count(missed=1)
    assert tally.counts["status"] == Count(wrong=1, missed=1)
    assert tally.counts["sources"] == Count(missed=1)
    assert tally.counts["whole events"] == Count(wrong=1, missed=1)
    assert {miss.figure for miss in tally.misses} == {"arguments", "dates", "status", "sources"}


def test_another_town_is_another_event() -> None:
    tally = events_of((TOOK,), (account("took", "Capture", agent=FRONT, place=GAO),))
    assert tally.counts["events"] == Count(wrong=1, missed=1)
    assert tally.counts["arguments"] == Count(missed=2)
    assert tally.counts["whole events"] == Count(wrong=1, missed=1)


def test_classes_that_are_right_too() -> None:
    found = (account("took", "Airstrike", agent=FRONT, place=KIDAL),)
    assert events_of((replace(TOOK, kind="Attack"),), found).counts["events"] == Count(right=1)
    assert events_of((replace(TOOK, others=("Airstrike",)),), found).counts["events"] == Count(right=1)
    assert events_of((TOOK,), found).counts["events"] == Count(wrong=1, missed=1)


def test_sides_of_a_meeting_are_grammar() -> None:
    met = event("met", "Meeting", agent=("front",), target=("lund",))
    for agent, target in ((FRONT, LUND), (LUND, FRONT), (f"{FRONT} {LUND}", GAO)):
        tally = events_of((met,), (account("met", "Meeting", agent=agent, target=target),))
        assert tally.counts["arguments"].right == 2
        assert tally.counts["arguments"].wrong == (target == GAO)


def test_of_several_places_one_is_enough() -> None:
    met = event("met", "Meeting", place=("gao", "kidal"))
    assert events_of((met,), (account("met", "Meeting", place=GAO),)).counts["arguments"] == Count(right=1)
    assert events_of((met,), (account("met", "Meeting"),)).counts["arguments"] == Count(missed=1)


def test_what_gold_leaves_open_is_not_wrong() -> None:
    optional = OptionalEvent(places=(at("said")[0],), kind="Statement")
    said, threat, met = account("said", "Statement"), account("said", "Threat"), account("met", "Meeting")
    assert events_of((), (said, threat), (optional,)).counts["events"] == Count()
    assert events_of((), (said, met), (optional,)).counts["events"] == Count(wrong=1)
    open_args = event("met", "Meeting", agent=("front",), optional_args=True)
    tally = events_of((open_args,), (account("met", "Meeting", agent=GAO),))
    assert tally.counts["arguments"] == Count() and tally.counts["whole events"] == Count(right=1)


def test_another_account_of_an_event_that_is_found_counts_for_nothing() -> None:
    one = account("took", "Capture", event="v:1", agent=FRONT, place=KIDAL)
    again = account("fighters", "Capture", event="v:1", agent=FRONT, place=KIDAL)
    assert events_of((TOOK,), (one, again)).counts["events"] == Count(right=1)


def test_twins_are_told_apart_by_their_dates() -> None:
    wanted = tuple(
        event("took Kidal in", "Capture", agent=("army",), place=("kidal",), start=year)
        for year in ("2015", "2016")
    )
    found = tuple(
        account("took", "Capture", 1, start=year, agent=ARMY, place=KIDAL) for year in ("2016", "2015")
    )
    assert events_of(wanted, found).counts["dates"] == Count(right=2)
    assert events_of(wanted, found[::-1]).counts["dates"] == Count(right=2)


@pytest.mark.parametrize(
    ("start", "end", "found", "until", "right"),
    [
        ("2012-03-05", None, "2012-03-05", "2012-03-05", True),
        ("2012-03", None, "2012-03-31", None, True),
        ("2012", None, "2012-03", "2012-03", True),
        ("2012-03-05", None, "2012-03", None, False),
        ("2012-03-05", None, None, None, False),
        ("2012-03-05", None, None, "2012-03-05", True),
        ("2012-03-05", "2012-03-07", "2012-03-06", "2012-03-08", False),
        ("2012-03-05", "2012-03-07", "2012-03-06", None, True),
        ("2012-03-05", "2012-03-07", "2012-03-04", "2012-03-07", False),
    ],
)
def test_dates(start: str, end: str | None, found: str | None, until: str | None, right: bool) -> None:
    told = replace(account("took", "Capture"), start=found, until=until)
    assert dates_agree(replace(TOOK, start=start, end=end), told) is right


def test_relations_are_found_or_missed() -> None:
    wanted = (
        GoldRelation(subject="lund", relation="holdsPosition", object="front", titles=("envoy", "Mayor")),
        GoldRelation(subject="lund", relation="holdsPosition", object=None, titles=("judge",)),
        GoldRelation(subject="kidal", relation="locatedIn", object="gao"),
        GoldRelation(subject="gao", relation="capitalOf", object="kidal", optional=True),
    )
    found = (
        FoundRelation(subject=LUND, relation="holdsPosition", object=FRONT, title="special envoy"),
        FoundRelation(subject=KIDAL, relation="locatedIn", object=GAO),
    )
    tally = Tally("a")
    alignment = align(GOLD, ENTITIES, MENTIONS, Tally("a"))
    count_relations(replace(GOLD, relations=wanted), found, alignment, tally)
    assert tally.counts["relations"] == Count(right=2, missed=1)
    assert [miss.what for miss in tally.misses] == ["relation missed: lund holdsPosition judge"]


def test_figures_of_a_count() -> None:
    count = Count(right=3, wrong=1, missed=2)
    assert (count.precision, count.recall, count.gold) == (0.75, 0.6, 5)
    assert count.f1 == pytest.approx(2 / 3)
    assert (Count().precision, Count().recall, Count().f1) == (None, None, None)
    assert Count(missed=2).f1 == 0


def test_the_total_is_the_sum_of_the_articles() -> None:
    one, two = Tally("a"), Tally("b")
    one.add("events", right=1)
    two.add("events", wrong=2)
    evaluation = Evaluation(articles={"a": one.counts, "b": two.counts}, misses=())
    assert evaluation.total("events") == Count(right=1, wrong=2)


@pytest.mark.parametrize(
    ("name", "plain"),
    [("The Côte d’Ivoire's", "cote d ivoire"), ("U.S.", "u s"), ("Theatre", "theatre"), ("", "")],
)
def test_names_are_folded(name: str, plain: str) -> None:
    assert folded(name) == plain


def test_windows_hold_their_sentence() -> None:
    windows = Windows("One. Two “three.” Four\nFive")
    assert [windows.sentence(place) for place in (0, 6, 19, 24)] == ["One.", "Two “three.”", "Four", "Five"]
