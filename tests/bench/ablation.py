"""What each step adds to the entities: the program built up step by step, each scored on every set.

    python tests/bench/ablation.py [--markdown FILE]

model alone   the names that the language model sees; one entity for each string and kind
name rules    where names begin and end and what they are, by their words, shape and context
gazetteers    the names of the world that come along
agreement     one verdict on all occurrences of a name in an article; short forms joined to full ones
reference     groups without a name, posts, descriptions, pronouns
linking       places and bodies linked to the gazetteers
reduction     one entity over all articles, whatever its spelling: the program as it is

Every step but the first stands on those before it. The sets and their scorers are those of
``tests/scores/scores.py``; figures are F1 in per cent. The figure `linking` is the share of mentions that
lead to the right entity of their article, whatever that is linked to: the scorers see nothing of the last
two steps. `located` is the share of the named places, over all sets, that have coordinates.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import QuerySolutions, Store
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.columns import Columns, columns
from kg.annotate.evidence import NONE, ORGANIZATION, PERSON, PLACE, family
from kg.annotate.kinds import Verdict
from kg.annotate.layer import Chain, Mention, layer
from kg.annotate.names import Names, head_of
from kg.annotate.pipeline import Annotator, masked
from kg.build import build
from kg.config import BuildOptions
from kg.gazetteer import Gazetteers
from kg.gazetteer.folding import fold
from kg.gazetteer.tables import Entry
from kg.model import (
    AnnotatedDocument,
    Entity,
    Form,
    MentionRef,
    Place,
    Reduction,
    ResolvedDocument,
    SourceDocument,
)
from kg.reading.stages import Stages, own_stages
from kg.resolve.digest import Digest
from kg.resolve.digest_json import from_json
from kg.resolve.entities import Identity
from kg.resolve.events import gather_events
from kg.resolve.names_match import digest_of, slug
from kg.resolve.positions import gather_positions
from kg.resolve.relations import relate
from kg.resolve.rules import shipped_rules

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scores"))
from scores import GOLD_SETS, PUBLIC_SETS, SHARED, Figure, score_gold, score_public

STEPS = (
    "model alone",
    "+ name rules",
    "+ gazetteers",
    "+ agreement",
    "+ reference",
    "+ linking",
    "+ reduction",
)
MODEL, RULES, GAZETTEERS, AGREEMENT, REFERENCE, LINKING, REDUCTION = range(len(STEPS))
FIGURES = ("mentions", "entities", "linking", "relations")
PUBLIC, PUBLIC_FIGURE = "re3d", "names typed"
ALL, LOCATED = "all", "located"
PLACES = """
    PREFIX kg: <https://w3id.org/newskg/ontology#>
    PREFIX wgs84: <http://www.w3.org/2003/01/geo/wgs84_pos#>
    SELECT DISTINCT ?place ?latitude WHERE {
      ?place a kg:Place ; kg:hasMention/a kg:NamedMention .
      OPTIONAL { ?place wgs84:lat ?latitude }
    }"""
_LABELS = {"PERSON": PERSON, "ORG": ORGANIZATION, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE}  # OntoNotes 5

Found = tuple[int, int, Verdict]


class Nothing(Gazetteers):
    """Gazetteers that know no name."""

    def __init__(self) -> None:
        pass

    def places(self, name: str) -> tuple[Place, ...]:  # noqa: ARG002
        """None."""
        return ()

    def similar_places(self, name: str) -> tuple[Place, ...]:  # noqa: ARG002
        """None."""
        return ()

    def provinces(self, country: str) -> tuple[Place, ...]:  # noqa: ARG002
        """None."""
        return ()

    def place(self, id: str) -> Place | None:  # noqa: ARG002
        """None."""
        return None

    def country(self, code: str) -> Place | None:  # noqa: ARG002
        """None."""
        return None

    def has_place(self, name: str) -> bool:  # noqa: ARG002
        """No."""
        return False

    def entries(self, name: str) -> tuple[Entry, ...]:  # noqa: ARG002
        """None."""
        return ()

    def entry(self, id: str) -> Entry | None:  # noqa: ARG002
        """None."""
        return None

    def demonym(self, word: str) -> str | None:  # noqa: ARG002
        """None."""
        return None


class Bare(Annotator):
    """An annotator that gives the model the text as it stands."""

    def _prepared(self, document: SourceDocument) -> Doc:
        doc = self.nlp.make_doc(masked(document))
        layer(doc).date = document.date
        return doc


def write_names(doc: Doc, c: Columns, found: Iterable[Found]) -> None:
    """Named mentions into the layer of `doc`: a chain for each string and kind."""
    into = layer(doc)
    chains: dict[tuple[str, str], Chain] = {}
    for start, end, verdict in sorted(found, key=lambda each: each[:2]):
        name = c.words(start, end)
        key = fold(name), family(verdict.kind)
        if key not in chains:
            number = len(into.chains)
            chains[key] = Chain(
                number, verdict.narrow, name, country=verdict.country, gazetteer=verdict.gazetteer
            )
            into.chains.append(chains[key])
        chain, root = chains[key], head_of(c, start, end)
        into.mention_of[root] = len(into.mentions)
        chain.mentions.append(len(into.mentions))
        chain.names.add(name)
        into.mentions.append(Mention(start, end, root, Form.NAMED, verdict.narrow, chain.id))


@Language.component("ablation_model")
def model_names(doc: Doc) -> Doc:
    """The model's entities as names."""
    kinds = ((ent.start, ent.end, _LABELS.get(ent.label_)) for ent in doc.ents)
    write_names(
        doc, columns(doc), [(start, end, Verdict(kind, kind, 1.0)) for start, end, kind in kinds if kind]
    )
    return doc


class NamesApart:
    """Our names, but each occurrence is judged by itself and no two names are joined."""

    names: Names

    def __call__(self, doc: Doc) -> Doc:
        """Write the names of `doc` to its layer."""
        c = columns(doc)
        spans, institutions = self.names._spans(c)
        found = [
            (start, end, self.names.judge.judge(c, c.words(start, end), [(start, end)]))
            for start, end in spans
        ]
        found += [(start, end, Verdict(ORGANIZATION, kind, 0.9)) for start, end, kind in institutions]
        write_names(doc, c, [each for each in found if each[2].kind != NONE])
        return doc


@Language.factory("ablation_names_apart")
def make_names_apart(nlp: Language, name: str) -> NamesApart:  # noqa: ARG001
    """The component, to be given its `names`."""
    return NamesApart()


def annotator_of(step: int, gazetteers: Gazetteers) -> Annotator:
    """The annotator as far as `step`."""
    whole = Annotator.open(gazetteers=gazetteers if step >= GAZETTEERS else Nothing())
    nlp = whole.nlp
    if step < REFERENCE:
        for name in ("kg_groups", "kg_titles", "kg_coreference"):
            nlp.remove_pipe(name)
    if step >= AGREEMENT:
        return whole
    names = nlp.get_pipe("kg_names")
    assert isinstance(names, Names)
    nlp.add_pipe("ablation_model" if step == MODEL else "ablation_names_apart", before="kg_names")
    nlp.remove_pipe("kg_names")
    if step > MODEL:
        apart = nlp.get_pipe("ablation_names_apart")
        assert isinstance(apart, NamesApart)
        apart.names = names
        return whole
    nlp.remove_pipe("kg_sentences")
    return Bare(nlp, whole.model_name, Nothing())


def link_nothing(annotated: AnnotatedDocument) -> ResolvedDocument:
    """`annotated`, nothing linked."""
    return ResolvedDocument(annotated=annotated)


def reduce_strings(digests: Iterable[Digest], parents: Callable[[str], Place | None]) -> Reduction:
    """One entity for each link, else for each string and kind; what has no name stands alone."""
    ordered, rules = list(digests), shipped_rules()
    entities: dict[str, Entity] = {}
    of_chain: dict[tuple[str, int], str] = {}
    for digest in ordered:
        for chain in digest.chains:
            kind = chain.link.kind if chain.link else chain.kind
            what = fold(chain.name) if chain.named else f"{digest.article}\n{chain.id}"
            id_ = f"{slug(rules.root(kind))}/{slug(chain.name)}-{digest_of(what, 8)}"
            id_ = chain.link.id if chain.link else id_
            told = entities.setdefault(
                id_,
                Entity(
                    id=id_, kind=kind, label=chain.link.label if chain.link else chain.name, link=chain.link
                ),
            )
            mentions = (MentionRef(article=digest.article, key=key) for key in chain.mentions)
            names = {*told.alternate_labels, chain.name, *chain.names} - {told.label}
            entities[id_] = replace(
                told, mentions=(*told.mentions, *mentions), alternate_labels=tuple(sorted(names))
            )
            of_chain[digest.article, chain.id] = id_
    found = tuple(entities[id_] for id_ in sorted(entities))
    identity = Identity(entities=found, of_chain=of_chain, lasting=frozenset(entities), countries={})
    related = relate(ordered, identity, rules, parents)
    return Reduction(
        entities=related,
        positions=gather_positions(ordered, identity),
        events=gather_events(ordered, identity, related, rules),
    )


def stages_of(step: int) -> Stages:
    """The stages as far as `step`."""
    whole = own_stages(BuildOptions())
    if step == REDUCTION:
        return whole
    gazetteers = Gazetteers.open()
    reader = whole.open_reader()
    reader = replace(
        reader,
        annotate=annotator_of(step, gazetteers).annotate,
        link=reader.link if step >= LINKING else link_nothing,
    )

    def reduce(digests: Iterable[bytes], _corrections: object = (), /) -> Reduction:
        return reduce_strings(map(from_json, digests), parents=gazetteers.place)

    return Stages(open_reader=lambda: reader, open_reduce=lambda: reduce)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A step with its figures, 0 to 1, by figure and set."""

    step: str
    figures: dict[tuple[str, str], float]

    def cell(self, figure: str, sets: Sequence[str]) -> list[str]:
        """The figure on each of `sets`; `-` where it was not taken."""
        values = [self.figures.get((figure, name)) for name in sets]
        return ["-" if value is None else f"{100 * value:.0f}" for value in values]


def located(graphs: Iterable[Path]) -> float:
    """The share of the places named in `graphs` that have coordinates."""
    found: list[bool] = []
    for graph in graphs:
        store = Store()
        store.load(path=graph)
        solutions = store.query(PLACES)
        assert isinstance(solutions, QuerySolutions)
        found += [bool(solution["latitude"]) for solution in solutions]
    return sum(found) / max(len(found), 1)


def measure(step: int, work: Path) -> Row:
    """All sets that are here, built and scored as far as `step`."""
    stages = stages_of(step)

    def graph_of(source: Path, graph: Path) -> None:
        build([source], graph, stages=stages)

    figures: list[Figure] = []
    for name, gold in GOLD_SETS.items():
        if gold.source.exists() and gold.gold.exists():
            figures += score_gold(name, work, False, graph_of)
    if (SHARED / PUBLIC_SETS[PUBLIC]).is_dir():
        figures += score_public(PUBLIC, work, graph_of)
    taken = {(figure.name, figure.set): figure.f1 for figure in figures}
    return Row(step=STEPS[step], figures=taken | {(LOCATED, ALL): located(work.glob("*.ttl"))})


def columns_of(rows: Sequence[Row]) -> list[tuple[str, list[str]]]:
    """The figures with the sets on which they were taken."""
    taken = {key for row in rows for key in row.figures}
    wanted = [(figure, list(GOLD_SETS)) for figure in FIGURES]
    wanted += [(PUBLIC_FIGURE, [PUBLIC]), (LOCATED, [ALL])]
    here = [(figure, [name for name in sets if (figure, name) in taken]) for figure, sets in wanted]
    return [(figure, sets) for figure, sets in here if sets]


def table(rows: Sequence[Row]) -> list[str]:
    """The printed lines, at most 80 columns wide."""
    shown = columns_of(rows)
    heads = [figure.split()[-1] for figure, _ in shown]
    widths = [max(len(head), 4 * len(sets) - 1) for head, (_, sets) in zip(heads, shown, strict=True)]
    first = max(map(len, STEPS))
    lines = [
        " " * first + "".join(f"  {head:<{w}}" for head, w in zip(heads, widths, strict=True)),
        " " * first
        + "".join(
            f"  {' '.join(name[:3].rjust(3) if len(sets) > 1 else name for name in sets):<{w}}"
            for (_, sets), w in zip(shown, widths, strict=True)
        ),
    ]
    for row in rows:
        cells = [
            " ".join(each.rjust(3) for each in row.cell(figure, sets)).ljust(w)
            for (figure, sets), w in zip(shown, widths, strict=True)
        ]
        lines.append(f"{row.step:<{first}}" + "".join(f"  {cell}" for cell in cells))
    return [line.rstrip() for line in lines]


def markdown(rows: Sequence[Row], day: str) -> str:
    """The table in Markdown, with the day and the sets."""
    shown = columns_of(rows)
    heads = [f"{figure}: {', '.join(sets)}" for figure, sets in shown]
    lines = [
        f"As of {day}, in per cent:",
        "",
        f"| step | {' | '.join(heads)} |",
        f"| --- |{' --- |' * len(shown)}",
    ]
    for row in rows:
        cells = [", ".join(row.cell(figure, sets)) for figure, sets in shown]
        lines.append(f"| {row.step} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Score each step and print the table; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--markdown", type=Path, metavar="FILE", help="write the table of data/README.md there"
    )
    wanted = parser.parse_args(arguments)
    if not (SHARED / "score" / "score.py").is_file():
        print("ablation: skipped, the scorer and the annotated sets are not here (no ../shared)")
        return 0
    rows = []
    for step, name in enumerate(STEPS):
        print(f"{step + 1} of {len(STEPS)}: {name}", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="newskg-ablation-") as work:
            rows.append(measure(step, Path(work)))
    print("\n".join(table(rows)))
    if wanted.markdown:
        today = datetime.now(tz=UTC).date().isoformat()
        wanted.markdown.write_text(markdown(rows, today), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
