"""*During the operation*, *The incident took place near X*: what points back to an event just told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from kg.annotate.constructions import constructions
from kg.annotate.earlier import REACH, points_back
from kg.annotate.families import PLACES
from kg.annotate.fillers import Fillers
from kg.annotate.grammar import coordinated, is_verb, prepositions
from kg.annotate.layer import Account, Layer
from kg.annotate.lexicon import Lexicon

if TYPE_CHECKING:
    from kg.annotate.events import Telling

_DURING = ("during", "in")


def take_up_deeds(doc: Doc, found: Layer, tellings: Mapping[int, Telling]) -> None:
    """Give what was done *during the operation* the day and the place of the operation told of before."""
    order = sorted(tellings)
    for at, i in enumerate(order):
        telling = tellings[i]
        deed = _deed(telling, tellings)
        if deed is None:
            continue
        if deed.i in tellings:  # *captured during the raid*, of which more was told
            for index in tellings[deed.i].accounts[:1]:
                _lend(found, telling, found.accounts[index])
            continue
        for k in reversed(order[:at]):
            sentence = doc[k].sent
            if i - k > REACH:
                break
            if sentence.start == doc[i].sent.start or not tellings[k].accounts:
                continue
            known = found.accounts[tellings[k].accounts[0]]
            named = any(t.lemma_ == deed.lemma_ and not points_back(t) for t in sentence)
            same = deed.head.lower_ == "of" and _same_doers(doc, found, telling, known)
            if (named or same) and not tellings[k].frame.speech and (known.places or known.dated):
                _lend(found, telling, known)
                break


def take_up_incidents(
    doc: Doc,
    found: Layer,
    tellings: Mapping[int, Telling],
    fillers: Fillers,
    lexicon: Lexicon,
    nouns: Iterable[int],
) -> None:
    """Give the violence told in the sentence before the day and place of *The attack took place …*.

    `nouns` are the indices of the words of `Constructions.incidents`, in order.
    """
    happening = lexicon.constructions.happening
    for i in nouns:
        noun = doc[i]
        verb = noun.head
        if (
            noun.dep_ != "nsubj"
            or verb.lemma_ not in happening
            or not points_back(noun)
            or noun.sent.start == 0
        ):
            continue
        needed = happening[verb.lemma_]
        if needed and not any(c.dep_ == "dobj" and c.lower_ in needed for c in verb.children):
            continue
        before = doc[noun.sent.start - 1].sent
        objects = [obj for word, obj in prepositions(verb) if word in lexicon.locative]
        places = [
            m for m in fillers.all(t for o in objects for t in coordinated(o)) if fillers.kind(m) in PLACES
        ]
        when = next((t for t in range(len(found.times)) if _hangs(doc[found.times[t].root], verb)), None)
        for k in range(before.start, before.end):
            telling = tellings.get(k)
            if telling is None or not lexicon.has(telling.frame.kind, "violent"):
                continue
            for account in (found.accounts[index] for index in telling.accounts):
                account.places = account.places or places[:1]
                if when is not None and not account.dated and found.times[when].kind == "date":
                    account.times = [when, *account.times]
                    account.start_date = found.times[when].start_date
                    account.end_date = found.times[when].end_date


def _deed(telling: Telling, tellings: Mapping[int, Telling]) -> Token | None:
    """The noun of *during the operation*, where it tells of nothing itself."""
    if telling.frame.speech or not telling.accounts:
        return None
    if telling.token.dep_ == "conj" and telling.token.head.i in tellings:
        telling = tellings[telling.token.head.i]
    nouns = [t for name in _DURING for t in telling.slots.found.get(name, ())]
    for noun in telling.slots.found.get("as", ()):  # *as a result of the operation*
        nouns += [obj for word, obj in prepositions(noun) if word == "of"]
    words = constructions(telling.token.doc)
    deeds = words.operations | words.searches
    return next((t for t in nouns if t.lemma_ in deeds and points_back(t) and t.i != telling.token.i), None)


def _same_doers(doc: Doc, found: Layer, telling: Telling, known: Account) -> bool:
    """*The force also detained two as a result of the operation*: whether a force did what is `known`."""
    heads = {doc[found.mentions[a].root].lemma_ for a in known.agents}
    own = (doc[found.mentions[a].root] for index in telling.accounts for a in found.accounts[index].agents)
    return any(points_back(root) and root.lemma_ in heads for root in own)


def _lend(found: Layer, telling: Telling, known: Account) -> None:
    for account in (found.accounts[index] for index in telling.accounts):
        account.places = account.places or list(known.places)
        account.take_date(known)
        if account.kind == known.kind and not account.agents:
            account.agents = [a for a in known.agents if a not in account.targets]


def _hangs(time: Token, verb: Token) -> bool:
    """Whether the time expression headed by `time` says when `verb` was."""
    head = time.head
    return head.i == verb.i or (head.dep_ == "prep" and head.head.i == verb.i and not is_verb(head))
