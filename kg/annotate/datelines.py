"""Datelines: *KABUL, Afghanistan (Jan. 25, 2013) --* is no part of the sentence that follows it."""

from __future__ import annotations

import re

from spacy.tokens import Doc

# *Quito, Ecuador - *, at the head of the text alone.
_PLAIN = re.compile(
    r"\s*[A-Z][\w'’-]+(?:[ ][A-Z][\w'’-]+){0,2},[ ][A-Z][\w.'’]+(?:[ ](?:of|the|and|[A-Z][\w.'’]*)){0,4}"
    r"[ ]+(?:--|[-–—])[ ]+(?=[\"“A-Z])"
)
# Perhaps a bullet; a place in capitals or up to three capitalised words, perhaps country, date, agency in
# brackets; a dash.
_LONGEST = 160  # characters
_DATELINE = re.compile(
    r"[ \t]*(?:[*•·–-][ ]+)?(?:"
    r"[A-Z][A-Z.'’ -]+(?:,[ ][A-Z][\w.'’]*(?:[ ](?:of|the|and|[A-Z][\w.'’]*)){0,4}){0,2}"
    r"(?:[, ]+\d{1,2}(?:,[ ]\d{4})?){0,2}"
    r"(?:[ ]\([^()\n]{2,40}\))?"
    r"|[A-Z][\w'’-]+(?:[ ][A-Z][\w'’-]+){0,2}(?:,[ ][A-Z][\w.'’ ]{2,20}(?:[ ]\d{1,2})?(?:,[ ]\d{4})?)?"
    r"[ ]\([^()\n]{2,40}\)"
    r"|[A-Z][\w'’-]+(?:[ ][A-Z][\w'’-]+){0,2},[ ][A-Z][\w.'’ ]{2,20}[ ]\|[ ][A-Z]{2,8}(?=[ ]\|)"
    r")(?:[ ]*(?:--|[-–—])[ ]+|[ ][–—|][ ]*|(?<=[A-Za-z)]):[ ]+)(?=[\"“A-Z])"
    r"|[ \t]*[A-Z][A-Z.'’ -]{2,40},?[ ][A-Z][a-z]{2,8}[ ]\d{1,2}[ ]+(?=[A-Z][a-z])"  # *QUITO May 18 Rebels …*
)


def mark_datelines(doc: Doc) -> Doc:
    """Start a sentence behind each dateline that opens the text or a paragraph of `doc`, in place."""
    text = doc.text
    for begin in (0, *(m.end() for m in re.finditer(r"\n\s*", text))):
        found = _DATELINE.match(text, begin, begin + _LONGEST)
        if found is None and begin == 0:
            found = _PLAIN.match(text, 0, _LONGEST)
        if found is None:
            continue
        span = doc.char_span(found.end(), found.end() + 1, alignment_mode="expand")
        if span is not None and span.start > 0:
            span[0].is_sent_start = True
    return doc
