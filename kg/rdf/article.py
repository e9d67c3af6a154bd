"""Describes what one article's graph holds: the article, its mentions and its accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from kg.errors import DocumentError
from kg.model import (
    AnnotatedDocument,
    EntityMention,
    EventAccount,
    PositionClaim,
    RelationClaim,
    TimeMention,
)
from kg.rdf.description import Description
from kg.rdf.iris import Minter, foreign
from kg.rdf.settings import MappingSettings
from kg.rdf.terms import decimal, integer, node, partial_date, text
from kg.vocabulary import DCTERMS, KG, NIF, SCHEMA


class ArticleMapper:
    """Describes what one article's graph holds."""

    def __init__(self, annotated: AnnotatedDocument, settings: MappingSettings) -> None:
        self._annotated = annotated
        self._document = annotated.document
        self._settings = settings
        self._ids = Minter(settings.base_iri)
        self.iri = self._ids.article(self._document.id)
        groups = (annotated.mentions, annotated.times, annotated.events, annotated.relations)
        self._keys = {mention.key: mention for group in groups for mention in group}
        if len(self._keys) < sum(map(len, groups)):
            raise DocumentError(
                f"article '{self._document.id}': two of its mentions have one key; annotate it again"
            )

    def descriptions(self) -> Iterator[Description]:
        annotated = self._annotated
        yield self._article()
        yield from map(self._entity_mention, annotated.mentions)
        yield from map(self._time, annotated.times)
        yield from map(self._event, annotated.events)
        yield from map(self._relation, annotated.relations)
        yield from self._posts(annotated.positions)

    def _article(self) -> Description:
        document = self._document
        described = Description(self.iri)
        described.types("Article")
        described.add(DCTERMS.identifier, text(document.id))
        if document.date is not None:
            described.add(DCTERMS.issued, partial_date(document.date))
        if document.title is not None:
            described.add(DCTERMS.title, text(document.title))
        if document.url is not None:
            url = foreign(document.url)
            described.add(DCTERMS.source, text(document.url) if url is None else node(url))
        if document.publisher is not None:
            described.add(SCHEMA.publisher, text(document.publisher))
        if self._settings.keep_text:
            described.add(NIF.isString, text(document.text))
        return described

    def _mention(self, iri: str, kind: str, begin: int, end: int, sentence: int) -> Description:
        described = Description(iri)
        whole, spans = self._document.text, self._annotated.sentences
        if not (0 <= begin < end <= len(whole) and 0 <= sentence < len(spans)):
            raise DocumentError(
                f"article '{self._document.id}': a mention at {begin} to {end} in sentence {sentence} "
                "lies outside the text; annotate it again"
            )
        described.types(kind)
        described.add(KG.inArticle, node(self.iri))
        described.add(NIF.beginIndex, integer(begin))
        described.add(NIF.endIndex, integer(end))
        described.add(NIF.anchorOf, text(whole[begin:end]))
        # A time such as "Sept. 11" may run over the end that the parser gave its sentence.
        last = next((span for span in spans[sentence:] if span.end >= end), spans[-1])
        described.add(KG.sentence, text(whole[min(spans[sentence].begin, begin) : max(last.end, end)]))
        return described

    def _mentions(self, keys: Iterable[str]) -> Iterator[str]:
        for key in keys:
            if key not in self._keys:
                raise DocumentError(
                    f"article '{self._document.id}': something names the mention '{key}', "
                    "which the article lacks; annotate it again"
                )
            yield self._ids.mention(self._document.id, key)

    def _entity_mention(self, mention: EntityMention) -> Description:
        iri = self._ids.mention(self._document.id, mention.key)
        described = self._mention(iri, mention.form, mention.begin, mention.end, mention.sentence)
        described.add(KG.confidence, decimal(mention.confidence))
        return described

    def _time(self, time: TimeMention) -> Description:
        iri = self._ids.mention(self._document.id, time.key)
        described = self._mention(iri, "TimeMention", time.begin, time.end, time.sentence)
        described.dates(time.start_date, time.end_date)
        return described

    def _event(self, account: EventAccount) -> Description:
        iri = self._ids.mention(self._document.id, account.key)
        described = self._mention(iri, "EventMention", account.begin, account.end, account.sentence)
        described.add(DCTERMS.type, node(KG.term(account.kind)))
        described.add(KG.status, node(KG.term(account.status)))
        described.add(KG.confidence, decimal(account.confidence))
        for predicate, keys in (
            (KG.agentMention, account.agents),
            (KG.targetMention, account.targets),
            (KG.placeMention, account.places),
            (KG.originMention, account.origins),
            (KG.destinationMention, account.destinations),
            (KG.sourceMention, account.sources),
            (KG.timeMention, account.times),
            (KG.about, account.about),
        ):
            described.link(predicate, self._mentions(keys))
        described.dates(account.start_date, account.end_date)
        for predicate, number in (
            (KG.killed, account.killed),
            (KG.wounded, account.wounded),
            (KG.detained, account.detained),
        ):
            if number is not None:
                described.add(predicate, integer(number))
        if account.casualty_text is not None:
            described.add(KG.casualtyText, text(account.casualty_text))
        if account.quotation is not None:
            described.add(KG.quotation, text(account.quotation))
        return described

    def _relation(self, claim: RelationClaim) -> Description:
        iri = self._ids.mention(self._document.id, claim.key)
        described = self._mention(iri, "RelationMention", claim.begin, claim.end, claim.sentence)
        described.link(KG.subjectMention, self._mentions((claim.subject,)))
        described.add(KG.relation, node(KG.term(claim.relation)))
        described.link(KG.objectMention, self._mentions((claim.object,)))
        return described

    def _posts(self, claims: Iterable[PositionClaim]) -> Iterator[Description]:
        """The evidence of posts: a relation mention wherever a mention shows one.

        One mention is about one thing, so a position has mentions of its own, not its holder's.
        """
        by_key: dict[str, list[PositionClaim]] = defaultdict(list)
        for claim in claims:
            tuple(self._mentions(claim.mentions))  # that none is missing
            for key in claim.mentions:
                by_key[key].append(claim)
        of_chain = {mention.key: mention.chain for mention in self._annotated.mentions}
        for key, found in by_key.items():
            stands = self._keys[key]
            iri = self._ids.post_mention(self._document.id, key)
            described = self._mention(iri, "RelationMention", stands.begin, stands.end, stands.sentence)
            described.add(KG.relation, node(KG.holdsPosition))
            for claim in found:
                for predicate, chain in ((KG.subjectMention, claim.holder), (KG.objectMention, claim.at)):
                    of_it = (each for each in claim.mentions if of_chain.get(each, -1) == chain)
                    described.link(predicate, self._mentions(islice(of_it, 1)))
            yield described
