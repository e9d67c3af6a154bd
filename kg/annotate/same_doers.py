"""*Gunmen attacked a bus on Monday. They set it alight*: what the same people did next, on the same day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span

from kg.annotate.constructions import constructions
from kg.annotate.grammar import DEFINITE
from kg.annotate.layer import Account, Layer
from kg.model import Form, Status

if TYPE_CHECKING:
    from kg.annotate.events import Telling


def lend_to_same_doers(doc: Doc, found: Layer, tellings: Mapping[int, Telling]) -> None:
    """Date what doers without a name, taken up from the sentence before, did in the plain past there.

    Both sentences stand in one paragraph, the second has no time of its own. A body with a name does many
    things; *gunmen* or *a patrol* were brought in for the one incident.
    """
    timed = {doc[time.start].sent.start for time in found.times}
    before: Span | None = None
    told: list[int] = []
    for sentence in doc.sents:
        here = [i for i in range(sentence.start, sentence.end) if i in tellings]
        if before is not None and sentence.start not in timed and not _parted(before, sentence):
            for i in here:
                _lend(doc, found, tellings[i], [tellings[k] for k in told])
        before, told = sentence, here


def _parted(before: Span, sentence: Span) -> bool:
    """Whether a new line or a word such as *later* parts the two sentences."""
    if "\n" in before[-1].text_with_ws:
        return True
    others = constructions(sentence.doc).other_times
    return any(token.lower_ in others for token in sentence)


def _lend(doc: Doc, found: Layer, telling: Telling, told: list[Telling]) -> None:
    account = _plain(found, telling)
    if account is None or account.dated or len(account.agents) != 1:
        return
    doer = found.mentions[account.agents[0]]
    definite = doer.form is Form.PRONOUN or doc[doer.start].lower_ in DEFINITE
    if not definite or doer.chain < 0 or found.chains[doer.chain].named:
        return
    for other in told:
        known = _plain(found, other)
        if known is None or not known.start_date or known.start_date != known.end_date:
            continue
        if len(known.start_date) == len("YYYY-MM-DD") and any(
            found.mentions[agent].chain == doer.chain for agent in known.agents
        ):
            for index in telling.accounts:
                found.accounts[index].take_date(known)
            return


def _plain(found: Layer, telling: Telling) -> Account | None:
    """The account of a verb in the plain past that is asserted, and no speech."""
    token = telling.token
    if token.tag_ != "VBD" or telling.frame.speech or not telling.accounts:
        return None
    if token.dep_ not in ("ROOT", "conj") or any(child.dep_ == "aux" for child in token.children):
        return None
    account = found.accounts[telling.accounts[0]]
    return account if account.status is Status.ASSERTED else None
