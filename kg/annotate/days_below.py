"""*Raided the farm and shot two guards on Monday*: a clause beside or below lends its day to the first.

So does the raid in which somebody was freed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from spacy.tokens import Token

from kg.annotate.grammar import children, is_operation, is_verb, moves_on, prepositions
from kg.annotate.layer import Layer
from kg.annotate.lexicon import Lexicon

if TYPE_CHECKING:
    from kg.annotate.events import Telling

_MEANWHILE = frozenset(("while", "when"))
_DURING = frozenset(("in", "during"))


def lend_from_below(
    found: Layer,
    tellings: Mapping[int, Telling],
    own: Mapping[int, list[int]],
    by_verb: Mapping[int, list[int]],
) -> None:
    """Date each verb without a day by the clause that goes on from it, where that has one behind its verb.

    `own` and `by_verb` are the time expressions of the triggers and of the other verbs.
    """
    for i, telling in tellings.items():
        if telling.slots.noun or telling.frame.speech or own.get(i):
            continue
        if any(found.accounts[index].dated for index in telling.accounts):
            continue
        for clause in _going_on(telling, tellings):
            times = [
                t for t in own.get(clause.i) or by_verb.get(clause.i) or () if found.times[t].start > clause.i
            ]
            if not times or not found.times[times[0]].start_date:
                continue
            known = tellings.get(clause.i)
            for account in (found.accounts[index] for index in telling.accounts):
                if known is not None and known.accounts:
                    account.take_date(found.accounts[known.accounts[0]])
                    continue
                account.times = [times[0], *account.times]
                account.start_date, account.end_date = (
                    found.times[times[0]].start_date,
                    found.times[times[0]].end_date,
                )
            break


def lend_from_attended(found: Layer, tellings: Mapping[int, Telling], lexicon: Lexicon) -> None:
    """*was freed in an overnight raid*: on the day of the raid. One may be arrested in an old attack."""
    for telling in tellings.values():
        if telling.frame.speech or telling.slots.noun or lexicon.has(telling.frame.kind, "trial"):
            continue
        for noun in (t for name in ("in", "during", "at") for t in telling.slots.found.get(name, ())):
            other = tellings.get(noun.i)
            if other is None or not other.accounts or not other.slots.noun:
                continue
            crime = lexicon.has(other.frame.kind, "violent") and not is_operation(noun)
            if crime and lexicon.has(telling.frame.kind, "arrest"):
                continue
            for index in telling.accounts:
                found.accounts[index].take_date(found.accounts[other.accounts[0]])


def _going_on(telling: Telling, tellings: Mapping[int, Telling]) -> Iterator[Token]:
    """The clauses that tell of the same moment as the verb, nearest first."""
    verb = telling.token
    for clause in verb.children:
        if clause.i < verb.i:
            continue
        other = tellings.get(clause.i)
        if clause.dep_ == "conj" and other is not None and clause.tag_ == verb.tag_ and not moves_on(clause):
            both = telling.frame.casualty and other.frame.casualty and clause.tag_ == "VBN"
            if not other.frame.speech and (both or not children(clause, "nsubj", "nsubjpass")):
                yield clause
        elif clause.dep_ == "advcl" and clause.tag_ == "VBG":
            marks = {c.lower_ for c in clause.children if c.dep_ == "mark" or c.tag_ == "WRB"}
            if marks & _MEANWHILE or not (marks or (other is not None and other.frame.speech)):
                yield clause
    for word, noun in prepositions(verb):  # *in an operation to arrest their leader on Monday*
        if word in _DURING and noun.i > verb.i and noun.i not in tellings:
            yield from (c for c in noun.children if c.dep_ == "acl" and is_verb(c))
