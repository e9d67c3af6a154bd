"""An entity as a person would want to see it: what it is, where, its posts and ties, and its events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from kg.view.paragraphs import Paragraph, Piece, Style, interval, on_one_line, paragraph, separated
from kg.view.tags import sort_of

if TYPE_CHECKING:
    from kg.query.names import Candidate
    from kg.query.portrait import Evidence, Happening, Portrait, Post, Told

_INDENT = 17
_EVENT_INDENT = 2
_TOLD_INDENT = 4
_MOST_NAMED = 12
_WORDS = {
    ("memberOf", False): "member of",
    ("memberOf", True): "members",
    ("partOf", False): "part of",
    ("partOf", True): "parts",
    ("residentOf", False): "resident of",
    ("residentOf", True): "residents",
    ("capitalOf", False): "capital of",
    ("capitalOf", True): "capital",
    ("locatedIn", False): "located in",
    ("locatedIn", True): "in it",
}


def view_entity(portrait: Portrait) -> tuple[Paragraph, ...]:
    """The entity's paragraphs: heading, facts, events in order of time with their sentences.

    Raises `DataError` where it is of a class that the ontology lacks.
    """
    heading = (Piece(on_one_line(portrait.label), Style.HEADING), Piece(", "), _kind(portrait.kind))
    found = [paragraph(*heading), paragraph(Piece(portrait.iri, Style.FAINT)), Paragraph(), *_facts(portrait)]
    if portrait.event_count:
        shown = len(portrait.events)
        some = "" if shown == portrait.event_count else f" (the first {shown} of {portrait.event_count})"
        found += [Paragraph(), paragraph(Piece(f"Events{some}", Style.HEADING))]
        for event in portrait.events:
            found += _event(event)
        if some:
            found.append(paragraph(f"{portrait.event_count - shown} more: --limit {portrait.event_count}"))
    return tuple(found)


def _kind(name: str) -> Piece:
    return Piece(name, sort_of(name)[1]) if name != "thing" else Piece(name)


def _facts(portrait: Portrait) -> Iterator[Paragraph]:
    def fact(key: str, *pieces: Piece | str) -> Paragraph:
        return paragraph(*pieces, label=Piece(key, Style.KEY), indent=_INDENT)

    if portrait.names:
        yield fact("also called", ", ".join(map(on_one_line, portrait.names)))
    if portrait.latitude is not None and portrait.longitude is not None:
        yield fact("on earth", f"{portrait.latitude:g}, {portrait.longitude:g} (latitude, longitude)")
    if portrait.around:
        yield fact("lies in", *separated(map(_candidate, portrait.around), "; "))
    if portrait.same_as:
        yield fact("the same as", ", ".join(portrait.same_as))
    if portrait.reason or portrait.confidence is not None:
        sure = "" if portrait.confidence is None else f"{portrait.confidence:.2f} sure"
        because = on_one_line(portrait.reason or "")
        key = "as one" if portrait.confidence is None and not portrait.same_as else "linked"
        yield fact(key, ": ".join(one for one in (sure, because) if one))
    yield fact("mentioned", _mentioned(portrait))
    for post in portrait.posts:
        yield fact("post here" if post.inverse else "post", *_post(post))
        yield from _sentences(post.evidence, _INDENT)
    for (relation, inverse), group in groupby(portrait.ties, key=lambda one: (one.relation, one.inverse)):
        ties = list(group)
        if relation == "locatedIn" and not inverse and portrait.around:
            ties = [tie for tie in ties if tie.evidence]
        if not ties:
            continue
        word = _WORDS.get((relation, inverse), relation)
        told = [tie for tie in ties if tie.evidence]
        bare = [tie for tie in ties if not tie.evidence]
        for tie in told:
            yield fact(word, *_candidate(tie.other))
            yield from _sentences(tie.evidence, _INDENT)
        if bare:
            named = separated((_candidate(tie.other) for tie in bare[:_MOST_NAMED]), "; ")
            more = f" and {len(bare) - _MOST_NAMED} more" if len(bare) > _MOST_NAMED else ""
            yield fact(word, *named, more)


def _mentioned(portrait: Portrait) -> str:
    if not portrait.mention_count:
        return "in no article"
    articles = _count(portrait.article_count, "article")
    dates = interval(portrait.first_issued, portrait.last_issued)
    return f"{_count(portrait.mention_count, 'time')} in {articles}{f' ({dates})' if dates else ''}"


def _post(post: Post) -> Iterator[Piece]:
    former = "former " if post.former else ""
    yield Piece(f"{former}{on_one_line(post.title)}")
    if post.other is not None:
        yield Piece(": " if post.inverse else " at ")
        yield from _candidate(post.other)
    if post.as_of is not None:
        yield Piece(f", as of {post.as_of}")


def _candidate(candidate: Candidate) -> tuple[Piece, ...]:
    name = on_one_line(candidate.label)
    return (Piece(name, _kind(candidate.kind).style), Piece(f" ({candidate.kind})"))


def _event(event: Happening) -> Iterator[Paragraph]:
    when = interval(event.start, event.end) or "undated"
    status = event.status or ""
    sure = "" if event.confidence in {None, 1.0} else f", {event.confidence:.2f} sure"
    label = on_one_line(event.label).removesuffix(f", {when}")
    yield Paragraph()
    yield paragraph(
        Piece(label, Style.EVENT),
        f" ({', '.join(one for one in (event.kind, status) if one)}{sure})",
        label=Piece(f"{' ' * _EVENT_INDENT}{when}:", Style.TIME),
        indent=_EVENT_INDENT + _TOLD_INDENT,
    )
    told: list[tuple[Piece, ...]] = [(Piece("as "), Piece(" and ".join(event.roles)))]
    for key, names in (
        ("who", event.agents),
        ("whom", event.targets),
        ("where", event.places),
        ("from", event.origins),
        ("to", event.destinations),
        ("on the word of", event.sources),
    ):
        if names:
            told.append((Piece(f"{key} ", Style.KEY), Piece(", ".join(map(on_one_line, names)))))
    yield paragraph(*separated(told, "; "), indent=_TOLD_INDENT)
    if event.reason and len(event.accounts) > 1:
        yield paragraph(f"told together: {on_one_line(event.reason)}", indent=_TOLD_INDENT)
    for evidence, more in dict.fromkeys((one.evidence, _figures(one, event)) for one in event.accounts):
        yield from _sentences([evidence], _TOLD_INDENT, more)


def _figures(account: Told, event: Happening) -> str:
    """What this account says that the event does not."""
    parts = []
    if account.status and account.status != event.status:
        parts.append(account.status)
    if account.sources and len(event.accounts) > 1:
        parts.append(f"on the word of {', '.join(map(on_one_line, account.sources))}")
    for name, figure in (
        ("killed", account.killed),
        ("wounded", account.wounded),
        ("detained", account.detained),
    ):
        if figure is not None:
            parts.append(f"{name} {figure}")
    return ", ".join(parts)


def _sentences(evidence: Iterable[Evidence], indent: int, more: str = "") -> Iterator[Paragraph]:
    """A paragraph for each sentence, with its article."""
    for one in evidence:
        issued = f", {one.issued}" if one.issued else ""
        told = f"; {more}" if more else ""
        yield paragraph(
            f"{on_one_line(one.sentence)} ",
            Piece(f"[{on_one_line(one.article)}{issued}{told}]", Style.FAINT),
            label=Piece(f"{' ' * indent}–", Style.FAINT),
            indent=indent + 2,
        )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
