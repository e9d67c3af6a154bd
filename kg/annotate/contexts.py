"""What the words around one occurrence of a name say of its kind."""

from __future__ import annotations

from kg.annotate.columns import HYPHENS, Columns
from kg.annotate.evidence import NONE, ORGANIZATION, PERSON, PLACE, Evidence
from kg.annotate.words import Nouns, Titles
from kg.annotate.written import dateline

_TOLD = frozenset(("PoliticalParty", "NewsOrganization"))  # classes that the noun behind a name tells
_WITHIN = frozenset(("Province", "District", "PopulatedPlace", "Region"))


class Contexts:
    """Weighs the neighbourhood of names."""

    def __init__(self, nouns: Nouns, titles: Titles) -> None:
        self.nouns, self.titles = nouns, titles

    def weigh(self, c: Columns, start: int, end: int, evidence: Evidence) -> None:
        """Add what speaks around the occurrence of a name at tokens `start` to `end`."""
        self._before(c, start, end, evidence)
        self._after(c, end, evidence)
        self._governed(c, start, end, evidence)

    def _before(self, c: Columns, start: int, end: int, evidence: Evidence) -> None:
        nouns = self.nouns
        before = c.lower[start - 1] if start else ""
        two_before = c.lower[start - 2] if start > 1 else ""
        if two_before not in nouns.places and start > 1 and c.tag[start - 2] == "NNS":
            two_before = c.lemma[start - 2]  # the cities of X and Y
        if self._titled(c, start):
            evidence.add(PERSON, 2.5)
        if before == "of" and nouns.places.get(two_before) in _WITHIN:
            says = two_before in nouns.place_descriptions and two_before not in nouns.seats
            evidence.add(PLACE, 3.0, nouns.places[two_before] if says else None)  # not *the coast of X*
        if self._people_of(c, start) and c.lower[end - 1] in nouns.organizations:
            evidence.add(ORGANIZATION, 1.5, "ArmedGroup")  # fighters of the X Front
            evidence.narrow["ArmedGroup"] += 2.0  # type: ignore[assignment]
        if before == "of" and start > 1 and c.entity[start - 2] == "PERSON" and c.capital[start - 2]:
            evidence.add(ORGANIZATION, 0.8)  # N. N. of the party X
        if before in nouns.directions:
            evidence.add(PLACE, 1.5)
            before = two_before
        if before in ("of", "on") and start > 1 and c.lemma[start - 2] in nouns.befalling:
            evidence.add(PLACE, 1.2)  # the siege of X
        if before in nouns.holding and start > 2 and c.text[start - 2] in HYPHENS and c.glued[start - 2]:
            evidence.add(PLACE, 2.0)  # rebel-held X
        possessor = end < len(c) and c.tag[end] == "POS"  # what lies there is not the name's bearer
        if before in nouns.locative and not possessor:
            evidence.add(PLACE, 1.2)
        elif before in ("from", "to", "at") and not possessor:
            evidence.add(PLACE, 0.5)
        modifies = end < len(c) and c.pos[end] in ("NOUN", "PROPN", "ADJ") and not c.space[end]
        if before == "the" and not modifies:
            if start + 1 == end or c.lower[end - 1] not in nouns.places:
                evidence.add(ORGANIZATION, 1.2 if start + 1 == end else 0.8)
            evidence.add(PERSON, -2.0)
        self._told(c, start, evidence)
        called = start - 2 if before and before in '“"‘' else start - 1
        if c.lower[called] in nouns.naming and any(
            c.lower[k] in nouns.places for k in range(max(0, called - 5), called)
        ):
            evidence.add(PLACE, 2.5)  # an area known as X; X Airfield, also called "Y"
        if start >= 2 and before == ",":
            lemma = c.lemma[start - 2]
            if lemma in self.titles.posts or lemma in self.titles.residents:
                closed = end < len(c) and c.text[end] in (",", ".", ";")
                evidence.add(PERSON, 2.5 if closed and c.tag[start - 2] == "NN" else 1.0)  # the mayor, X,
        if " ".join(c.lower[max(start - 2, 0) : start]) in nouns.agencies:
            evidence.add(ORGANIZATION, 3.0, "NewsOrganization")
        if dateline(c, start):
            evidence.add(PLACE, 2.0)

    def _titled(self, c: Columns, start: int) -> bool:
        """Whether a post or form of address stands before the name, or before the name it is joined to."""
        if start == 0:
            return False
        titles = self.titles
        if c.space[start - 1] and "\n" not in c.text[start - 1] and start > 1:
            start -= 1
        word = c.lower[start - 1].rstrip(".")
        if word in titles.posts or word in titles.ranks or word in titles.honorifics:
            return True
        if c.lemma[start - 1] in titles.posts and c.tag[start - 1] in ("NNS", "NNPS"):
            return True  # Presidents X and Y
        k = start - 1
        if c.lower[k] != "and":
            return k > 1 and c.lower[k] in self.nouns.portfolios and self._portfolio(c, k)
        while k > 0 and (c.capital[k - 1] or c.lower[k] == "and") and start - k < 5:
            k -= 1
            word = c.lower[k].removesuffix("s")
            if word in titles.posts and c.lower[k].endswith("s"):
                return True
        return False

    def _told(self, c: Columns, start: int, evidence: Evidence) -> None:
        """What a noun right before the name says: *the party X*, *the rebel group X*, *one known as X*."""
        nouns, at = self.nouns, start - 1
        if at >= 0 and c.text[at] in '“"‘':
            at -= 1
        if at < 1:
            return
        lemma = c.lemma[at]
        within = c.tag[at] == "NN" and nouns.places.get(lemma) in _WITHIN
        if within and not nouns.locative.isdisjoint(c.lower[max(at - 5, c.starts[c.sentence[at]]) : at]):
            evidence.add(PLACE, 2.5)  # in the general area X, in district X
        families = nouns.groups.get(lemma, frozenset()) & {"opposition", "media", "bodies"}
        if c.tag[at] == "NN" and families and c.sentence[at] == c.sentence[start]:
            armed = "insurgents" in nouns.groups.get(c.lemma[at - 1], ()) or c.lower[at - 1] == "armed"
            kind = "ArmedGroup" if armed else nouns.organizations.get(lemma)
            evidence.add(ORGANIZATION, 4.5, kind if armed or kind in _TOLD else None)
        elif c.lower[at] in ("itself", "themselves") and c.lemma[at - 1] in nouns.styling:
            evidence.add(ORGANIZATION, 4.0)
        elif lemma in nouns.nicknaming or c.lower[at] == "as" or c.lower[at] in nouns.by_alias:
            near = range(max(c.starts[c.sentence[start]], at - 6), at)
            people = any(
                c.lower[k] in ("them", "whom")
                or nouns.groups.get(c.lemma[k], frozenset()) & {"people", "officials", "attackers"}
                for k in near
            )
            alias = c.lower[at] in nouns.by_alias and any(c.capital[k] for k in near)
            if alias or (people and (c.lower[at] != "as" or c.lemma[at - 1] in nouns.identifying)):
                evidence.add(PERSON, 3.0)

    def _people_of(self, c: Columns, start: int) -> bool:
        """Whether a word for insurgents and *of* or *from* stand before the name (*fighters of the X*)."""
        link = start - 2 if start > 1 and c.lower[start - 1] == "the" else start - 1
        if link < 1 or c.lower[link] not in ("of", "from"):
            return False
        noun = self.nouns.group_noun(c.lower[link - 1], c.lemma[link - 1])
        plural = c.tag[link - 1] in ("NNS", "NNPS") or noun != c.lower[link - 1]
        return noun is not None and plural and "insurgents" in self.nouns.groups[noun]

    def _portfolio(self, c: Columns, k: int) -> bool:
        """Whether token `k` ends a post of a portfolio (*minister of defence*)."""
        while k > 1 and c.lower[k] in self.nouns.portfolios:
            k -= 1
        return c.lower[k] in ("of", "for") and c.lower[k - 1] in self.titles.posts

    def _after(self, c: Columns, end: int, evidence: Evidence) -> None:
        if end >= len(c):
            return
        nouns = self.nouns
        after, lemma = c.lower[end], c.lemma[end]
        noun = after if after in nouns.places else lemma
        kind = nouns.places.get(noun)
        if kind is not None and kind in _WITHIN and not c.capital[end]:
            vague = noun in nouns.seats or noun in nouns.loose
            evidence.add(PLACE, 2.5, None if vague else kind)
            if not vague:
                evidence.narrow[kind] += 1.0  # type: ignore[assignment]
        if lemma in nouns.artifacts or after in nouns.artifacts:
            evidence.add(NONE, 1.5)
        if " ".join(c.lower[end : end + 2]) in nouns.agencies:
            evidence.add(ORGANIZATION, 3.0, "NewsOrganization")
        families = nouns.groups.get(lemma) or nouns.groups.get(after) or frozenset()
        if c.pos[end] == "NOUN":
            if nouns.organizations.get(lemma) == "ArmedGroup":
                evidence.add(ORGANIZATION, 4.0, "ArmedGroup")
            if "insurgents" in families:
                evidence.add(ORGANIZATION, 1.0, "ArmedGroup")
            if families & {"opposition", "media"} and lemma in nouns.organizations:
                kind = nouns.organizations[lemma]
                evidence.add(ORGANIZATION, 5.5 if kind in _TOLD else 2.0, kind if kind in _TOLD else None)
        modifies = c.pos[end] in ("NOUN", "PROPN", "ADJ") and not c.space[end]
        if modifies and c.entity[end - 1] == "NORP" and c.head[end - 1] >= end:
            evidence.add(NONE, 1.5)
        if c.tag[end] == "POS" and end + 1 < len(c) and c.entity[end + 1] == "PERSON":
            evidence.add(ORGANIZATION, 1.2)  # the party's or the paper's N. N.
        if after == ",":
            self._apposition(c, end + 1, evidence)
        if after in ("who", "whose"):
            self._relative(c, end, evidence)

    def _governed(self, c: Columns, start: int, end: int, evidence: Evidence) -> None:
        """What the verb of which the name is subject or object says."""
        role, verb = c.dep[end - 1], c.head[end - 1]
        if role == "nsubj" and (any(c.dep[k] == "ccomp" for k in c.children[verb]) or c.lemma[verb] == "say"):
            evidence.add(PERSON, 0.6)
            evidence.add(ORGANIZATION, 0.5)
        elif role == "nsubj" and c.pos[verb] == "VERB" and 1 < end - start <= 3:
            evidence.add(PERSON, 0.2)  # who does something and has two names
        verbs = {verb} if role in ("dobj", "nsubjpass") else set()
        if role == "conj" and c.dep[verb] in ("dobj", "nsubjpass"):
            verbs = {c.head[verb]}
        if role == "conj" and c.dep[verb] == "pobj" and c.lower[c.head[verb]] in self.nouns.locative:
            evidence.add(PLACE, 1.2)  # in X and Y
        if role in ("dobj", "nsubjpass") and c.lemma[verb] in self.nouns.dealing:
            evidence.add(PERSON, 0.8)
        if any(c.lemma[k] in self.nouns.taking for k in verbs) and end - start < 3:
            evidence.add(PLACE, 1.2)

    def _relative(self, c: Columns, at: int, evidence: Evidence) -> None:
        """*X, who …* is a person, *X, whose fighters …* has people."""
        families = self.nouns.groups.get(c.lemma[at + 1], frozenset()) if at + 1 < len(c) else frozenset()
        if c.lower[at] == "whose" and families & {"insurgents", "forces"}:
            evidence.add(ORGANIZATION, 2.5, "ArmedGroup")
        else:
            evidence.add(PERSON, 1.5)

    def _apposition(self, c: Columns, at: int, evidence: Evidence) -> None:
        if at < len(c) and c.lower[at] in ("who", "whose"):
            self._relative(c, at, evidence)
        elif (
            at + 1 < len(c) and c.text[at].isdigit() and len(c.text[at]) == 2 and c.text[at + 1] in (",", ".")
        ):
            evidence.add(PERSON, 2.0)  # an age
        elif at < len(c) and c.lower[at] == "where":
            evidence.add(PLACE, 1.5)
        stop = min(at + 8, len(c))
        for k in range(at, stop):
            joined = c.glued[k] and c.text[k + 1 : k + 2] == ["-"]
            apart = c.pos[k] in ("VERB", "AUX", "PUNCT", "ADP", "CCONJ", "SCONJ") and not joined
            if apart and c.text[k] not in HYPHENS:
                break
            lemma = c.lemma[k]
            if c.acts(k):
                break  # another speaker (*X, a Y spokesman said*)
            posted = c.pos[k] == "PROPN" and c.lower[k] in self.titles.posts and c.lower[at] == "the"
            if posted and c.lower[k + 1 : k + 2] in (["of"], ["for"], [","]):
                evidence.add(PERSON, 2.0)
                break
            compound = k + 1 < len(c) and c.text[k + 1] in HYPHENS and c.glued[k]  # a 17-year-old student
            if (
                c.pos[k] == "NOUN"
                and not compound
                and (k + 1 >= len(c) or c.pos[k + 1] not in ("NOUN", "PROPN"))
            ):
                people = self.nouns.groups.get(lemma, frozenset()) & {"people", "officials"}
                if lemma in self.titles.posts or (
                    people and c.tag[k] == "NN" and lemma not in self.nouns.collectives
                ):
                    evidence.add(PERSON, 2.0)
                elif lemma in self.nouns.places:
                    evidence.add(PLACE, 2.5 if lemma in self.nouns.place_descriptions else 1.5)
                elif lemma in self.nouns.organizations:
                    told = self.nouns.organizations[lemma]
                    sure = told in _TOLD and "opposition" in self.nouns.groups.get(lemma, ())
                    evidence.add(ORGANIZATION, 3.0 if sure else 1.0, told if sure else None)
                break
