"""What the reduction needs of one article, and no more: small, so that thousands can be held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from sys import intern

from kg.errors import DocumentError
from kg.gazetteer.folding import fold
from kg.model import AnnotatedDocument, Chain, EventAccount, Link, PartialDate, ResolvedDocument, Status
from kg.resolve.names_match import digest_of, words
from kg.resolve.sketches import sketch

_LEAST_TOLL = 4
_SPELT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestChain:
    """A chain with its link and the keys of its mentions; the rest as in `kg.model.Chain`."""

    id: int
    kind: str
    name: str
    names: tuple[str, ...] = ()
    named: bool = True
    country: str | None = None
    link: Link | None = None
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestAccount:
    """An account with its roles as chain ids.

    `word` is its trigger, folded, `quotation` a hash of the words quoted, `toll` how many were killed or
    detained, where it gives a figure (`kg.resolve.digest.toll`), `text` the sketch of its sentence
    (`kg.resolve.sketches`).
    """

    key: str
    kind: str
    word: str = ""
    status: Status = Status.ASSERTED
    confidence: float = 1.0
    agents: tuple[int, ...] = ()
    targets: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    origins: tuple[int, ...] = ()
    destinations: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()
    times: tuple[str, ...] = ()
    start_date: PartialDate | None = None
    end_date: PartialDate | None = None
    quotation: str | None = None
    about: tuple[str, ...] = ()
    retells: str | None = None
    toll: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestHolding:
    """A post, as in `kg.model.PositionClaim`."""

    holder: int
    title: str
    at: int | None = None
    former: bool = False
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRelation:
    """A relation between two chains: `relation` is a property's local name."""

    subject: int
    relation: str
    object: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One article as the reduction sees it."""

    article: str
    date: PartialDate | None = None
    chains: tuple[DigestChain, ...] = ()
    accounts: tuple[DigestAccount, ...] = ()
    holdings: tuple[DigestHolding, ...] = ()
    relations: tuple[DigestRelation, ...] = ()


def digest(resolved: ResolvedDocument) -> Digest:
    """What the reduction needs of `resolved`.

    Raises `DocumentError` where an account, a post or a relation names a mention or a chain that the
    article lacks.
    """
    document = resolved.annotated
    chain_of = {mention.key: mention.chain for mention in document.mentions}
    known = {chain.id for chain in document.chains}
    if (stray := next((key for key, chain in chain_of.items() if chain not in known), None)) is not None:
        raise _broken(document, f"mention {stray}", f"chain {chain_of[stray]}")
    mentions: dict[int, list[str]] = {chain.id: [] for chain in document.chains}
    for mention in document.mentions:
        mentions[mention.chain].append(intern(mention.key))
    for position in document.positions:
        for chain in (position.holder, position.at):
            if chain is not None and chain not in known:
                raise _broken(document, f"the post '{position.title}'", f"chain {chain}")

    def chains_of(keys: Iterable[str], holder: str) -> tuple[int, ...]:
        found = []
        for key in keys:
            if key not in chain_of:
                raise _broken(document, holder, f"mention {key}")
            found.append(chain_of[key])
        return tuple(dict.fromkeys(found))

    @cache
    def text_of(sentence: int) -> str:
        spans = document.sentences[sentence : sentence + 1]
        return "".join(sketch(document.document.text[span.begin : span.end]) for span in spans)

    def account(event: EventAccount) -> DigestAccount:
        holder = f"account {event.key}"
        return DigestAccount(
            key=intern(event.key),
            kind=intern(event.kind),
            word=intern(fold(document.document.text[event.begin : event.end])),
            status=event.status,
            confidence=event.confidence,
            agents=chains_of(event.agents, holder),
            targets=chains_of(event.targets, holder),
            places=chains_of(event.places, holder),
            origins=chains_of(event.origins, holder),
            destinations=chains_of(event.destinations, holder),
            sources=chains_of(event.sources, holder),
            times=tuple(map(intern, event.times)),
            start_date=event.start_date,
            end_date=event.end_date,
            quotation=_same_words(event.quotation),
            about=tuple(map(intern, event.about)),
            retells=intern(event.retells) if event.retells else None,
            toll=toll(event.detained if event.killed is None else event.killed, event.casualty_text),
            text=text_of(event.sentence),
        )

    return Digest(
        article=document.document.id,
        date=document.document.date,
        chains=tuple(
            _chain(chain, resolved.links.get(chain.id), tuple(mentions[chain.id]))
            for chain in document.chains
        ),
        accounts=tuple(map(account, document.events)),
        holdings=tuple(
            DigestHolding(
                holder=position.holder,
                title=position.title,
                at=position.at,
                former=position.former,
                mentions=tuple(map(intern, position.mentions)),
            )
            for position in document.positions
        ),
        relations=tuple(
            DigestRelation(
                subject=chains_of((claim.subject,), f"relation {claim.key}")[0],
                relation=intern(claim.relation),
                object=chains_of((claim.object,), f"relation {claim.key}")[0],
            )
            for claim in document.relations
        ),
    )


def _chain(chain: Chain, link: Link | None, mentions: tuple[str, ...]) -> DigestChain:
    return DigestChain(
        id=chain.id,
        kind=intern(chain.kind),
        name=intern(chain.name),
        names=tuple(map(intern, chain.names)),
        named=chain.named,
        country=chain.country,
        link=link,
        mentions=mentions,
    )


def toll(figure: int | None, text: str | None) -> int | None:
    """The number killed or detained, told exactly and high enough to tell one happening from others.

    Words for vague numbers stand for a few low bounds (*several* 3, *dozens* 24); so a figure counts in
    digits, or where it is one of the numbers that only their own words say.
    """
    if figure is None or figure < _LEAST_TOLL:
        return None
    return figure if figure < _SPELT or any(map(str.isdigit, text or "")) else None


def _same_words(quotation: str | None) -> str | None:
    """A hash that two printings of one quotation share: signs and case do not count."""
    spoken = words(quotation) if quotation else ()
    return digest_of(" ".join(spoken), 16) if spoken else None


def _broken(document: AnnotatedDocument, holder: str, what: str) -> DocumentError:
    return DocumentError(
        f"article '{document.document.id}': {holder} names {what}, which the article lacks; annotate it again"
    )
