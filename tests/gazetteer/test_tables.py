"""Tables: what is read, and the line that each fault is refused with."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.gazetteer.designations import Designations
from kg.gazetteer.tables import KINDS, GazetteerError, read_rows
from kg.resources import gazetteer_dir

HEADER = "id,label,kind,names,country,same_as,source\n"


def table(folder: Path, text: str, name: str = "own.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_becomes_an_entry(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER + "\nlake-guard,Lake Guard,ArmedGroup,LG| Guard of the Lake ,ML,,mine\n")
    (row,) = read_rows([path])
    assert row.entry.names == ("Lake Guard", "LG", "Guard of the Lake")
    assert row.entry.country == "ML"
    assert (row.path, row.line) == (path, 3)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("id,label,kind,names,country,same_as\n", 1, "the column 'source' is missing"),
        (HEADER.replace("source", "source,weight"), 1, "unknown column 'weight'"),
        (HEADER + "a,A,Army,,,,x\n", 2, "unknown class 'Army'"),
        (HEADER + "a,A,ArmedGroup,,,,x\nb,,ArmedGroup,,,,x\n", 3, "the cell 'label' is empty"),
        (HEADER + "a,A,ArmedGroup,,,,x\na,B,ArmedGroup,,,,x\n", 3, "the id 'a' is also in"),
        (HEADER + "a b,A,ArmedGroup,,,,x\n", 2, "the id 'a b' may hold"),
        (HEADER + "a,A,ArmedGroup,,Mali,,x\n", 2, "not an ISO 3166 code"),
        (HEADER + "a,A,ArmedGroup,,,Q1,x\n", 2, "not an absolute IRI"),
        (HEADER + "a,A,ArmedGroup,,,x\n", 2, "6 cells, but 7 columns"),
        ("id,label,kind,names,country,same_as,source,latitude\na,A,Region,,,,x,100\n", 2, "latitude '100'"),
        (
            "id,label,kind,names,country,same_as,source,parent\na,A,Region,,,,x,nowhere\n",
            2,
            "parent 'nowhere'",
        ),
        (
            "id,label,kind,names,country,same_as,source,parent\na,A,Region,,,,x,b\nb,B,Region,,,,x,a\n",
            2,
            "lies in itself",
        ),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    path = table(tmp_path, text)
    with pytest.raises(GazetteerError) as caught:
        read_rows([path])
    message = str(caught.value)
    assert message.startswith(f"{path}, line {line}: ")
    assert what in message
    assert "\n" not in message


def test_an_id_of_another_file_is_refused_with_both(tmp_path: Path) -> None:
    row = HEADER + "a,A,ArmedGroup,,,,x\n"
    first, second = table(tmp_path, row, "first.csv"), table(tmp_path, row, "second.csv")
    with pytest.raises(GazetteerError, match=r"second\.csv, line 2: .*first\.csv:2"):
        read_rows([first, second])


def test_a_missing_file_and_a_wrong_encoding(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="cannot be read"):
        read_rows([tmp_path / "none.csv"])
    path = tmp_path / "latin.csv"
    path.write_bytes((HEADER + "a,Tibú,Region,,,,x\n").encode("latin-1"))
    with pytest.raises(GazetteerError, match="line 2: not UTF-8"):
        read_rows([path])


def test_the_tables_that_come_along_are_sound() -> None:
    folder = gazetteer_dir()
    rows = read_rows([folder / name for name in ("organisations.csv", "people.csv", "regions.csv")])
    assert len(rows) > 500
    assert {row.entry.kind for row in rows} <= KINDS


def test_designations() -> None:
    designations = Designations.read(gazetteer_dir() / "designations.csv")
    for name in ("Tarn province", "Province of Tarn"):
        assert designations.strip(name) == ("Tarn", "Province")
    assert designations.strip("Tarn") == ("Tarn", None)
    assert designations.strip("Province") == ("Province", None)
    assert designations.strip_before("it fell back to the city of ") == (
        "it fell back to the",
        "PopulatedPlace",
    )
    assert designations.strip_before("it fell back to ")[1] is None
