"""What stands in quotation marks."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.annotate.scan import marks_and_blanks

_OPEN, _CLOSE, _EITHER = frozenset("“«„"), frozenset("”»"), '"'
_LONGEST = 600  # tokens: a mark that never closes does not swallow the article


@dataclass(slots=True)
class Quotation:
    """Tokens `start` to `end` (half-open, without the marks), who says them and by which verb."""

    start: int
    end: int
    closed: bool
    speakers: list[int] = field(default_factory=list)
    verb: int | None = None

    @property
    def length(self) -> int:
        """The number of tokens quoted."""
        return self.end - self.start


def quotations_of(doc: Doc) -> list[Quotation]:
    """Pair the quotation marks; one that is open at the end of its paragraph ends there."""
    found: list[Quotation] = []
    start: int | None = None
    for i in marks_and_blanks(doc, _OPEN | _CLOSE | {_EITHER}):
        token = doc[i]
        text = token.text
        if "\n" in text and text.isspace():
            if start is not None:
                if token.i > start:
                    found.append(Quotation(start, token.i, closed=False))
                start = None
            continue
        if start is not None and (text in _CLOSE or text == _EITHER or token.i - start > _LONGEST):
            if token.i > start:
                found.append(Quotation(start, token.i, closed=True))
            start = None
        elif text in _OPEN or (text == _EITHER and start is None):
            if start is None:
                start = token.i + 1
        elif start is None and text[:1] in _OPEN and len(text) > 1:
            start = token.i
    if start is not None and start < len(doc):
        found.append(Quotation(start, len(doc), closed=False))
    return found
