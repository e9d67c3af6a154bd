"""Runs commands side by side: their time, their memory, and the ratios that come of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
KG = (sys.executable, "-c", "import sys; from kg.cli.main import main; sys.exit(main())")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process: seconds by the clock, and its peak resident memory in MiB."""

    seconds: float
    peak: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """One line of the result; `low` and `high` are its limits, if any, `note` what else is to be said."""

    name: str
    ours: str
    theirs: str
    value: float
    low: float | None = None
    high: float | None = None
    note: str = ""

    def kept(self) -> bool:
        """Whether the ratio is within its limits."""
        return (self.low is None or self.value >= self.low) and (self.high is None or self.value <= self.high)

    def line(self) -> str:
        """The ratio as one printed line, 80 columns wide at most where it has no note."""
        limit = "-"
        if self.low is not None or self.high is not None:
            limit = f"at least {self.low}" if self.low is not None else f"at most {self.high}"
        line = f"{self.name:29} {self.ours:>13} {self.theirs:>13} {self.value:6.2f}  {limit}"
        return f"{line}, {self.note}" if self.note else line


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


def told(command: Sequence[object]) -> dict[str, Any]:
    """The figures that a command prints as JSON; raises `SystemExit` where it fails."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise SystemExit(f"{command} left with {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def best(ours: Sequence[object], theirs: Sequence[object], rounds: int) -> tuple[float, float]:
    """The shortest time of each of two commands, which take turns."""
    pairs = [(measure(ours).seconds, measure(theirs).seconds) for _ in range(rounds)]
    return min(mine for mine, _ in pairs), min(other for _, other in pairs)
