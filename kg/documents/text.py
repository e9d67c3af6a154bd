"""Bytes to text: UTF-8 without its byte-order mark, CRLF folded to LF, nothing else changed."""

from __future__ import annotations

import codecs

from kg.errors import DocumentError

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SIGNATURES = {
    b"%PDF-": "a PDF file: extract its text first, for example with pdftotext",
    b"\x1f\x8b": "gzipped: unpack it with gunzip first",
    b"PK\x03\x04": "a ZIP archive or an office document: save its text as .txt first",
    b"{\\rtf": "an RTF document: save its text as .txt first",
}


def decode(data: bytes, place: str) -> str:
    """The text of the file `place`.

    Raises:
        DocumentError: it is empty, binary, or not UTF-8; the message names the byte, its line and the
            command that converts it.
    """
    refuse_binary(data, place)
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        raise undecodable(data, place) from None
    text = text.replace("\r\n", "\n")
    if not text.strip():
        raise DocumentError(f"{place}: is empty: give a file that holds an article, or leave it out")
    return text


def refuse_binary(data: bytes, place: str) -> None:
    """Raises `DocumentError` where `data`, the start of a file or all of it, is not text at all."""
    if data.startswith(_UTF16):
        raise DocumentError(f"{place}: is UTF-16: {_conversion('UTF-16', place)}")
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise DocumentError(f"{place}: is {what}")
    at = data.find(b"\0")
    if at >= 0:
        raise DocumentError(f"{place}: is a binary file (a zero byte at offset {at}): give plain text")


def undecodable(data: bytes, place: str) -> DocumentError:
    """The error for `data` that is not UTF-8, naming its first bad byte."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        at, byte = error.start, data[error.start]
    else:
        raise ValueError("these bytes are UTF-8")
    line = data.count(b"\n", 0, at) + 1
    return DocumentError(
        f"{place}: is not UTF-8 (byte 0x{byte:02X} at offset {at}, line {line}): "
        f"{_conversion('WINDOWS-1252', place)} (or whatever encoding it has)"
    )


def _conversion(encoding: str, place: str) -> str:
    return f"convert it with: iconv -f {encoding} -t UTF-8 '{place}'"
