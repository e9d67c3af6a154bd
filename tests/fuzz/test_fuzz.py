"""The promises of `fuzz_targets`, on what broke them once and, for a moment, on anything."""

from __future__ import annotations

import pytest
from fuzz_targets import TARGETS, seeds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

_WORDS = (
    '"',
    "'",
    '"""',
    "\\",
    "\\u0041",
    "<http://a/>",
    "http://example.org/ä b#c#d",
    "} UNION { ?s ?p ?o } #",
    "SERVICE",
    "{",
    '{"text": "Rain fell.", "id": "\\ud800"}',
    "\n",
    "\r",
    "\0",
    "\x1b[31m",
    "\u202e",
    "\ufeff",
    "\ufffe",
    "&lt;",
    "]]>",
    "=cmd|'/c calc'!A1",
    "../",
    "%2e",
    "date 2021-08-10",
    "last Friday",
    "March 3, 2012",
    "2021-08-10\n",
    "Share this on Twitter",
    "Rain fell. ",
    "_:b",
    "kg:Person",
)
_PIECES = st.one_of(st.sampled_from(_WORDS).map(str.encode), st.binary(max_size=3), st.just(b"\xff"))
_ANYTHING = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(_PIECES, max_size=12).map(b"".join),
)
_EXAMPLES = {"round_trip": 25}


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_found_once(target: str) -> None:
    kept = seeds(target)
    assert kept
    for data in kept:
        TARGETS[target](data)


@pytest.mark.parametrize("target", TARGETS)
def test_anything(target: str) -> None:
    @settings(
        max_examples=_EXAMPLES.get(target, 120),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(_ANYTHING)
    def try_it(data: bytes) -> None:
        TARGETS[target](data)

    try_it()
