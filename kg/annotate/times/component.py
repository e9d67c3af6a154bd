"""The spaCy component ``kg_times``: fills ``layer(doc).times``, and the document's date from its dateline."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.layer import TimeExpression, layer
from kg.annotate.times.dateline import dateline_date
from kg.annotate.times.dates import to_day
from kg.annotate.times.model import Tense
from kg.annotate.times.reading import resolve
from kg.annotate.times.tense import tense_by_parse
from kg.model import PartialDate

_USUAL_DELAY = 3
"""So many days after its dateline a report may come out."""


@Language.component("kg_times", requires=["token.tag", "token.dep"], assigns=["doc._.kg"])
def annotate_times(doc: Doc) -> Doc:
    """Find the time expressions of `doc`; its tags and parse are used where it has them.

    Where ``layer(doc).date`` is None and the text opens with a dateline, its date is set. Where the dateline
    is days older than the date of publication, *today* is that of the dateline.
    """
    found = layer(doc)
    text = doc.text
    written = dateline_date(text)
    if found.date is None:
        found.date = written
    begins = [token.idx for token in doc]
    parsed = doc.has_annotation("DEP") and doc.has_annotation("TAG")

    def span(begin: int, end: int) -> tuple[int, int]:
        return max(bisect_right(begins, begin) - 1, 0), bisect_left(begins, end)

    def tense_at(begin: int, end: int) -> Tense | None:
        return tense_by_parse(doc[_root(doc, *span(begin, end), parsed)])

    spoken = written if written and _long_before(written, found.date) else found.date
    for timex in resolve(text, spoken, tense_at if parsed else None):
        start, end = span(timex.begin, timex.end)
        found.times.append(
            TimeExpression(
                start=start,
                end=end,
                root=_root(doc, start, end, parsed),
                start_date=timex.start_date,
                end_date=timex.end_date,
                kind=timex.kind,
            )
        )
    return doc


def _long_before(written: PartialDate, published: PartialDate | None) -> bool:
    """Whether a text was put out anew long after it was written."""
    first, last = to_day(written), to_day(published)
    return bool(first and last and (last - first).days > _USUAL_DELAY)


def _root(doc: Doc, start: int, end: int, parsed: bool) -> int:
    """The token of the span whose head lies outside it; without a parse its last word."""
    if parsed:
        for token in doc[start:end]:
            if not start <= token.head.i < end or token.head.i == token.i:
                return int(token.i)
    last = end - 1
    while last > start and not doc[last].text[-1:].isalnum():
        last -= 1
    return last
