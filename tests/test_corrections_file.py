"""The file of corrections: what is read, and what is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.config import DEFAULT_BASE_IRI
from kg.corrections import Action, Correction, parse_corrections, read_corrections
from kg.errors import DataError, ResourceError
from kg.model import MentionRef
from kg.rdf.iris import Minter

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "corrections.yaml"
BY = "  by: A. Reader\n  why: I was there\n"


def one(text: str, base_iri: str = DEFAULT_BASE_IRI) -> Correction:
    (found,) = parse_corrections(text + BY, "fix.yaml", base_iri)
    return found


def test_every_action_is_in_the_shipped_example() -> None:
    shown = {each.action for each in read_corrections(SHIPPED).entries}
    assert shown == set(Action) - {Action.PLACE, Action.STATUS}


def test_what_an_entry_says() -> None:
    found = one("- date: id:article/a%2Fb.txt#v1-2\n  start: 2023-03\n  when: 2024\n")
    assert found.things[0].mention == MentionRef(article="a/b.txt", key="v1-2")
    assert (found.start, found.end, found.when) == ("2023-03", None, "2024")
    assert (found.by, found.why, found.where) == ("A. Reader", "I was there", "fix.yaml, line 1")
    assert found.label == "date of id:article/a%2Fb.txt#v1-2: 2023-03 to …"
    assert one("- date: X\n  day: 2023-03-04\n").label == "date of X: 2023-03-04"
    assert one("- link: <https://w3id.org/newskg/id/geonames/7>\n  to: none\n").things[0].id == "geonames/7"
    assert one("- link: X\n  to: id:gazetteer/afp\n").to == "gazetteer/afp"
    assert one("- status: X\n  to: CLAIMED\n").to == "Claimed"
    assert one("- kind: X\n  to: kg:Facility\n").to == "Facility"
    # What YAML 1.1 would take for something else is text.
    assert one("- place: No\n  to: 2023\n").to == "2023"


def test_an_id_depends_on_what_is_said_alone() -> None:
    first, again = one("- untrue: X\n"), one("# later\n\n- untrue:   X\n")
    assert first.id == again.id and first.where != again.where
    assert first.id != one("- untrue: Y\n").id
    assert parse_corrections(f"- untrue: X\n{BY}- untrue: X\n{BY}", "fix.yaml") == (first,)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "[]"])
def test_an_empty_file_corrects_nothing(text: str) -> None:
    assert parse_corrections(text, "fix.yaml") == ()


@given(st.text(min_size=1), st.text(min_size=1), st.sampled_from([DEFAULT_BASE_IRI, "https://x.org/a#"]))
def test_a_mention_is_found_by_the_iri_that_is_minted(article: str, key: str, base_iri: str) -> None:
    try:
        iri = Minter(base_iri).mention(article, key)
    except UnicodeEncodeError:
        return
    if len(iri) < 900 and max(article + key) <= "\ud7ff":
        found = one(f"- untrue: '{iri.replace(chr(39), chr(39) * 2)}'\n", base_iri)
        assert found.things[0].mention == MentionRef(article=article, key=key)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("untrue: X\n", 1, "the file must be a list: begin each correction with -"),
        ("- untrue: [X\n", 2, "no YAML"),
        ("- X\n", 1, "a correction must have keys"),
        ("- by: me\n  why: so\n", 1, "says nothing to correct: give one of same, split, link"),
        ("- untru: X\n  by: me\n  why: so\n", 1, "for 'untru' did you mean 'untrue'"),
        ("- untrue: X\n  date: X\n  by: me\n  why: so\n", 1, "corrects untrue and date at once"),
        ("- untrue: X\n  why: so\n", 1, "'by' is missing: add by: …"),
        ("- untrue: X\n  by: me\n", 1, "'why' is missing"),
        ("- untrue: X\n  by:\n  why: so\n", 2, "'by' is empty: fill it in"),
        ("- untrue: X\n  by: me\n  why: [so]\n", 3, "'why' must be a text"),
        ("- untrue: X\n  bye: me\n  why: so\n", 2, "unknown key 'bye': did you mean 'by'"),
        (
            "- untrue: X\n  to: Y\n  by: me\n  why: so\n",
            2,
            "unknown key 'to': with 'untrue' go by, why, when",
        ),
        ("- untrue: X\n  by: me\n  by: you\n  why: so\n", 3, "'by' stands twice"),
        ("- untrue: [X, Y]\n  by: me\n  why: so\n", 1, "'untrue' takes one thing: write an entry for each"),
        (
            "- untrue: X\n  by: me\n  why: so\n  when: yesterday\n",
            4,
            "'when' must be a date: write 2023-03-14",
        ),
        ("- untrue: X\n  by: me\n  why: so\n  when: 2023-02-30\n", 4, "'when' must be a date"),
        ("- same: X\n  by: me\n  why: so\n", 1, "'same' needs two things or more"),
        ("- same: [X, X]\n  by: me\n  why: so\n", 1, "'same' names one thing twice"),
        ("- split: X\n  by: me\n  why: so\n", 1, "'apart' is missing"),
        ("- split: X\n  apart: [Y]\n  by: me\n  why: so\n", 2, "'Y' is no mention: name mentions"),
        ("- split: X\n  apart: []\n  by: me\n  why: so\n", 2, "'apart' needs one thing at least"),
        ("- untrue: id:article/x.txt\n  by: me\n  why: so\n", 1, "is an article, no mention: add its key"),
        ("- untrue: https://example.org/e\n  by: me\n  why: so\n", 1, "is no IRI of this graph"),
        ("- date: X\n  by: me\n  why: so\n", 1, "'date' needs a date"),
        ("- date: X\n  day: 2023\n  end: 2024\n  by: me\n  why: so\n", 2, "give 'day', or 'start' and 'end'"),
        (
            "- date: X\n  start: 2024\n  end: 2023-05\n  by: me\n  why: so\n",
            2,
            "starts at 2024, after its end",
        ),
        ("- status: X\n  to: True\n  by: me\n  why: so\n", 2, "no status 'True': one of Asserted, Claimed"),
        ("- kind: X\n  to: Captur\n  by: me\n  why: so\n", 2, "no class 'Captur': did you mean 'Capture'"),
        ("- kind: X\n  to: none\n  by: me\n  why: so\n", 2, "'to' must name a kind"),
        ("- untrue: &a [*a]\n  by: me\n  why: so\n", 1, "'untrue' must be a text"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(DataError) as raised:
        parse_corrections(text, "fix.yaml")
    said = str(raised.value)
    assert said.startswith(f"fix.yaml, line {line}: ") and message in said
    assert "\n" not in said


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(DataError, match=r"fix\.yaml, line 2: nested too deep for a correction"):
        parse_corrections("- untrue: X\n- " + "[" * 300_000, "fix.yaml")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="the corrections cannot be read: No such file"):
        read_corrections(tmp_path / "none.yaml")
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"- untrue: \xe9\n")
    with pytest.raises(DataError, match="not UTF-8 at byte 10: save it as UTF-8"):
        read_corrections(path)
