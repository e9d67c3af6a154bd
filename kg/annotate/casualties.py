"""Casualties: the figures that an account gives for those killed, wounded or detained.

Whom a trigger is about is read from the parser's arcs; how many they are, by `kg.annotate.numerals`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.annotate.grammar import among_them, is_passive, prepositions
from kg.annotate.numerals import Count, Numbers, count_of, counting, of_objects, shipped_numbers, word_of

__all__ = ["Casualties", "Count", "casualties_of", "count_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualties:
    """The figures of one account; `text` is their words, also where they are for several kinds together."""

    killed: int | None = None
    wounded: int | None = None
    detained: int | None = None
    text: str | None = None


def casualties_of(
    doc: Doc, trigger: int, fields: Mapping[str, str] | None = None, numbers: Numbers | None = None
) -> Casualties | None:
    """The figures that the words around `trigger` give for those killed, wounded or detained.

    `fields` maps a trigger's lemma to ``killed``, ``wounded`` or ``detained``. The victims are a verb's
    passive subject or object (the subject where the verb is one of `Numbers.suffered`), the noun that a
    participle describes, or what a noun is *of*; those joined by *and* are added up. Where one figure is
    for two triggers (*killed or wounded*) it is given as text only. None where no figure is given.
    """
    numbers = numbers or shipped_numbers()
    fields = numbers.harm if fields is None else fields
    token = doc[trigger]
    field = fields.get(token.lemma_.lower()) or fields.get(word_of(token))
    if field is None:
        return None
    counts = [
        count
        for victim in _victims(token, numbers)
        for each in (victim, *(() if token.dep_ == "amod" else _joined(victim)))
        if each.i == victim.i or not _harmed_apart(each, token, fields)
        if (count := count_of(doc, each.i, numbers)) is not None
    ]
    if not counts:
        return None
    text = doc[min(count.start for count in counts) : max(count.end for count in counts)].text
    if any(fields.get(other.lemma_.lower(), field) != field for other in _sharing(token)):
        return Casualties(text=text)
    return Casualties(**{field: sum(count.lower for count in counts)}, text=text)


def casualties_through(doc: Doc, verb: int, noun: int, numbers: Numbers | None = None) -> Casualties | None:
    """The figures of *claimed ten lives*, *claimed the lives of ten*, *ten lost their lives*.

    `noun` is the object that says what befell them; the verb's subject is counted where the verb is one of
    `Numbers.suffered`.
    """
    numbers = numbers or shipped_numbers()
    token, word = doc[verb], doc[noun]
    field = numbers.harm.get(word.lemma_.lower())
    if field is None:
        return None
    sufferers = token.lemma_.lower() in numbers.suffered
    to = [obj for each in (token, word) for preposition, obj in prepositions(each) if preposition == "to"]
    victims = [
        word,
        *of_objects(word),
        *(to if field == "wounded" else ()),
        *(c for c in token.children if sufferers and c.dep_ == "nsubj"),
    ]
    for victim in _antecedents(victims, token):
        count = count_of(doc, victim.i, numbers)
        if count is not None:
            return Casualties(**{field: count.lower}, text=count.text)
    return None


def _harmed_apart(number: Token, trigger: Token, fields: Mapping[str, str]) -> bool:
    """*one dead and two wounded*: whether the number has a word of its own for what befell them."""
    if number.tag_ != "CD" or number.i + 1 >= len(number.doc):
        return False
    after = number.nbor(1)
    return after.i != trigger.i and (after.lemma_.lower() in fields or word_of(after) in fields)


def _victims(token: Token, numbers: Numbers) -> list[Token]:
    if token.i > 0 and token.tag_ in ("JJ", "VBN") and token.nbor(-1).tag_ == "CD":  # *two wounded*
        told = token.tag_ == "JJ" and counting(token, numbers) is not None  # *12 dead*
        return [token if told else token.nbor(-1)]
    below = {dep: [child for child in token.children if child.dep_ == dep] for dep in
             ("nsubjpass", "dobj", "nsubj", "relcl")}  # fmt: skip
    if len(below["dobj"]) > 1:  # *four traders, among them a nurse*
        below["dobj"] = [child for child in below["dobj"] if not among_them(child)] or below["dobj"]
    if token.tag_.startswith("V"):
        if below["nsubj"] and not below["dobj"] and (token.tag_ == "VBN" or is_passive(token)):
            return below["nsubj"]
        if token.lemma_.lower() in numbers.suffered and below["nsubj"] and not below["dobj"]:
            return _antecedents(below["nsubj"], token)
        first = token
        while first.dep_ == "conj" and not (below["nsubjpass"] or below["dobj"]):
            first = first.head
            below = {dep: [child for child in first.children if child.dep_ == dep] for dep in below}
        if below["nsubjpass"] or below["dobj"]:
            return _antecedents(below["nsubjpass"] or below["dobj"], first)
        if token.lemma_.lower() in numbers.suffered and below["nsubj"]:
            return _antecedents(below["nsubj"], first)
        if first.dep_ == "acl" and first.tag_ == "VBN":
            return [first.head]
        if token.dep_ == "acomp":  # *one person was heavily injured*
            return [child for child in token.head.children if child.dep_ in ("nsubj", "nsubjpass")]
        if token.tag_ == "VBN" and token.dep_ in ("xcomp", "oprd", "ccomp"):  # *left ten people injured*
            made = [child for child in token.head.children if child.dep_ == "dobj"]
            made = made or [child for child in token.head.children if child.dep_ == "nsubjpass"]
            if made:
                return made  # or *ten were reported injured*
        shared = [each for other in _sharing(first) for each in other.children if each.dep_ == "dobj"]
        return shared or below["nsubj"] * (first.tag_ == "VBN")
    if token.tag_.startswith("N"):
        number = counting(token, numbers)
        own = [] if number is None or _is_year(number) else [token]  # *the 2020 killing of*
        return own or list(of_objects(token))
    if counting(token, numbers) is not None:
        return [token]
    if token.dep_ == "amod":  # *shot dead three men*
        return [token.head]
    around = (child for child in token.head.children if child.dep_ in ("nsubj", "nsubjpass", "dobj"))
    return below["nsubj"] or list(around)[-1:]


def _is_year(number: Token) -> bool:
    return len(number) == 4 and number.text.isdecimal() and number.text[:2] in ("19", "20")


def _antecedents(found: list[Token], verb: Token) -> list[Token]:
    """`found`, a relative pronoun replaced by what it stands for (*12 people who were killed*)."""
    return [
        verb.head if verb.dep_ == "relcl" and token.tag_ in ("WP", "WDT", "WRB") else token for token in found
    ]


def _joined(token: Token) -> Iterator[Token]:
    """Those joined to `token` by *and* or a comma."""
    for child in token.children:
        if child.dep_ == "conj" and child.i > token.i and not among_them(child):
            yield child
            yield from _joined(child)


def _sharing(token: Token) -> list[Token]:
    """The triggers joined to `token` where not both have victims of their own."""
    around = [child for child in token.children if child.dep_ == "conj" and child.tag_[:1] == token.tag_[:1]]
    if token.dep_ == "conj" and token.head.tag_[:1] == token.tag_[:1]:
        around.append(token.head)
    own = _has_own(token)
    return [other for other in around if not (own and _has_own(other))]


def _has_own(token: Token) -> bool:
    return any(child.dep_ in ("dobj", "nsubjpass", "nsubj") for child in token.children)
