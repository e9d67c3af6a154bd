"""The steps of the ablation: each finds what it is there to add."""

from __future__ import annotations

import ablation
import pytest

from kg.gazetteer import Gazetteers
from kg.model import AnnotatedDocument, SourceDocument

pytestmark = pytest.mark.model

TEXT = (
    "Foreign Minister Ana Quiroga of Peru flew to Cusco on Monday. Quiroga met union leaders there. "
    "She said that the Peruvian army would stay in Cusco."
)


@pytest.fixture(scope="module")
def found() -> dict[int, AnnotatedDocument]:
    gazetteers = Gazetteers.open()
    document = SourceDocument(id="a", text=TEXT)
    return {
        step: ablation.annotator_of(step, gazetteers).annotate_one(document)
        for step in range(ablation.LINKING)
    }


def chains(annotated: AnnotatedDocument, word: str) -> set[int]:
    """The chains of the mentions that end in `word`."""
    return {m.chain for m in annotated.mentions if TEXT[m.begin : m.end].endswith(word)}


def test_agreement_joins_the_short_name(found: dict[int, AnnotatedDocument]) -> None:
    for step, annotated in found.items():
        (whole,) = chains(annotated, "Ana Quiroga")
        short = {m.chain for m in annotated.mentions if TEXT[m.begin : m.end] == "Quiroga"}
        assert (short == {whole}) == (step >= ablation.AGREEMENT)


def test_reference_adds_posts_and_pronouns(found: dict[int, AnnotatedDocument]) -> None:
    for step, annotated in found.items():
        assert bool(annotated.positions) == (step >= ablation.REFERENCE)
        assert bool(chains(annotated, "She")) == (step >= ablation.REFERENCE)


def test_the_gazetteers_tell_a_country(found: dict[int, AnnotatedDocument]) -> None:
    for step, annotated in found.items():
        kinds = {chain.kind for chain in annotated.chains if chain.name == "Peru"}
        assert kinds == ({"Country"} if step >= ablation.GAZETTEERS else {"Place"})


def test_the_table_fits_a_terminal_and_names_its_sets() -> None:
    figures = {(figure, name): 1.0 for figure in ablation.FIGURES for name in ("five", "dev", "reports")}
    rows = [ablation.Row(step=step, figures=figures) for step in ablation.STEPS]
    assert max(map(len, ablation.table(rows))) <= 80
    written = ablation.markdown(rows, "2020-01-02").splitlines()
    assert written[0] == "As of 2020-01-02, in per cent:"
    assert written[2].startswith("| step | mentions: five, dev, reports |")
    assert written[4].startswith("| model alone | 100, 100, 100 |")
