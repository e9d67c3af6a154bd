"""A hundred builds with the real language model, each ended by SIGKILL at another moment.

    python tests/bench/kill.py [POINTS]

What `tests/store/test_kill.py` does twenty times with stages of the tests. Prints a line for each scene;
leaves with 1 where a store did not open, held an article in part, or could not be finished.
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


def main() -> int:
    """Plays the scenes; the status to leave with."""
    sys.path.insert(0, str(TESTS / "store"))
    from test_kill import SCRIPT, faults

    points = int(sys.argv[1]) if len(sys.argv) > 1 else POINTS
    ends, found, start = 0, [], time.perf_counter()
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
                    flush=True,
                )
    for fault in found:
        print(fault)
    print(f"{ends} ends in {time.perf_counter() - start:.0f} s, {len(found)} faults")
    return 1 if found or played.returncode or ends < points * 0.9 else 0


if __name__ == "__main__":
    sys.exit(main())
