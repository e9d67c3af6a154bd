"""`kg.build` with several processes: the same bytes, and no hang, whatever a process does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest
import stub_reading

from kg.build import BuildReport, build
from kg.config import BuildOptions
from kg.documents import read_documents
from kg.errors import DataError, KgError, ResourceError, UsageError
from kg.model import AnnotatedDocument, SourceDocument
from kg.reading import Reader, open_reading
from kg.reading.stages import Stages


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(100):
        (folder / f"{number:03}.txt").write_text(f"Rain fell on day {number}.")
    return folder


def run(*inputs: Path, out: Path, stages: Stages | None = None, **options: object) -> BuildReport:
    return build(inputs, out, stages=stages or stub_reading.stages(), **options)  # type: ignore[arg-type]


def stages_of(open_reader: Callable[[], Reader]) -> Stages:
    return Stages(open_reader=open_reader, open_reduce=stub_reading.open_reduce)


@pytest.mark.parametrize("jobs", [2, 5])
def test_the_same_bytes_and_the_same_order_with_any_number_of_jobs(
    articles: Path, tmp_path: Path, jobs: int
) -> None:
    (articles / "007.txt").write_text("BREAK")
    (articles / "033.txt").write_bytes(b"\0")
    (articles / "050.txt").write_text("UNLINK")
    (articles / "099.txt").write_text("UNFINISHED")
    told: list[list[str]] = []
    for number in (1, jobs):
        heard: list[str] = []
        report = run(
            articles,
            out=tmp_path / f"{number}.trig",
            jobs=number,
            on_article=heard.append,
            on_failure=lambda error, heard=heard: heard.append(str(error)),
        )
        assert report.read == 96
        told.append(heard)
    assert told[0] == told[1]
    assert len(told[0]) == 100
    assert [line[:3] for line in told[0] if "could" in line] == ["007", "050"]
    assert (tmp_path / "1.trig").read_bytes() == (tmp_path / f"{jobs}.trig").read_bytes()


def test_a_document_that_kills_its_process_is_set_aside_and_its_neighbours_are_read(
    articles: Path, tmp_path: Path
) -> None:
    (articles / "040.txt").write_text("KILL")
    said: list[str] = []
    report = run(articles, out=tmp_path / "g.nt", jobs=2, on_notice=said.append)
    assert report.read == 99
    assert [str(failure) for failure in report.failures] == [
        "040.txt: could not be analysed (the process that read it was ended by SIGKILL, "
        "as happens where memory runs out): the article was left out"
    ]
    assert said == [
        "a process that read articles was ended by SIGKILL, as happens where memory runs out; "
        "another takes its place: 16 are read again, one by one"
    ]


def test_a_process_that_is_killed_once_costs_nothing_but_time(articles: Path, tmp_path: Path) -> None:
    reader = partial(dies_once, tmp_path / "died")
    report = run(articles, out=tmp_path / "g.nt", jobs=2, stages=stages_of(reader))
    assert (report.read, report.failures) == (100, ())
    run(articles, out=tmp_path / "h.nt")
    assert (tmp_path / "g.nt").read_bytes() == (tmp_path / "h.nt").read_bytes()


def dies_once(mark: Path) -> Reader:
    reader = stub_reading.open_reader(BuildOptions())
    if not mark.exists():
        mark.touch()
        return Reader(model=reader.model, annotate=die, link=reader.link, finish=reader.finish)
    return reader


def die(_documents: Iterable[SourceDocument]) -> Iterator[AnnotatedDocument]:
    os._exit(7)


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("refuse", ResourceError, "no such model"),
        ("mistake", DataError, "the lexicon is wrong"),
        ("fault", RuntimeError, "ZeroDivisionError"),
        ("perish", ResourceError, "ended with status 7 while it loaded .* fewer jobs"),
    ],
)
def test_what_opening_raises_in_a_process_is_raised_here(
    articles: Path, tmp_path: Path, name: str, kind: type[Exception], message: str
) -> None:
    stages = stages_of(globals()[name])
    with pytest.raises(kind, match=message):
        run(articles, out=tmp_path / "g.nt", jobs=2, stages=stages)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles"]


def refuse() -> Reader:
    raise ResourceError("no such model")


def mistake() -> Reader:
    raise DataError("the lexicon is wrong")


def fault() -> Reader:
    raise ZeroDivisionError


def perish() -> Reader:
    os._exit(7)


def test_what_a_stage_cannot_go_on_with_stops_the_build(articles: Path, tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="the disk is full"):
        run(articles, out=tmp_path / "g.nt", jobs=2, stages=stages_of(full))


def full() -> Reader:
    reader = stub_reading.open_reader(BuildOptions())
    return Reader(model=reader.model, annotate=stop, link=reader.link, finish=reader.finish)


def stop(_documents: Iterable[SourceDocument]) -> Iterator[AnnotatedDocument]:
    raise ResourceError("the disk is full")


def test_what_a_library_prints_does_not_come_between(articles: Path, tmp_path: Path) -> None:
    report = run(articles, out=tmp_path / "g.nt", jobs=2, stages=stages_of(chatter))
    assert report.read == 100


def chatter() -> Reader:
    print("loading")
    os.write(1, b"from C\n")
    return stub_reading.open_reader(BuildOptions())


@pytest.mark.parametrize("jobs", [0, -1])
def test_no_jobs_read_nothing(articles: Path, tmp_path: Path, jobs: int) -> None:
    with pytest.raises(UsageError, match="give 1 or more"):
        run(articles, out=tmp_path / "g.nt", jobs=jobs)


def test_few_articles_start_few_processes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain.")
    stages = stages_of(partial(counted, tmp_path))
    assert run(tmp_path / "a.txt", out=tmp_path / "g.nt", jobs=8, stages=stages).read == 1
    assert len(list(tmp_path.glob("*.opened"))) == 1


def counted(folder: Path) -> Reader:
    (folder / f"{os.getpid()}.opened").touch()
    return stub_reading.open_reader(BuildOptions())


@pytest.mark.parametrize("jobs", [1, 3])
def test_what_is_under_way_is_bounded(articles: Path, jobs: int) -> None:
    for number in range(100, 1000):
        (articles / f"{number:03}.txt").write_text("Rain.")
    given: list[int] = []

    def documents() -> Iterator[SourceDocument]:
        for document in read_documents([articles], on_error=lambda error: pytest.fail(str(error))):
            given.append(1)
            yield document

    longest = 0
    with open_reading(stub_reading.stages().open_reader, jobs) as opened:
        for done, _ in enumerate(opened.read(documents())):
            longest = max(longest, len(given) - done)
    assert len(given) == 1000
    assert longest <= (jobs * 3 + 1) * 16


# Strict


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("text", "message"),
    [(b"BREAK", "could not be analysed"), (b"\0", "020.txt"), (b"", "020.txt: is empty")],
)
def test_strict_stops_at_the_first_document_that_fails(
    articles: Path, tmp_path: Path, jobs: int, text: bytes, message: str
) -> None:
    (articles / "020.txt").write_bytes(text)
    (articles / "021.txt").write_bytes(b"\0")
    (tmp_path / "g.nt").write_text("old")
    done: list[str] = []
    with pytest.raises(KgError, match=message) as caught:
        run(articles, out=tmp_path / "g.nt", jobs=jobs, strict=True, on_article=done.append)
    assert caught.value.exit_status == 1
    assert str(caught.value).startswith("020.txt") or "/020.txt" in str(caught.value)
    assert done == [f"{number:03}.txt" for number in range(20)]
    assert (tmp_path / "g.nt").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "g.nt"]


# Processes do not outlive the build

SLOW = """
import signal, sys
from functools import partial
from pathlib import Path
from test_build_jobs import build, slow, stages_of
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where tests run in the background
articles, out, folder = map(Path, sys.argv[1:])
build([articles], out, stages=stages_of(partial(slow, folder)), jobs=2)
"""


def slow(folder: Path) -> Reader:
    (folder / f"{os.getpid()}.pid").touch()
    reader = stub_reading.open_reader(BuildOptions())
    return Reader(model=reader.model, annotate=sleep, link=reader.link, finish=reader.finish)


def sleep(_documents: Iterable[SourceDocument]) -> Iterator[AnnotatedDocument]:
    time.sleep(60)
    raise ValueError("too late")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_build(articles: Path, tmp_path: Path, number: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, articles, tmp_path / "g.nt", tmp_path],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
    )
    with process:
        wait_for(lambda: len(list(tmp_path.glob("*.pid"))) == 2)
        begin = time.monotonic()
        process.send_signal(number)
        try:
            assert process.wait(10) == -number
        finally:
            process.kill()
        # Standard error is at its end when nobody holds it open any more.
        said = process.stderr.read().decode() if process.stderr else ""
        assert time.monotonic() - begin < 10
    assert said.count("Traceback") == (number == signal.SIGINT)  # the script's own
    assert not (tmp_path / "g.nt").exists()


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not what():
        assert time.monotonic() < until, "it does not come"
        time.sleep(0.02)
