"""A hundred builds with the real language model, each ended by SIGKILL at another moment.

    python tests/bench/kill.py [POINTS]

What `tests/store/test_kill.py` does twenty times with stages of the tests. `bench.py kills` is the
same. Leaves with 1 where a store did not open, held an article in part, or could not be finished.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
POINTS = 100
_ENOUGH = 0.9
"""Of the builds that were to be ended: some are done before."""


def play(points: int) -> tuple[int, list[str]]:
    """How many builds were ended, and what went wrong; tells of each scene on standard error."""
    sys.path.insert(0, str(TESTS / "store"))
    from test_kill import SCRIPT, faults

    ends, found = 0, []
    path = os.pathsep.join([str(TESTS), str(TESTS.parent), *sys.path])
    with tempfile.TemporaryDirectory() as work:
        command = [sys.executable, str(SCRIPT), work, str(points), "--model"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}
        ) as played:
            assert played.stdout is not None
            for line in played.stdout:
                scene = json.loads(line)
                wrong = faults(scene)
                found += wrong
                ends += len(scene["ends"])
                print(
                    f"{scene['scene']:10} killed {len(scene['ends']):3} times, {len(wrong)} faults",
                    file=sys.stderr,
                )
    if played.returncode:
        found.append(f"the scenes ended with status {played.returncode}")
    if ends < points * _ENOUGH:
        found.append(f"only {ends} of {points} builds were ended")
    return ends, found


def main() -> int:
    """Plays the scenes and says what went wrong; the status to leave with."""
    start = time.perf_counter()
    ends, found = play(int(sys.argv[1]) if len(sys.argv) > 1 else POINTS)
    for fault in found:
        print(fault)
    print(f"{ends} ends in {time.perf_counter() - start:.0f} s, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
