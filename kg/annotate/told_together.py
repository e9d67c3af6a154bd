"""Triggers that tell of one event: two verbs of the same victims, a verb and the noun of one attack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Token

from kg.annotate.grammar import children, clause_verb, coordinated, is_verb, moves_on, objects, prepositions
from kg.annotate.lexicon import Lexicon

if TYPE_CHECKING:
    from kg.annotate.events import Telling

_AFTERWARDS = frozenset(("after", "following"))


def join_deeds(tellings: dict[int, Telling], lexicon: Lexicon) -> None:
    """*killed or wounded two*, *burnt and destroyed the house*: one account, by its first verb."""
    for i, telling in list(tellings.items()):
        token = telling.token
        if telling.frame.casualty and token.dep_ == "acl":
            telling.whole = _of_wounds(tellings, token)
        if token.tag_ == "VB" and token.dep_ in ("advcl", "xcomp"):
            telling.whole = _meant_by(tellings, telling, lexicon)
        if token.dep_ != "conj" or not (
            telling.frame.casualty or (not telling.slots.noun and lexicon.has(telling.frame.kind, "harm"))
        ):
            continue
        first = tellings.get(token.head.i)
        if first is None or first.frame.kind != telling.frame.kind:
            continue
        own = children(token, "dobj", "nsubj", "nsubjpass")
        shared = not children(first.token, "dobj", "nsubjpass") and children(token, "dobj") == own
        if not own or shared:
            for name, tokens in telling.slots.found.items():
                if name not in ("subject", "object"):
                    first.slots.found[name].extend(t for t in tokens if t not in first.slots.found[name])
            first.joined = i
            del tellings[i]


def _of_wounds(tellings: Mapping[int, Telling], verb: Token) -> int | None:
    """*died of wounds sustained when …*: the death, with which the wounds are told of."""
    wounds = verb.head
    death = clause_verb(wounds) if wounds.dep_ == "pobj" and wounds.head.lower_ in ("of", "from") else None
    above = None if death is None else tellings.get(death.i)
    return above.token.i if above is not None and above.frame.casualty else None


def _meant_by(tellings: Mapping[int, Telling], telling: Telling, lexicon: Lexicon) -> int | None:
    """*took to the streets to protest*: the deed that the infinitive names once more."""
    token, above = telling.token, tellings.get(telling.token.head.i)
    if above is None or above.frame.kind != telling.frame.kind or above.frame.speech:
        return None
    same = told_as_one(above.frame.kind, lexicon) or lexicon.has(above.frame.kind, "talk")
    return above.token.i if same and any(c.tag_ == "TO" for c in token.children) else None


def told_as_one(kind: str, lexicon: Lexicon) -> bool:
    """Whether many words tell of one deed of the class: an assault, or what people do together at a place."""
    together = lexicon.has(kind, "per_place") and not lexicon.has(kind, "struck")
    return together or lexicon.has(kind, "assault")


def join_assaults(tellings: dict[int, Telling], lexicon: Lexicon) -> None:
    """*A missile strike had targeted the airport*: one event, by its verb, with the doer of the noun."""
    for telling in list(tellings.values()):
        if telling.slots.noun or not lexicon.has(telling.frame.kind, "assault"):
            continue
        for token in list(telling.slots.found["subject"]):
            noun = tellings.get(token.i)
            if noun is None or not noun.slots.noun or not lexicon.has(noun.frame.kind, "assault"):
                continue
            telling.slots.found["subject"] = [
                t
                for name in ("by", "poss", "compound", "adjective", "support")
                for t in noun.slots.found.get(name, [])
            ]
            roles = dict(telling.frame.roles)
            roles.setdefault("agent", ("subject",))
            if not telling.slots.found["subject"] and "from" not in telling.slots.found:
                telling.slots.found["from"] = list(noun.slots.found.get("from", ()))
                roles["agent"] += ("from",)  # *hit by airstrikes from X*
            telling.frame = replace(telling.frame, roles=roles)
            if noun.frame.kind != telling.frame.kind and not lexicon.has(telling.frame.kind, "means"):
                telling.frame = replace(telling.frame, kind=noun.frame.kind)
            tellings.pop(token.i, None)
            telling.assault = token.i
            break
        for token in telling.slots.found["with"]:  # *attacked the town with airstrikes*
            noun = tellings.get(token.i)
            if noun is not None and noun.slots.noun and lexicon.has(noun.frame.kind, "assault"):
                if lexicon.has(telling.frame.kind, "plain"):
                    telling.frame = replace(telling.frame, kind=noun.frame.kind)
                tellings.pop(token.i, None)
        _join_means(telling, tellings, lexicon)
    for telling in list(tellings.values()):
        if telling.token.dep_ == "acl" and telling.token.tag_ == "VBN":
            _join_shots(telling, tellings, lexicon)


def _join_means(assault: Telling, tellings: dict[int, Telling], lexicon: Lexicon) -> None:
    """*fired volleys of gas to disperse the crowd*: one attack, on the crowd."""
    slots = assault.slots
    for token in slots.found["object"]:
        noun = tellings.get(token.i)
        if (
            noun is not None
            and noun.slots.noun
            and token.dep_ == "dobj"
            and token.head.i == assault.token.i
            and lexicon.has(noun.frame.kind, "assault")
        ):
            if not lexicon.has(assault.frame.kind, "means"):
                assault.frame = replace(assault.frame, kind=noun.frame.kind)
            for word, obj in prepositions(token):
                slots.found[word] = slots.found[word] or coordinated(obj)
            del tellings[token.i]
    names = assault.frame.roles.get("target", ())
    for clause in slots.found["purpose"]:
        if clause.lemma_.lower() in lexicon.purposes and names:
            tellings.pop(clause.i, None)
            if not slots.get(names):
                slots.found[names[0]] = objects(clause)
            for word, obj in prepositions(clause):
                slots.found[word].append(obj)


def told_with(telling: Telling, tellings: Mapping[int, Telling], lexicon: Lexicon) -> Telling | None:
    """The event whose doing this is: its subject, what it happened in, what it hangs from."""
    slots = telling.slots
    for name in ("subject", "in", "by", "during", "from", "under", "as", "after", "following"):
        if name in _AFTERWARDS and not telling.frame.casualty:
            continue
        for token in slots.found.get(name, []):
            if token.i in tellings and token.i != telling.token.i:
                return tellings[token.i]
            counted = name in ("subject", "in") and token.lemma_.lower() in lexicon.partitives
            if counted or (name == "as" and token.lemma_ == "result"):  # *a wave of raids*, *as a result of*
                for word, obj in prepositions(token):
                    if word == "of" and obj.i in tellings:
                        return tellings[obj.i]
            for clause in token.children:  # *after a mine exploded*, *mine* read as what *after* governs
                if name == "after" and clause.dep_ in ("relcl", "acl") and clause.i in tellings:
                    return tellings[clause.i]
    for token in slots.found.get("object", []):
        inner = _within(token, telling, tellings)
        if inner is not None:
            return inner  # *took control of five towns in a weekend assault*
    token = telling.token
    head = token.head
    if token.dep_ in ("relcl", "acl"):
        for _ in range(3):  # *strikes on the village that killed ten*
            if head.i in tellings:
                return tellings[head.i]
            if head.dep_ != "pobj":
                break
            head = head.head.head
        head = token.head
    if token.dep_ == "advcl" and head.i in tellings and not tellings[head.i].frame.speech:
        marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod")}
        if marks & {"when", "as", "while"} or (token.tag_ == "VBG" and not marks):
            return tellings[head.i]
    if token.dep_ == "conj" and head.i in tellings and not moves_on(token):
        return tellings[head.i]
    return None


def _within(
    token: Token, telling: Telling, tellings: Mapping[int, Telling], depth: int = 0
) -> Telling | None:
    for word, obj in prepositions(token):
        if word in ("in", "during") and obj.i in tellings and obj.i != telling.token.i:
            return tellings[obj.i]
        if word == "of" and depth < 2:
            inner = _within(obj, telling, tellings, depth + 1)
            if inner is not None:
                return inner
    return None


def _join_shots(fired: Telling, tellings: dict[int, Telling], lexicon: Lexicon) -> None:
    """*Shells fired by X hit Y*, *came under a barrage of rockets fired by X*: one attack, by X."""
    shells, doers = fired.token.head, fired.slots.found["subject"]
    if not doers or not lexicon.has(fired.frame.kind, "assault"):
        return
    if shells.lemma_.lower() not in lexicon.categories["projectile"].nouns:
        return
    whole = shells
    while whole.dep_ == "pobj" and whole.head.lower_ == "of" and not is_verb(whole.head.head):
        whole = whole.head.head  # *a barrage of rockets*
    verb = clause_verb(whole)
    assault = tellings.get(verb.i) if verb is not None else None
    if assault is None or assault.slots.noun:
        return
    for name in assault.frame.roles.get("agent", ()):
        if whole in assault.slots.found.get(name, ()):
            assault.slots.found[name] = list(doers)
            if lexicon.has(assault.frame.kind, "assault"):
                fired.whole = assault.token.i
                tellings.pop(whole.i, None)
            return
