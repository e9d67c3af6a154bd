"""The work grows with the length of a text, not with its square, whatever the text is made of.

Counted are the calls that are made, of Python and of what spaCy compiles, not the time.
"""

from __future__ import annotations

import cProfile
from collections.abc import Callable
from itertools import product

import pytest

from kg.annotate.pipeline import Annotator
from kg.gazetteer import Gazetteers
from kg.model import SourceDocument

pytestmark = pytest.mark.model

_NAMES = ["".join(pair).capitalize() + "ari" for pair in product("bdfgklmnprst", "aeiou", "bdfgklmnprst")]
TEXTS: dict[str, Callable[[int], str]] = {
    "sentences": lambda n: "Rebels took Kidal. " * n,
    "quotations": lambda n: "He said: “Rebels took Kidal.” " * n,
    "quotation marks": lambda n: '"a ' * 4 * n,
    "pronouns": lambda n: "Amadou Keita said he knew. " + "He said that he was with him. " * n,
    "names": lambda n: " ".join(f"Amadou {name} said so." for name in _NAMES[:n]),
    "lines": lambda n: "\n".join(f"Note of {name}" for name in _NAMES[:n]),
    "empty lines": lambda n: "\n" * 400 * n + "Rebels took Kidal.",
    "list": lambda n: f"Rebels took {', '.join(_NAMES[:n])} and Gao.",
    "days": lambda n: "It fell on Sunday, the last of May. " * n,
    "brackets": lambda n: "(a [b {c " * 2 * n,
}


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator.open(gazetteers=Gazetteers.open())


def calls(annotator: Annotator, text: str) -> int:
    """How many calls it takes to annotate `text`."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        annotator.annotate_one(SourceDocument(id="a", text=text))
    finally:
        profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("what", TEXTS)
def test_twice_the_text_is_twice_the_work(annotator: Annotator, what: str) -> None:
    once, twice = (calls(annotator, TEXTS[what](size)) for size in (150, 300))
    assert twice < 2.7 * once, f"{once:,} calls, then {twice:,}"
