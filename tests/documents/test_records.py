from __future__ import annotations

import pytest

from kg.documents.records import looks_like_records, numbered_lines, parse_record
from kg.errors import DocumentError


def test_a_record_keeps_its_fields_and_ignores_others() -> None:
    record = parse_record(
        b'{"id": "a", "title": " T ", "text": " x\\r\\ny", "date": "2021", "url": "u",'
        b' "source": "P", "n": [1]}',
        "f",
    )
    assert record.model_dump() == {
        "id": "a",
        "title": "T",
        "text": " x\r\ny",
        "date": "2021",
        "url": "u",
        "source": "P",
    }


def test_numbers_are_identifiers_and_years_and_empty_is_missing() -> None:
    record = parse_record(b'{"id": 7, "text": "x", "date": 2021, "title": "", "url": null}', "f")
    assert (record.id, record.date, record.title, record.url) == ("7", "2021", None, None)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"text": "x"', "f line 3: broken JSON"),
        (b"not json", "broken JSON"),
        (b"[1]", "no JSON object"),
        (b'"text"', "no JSON object"),
        (b'{"id": "a"}', "no field 'text'"),
        (b'{"text": "  "}', "'text' is not usable (is empty)"),
        (b'{"text": null}', "'text' is not usable"),
        (b'{"text": "x", "source": {"name": "P"}}', "'source' is not usable"),
        (b'{"text": "x", "id": true}', "'id' is not usable"),
        (b'{"text": "caf\xe9"}', "f line 3: "),
        (b'{"text": "\\ud83d"}', "f line 3: "),
        (b'{"text": "x\0"}', "broken JSON"),
    ],
)
def test_faults_are_one_line_that_names_the_place(line: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_record(line, "f line 3")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("f line 3: ")


def test_lines_are_numbered_as_in_the_file_and_blank_ones_passed_over() -> None:
    assert list(numbered_lines([b"\xef\xbb\xbf{}\r\n", b"\n", b" {}"], "f")) == [(1, b"{}"), (3, b"{}")]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "is empty"),
        ([b"\n", b" \n"], "is empty"),
        ([b"[\n", b'{"text": "x"}]'], "JSON array"),
        ([b"{\n", b'"text": "x"}'], "several lines"),
    ],
)
def test_what_is_not_json_lines_is_said_once(lines: list[bytes], message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        list(numbered_lines(lines, "f"))


@pytest.mark.parametrize(
    ("head", "records"),
    [
        (b'{"text"', True),
        (b"\xef\xbb\xbf { }", True),
        (b"{ curly } prose", False),
        (b"Rain", False),
        (b"", False),
    ],
)
def test_a_stream_is_told_by_its_head(head: bytes, records: bool) -> None:
    assert looks_like_records(head) is records
