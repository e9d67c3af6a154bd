"""Notes in the manner of ACLED's and of newswire (``acled_notes.yaml``): each is a row of the right types.

A note is right where it gives a row, and every row that it gives has its sub-event type.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from kg.build import build
from kg.export.acled import STATUSES, acled_rows
from kg.export.codebook import load_codebook
from kg.export.records import read_events
from kg.store.memory import open_file

NOTES = yaml.safe_load(Path(__file__).with_name("acled_notes.yaml").read_text(encoding="utf-8"))
FLOORS = {
    "Battles": 0.96,
    "Protests": 0.93,
    "Riots": 1.0,
    "Explosions/Remote violence": 1.0,
    "Violence against civilians": 0.93,
    "Strategic developments": 0.91,
}


def test_every_sub_event_type_has_notes_and_what_fails_says_why() -> None:
    assert set(NOTES) == set(load_codebook().above)
    notes = [note for listed in NOTES.values() for note in listed]
    assert all(isinstance(note, str) or note["known"] for note in notes)
    texts = [note if isinstance(note, str) else note["text"] for note in notes]
    assert len(texts) == len(set(texts)) >= 325


@pytest.mark.model
def test_the_types_of_the_notes(tmp_path: Path) -> None:
    source, out = tmp_path / "notes.jsonl", tmp_path / "notes.nt"
    wanted, known = {}, set()
    for sub_event_type, notes in NOTES.items():
        for number, note in enumerate(notes):
            name = f"{sub_event_type.replace('/', ' ')} {number}"
            wanted[name] = sub_event_type
            text = note if isinstance(note, str) else note["text"]
            known |= set() if isinstance(note, str) else {name}
            with source.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"id": name, "text": text}) + "\n")
    assert build([source], out, validate=False).failures == ()

    found: dict[str, list[str]] = defaultdict(list)
    for row in acled_rows(read_events(open_file(out), STATUSES)):
        found[row.source].append(row.sub_event_type)
    above = load_codebook().above
    right: dict[str, list[bool]] = defaultdict(list)
    for name, sub_event_type in wanted.items():
        right[above[sub_event_type]].append(set(found[name]) == {sub_event_type})
    wrong = {name: found[name] for name, want in wanted.items() if set(found[name]) != {want}}
    share = {event_type: sum(each) / len(each) for event_type, each in right.items()}
    new = {name: rows for name, rows in wrong.items() if name not in known}
    assert all(share[each] >= floor for each, floor in FLOORS.items()), (share, new)
