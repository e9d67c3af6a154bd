"""`kg.build` with the real reading and writing, and an annotation that finds nothing or breaks on purpose."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import stub_reading

from kg.build import BuildReport, build
from kg.config import BuildOptions
from kg.errors import DocumentError, KgError, ResourceError, UsageError
from kg.model import AnnotatedDocument, Reduction, SourceDocument
from kg.reading import Reader
from kg.reading.stages import Reduce, Stages


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(f"Rain fell on {name}.")
    return folder


def run(*inputs: str | Path, out: Path, stages: Stages | None = None, **options: object) -> BuildReport:
    return build(inputs, out, stages=stages or stub_reading.stages(), **options)  # type: ignore[arg-type]


def left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "articles")


def test_articles_become_a_graph(articles: Path, tmp_path: Path) -> None:
    done: list[str] = []
    report = run(articles, out=tmp_path / "g.nt", on_article=done.append)
    assert (report.read, report.failures, report.exit_status) == (3, (), 0)
    assert report.counts is not None
    assert report.counts.articles == 3
    assert done == ["a.txt", "b.txt", "c.txt"]
    assert (tmp_path / "g.nt").read_text().count('"b.txt"') >= 1
    assert left_behind(tmp_path) == ["g.nt"]


@pytest.mark.parametrize("name", ["g.ttl", "g.nq", "g.trig.gz", "g.rdf", "g.jsonld"])
def test_the_order_of_articles_does_not_show(articles: Path, tmp_path: Path, name: str) -> None:
    rows = [f'{{"id": "{i}", "text": "Rain {i}."}}\n' for i in "zyx"]
    (tmp_path / "1.jsonl").write_text("".join(rows))
    run(articles, tmp_path / "1.jsonl", out=tmp_path / name)
    first = (tmp_path / name).read_bytes()
    (tmp_path / "1.jsonl").write_text("".join(reversed(rows)))
    inputs = [tmp_path / "1.jsonl", *sorted(articles.iterdir(), reverse=True)]
    run(*inputs, out=tmp_path / name)
    assert (tmp_path / name).read_bytes() == first


def test_one_article_that_breaks_is_set_aside(articles: Path, tmp_path: Path) -> None:
    (articles / "b.txt").write_text("BREAK")
    (articles / "bb.txt").write_text("UNLINK")
    told: list[KgError] = []
    report = run(articles, out=tmp_path / "g.nt", on_failure=told.append)
    assert report.read == 2
    assert report.exit_status == 1
    assert report.failures == tuple(told)
    assert sorted(map(str, told)) == [
        "b.txt: could not be analysed (ValueError: no such thing): the article was left out",
        "bb.txt: could not be analysed (KeyError: 'lost'): the article was left out",
    ]
    graph = (tmp_path / "g.nt").read_text()
    assert '"a.txt"' in graph
    assert '"b.txt"' not in graph


def test_an_article_that_cannot_be_mapped_is_set_aside(articles: Path, tmp_path: Path) -> None:
    (articles / "b.txt").write_text("UNFINISHED")
    report = run(articles, out=tmp_path / "g.nt")
    assert report.read == 2
    assert str(report.failures[0]) == "b.txt: a span lies outside the text"


def test_what_cannot_be_read_is_reported_with_the_rest_done(articles: Path, tmp_path: Path) -> None:
    (articles / "b.txt").write_bytes(b"\0")
    report = run(articles, tmp_path / "nope.txt", out=tmp_path / "g.nt")
    assert report.read == 2
    assert {type(failure) for failure in report.failures} == {DocumentError, ResourceError}
    assert report.exit_status == 3


def test_without_an_article_nothing_is_written_and_no_model_loaded(tmp_path: Path) -> None:
    out = tmp_path / "g.nt"
    out.write_text("old")
    report = build([tmp_path / "nope.txt"], out)
    assert (report.read, report.counts, report.exit_status) == (0, None, 3)
    (tmp_path / "a.txt").write_text("BREAK")
    report = run(tmp_path / "a.txt", out=out)
    assert (report.read, report.counts, report.exit_status) == (0, None, 1)
    assert out.read_text() == "old"


def test_memory_is_bounded_by_reading_as_it_goes(articles: Path, tmp_path: Path) -> None:
    for i in range(200):
        (articles / f"n{i:03}.txt").write_text("Rain.")
    waiting = longest = 0

    def counted(documents: Iterable[SourceDocument]) -> Iterator[AnnotatedDocument]:
        nonlocal waiting, longest
        found = list(documents)
        waiting += len(found)
        longest = max(longest, waiting)
        yield from stub_reading.annotate(found)

    def open_reader() -> Reader:
        return replace(stub_reading.open_reader(BuildOptions()), annotate=counted)

    def finished(_identifier: str) -> None:
        nonlocal waiting
        waiting -= 1

    stages = replace(stub_reading.stages(), open_reader=open_reader)
    run(articles, out=tmp_path / "g.nt", stages=stages, on_article=finished)
    assert waiting == 0
    assert longest < 50


def test_the_date_and_standard_input_are_passed_on(tmp_path: Path) -> None:
    out = tmp_path / "g.nt"
    report = run("-", out=out, options=BuildOptions(date="2021-08"), stdin=io.BytesIO(b"Rain fell."))
    assert report.read == 1
    assert '"2021-08"' in out.read_text()


# The output


@pytest.mark.parametrize("name", ["g.txt", "g.tll", "g.ttl.zip"])
def test_an_ending_that_is_none_is_refused(articles: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"\.ttl"):
        run(articles, out=tmp_path / name)
    assert left_behind(tmp_path) == []


def test_a_folder_in_the_place_of_the_file_is_refused(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "g.ttl").mkdir()
    with pytest.raises(UsageError):
        run(articles, out=tmp_path / "g.ttl")


def test_an_output_folder_that_is_missing_is_said_with_the_remedy(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ResourceError, match=f"mkdir -p '{tmp_path}/no/such'"):
        run(articles, out=tmp_path / "no" / "such" / "g.ttl")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ResourceError, match=r"^no: no such folder: make it with: mkdir -p 'no'"):
        run(articles, out=Path("no/g.ttl"))
    (tmp_path / "file").write_text("")
    with pytest.raises(ResourceError, match="no folder"):
        run(articles, out=tmp_path / "file" / "g.ttl")


def test_a_link_is_followed(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "g.nt").symlink_to(tmp_path / "real" / "g.nt")
    run(articles, out=tmp_path / "g.nt")
    assert (tmp_path / "g.nt").is_symlink()
    assert (tmp_path / "real" / "g.nt").stat().st_size > 0


class FullFile(io.FileIO):
    """A file on a disk that is full."""

    def write(self, _data: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def full_spool(*, dir: Path) -> FullFile:
    handle, name = tempfile.mkstemp(dir=dir)
    Path(name).unlink()
    return FullFile(handle, "r+b")


def full_output(handle: int, *_: object, **__: object) -> io.BufferedWriter:
    return io.BufferedWriter(FullFile(handle, "wb"))


@pytest.mark.parametrize(
    ("place", "full"),
    [("kg.spool.tempfile.TemporaryFile", full_spool), ("kg.atomic.os.fdopen", full_output)],
)
@pytest.mark.filterwarnings("ignore:Exception ignored:pytest.PytestUnraisableExceptionWarning")
def test_a_full_disk_leaves_the_old_file(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, full: Callable[..., object]
) -> None:
    out = tmp_path / "g.nt"
    out.write_text("old")
    monkeypatch.setattr(place, full)
    with pytest.raises(ResourceError, match="No space left") as caught:
        run(articles, out=out)
    assert "\n" not in str(caught.value)
    assert out.read_text() == "old"
    assert left_behind(tmp_path) == ["g.nt"]


def test_a_disk_that_is_really_full_leaves_the_old_file(articles: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(disk)]
    try:
        subprocess.run(mount, check=True, capture_output=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        pytest.skip("may not mount a file system here")
    try:
        out = disk / "g.nt"
        out.write_text("old")
        for i in range(100):
            (articles / f"n{i:03}.txt").write_text("Rain.")
        with pytest.raises(ResourceError, match="No space left"):
            run(articles, out=out)
        assert out.read_text() == "old"
        assert left_behind(disk) == ["g.nt"]
    finally:
        subprocess.run(["umount", str(disk)], check=False, capture_output=True, timeout=10)


def test_what_the_reduction_raises_leaves_the_old_file(articles: Path, tmp_path: Path) -> None:
    def broken(_digests: Iterable[bytes], _corrections: object = (), /) -> Reduction:
        raise RuntimeError("a fault of ours")

    def open_reduce() -> Reduce:
        return broken

    out = tmp_path / "g.nt"
    out.write_text("old")
    with pytest.raises(RuntimeError):
        run(articles, out=out, stages=replace(stub_reading.stages(), open_reduce=open_reduce))
    assert out.read_text() == "old"
    assert left_behind(tmp_path) == ["g.nt"]
