"""Which nouns point back to what was told, and which of them tell nothing more, on parses written by hand."""

from __future__ import annotations

import pytest
from parsed import parsed
from spacy.tokens import Token

from kg.annotate.earlier import long_ago, points_back, says_no_more, under_since


def _noun(before: str, behind: str = "") -> Token:
    """*raid* with the words `before` it (``word/TAG/dep``), and `behind` it."""
    words = before.split()
    at = len(words)
    notation = [f"{word}/{at}" for word in words] + [f"raid/NN/ROOT/{at}"]
    notation += [f"{word}/{at}" for word in behind.split()]
    return parsed(" ".join(notation))[at]


@pytest.mark.parametrize(
    ("before", "points"),
    [
        ("the/DT/det", True),
        ("these/DT/det", True),
        ("Monday/NNP/poss", True),
        ("a/DT/det", False),
        ("", False),
        ("the/DT/det second/JJ/amod", False),
        ("the/DT/det recent/JJ/amod", False),
        ("the/DT/det bloody/JJ/amod", True),
    ],
)
def test_what_points_back(before: str, points: bool) -> None:
    assert points_back(_noun(before)) is points


@pytest.mark.parametrize(
    ("before", "behind", "plain"),
    [
        ("the/DT/det", "", True),
        ("Monday/NNP/poss", "", True),
        ("army/NN/poss", "", True),
        ("the/DT/det two/CD/nummod", "", False),
        ("the/DT/det worst/JJS/amod", "", False),
        ("the/DT/det", "that/WDT/nsubj", True),
        ("the/DT/det", "killing/VBG/acl", False),
        ("the/DT/det", "killed/VBD/relcl", False),
    ],
)
def test_what_says_no_more(before: str, behind: str, plain: bool) -> None:
    assert says_no_more(_noun(before, behind)) is plain


def test_what_was_told_long_ago() -> None:
    doc = parsed(
        "Gao/NNP/ROOT/0 which/WDT/nsubjpass/4 has/VBZ/aux/4 been/VBN/auxpass/4 shelled/VBN/relcl/0/shell"
    )
    assert long_ago(doc[4])
    assert not under_since(doc[4])
    doc = parsed("worst/JJS/amod/1 raid/NN/ROOT/1 since/IN/prep/1 the/DT/det/4 war/NN/pobj/2")
    assert under_since(doc[4])
    assert not under_since(doc[1])
    doc = parsed("quiet/JJ/ROOT/0 since/IN/mark/3 bombs/NNS/nsubj/3 fell/VBD/advcl/0/fall")
    assert long_ago(doc[3])
