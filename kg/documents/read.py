"""Inputs to `SourceDocument`s, one at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from kg.documents.boilerplate import find_boilerplate, joined, unbroken
from kg.documents.dates import date_in_name, leading_date, parse_date
from kg.documents.inputs import Input, InputFormat, OnError, find_inputs
from kg.documents.prose import not_prose
from kg.documents.records import (
    ArticleRecord,
    bounded_lines,
    looks_like_records,
    numbered_lines,
    parse_record,
)
from kg.documents.text import decode, refuse_binary
from kg.errors import DocumentError, KgError, ResourceError, UsageError, reason
from kg.limits import LEAST_ENGLISH, LONGEST_LINE, LONGEST_TEXT, LONGEST_WORD
from kg.model import PartialDate, SourceDocument, Span

_MOST_BYTES = 4
"""Those of one character in UTF-8."""


def read_documents(
    inputs: Iterable[str | Path],
    *,
    date: PartialDate | None = None,
    on_error: OnError,
    stdin: BinaryIO | None = None,
    stdin_format: InputFormat | None = None,
) -> Iterator[SourceDocument]:
    """The articles in `inputs`: files, folders, globs, or ``-`` for `stdin` (`sys.stdin` by default).

    An article's date is that of its record, else that of a leading ``date 2021-08-10`` in its text, else
    `date`, else a date in its file's name. A record without an id is named by its file and line
    (``news.jsonl#3``). Each article that cannot be read, or whose identifier another one has, goes to
    `on_error` as a `DocumentError`, each file that cannot be used as a `ResourceError`; the others are
    still read. The order does not depend on the order of `inputs`.

    Raises:
        UsageError: `date` is no date.
    """
    given = None
    if date is not None:
        given = parse_date(date)
        if given is None:
            raise UsageError(f"{date!r} is no date: write it as 2021-08-10, 2021-08 or 2021")
    return _read(list(inputs), given, on_error, stdin, stdin_format)


def _read(
    inputs: list[str | Path],
    given: PartialDate | None,
    on_error: OnError,
    stdin: BinaryIO | None,
    stdin_format: InputFormat | None,
) -> Iterator[SourceDocument]:
    taken: dict[str, str] = {}
    for source in find_inputs(inputs, on_error=on_error, stdin_format=stdin_format):
        try:
            for document, place in _read_input(source, given, stdin, on_error):
                if document.id in taken:
                    on_error(
                        DocumentError(
                            f"{place}: its identifier {document.id!r} is already that of "
                            f"{taken[document.id]}: {_another(source)}"
                        )
                    )
                    continue
                taken[document.id] = place
                yield document
        except OSError as error:
            on_error(ResourceError(f"{source.place}: cannot be read: {reason(error)}"))
        except KgError as error:
            on_error(error)


def _another(source: Input) -> str:
    """How to give the second article of one name another."""
    if source.format is InputFormat.JSONL:
        return "give one of them another 'id'"
    return "rename one, or build from the folder above both"


def _read_input(
    source: Input, given: PartialDate | None, stdin: BinaryIO | None, on_error: OnError
) -> Iterator[tuple[SourceDocument, str]]:
    if source.path is not None:
        with source.path.open("rb") as stream:
            yield from _read_stream(stream, source, given, on_error)
    else:
        yield from _read_stream(stdin or sys.stdin.buffer, source, given, on_error)


def _read_stream(
    stream: BinaryIO, source: Input, given: PartialDate | None, on_error: OnError
) -> Iterator[tuple[SourceDocument, str]]:
    try:
        source.id.encode("utf-8")
    except UnicodeEncodeError:
        raise DocumentError(f"{source.place}: its name is not UTF-8: rename the file") from None
    named = date_in_name(source.id.rpartition("/")[2])
    longest = LONGEST_LINE.value()
    first = stream.readline(longest + 1)
    as_records = source.format is InputFormat.JSONL or (source.format is None and looks_like_records(first))
    if not as_records:
        most = _MOST_BYTES * (LONGEST_TEXT.value() + 1)
        data = first + stream.read(max(most - len(first), 0))
        if len(data) >= most:
            raise _too_long(source.place, "more than ")
        text = decode(data, source.place)
        yield _document(text, source.id, None, given, named, source.place), source.place
        return
    refuse_binary(first, source.place)
    for number, line in numbered_lines(bounded_lines(stream, first, longest), source.place):
        place = f"{source.place} line {number}"
        try:
            if len(line) > longest:
                raise DocumentError(
                    f"{place}: is longer than a record can be (more than {longest:,} bytes): split it, or"
                    f" set {LONGEST_LINE.name} to more"
                )
            record = parse_record(line, place)
            document = _document(
                record.text, record.id or f"{source.id}#{number}", record, given, named, place
            )
        except DocumentError as error:
            on_error(error)
        else:
            yield document, place


def _document(
    text: str,
    identifier: str,
    record: ArticleRecord | None,
    given: PartialDate | None,
    named: PartialDate | None,
    place: str,
) -> SourceDocument:
    if len(text) > LONGEST_TEXT.value():
        raise _too_long(place, f"{len(text):,} of ")
    head = leading_date(text)
    date = given or named
    if record is not None and record.date is not None:
        date = _checked(record.date, "the record's field 'date'", place)
    elif head is not None:
        date = _checked(head[0], "the date at the head of the text", place)
    begin = head[1].end if head is not None else 0
    title = record.title if record is not None else None
    skip = (Span(begin=0, end=begin), *find_boilerplate(text, begin=begin, title=title))
    if why := not_prose(text, skip, least=LEAST_ENGLISH.value()):
        raise DocumentError(
            f"{place}: {why}, and kg reads English: it was left out; {LEAST_ENGLISH.name}=0 has it read"
        )
    skip = joined((*skip, *unbroken(text, LONGEST_WORD.value())))
    return SourceDocument(
        id=identifier,
        text=text,
        title=title,
        date=date,
        url=record.url if record is not None else None,
        publisher=record.source if record is not None else None,
        skip=skip,
    )


def _too_long(place: str, size: str) -> DocumentError:
    return DocumentError(
        f"{place}: is longer than an article can be ({size}{LONGEST_TEXT.value():,} characters): split it,"
        f" or set {LONGEST_TEXT.name} to more"
    )


def _checked(value: str, what: str, place: str) -> PartialDate:
    date = parse_date(value)
    if date is None:
        raise DocumentError(
            f"{place}: {what} is no date ({value!r}): write it as 2021-08-10, 2021-08 or 2021"
        )
    return date
