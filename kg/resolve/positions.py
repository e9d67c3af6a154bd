"""Posts over all articles: one for a holder, a title and a body; those given up stand apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from kg.model import MentionRef, PartialDate, Position
from kg.resolve.digest import Digest
from kg.resolve.entities import Identity
from kg.resolve.names_match import Key, digest_of, slug, words

_Post: TypeAlias = tuple[str, Key, str, bool]


def gather_positions(digests: Sequence[Digest], identity: Identity) -> tuple[Position, ...]:
    """The posts that `digests` tell of, sorted by id; `as_of` is the date of the latest article that does."""
    titles: defaultdict[_Post, Counter[str]] = defaultdict(Counter)
    mentions: defaultdict[_Post, set[MentionRef]] = defaultdict(set)
    dates: defaultdict[_Post, list[PartialDate]] = defaultdict(list)
    for digest in digests:
        for holding in digest.holdings:
            body = "" if holding.at is None else identity.of_chain[digest.article, holding.at]
            holder = identity.of_chain[digest.article, holding.holder]
            post = holder, words(holding.title) or (holding.title,), body, holding.former
            titles[post][" ".join(holding.title.split())] += 1
            mentions[post].update(MentionRef(article=digest.article, key=key) for key in holding.mentions)
            if digest.date is not None:
                dates[post].append(digest.date)
    found: dict[str, Position] = {}
    for post in sorted(titles):
        holder, title, body, former = post
        parts = [holder.rpartition("/")[2], slug(" ".join(title)), body.rpartition("/")[2]]
        id_ = "position/" + "-".join(part for part in (*parts, "former" if former else "") if part)
        if id_ in found:
            id_ = f"{id_}-{digest_of(repr(post), 8)}"
        found[id_] = Position(
            id=id_,
            holder=holder,
            title=min(titles[post], key=lambda each: (-titles[post][each], each)),
            at=body or None,
            former=former,
            as_of=max(dates[post], default=None),
            mentions=tuple(sorted(mentions[post])),
        )
    return tuple(found[id_] for id_ in sorted(found))
