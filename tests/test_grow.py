"""A store that grows: whatever the steps, it holds what a build from nothing with the same articles gives."""

from __future__ import annotations

import errno
import io
import random
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import stub_people
from pyoxigraph import QuerySolutions
from stub_people import TEXTS, write_articles

from kg.build import BuildReport, build
from kg.config import BuildOptions
from kg.corrections import CorrectionFile
from kg.errors import DataError, DocumentError, KgError, ResourceError, UsageError
from kg.grow import import_file, store_status, withdraw
from kg.reading.stages import Stages
from kg.store.embedded import open_folder
from kg.store.ledger import Ledger
from kg.store.lock import locked
from kg.store.opening import open_source
from kg.store.protocol import Store
from kg.store.state import read_state

STAGES = stub_people.stages()
BASE = "https://w3id.org/newskg/id/"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", TEXTS)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def run(store: Path, *inputs: Path, stages: Stages = STAGES, **more: object) -> BuildReport:
    return build(inputs, store, stages=stages, **more)  # type: ignore[arg-type]


def dump(source: Path) -> list[bytes]:
    with closing(open_source(str(source))) as opened:
        stream = io.BytesIO()
        opened.dump(stream)
        return sorted(stream.getvalue().splitlines())


@pytest.fixture
def whole(articles: Path, tmp_path: Path) -> list[bytes]:
    """The quads of a build into a file."""
    run(tmp_path / "whole.nq", articles)
    return dump(tmp_path / "whole.nq")


# Order: the same articles give the same quads, whatever the steps


def test_in_one_go_it_is_what_a_file_is(articles: Path, store: Path, whole: list[bytes]) -> None:
    report = run(store, articles)
    assert (report.read, report.unchanged, report.replaced) == (len(TEXTS), 0, ())
    assert dump(store) == whole
    assert report.counts is not None
    assert report.counts.triples == len(whole)
    assert report.counts.events == 5  # of six accounts: two tell of one meeting
    assert report.counts.entities == 6


@pytest.mark.parametrize("seed", range(3))
def test_in_five_steps_and_any_order(articles: Path, store: Path, whole: list[bytes], seed: int) -> None:
    paths = sorted(articles.iterdir())
    random.Random(seed).shuffle(paths)
    for step in range(5):
        run(store, *paths[step::5])
    assert dump(store) == whole


def test_removed_and_added_again(articles: Path, store: Path, whole: list[bytes], tmp_path: Path) -> None:
    run(store, articles)
    gone = withdraw(["c.txt", f"{BASE}article/g.txt"], store, stages=STAGES)
    assert gone.articles == ("c.txt", "g.txt")
    rest = {name: text for name, text in TEXTS.items() if name not in gone.articles}
    run(tmp_path / "rest.nq", write_articles(tmp_path / "rest", rest))
    assert dump(store) == dump(tmp_path / "rest.nq")
    assert gone.totals.triples == len(dump(store))
    assert run(store, articles).read == 2
    assert dump(store) == whole


def test_what_was_read_wrongly_at_first_leaves_nothing(
    articles: Path, store: Path, whole: list[bytes]
) -> None:
    for name in TEXTS:
        (articles / name).write_text("Hal Ames met Uma Voss. Nobody came.")
    run(store, articles)
    report = run(store, write_articles(articles, TEXTS))
    assert report.replaced == tuple(sorted(TEXTS))
    assert dump(store) == whole


def test_what_is_there_is_not_read_again(articles: Path, store: Path) -> None:
    def never() -> None:
        raise AssertionError("the models are loaded")

    run(store, articles)
    before = read_state(store)
    report = run(store, articles, stages=replace(STAGES, open_reader=never, open_reduce=never))  # type: ignore[arg-type]
    assert (report.read, report.unchanged) == (0, len(TEXTS))
    assert read_state(store) == before
    (articles / "b.txt").write_text("Bo Lim slept.")
    report = run(store, articles)
    assert (report.read, report.unchanged, report.replaced) == (1, len(TEXTS) - 1, ("b.txt",))


def test_all_can_go(articles: Path, store: Path) -> None:
    run(store, articles)
    withdraw(list(TEXTS), store, stages=STAGES)
    assert dump(store) == []
    assert store_status(store).totals.articles == 0


@pytest.mark.model
def test_the_real_stages_too(tmp_path: Path) -> None:
    reports = sorted((Path(__file__).parent.parent / "data" / "reports").glob("*.txt"))[:5]
    build(reports, tmp_path / "whole.nq")
    store = tmp_path / "store"
    build(reports[2:], store)
    build([reports[0], reports[3]], store)
    withdraw([reports[4].name], store)
    build(reports[::-1], store)
    assert dump(store) == dump(tmp_path / "whole.nq")


# What goes wrong


def test_a_corrected_article_that_breaks_leaves_the_one_before(articles: Path, store: Path) -> None:
    run(store, articles)
    before = dump(store)
    (articles / "b.txt").write_text("BREAK.")
    told: list[str] = []
    report = run(store, articles, on_notice=told.append)
    assert (report.read, report.exit_status) == (0, 1)
    assert dump(store) == before
    assert told == ["b.txt: the store keeps it as it was read before"]


def test_a_strict_build_keeps_what_it_read_and_goes_on(
    articles: Path, store: Path, whole: list[bytes]
) -> None:
    (articles / "d.txt").write_text("BREAK.")
    with pytest.raises(DocumentError):
        run(store, articles, strict=True)
    assert dump(store) == []
    status = store_status(store)
    assert status.pending == 3
    assert status.next_step == f"kg build '{articles}' -o '{store}'"
    write_articles(articles, TEXTS)
    assert run(store, articles).unchanged == 3
    assert dump(store) == whole
    assert store_status(store).next_step is None


def test_a_second_build_at_once_is_told(articles: Path, store: Path) -> None:
    run(store, articles)
    with locked(store):
        for work in (
            lambda: run(store, articles),
            lambda: withdraw(["a.txt"], store, stages=STAGES),
            lambda: import_file(articles / "x.nt", store),
        ):
            (articles / "x.nt").write_text("")
            with pytest.raises(
                ResourceError, match=r"another program is at work on this store \(process \d+\)"
            ):
                work()
        assert open_folder(store)
    run(store, articles)


def test_a_folder_of_something_else_is_refused(articles: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"is no store, and holds other things \(a\.txt\)"):
        run(articles, articles)
    with pytest.raises(ResourceError, match="mkdir -p"):
        run(tmp_path / "no" / "store", articles)
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="is a file, and a store is a folder"):
        run(tmp_path / "file", articles)
    with pytest.raises(UsageError, match="only a store is rebuilt"):
        run(tmp_path / "g.nq", articles, rebuild=True)


def test_without_an_article_no_store_is_made(tmp_path: Path, store: Path) -> None:
    report = run(store, tmp_path / "nope.txt")
    assert (report.counts, report.exit_status) == (None, 3)
    assert not store.exists()


@pytest.mark.parametrize("names", [["A.txt"], ["a.txt", "x.txt"], [f"{BASE}article/x.txt"]])
def test_an_article_that_is_not_there_is_named_with_the_nearest(
    articles: Path, store: Path, names: list[str]
) -> None:
    run(store, articles)
    before = dump(store)
    with pytest.raises(DataError, match=r"has no article '.*': did you mean '|list them with: kg query"):
        withdraw(names, store, stages=STAGES)
    assert dump(store) == before


def test_what_was_removed_before_is_passed_over(articles: Path, store: Path) -> None:
    run(store, articles)
    withdraw(["a.txt"], store, stages=STAGES)
    before = read_state(store)
    withdraw(["a.txt"], store, stages=STAGES)
    assert read_state(store) == before


def test_a_full_disk_loses_nothing(
    articles: Path, store: Path, whole: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Iterator[bytes]:
        raise OSError(errno.ENOSPC, "No space left on device")

    run(store, articles / "a.txt")
    before = dump(store)
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "quads", full)
        with pytest.raises(ResourceError, match="free some space"):
            run(store, articles)
    assert dump(store) == before
    assert store_status(store).pending == len(TEXTS) - 1
    assert run(store, articles).unchanged == len(TEXTS)
    assert dump(store) == whole


def test_a_disk_that_is_really_full_loses_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)]
    try:
        subprocess.run(mount, check=True, capture_output=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        pytest.skip("may not mount a file system here")
    try:
        store, folder = disk / "store", tmp_path / "many"
        run(store, write_articles(folder, {"a.txt": TEXTS["a.txt"]}))
        before = dump(store)
        write_articles(
            folder, {f"n{i:04}.txt": f"Ana Sol met Bo Lim {random.Random(i).random()}." for i in range(3000)}
        )
        with pytest.raises(ResourceError) as caught:
            run(store, folder)
        assert "\n" not in str(caught.value)
        assert "free some space" in str(caught.value)
        assert dump(store) == before
    finally:
        subprocess.run(["umount", str(disk)], check=False, capture_output=True, timeout=10)


# Settings


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (BuildOptions(base_iri="https://example.org/"), f"was built with --base-iri {BASE}"),
        (BuildOptions(keep_text=True), "was built without --text"),
        (BuildOptions(model="other"), "was built without --model"),
        (BuildOptions(merge=False), "was built without --no-merge"),
    ],
)
def test_other_settings_are_refused_or_all_is_read_anew(
    articles: Path, store: Path, changed: BuildOptions, message: str, tmp_path: Path
) -> None:
    run(store, articles)
    before = dump(store)
    with pytest.raises(UsageError, match="--rebuild") as caught:
        run(store, articles, options=changed)
    assert message in str(caught.value)
    assert dump(store) == before
    stages = stub_people.stages(changed)
    report = run(store, articles, options=changed, rebuild=True, stages=stages)
    assert report.read == len(TEXTS)
    run(tmp_path / "other.nq", articles, options=changed, stages=stages)
    assert dump(store) == dump(tmp_path / "other.nq")
    assert run(store, articles, options=changed).unchanged == len(TEXTS)


def test_a_file_of_the_users_that_changed_is_named(articles: Path, store: Path, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("one")
    run(store, articles, options=BuildOptions(gazetteers=(table,)))
    with pytest.raises(UsageError, match=r"was built with --gazetteer .*own\.csv"):
        run(store, articles)
    moved = tmp_path / "moved.csv"
    moved.write_text("one")
    assert run(store, articles, options=BuildOptions(gazetteers=(moved,))).unchanged
    table.write_text("two")
    with pytest.raises(UsageError, match=r"was built with --gazetteer .*own\.csv"):
        run(store, articles, options=BuildOptions(gazetteers=(table,)))


def test_a_store_of_another_version_is_asked_but_not_added_to(
    articles: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(store, articles)
    before = dump(store)
    monkeypatch.setattr("kg.grow.settings.program_version", lambda: "99")
    for work in (lambda: run(store, articles), lambda: withdraw(["a.txt"], store, stages=STAGES)):
        with pytest.raises(UsageError, match=r"was built by newskg .*: kg build INPUT... -o '.*' --rebuild"):
            work()
    assert dump(store) == before
    assert not store_status(store).current
    run(store, articles, rebuild=True)
    assert store_status(store).current


def test_another_version_of_the_pipeline_is_refused(articles: Path, store: Path) -> None:
    run(store, articles / "a.txt")

    def newer() -> object:
        return replace(STAGES.open_reader(), model="none 2")

    with pytest.raises(UsageError, match="was read by the pipeline none 1, and none 2 is installed"):
        run(store, articles, stages=replace(STAGES, open_reader=newer))  # type: ignore[arg-type]


def test_a_rebuild_says_what_is_gone_and_keeps_what_was_imported(
    articles: Path, store: Path, tmp_path: Path
) -> None:
    run(store, articles)
    (tmp_path / "x.nt").write_text('<urn:x> <urn:y> "z" .\n')
    import_file(tmp_path / "x.nt", store)
    told: list[str] = []
    run(store, articles / "a.txt", articles / "b.txt", rebuild=True, on_notice=told.append)
    assert told == [
        f"{store}: not among the inputs, so no longer in the store: c.txt, d.txt, e.txt, f.txt, g.txt"
    ]
    assert store_status(store).totals.articles == 2
    assert [each.triples for each in store_status(store).imported] == [1]


def test_a_rebuild_of_which_nothing_comes_changes_nothing(articles: Path, store: Path) -> None:
    run(store, articles)
    before = dump(store)
    (articles / "a.txt").write_text("BREAK.")
    report = run(store, articles / "a.txt", rebuild=True)
    assert report.exit_status == 1
    assert dump(store) == before
    told: list[str] = []
    run(store, articles / "b.txt", on_notice=told.append)
    assert told == [f"{store}: a rebuild that was not finished is given up"]


def test_corrections_outlast_builds_and_rebuilds(articles: Path, store: Path) -> None:
    seen: list[int] = []

    def open_reduce() -> object:
        real = STAGES.open_reduce()

        def reduced(digests: object, corrections: tuple[object, ...] = (), /) -> object:
            seen.append(len(corrections))
            return replace(real(digests), unapplied=("corrections.yaml, line 1: nobody",))  # type: ignore[arg-type]

        return reduced

    stages = replace(STAGES, open_reduce=open_reduce)  # type: ignore[arg-type]
    text = "- untrue: id:event/1\n  by: Ana\n  why: no\n"
    told: list[str] = []
    run(store, articles / "a.txt", stages=stages)
    corrections = CorrectionFile(name="c.yaml", text=text, entries=())
    run(store, articles / "a.txt", corrections=corrections, stages=stages, on_notice=told.append)
    assert told == ["corrections.yaml, line 1: nobody"]
    run(store, articles / "a.txt", corrections=corrections, stages=stages)
    run(store, articles, stages=stages)
    run(store, articles, rebuild=True, stages=stages)
    withdraw(["a.txt"], store, stages=stages)
    assert seen == [0, 1, 1, 1, 1]
    assert store_status(store).corrections == "c.yaml"


# The facts of the runs


def runs_of(store: Store) -> list[tuple[str, ...]]:
    rows = store.query(
        "PREFIX prov: <http://www.w3.org/ns/prov#> SELECT ?run ?start ?end (COUNT(?article) AS ?n) WHERE { "
        f"GRAPH <{BASE}graph/runs> {{ ?run prov:startedAtTime ?start "
        "OPTIONAL { ?run prov:endedAtTime ?end } OPTIONAL { ?article prov:wasGeneratedBy ?run } } } "
        "GROUP BY ?run ?start ?end ORDER BY ?run"
    )
    assert isinstance(rows, QuerySolutions)
    return [tuple(getattr(row[at], "value", "") for at in range(4)) for row in rows]


def test_the_runs_are_in_their_graph_and_nowhere_else(
    articles: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    run(store, articles / "a.txt", articles / "b.txt")
    (articles / "d.txt").write_text("BREAK.")
    with pytest.raises(KgError):
        run(store, articles / "c.txt", articles / "d.txt", strict=True)
    run(store, articles)
    opened = open_source(str(store))
    when = "2023-11-14T22:13:20Z"
    assert runs_of(opened) == [
        (f"{BASE}run/1", when, when, "2"),
        (f"{BASE}run/2", when, "", "1"),
        (f"{BASE}run/3", when, when, "3"),
    ]
    assert f"{BASE}graph/runs" not in list(opened.graphs())
    assert not any(b"run/1" in line or str(articles).encode() in line for line in dump(store))
    everything = opened.query("SELECT ?g WHERE { GRAPH ?g { ?run a <http://www.w3.org/ns/prov#Activity> } }")
    assert isinstance(everything, QuerySolutions)
    assert list(everything) == []


def test_corrections_that_are_refused_are_not_kept(articles: Path, store: Path) -> None:
    def open_reduce() -> object:
        real = STAGES.open_reduce()

        def reduced(digests: object, corrections: tuple[object, ...] = (), /) -> object:
            if corrections:
                raise DataError("bad.yaml, line 2: says the opposite of line 1")
            return real(digests)  # type: ignore[arg-type]

        return reduced

    stages = replace(STAGES, open_reduce=open_reduce)  # type: ignore[arg-type]
    run(store, articles / "a.txt", stages=stages)
    before = dump(store)
    bad = CorrectionFile(name="bad.yaml", text="- untrue: X\n  by: A\n  why: b\n", entries=())
    with pytest.raises(DataError, match="line 2"):
        run(store, articles / "a.txt", corrections=bad, stages=stages)
    assert dump(store) == before
    run(store, articles / "a.txt", stages=stages)
    assert store_status(store).pending == 0
