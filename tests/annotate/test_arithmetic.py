"""Products of matrices: by numpy's BLAS, on one thread, whatever the process around has set."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from thinc.api import NumpyOps, get_current_ops
from threadpoolctl import threadpool_info, threadpool_limits

from kg.annotate import pipeline
from kg.annotate.convert import convert
from kg.annotate.pipeline import Annotator
from kg.gazetteer import Gazetteers
from kg.model import AnnotatedDocument, SourceDocument

pytestmark = pytest.mark.model


def threads() -> set[int]:
    return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}


def test_one_thread_while_articles_are_read_and_as_many_as_before_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = get_current_ops()
    annotator = Annotator.open(gazetteers=Gazetteers.open())
    assert get_current_ops() is before
    seen: list[set[int]] = []

    def watch(doc: Doc, document: SourceDocument) -> AnnotatedDocument:
        seen.append(threads())
        return convert(doc, document)

    monkeypatch.setattr(pipeline, "convert", watch)
    with threadpool_limits(limits=2, user_api="blas"):
        outside = threads()
        annotator.annotate_one(SourceDocument(id="a", text="Rebels took the town of Kidal on Monday."))
        assert threads() == outside
        half = annotator.annotate(SourceDocument(id=name, text="He left Kidal.") for name in "bc")
        assert next(half).document.id == "b"
        assert threads() == outside, "an iterator that is half used leaves the caller's threads alone"
        assert [annotated.document.id for annotated in half] == ["c"]
        assert threads() == outside
    assert seen == [{1}] * 3
    widest = [node for node in annotator.nlp.get_pipe("tok2vec").model.walk() if node.name == "maxout"]  # type: ignore[attr-defined]
    assert widest
    for node in widest:
        assert isinstance(node.ops, NumpyOps) and not node.ops.use_blis
