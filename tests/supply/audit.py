"""Asks pip-audit whether a vulnerability is known of what `requirements.lock` installs: `make audit`.

Leaves with 1 where one is. Where pip-audit is not installed, or its data cannot be reached, that is said, and
nothing fails: the gate also runs without the network.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[2] / "requirements.lock"
_COMMAND = ("--no-deps", "--disable-pip", "--format", "json", "--timeout", "5", "--progress-spinner", "off")
_PATIENCE = 120


def verdict(report: dict[str, Any]) -> tuple[int, str]:
    """The exit status and the words for a report of pip-audit, as its JSON."""
    packages = report["dependencies"]
    asked = [package for package in packages if "skip_reason" not in package]
    known = [
        f"{package['name']} {package['version']}: {each['id']}, mended in"
        f" {', '.join(each['fix_versions']) or 'no version'}"
        for package in asked
        for each in package["vulns"]
    ]
    if known:
        return 1, "\n".join([*known, "take newer versions with: make lock LOCK=--upgrade"])
    if not asked:
        return 0, "SKIPPED: not audited, the data of pip-audit cannot be reached"
    left = f"; SKIPPED {len(packages) - len(asked)} of which it knows nothing" if asked != packages else ""
    return 0, f"no vulnerability is known of {len(asked)} packages{left}"


def main() -> int:
    """Asks, and prints the answer."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pip_audit", "-r", str(LOCK), *_COMMAND],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        report = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        print(f"SKIPPED: not audited, pip-audit had no answer within {_PATIENCE} seconds")
        return 0
    except ValueError:
        why = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        print(f"SKIPPED: not audited: {why}")
        return 0
    status, words = verdict(report)
    print(words)
    return status


if __name__ == "__main__":
    sys.exit(main())
