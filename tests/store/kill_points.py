"""Builds that are ended by SIGKILL at chosen moments, and what is found after each.

    python kill_points.py FOLDER POINTS [--model]

The moments are counted in calls: of every function that is called from the modules that write to a store, C
functions among them (commits, renames, syncs, loading, and each read while Oxigraph loads). A first run of
each scene counts them; then the scene is played again in a new process for each of the POINTS, spread over
all. Each process is a fork of this one, which itself opens no store. Prints a line of JSON for each scene.
Articles are read by stages of the tests, which must be on the path; with ``--model`` by the program's own.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import stub_people

import kg.atomic
import kg.grow.articles
import kg.store.embedded
from kg.build import build
from kg.config import BuildOptions
from kg.grow import import_file, withdraw
from kg.reading.stages import Stages, own_stages
from kg.store.ledger import Ledger
from kg.store.opening import open_source
from kg.store.state import is_store, read_state

_PACKAGE = Path(kg.atomic.__file__).parent
_REPORTS = _PACKAGE.parent / "data" / "reports"
_WATCHED = tuple(str(_PACKAGE / name) for name in ("grow", "store", "atomic.py"))
_INTAKE = tuple(str(_PACKAGE / name) for name in ("grow/articles.py", "store/ledger.py"))
_FOREIGN = '<urn:x> <urn:y> "{}" .\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What is read, and by which stages; `few` articles were there before, the last of them otherwise."""

    stages: Stages
    texts: dict[str, str]
    few: tuple[str, ...]
    gone: tuple[str, ...]

    def grow(self, store: Path, **options: bool) -> None:
        folder = stub_people.write_articles(store.parent / "articles", self.texts)
        build([folder], store, stages=self.stages, **options)  # type: ignore[arg-type]

    def nothing(self, _store: Path) -> None:
        """A new store."""

    def some(self, store: Path) -> None:
        """A store of a few articles, one of which has changed since, and something imported."""
        texts = {name: self.texts[name] for name in self.few}
        texts[self.few[-1]] = self.texts[self.few[0]].replace("b", "p")
        build([stub_people.write_articles(store.parent / "few", texts)], store, stages=self.stages)
        self.bring(store, "foreign.nt")

    def all_of_it(self, store: Path) -> None:
        self.grow(store)
        self.bring(store)

    def rebuild(self, store: Path) -> None:
        self.grow(store, rebuild=True)

    def take_out(self, store: Path) -> None:
        withdraw(self.gone, store, stages=self.stages)

    def bring(self, store: Path, name: str = "more.nt") -> None:
        path = store.parent / name
        path.write_text(_FOREIGN.format(name))
        import_file(path, store)

    def scenes(self) -> tuple[Scene, ...]:
        """What is played."""
        return (
            Scene(name="first", before=self.nothing, act=self.grow, share=0.2),
            Scene(name="reading", before=self.some, act=self.grow, share=0.2, watched=_INTAKE),
            Scene(name="more", before=self.some, act=self.grow, share=0.2),
            Scene(name="rebuild", before=self.some, act=self.rebuild, share=0.15),
            Scene(name="remove", before=self.all_of_it, act=self.take_out, share=0.15),
            Scene(name="import", before=self.some, act=self.bring, share=0.1),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is there before, what is done, its share of the points, the modules whose calls are counted."""

    name: str
    before: Callable[[Path], None]
    act: Callable[[Path], None]
    share: float
    watched: tuple[str, ...] = _WATCHED


def stub_play() -> Play:
    return Play(
        stages=stub_people.stages(),
        texts=stub_people.TEXTS,
        few=("a.txt", "e.txt", "b.txt"),
        gone=("c.txt", "d.txt"),
    )


def real_play() -> Play:
    """The first of the sample reports, by the stages that the program brings, loaded once."""
    paths = sorted(_REPORTS.glob("*.txt"))[:6]
    texts = {path.name: path.read_text(encoding="utf-8") for path in paths}
    own = own_stages(BuildOptions())
    reader, reduce = own.open_reader(), own.open_reduce()
    names = tuple(texts)
    return Play(
        stages=Stages(open_reader=lambda: reader, open_reduce=lambda: reduce),
        texts=texts,
        few=names[:3],
        gone=names[1:3],
    )


class Countdown:
    """Counts calls from the modules `watched`, and ends the process at the one numbered `last`."""

    def __init__(self, last: int, watched: tuple[str, ...]) -> None:
        self.last, self.count, self._watched = last, 0, watched

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        if event not in ("call", "c_call"):
            return
        caller = frame if event == "c_call" else frame.f_back
        if caller is None or not caller.f_code.co_filename.startswith(self._watched):
            return
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def in_child(work: Callable[[], object]) -> tuple[int, object]:
    """The status of a process that does `work` (negative where a signal ended it), and what it returned."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            with os.fdopen(writing, "w") as told:
                json.dump(work(), told)
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), json.loads(said) if said else None


def dump(store: Path) -> list[str]:
    opened = open_source(str(store))
    stream = io.BytesIO()
    opened.dump(stream)
    opened.close()
    return sorted(stream.getvalue().decode().splitlines())


def look(store: Path) -> dict[str, object]:
    """What is in a store: its quads, and the articles of its ledgers."""
    if not is_store(store):
        return {"quads": [], "articles": {}}
    state = read_state(store)
    articles: dict[str, list[str]] = {}
    for name in filter(None, (state.ledger, state.next_ledger)):
        with Ledger.open(store / name, write=True) as ledger:
            for identifier, quads in zip(ledger.identifiers(), ledger.quads(), strict=True):
                articles.setdefault(identifier, []).append(quads.decode())
    return {"quads": dump(store), "articles": articles}


def begin(store: Path, act: Callable[[Path], None]) -> dict[str, object]:
    """What is in a store after something was done."""
    act(store)
    return look(store)


def go_on(store: Path, act: Callable[[Path], None]) -> list[object]:
    """What is in a store; what is in it after the work was done again; and what lies in its folder."""
    after = look(store)
    act(store)
    return [after, look(store), sorted(path.name for path in store.iterdir())]


def act_out(scene: Scene, place: Path, points: int) -> dict[str, object]:
    """What came of a scene: what is in the store before and after it, and after each of its sudden ends."""
    start = place / "start" / "store"
    start.parent.mkdir(parents=True)
    status, was = in_child(lambda: begin(start, scene.before))
    assert status == 0, f"{scene.name}: what comes before the scene fails"

    def played(store: Path, last: int) -> int:
        counted = Countdown(last, scene.watched)
        sys.setprofile(counted)
        try:
            scene.act(store)
        finally:
            sys.setprofile(None)
        return counted.count

    def stage(number: int) -> Path:
        folder = place / str(number)
        shutil.copytree(start.parent, folder)
        return folder / "store"

    whole = stage(0)
    status, calls = in_child(lambda: played(whole, 0))
    assert status == 0 and isinstance(calls, int), f"{scene.name}: the scene itself fails"
    _, will = in_child(lambda: look(whole))
    ends = []
    for number in range(1, points + 1):
        store = stage(number)
        last = max(1, round(calls * (number - 0.5) / points))
        ended = in_child(lambda store=store, last=last: played(store, last))  # type: ignore[misc]
        gone_on = in_child(lambda store=store: go_on(store, scene.act))  # type: ignore[misc]
        ends.append({"call": last, "ended": ended[0], "gone_on": gone_on[1]})
        shutil.rmtree(store.parent)
    return {"scene": scene.name, "calls": calls, "was": was, "will": will, "ends": ends}


def main() -> None:
    place, points = Path(sys.argv[1]), int(sys.argv[2])
    play = real_play() if "--model" in sys.argv[3:] else stub_play()
    kg.grow.articles._BATCH_ARTICLES = 2
    for scene in play.scenes():
        part = max(1, round(points * scene.share))
        print(json.dumps(act_out(scene, place / scene.name, part)), flush=True)


if __name__ == "__main__":
    main()
