"""Where names stand: runs of capitalised words, cut at titles, adjectives of countries and possessives.

The spans found here are candidates; `kg.annotate.names` decides what each is, or that it is none.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Collection

from kg.annotate.columns import HYPHENS, Columns
from kg.annotate.ordinary import Ordinary
from kg.annotate.runs import NAME_LABELS, RunCutter, Span
from kg.annotate.words import Nouns, Titles
from kg.annotate.written import (
    COMPOUND,
    MIXED,
    NUMBERED,
    acronym,
    capitals_only,
    dateline,
    headlines,
    inside,
    joins,
    told_in_full,
)

_TIME_LABELS = frozenset(["DATE", "TIME"])
_NEGATED = ("anti-", "pro-", "non-", "un-", "ex-", "post-", "pre-")


class SpanFinder:
    """Finds candidate names in a document; `demonym` gives a country for an adjective, or None.

    `famous` tells of the names that a reader knows without more, `ordinary` holds common words.
    """

    def __init__(
        self,
        nouns: Nouns,
        titles: Titles,
        demonym: Callable[[str], str | None],
        known: Callable[[str], bool],
        famous: Callable[[str], bool],
        ordinary: Ordinary,
    ) -> None:
        self.nouns, self.titles, self.demonym, self.known = nouns, titles, demonym, known
        self.famous, self.ordinary = famous, ordinary
        self.cutter = RunCutter(nouns, titles, demonym, known)

    def find(self, c: Columns) -> list[Span]:
        """Candidates in order of the text, not overlapping."""
        marks = self._marks(c)
        told = told_in_full(c, marks, self.titles.links)
        starts = [*sorted(told), len(c)]
        spans: list[Span] = []
        i, n = 0, len(c)
        while i < n:
            if i in told:
                spans.append((i, told[i]))
                i = told[i]
                continue
            if not marks[i]:
                i += 1
                continue
            following = bisect(starts, i)
            end = min(self._run_end(c, marks, i), starts[following])
            start = i
            joined = i >= 2 and c.text[i - 1] in HYPHENS and c.glued[i - 1] and c.glued[i - 2]
            if joined and c.lower[i - 2] in self.titles.particles:
                start = i - 2
            while start and self._leads(c, start - 1, end):
                start -= 1
            spans.extend(self.cutter.cut(c, start, end))
            i = end
        return spans

    def _leads(self, c: Columns, i: int, end: int) -> bool:
        """Whether token `i`, with a capital, begins the name behind it though it is not marked.

        It is a participle (*Combined Task Force*), or a plural before a preposition (*Lawyers Without*).
        """
        if not c.capital[i] or c.stop[i] or c.sentence[i] != c.sentence[i + 1]:
            return False
        if joins(c, i + 1):
            return i + 2 < end and c.capital[i + 2]
        named = any(c.lower[k] in self.nouns.organizations for k in range(i + 1, end))
        alone = end == i + 2 and c.lower[i] in self.nouns.modifiers  # National Police
        if c.entity[i] == "NORP" and c.lower[i + 1] in self.nouns.organizations:
            return self.demonym(c.text[i]) is None  # Communist Party
        return named and (alone or c.tag[i] == "VBN") and c.head[i] > i

    def _marks(self, c: Columns) -> list[bool]:
        """Which tokens may be part of a name on their own."""
        headline = headlines(c)
        shouted = capitals_only(c)
        seen = {c.text[i] for i in range(len(c)) if inside(c, i) and not headline[c.sentence[i]]}
        common = {text for text in c.text if text.islower()}
        return [
            not (shouted[c.sentence[i]] and self._shouted(c, i))
            and (self._may_name(c, i, headline[c.sentence[i]], seen, common) or self._numbered_unit(c, i))
            for i in range(len(c))
        ]

    def _may_name(self, c: Columns, i: int, headline: bool, seen: set[str], common: set[str]) -> bool:
        """Whether token `i` is part of a name: `seen` are sure, `common` is written small elsewhere."""
        text, label, pos = c.text[i], c.entity[i], c.pos[i]
        if c.capital[i] and COMPOUND.fullmatch(text):
            return True
        if NUMBERED.fullmatch(text) and self._letters(c, i):
            return True
        if not c.capital[i] or label in _TIME_LABELS or text.lower().startswith(_NEGATED):
            return False
        if c.stop[i] and not self._no_stop(c, i):
            return self._between(c, i)
        if headline and text not in seen and self._unnamed(c, i):
            return False
        if label in NAME_LABELS:
            modifier = self._modifier(c, i) and text not in seen and self._unnamed(c, i)
            return headline or (pos in ("PROPN", "ADJ", "NOUN", "X", "VERB", "ADV") and not modifier)
        if text in seen or (text.isupper() and headline and text.capitalize() in seen):
            return True
        if ("-" in text and self.known(text)) or dateline(c, i):
            return True
        if headline:
            return pos == "PROPN" and self.known(text)
        if pos == "PROPN":
            if inside(c, i):
                return True
            plain = self._modifier(c, i) and self._unnamed(c, i)
            return c.lower[i] not in common and not self._plural(c, i) and not plain
        return self._mistagged(c, i) or self._letters(c, i)

    def _unnamed(self, c: Columns, i: int) -> bool:
        """Whether token `i` is an ordinary word, capitalised, and part of no name that is well known."""
        if c.text[i].isupper() or c.lower[i] not in self.ordinary or self.famous(c.text[i]):
            return False
        for start in range(max(i - 3, 0), i + 1):
            for end in range(max(start + 2, i + 1), min(start + 5, len(c) + 1)):
                if self.known(c.words(start, end)):
                    return False
        return True

    def _shouted(self, c: Columns, i: int) -> bool:
        """Whether token `i`, of a line all in capitals, is an ordinary word there."""
        if c.stop[i]:
            return not self.known(c.text[i])
        named = self.famous(c.text[i]) or self.famous(c.text[i].title())
        return c.lower[i] in self.ordinary and not named

    def _modifier(self, c: Columns, i: int) -> bool:
        """Whether token `i` begins a sentence and modifies a common noun behind it (*Riot police*)."""
        head = c.head[i]
        return not inside(c, i) and head > i and c.tag[head] in ("NN", "NNS") and not c.capital[head]

    def _no_stop(self, c: Columns, i: int) -> bool:
        """Whether a frequent word is a name all the same (*US*, *Popular Front*)."""
        return c.text[i].isupper() or "." in c.text[i] or c.lower[i] in self.nouns.organizations

    @staticmethod
    def _between(c: Columns, i: int) -> bool:
        """Whether a frequent word stands capitalised inside a name (*Reporters Without Borders*)."""
        inside = 0 < i < len(c) - 1 and c.capital[i - 1] and c.capital[i + 1]
        return inside and c.pos[i] in ("ADP", "ADV", "DET", "SCONJ") and c.sentence[i - 1] == c.sentence[i]

    def _plural(self, c: Columns, i: int) -> bool:
        """Whether a lone word that begins a sentence is a plural (*Wildfires*) not known as a name."""
        lone = i + 1 >= len(c) or not c.capital[i + 1]
        return lone and c.lower[i].endswith("s") and c.entity[i] == "" and not self.known(c.text[i])

    def _mistagged(self, c: Columns, i: int) -> bool:
        """Whether a capitalised word with another tag is a name of the gazetteers in a noun's place."""
        text = c.text[i]
        return (
            len(text) > 3
            and c.pos[i] in ("NOUN", "ADJ", "VERB", "X", "INTJ")
            and c.dep[i] in ("nsubj", "nsubjpass", "poss", "compound", "pobj", "dobj", "conj", "appos")
            and c.lemma[i] == c.lower[i]
            and c.lower[i] not in self.nouns.groups
            and self.demonym(text) is None
            and self.known(text)
        )

    def _letters(self, c: Columns, i: int) -> bool:
        """Whether a noun by its tag is an abbreviation by its letters (*MoD*, *KFOR*)."""
        text = c.text[i]
        if MIXED.fullmatch(text):
            return True
        if NUMBERED.fullmatch(text) and i + 1 < len(c):
            return self.nouns.organizations.get(c.lemma[i + 1]) == "ArmedGroup"
        plain = c.lower[i] in self.ordinary or c.lower[i] in self.nouns.never
        return len(text) > 2 and acronym(text) and c.pos[i] == "NOUN" and not plain

    def _numbered_unit(self, c: Columns, i: int) -> bool:
        """Whether token `i` is the number of a military unit (*42 Brigade*, *3rd Division*)."""
        if not c.text[i][0].isdigit() or i + 1 >= len(c):
            return False
        for k in range(i + 1, min(i + 5, len(c))):
            if not c.capital[k]:
                return False
            if self.nouns.organizations.get(c.lower[k]) == "MilitaryUnit":
                return True
            if c.lower[k] == "company" and not c.text[i].isdigit():
                return True  # 615th Police Company
        return False

    def _run_end(self, c: Columns, marks: list[bool], start: int) -> int:
        """The end of the run of name tokens that begins at `start`."""
        n = len(c)
        end = start + 1
        while end < n:
            if c.sentence[end] != c.sentence[start]:
                break
            if c.text[end] in HYPHENS and c.glued[end - 1] and c.glued[end] and end + 1 < n:
                stop = end + 1  # a hyphenated compound stays whole, with its lower-case parts
                while (
                    stop + 2 < n
                    and not marks[stop]
                    and c.glued[stop]
                    and c.text[stop + 1] in HYPHENS
                    and c.glued[stop + 1]
                ):
                    stop += 2
                if marks[stop] or (c.text[stop][0].isupper() or c.text[stop].isdigit()):
                    end = stop + 1
                    continue
                if self.known(c.words(start, stop + 1)):
                    end = stop + 1  # Centre-nord
                    continue
                if c.text[stop] in self.titles.particles and stop + 1 < n and marks[stop + 1]:
                    end = stop + 2  # Pul-e Khumri
                    continue
                break
            if marks[end]:
                end += 1
                continue
            if self._owned(c, marks, end):
                end += 2
                continue
            if c.text[end] in "'‘’" and c.glued[end] and end + 1 < n and self.known(c.words(start, end + 2)):
                end += 2  # X 'Ali
                continue
            if (
                end + 1 < n
                and c.capital[end + 1]
                and c.text[end].isupper()
                and self._known_dateline(c, start, end)
            ):
                end += 2  # DAR ES SALAAM
                continue
            if self._operation(c, marks, end):
                end += 2
                continue
            step = self._bridge(c, marks, start, end) or self._known_longer(c, marks, start, end)
            if not step:
                break
            end = step
        return end

    def _known_dateline(self, c: Columns, start: int, end: int) -> bool:
        """Whether the capitals go on, past a small word at `end`, to the end of a known name."""
        return c.text[start].isupper() and c.text[end + 1].isupper() and self.known(c.words(start, end + 2))

    def _operation(self, c: Columns, marks: list[bool], at: int) -> bool:
        """Whether the dash at `at` is inside the name of a force (*Task Force - Operation X*)."""
        if c.text[at] not in HYPHENS or at + 2 >= len(c) or not marks[at + 2]:
            return False
        unit = self.nouns.organizations.get(c.lower[at - 1]) == "MilitaryUnit"
        return unit and c.capital[at + 1] and c.lower[at + 1] == "operation"

    def _owned(self, c: Columns, marks: list[bool], at: int) -> bool:
        """Whether the possessive at token `at` is inside a name (*People's Party*, *Workers' Front*)."""
        if c.tag[at] != "POS" or at + 1 >= len(c):
            return False
        plural = c.text[at] in ("'", "’") and not self.demonym(c.text[at - 1])  # Dockers' Union
        stop = at + 1
        while stop + 1 < len(c) and marks[stop + 1]:
            stop += 1
        if c.lower[stop] in self.nouns.shops and all(c.capital[at + 1 : stop + 1]):
            named = not self.famous(c.text[at - 1])
            return named and c.entity[at - 1] == c.entity[stop] == "ORG" and not any(c.begins[at : stop + 1])
        if c.lower[at - 1] not in self.nouns.owners and not plural:
            return False
        return marks[at + 1] and c.lower[stop] in self.nouns.organizations

    def _known_longer(self, c: Columns, marks: list[bool], start: int, at: int) -> int:
        """The end of a longer name of the gazetteers that goes on past the link words at `at`, or 0."""
        if c.lower[at] not in self.titles.links:
            return 0
        stop = at + 1
        while stop < len(c) and c.lower[stop] in self.titles.links and stop - at < 3:
            stop += 1
        first = stop
        while stop < len(c) and marks[stop] and c.sentence[stop] == c.sentence[start]:
            stop += 1
        while stop > first:
            if self.known(c.words(start, stop)):
                return stop
            stop -= 1
        return 0

    def _bridge(self, c: Columns, marks: list[bool], start: int, at: int) -> int:
        """The end of the run past lower-case parts of a name that begin at `at`, or 0."""
        n = len(c)
        word = c.lower[at]
        function = c.stop[at] and c.pos[at] in ("ADP", "SCONJ", "DET", "PRON", "AUX", "ADV")
        if word in self.titles.particles and c.text[at].islower():
            stop = at + 1
            if function and not (stop < n and c.text[stop] in HYPHENS):
                return 0  # an English word (*X as Minister*)
            if stop < n and c.text[stop] in HYPHENS:
                stop += 1
            if stop + 1 < n and c.text[stop].islower() and c.lower[stop] in self.titles.particles:
                stop += 1  # van der X
            if stop < n and marks[stop]:
                return stop + 1
        if c.text[at] in HYPHENS and c.glued[at]:
            return 0
        if word in self.titles.links and at + 1 < n and self._may_link(c, start, at):
            stop = at + 1
            if c.lower[stop] in ("the", "and", "of", "&"):
                stop += 1
            if stop >= n or not marks[stop] or c.sentence[stop] != c.sentence[start]:
                return 0
            if word in ("and", "&") and self._two_places(c, marks, start, at):
                return 0
            whole = (
                c.entity[at] in NAME_LABELS
                and not c.begins[at]
                and all(c.entity[k] == c.entity[at] and not c.begins[k] for k in range(at, stop + 1))
            )
            if whole and c.entity[at] in ("ORG", "FAC", "LAW", "EVENT", "WORK_OF_ART", "LOC"):
                return stop + 1
            before = c.lower[at - 1]
            if (
                word in ("of", "for")
                and (before in self.nouns.organizations or before in self.nouns.ministries)
                and c.capital[at - 1]
            ):
                return stop + 1
            if word in ("on", "against") and before in self.nouns.organizations and c.capital[at - 1]:
                named = not self.known(c.text[stop]) and not self.demonym(c.text[stop])
                if named and c.entity[stop] in ("", c.entity[at - 1]) and c.head[at] == at - 1:
                    return stop + 1  # the Committee on Locusts
            if (
                word in ("and", "&")
                and any(c.lower[k] in self.nouns.ministries for k in range(start, at))
                and c.lower[stop] in self.nouns.portfolios
            ):
                return stop + 1
            if word == "of" and c.capital[at - 1] and c.lower[at - 1] in self.nouns.realms:
                return stop + 1
        return 0

    def _two_places(self, c: Columns, marks: list[bool], start: int, at: int) -> bool:
        """Whether the names before and behind *and* at token `at` are of two well-known kinds of place."""
        stop = at + 1
        while stop < len(c) and marks[stop]:
            stop += 1
        first, second = c.words(start, at), c.words(at + 1, stop)
        return self.known(first) and self.known(second) and not self.known(c.words(start, stop))

    def _may_link(self, c: Columns, start: int, at: int) -> bool:
        """Whether the link word at `at` may be inside a name: *in* after an organisation's noun only."""
        if c.lower[at] in ("of", "for", "the", "and", "&"):
            return True
        return any(c.lower[k] in self.nouns.organizations for k in range(start, at))


def bound(c: Columns, start: int, end: int, bound_to: Collection[str]) -> bool:
    """Whether the span is only part of a compound adjective (*US-led*, *anti-X*, *X-backed*).

    `bound_to` holds the participles that end such a one.
    """
    if end + 1 < len(c) and c.text[end] in HYPHENS and c.glued[end - 1] and c.glued[end]:
        return c.text[end + 1][0].islower()
    if start >= 2 and c.text[start - 1] in HYPHENS and c.glued[start - 1] and c.glued[start - 2]:
        return True
    word = c.text[start] if end - start == 1 else ""
    if "-" in word:
        tail = word.rsplit("-", 1)[1]
        return tail.lower() in bound_to or word.lower().startswith(_NEGATED)
    return False
