"""Lists that the parse has cut: *A, B, and C fell*; *taking A to its west, and B and C to its east*."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from kg.annotate.constructions import constructions
from kg.annotate.layer import Layer, Mention

_NAMED = frozenset(("NNP", "NNPS", "POS", "HYPH"))
_OPENING = frozenset(("the", "both"))


def beside(
    doc: Doc, found: Layer, indices: list[int], candidates: list[int], fits: Callable[[int], bool]
) -> list[int]:
    """The mentions that stand in one list with `indices`, to the right of the last and left of the first.

    Only those of `candidates` (the mentions of the sentence) for which `fits` holds are members, only
    commas, *and* and *as well as* (and a phrase as *to its west*) stand between them, and without an *and*
    commas make no list: *Gao, Mali* is one place.
    """
    order = sorted(indices, key=lambda i: found.mentions[i].start)
    members = [i for i in candidates if fits(i)]
    starts = {found.mentions[i].start: i for i in members}
    ends = {found.mentions[i].end: i for i in members}
    after, joined_after = _run(doc, found, order[-1], starts, forward=True)
    alone = len(order) == 1 and not after
    before, joined_before = _run(doc, found, order[0], ends, forward=False, last=alone)
    inside = range(found.mentions[order[0]].end, found.mentions[order[-1]].start)
    joined = joined_after or joined_before or any(doc[i].lower_ == "and" for i in inside)
    return [*before, *after] if joined else []


def _run(
    doc: Doc, found: Layer, index: int, edges: dict[int, int], *, forward: bool, last: bool = False
) -> tuple[list[int], bool]:
    """The members on one side, and whether an *and* joins them; before the `last` of a list it stands."""
    members: list[int] = []
    joined = False
    listed = constructions(doc).listed
    mention = found.mentions[index]
    if not forward and _speaks_on(doc, mention):
        return [], False  # *killing two people, A and B said*
    sentence = doc[mention.root].sent
    at = mention.end if forward else mention.start - 1
    step = 1 if forward else -1
    comma = aside = parallel = False
    while sentence.start <= at < sentence.end:
        token = doc[at]
        edge = at if forward else at + 1
        if edge in edges and (comma or joined):
            if forward and _speaks_on(doc, found.mentions[edges[edge]]):
                break
            other = found.mentions[edges[edge]]
            if other.end < sentence.end and doc[other.end].tag_ == "POS":
                break  # *X and Y's neighbours*: Y is no member
            left, right = (mention, other) if forward else (other, mention)
            if _next_clause(doc[right.root], doc[left.root]):
                break
            if parallel and (other.end >= sentence.end or doc[other.end].lower_ != "in"):
                break  # *A in X and Y*: Y is where A is
            members.append(edges[edge])
            at = other.end if forward else other.start - 1
            comma = aside = parallel = False
            continue
        if token.text == ",":
            if last and not joined and not members:
                break  # *killed A and B, officials said*
            comma, aside = True, False
        elif token.lower_ == "and":
            joined = comma = True
            aside = False
        elif token.lower_ in ("as", "well") and _as_well_as(doc, at):
            joined = comma = True
        elif forward and token.lower_ in ("to", "in") and not aside and not comma:
            aside = True
        elif aside and forward and token.tag_ in _NAMED and _behind_in(doc, at):
            parallel = True  # *A in the X district and B in Y*
        elif (aside and token.tag_ in ("DT", "PRP$", "NN", "JJ")) or (
            (token.lower_ in _OPENING or token.lower_ in listed) and not aside
        ):
            pass
        elif not (
            forward and comma and token.dep_ in ("compound", "amod", "det", "nmod") and token.head.i > token.i
        ):
            break  # *and warlord Y*: a title stands before the name
        at += step
    return members, joined and bool(members)


def _next_clause(subject: Token, left: Token) -> bool:
    """*A was replaced by B, and C was jailed*: C, the subject of another clause, is in no list with B."""
    while subject.dep_ == "compound":  # *killed ten, and X rockets hit Y*
        subject = subject.head
    verb = subject.head
    first = left
    while first.dep_ == "conj" and first.head.i < first.i:
        first = first.head
    listed = left.dep_ in ("conj", "appos") or any(c.dep_ in ("conj", "appos") for c in left.children)
    if left.i != first.i and first.dep_ == "pobj" and not first.head.head.tag_.startswith("NN"):
        listed = False  # *according to A and B, and C said*
    another = subject.dep_ in ("nsubj", "nsubjpass") and verb.dep_ == "conj" and verb.head.i < left.i
    return another and not listed


def _behind_in(doc: Doc, at: int) -> bool:
    """Whether *in*, and words of the phrase that it opens alone, stand before the token at `at`."""
    while at > 0 and doc[at - 1].tag_ in (*_NAMED, "DT", "JJ", "NN"):
        at -= 1
    return at > 0 and doc[at - 1].lower_ == "in"


def _speaks_on(doc: Doc, mention: Mention) -> bool:
    """*killed A and B, the ministry said*: what follows the comma begins another clause."""
    root, end = doc[mention.root], mention.end
    if root.dep_ not in ("nsubj", "nsubjpass") or root.head.i < end:
        return False
    before = [doc[i] for i in range(max(mention.start - 3, 0), mention.start)]
    if not any(token.text == "," for token in before) or any(token.lower_ == "and" for token in before[-2:]):
        return False
    reports = any(c.dep_ == "ccomp" and c.i < root.i for c in root.head.children)
    return reports or (end < len(doc) and doc[end].text != "," and doc[end].lower_ != "and")


def _as_well_as(doc: Doc, at: int) -> bool:
    words = [doc[i].lower_ for i in range(max(at - 2, 0), min(at + 3, len(doc)))]
    return any(words[k : k + 3] == ["as", "well", "as"] for k in range(len(words) - 2))
