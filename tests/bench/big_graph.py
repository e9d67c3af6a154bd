"""A graph of any size that looks like what `kg build` writes, of an invented world: no model, no network.

    python tests/bench/big_graph.py TRIPLES FILE.nq

Articles tell of happenings in a sentence each: who, what, where, when, some on somebody's word; a few people
and places are in many articles, most in few, and two articles in three tell of what another tells too. The
values are made as the stages would make them and mapped by `kg.rdf`, so the graph has the program's own
shape. The same number of triples gives the same bytes.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, serialize

from kg.config import DEFAULT_BASE_IRI
from kg.model import (
    AnnotatedDocument,
    Chain,
    Entity,
    EntityMention,
    Event,
    EventAccount,
    Form,
    Link,
    MentionRef,
    Place,
    Position,
    PositionClaim,
    Reduction,
    RelationClaim,
    ResolvedDocument,
    SourceDocument,
    Span,
    Status,
    TimeMention,
)
from kg.rdf.mapping import article_quads, reduction_quads
from kg.rdf.provenance import provenance_quads
from kg.rdf.settings import MappingSettings

HAPPENINGS_IN_AN_ARTICLE = 8
TRIPLES_OF_AN_ARTICLE = 490
"""About so many, its share of entities and events included."""

_FIRST_DAY = date(2015, 1, 1)
_DAYS = 2500
_SYLLABLES = ("ba", "dor", "ke", "lin", "mar", "no", "qua", "ri", "san", "ta", "ul", "ve", "wi", "zo")
_STATUSES = (Status.ASSERTED,) * 6 + (Status.CLAIMED, Status.CLAIMED, Status.DENIED, Status.PLANNED)
_DEEDS = {
    "Capture": "captured",
    "Battle": "fought for",
    "Bombing": "bombed",
    "Killing": "killed soldiers in",
    "Withdrawal": "withdrew from",
    "Meeting": "met elders in",
    "Movement": "marched to",
    "Protest": "protested in",
    "Detention": "arrested men in",
    "Aid": "sent food to",
    "Statement": "spoke in",
}
_AGAINST = frozenset(("Capture", "Battle", "Bombing", "Killing", "Meeting", "Detention"))
_SAID = "All is quiet here"
_POSTS = ("governor", "spokesman", "commander", "minister")


@dataclass(slots=True, kw_only=True)
class Thing:
    """A person, body, group or place, and where it was mentioned."""

    id: str
    kind: str
    name: str
    link: Link | None = None
    mentions: list[MentionRef] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Happening:
    """What accounts tell of."""

    kind: str
    agent: Thing
    place: Thing
    target: Thing | None
    source: Thing | None
    day: date
    accounts: list[tuple[MentionRef, MentionRef, Status]] = field(default_factory=list)


class World:
    """Who and what there is for `articles` articles to tell of."""

    def __init__(self, articles: int) -> None:
        self._random = random.Random(20150101)
        self.people = [
            Thing(id=f"person/p{n}", kind="Person", name=f"{self._name()} {self._name()}")
            for n in range(max(articles // 2, 10))
        ]
        self.bodies = [
            Thing(id=f"organization/b{n}", kind="ArmedGroup", name=f"{self._name()} Front")
            for n in range(max(articles // 10, 5))
        ]
        self.places = [self._place(n) for n in range(max(articles // 4, 10))]
        self.agents = [*self.bodies, *self.people]
        self.happenings = [self._happening() for _ in range(articles * HAPPENINGS_IN_AN_ARTICLE // 2)]
        self.posts: defaultdict[tuple[str, str, str], list[MentionRef]] = defaultdict(list)

    def article(self, number: int) -> ResolvedDocument:
        """One article, its mentions noted with what they are of."""
        rng = self._random
        name = f"article-{number:06}"
        told = [rng.choice(self.happenings) for _ in range(HAPPENINGS_IN_AN_ARTICLE)]
        text = ""
        sentences: list[Span] = []
        chains: dict[str, Chain] = {}
        links: dict[int, Link] = {}
        mentions: list[EntityMention] = []
        times: list[TimeMention] = []
        accounts: list[EventAccount] = []
        posts: list[PositionClaim] = []
        relations: list[RelationClaim] = []

        def span(words: str) -> tuple[int, int]:
            nonlocal text
            begin = len(text)
            text += words
            return begin, len(text)

        def mention(thing: Thing) -> str:
            chain = chains.get(thing.id)
            if chain is None:
                chain = chains[thing.id] = Chain(id=len(chains), kind=thing.kind, name=thing.name)
                if thing.link is not None:
                    links[chain.id] = thing.link
            begin, end = span(thing.name)
            key = f"m{len(mentions)}"
            mentions.append(
                EntityMention(
                    key=key,
                    begin=begin,
                    end=end,
                    form=Form.NAMED,
                    chain=chain.id,
                    sentence=len(sentences),
                )
            )
            thing.mentions.append(MentionRef(article=name, key=key))
            return key

        for at, happening in enumerate(told):
            start = len(text)
            agent = mention(happening.agent)
            span(" ")
            begin, end = span(_DEEDS[happening.kind])
            span(" ")
            place = mention(happening.place)
            targets: tuple[str, ...] = ()
            if happening.target is not None:
                span(" with ")
                targets = (mention(happening.target),)
            quotation = None
            if happening.kind == "Statement":
                span(", “")
                span(quotation := _SAID)
                span("”,")
            span(" on ")
            day = happening.day.isoformat()
            time_begin, time_end = span(f"{happening.day:%d %B}")
            sources: tuple[str, ...] = ()
            if happening.source is not None:
                span(f", {_POSTS[at % len(_POSTS)]} ")
                begins = len(text)
                sources = (mention(happening.source),)
                span(" of ")
                body = mention(self.bodies[number % len(self.bodies)])
                relations.append(
                    RelationClaim(
                        key=f"r{at}",
                        begin=begins,
                        end=len(text),
                        sentence=at,
                        subject=sources[0],
                        relation="memberOf",
                        object=body,
                    )
                )
                span(" said")
                posts.append(
                    PositionClaim(
                        holder=chains[happening.source.id].id,
                        title=_POSTS[at % len(_POSTS)],
                        at=chains[happening.place.id].id,
                        mentions=sources,
                    )
                )
                post = (happening.source.id, _POSTS[at % len(_POSTS)], happening.place.id)
                self.posts[post].append(MentionRef(article=name, key=sources[0]))
            times.append(
                TimeMention(
                    key=f"t{at}", begin=time_begin, end=time_end, sentence=at, start_date=day, end_date=day
                )
            )
            status = rng.choice(_STATUSES)
            killed = rng.randrange(1, 60) if happening.kind in ("Killing", "Bombing") else None
            accounts.append(
                EventAccount(
                    key=f"e{at}",
                    begin=begin,
                    end=end,
                    sentence=at,
                    kind=happening.kind,
                    status=status,
                    confidence=rng.randrange(50, 100) / 100,
                    agents=(agent,),
                    targets=targets,
                    places=(place,),
                    quotation=quotation,
                    sources=sources,
                    times=(f"t{at}",),
                    start_date=day,
                    end_date=day,
                    killed=killed,
                    casualty_text=None if killed is None else f"{killed} soldiers",
                )
            )
            happening.accounts.append(
                (MentionRef(article=name, key=f"e{at}"), MentionRef(article=name, key=f"t{at}"), status)
            )
            span(".")
            sentences.append(Span(begin=start, end=len(text)))
            span(" ")
        issued = max(happening.day for happening in told).isoformat()
        return ResolvedDocument(
            annotated=AnnotatedDocument(
                document=SourceDocument(id=name, text=text, title=f"Report {number}", date=issued),
                sentences=tuple(sentences),
                chains=tuple(chains.values()),
                mentions=tuple(mentions),
                times=tuple(times),
                events=tuple(accounts),
                positions=tuple(posts),
                relations=tuple(relations),
            ),
            links=links,
        )

    def reduction(self) -> Reduction:
        """What the articles that were made agree on."""
        things = (*self.agents, *self.places)
        events = enumerate(happening for happening in self.happenings if happening.accounts)
        return Reduction(
            entities=tuple(sorted(map(_entity, filter(_told, things)), key=lambda each: each.id)),
            positions=tuple(
                Position(id=f"position/{n}", holder=holder, title=title, at=at, mentions=tuple(sorted(refs)))
                for n, ((holder, title, at), refs) in enumerate(sorted(self.posts.items()))
            ),
            events=tuple(sorted((_event(n, each) for n, each in events), key=lambda each: each.id)),
        )

    def _happening(self) -> Happening:
        rng = self._random
        kind = rng.choice(list(_DEEDS))
        agent = self._often(self.agents)
        target = self._often(self.bodies) if kind in _AGAINST and rng.random() < 0.5 else None
        return Happening(
            kind=kind,
            agent=agent,
            place=self._often(self.places),
            target=None if target is agent else target,
            source=self._often(self.people) if rng.random() < 0.4 else None,
            day=_FIRST_DAY + timedelta(days=rng.randrange(_DAYS)),
        )

    def _often(self, things: Sequence[Thing]) -> Thing:
        """One of `things`, the first far more often than the last."""
        return things[int(len(things) * self._random.random() ** 3)]

    def _name(self) -> str:
        return "".join(self._random.choices(_SYLLABLES, k=self._random.randrange(2, 5))).capitalize()

    def _place(self, number: int) -> Thing:
        rng = self._random
        name = self._name()
        place = Place(
            id=str(9_000_000 + number),
            name=name,
            kind="PopulatedPlace",
            country="ML",
            latitude=round(rng.uniform(-60, 60), 5),
            longitude=round(rng.uniform(-180, 180), 5),
        )
        link = Link(
            id=f"geonames/{place.id}",
            label=name,
            kind="PopulatedPlace",
            confidence=0.9,
            reason="the only place of this name",
            same_as=(f"https://sws.geonames.org/{place.id}/",),
            place=place,
        )
        return Thing(id=link.id, kind="PopulatedPlace", name=name, link=link)


def quads(triples: int, settings: MappingSettings) -> Iterator[Quad]:
    """About `triples` quads, articles first."""
    articles = max(triples // TRIPLES_OF_AN_ARTICLE, 1)
    world = World(articles)
    for number in range(articles):
        yield from article_quads(world.article(number), settings)
    reduction = world.reduction()
    yield from reduction_quads(reduction, settings)
    yield from provenance_quads(reduction, settings)


def write(path: Path, triples: int, base_iri: str = DEFAULT_BASE_IRI) -> int:
    """Write about `triples` quads to `path` as N-Quads, under `base_iri`; how many there are."""
    count = 0
    with path.open("wb") as out:
        found = quads(triples, MappingSettings(base_iri=base_iri, model="none 1", program="0"))
        while block := list(islice(found, 10_000)):
            count += len(block)
            serialize(block, out, RdfFormat.N_QUADS)
    return count


def _told(thing: Thing) -> bool:
    return bool(thing.mentions)


def _entity(thing: Thing) -> Entity:
    return Entity(
        id=thing.id,
        kind=thing.kind,
        label=thing.name,
        mentions=tuple(sorted(thing.mentions)),
        link=thing.link,
        reason="the same name",
    )


def _event(number: int, happening: Happening) -> Event:
    accounts = sorted(happening.accounts)
    day = happening.day.isoformat()
    return Event(
        id=f"event/{happening.kind.lower()}-{number:07}",
        kind=happening.kind,
        label=f"{happening.agent.name} {_DEEDS[happening.kind]} {happening.place.name}",
        status=min((status for _, _, status in accounts), key=list(Status).index),
        confidence=0.8,
        mentions=tuple(mention for mention, _, _ in accounts),
        agents=(happening.agent.id,),
        targets=() if happening.target is None else (happening.target.id,),
        places=(happening.place.id,),
        sources=() if happening.source is None else (happening.source.id,),
        start_date=day,
        end_date=day,
        dated_by=tuple(time for _, time, _ in accounts),
        reason=f"{len(accounts)} accounts agree" if len(accounts) > 1 else None,
    )


if __name__ == "__main__":
    print(write(Path(sys.argv[2]), int(sys.argv[1])))
