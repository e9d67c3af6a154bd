"""A `Doc` as plain lists, one a column: what our components read of each token, fetched once."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

HYPHENS = frozenset("-‐‑–")
"""The marks that join the parts of a word."""

_KEPT = "kg.columns"


@dataclass(frozen=True, slots=True)
class Columns:
    """Token `i` of a document is ``text[i]``, ``lower[i]``, …; `head` and `sentence` are indices.

    `glued` says that no space follows the token; `entity` is the model's label or ``""``, `begins`
    that an entity of the model begins here. `children` lists the tokens that depend on each.
    """

    text: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    glued: list[bool]
    space: list[bool]
    entity: list[str]
    begins: list[bool]
    sentence: list[int]
    starts: list[int]
    children: list[list[int]]
    capital: list[bool]
    stop: list[bool]

    def __len__(self) -> int:
        return len(self.text)

    def words(self, start: int, end: int) -> str:
        """The text of tokens `start` to `end` (half-open), blanks between them folded to one."""
        parts: list[str] = []
        for i in range(start, end):
            if self.space[i]:
                parts.append(" ")
                continue
            parts.append(self.text[i])
            if not self.glued[i]:
                parts.append(" ")
        return " ".join("".join(parts).split())

    def acts(self, i: int) -> bool:
        """Whether the noun at `i` is the subject of a verb behind it, no comma between: no apposition."""
        verb = self.head[i]
        return self.dep[i] == "nsubj" and verb > i and "," not in self.text[i:verb]


def columns(doc: Doc) -> Columns:
    """The columns of `doc`, which must have been tagged, parsed and mended: they are kept with it."""
    kept: Columns | None = doc.user_data.get(_KEPT)
    if kept is None:
        kept = doc.user_data[_KEPT] = _read(doc)
    return kept


def _read(doc: Doc) -> Columns:
    tokens = list(doc)
    starts: list[int] = []
    sentence: list[int] = []
    for token in tokens:
        if token.is_sent_start or token.i == 0:
            starts.append(token.i)
        sentence.append(len(starts) - 1)
    text = [token.text for token in tokens]
    head = [token.head.i for token in tokens]
    children: list[list[int]] = [[] for _ in tokens]
    for i, h in enumerate(head):
        if h != i:
            children[h].append(i)
    return Columns(
        text=text,
        lower=[word.lower() for word in text],
        lemma=[token.lemma_.lower() for token in tokens],
        pos=[token.pos_ for token in tokens],
        tag=[token.tag_ for token in tokens],
        dep=[token.dep_ for token in tokens],
        head=head,
        glued=[not token.whitespace_ for token in tokens],
        space=[word.isspace() for word in text],
        entity=[token.ent_type_ for token in tokens],
        begins=[token.ent_iob == 3 for token in tokens],
        sentence=sentence,
        starts=starts,
        children=children,
        capital=[word[0].isupper() or (len(word) > 3 and "-" in word and word[-1].isalpha()
                                        and word[word.index("-") + 1 : word.index("-") + 2].isupper())
                 for word in text],
        stop=[token.is_stop for token in tokens],
    )  # fmt: skip
