"""The table of a graph written by hand, held to one that was checked by hand against ACLED's codebook."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export.acled import COLUMNS, STATUSES, AcledRow, acled_rows, write_acled
from kg.export.records import (
    AccountRecord,
    ArticleRecord,
    EntityRecord,
    EventRecord,
    read_events,
)
from kg.model import Status
from kg.store.memory import MemoryStore, open_file

DATA = Path(__file__).parent.parent / "data" / "sahel.trig"
GOLDEN = Path(__file__).with_name("sahel.csv")
ARTICLE = ArticleRecord(iri="https://example.org/a", id="a", issued="2031-05-04")


@pytest.fixture(scope="module")
def graph() -> MemoryStore:
    return open_file(DATA)


def table(events: tuple[EventRecord, ...]) -> str:
    out = io.StringIO(newline="")
    write_acled(events, out)
    return out.getvalue()


def account(sentence: str = "It happened.", trigger: str = "happened", **more: int) -> AccountRecord:
    return AccountRecord(
        iri=f"https://example.org/a#{sentence}",
        article=ARTICLE,
        begin=0,
        trigger=trigger,
        sentence=sentence,
        status=Status.ASSERTED,
        **more,  # type: ignore[arg-type]
    )


def event(kind: str, *accounts: AccountRecord, name: str = "one", **roles: str | None) -> EventRecord:
    """An event of asserted accounts; `roles` give the labels of groups, and the day."""
    day = roles.pop("day", None)
    groups = {
        role: (EntityRecord(iri=f"https://example.org/{label}", label=label, kind="Group"),)
        for role, label in roles.items()
        if label is not None
    }
    return EventRecord(
        iri=f"https://example.org/event/{name}",
        label=kind,
        kind=kind,
        status=Status.ASSERTED,
        start=day,
        end=day,
        accounts=accounts or (account(),),
        **groups,  # type: ignore[arg-type]
    )


def coded(one: EventRecord) -> str:
    """Event type and sub-event type, nothing where there is no row."""
    rows = acled_rows([one])
    return f"{rows[0].event_type} / {rows[0].sub_event_type}" if rows else ""


def test_the_table_is_the_one_checked_by_hand(graph: MemoryStore) -> None:
    assert table(read_events(graph, STATUSES)).encode() == GOLDEN.read_bytes()


def test_the_columns_are_those_of_acled_in_its_order() -> None:
    assert len(COLUMNS) == 31
    assert COLUMNS[:7] == (
        "event_id_cnty",
        "event_date",
        "year",
        "time_precision",
        "disorder_type",
        "event_type",
        "sub_event_type",
    )
    assert COLUMNS[-4:] == ("notes", "fatalities", "tags", "timestamp")


def test_what_did_not_happen_is_there_only_on_request(graph: MemoryStore) -> None:
    happened = {row.event_id_cnty for row in acled_rows(read_events(graph, STATUSES))}
    everything = {row.event_id_cnty for row in acled_rows(read_events(graph))}
    assert everything - happened == {"MLI-retake", "fight"}
    assert happened < everything


def test_classes_without_a_type_of_acled_are_left_out() -> None:
    kinds = ("Statement", "Threat", "Meeting", "Movement", "LegalAction", "Sanction", "Aid")
    assert [kind for kind in kinds if acled_rows([event(kind)])] == []


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (event("Battle"), "Battles / Armed clash"),
        (event("Airstrike"), "Explosions/Remote violence / Air/drone strike"),
        (event("Bombing"), "Explosions/Remote violence / Remote explosive/landmine/IED"),
        (
            event("Bombing", account("A suicide bomber struck.")),
            "Explosions/Remote violence / Suicide bomb",
        ),
        (
            event("Bombing", account(trigger="blast")),
            "Explosions/Remote violence / Remote explosive/landmine/IED",
        ),
        (
            event("Attack", account(trigger="shelled")),
            "Explosions/Remote violence / Shelling/artillery/missile attack",
        ),
        (event("Attack"), " / "),
        (event("Attack", targets="villagers"), "Violence against civilians / Attack"),
        (event("Attack", agents="rebels", targets="troops"), "Battles / Armed clash"),
        (
            event("Attack", account("Missiles hit a school."), targets="pupils"),
            "Explosions/Remote violence / Shelling/artillery/missile attack",
        ),
        (
            event("Attack", agents="police", targets="protesters"),
            "Protests / Excessive force against protesters",
        ),
        (event("Killing", targets="villagers"), "Violence against civilians / Attack"),
        (event("Killing"), ""),
        (event("Capture"), "Battles / "),
        (event("Capture", agents="government troops"), "Battles / Government regains territory"),
        (event("Capture", agents="the rebels"), "Battles / Non-state actor overtakes territory"),
        (event("Detention", agents="police"), "Strategic developments / Arrests"),
        (
            event("Detention", agents="armed group"),
            "Violence against civilians / Abduction/forced disappearance",
        ),
        (
            event("Detention", account(trigger="kidnapped")),
            "Violence against civilians / Abduction/forced disappearance",
        ),
        (event("Protest", agents="students"), "Protests / Peaceful protest"),
        (event("Protest", account(trigger="rioted")), "Riots / Violent demonstration"),
        (event("Destruction"), "Strategic developments / Looting/property destruction"),
        (event("Ceasefire"), "Strategic developments / Agreement"),
        (event("Seizure"), "Strategic developments / "),
        (
            event("Seizure", account("Police seized five rifles."), agents="police"),
            "Strategic developments / Disrupted weapons use",
        ),
        (event("Withdrawal"), "Strategic developments / Change to group/activity"),
    ],
    ids=lambda value: value.kind if isinstance(value, EventRecord) else value,
)
def test_types(one: EventRecord, wanted: str) -> None:
    assert coded(one) == wanted


def test_an_attack_of_unknown_type_is_still_political_violence() -> None:
    (row,) = acled_rows([event("Attack")])
    assert (row.disorder_type, row.event_type) == ("Political violence", "")


def test_a_killing_told_with_an_attack_is_in_its_row() -> None:
    sentence = "A blast killed four."
    bomb = event("Bombing", account(sentence, "blast"))
    killing = event("Killing", account(sentence, "killed", killed=4), name="two", targets="villagers")
    (row,) = acled_rows([bomb, killing])
    assert (row.event_id_cnty, row.actor2, row.fatalities) == ("one", "villagers", "4")


def test_a_killing_by_others_is_a_row_of_its_own() -> None:
    sentence = "Rebels attacked and police shot four."
    attack = event("Attack", account(sentence, "attacked"), agents="rebels")
    killing = event(
        "Killing", account(sentence, "shot", killed=4), name="two", agents="police", targets="villagers"
    )
    first, second = acled_rows([attack, killing])
    assert (first.fatalities, second.fatalities) == ("", "4")


def test_a_killing_of_another_day_is_a_row_of_its_own() -> None:
    sentence = "A blast hit the market a week after four were killed."
    bomb = event("Bombing", account(sentence, "blast"), day="2031-05-04")
    killing = event("Killing", account(sentence, killed=4), name="two", targets="traders", day="2031-04-27")
    assert [row.event_id_cnty for row in acled_rows([bomb, killing])] == ["two", "one"]


def test_of_differing_figures_the_lowest_counts_and_all_are_told() -> None:
    accounts = (account("It killed 24.", killed=24), account("It killed 17.", killed=17))
    (row,) = acled_rows([event("Airstrike", *accounts)])
    assert row.fatalities == "17"
    assert row.tags.endswith("killed=24 (a), 17 (a)")
    assert row.notes == "It killed 24. It killed 17."


def test_several_killings_in_one_event_are_not_added_up() -> None:
    first, second = account("It killed eight soldiers.", killed=8), account("Three civilians died.", killed=3)
    strike = event("Airstrike", first, second)
    killings = [
        event("Killing", first, name="two", targets="soldiers"),
        event("Killing", second, name="three", targets="villagers"),
    ]
    (row,) = acled_rows(
        [replace(strike, accounts=tuple(replace(a, killed=None) for a in strike.accounts)), *killings]
    )
    assert row.fatalities == "8"


def test_no_figure_leaves_fatalities_empty_and_none_dead_is_0() -> None:
    assert acled_rows([event("Airstrike")])[0].fatalities == ""
    assert acled_rows([event("Airstrike", account(killed=0))])[0].fatalities == "0"


def test_two_agents_of_a_clash_stand_against_each_other() -> None:
    sides = tuple(
        EntityRecord(iri=f"https://example.org/{label}", label=label, kind="Group")
        for label in ("army", "rebels")
    )
    (row,) = acled_rows([replace(event("Battle"), agents=sides)])
    assert (row.actor1, row.actor2, row.interaction) == ("army", "rebels", "State forces-Rebel group")
    (row,) = acled_rows([replace(event("Capture"), agents=sides)])
    assert (row.actor1, row.assoc_actor_1, row.actor2) == ("army", "rebels", "")


def test_a_state_s_forces_abroad_are_external() -> None:
    mali, niger = (
        EntityRecord(iri=f"https://example.org/{name}", label=name, kind="Country") for name in "MN"
    )
    army = EntityRecord(iri="https://example.org/army", label="army", kind="MilitaryUnit", around=(mali,))
    for country, kind in ((mali, "State forces"), (niger, "External/Other forces")):
        (row,) = acled_rows([replace(event("Battle"), agents=(army,), places=(country,))])
        assert row.inter1 == kind


def test_the_name_of_a_person_tells_nothing_of_what_they_are() -> None:
    person = EntityRecord(iri="https://example.org/p", label="Ann Soldier", kind="Person")
    for label, kind in (("Ann Soldier", ""), ("Malian soldier", "State forces")):
        (row,) = acled_rows([replace(event("Battle"), agents=(replace(person, label=label),))])
        assert row.inter1 == kind


def test_an_iri_of_another_is_kept_whole() -> None:
    (row,) = acled_rows([replace(event("Battle"), iri="urn:clash:7")])
    assert row.event_id_cnty == "urn:clash:7"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back_from_the_table(text: str) -> None:
    one = event("Battle", account(text))
    rows = list(csv.reader(io.StringIO(table((one,)), newline=""), strict=True))
    assert rows[0] == list(COLUMNS)
    notes = rows[1][COLUMNS.index("notes")]
    assert notes in (" ".join(text.split()), "'" + " ".join(text.split()))
    assert {len(row) for row in rows} == {31}


def test_a_row_says_only_what_is_told() -> None:
    (row,) = acled_rows([event("Battle")])
    assert row == AcledRow(
        event_id_cnty="one",
        disorder_type="Political violence",
        event_type="Battles",
        sub_event_type="Armed clash",
        source="a",
        notes="It happened.",
        tags="status=Asserted",
    )


def test_no_cell_is_a_formula_to_a_spreadsheet() -> None:
    texts = ("=cmd|'/C calc'!A0", "@SUM(1+1)", "+1+cmd", "-2+3", "\t=1", "\r=1")
    events = tuple(
        event("Battle", account(text), name=str(at), day=f"2031-05-0{at + 1}", agents=text)
        for at, text in enumerate(texts)
    )
    rows = list(csv.DictReader(io.StringIO(table(events), newline="")))
    assert len(rows) == len(texts)
    assert all(row["actor1"].startswith("'") and row["notes"].startswith("'") for row in rows)
    cells = [cell for row in rows for cell in row.values() if cell[:1] in set("=+-@\t\r")]
    assert cells == []
