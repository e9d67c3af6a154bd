"""A first check of the way through; the tables are in the other files."""

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.layer import layer
from kg.annotate.times import annotate_times, resolve


def test_resolve() -> None:
    (found,) = resolve("Troops left Gao on Sunday.", "2021-08-10")
    assert (found.start_date, found.end_date, found.kind) == ("2021-08-08", "2021-08-08", "date")


def test_component() -> None:
    doc = Doc(Vocab(), words=["Troops", "left", "Gao", "since", "mid", "-", "March", "."])
    layer(doc).date = "2021-08-10"
    (found,) = layer(annotate_times(doc)).times
    assert (found.start, found.end, found.root, found.start_date, found.end_date) == (
        4,
        7,
        6,
        "2021-03",
        None,
    )
