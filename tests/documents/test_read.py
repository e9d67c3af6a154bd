from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import read_documents
from kg.documents.inputs import InputFormat
from kg.documents.text import decode
from kg.errors import DocumentError, KgError, ResourceError, UsageError
from kg.model import SourceDocument, Span

TEXT = "Rain fell on Lima."


def read(*inputs: str | Path, **options: object) -> tuple[list[SourceDocument], list[KgError]]:
    errors: list[KgError] = []
    documents = list(read_documents(inputs, on_error=errors.append, **options))  # type: ignore[arg-type]
    return documents, errors


def read_one(*inputs: str | Path, **options: object) -> SourceDocument:
    documents, errors = read(*inputs, **options)
    assert errors == []
    assert len(documents) == 1
    return documents[0]


def refused(*inputs: str | Path, **options: object) -> KgError:
    documents, errors = read(*inputs, **options)
    assert documents == []
    assert len(errors) == 1
    assert "\n" not in str(errors[0])
    return errors[0]


def write(path: Path, data: str | bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def records(path: Path, *rows: dict[str, object] | str) -> Path:
    return write(path, "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))


def ids(documents: list[SourceDocument]) -> list[str]:
    return [document.id for document in documents]


# What a file gives


def test_a_text_file_loses_its_mark_and_crlf_and_nothing_else(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"\xef\xbb\xbf \xc3\xa9\r\nb\rc\t\n\n")
    assert read_one(path) == SourceDocument(id="a.txt", text=" é\nb\rc\t\n\n")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")))
def test_text_is_folded_and_otherwise_unchanged(text: str) -> None:
    if text.strip() and not text.startswith(("\ufeff", "%PDF-", "{\\rtf", "PK\x03\x04")):
        assert decode(text.encode(), "f") == text.replace("\r\n", "\n")


def test_a_record_is_taken_as_it_stands(tmp_path: Path) -> None:
    path = records(
        tmp_path / "a.jsonl",
        {
            "id": "x",
            "title": "T",
            "text": "\ufeffa\r\nb",
            "date": "2021-08",
            "url": "u",
            "source": "P",
            "extra": 1,
        },
    )
    assert read_one(path) == SourceDocument(
        id="x", title="T", text="\ufeffa\r\nb", date="2021-08", url="u", publisher="P"
    )


def test_a_record_without_an_id_is_named_by_its_line(tmp_path: Path) -> None:
    path = records(tmp_path / "a.jsonl", {"text": "x"}, "", {"text": "y", "id": ""})
    assert ids(read(path)[0]) == ["a.jsonl#1", "a.jsonl#3"]


# Dates


def test_the_date_comes_from_the_record_the_head_the_option_the_name(tmp_path: Path) -> None:
    head = "date 2020-02-02 Rain fell."
    path = records(
        tmp_path / "n-2023-05-05.jsonl", {"id": "r", "text": head, "date": "2019-01-01"}, {"text": head}
    )
    documents, _ = read(path, date="2022-04")
    assert [(d.date, d.skip) for d in documents] == [
        ("2019-01-01", (Span(begin=0, end=16),)),
        ("2020-02-02", (Span(begin=0, end=16),)),
    ]
    plain = write(tmp_path / "p-20230505.txt")
    assert read_one(plain, date="2022-04").date == "2022-04"
    assert read_one(plain).date == "2023-05-05"
    assert read_one(write(tmp_path / "none.txt")).date is None


@pytest.mark.parametrize("row", [{"text": "x", "date": "soon"}, {"text": "date 2021-02-30 x"}])
def test_a_date_that_is_none_is_refused_by_name(tmp_path: Path, row: dict[str, object]) -> None:
    error = refused(records(tmp_path / "a.jsonl", row))
    assert isinstance(error, DocumentError)
    assert "a.jsonl line 1" in str(error)
    assert "soon" in str(error) or "2021-02-30" in str(error)


def test_a_date_option_that_is_none_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="2021-08-10"):
        read("x.txt", date="10.8.2021")


# Folders, patterns, standard input


def test_a_folder_is_read_with_all_below_it_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a", "c/d.TXT", ".hidden.txt", ".git/e.txt", "f.html", "g.tar.gz", "i.2021"):
        write(tmp_path / name)
    documents, errors = read(tmp_path)
    assert errors == []
    assert ids(documents) == ["a", "b.txt", "d.TXT", "i.2021"]


def test_names_that_repeat_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    for name in ("a.txt", "x/a.txt", "x/b.txt"):
        write(tmp_path / name)
    assert ids(read(tmp_path)[0]) == ["a.txt", "x/a.txt", "b.txt"]
    assert ids(read(tmp_path / "x" / "a.txt", tmp_path)[0]) == ["a.txt", "x/a.txt", "b.txt"]


def test_a_pattern_is_expanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("n/a.txt", "n/x/a.txt", "n/b.html", "[c].txt"):
        write(tmp_path / name)
    assert ids(read(str(tmp_path / "n" / "*"))[0]) == ["a.txt", "x/a.txt"]
    assert ids(read(str(tmp_path / "n" / "**" / "*.txt"))[0]) == ["a.txt", "x/a.txt"]
    monkeypatch.chdir(tmp_path)
    assert ids(read("n/?.txt")[0]) == ["a.txt"]
    assert ids(read("[c].txt")[0]) == ["[c].txt"]


def test_a_folder_that_links_to_itself_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert ids(read(tmp_path)[0]) == ["a.txt"]


def test_standard_input_is_text_or_records() -> None:
    assert read_one("-", stdin=io.BytesIO(b"Rain\r\nfell.")) == SourceDocument(id="stdin", text="Rain\nfell.")
    rows = b'{"text": "x"}\n{"text": "y", "id": "z"}'
    assert ids(read("-", stdin=io.BytesIO(rows))[0]) == ["stdin#1", "z"]
    assert read_one("-", stdin=io.BytesIO(rows), stdin_format=InputFormat.TEXT).id == "stdin"
    error = refused("-", stdin=io.BytesIO(b"Rain"), stdin_format=InputFormat.JSONL)
    assert "standard input line 1: broken JSON" in str(error)
    assert "standard input: is empty" in str(refused("-", stdin=io.BytesIO(b"")))


def test_the_order_of_the_inputs_does_not_show(tmp_path: Path) -> None:
    paths = [write(tmp_path / name) for name in ("x/a.txt", "y/b.txt", "c.txt")]
    assert read(*paths) == read(*reversed(paths))


def test_reading_is_lazy(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        write(tmp_path / name)
    errors: list[KgError] = []
    documents = read_documents([tmp_path], on_error=errors.append)
    assert next(documents).id == "a.txt"
    (tmp_path / "b.txt").unlink()
    assert list(documents) == []
    assert "b.txt" in str(errors[0])


# Two articles with one identifier


def test_one_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    assert ids(read(path, tmp_path, f"{tmp_path}/./a.txt", str(tmp_path / "*.txt"))[0]) == ["a.txt"]


def test_an_identifier_that_is_taken_is_refused_with_both_paths(tmp_path: Path) -> None:
    write(tmp_path / "x" / "a.txt")
    write(tmp_path / "y" / "a.txt")
    documents, errors = read(tmp_path / "y", tmp_path / "x")
    assert ids(documents) == ["a.txt"]
    assert isinstance(errors[0], DocumentError)
    assert f"{tmp_path}/y/a.txt: " in str(errors[0])
    assert f"{tmp_path}/x/a.txt" in str(errors[0])


def test_records_with_one_identifier_are_refused_with_both_lines(tmp_path: Path) -> None:
    path = records(
        tmp_path / "a.jsonl", {"id": "r", "text": "x"}, {"id": "r", "text": "y"}, {"id": "s", "text": "z"}
    )
    documents, errors = read(path)
    assert ids(documents) == ["r", "s"]
    assert "line 2" in str(errors[0])
    assert "line 1" in str(errors[0])


# Faults


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \r\n\t\xc2\xa0", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (b"a\0b", "binary"),
        (b"Rain. " * 200_000, "1,200,000 of 300,000 characters"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x1f\x8b\x08", "gzipped"),
        ("Rain".encode("utf-16"), "iconv -f UTF-16 -t UTF-8"),
        (b"Rain\nin Bogot\xe1 fell", r"byte 0xE1 at offset 13, line 2.*iconv"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    bad = write(tmp_path / "bad.txt", data)
    write(tmp_path / "good.txt")
    documents, errors = read(tmp_path)
    assert ids(documents) == ["good.txt"]
    assert len(errors) == 1
    with pytest.raises(DocumentError, match=message):
        raise errors[0]
    assert str(errors[0]).startswith(f"{bad}: ")


def test_a_missing_file_is_a_resource_that_cannot_be_used(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    documents, errors = read(tmp_path / "nope.txt", tmp_path / "a.txt")
    assert ids(documents) == ["a.txt"]
    assert isinstance(errors[0], ResourceError)
    assert "nope.txt: no such file" in str(errors[0])


def test_a_folder_or_pattern_with_nothing_to_read_is_said(tmp_path: Path) -> None:
    write(tmp_path / "f" / "a.html")
    assert "nothing to read" in str(refused(tmp_path / "f"))
    assert "no file matches" in str(refused(str(tmp_path / "*.txt")))
    assert isinstance(refused(""), ResourceError)


def test_another_kind_of_file_is_refused_when_named(tmp_path: Path) -> None:
    assert ".jsonl" in str(refused(write(tmp_path / "a.html")))


def test_a_broken_line_does_not_stop_the_others(tmp_path: Path) -> None:
    path = records(
        tmp_path / "a.jsonl", {"id": "r", "text": "x"}, '{"id": ', {"id": "q"}, {"id": "s", "text": "z"}
    )
    documents, errors = read(path)
    assert ids(documents) == ["r", "s"]
    assert [str(error).partition(": ")[0] for error in errors] == [f"{path} line 2", f"{path} line 3"]
    assert all(isinstance(error, DocumentError) for error in errors)


def test_a_file_of_records_may_be_empty_or_binary(tmp_path: Path) -> None:
    assert "is empty" in str(refused(write(tmp_path / "a.jsonl", b"\n")))
    assert "binary" in str(refused(write(tmp_path / "a.jsonl", b"\x89PNG\0\n\0")))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    path.chmod(0)
    assert isinstance(refused(path), ResourceError)


def test_a_name_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    try:
        write(tmp_path / os.fsdecode(b"caf\xe9.txt"))
    except OSError:
        pytest.skip("this file system has UTF-8 names only")
    error = refused(tmp_path)
    assert "rename" in str(error)
    str(error).encode()


def test_a_name_that_the_system_refuses_does_not_stop_the_others(tmp_path: Path) -> None:
    documents, errors = read(tmp_path / ("n" * 300 + ".txt"), write(tmp_path / "a.txt"))
    assert ids(documents) == ["a.txt"]
    assert len(errors) == 1
    assert isinstance(errors[0], ResourceError)
    assert str(errors[0]).endswith("File name too long: give a shorter name")


def test_two_records_of_one_identifier_are_told_to_differ_in_it(tmp_path: Path) -> None:
    row: dict[str, object] = {"id": "a", "text": TEXT}
    documents, errors = read(records(tmp_path / "r.jsonl", row, row))
    assert ids(documents) == ["a"]
    assert "line 2" in str(errors[0])
    assert "another 'id'" in str(errors[0])
