"""What `kg build` makes is checked before it takes the place of what was there."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import sample
import stub_reading
from click.testing import CliRunner

import kg.build
from kg.build import build
from kg.cli.build import build as command
from kg.model import Event, ReadArticle, Reduction, ResolvedDocument, Status
from kg.rdf.settings import MappingSettings
from kg.reading import Reader
from kg.reading.stages import Reduce, Stages
from kg.store.opening import open_source
from kg.validate import InvalidGraphError, validate
from kg.vocabulary import KG

GROUNDLESS = Reduction(
    events=(Event(id="event/a", kind="Battle", label="a", status=Status.ASSERTED, confidence=1, mentions=()),)
)


def reduced_to(reduction: Reduction, _digests: object, _corrections: object = (), /) -> Reduction:
    return reduction


def open_reduce_to(reduction: Reduction) -> Reduce:
    return partial(reduced_to, reduction)


def stages(reduction: Reduction) -> Stages:
    return replace(stub_reading.stages(), open_reduce=partial(open_reduce_to, reduction))


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("Rain fell.")
    return path


def test_a_graph_that_breaks_the_shapes_lies_beside_the_good_one(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "graph.ttl.gz"
    build([article], out, stages=stages(Reduction()))
    good = out.read_bytes()
    with pytest.raises(InvalidGraphError, match="EventMentions 1") as caught:
        build([article], out, stages=stages(GROUNDLESS))
    assert caught.value.exit_status == 1
    assert [each.rule for each in caught.value.violations] == ["EventMentions"]
    assert out.read_bytes() == good
    beside = tmp_path / "graph.invalid.ttl.gz"
    assert str(beside) in str(caught.value) and "as it was" in str(caught.value)
    assert beside.exists()
    with closing(open_source(str(beside))) as store:
        assert len(store) > 0


def test_the_first_graph_that_breaks_the_shapes_is_no_result(article: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidGraphError, match="written to"):
        build([article], tmp_path / "graph.nq", stages=stages(GROUNDLESS))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "graph.invalid.nq"]


def test_a_build_that_shall_not_validate_does_not(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "graph.nq"
    build([article], out, stages=stages(GROUNDLESS), validate=False)
    assert "event/a" in out.read_text()


def test_a_store_answers_as_before(article: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    build([article], folder, stages=stages(Reduction()))
    article.write_text("Snow fell.")
    with pytest.raises(InvalidGraphError, match="answers as before"):
        build([article], folder, stages=stages(GROUNDLESS))
    with closing(open_source(str(folder))) as store:
        assert not store.query(f"ASK {{ ?event a <{KG.Event}> }}")
    build([article], folder, stages=stages(GROUNDLESS), validate=False)
    with closing(open_source(str(folder))) as store:
        assert store.query(f"ASK {{ ?event a <{KG.Event}> }}")


def test_a_store_is_checked_with_the_mentions_that_it_held_before(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    reports = {each.annotated.document.id: each for each in sample.reports()}

    def finish(resolved: ResolvedDocument) -> ReadArticle:
        return sample.read(reports[resolved.annotated.document.id], MappingSettings())

    def reader() -> Reader:
        return Reader(model="none 1", annotate=stub_reading.annotate, link=stub_reading.link, finish=finish)

    for number, name in enumerate(reports):
        path = tmp_path / f"{number}.jsonl"
        path.write_text(json.dumps({"id": name, "text": "Rain."}))
        reduction = sample.reduction() if number else Reduction()
        build(
            [path], folder, stages=Stages(open_reader=reader, open_reduce=partial(open_reduce_to, reduction))
        )
    with closing(open_source(str(folder))) as store:
        assert store.query(f"ASK {{ ?event a <{KG.Event}> }}")
        assert validate(store.dump).conforms


def test_where_checking_takes_long_it_is_left_and_said(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.build, "fast_engine", lambda: None)
    told: list[str] = []
    build([article], tmp_path / "graph.nq", stages=stages(GROUNDLESS), on_notice=told.append)
    assert len(told) == 1 and "run kg validate" in told[0]


def test_the_command_prints_the_first_violations(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.build, "own_stages", lambda _options: stages(GROUNDLESS))
    out = tmp_path / "graph.nq"
    done = CliRunner().invoke(command, [str(article), "-o", str(out)], standalone_mode=False)
    assert isinstance(done.exception, InvalidGraphError) and done.stdout == ""
    assert "must have an event mention as its evidence [EventMentions]" in done.stderr
    done = CliRunner().invoke(command, [str(article), "-o", str(out), "--no-validate"], standalone_mode=False)
    assert done.exception is None and done.return_value == 0
