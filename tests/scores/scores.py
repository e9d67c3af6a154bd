"""Score what `kg build` makes of the annotated sets in ``../shared``, and hold the floors.

    python tests/scores/scores.py [--errors] [--markdown FILE]

Builds each set in a temporary folder, runs the scorers that lie beside the sets, prints the figures next
to the floors of ``tests/floors.toml``, and leaves with 1 where one is below its floor. Where there is no
``../shared`` it says so and leaves with 0. ``--errors`` prints every miss, ``--markdown`` writes the table of
the README.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared"
FLOORS = ROOT / "tests" / "floors.toml"
KG = (sys.executable, "-c", "import sys; from kg.cli.main import main; sys.exit(main())")

NAMES_ONLY = ("evidence", "mentions", "entities", "linking")
FIGURE = re.compile(r"^(?P<name>\S.*?) +P (?P<p>[\d.]+) +R (?P<r>[\d.]+) +F1 (?P<f1>[\d.]+)", re.MULTILINE)

OF_THE_EVENTS_FOUND = ("arguments", "dates", "status", "sources", "whole events")
ORDER_SLACK, ROUNDED = 0.12, 0.0006

Build = Callable[[Path, Path], None]  # from a source to a graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of one set: precision, recall and F1, each 0 to 1."""

    set: str
    name: str
    p: float
    r: float
    f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSet:
    """A set with gold in the scorer's own form; `figures` are those that its gold is made for, or all."""

    source: Path
    gold: Path
    texts: Path
    figures: tuple[str, ...] | None = None


GOLD_SETS = {
    "five": GoldSet(source=SHARED / "articles", gold=SHARED / "gold", texts=SHARED / "articles"),
    "dev": GoldSet(
        source=SHARED / "dev" / "articles.jsonl",
        gold=SHARED / "dev" / "gold",
        texts=SHARED / "dev" / "articles",
    ),
    "reports": GoldSet(
        source=ROOT / "data" / "reports",
        gold=ROOT / "tests" / "scores" / "reports",
        texts=ROOT / "data" / "reports",
        figures=NAMES_ONLY,
    ),
}
# Public sets, whose texts are prepared first -> their folder below ../shared.
PUBLIC_SETS = {"re3d": "data/re3d", "wikievents": "data/wikievents"}


def run(*command: object) -> str:
    """The standard output of a command; what it says beside goes to our own standard error."""
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    return done.stdout


def build(source: Path, graph: Path) -> None:
    """`kg build`, as a user runs it."""
    run(*KG, "build", source, "-o", graph)


def score_gold(name: str, work: Path, errors: bool, build: Build = build) -> Iterator[Figure]:
    """The figures of a set with gold in the scorer's form, its graph made by `build`."""
    wanted = GOLD_SETS[name]
    graph = work / f"{name}.ttl"
    build(wanted.source, graph)
    score = (sys.executable, SHARED / "score" / "score.py", graph, wanted.gold, wanted.texts)
    if errors:
        print(run(*score, "--errors"))
    found = [
        Figure(set=name, name=figure, p=f["p"], r=f["r"], f1=f["f1"])
        for figure, f in json.loads(run(*score, "--json")).items()
        if wanted.figures is None or figure in wanted.figures
    ]
    ours = json.loads(run(*KG, "evaluate", graph, wanted.gold, wanted.texts, "--format", "json"))
    hold_agreement(found, {each["figure"]: each for each in ours["figures"]})
    yield from found


def hold_agreement(found: Sequence[Figure], ours: dict[str, dict[str, float | None]]) -> None:
    """That `kg evaluate` measures what the scorer does.

    Where several accounts share a trigger and all their arguments, the scorer pairs them with gold in the
    order that its store answers in, `kg evaluate` by their dates: what is said of events may differ by it.

    Raises `SystemExit` where a figure differs by more.
    """
    for figure in found:
        mine = ours.get(figure.name, {})
        slack = ORDER_SLACK if figure.name in OF_THE_EVENTS_FOUND else ROUNDED
        for wanted, got in ((figure.p, "precision"), (figure.r, "recall"), (figure.f1, "f1")):
            if abs(wanted - (mine.get(got) or 0)) > slack:
                said = f"{wanted} by the scorer, {mine.get(got)} by kg evaluate"
                raise SystemExit(f"{figure.set}: {got} of {figure.name} is {said}")


def score_public(name: str, work: Path, build: Build = build) -> Iterator[Figure]:
    """The figures of a public set, its graph made by `build`."""
    folder, scorer = SHARED / PUBLIC_SETS[name], SHARED / "score" / "external.py"
    records, graph = work / f"{name}.jsonl", work / f"{name}.ttl"
    run(sys.executable, scorer, "prepare", name, folder, records)
    build(records, graph)
    for found in FIGURE.finditer(run(sys.executable, scorer, "score", name, folder, graph)):
        p, r, f1 = (float(found[key]) for key in ("p", "r", "f1"))
        yield Figure(set=name, name=found["name"].strip(), p=p, r=r, f1=f1)


def table(figures: list[Figure], floors: dict[str, dict[str, float]]) -> tuple[list[str], list[str]]:
    """The printed lines, and one line for each floor that is not kept."""
    lines = [f"{'set':11} {'figure':24} {'P':>6} {'R':>6} {'F1':>6} {'floor':>6}"]
    broken = []
    for figure in figures:
        floor = floors.get(figure.set, {}).get(figure.name)
        below = floor is not None and figure.f1 < floor
        shown = "" if floor is None else f"{floor:6.3f}"
        lines.append(
            f"{figure.set:11} {figure.name:24} {figure.p:6.3f} {figure.r:6.3f} {figure.f1:6.3f} {shown:>6}"
            + ("  below its floor" if below else "")
        )
        if below:
            broken.append(f"{figure.set}: {figure.name} is {figure.f1:.3f}, its floor is {floor:.3f}")
    measured = {(figure.set, figure.name) for figure in figures}
    broken += [
        f"{name}: {figure} has a floor and was not measured"
        for name, wanted in floors.items()
        for figure in wanted
        if (name, figure) not in measured
    ]
    return lines, broken


def markdown(figures: list[Figure]) -> str:
    """The F1 of each figure, a row a set, in Markdown; the public sets' figures in a table of their own."""
    figures = [figure for figure in figures if figure.name != "evidence"]
    value = {(figure.set, figure.name): f"{figure.f1:.2f}" for figure in figures}
    names = [figure.name for figure in figures if figure.set == next(iter(GOLD_SETS))]
    rows = [f"| set | {' | '.join(names)} |", f"| --- |{' --- |' * len(names)}"]
    rows += [
        f"| {name} | {' | '.join(value.get((name, figure), '') for figure in names)} |" for name in GOLD_SETS
    ]
    rows += ["", "| public set | figure | P | R | F1 |", "| --- | --- | --- | --- | --- |"]
    rows += [
        f"| {figure.set} | {figure.name} | {figure.p:.2f} | {figure.r:.2f} | {figure.f1:.2f} |"
        for figure in figures
        if figure.set in PUBLIC_SETS
    ]
    return "\n".join(rows) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, score, print; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--errors", action="store_true", help="print every miss")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the README's table there")
    wanted = parser.parse_args(arguments)
    if not (SHARED / "score" / "score.py").is_file():
        print("score floors: skipped, the annotated sets are not here (no ../shared)")
        return 0
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="newskg-scores-") as work:
        for name in GOLD_SETS:
            figures += score_gold(name, Path(work), wanted.errors)
        for name in PUBLIC_SETS:
            figures += score_public(name, Path(work))
    lines, broken = table(figures, floors)
    print("\n".join(lines))
    if wanted.markdown:
        wanted.markdown.write_text(markdown(figures), encoding="utf-8")
    if broken:
        print("\n".join(["score floors not kept:", *broken]), file=sys.stderr)
        return 1
    print(f"score floors kept: {sum(map(len, floors.values()))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
