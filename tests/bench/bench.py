"""Speed and memory as ratios to what they stand on, taken side by side in one run.

    python tests/bench/bench.py [--rounds N] [BENCH]...

build      words per second of `kg build` to those of the bare language model with the same components
entities   the time to find who is who, linking with it, to that of the bare model on the same articles
validate   `kg build`, which checks what it makes, to `kg build --no-validate`
query      a saved query through `kg query` to the same text given to Oxigraph by a script
start      `kg --help` to importing click
jobs       `kg build --jobs 2` to `--jobs 1` on 1,000 short articles; beside it the bare model in two and one
memory     the peak of `kg build` over 5,000 short articles to that over 500
store      a million triples: `kg import` to Oxigraph's own bulk load, sorted export to its own unsorted dump
kills      a hundred builds ended by SIGKILL: how many stores were not whole after (a quarter of an hour)
queries    each saved query on a million triples to the same engine called directly; beside it rdflib
places     the time and the memory to open the gazetteers with their index of places, to what is allowed
ablation   what each step adds to the entities, on the annotated sets that are here (``ablation.py``);
           with ``--markdown FILE`` also as the table of ``data/README.md``

The sides of all but `entities`, `places`, `queries` and `kills` are processes of their own, so both pay for
their start; they take turns, and the best of the rounds counts. Leaves with 1 where a ratio is past its
limit. The articles are those of ``data/reports`` and others made of their paragraphs; the million triples are
made by ``big_graph.py``.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import kill
import store_benches
from measuring import KG, ROOT, Ratio, best, measure, told

REPORTS = ROOT / "data" / "reports"
BARE_MODEL = (sys.executable, str(Path(__file__).with_name("bare_model.py")))
BARE_QUERY = (sys.executable, str(Path(__file__).with_name("bare_query.py")))
ENTITIES_SHARE = (sys.executable, str(Path(__file__).with_name("entities_share.py")))
OPEN_PLACES = (sys.executable, str(Path(__file__).with_name("open_places.py")))
ROUNDS = 5
PARAGRAPHS = 6
FIRST_DAY = date(2015, 1, 1)
PLACES_SECONDS, PLACES_MEMORY = 0.5, 100.0


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
    """Write `articles` records to `path`; return how many words they hold.

    After the sample reports come others of their paragraphs, each of another day: as a sample repeated,
    they would all be copies of one another.
    """
    reports = texts()
    paragraphs = [line for _, text in reports for line in text.splitlines() if len(line.split()) > 5]
    words = 0
    with path.open("w", encoding="utf-8") as out:
        for number in range(articles):
            if number < len(reports):
                day, text = reports[number]
            else:
                chosen = random.Random(number).sample(paragraphs, PARAGRAPHS)
                day, text = (FIRST_DAY + timedelta(days=number)).isoformat(), "\n\n".join(chosen)
            words += len(text.split())
            record = {"id": f"report-{number:05}", "text": text} | ({"date": day} if day else {})
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return words


def components() -> list[str]:
    """The components of the bare model that `kg build` runs, in their order."""
    from kg.annotate.pipeline import Annotator
    from kg.gazetteer import Gazetteers

    ours = Annotator.open(gazetteers=Gazetteers.open()).nlp
    return [name for name in ours.pipe_names if type(ours.get_pipe(name)).__module__.startswith("spacy.")]


def bench_build(work: Path, rounds: int) -> Ratio:
    """`kg build` against the bare model."""
    records = work / "build.jsonl"
    words = corpus(records, 160)
    ours, theirs = best(
        [*KG, "build", records, "-o", work / "build.nq"], [*BARE_MODEL, records, *components()], rounds
    )
    return Ratio(
        name="kg build : bare nlp.pipe",
        ours=f"{words / ours:.0f} words/s",
        theirs=f"{words / theirs:.0f} words/s",
        value=theirs / ours,
        low=0.55,
    )


def bench_validate(work: Path, rounds: int) -> Ratio:
    """`kg build` with and without the check of what it makes."""
    records = work / "validate.jsonl"
    corpus(records, 160)
    build = [*KG, "build", records, "-o", work / "validate.nq"]
    checked, unchecked = best(build, [*build, "--no-validate"], rounds)
    return Ratio(
        name="kg build : --no-validate",
        ours=f"{checked:.1f} s",
        theirs=f"{unchecked:.1f} s",
        value=checked / unchecked,
        high=1.1,
    )


def bench_entities(work: Path, _: int) -> Ratio:
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


def bench_query(work: Path, rounds: int) -> Ratio:
    """`kg query` against Oxigraph in a script of a few lines."""
    records, graph = work / "query.jsonl", work / "query.ttl"
    corpus(records, 48)
    measure([*KG, "build", records, "-o", graph])
    ours, theirs = best(
        [*KG, "query", "captures", "--data", graph, "--format", "csv"],
        [*BARE_QUERY, ROOT / "queries" / "captures.rq", graph],
        rounds,
    )
    return Ratio(
        name="kg query : bare pyoxigraph",
        ours=f"{ours * 1000:.0f} ms",
        theirs=f"{theirs * 1000:.0f} ms",
        value=ours / theirs,
    )


def bench_start(_: Path, rounds: int) -> Ratio:
    """`kg --help` against the import of the library that it is made with."""
    script = shutil.which("kg", path=str(Path(sys.executable).parent))
    ours, theirs = best(
        [script, "--help"] if script else [*KG, "--help"], [sys.executable, "-c", "import click"], 3 * rounds
    )
    return Ratio(
        name="kg --help : import click",
        ours=f"{ours * 1000:.0f} ms",
        theirs=f"{theirs * 1000:.0f} ms",
        value=ours / theirs,
        high=1.6,
    )


def bench_memory(work: Path, _: int) -> Ratio:
    """The peak of a build over 5,000 short articles to that over 500."""
    peaks = {}
    for articles in (500, 5000):
        records = work / f"memory-{articles}.jsonl"
        corpus(records, articles)
        peaks[articles] = measure([*KG, "build", records, "-o", work / "memory.nq"]).peak
    return Ratio(
        name="memory: 5,000 articles : 500",
        ours=f"{peaks[5000]:.0f} MiB",
        theirs=f"{peaks[500]:.0f} MiB",
        value=peaks[5000] / peaks[500],
        high=1.2,
    )


def bench_jobs(work: Path, rounds: int) -> Iterator[Ratio]:
    """Two processes to one over 1,000 short articles: `kg build`, and beside it the bare model."""
    records = work / "jobs.jsonl"
    corpus(records, 1000)
    build = [*KG, "build", records, "-o", work / "jobs.nq", "--jobs"]
    bare = [*BARE_MODEL, records, *components(), "--processes"]
    sides = [[*build, 2], [*build, 1], [*bare, 2], [*bare, 1]]
    taken = [[measure(side).seconds for side in sides] for _ in range(rounds)]
    two, one, bare_two, bare_one = (min(times) for times in zip(*taken, strict=True))
    yield Ratio(
        name="kg build --jobs 2 : --jobs 1",
        ours=f"{two:.1f} s",
        theirs=f"{one:.1f} s",
        value=one / two,
        low=1.5,
    )
    yield Ratio(
        name="nlp.pipe, 2 processes : 1",
        ours=f"{bare_two:.1f} s",
        theirs=f"{bare_one:.1f} s",
        value=bare_one / bare_two,
    )


def bench_kills(_: Path, __: int) -> Ratio:
    """Builds with the language model, each ended by SIGKILL at another moment: what went wrong after."""
    ends, faults = kill.play(kill.POINTS)
    for fault in faults:
        print(fault, file=sys.stderr)
    return Ratio(
        name="builds killed : faults",
        ours=f"{ends} kills",
        theirs=f"{len(faults)} faults",
        value=len(faults),
        high=0,
    )


def bench_places(_: Path, rounds: int) -> Iterator[Ratio]:
    """Opening the gazetteers, the index of places built before, beside what it may take."""
    told(OPEN_PLACES)
    taken = [told(OPEN_PLACES) for _ in range(rounds)]
    seconds, memory = (min(each[part] for each in taken) for part in ("seconds", "memory"))
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


BENCHES: dict[str, Callable[[Path, int], Ratio | Iterator[Ratio]]] = {
    "start": bench_start,
    "places": bench_places,
    "query": bench_query,
    "entities": bench_entities,
    "build": bench_build,
    "validate": bench_validate,
    "jobs": bench_jobs,
    "memory": bench_memory,
    "store": store_benches.bench_store,
    "queries": store_benches.bench_queries,
    "kills": bench_kills,
}
ABLATION = "ablation"


def main() -> int:
    """Run the benches that are named, or all; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("benches", nargs="*", metavar="BENCH", help=", ".join((*BENCHES, ABLATION)))
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, metavar="N", help="how often each side runs (5)"
    )
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table of the ablation there")
    asked = parser.parse_args()
    wanted = asked.benches or [*BENCHES, ABLATION]
    if unknown := set(wanted) - {*BENCHES, ABLATION}:
        parser.error(
            f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join((*BENCHES, ABLATION))}"
        )
    missed = ratios([name for name in wanted if name != ABLATION], asked.rounds)
    for name in missed:
        print(f"past its limit: {name}", file=sys.stderr)
    if ABLATION in wanted:
        import ablation

        print()
        ablation.main(["--markdown", str(asked.markdown)] if asked.markdown else [])
    return 1 if missed else 0


def ratios(names: list[str], rounds: int) -> list[str]:
    """Run and print these benches; the names of the ratios that are past their limits."""
    if names:
        print(f"{'':29} {'ours':>13} {'theirs':>13} {'ratio':>6}  limit", flush=True)
    missed = []
    for name in names:
        with tempfile.TemporaryDirectory(prefix="newskg-bench-") as work:
            found = BENCHES[name](Path(work), rounds)
            for ratio in [found] if isinstance(found, Ratio) else found:
                print(ratio.line(), flush=True)
                if not ratio.kept():
                    missed.append(ratio.name)
    return missed


if __name__ == "__main__":
    sys.exit(main())
