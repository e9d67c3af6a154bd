from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.model import Link, Place
from kg.resolve.digest import Digest, DigestAccount, DigestChain, DigestHolding, DigestRelation
from kg.resolve.digest_json import from_json, to_json

LINK = Link(
    id="geonames/2454268",
    label="Kidal",
    kind="PopulatedPlace",
    confidence=0.9,
    reason="the only one",
    same_as=("https://sws.geonames.org/2454268/",),
    place=Place(
        id="2454268", name="Kidal", kind="PopulatedPlace", country="ML", latitude=18.44, longitude=-1.0
    ),
)
FULL = Digest(
    article="a\ud800b",
    date="2020-01",
    chains=(DigestChain(id=0, kind="Place", name="Kidal", link=LINK, mentions=("m1", "m2")),),
    accounts=(DigestAccount(key="e1", kind="Capture", confidence=0.1 + 0.2, agents=(1,), about=("e2",)),),
    holdings=(DigestHolding(holder=0, title="mayor", former=True, mentions=("m1",)),),
    relations=(DigestRelation(subject=0, relation="partOf", object=1),),
)

links = st.builds(Link, place=st.none() | st.builds(Place, latitude=st.floats(allow_nan=False) | st.none()))
chains = st.builds(DigestChain, link=st.none() | links)
digests = st.builds(
    Digest,
    chains=st.lists(chains, max_size=3).map(tuple),
    accounts=st.lists(st.builds(DigestAccount)).map(tuple),
)


def test_nothing_is_lost() -> None:
    assert from_json(to_json(FULL)) == FULL
    assert from_json(to_json(Digest(article=""))) == Digest(article="")


@given(digests.filter(lambda each: all(a.confidence == a.confidence for a in each.accounts)))
def test_round_trip(digest: Digest) -> None:
    try:
        data = to_json(digest)
    except ValueError:  # an infinite number is no JSON
        return
    assert from_json(data) == digest
    assert to_json(from_json(data)) == data


def test_what_is_the_default_takes_no_room() -> None:
    assert to_json(Digest(article="a")) == b'{"article":"a"}'


def test_a_whole_number_where_a_fraction_may_stand_gives_the_same_bytes() -> None:
    whole, fraction = (
        Digest(article="a", accounts=(DigestAccount(key="e", kind="Battle", confidence=confidence),))
        for confidence in (0, 0.0)
    )
    assert to_json(whole) == to_json(fraction)


def test_equal_links_become_one() -> None:
    shared: dict[Link, Link] = {}
    one, other = (from_json(to_json(FULL), shared).chains[0].link for _ in range(2))
    assert one is other is not LINK


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Expecting value"),
        (b"\xff", "decode"),
        (b"[]", "[] is not an object"),
        (b"{}", "Digest lacks article"),
        (b'{"article":3}', "article: 3 is not text"),
        (b'{"article":"a","more":1}', "Digest has no more"),
        (b'{"article":"a","chains":{}}', "chains: {} is not a list"),
        (b'{"article":"a","chains":[{"id":true,"kind":"P","name":"n"}]}', "id: True is not a whole number"),
        (b'{"article":"a","accounts":[{"key":"e","kind":"B","status":"No"}]}', "status: 'No' is not a valid"),
        (
            b'{"article":"a","accounts":[{"key":"e","kind":"B","confidence":"1"}]}',
            "confidence: '1' is not a number",
        ),
        (json.dumps({"article": "a", "date": ["x" * 99]}).encode(), "date: "),
        (b"[" * 100_000, "recursion"),
    ],
)
def test_what_is_no_digest_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(DataError) as caught:
        from_json(data)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250
