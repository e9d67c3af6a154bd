"""From a spaCy `Doc` with its layer to our values: token indices become code points."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import replace

from spacy.tokens import Doc

from kg.annotate import layer as layers
from kg.model import (
    AnnotatedDocument,
    Chain,
    EntityMention,
    EventAccount,
    PositionClaim,
    RelationClaim,
    SourceDocument,
    Span,
    TimeMention,
)

_LONGEST_NAME = 200  # code points: what is longer is a web address or a broken line, nobody's name


def convert(doc: Doc, document: SourceDocument) -> AnnotatedDocument:
    """The annotated document of `doc`.

    Chains that are never named and take part in nothing are left out, with their mentions.
    """
    return _Conversion(doc, document).result()


class _Conversion:
    def __init__(self, doc: Doc, document: SourceDocument) -> None:
        self.doc, self.document = doc, document
        self.layer = layers.layer(doc)
        self.keys: Counter[str] = Counter()
        self.sentences = tuple(
            span for sentence in doc.sents if (span := _trimmed(doc, sentence.start, sentence.end))
        )
        self._begins = [span.begin for span in self.sentences]

    def _dated(self) -> SourceDocument:
        """The document, with the date of its dateline where none was given."""
        if self.document.date is None and self.layer.date is not None:
            return replace(self.document, date=self.layer.date)
        return self.document

    def sentence(self, begin: int) -> int:
        """The index of the sentence that the code point `begin` stands in."""
        return max(bisect_right(self._begins, begin) - 1, 0)

    def key(self, prefix: str, span: Span) -> str:
        """A key for a mention, unique in the article: its kind and place, and a number from the second on."""
        base = f"{prefix}{span.begin}-{span.end}"
        self.keys[base] += 1
        return base if self.keys[base] == 1 else f"{base}.{self.keys[base]}"

    def result(self) -> AnnotatedDocument:
        found = self.layer
        kept = self._kept_chains()
        mention_keys: dict[int, str] = {}
        mentions: list[EntityMention] = []
        order = sorted(
            range(len(found.mentions)), key=lambda i: (found.mentions[i].start, found.mentions[i].end, i)
        )
        for index in order:
            mention = found.mentions[index]
            span = _trimmed(self.doc, mention.start, mention.end)
            if mention.chain not in kept or span is None:
                continue
            mention_keys[index] = key = self.key("e", span)
            mentions.append(
                EntityMention(
                    key=key,
                    begin=span.begin,
                    end=span.end,
                    form=mention.form,
                    chain=mention.chain,
                    sentence=self.sentence(span.begin),
                    confidence=round(mention.confidence, 2),
                )
            )
        time_keys: dict[int, str] = {}
        times = self._times(time_keys)
        relations = []
        for relation in found.relations:
            subject, obj = mention_keys.get(relation.subject), mention_keys.get(relation.object)
            if subject is None or obj is None or subject == obj:
                continue
            ends = [found.mentions[relation.subject], found.mentions[relation.object]]
            span = _trimmed(self.doc, min(m.start for m in ends), max(m.end for m in ends))
            if span is not None:
                relations.append(
                    RelationClaim(
                        key=self.key("r", span),
                        begin=span.begin,
                        end=span.end,
                        sentence=self.sentence(span.begin),
                        subject=subject,
                        relation=relation.relation,
                        object=obj,
                    )
                )
        return AnnotatedDocument(
            document=self._dated(),
            sentences=self.sentences,
            chains=tuple(
                Chain(
                    id=chain.id,
                    kind=chain.kind,
                    name=chain.name,
                    names=tuple(sorted(set(chain.names) - {chain.name})),
                    named=chain.named,
                    country=chain.country,
                    gazetteer=chain.gazetteer,
                )
                for chain in found.chains
                if chain.id in kept
            ),
            mentions=tuple(mentions),
            times=times,
            events=self._events(mention_keys, time_keys),
            positions=tuple(
                PositionClaim(
                    holder=holding.holder,
                    title=holding.title,
                    at=holding.at if holding.at in kept else None,
                    former=holding.former,
                    mentions=tuple(mention_keys[i] for i in holding.evidence if i in mention_keys),
                )
                for holding in found.holdings
                if holding.holder in kept
            ),
            relations=tuple(relations),
        )

    def _kept_chains(self) -> set[int]:
        found = self.layer
        kept = {chain.id for chain in found.chains if chain.named}
        for account in found.accounts:
            parties = (account.agents, account.targets, account.sources)
            for role in (*parties, account.places, account.origins, account.destinations):
                kept.update(found.mentions[i].chain for i in role)
        for holding in found.holdings:
            kept.update(c for c in (holding.holder, holding.at) if c is not None)
        for relation in found.relations:
            kept.update(found.mentions[i].chain for i in (relation.subject, relation.object))
        kept.discard(-1)
        return kept - {chain.id for chain in found.chains if len(chain.name) > _LONGEST_NAME}

    def _times(self, keys: dict[int, str]) -> tuple[TimeMention, ...]:
        times = []
        for index, time in enumerate(self.layer.times):
            span = _trimmed(self.doc, time.start, time.end)
            if span is None or time.kind != "date":
                continue
            keys[index] = key = self.key("t", span)
            times.append(
                TimeMention(
                    key=key,
                    begin=span.begin,
                    end=span.end,
                    sentence=self.sentence(span.begin),
                    start_date=time.start_date,
                    end_date=time.end_date,
                )
            )
        return tuple(times)

    def _events(self, mention_keys: dict[int, str], time_keys: dict[int, str]) -> tuple[EventAccount, ...]:
        found = self.layer
        spans = [_trimmed(self.doc, a.trigger, a.trigger_end) for a in found.accounts]
        keys = [self.key("v", span) if span else "" for span in spans]

        def fillers(indices: list[int]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(mention_keys[i] for i in indices if i in mention_keys))

        events = []
        for account, span, key in zip(found.accounts, spans, keys, strict=True):
            if span is None:
                continue
            events.append(
                EventAccount(
                    key=key,
                    begin=span.begin,
                    end=span.end,
                    sentence=self.sentence(span.begin),
                    kind=account.kind,
                    status=account.status,
                    confidence=round(account.confidence, 2),
                    agents=fillers(account.agents),
                    targets=fillers(account.targets),
                    places=fillers(account.places),
                    origins=fillers(account.origins),
                    destinations=fillers(account.destinations),
                    sources=fillers(account.sources),
                    times=tuple(time_keys[i] for i in account.times if i in time_keys),
                    start_date=account.start_date,
                    end_date=account.end_date,
                    killed=account.killed,
                    wounded=account.wounded,
                    detained=account.detained,
                    casualty_text=account.casualty_text,
                    quotation=self._printed(account.quoted),
                    about=tuple(keys[i] for i in account.about if keys[i]),
                    retells=None if account.retells is None else keys[account.retells] or None,
                )
            )
        return tuple(events)

    def _printed(self, quoted: list[tuple[int, int]]) -> str | None:
        """The words between those tokens as the document has them, not as the model reads them."""
        if not quoted:
            return None
        read, printed = self.doc.text, self.document.text
        spans = [self.doc[start:end] for start, end in quoted]
        return " ".join(
            "".join(
                shown if seen != " " else seen  # what is skipped stays out
                for seen, shown in zip(
                    read[span.start_char : span.end_char],
                    printed[span.start_char : span.end_char],
                    strict=True,
                )
            ).strip()
            for span in spans
        )


def _trimmed(doc: Doc, start: int, end: int) -> Span | None:
    """The code points of the tokens, without white space at either end; None where nothing is left."""
    while start < end and doc[start].is_space:
        start += 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    if start >= end:
        return None
    return Span(begin=doc[start].idx, end=doc[end - 1].idx + len(doc[end - 1].text))
