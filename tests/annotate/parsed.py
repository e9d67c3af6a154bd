"""Hand-built `Doc`s for the tests of the grammar: no model is loaded.

One token a word: ``text/TAG/dep/head`` with an optional ``/lemma`` (the lower-cased text by default).
"""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from kg.annotate.layer import Chain, Mention, layer
from kg.model import Form

_VOCAB = spacy.blank("en").vocab
_POS = {
    "NN": "NOUN",
    "VB": "VERB",
    "JJ": "ADJ",
    "IN": "ADP",
    "PR": "PRON",
    "RB": "ADV",
    "DT": "DET",
    "MD": "AUX",
}


def parsed(notation: str, *, sentence_starts: tuple[int, ...] = (0,)) -> Doc:
    """The `Doc` that `notation` describes; heads are token numbers from 0."""
    words, tags, deps, heads, lemmas = [], [], [], [], []
    for item in notation.split():
        parts = item.split("/")
        words.append(parts[0])
        tags.append(parts[1])
        deps.append(parts[2])
        heads.append(int(parts[3]))
        lemmas.append(parts[4] if len(parts) > 4 else parts[0].lower())
    return Doc(
        _VOCAB,
        words=words,
        spaces=[True] * (len(words) - 1) + [False],
        tags=tags,
        pos=["PROPN" if t.startswith("NNP") else _POS.get(t[:2], "X") for t in tags],
        deps=deps,
        heads=heads,
        lemmas=lemmas,
        sent_starts=[i in sentence_starts for i in range(len(words))],
    )


def mention(
    doc: Doc,
    start: int,
    end: int,
    kind: str,
    *,
    root: int | None = None,
    form: Form = Form.NAMED,
    chain: int = -1,
) -> int:
    """Add a mention to the layer of `doc`, in a chain of its own unless one is named; its index."""
    found = layer(doc)
    if chain < 0:
        chain = len(found.chains)
        named = form is Form.NAMED
        found.chains.append(Chain(id=chain, kind=kind, name=doc[start:end].text, named=named))
    head = end - 1 if root is None else root
    found.mentions.append(Mention(start=start, end=end, root=head, form=form, kind=kind, chain=chain))
    index = len(found.mentions) - 1
    found.chains[chain].mentions.append(index)
    found.mention_of[head] = index
    return index


def names(doc: Doc, indices: list[int]) -> list[str]:
    """The text of the mentions `indices`."""
    found = layer(doc)
    return [doc[found.mentions[i].start : found.mentions[i].end].text for i in indices]
