"""One article as the program sees it: its text with everything marked, its entities, ties and events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import shorten

from kg.model import Chain, EventAccount, Form, Link, ResolvedDocument
from kg.view.marks import lines, marked, marks
from kg.view.paragraphs import Paragraph, Piece, Style, interval, on_one_line, paragraph, separated
from kg.view.tags import SORTS, Tagged, tag

_INDENT = 5
_LONGEST_QUOTATION = 100
_MOST_NAMES = 6
_SORT_NAMES = ("person", "organization", "group", "place")


def legend(*, colour: bool) -> tuple[Paragraph, ...]:
    """What the marks mean."""
    sorts = [
        (Piece(name, style), Piece(f" {letter}1", Style.FAINT)) if colour else (Piece(f"[{name} {letter}1]"),)
        for (letter, style), name in zip(SORTS, _SORT_NAMES, strict=True)
    ]
    others = (
        [
            (Piece("time", Style.TIME), Piece(" its dates", Style.FAINT)),
            (Piece("event", Style.EVENT), Piece(" E1 Class, Status", Style.FAINT)),
            (Piece("passed over", Style.FAINT),),
        ]
        if colour
        else [(Piece("<time its dates>"),), (Piece("{event E1 Class, Status}"),), (Piece("~passed over~"),)]
    )
    return (paragraph(*separated([*sorts, *others], "  "), label=Piece("Marks:", Style.KEY), indent=7),)


def view_articles(articles: Iterable[ResolvedDocument], *, colour: bool) -> Iterator[Paragraph]:
    """The legend once, then every article as `view_article` has it, as they come."""
    for number, article in enumerate(articles):
        yield from (Paragraph(), Paragraph()) if number else (*legend(colour=colour), Paragraph())
        yield from view_article(article, colour=colour)


def view_article(resolved: ResolvedDocument, *, colour: bool) -> tuple[Paragraph, ...]:
    """The article's paragraphs: heading, marked text, entities, posts and ties, events.

    Raises `DataError` where a chain is of a class that the ontology lacks.
    """
    tagged = tag(resolved)
    document = resolved.annotated.document
    heading = [on_one_line(document.id)]
    heading += [on_one_line(one) for one in (document.date, document.publisher, document.title) if one]
    found = [
        paragraph(Piece(heading[0], Style.HEADING), *(f" · {one}" for one in heading[1:])),
        Paragraph(),
        *lines(marked(document.text, marks(tagged), colour=colour)),
    ]
    sections = (
        ("Entities", list(_entities(tagged))),
        ("Posts and ties", list(_ties(tagged))),
        ("Events", [_event(tagged, one) for one in _in_order(tagged)]),
    )
    for name, told in sections:
        if told:
            found += [Paragraph(), paragraph(Piece(name, Style.HEADING)), *told]
    if not (resolved.annotated.chains or resolved.annotated.events):
        found += [Paragraph(), paragraph("Nothing was found in it.")]
    return tuple(found)


def _in_order(tagged: Tagged) -> list[EventAccount]:
    accounts = {account.key: account for account in tagged.resolved.annotated.events}
    return [accounts[key] for key in tagged.events]


def _entities(tagged: Tagged) -> Iterator[Paragraph]:
    for id, name in tagged.chains.items():
        chain = tagged.by_id[id]
        count = len(tagged.of_chain[id])
        told: list[tuple[Piece, ...]] = [
            (Piece(on_one_line(chain.name), tagged.style(id)), Piece(f", {chain.kind}")),
            (Piece(f"{count} mention{'' if count == 1 else 's'}"),),
        ]
        others = _other_names(tagged, chain)
        if others:
            told.append((Piece("also "), Piece(", ".join(others))))
        if chain.country:
            told.append((Piece(f"of {chain.country}"),))
        link = tagged.resolved.links.get(id)
        if link is not None:
            told.append(_link(link))
        yield paragraph(*separated(told, "; "), label=Piece(name, Style.FAINT), indent=_INDENT)


def _other_names(tagged: Tagged, chain: Chain) -> list[str]:
    """Every form but the name itself and pronouns, in order of first mention."""
    seen = [
        tagged.anchor(one.begin, one.end) for one in tagged.of_chain[chain.id] if one.form is not Form.PRONOUN
    ]
    names = list(dict.fromkeys(on_one_line(one) for one in (*seen, *chain.names)))
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(name.casefold(), name)
    folded.pop(on_one_line(chain.name).casefold(), None)
    kept = [f"“{name}”" for name in folded.values()]
    return kept if len(kept) <= _MOST_NAMES else [*kept[:_MOST_NAMES], f"{len(kept) - _MOST_NAMES} more"]


def _link(link: Link) -> tuple[Piece, ...]:
    place = link.place
    where = ""
    if place is not None and place.latitude is not None and place.longitude is not None:
        where = f" at {place.latitude:.2f}, {place.longitude:.2f}"
    country = f", {place.country}" if place is not None and place.country and link.kind != "Country" else ""
    return (
        Piece("linked to "),
        Piece(f"{link.id}", Style.FAINT),
        Piece(f" {on_one_line(link.label)} ({link.kind}{country}){where}, {link.confidence:.2f} sure: "),
        Piece(on_one_line(link.reason)),
    )


def _ties(tagged: Tagged) -> Iterator[Paragraph]:
    annotated = tagged.resolved.annotated
    for post in annotated.positions:
        at = [] if post.at is None else [Piece(" at "), *_chain(tagged, post.at)]
        former = " (former)" if post.former else ""
        yield paragraph(
            *_chain(tagged, post.holder), ": ", on_one_line(post.title), former, *at, indent=_INDENT
        )
    for tie in annotated.relations:
        yield paragraph(
            *_mention(tagged, tie.subject), f" {tie.relation} ", *_mention(tagged, tie.object), indent=_INDENT
        )


def _event(tagged: Tagged, account: EventAccount) -> Paragraph:
    times = {time.key: time for time in tagged.resolved.annotated.times}
    anchor = on_one_line(tagged.anchor(account.begin, account.end))
    told: list[tuple[Piece, ...]] = [
        (
            Piece(anchor, Style.EVENT),
            Piece(f", {account.kind}, {account.status}"),
            Piece("" if account.confidence == 1 else f", {account.confidence:.2f} sure"),
        )
    ]
    for key, mentions in (
        ("who", account.agents),
        ("whom", account.targets),
        ("where", account.places),
        ("from", account.origins),
        ("to", account.destinations),
    ):
        told.append(_role(key, (_mention(tagged, one) for one in mentions)))
    words = [f" “{on_one_line(tagged.anchor(times[one].begin, times[one].end))}”" for one in account.times]
    dates = interval(account.start_date, account.end_date)
    if dates or words:
        told.append((Piece("when ", Style.KEY), Piece(dates or "undated", Style.TIME), Piece("".join(words))))
    told.append(_role("on the word of", (_mention(tagged, one) for one in account.sources)))
    told.append(_role("tells of", ([Piece(tagged.events[one], Style.EVENT)] for one in account.about)))
    figures = [
        f"{name} {count}"
        for name in ("killed", "wounded", "detained")
        if (count := getattr(account, name)) is not None
    ]
    if account.casualty_text:
        figures.append(f"“{on_one_line(account.casualty_text)}”")
    if figures:
        told.append((Piece("figures ", Style.KEY), Piece(", ".join(figures))))
    if account.quotation:
        quoted = shorten(on_one_line(account.quotation), _LONGEST_QUOTATION, placeholder=" …")
        told.append((Piece("words ", Style.KEY), Piece(f"“{quoted}”")))
    label = Piece(tagged.events[account.key], Style.FAINT)
    return paragraph(*separated(told, "; "), label=label, indent=_INDENT)


def _role(key: str, fillers: Iterable[Iterable[Piece]]) -> tuple[Piece, ...]:
    pieces = separated(fillers, ", ")
    return (Piece(f"{key} ", Style.KEY), *pieces) if pieces else ()


def _chain(tagged: Tagged, id: int) -> list[Piece]:
    name = on_one_line(tagged.by_id[id].name)
    return [Piece(name, tagged.style(id)), Piece(f" {tagged.chains[id]}", Style.FAINT)]


def _mention(tagged: Tagged, key: str) -> list[Piece]:
    """A mention by its entity's name, with its own words where they are no name."""
    mention = tagged.mentions[key]
    pieces = _chain(tagged, mention.chain)
    words = on_one_line(tagged.anchor(mention.begin, mention.end))
    if mention.form is not Form.NAMED and words.casefold() != tagged.by_id[mention.chain].name.casefold():
        pieces.append(Piece(f" “{words}”"))
    return pieces
