"""Runs of capitalised words cut into names: at titles, adjectives of countries and the model's borders."""

from __future__ import annotations

from collections.abc import Callable

from kg.annotate.columns import HYPHENS, Columns
from kg.annotate.words import Nouns, Titles
from kg.annotate.written import acronym, dateline, inside, joins

NAME_LABELS = frozenset(
    ["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"]
)  # OntoNotes 5 labels of names

Span = tuple[int, int]


class RunCutter:
    """Cuts runs; `demonym` gives a country for an adjective, or None, `known` tells the gazetteers' names."""

    def __init__(
        self,
        nouns: Nouns,
        titles: Titles,
        demonym: Callable[[str], str | None],
        known: Callable[[str], bool],
    ) -> None:
        self.nouns, self.titles, self.demonym, self.known = nouns, titles, demonym, known

    def cut(self, c: Columns, start: int, end: int) -> list[Span]:
        """The names inside one run: what stands before and after the last post in it."""
        start = self._past_portfolio(c, start, end)
        seat = self._seat(c, start, end)
        if seat:  # the ambassador to | Chile | Ana Brito
            return [(start, seat), *self.cut(c, seat, end)]
        whole = end - start > 1 and self.known(c.words(start, end))
        if whole or self.institutional(c, start, end):
            return self._split(c, start, end)
        if any(joins(c, k) for k in range(start + 1, end - 1)):
            return [(start, end)]  # Lawyers Without Borders
        if end - start == 2 and c.lower[start] in self.titles.honorifics and self._somewhere(c, start):
            return [(start, end)]  # near Sheikh Zuweid
        for k in range(end - 1, start - 1, -1):
            if self._post(c, k) and not self._surname(c, k, start, end):
                rest = k + self._phrase_length(c, k, end)
                two = k > start and tuple(c.lower[k - 1 : k + 1]) in self.titles.phrases  # Brigade General
                front = k - 2 if k - 2 >= start and c.text[k - 1] in HYPHENS else k - two
                return [*self._cut_front(c, start, front), *self._split(c, rest, end)]
        return self._split(c, start, end)

    def _somewhere(self, c: Columns, start: int) -> bool:
        """Whether a word that says where stands before token `start`, and no possessor is meant."""
        possessor = start + 2 < len(c) and c.tag[start + 2] == "POS"
        return start > 0 and c.lower[start - 1] in self.nouns.locative and not possessor

    def _past_portfolio(self, c: Columns, start: int, end: int) -> int:
        """Where a run begins that begins with the end of a post (*Secretary of | Defense X*)."""
        if start < 2 or c.lower[start - 1] not in ("of", "for") or not self._post(c, start - 2):
            return start
        k = start
        while k < end and (c.lower[k] in self.nouns.portfolios or c.lemma[k] in self.nouns.portfolios):
            k += 1
        return k if k < end else start

    def _seat(self, c: Columns, start: int, end: int) -> int:
        """Where the known name ends with which a run begins that stands behind *POST to*, before another."""
        if start < 2 or c.lower[start - 1] not in ("to", "for", "of") or not self._post(c, start - 2):
            return 0
        if self.known(c.words(start, end)):
            return 0
        return next((k for k in range(end - 2, start, -1) if self.known(c.words(start, k))), 0)

    def _post(self, c: Columns, i: int) -> bool:
        word = c.lower[i].rstrip(".")
        if c.tag[i] in ("NNPS", "NNS") and word.removesuffix("s") in self.titles.posts:
            return True  # Presidents X and Y
        return word in self.titles.posts or word in self.titles.ranks or word in self.titles.honorifics

    def _surname(self, c: Columns, k: int, start: int, end: int) -> bool:
        """Whether the word of a post at `k` is a part of a name (*Martin King*, *Vice-President*)."""
        if k > start and c.text[k - 1] in HYPHENS:
            before = c.lower[k - 2] if k - 2 >= start else ""
            return before not in self.titles.former and f"{before}-{c.lower[k]}" not in self.titles.posts
        inside = k == end - 1 and k > start and c.entity[k] == "PERSON" and not c.begins[k]
        return inside and not self._rank(c, k) and c.lower[k] not in self.titles.leaders

    def _rank(self, c: Columns, k: int) -> bool:
        """Whether token `k` is the abbreviation of a rank."""
        return c.text[k].endswith(".") and c.lower[k].rstrip(".") in self.titles.ranks

    def _phrase_length(self, c: Columns, at: int, end: int) -> int:
        """How many tokens the post that begins at `at` has (*Secretary of State* has three)."""
        for length in (4, 3, 2):
            if at + length <= end and tuple(c.lower[at : at + length]) in self.titles.phrases:
                return length
        return 1

    def _cut_front(self, c: Columns, start: int, end: int) -> list[Span]:
        """Names before a title: countries, places and organisations only (*US President*)."""
        spans = []
        for a, b in self._split(c, start, end) if end > start else []:
            name = c.words(a, b)
            labelled = c.entity[a] in ("GPE", "ORG", "LOC") or acronym(name)
            title = b - a == 1 and (c.lower[a] in self.nouns.portfolios or self._rank(c, a))
            if (labelled or self.known(name)) and not title:
                spans.append((a, b))
        return spans

    def _split(self, c: Columns, start: int, end: int) -> list[Span]:
        """Cut a run without titles where the model or an adjective of a country cuts it."""
        if start >= end:
            return []
        if c.lower[start] in ("the", "a", "an") and end - start > 1:
            return self._split(c, start + 1, end)
        never = all(c.lower[k] in self.nouns.never for k in range(start, end))
        if (never and not (end - start > 1 and c.entity[start] == "ORG")) or self._common(c, start, end):
            return []
        if c.lower[start] in self.titles.links or (
            c.lower[start] in self.nouns.locative and c.text[start].istitle()
        ):
            return self._split(c, start + 1, end)
        if self.institutional(c, start, end) or (end - start > 1 and self.known(c.words(start, end))):
            return [(start, end)]
        if end - start > 1 and c.stop[start] and c.tag[start] == "IN" and c.text[start].istitle():
            return self._split(c, start + 1, end)  # a headline's *Talks With | X*
        whole = c.entity[start] == "ORG" and all(
            c.entity[k] == "ORG" and not c.begins[k] for k in range(start + 1, end)
        )
        adjective = end - start > 1 and self.demonym(c.words(start, start + 1)) and not whole
        if adjective and c.text[start + 1] not in HYPHENS:
            return [(start, start + 1), *self._split(c, start + 1, end)]
        if (
            end - start > 1
            and c.lower[start] in self.nouns.directions
            and (c.entity[start] == "" or self.known(c.words(start + 1, end)))
            and not (end - start == 2 and c.lower[end - 1] in self.nouns.places)
            and not self.known(c.words(start, end))
        ):
            return self._split(c, start + 1, end)
        for k in range(start + 1, end):
            if c.text[k] in HYPHENS or c.text[k - 1] in HYPHENS:
                continue
            if (
                c.begins[k]
                and c.entity[k] != c.entity[k - 1]
                and c.entity[k - 1] in ("GPE", "NORP", "ORG", "LOC")
                and c.entity[k] in NAME_LABELS
                and not self.known(c.words(start, end))
            ):
                return [*self._split(c, start, k), *self._split(c, k, end)]
        return [(start, end)]

    def _common(self, c: Columns, start: int, end: int) -> bool:
        """Whether a single capitalised word is a common word of the lists (*Police*, *Federal*)."""
        word = c.lower[start]
        if end - start > 1 or (c.text[start].isupper() and not dateline(c, start)):
            return False
        labelled = c.entity[start] in ("ORG", "LOC", "GPE", "FAC") and inside(c, start)
        if labelled and (word in self.nouns.organizations or word in self.nouns.places):
            return False  # the Gulf, the Assembly
        listed = (
            word in self.nouns.groups
            or word in self.nouns.places
            or word in self.titles.posts
            or word in self.nouns.modifiers
        )
        return (
            listed
            or self.nouns.group_noun(word, c.lemma[start]) is not None
            or c.lemma[start] in self.titles.posts
        )

    def institutional(self, c: Columns, start: int, end: int) -> bool:
        """Whether the run ends, or begins before *of* or *for*, in a noun for an organisation."""
        if end - start < 2:
            return False
        heads = [c.lower[end - 1]]
        heads += [
            c.lower[k - 1] for k in range(start + 1, end) if c.lower[k] in ("of", "for", "on", "against")
        ]
        for word in heads:
            if word in self.nouns.organizations or word in self.nouns.ministries:
                return True
            if word in self.nouns.places and self.nouns.places[word] == "Facility":
                return True
        return False
