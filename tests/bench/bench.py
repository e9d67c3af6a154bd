"""Speed and memory as ratios to what they stand on, taken side by side in one run.

    python tests/bench/bench.py [build] [entities] [query] [start] [memory] [places] [ablation]

build      words per second of `kg build` to those of the bare language model with the same components
entities   the time to find who is who, linking with it, to that of the bare model on the same articles
query      a saved query through `kg query` to the same text given to Oxigraph by a script
start      `kg --help` to importing click
memory     the peak of `kg build` over 500 articles to that over 50
places     the time and the memory to open the gazetteers with their index of places, to what is allowed
ablation   what each step adds to the entities, on the annotated sets that are here (``ablation.py``);
           with ``--markdown FILE`` also as the table of ``data/README.md``

The sides of `build`, `query` and `start` are processes of their own, so both pay for their start; they
take turns, and the best of the rounds counts. Leaves with 1 where a ratio is past its limit. The articles
are those of ``data/reports``, repeated under new ids.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
REPORTS = ROOT / "data" / "reports"
KG = (sys.executable, "-c", "import sys; from kg.cli.main import main; sys.exit(main())")
BARE_MODEL = (sys.executable, str(Path(__file__).with_name("bare_model.py")))
BARE_QUERY = (sys.executable, str(Path(__file__).with_name("bare_query.py")))
ENTITIES_SHARE = (sys.executable, str(Path(__file__).with_name("entities_share.py")))
OPEN_PLACES = (sys.executable, str(Path(__file__).with_name("open_places.py")))
ROUNDS = 5
PLACES_SECONDS, PLACES_MEMORY = 0.5, 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process: seconds by the clock, and its peak resident memory in MiB."""

    seconds: float
    peak: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """One line of the result; `low` and `high` are the limits, where there are any."""

    name: str
    ours: str
    theirs: str
    value: float
    low: float | None = None
    high: float | None = None

    def kept(self) -> bool:
        """Whether the ratio is within its limits."""
        return (self.low is None or self.value >= self.low) and (self.high is None or self.value <= self.high)

    def line(self) -> str:
        """The ratio as one printed line, 80 columns wide at most."""
        limit = "-"
        if self.low is not None or self.high is not None:
            limit = f"at least {self.low}" if self.low is not None else f"at most {self.high}"
        return f"{self.name:29} {self.ours:>13} {self.theirs:>13} {self.value:6.2f}  {limit}"


def measure(command: Sequence[object]) -> Run:
    """Run a command to its end; raises `SystemExit` with what it said where it fails."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(
                f"{command} left with {process.returncode}:\n{said.read().decode(errors='replace')}"
            )
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Run(seconds=seconds, peak=used.ru_maxrss / unit)


def told(command: Sequence[object]) -> dict[str, float]:
    """The figures that a command prints as JSON; raises `SystemExit` where it fails."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise SystemExit(f"{command} left with {done.returncode}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def best(ours: Sequence[object], theirs: Sequence[object], rounds: int) -> tuple[float, float]:
    """The shortest time of each of two commands, which take turns."""
    pairs = [(measure(ours).seconds, measure(theirs).seconds) for _ in range(rounds)]
    return min(mine for mine, _ in pairs), min(other for _, other in pairs)


def texts() -> list[tuple[str, str]]:
    """Date and text of the sample reports."""
    found = []
    for path in sorted(REPORTS.glob("*.txt")):
        head, _, rest = path.read_text(encoding="utf-8").lstrip().partition("\n")
        dated = head.startswith("date ")
        found.append(
            (head.split()[1], f"{head[15:]}\n{rest}".strip()) if dated else ("", f"{head}\n{rest}".strip())
        )
    for line in (REPORTS / "reports.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        found.append((record["date"], record["text"]))
    return found


def corpus(path: Path, articles: int) -> int:
    """Write `articles` records to `path`; return how many words they hold."""
    words = 0
    with path.open("w", encoding="utf-8") as out:
        for number, (date, text) in zip(count(), islice(cycle(texts()), articles), strict=False):
            words += len(text.split())
            record = {"id": f"report-{number:05}", "text": text} | ({"date": date} if date else {})
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return words


def components() -> list[str]:
    """The components of the bare model that `kg build` runs, in their order."""
    from kg.annotate.pipeline import Annotator
    from kg.gazetteer import Gazetteers

    ours = Annotator.open(gazetteers=Gazetteers.open()).nlp
    return [name for name in ours.pipe_names if type(ours.get_pipe(name)).__module__.startswith("spacy.")]


def bench_build(work: Path) -> Ratio:
    """`kg build` against the bare model."""
    records = work / "build.jsonl"
    words = corpus(records, 160)
    ours, theirs = best(
        [*KG, "build", records, "-o", work / "build.nq"], [*BARE_MODEL, records, *components()], ROUNDS
    )
    return Ratio(
        name="kg build : bare nlp.pipe",
        ours=f"{words / ours:.0f} words/s",
        theirs=f"{words / theirs:.0f} words/s",
        value=theirs / ours,
        low=0.55,
    )


def bench_entities(work: Path) -> Ratio:
    """Names, reference, posts and links beside the bare model."""
    records = work / "entities.jsonl"
    corpus(records, len(texts()))
    seconds = told([*ENTITIES_SHARE, records])
    ours, theirs = seconds["entities"] + seconds["linking"], seconds["bare"]
    return Ratio(
        name="entities : bare nlp.pipe",
        ours=f"{ours * 1000:.0f} ms",
        theirs=f"{theirs * 1000:.0f} ms",
        value=ours / theirs,
        high=0.25,
    )


def bench_query(work: Path) -> Ratio:
    """`kg query` against Oxigraph in a script of a few lines."""
    records, graph = work / "query.jsonl", work / "query.ttl"
    corpus(records, 48)
    measure([*KG, "build", records, "-o", graph])
    ours, theirs = best(
        [*KG, "query", "captures", "--data", graph, "--format", "csv"],
        [*BARE_QUERY, ROOT / "queries" / "captures.rq", graph],
        ROUNDS,
    )
    return Ratio(
        name="kg query : bare pyoxigraph",
        ours=f"{ours * 1000:.0f} ms",
        theirs=f"{theirs * 1000:.0f} ms",
        value=ours / theirs,
    )


def bench_start(_: Path) -> Ratio:
    """`kg --help` against the import of the library that it is made with."""
    script = shutil.which("kg", path=str(Path(sys.executable).parent))
    ours, theirs = best(
        [script, "--help"] if script else [*KG, "--help"], [sys.executable, "-c", "import click"], 15
    )
    return Ratio(
        name="kg --help : import click",
        ours=f"{ours * 1000:.0f} ms",
        theirs=f"{theirs * 1000:.0f} ms",
        value=ours / theirs,
        high=1.6,
    )


def bench_memory(work: Path) -> Ratio:
    """The peak of a build over 500 articles against one over 50."""
    peaks = {}
    for articles in (50, 500):
        records = work / f"memory-{articles}.jsonl"
        corpus(records, articles)
        peaks[articles] = measure([*KG, "build", records, "-o", work / "memory.nq"]).peak
    return Ratio(
        name="memory: 500 articles : 50",
        ours=f"{peaks[500]:.0f} MiB",
        theirs=f"{peaks[50]:.0f} MiB",
        value=peaks[500] / peaks[50],
        high=1.2,
    )


def bench_places(_: Path) -> Iterator[Ratio]:
    """Opening the gazetteers, the index of places built before, beside what it may take."""
    told(OPEN_PLACES)
    rounds = [told(OPEN_PLACES) for _ in range(ROUNDS)]
    seconds, memory = (min(each[part] for each in rounds) for part in ("seconds", "memory"))
    yield Ratio(
        name="places: time : allowed",
        ours=f"{seconds * 1000:.0f} ms",
        theirs=f"{PLACES_SECONDS * 1000:.0f} ms",
        value=seconds / PLACES_SECONDS,
        high=1,
    )
    yield Ratio(
        name="places: memory : allowed",
        ours=f"{memory:.0f} MiB",
        theirs=f"{PLACES_MEMORY:.0f} MiB",
        value=memory / PLACES_MEMORY,
        high=1,
    )


BENCHES: dict[str, Callable[[Path], Ratio | Iterator[Ratio]]] = {
    "start": bench_start,
    "places": bench_places,
    "query": bench_query,
    "entities": bench_entities,
    "build": bench_build,
    "memory": bench_memory,
}
ABLATION = "ablation"


def main() -> int:
    """Run the benches that are named, or all; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("benches", nargs="*", metavar="BENCH", help=", ".join((*BENCHES, ABLATION)))
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table of the ablation there")
    asked = parser.parse_args()
    wanted = asked.benches or [*BENCHES, ABLATION]
    if unknown := set(wanted) - {*BENCHES, ABLATION}:
        parser.error(
            f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join((*BENCHES, ABLATION))}"
        )
    missed = ratios([name for name in wanted if name != ABLATION])
    for name in missed:
        print(f"past its limit: {name}", file=sys.stderr)
    if ABLATION in wanted:
        import ablation

        print()
        ablation.main(["--markdown", str(asked.markdown)] if asked.markdown else [])
    return 1 if missed else 0


def ratios(names: list[str]) -> list[str]:
    """Run and print these benches; the names of the ratios that are past their limits."""
    if names:
        print(f"{'':29} {'ours':>13} {'theirs':>13} {'ratio':>6}  limit", flush=True)
    missed = []
    for name in names:
        with tempfile.TemporaryDirectory(prefix="newskg-bench-") as work:
            found = BENCHES[name](Path(work))
            for ratio in [found] if isinstance(found, Ratio) else found:
                print(ratio.line(), flush=True)
                if not ratio.kept():
                    missed.append(ratio.name)
    return missed


if __name__ == "__main__":
    sys.exit(main())
