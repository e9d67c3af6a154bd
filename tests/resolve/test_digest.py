from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import DocumentError
from kg.model import (
    AnnotatedDocument,
    Chain,
    EntityMention,
    EventAccount,
    Form,
    Link,
    PositionClaim,
    RelationClaim,
    ResolvedDocument,
    SourceDocument,
    Span,
    Status,
)
from kg.resolve.digest import DigestAccount, DigestChain, DigestHolding, DigestRelation, digest

LINK = Link(id="x/1", label="Blue Front", kind="ArmedGroup", confidence=0.9, reason="by name")


def mention(key: str, chain: int) -> EntityMention:
    return EntityMention(key=key, begin=0, end=1, form=Form.NAMED, chain=chain, sentence=0)


DOCUMENT = AnnotatedDocument(
    document=SourceDocument(id="a", text="x", date="2019-03-04"),
    sentences=(Span(begin=0, end=1),),
    chains=(
        Chain(id=3, kind="Organization", name="Blue Front", names=("Blues",)),
        Chain(id=5, kind="Person", name="Sarov"),
    ),
    mentions=(mention("m0", 3), mention("m1", 5), mention("m2", 3)),
    events=(
        EventAccount(
            key="e0",
            begin=0,
            end=1,
            sentence=0,
            kind="Statement",
            status=Status.CLAIMED,
            agents=("m0", "m2"),
            sources=("m1",),
            times=("t0",),
            end_date="2019",
            killed=4,
            quotation="“We  WILL stay.”",
            about=("e1",),
        ),
    ),
    positions=(PositionClaim(holder=5, title="cook", at=3, mentions=("m1",)),),
    relations=(
        RelationClaim(key="r0", begin=0, end=1, sentence=0, subject="m1", relation="memberOf", object="m2"),
    ),
)


def test_a_digest_speaks_of_chains_instead_of_mentions() -> None:
    small = digest(ResolvedDocument(annotated=DOCUMENT, links={3: LINK}))
    assert (small.article, small.date) == ("a", "2019-03-04")
    assert small.chains == (
        DigestChain(
            id=3, kind="Organization", name="Blue Front", names=("Blues",), link=LINK, mentions=("m0", "m2")
        ),
        DigestChain(id=5, kind="Person", name="Sarov", mentions=("m1",)),
    )
    (account,) = small.accounts
    assert account == DigestAccount(
        key="e0",
        kind="Statement",
        status=Status.CLAIMED,
        agents=(3,),
        sources=(5,),
        times=("t0",),
        end_date="2019",
        quotation=account.quotation,
        about=("e1",),
        toll=4,
        word="x",
    )
    assert small.holdings == (DigestHolding(holder=5, title="cook", at=3, mentions=("m1",)),)
    assert small.relations == (DigestRelation(subject=5, relation="memberOf", object=3),)


def test_one_quotation_printed_twice_has_one_hash() -> None:
    def hashed(words: str | None) -> str | None:
        told = replace(DOCUMENT, events=(replace(DOCUMENT.events[0], quotation=words),))
        return digest(ResolvedDocument(annotated=told)).accounts[0].quotation

    assert hashed("We will stay.") == hashed("“we will stay”") != hashed("We will not stay.")
    assert hashed(None) is hashed("…") is None


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (
            replace(DOCUMENT, events=(replace(DOCUMENT.events[0], agents=("m9",)),)),
            "account e0 names mention m9",
        ),
        (replace(DOCUMENT, mentions=(*DOCUMENT.mentions, mention("m3", 9))), "mention m3 names chain 9"),
        (
            replace(DOCUMENT, positions=(PositionClaim(holder=9, title="cook"),)),
            "the post 'cook' names chain 9",
        ),
        (
            replace(DOCUMENT, relations=(replace(DOCUMENT.relations[0], object="m9"),)),
            "relation r0 names mention m9",
        ),
    ],
)
def test_what_an_article_lacks_is_refused(broken: AnnotatedDocument, message: str) -> None:
    with pytest.raises(DocumentError, match=f"article 'a': {message}"):
        digest(ResolvedDocument(annotated=broken))
