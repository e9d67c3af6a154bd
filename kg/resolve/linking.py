"""Links the chains of one article to the gazetteers: places among their namesakes, bodies and people."""

from __future__ import annotations

import math

from kg.gazetteer.gazetteers import Gazetteers
from kg.gazetteer.tables import PLACE_KINDS
from kg.model import AnnotatedDocument, Chain, Link, Place, ResolvedDocument
from kg.resolve.link_candidates import Candidate, candidates, hinted_kind, similar
from kg.resolve.link_context import Context, read_context
from kg.resolve.link_entries import link_entry
from kg.resolve.link_reason import reason
from kg.resolve.link_score import LEAST_SUPPORT, Scored, Surroundings, fits, score
from kg.resolve.relations import place_iris, place_key

_AREAS = frozenset({"Province", "District"})
_ROUNDS = 2
_SURE = 0.98
_SHARPNESS = 1.4
_CLOSE = 1.5  # the points by which one that fits may fall short of the best, which does not
_LEAST_SHARE = 0.25
_MOST_ALTERNATES = 10


class Linker:
    """Links the chains of one article at a time; it keeps nothing of an article."""

    def __init__(self, gazetteers: Gazetteers) -> None:
        self._gazetteers = gazetteers

    def link(self, annotated: AnnotatedDocument) -> ResolvedDocument:
        """`annotated` with a link for each chain that the gazetteers know; what fits badly stays unlinked."""
        context = read_context(annotated, self._gazetteers)
        links: dict[int, Link] = {}
        found: dict[int, list[Candidate]] = {}
        for chain in annotated.chains:
            if not chain.named:
                continue
            if chain.kind in PLACE_KINDS:
                told = candidates(chain, context.votes[chain.id], self._gazetteers)
                if told:
                    found[chain.id] = told
        chosen = self._choose(annotated.chains, found, context)
        for chain in annotated.chains:
            if chain.id in chosen:
                links[chain.id] = chosen[chain.id]
            elif chain.named and chain.kind not in PLACE_KINDS:
                link = link_entry(chain, self._gazetteers, context)
                if link is not None:
                    links[chain.id] = link
        return ResolvedDocument(annotated=annotated, links=links)

    def _choose(
        self, chains: tuple[Chain, ...], found: dict[int, list[Candidate]], context: Context
    ) -> dict[int, Link]:
        """Choose twice: once to learn what the article is about, once knowing where its places lie."""
        by_id = {chain.id: chain for chain in chains}
        for id, told in found.items():
            codes = {candidate.place.country for candidate in told}
            first = told[0].place
            sure = first.kind == "Country" or len(codes) == 1
            context.add_country(first.country, id, (0.8 if sure else 0.3) + 0.1 * min(context.counts[id], 4))
        for id, told in found.items():
            found[id] = [*told, *self._similar(by_id[id], told, context)]
        ranked: dict[int, list[Scored]] = {}
        for _ in range(_ROUNDS):
            around = Surroundings.of(
                context, {id: scored[0].candidate for id, scored in ranked.items()}, found
            )
            ranked = {
                id: sorted(
                    (
                        score(candidate, id, hinted_kind(by_id[id], context.votes[id]), around)
                        for candidate in told
                    ),
                    key=lambda scored: (-scored.points, scored.candidate.place.id),
                )
                for id, told in found.items()
            }
            for code in list(context.countries):
                context.countries[code] = [each for each in context.countries[code] if each[0] not in found]
            for id, scored in ranked.items():
                weight = 0.8 + 0.1 * min(context.counts[id], 4)
                context.add_country(scored[0].candidate.place.country, id, weight * _share(scored[0], scored))
        around = Surroundings.of(context, {id: scored[0].candidate for id, scored in ranked.items()}, found)
        links: dict[int, Link] = {}
        for id, scored in ranked.items():
            chain, kind = by_id[id], hinted_kind(by_id[id], context.votes[id])
            close = [each for each in scored if each.points > scored[0].points - _CLOSE]
            fitting = [each for each in close if fits(each, chain.name, id, kind, around)]
            near = [each for each in fitting if around.near(each.candidate.place, id)]
            best = next(iter(near or fitting), None)
            if best is not None and _share(best, scored) >= _LEAST_SHARE:
                links[id] = self._link(id, best, scored, around)
        return links

    def _similar(self, chain: Chain, told: list[Candidate], context: Context) -> list[Candidate]:
        """Places spelt like the chain's name, where none of that very name is near or of the kind told."""
        kind = hinted_kind(chain, context.votes[chain.id])
        near = any(context.support(each.place.country, chain.id) >= LEAST_SUPPORT for each in told)
        lacking = kind in _AREAS and not any(each.place.kind == kind for each in told)
        if near and not lacking:
            return []
        known = {each.place.id for each in told}
        return [
            each
            for each in similar(chain, context.votes[chain.id], self._gazetteers)
            if each.place.id not in known
            and context.support(each.place.country, chain.id) >= LEAST_SUPPORT
            and (not near or each.place.kind == kind)
        ]

    def _link(self, chain: int, best: Scored, scored: list[Scored], around: Surroundings) -> Link:
        place = best.candidate.place
        confidence = _SURE * _share(best, scored) * (0.85 if best.candidate.spelling == "similar" else 1.0)
        why = reason(chain, best, scored, around, self._gazetteers)
        return place_link(place, round(confidence, 2), why)


def place_link(place: Place, confidence: float, why: str) -> Link:
    """The link to a place of the gazetteers."""
    return Link(
        id=place_key(place),
        label=place.name,
        kind=place.kind,
        confidence=confidence,
        reason=why,
        same_as=place_iris(place),
        alternate_names=place.alternate_names[:_MOST_ALTERNATES],
        place=place,
    )


def _share(one: Scored, scored: list[Scored]) -> float:
    """How much of the weight of all candidates `one` has (a softmax of the points)."""
    return 1.0 / sum(math.exp(_SHARPNESS * (each.points - one.points)) for each in scored)
