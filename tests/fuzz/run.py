"""Fuzzes a target with atheris: `python tests/fuzz/run.py TARGET --seconds 600`; without one, each in turn.

What it learns is kept in out/fuzz/TARGET, from where the next run goes on. An input that breaks a promise
is written beside it, as crash-…: mend the fault and put the input into tests/fuzz/seeds/TARGET.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "out" / "fuzz"
_SLOW = 20
"""Seconds after which one input counts as endless."""
_LONGEST = 20_000


def fuzz(target: str, seconds: int) -> None:
    """Runs until the time is over, or an input breaks the target; ends the process."""
    import atheris

    sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests"), str(ROOT)]
    with atheris.instrument_imports(include=["kg"]):
        import fuzz_targets
    from kg.rdf import line_sort

    line_sort.system_sort.cache_clear()
    os.environ["PATH"] = os.devnull  # no other processes, thousands of times a second

    corpus = KEPT / target
    corpus.mkdir(parents=True, exist_ok=True)
    folders = [str(corpus), *([str(fuzz_targets.SEEDS / target)] if fuzz_targets.seeds(target) else [])]
    words = Path(__file__).parent / f"{target}.dict"
    options = [
        f"-max_total_time={seconds}",
        f"-timeout={_SLOW}",
        f"-max_len={_LONGEST}",
        f"-artifact_prefix={KEPT}/{target}-",
        "-rss_limit_mb=3000",
        *([f"-dict={words}"] if words.exists() else []),
    ]
    atheris.Setup([sys.argv[0], *options, *folders], fuzz_targets.TARGETS[target])
    atheris.Fuzz()


def main() -> int:
    """Fuzzes one target in this process, or all, each in a process of its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(";")[0])
    parser.add_argument("target", nargs="?")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    asked = parser.parse_args()
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("SKIPPED: not fuzzed, atheris is not installed: pip install atheris", file=sys.stderr)
        return 0
    if asked.target is not None:
        fuzz(asked.target, asked.seconds)
        return 0
    names = [path.name for path in sorted((Path(__file__).parent / "seeds").iterdir())]
    command = [sys.executable, __file__, "--seconds", str(asked.seconds)]
    broken = [name for name in names if subprocess.run([*command, name], check=False).returncode]
    print(f"fuzzed {', '.join(names)}" + (f"; BROKEN: {', '.join(broken)}" if broken else ""))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
