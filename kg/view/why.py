"""What a triple rests on, as a person would want to read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from kg.query.prefixes import compact
from kg.view.paragraphs import Paragraph, Piece, Style, on_one_line, paragraph, shown
from kg.view.tags import sort_of

if TYPE_CHECKING:
    from kg.query.grounds import Ground, Mark, Quote, Reason, Thing, Why

_INDENT = 2
_SPACES = re.compile(r"\s+")


def view_why(why: Why, *, limit: int | None = None, objects: int | None = None) -> tuple[Paragraph, ...]:
    """The paragraphs of an answer: subject, then each triple with its grounds and their first `limit` quotes.

    Of a property with many objects the first `objects` are shown, and the others counted.

    Raises `DataError` where a thing is of a class that the ontology lacks.
    """
    found = [paragraph(*_thing(why.subject)), paragraph(Piece(why.subject.iri or "", Style.FAINT))]
    if why.merged:
        found.append(paragraph(f"identity: {on_one_line(why.merged)}"))
    for one in why.corrections:
        when = f" ({one.when})" if one.when else ""
        said = f"{one.label}: {one.by}{when}: {one.why}"
        found.append(paragraph(f"corrected: {on_one_line(said)}"))
    for predicate, group in groupby(why.reasons, key=lambda reason: reason.predicate):
        reasons = list(group)
        for reason in reasons[:objects]:
            found += [Paragraph(), *_reason(reason, limit)]
        if objects is not None and len(reasons) > objects:
            short = compact(predicate)
            more = f"{len(reasons) - objects} more of {short}: ask for {short} alone to see them"
            found += [Paragraph(), paragraph(more)]
    return tuple(found)


def _thing(thing: Thing) -> tuple[Piece, ...]:
    kind = f" ({thing.kind})" if thing.kind else ""
    style = sort_of(thing.kind)[1] if thing.kind else Style.PLAIN
    return (Piece(on_one_line(thing.label), style), Piece(kind))


def _reason(reason: Reason, limit: int | None) -> Iterator[Paragraph]:
    object_ = [*_thing(reason.object)]
    if reason.object.iri is None:
        object_ = [Piece(f"“{on_one_line(reason.object.label)}”")]
    elif (short := compact(reason.object.iri)) != reason.object.label:
        object_.append(Piece(f" {short}", Style.FAINT))
    yield paragraph(*object_, label=Piece(compact(reason.predicate), Style.KEY), indent=_INDENT)
    for ground in reason.grounds:
        yield from _ground(ground, limit)


def _ground(ground: Ground, limit: int | None) -> Iterator[Paragraph]:
    yield paragraph(f"{ground.rests_on}: {on_one_line(ground.note)}", indent=2 * _INDENT, label=" " * _INDENT)
    for quote in ground.quotes[:limit]:
        yield from _quote(quote)
    if limit is not None and len(ground.quotes) > limit:
        yield paragraph(
            f"{len(ground.quotes) - limit} more: --limit {len(ground.quotes)}", indent=3 * _INDENT
        )


def _quote(quote: Quote) -> Iterator[Paragraph]:
    yield paragraph(*_marked(quote), label=Piece(" " * 2 * _INDENT + "–", Style.FAINT), indent=3 * _INDENT)
    issued = f", {quote.issued}" if quote.issued else ""
    title = f", “{on_one_line(quote.title)}”" if quote.title else ""
    place = "" if quote.begin is None else f", {quote.begin}–{quote.end}"
    marks = ", ".join(f"{one.role} {one.begin}–{one.end} {_key(one, quote)}" for one in quote.marks)
    yield paragraph(
        Piece(f"{on_one_line(quote.article)}{issued}{title}{place}: {marks}", Style.FAINT),
        indent=3 * _INDENT,
    )


def _marked(quote: Quote) -> Iterator[Piece]:
    """The sentence with the words of its marks in brackets, where their place in it is known."""
    if quote.begin is None:
        yield Piece(on_one_line(quote.sentence))
        return
    at = 0
    for mark in _outermost(quote.marks):
        begin, end = mark.begin - quote.begin, mark.end - quote.begin
        yield Piece(_spaced(quote.sentence[at:begin]))
        style = Style.EVENT if mark.role == "trigger" else Style.KEY
        yield Piece(f"[{_spaced(quote.sentence[begin:end])}]", style)
        at = end
    yield Piece(_spaced(quote.sentence[at:]))


def _key(mark: Mark, quote: Quote) -> str:
    """The mention's IRI without that of its article."""
    return mark.mention.removeprefix(quote.article_iri)


def _outermost(marks: tuple[Mark, ...]) -> list[Mark]:
    """The marks that lie in no other."""
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.begin, -one.end)):
        if not found or mark.begin >= found[-1].end:
            found.append(mark)
    return found


def _spaced(text: str) -> str:
    return _SPACES.sub(" ", shown(text))
