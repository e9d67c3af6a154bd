"""JSON Lines: one article a line, checked against `ArticleRecord`."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kg.errors import DocumentError


class ArticleRecord(BaseModel):
    """One line of a JSON Lines file. Fields that are not named here are ignored.

    `source` is the publisher. Empty text in a field is the same as no field.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str
    id: str | None = Field(default=None, max_length=1000)
    title: str | None = Field(default=None, max_length=10_000)
    date: str | None = Field(default=None, max_length=100)
    url: str | None = Field(default=None, max_length=10_000)
    source: str | None = Field(default=None, max_length=10_000)

    @field_validator("id", "date", mode="before")
    @classmethod
    def _number_as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("id", "title", "date", "url", "source", mode="after")
    @classmethod
    def _empty_as_missing(cls, value: str | None) -> str | None:
        return value.strip() or None if value is not None else None

    @field_validator("text", mode="after")
    @classmethod
    def _not_empty(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("is empty")
        return value


def parse_record(line: bytes, place: str) -> ArticleRecord:
    """The record on `line`, which stands at `place` (file and line number).

    Raises:
        DocumentError: the line is no UTF-8, no JSON, no object, has no text, or a field is ill-typed.
    """
    try:
        return ArticleRecord.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = ".".join(str(step) for step in first["loc"])
    if first["type"] == "json_invalid":
        reason = first["msg"].removeprefix("Invalid JSON: ").replace(" at line 1 column", " at column")
        message = f"{place}: broken JSON ({reason}): mend the line or remove it"
    elif not field:
        message = f"{place}: is no JSON object: each line holds one, with at least the field 'text'"
    elif first["type"] == "missing":
        message = f"{place}: the record has no field '{field}': give the article's text there"
    else:
        reason = first["msg"].removeprefix("Value error, ")
        reason = reason[:1].lower() + reason[1:]
        message = f"{place}: the record's field '{field}' is not usable ({reason})"
    raise DocumentError(message)


def numbered_lines(lines: Iterable[bytes], place: str) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, with their numbers from 1; a byte-order mark is dropped.

    Raises:
        DocumentError: the file is empty, or is JSON but not JSON Lines.
    """
    empty = True
    for number, raw in enumerate(lines, 1):
        line = (raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw).strip()
        if not line:
            continue
        if empty and line.startswith(b"["):
            raise DocumentError(f"{place}: is a JSON array, not JSON Lines: convert it with jq -c '.[]'")
        if empty and line == b"{":
            raise DocumentError(
                f"{place}: is JSON over several lines, not JSON Lines: convert it with jq -c ."
            )
        empty = False
        yield number, line
    if empty:
        raise DocumentError(f"{place}: is empty: give one JSON object a line, with at least the field 'text'")


def bounded_lines(stream: BinaryIO, first: bytes, longest: int) -> Iterator[bytes]:
    """`first`, the lines of `stream` behind it; of a line of more than `longest` bytes no more than one more.

    What is left of such a line is read and dropped, so that memory does not grow with it.
    """
    line = first
    while line:
        rest = line
        while len(rest) > longest and not rest.endswith(b"\n"):
            rest = stream.readline(longest + 1)
        yield line
        line = stream.readline(longest + 1)


def looks_like_records(head: bytes) -> bool:
    """Whether the first bytes of a stream begin a JSON object, as no article does.

    >>> looks_like_records(b' {"text": "…"}')
    True
    """
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    return start.startswith(b"{") and start[1:].lstrip()[:1] in {b'"', b"}"}
