"""Relations between places and between organisations, read from the words between two names.

*the capital of Y, X*; *Y's X district*; *X, northern Y*; *the Y army's X brigade*.
"""

from __future__ import annotations

from kg.annotate.adjectives import Adjectives
from kg.annotate.columns import Columns
from kg.annotate.evidence import ORGANIZATION, PLACE, family
from kg.annotate.layer import Layer, Relation
from kg.annotate.words import Nouns
from kg.model import Form

_TOWNS = frozenset(["PopulatedPlace", "Place"])
_CAPITAL = "capital"
_WIDE = frozenset(["Country", "Province", "Region", "District", "AdministrativeArea"])


class PlaceRelations:
    """Writes capitalOf, locatedIn and partOf of one document."""

    def __init__(self, c: Columns, found: Layer, adjectives: Adjectives, nouns: Nouns) -> None:
        self.c, self.layer, self.adjectives, self.nouns = c, found, adjectives, nouns
        self.start: dict[int, int] = {}
        self.end: dict[int, int] = {}
        for index, mention in enumerate(found.mentions):
            if mention.form is Form.NAMED:
                self.start[mention.start] = index
                self.end[mention.end] = index

    def read(self) -> None:
        """Find the relations and write them."""
        c = self.c
        for i, word in enumerate(c.lower):
            if word == _CAPITAL and c.pos[i] in ("NOUN", "PROPN", "ADJ"):
                self._capital(i)
        for index, mention in enumerate(list(self.layer.mentions)):
            if mention.form is not Form.NAMED:
                continue
            kind = family(mention.kind)
            if kind == PLACE:
                self._inside(index, mention.end)
            elif kind == ORGANIZATION:
                self._part(index, mention.end)

    def _place(self, index: int | None) -> bool:
        return index is not None and family(self.layer.mentions[index].kind) == PLACE

    def _relate(self, subject: int, relation: str, obj: int) -> None:
        if self.layer.mentions[subject].chain == self.layer.mentions[obj].chain:
            return
        found = Relation(subject, relation, obj)
        if found not in self.layer.relations:
            self.layer.relations.append(found)

    def _capital(self, i: int) -> None:
        """What the word *capital* at token `i` says."""
        seat, area = self._called(i) or (self._seat(i), self._area(i))
        if seat is None or area is None or seat == area:
            return
        self._relate(seat, "capitalOf", area)

    def _called(self, i: int) -> tuple[int, int] | None:
        """*the Zian capital of X*: the seat X, and the area before *capital* at token `i`."""
        c, k = self.c, i - 1
        seat = self.start.get(i + 2) if i + 1 < len(c) and c.lower[i + 1] == "of" else None
        if seat is None or k < 0 or self.layer.mentions[seat].kind not in _TOWNS:
            return None
        if k + 1 in self.end and self._place(self.end[k + 1]):
            return seat, self.end[k + 1]
        area = self.adjectives.mention(k) if self.adjectives.speaks_of_place(k) else None
        return (seat, area) if area is not None else None

    def _seat(self, i: int) -> int | None:
        """The mention of the place that is the capital."""
        c = self.c
        k = i + 1
        if k < len(c) and c.lower[k] == "city":
            k += 1
        if k < len(c) and c.text[k] in (",", "–", "—", "(", ":"):
            k += 1
        elif k + 1 < len(c) and c.lower[k] == "of" and not self._owned(i):
            # "capital of Y, X" or "X, the capital of Y"
            after = k + 1
            while (
                after < len(c) and after not in self.start and c.pos[after] in ("DET", "ADJ", "NOUN", "VERB")
            ):
                after += 1
            if after in self.start:
                stop = self.layer.mentions[self.start[after]].end
                while stop < len(c) and c.pos[stop] == "NOUN":
                    stop += 1
                if stop + 1 < len(c) and c.text[stop] == "," and self._place(self.start.get(stop + 1)):
                    before = self._before(i)
                    return before if before is not None else self.start[stop + 1]
            return self._before(i)
        if k in self.start and self._place(self.start[k]):
            return self.start[k]
        return self._before(i)

    def _before(self, i: int) -> int | None:
        """X of *X, the capital*, *X is the capital*, *where X is the capital*."""
        c = self.c
        k = i - 1
        floor = max(c.starts[c.sentence[i]], i - 8)
        while k >= floor and (
            (c.pos[k] in ("DET", "ADJ", "ADV", "PART", "NOUN", "PROPN") and k + 1 not in self.end)
            or (k + 1 in self.end and k + 1 < i and c.tag[k + 1] == "POS")
        ):
            if k + 1 in self.end:
                k = self.layer.mentions[self.end[k + 1]].start - 1
                continue
            k -= 1
        if k >= floor and (c.text[k] in (",", "–", "—", "(") or c.lemma[k] == "be"):
            k -= 1
            while k >= floor and (
                c.lower[k] in ("which", "who", ",")
                or (
                    c.pos[k] == "NOUN"
                    and self.layer.mention_of.get(k) is not None
                    and self._place(self.layer.mention_of[k])
                )
            ):
                k -= 1
            if k + 1 in self.end and self._place(self.end[k + 1]):
                return self.end[k + 1]
        return None

    def _owned(self, i: int) -> bool:
        return any(self.c.tag[k] == "PRP$" or self.c.dep[k] == "poss" for k in self.c.children[i])

    def _area(self, i: int) -> int | None:
        """The mention of the country or province whose capital it is."""
        c = self.c
        if i + 1 < len(c) and c.lower[i + 1] == "of":
            k = i + 2
            while k < len(c) and k not in self.start and c.pos[k] in ("DET", "ADJ", "VERB", "ADV", "NOUN"):
                k += 1
            return self.start[k] if k in self.start and self._place(self.start[k]) else None
        k = i - 1
        floor = max(c.starts[c.sentence[i]], i - 6)
        provincial = False
        while k >= floor:
            if k + 1 in self.end and self._place(self.end[k + 1]):
                return self.end[k + 1]
            if self.adjectives.speaks_of_place(k):
                return self.adjectives.mention(k)
            if c.tag[k] == "PRP$":
                return self._recent(k, _WIDE)
            if c.lower[k] in ("the", "a", "an"):
                break
            if c.pos[k] not in ("ADJ", "NOUN", "PART", "PROPN") and c.tag[k] not in ("VBN", "VBG"):
                return None
            provincial = provincial or c.lower[k] in self.nouns.regional
            if c.tag[k] == "POS" and k in self.end and self._place(self.end[k]):
                return self.end[k]
            k -= 1
        where = k
        while where >= max(c.starts[c.sentence[i]], i - 12):
            if c.lower[where] == "where":
                return self._recent(where, _WIDE | {"PopulatedPlace", "Place"})
            where -= 1
        return None if provincial else self._country_of(i)

    def _country_of(self, i: int) -> int | None:
        """For *the capital X*: the country of X, where the gazetteer knows one."""
        seat = self._seat(i)
        if seat is None or i + 1 >= len(self.c) or self.c.lower[i - 1] != "the":
            return None
        code = self.layer.chains[self.layer.mentions[seat].chain].country
        if code is None:
            return None
        chain = self.adjectives.countries.chain(code)
        if chain is None:
            return None
        mentions = self.layer.chains[chain].mentions
        before = [m for m in mentions if self.layer.mentions[m].start < i]
        return before[-1] if before else mentions[0] if mentions else None

    def _recent(self, i: int, kinds: frozenset[str]) -> int | None:
        """The last named place before token `i` of one of `kinds`, in this or the last sentence."""
        best = None
        for start, index in self.start.items():
            mention = self.layer.mentions[index]
            if start < i and self.c.sentence[i] - self.c.sentence[start] <= 1 and mention.kind in kinds:
                best = index if best is None or self.layer.mentions[best].start < start else best
        return best

    def _inside(self, index: int, end: int) -> None:
        """X at `index` ends at `end`: *X district of Y*, *X in Y*, *X, northern Y*; and *X's Y district*."""
        c = self.c
        k = end
        if k >= len(c):
            return
        if c.tag[k] == "POS":
            self._owner(index, k + 1)
            return
        if c.text[k] in '”"’' and k + 1 < len(c) and c.lower[k + 1] == "in":
            k += 1
        designated = c.lower[k] in self.nouns.places and c.pos[k] in ("NOUN", "PROPN")
        if designated:
            k += 1
        if k + 1 >= len(c) or c.sentence[k] != c.sentence[end - 1]:
            return
        link = c.lower[k]
        described = self._described(k + 1) if link == "," else None
        if described is not None:
            link, k = "in", described
        if link not in ("in", "of", ",") or (link == "of" and not designated):
            return
        k += 1
        if link == "," and c.lower[k] == "in":
            link, k = "in", k + 1  # X Road, in the Y district
        direction = False
        while k < len(c) and (
            c.lower[k] in self.nouns.directions
            or c.pos[k] == "DET"
            or (link != "," and c.pos[k] in ("ADJ", "VERB"))
        ):
            direction = direction or c.lower[k] in self.nouns.directions
            k += 1
        if k not in self.start:
            described = self.layer.mention_of.get(k) if k < len(c) else None
            if designated and described is not None and self._place(described):
                self._relate(index, "locatedIn", described)  # the X district of the city
            return
        outer = self.start[k]
        mention = self.layer.mentions[outer]
        if link == "," and not self._place(outer):
            return
        if not self._place(outer):
            if link == "in":
                self._inner_owner(index, outer)
            return
        if link == ",":
            wide = mention.kind in ("Country", "Province", "Region", "District") or direction
            stop = mention.end
            if stop < len(c) and c.lower[stop] in self.nouns.places:
                wide, stop = True, stop + 1
            narrow = self.layer.mentions[index].kind not in ("Country",)
            ended = (
                stop >= len(c)
                or c.text[stop] in (",", ".", "(", ")", ";")
                or c.pos[stop] in ("VERB", "AUX", "ADP", "SPACE")
            )
            listed = stop + 1 < len(c) and (
                c.lower[stop] in ("and", "or")
                or (c.text[stop] == "," and (c.lower[stop + 1] in ("and", "or") or stop + 1 in self.start))
            )
            if listed and mention.kind == "Country" and c.text[stop] == ",":
                after = self.start.get(stop + 2)  # a town, its country, and a town, its country
                listed = after is not None and self.layer.mentions[after].kind == "Country"
            same = self.layer.mentions[index].kind == mention.kind
            if not (wide and narrow and ended and not listed and not same):
                return
        if mention.end < len(c) and c.tag[mention.end] == "POS":
            owned = self.start.get(self._skip(mention.end + 1))
            if owned is not None and self._place(owned):
                self._relate(index, "locatedIn", owned)
                return
            if link == "in":
                return
        inner = self.layer.mentions[index]
        if inner.kind == "Country" and mention.kind != "Region":
            return
        after = mention.end
        wide = mention.kind in _WIDE or (after < len(c) and c.lower[after] in self.nouns.places)
        if link == "of" and not wide:
            self._relate(outer, "locatedIn", index)  # the X district of Y: Y is the district
        else:
            self._relate(index, "locatedIn", outer)

    def _described(self, k: int) -> int | None:
        """The token *in* of *a town in Y*, where that phrase begins at token `k`, or None."""
        c = self.c
        if k + 2 >= len(c) or c.lower[k] not in ("a", "an", "the"):
            return None
        k += 1
        while k + 1 < len(c) and k not in self.start and c.pos[k] in ("ADJ", "ADV", "NOUN", "VERB", "PROPN"):
            if c.lower[k] in self.nouns.place_descriptions and c.lower[k + 1] in ("in", "of", "near"):
                found = c.lower[k] not in self.nouns.seats and c.lower[k + 1] == "in"
                return k + 1 if found else None
            k += 1
        return None

    def _inner_owner(self, index: int, outer: int) -> None:
        del index, outer

    def _skip(self, k: int) -> int:
        while k < len(self.c) and self.c.pos[k] in ("ADJ", "ADV") and k not in self.start:
            k += 1
        return k

    def _owner(self, index: int, k: int) -> None:
        """*X's Y district*, *X's western Y neighbourhood*: Y lies in X."""
        k = self._skip(k)
        if k not in self.start:
            return
        inner = self.start[k]
        mention = self.layer.mentions[inner]
        if not self._place(inner) or mention.kind == "Country":
            return
        self._relate(inner, "locatedIn", index)

    def _part(self, index: int, end: int) -> None:
        """*the Y army's X brigade*: X is part of Y."""
        c = self.c
        if end < len(c) and c.tag[end] == "POS":
            k = self._skip(end + 1)
            if k in self.start and family(self.layer.mentions[self.start[k]].kind) == ORGANIZATION:
                self._relate(self.start[k], "partOf", index)
