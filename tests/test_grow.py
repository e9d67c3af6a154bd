"""A store that grows: whatever the steps, it holds what a build from nothing with the same articles gives."""

from __future__ import annotations

import io
from pathlib import Path

import stub_reading

from kg.build import BuildReport, build
from kg.config import BuildOptions
from kg.grow import withdraw
from kg.store.opening import open_source


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def run(store: Path, *inputs: Path, **more: object) -> BuildReport:
    return build(inputs, store, stages=stub_reading.stages(), **more)  # type: ignore[arg-type]


def dump(store: Path) -> list[bytes]:
    opened = open_source(str(store))
    stream = io.BytesIO()
    opened.dump(stream)
    opened.close()
    return sorted(stream.getvalue().splitlines())


def test_what_is_there_is_not_read_again(tmp_path: Path) -> None:
    articles = write(tmp_path / "in", a="Rain.", b="Snow.")
    store = tmp_path / "store"
    report = run(store, articles)
    assert (report.read, report.unchanged, report.replaced) == (2, 0, ())
    assert report.counts is not None
    assert report.counts.triples == len(dump(store))
    before = dump(store)
    report = run(store, articles)
    assert (report.read, report.unchanged, report.replaced) == (0, 2, ())
    write(articles, b="Hail.", c="Sun.")
    report = run(store, articles)
    assert (report.read, report.unchanged, report.replaced) == (2, 1, ("b.txt",))
    assert dump(store) != before
    run(tmp_path / "other", articles)
    assert dump(store) == dump(tmp_path / "other")
    withdraw(["c.txt"], store, stages=stub_reading.stages())
    write(articles, b="Snow.")
    run(store, articles / "b.txt")
    assert dump(store) == before
