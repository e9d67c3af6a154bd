"""Parse repairs on hand-built parses: whatever is hung elsewhere, every token still leads to a root."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.repairs import repair

FRAGMENT = (  # word, tag, dep, head
    ("the", "DT", "det", 1),
    ("army", "NN", "nmod", 4),
    ("and", "CC", "cc", 1),
    ("Azul", "NNP", "conj", 1),
    ("militants", "NNS", "ROOT", 4),
    ("vowing", "VBG", "acl", 4),
    ("to", "TO", "aux", 7),
    ("fight", "VB", "xcomp", 5),
    ("and", "CC", "cc", 7),
    ("killed", "VBD", "conj", 7),
    ("ten", "CD", "dobj", 9),
)
GERUND = (
    ("because", "IN", "ROOT", 0),
    ("shelling", "VBG", "advcl", 0),
    ("hit", "VBD", "advcl", 0),
    ("houses", "NNS", "dobj", 2),
)
VICTIMS = (
    ("Ten", "CD", "nsubjpass", 2),
    ("were", "VBD", "auxpass", 2),
    ("killed", "VBN", "ROOT", 2),
    ("and", "CC", "cc", 2),
    ("scores", "NNS", "conj", 2),
    ("wounded", "VBN", "acl", 4),
)
AT_FIRST = (
    ("Say", "VBP", "advcl", 6),
    ("what", "WP", "dobj", 3),
    ("you", "PRP", "nsubj", 3),
    ("like", "VBP", "ccomp", 0),
    (",", ",", "punct", 6),
    ("they", "PRP", "nsubj", 6),
    ("left", "VBD", "ROOT", 6),
)


def parsed(rows: tuple[tuple[str, str, str, int], ...]) -> Doc:
    words, tags, deps, heads = zip(*rows, strict=True)
    return Doc(Vocab(), words=list(words), tags=list(tags), deps=list(deps), heads=list(heads))


@pytest.mark.parametrize(
    "rows",
    [FRAGMENT, GERUND, VICTIMS, AT_FIRST],
    ids=["fragment", "gerund", "victims", "a clause that opens the text"],
)
def test_no_token_hangs_from_itself_in_the_end(rows: tuple[tuple[str, str, str, int], ...]) -> None:
    doc = repair(parsed(rows))
    for token in doc:
        above = token
        for _ in range(len(doc)):
            above = above.head
        assert above.head.i == above.i, [(t.text, t.dep_, t.head.text) for t in doc]


def test_two_sides_of_a_fragment() -> None:
    doc = repair(parsed(FRAGMENT[:5]))
    assert [(t.dep_, t.head.i) for t in doc if t.text in ("army", "militants")] == [("ROOT", 1), ("conj", 1)]


def test_victims_before_their_participle() -> None:
    doc = repair(parsed(VICTIMS))
    assert [(t.dep_, t.head.i) for t in doc][4:] == [("nsubjpass", 5), ("conj", 2)]
