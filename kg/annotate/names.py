"""Named mentions: where names stand and what kind of thing each is.

The model's entities are one witness among several: a string is one kind of thing throughout a document
(one sense per discourse, Gale, Church and Yarowsky 1992), whatever the model says here and there.
"""

from __future__ import annotations

import re
from collections import defaultdict

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.adjectives import derives, first_letters
from kg.annotate.aliases import NameAliases, one_letter_apart
from kg.annotate.columns import Columns, columns
from kg.annotate.evidence import NONE, ORGANIZATION, PERSON, PLACE, Evidence, family
from kg.annotate.institutions import find_institutions
from kg.annotate.joining import Joining
from kg.annotate.kinds import GazetteerLike, KindJudge, Verdict
from kg.annotate.layer import Chain, Mention, layer
from kg.annotate.ordinary import Ordinary
from kg.annotate.runs import Span
from kg.annotate.spans import SpanFinder, bound
from kg.annotate.words import GivenNames, Nouns, Titles, given_names, nouns, titles
from kg.annotate.written import dateline
from kg.gazetteer.folding import fold, loose
from kg.model import Form

_LEAST = 5  # letters that a surname must exceed to be known by its sound
_METROPOLIS = 500_000  # of one that no surname is thought of before
_LARGE = 100_000  # inhabitants of a town that needs no more to be known


class Names:
    """Writes the named mentions of a document to its layer, one chain for each string."""

    def __init__(
        self,
        gazetteers: GazetteerLike | None,
        nouns: Nouns,
        titles: Titles,
        given: GivenNames,
        ordinary: Ordinary | None = None,
    ) -> None:
        self.nouns, self.titles, self.given = nouns, titles, given
        self.ordinary = ordinary or Ordinary()
        if gazetteers is not None:
            self.configure(gazetteers)

    def configure(self, gazetteers: GazetteerLike) -> None:
        """Give the component its gazetteers."""
        self.gazetteers = gazetteers
        self.finder = SpanFinder(
            self.nouns, self.titles, gazetteers.demonym, self._known, self._famous, self.ordinary
        )
        self.judge = KindJudge(gazetteers, self.nouns, self.titles, self.given)

    def _known(self, name: str) -> bool:
        """Whether the gazetteers know the name."""
        return bool(self.gazetteers.has_place(name) or self.gazetteers.entries(name))

    def _famous(self, name: str, people: int = _LARGE) -> bool:
        """Whether the name is of the curated lists, a country or province, or a town of so many people."""
        if self.gazetteers.entries(name):
            return True
        places = self.gazetteers.places(name) if self.gazetteers.has_place(name) else ()
        return bool(places) and (
            places[0].kind in ("Country", "Province", "Region") or places[0].population >= people
        )

    def __call__(self, doc: Doc) -> Doc:
        c = columns(doc)
        spans, institutions = self._spans(c)
        by_name: dict[str, list[Span]] = defaultdict(list)
        for start, end in spans:
            by_name[fold(c.words(start, end))].append((start, end))
        verdicts = self._verdicts(c, by_name)
        found = layer(doc)
        chains: dict[tuple[str, str | None], int] = {}
        everything: list[tuple[int, int, str, Verdict]] = [
            (start, end, key, verdicts[key]) for key, places in by_name.items() for start, end in places
        ]
        for start, end, kind in institutions:
            everything.append((start, end, fold(c.words(start, end)), Verdict(ORGANIZATION, kind, 0.9)))
        for start, end, key, verdict in sorted(everything, key=lambda e: e[:2]):
            if verdict.kind == NONE:
                continue
            name = c.words(start, end)
            owner = self._owner(c, start, end) if verdict.kind == ORGANIZATION else None
            if (key, owner) not in chains:
                chains[key, owner] = len(found.chains)
                country = owner or verdict.country or self._country(c, start, end, verdict)
                found.chains.append(
                    Chain(
                        len(found.chains), verdict.narrow, name, country=country, gazetteer=verdict.gazetteer
                    )
                )
            chain = found.chains[chains[key, owner]]
            index = len(found.mentions)
            root = head_of(c, start, end)
            found.mentions.append(
                Mention(
                    start, end, root, Form.NAMED, verdict.narrow, chain.id,
                    country=owner or self._country(c, start, end, verdict),
                    plural=c.tag[root] in ("NNS", "NNPS"),
                    confidence=round(verdict.sure, 2),
                )
            )  # fmt: skip
            chain.mentions.append(index)
            chain.names.add(name)
            if chain.name.isupper() and not name.isupper():
                chain.name = name
            elif chain.name.isupper() and verdict.kind == PLACE and dateline(c, start):
                chain.name = name.title()
            found.mention_of[root] = index
        joining = Joining(found)
        NameAliases(c, joining, self.gazetteers, self.nouns, self.titles).join()
        joining.settle()
        return doc

    def _owner(self, c: Columns, start: int, end: int) -> str | None:
        """The country beside a body that every country has, or None.

        *X's Defence Ministry*, *the Ministry of Defence of X*.
        """
        nouns, last = self.nouns, c.lower[end - 1]
        if not (last in nouns.institutions or nouns.ministries & set(c.lower[start:end])):
            return None
        if start > 1 and c.tag[start - 1] == "POS":
            beside = [(max(start - 1 - length, 0), start - 1) for length in (3, 2, 1)]
        elif end + 1 < len(c) and c.lower[end] == "of":
            first = end + 1 + (c.lower[end + 1] == "the")
            beside = [(first, min(first + length, len(c))) for length in (3, 2, 1)]
        else:
            return None
        for words in beside:
            places = self.gazetteers.places(c.words(*words))
            if places and places[0].kind == "Country":
                return places[0].country
        return None

    def _country(self, c: Columns, start: int, end: int, verdict: Verdict) -> str | None:
        if verdict.kind == ORGANIZATION and end - start > 1:
            two = self.gazetteers.demonym(c.words(start, start + 2))
            return self.gazetteers.demonym(c.text[start]) or two or verdict.country
        return verdict.country

    def _spans(self, c: Columns) -> tuple[list[Span], list[tuple[int, int, str]]]:
        """Candidate names without the institutions, and the institutions."""
        spans = [
            (start, end)
            for start, end in (_trim(c, *span) for span in self.finder.find(c))
            if start < end
            and not bound(c, start, end, self.nouns.bound)
            and not self._adjective(c, start, end)
        ]
        ends = {end: start for start, end in spans}
        institutions = find_institutions(c, self.nouns, self.gazetteers.demonym, self._body, ends)
        institutions = _longest(institutions)
        kept = [
            (start, end) for start, end in spans if not any(a < end and start < b for a, b, _ in institutions)
        ]
        tails = self._tails(c, kept)
        kept = [self._with_particles(c, *span, tails) for span in kept]
        return [self._widen(c, *span) for span in kept], institutions

    def _tails(self, c: Columns, spans: list[Span]) -> dict[str, list[str]]:
        """For the last word of each longer name with particles before it (*X van der Y*), these."""
        found: dict[str, list[str]] = {}
        for start, end in spans:
            k = end - 1
            while k - 1 > start and c.lower[k - 1] in self.titles.particles:
                k -= 1
            if k < end - 1:
                found[c.text[end - 1]] = c.lower[k : end - 1]
        return found

    def _with_particles(self, c: Columns, start: int, end: int, tails: dict[str, list[str]]) -> Span:
        """A surname alone with the particles that it has in the full name."""
        tail = tails.get(c.text[start], []) if end - start == 1 else []
        first = start - len(tail)
        return (first, end) if tail and first >= 0 and c.lower[first:start] == tail else (start, end)

    def _body(self, name: str) -> str | None:
        """The class of the body of the gazetteers that has this name, or None."""
        entries = self.gazetteers.entries(name)
        return entries[0].kind if entries and family(entries[0].kind) == ORGANIZATION else None

    def _adjective(self, c: Columns, start: int, end: int) -> bool:
        """Whether the span is only the adjective of a country or the name of a people."""
        word = c.words(start, end)
        places = self.gazetteers.places(word)
        if places and places[0].kind == "Country":
            return False
        parts = [part for part in re.split(r"[-‐‑–]", word) if part]
        return all(self.gazetteers.demonym(part) is not None for part in parts)

    def _widen(self, c: Columns, start: int, end: int) -> Span:
        """Take in the noun of a building or base behind a name (*X airport*), not behind a country's."""
        places = self.gazetteers.places(c.words(start, end))
        if places and places[0].kind == "Country":
            return start, end
        if (
            end + 1 < len(c)
            and c.tag[end] == "POS"
            and c.lower[end + 1] in self.nouns.offices
            and c.lower[end - 1] in self.nouns.owners
        ):
            return start, end + 2  # the Public Prosecutor's office
        several = end - start > 1 and not places
        if several and end < len(c) and c.lower[end] in self.nouns.streets and not c.capital[end]:
            return start, end + 1
        for length in (2, 1):
            stop = end + length
            if stop > len(c) or c.sentence[stop - 1] != c.sentence[start] or any(c.capital[end:stop]):
                continue
            if " ".join(c.lower[end:stop]) in self.nouns.facilities:
                return start, stop
        return start, end

    def _verdicts(self, c: Columns, by_name: dict[str, list[Span]]) -> dict[str, Verdict]:
        """What each string is; persons and hyphenated places tell what their short forms are."""
        verdicts = {key: self.judge.judge(c, c.words(*spans[0]), spans) for key, spans in by_name.items()}
        extra: dict[str, Evidence] = defaultdict(Evidence)
        for key, spans in by_name.items():
            start, end = spans[0]
            if end - start < 2:
                continue
            verdict = verdicts[key]
            if verdict.kind == PERSON:
                self._coordinated(c, start, end, extra)
                for k in range(start, end):
                    if any(family(entry.kind) != PERSON for entry in self.gazetteers.entries(c.text[k])):
                        continue  # a body, though somebody is named after it
                    weight = 4.0 if k == end - 1 else 2.5 if k == start else 0.7
                    if k == end - 2 and k > start and not self._famous(c.text[k], _METROPOLIS):
                        weight = 4.0 if fold(c.text[start]) in self.given else weight  # Ana Brito Lund
                    extra[fold(c.text[k])].add(PERSON, weight)
                if end - start > 2:
                    extra[fold(c.words(end - 2, end))].add(PERSON, 2.5)
                tail = end - 1
                while tail - 1 > start and c.lower[tail - 1] in self.titles.particles:
                    tail -= 1
                if tail < end - 1:
                    extra[fold(c.words(tail, end))].add(PERSON, 4.0)
                if end - start > 3 and c.text[end - 2] in "-‐‑–":
                    extra[fold(c.words(end - 3, end))].add(PERSON, 4.0)  # N. N. al-X, then al-X
            elif verdict.kind == PLACE and c.text[start + 1] in "-‐‑–":
                extra[fold(c.text[start])].add(PLACE, 3.0)
            elif (
                end - start <= 4
                and c.pos[start] == "PROPN"
                and not self.finder.cutter.institutional(c, start, end)
            ):
                last = verdicts.get(fold(c.text[end - 1]))
                if last is not None and last.kind == PERSON:
                    extra[key].add(PERSON, 2.5)
                    extra[fold(c.text[end - 1])].add(PERSON, 2.5)
        self._respelt(verdicts, by_name, c, extra)
        for key, evidence in extra.items():
            if key in by_name:
                spans = by_name[key]
                verdicts[key] = self.judge.judge(c, c.words(*spans[0]), spans, evidence)
        places: dict[str, list[str]] = defaultdict(list)  # by their first letters: names may be many
        for key, verdict in verdicts.items():
            if verdict.kind == PLACE:
                place = c.words(*by_name[key][0])
                places[first_letters(place)].append(place)
        for key, spans in by_name.items():
            start, end = spans[0]
            word = c.text[start]
            adjective = any(derives(word, place) for place in places.get(first_letters(word), ()))
            known = self.gazetteers.has_place(c.text[start]) or self.finder.cutter.institutional(
                c, start, end
            )
            if adjective and not known:
                verdicts[key] = Verdict(NONE, NONE, 0.5)
        return verdicts

    def _coordinated(self, c: Columns, start: int, end: int, extra: dict[str, Evidence]) -> None:
        """*X and Y Z*, where Y Z is a person: X is one too, unless it is a name that is well known."""
        k = start - 2
        if k < 0 or c.lower[start - 1] != "and" or not c.capital[k] or self._famous(c.text[k]):
            return
        alone = k == 0 or not c.capital[k - 1] or c.text[k - 1] in '"“'
        before = c.lower[k - 1] if k else ""
        if alone and before not in self.nouns.locative and c.head[start - 1] in range(k, end):
            given = fold(c.text[k]) in self.given
            extra[fold(c.text[k])].add(PERSON, 4.0 if given else 3.0)

    def _respelt(
        self,
        verdicts: dict[str, Verdict],
        by_name: dict[str, list[Span]],
        c: Columns,
        extra: dict[str, Evidence],
    ) -> None:
        """A name of one word that is a person's surname spelt otherwise is the person."""
        surnames: dict[str, str] = {}
        for key, spans in by_name.items():
            if verdicts[key].kind == PERSON and spans[0][1] - spans[0][0] > 1:
                surname = c.text[spans[0][1] - 1]
                if len(surname) > _LEAST:
                    surnames[loose(surname)] = surname
        for key, spans in by_name.items():
            word = c.text[spans[0][0]]
            if spans[0][1] - spans[0][0] == 1 and len(word) > _LEAST:
                other = surnames.get(loose(word))
                near = other is not None or any(one_letter_apart(word, name) for name in surnames.values())
                if near and key not in map(fold, surnames.values()) and not self._famous(word):
                    extra[key].add(PERSON, 3.0)


def _trim(c: Columns, start: int, end: int) -> Span:
    """Take off possessives, blanks and signs at the ends."""
    while start < end and (c.space[start] or not c.text[start][0].isalnum()):
        start += 1
    while start < end and (
        c.space[end - 1] or c.lower[end - 1] in ("'s", "’s", "'", "’") or not c.text[end - 1][0].isalnum()
    ):
        end -= 1
    return start, end


def head_of(c: Columns, start: int, end: int) -> int:
    """The token of a span that depends on a token outside it; the last of them."""
    for i in range(end - 1, start - 1, -1):
        if not start <= c.head[i] < end or c.head[i] == i:
            return i
    return end - 1


def _longest(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Of overlapping spans the longest."""
    kept: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(found, key=lambda f: (f[0] - f[1], f[0])):
        if not any(a < end and start < b for a, b, _ in kept):
            kept.append((start, end, kind))
    return sorted(kept)


@Language.factory(
    "kg_names", requires=["doc.ents", "token.pos", "token.dep", "token.lemma"], assigns=["doc._.kg"]
)
def make_names(nlp: Language, name: str) -> Names:
    """The component, to be given its gazetteers by `configure`."""
    del name
    return Names(None, nouns(), titles(), given_names(), Ordinary.of(nlp))
