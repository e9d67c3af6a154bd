"""Sentence starts that the parser must respect: paragraphs, headlines and quotations.

Runs on the tokens alone, before the parser, which decides the rest.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.annotate.words import Titles, titles

_OPENING = "“‘«„"
_CLOSING = "”’»"
_TERMINAL = ".!?"
_SKIPPED = 12  # blanks in a row that stand for a stretch that was passed over


class Sentences:
    """Sets `Token.is_sent_start` where the layout or a quotation mark settles it."""

    def __init__(self, titles: Titles) -> None:
        self.abbreviations = titles.ranks | titles.honorifics

    def __call__(self, doc: Doc) -> Doc:
        breaks = _line_breaks(doc)
        straight = 0
        last = None  # the last token that is not white space
        for token in doc:
            if token.is_space:
                continue
            at_break = token.i in breaks or last is None
            if at_break:
                straight = 0
                if token.i > 0:
                    token.is_sent_start = True
            text = token.text
            if text == '"':
                straight += 1
            if not at_break and last is not None:
                closing = text in _CLOSING or (text == '"' and straight % 2 == 0)
                if (
                    closing
                    or text in (",", ";", ":", ".")
                    or (text[0].islower() and (last.text in _CLOSING or last.text == '"') and last.i > 0)
                    or (
                        text[0].islower() and len(last.text) > 2 and last.text[-1] == "."
                    )  # *U.S. helicopters*
                    or last.text in _OPENING
                    or (last.text == '"' and straight % 2 == 1)
                    or self._abbreviated(doc, last)
                    or self._rank_in_line(token, last)
                ):
                    token.is_sent_start = False
            last = token
        return doc

    def _rank_in_line(self, token: Token, last: Token) -> bool:
        """Whether `token` is the abbreviation of a rank in the midst of a line (*spokesman Col. X*)."""
        rank = token.text[-1] == "." and token.lower_.rstrip(".") in self.abbreviations
        return rank and last.text[-1].isalnum()

    def _abbreviated(self, doc: Doc, last: Token) -> bool:
        """Whether `last` ends the abbreviation of a rank (*Col. X*)."""
        word = doc[last.i - 1].lower_ if last.text == "." and last.i else last.lower_
        return last.text.endswith(".") and word.rstrip(".") in self.abbreviations


def _line_breaks(doc: Doc) -> set[int]:
    """Tokens that begin a paragraph, a headline or a line that stands alone."""
    blank: set[int] = set()
    single: list[tuple[int, int]] = []
    lines = 0
    previous = -1
    gap = 0
    for token in doc:
        if token.is_space:
            lines += token.text.count("\n")
            gap += len(token.text)
            continue
        if lines >= 2 or gap >= _SKIPPED:
            blank.add(token.i)
        elif lines == 1 and previous >= 0:
            single.append((previous, token.i))
        previous, lines, gap = token.i, 0, 0
    running_on = sum(doc[at].text[:1].islower() for _, at in single)
    wrapped = len(single) > 3 and running_on * 5 >= len(single)
    for _, at in single:
        if not wrapped and not doc[at].text[:1].islower():
            blank.add(at)
    return blank


@Language.factory("kg_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> Sentences:
    """The component for a spaCy pipeline; put it before the parser."""
    del nlp, name
    return Sentences(titles())
