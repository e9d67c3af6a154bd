"""Gold as it is written: read whole, or refused with the line and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError, ResourceError
from kg.evaluate import read_articles, read_gold
from kg.evaluate.gold import GoldEntity, GoldEvent, GoldRelation, OptionalEvent

TEXT = "Ada Lund met the rebels in Tarn on Monday. The rebels left Tarn.\nRead more in Tarn.\n"
GOLD = """\
doc: a.txt
date: 2020-01-08
until: Read more
entities:
  ada: {type: Person, names: [Ada Lund], alt: [Lund]}
  tarn: {type: Place, or_type: Organization, names: [Tarn], several: true}
  rebels: {type: Organization, names: [], nominals: [the rebels]}
optional_mentions: [Monday]
relations:
  - [ada, holdsPosition, envoy|special envoy, null]
  - [rebels, locatedIn, tarn, optional]
events:
  - {at: met the rebels, type: Meeting, agent: [ada], target: [rebels], start: 2020-01-06, status: Asserted}
optional_events:
  - {at: ebels, type: Battle}
"""


def read(folder: Path, gold: str = GOLD, text: str = TEXT) -> object:
    (folder / "a.yaml").write_text(gold, encoding="utf-8")
    return read_gold(folder, {"a.txt": text})


def test_gold_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOLD, encoding="utf-8")
    (article,) = read_gold(tmp_path, {"a.txt": TEXT})
    assert article.name == "a.txt"
    assert article.whole == TEXT and article.text == TEXT[: TEXT.index("Read more")]
    assert article.entities[:2] == (
        GoldEntity(key="ada", kinds=("Person",), names=("Ada Lund",), alternatives=("Lund",)),
        GoldEntity(key="tarn", kinds=("Place", "Organization"), names=("Tarn",), several=True),
    )
    assert article.relations == (
        GoldRelation(subject="ada", relation="holdsPosition", object=None, titles=("envoy", "special envoy")),
        GoldRelation(subject="rebels", relation="locatedIn", object="tarn", optional=True),
    )
    assert article.events == (
        GoldEvent(
            at=TEXT.index("met"),
            fragment="met the rebels",
            kind="Meeting",
            agent=("ada",),
            target=("rebels",),
            start="2020-01-06",
            status="Asserted",
        ),
    )
    assert article.optional_events == (
        OptionalEvent(places=(TEXT.index("ebels"), TEXT.rindex("ebels")), kind="Battle"),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("until: Read", "untill: Read", 3, "did you mean 'until'"),
        ("doc: a.txt", "doc: b.txt", 1, "no article 'b.txt': did you mean 'a.txt'"),
        ("doc: a.txt\n", "", 1, "lacks 'doc'"),
        ("until: Read more", "until: rebels", 3, "stands 2 times"),
        ("type: Person", "type: Human", 5, "no word 'Human': use one of Person, Place, Organization"),
        ("alt: [Lund]", "alts: [Lund]", 5, "the entity ada has no 'alts': did you mean 'alt'"),
        ("names: [Ada Lund]", "names: [Ada Lunt]", 5, "'Ada Lunt' is not in the text of a.txt"),
        ("names: [Ada Lund]", "names: Ada Lund", 5, "'names' must be a list"),
        ("several: true", "several: maybe", 6, "must be true or false"),
        (
            "[ada, holdsPosition, envoy|special envoy, null]",
            "[ada, holdsPosition, envoy]",
            10,
            "a relation is",
        ),
        ("locatedIn, tarn", "livesIn, tarn", 11, "no word 'livesIn'"),
        ("locatedIn, tarn", "locatedIn, turn", 11, "no entity 'turn': did you mean 'tarn'"),
        (
            "at: met the rebels",
            "at: Tarn",
            13,
            "'Tarn' stands 2 times in the text of a.txt: write more words",
        ),
        ("at: met the rebels", "at: Read more", 13, "is not in the text of a.txt before 'until'"),
        ("at: met the rebels", "at: met the troops", 13, "is not in the text of a.txt: write it"),
        ("type: Meeting", "type: Meetings", 13, "no class of events 'Meetings': did you mean 'Meeting'"),
        ("agent: [ada]", "agent: [eda]", 13, "no entity 'eda': did you mean 'ada'"),
        ("agent: [ada]", "agent: [zzz]", 13, "define it under entities"),
        ("start: 2020-01-06", "start: Monday", 13, "'Monday' is no date: write 2023-03-14"),
        ("start: 2020-01-06", "start: 2020-02-30", 13, "is no date"),
        ("start: 2020-01-06", "start: 2020-01-06, end: 2019", 13, "after its end 2019"),
        ("start: 2020-01-06", "end: 2020-01-06", 13, "needs a 'start'"),
        ("status: Asserted", "status: asserted", 13, "did you mean 'Asserted'"),
        ("status: Asserted", "status: Asserted, agent: []", 13, "has 'agent' twice"),
        ("at: ebels", "at: troops", 15, "is not in the text"),
        ("optional_mentions:", "xyz:", 8, "has no 'xyz': it may have doc, date"),
    ],
)
def test_faults_are_told_with_their_line(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, GOLD.replace(old, new, 1))
    said = str(caught.value)
    assert f"a.yaml, line {line}: " in said
    assert message in said and "\n" not in said


@pytest.mark.parametrize(
    ("gold", "message"),
    [
        ("", "is empty"),
        ("doc: [", "no YAML"),
        ("- a\n", "line 1: the gold of an article must be written as key: value"),
        ("doc: &x a.txt\nentities: *x\n", "line 2: an alias"),
        ("[" * 50, "nested too deep"),
        ("doc: a.txt\nentities: {}\nevents:\n  - {at: x\n    type: y}\n", "no YAML"),
    ],
)
def test_what_is_no_gold_is_refused(tmp_path: Path, gold: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read(tmp_path, gold)


def test_an_article_has_gold_once(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(GOLD, encoding="utf-8")
    with pytest.raises(DataError, match=r"b\.yaml: 'a\.txt' has gold in .*a\.yaml too"):
        read(tmp_path)


def test_folders_without_gold_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="there is no gold in it"):
        read_gold(tmp_path, {})
    with pytest.raises(ResourceError, match="no such folder"):
        read_gold(tmp_path / "none", {})
    (tmp_path / "a.yaml").write_bytes(b"\xff")
    with pytest.raises(DataError, match="not UTF-8"):
        read_gold(tmp_path, {})


def test_articles_are_read_as_a_build_reads_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"One\r\ntwo.")
    (tmp_path / "b").write_text("Three.")
    (tmp_path / "c.yaml").write_text("doc: a.txt")
    assert read_articles(tmp_path) == {"a.txt": "One\ntwo.", "b": "Three."}
    (tmp_path / "d.jsonl").write_text('{"id": "d", "text": "Four."}')
    assert read_articles(tmp_path / "d.jsonl") == {"d": "Four."}
    with pytest.raises(ResourceError, match="no such file"):
        read_articles(tmp_path / "none")
