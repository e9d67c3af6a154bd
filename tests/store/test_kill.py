"""SIGKILL at twenty moments of what writes to a store: it opens, holds articles whole, can be finished."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("kill_points.py")
POINTS = 20
_FILES = 6  # newskg.json, the lock, a ledger, what is merged, and two generations

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


def faults(scene: dict[str, Any]) -> list[str]:
    """What is wrong with what was found after each end of a scene."""
    was, will = scene["was"], scene["will"]
    whole: dict[str, set[str]] = {}
    for kept in (was["articles"], will["articles"]):
        for identifier, versions in kept.items():
            whole.setdefault(identifier, set()).update(versions)
    found = []
    for end in scene["ends"]:
        at = f"{scene['scene']}, call {end['call']} of {scene['calls']}: "
        if end["ended"] != -signal.SIGKILL:
            found.append(f"{at}was not ended but left with {end['ended']}")
        if end["gone_on"] is None:
            found.append(f"{at}the store does not open, or the work cannot be done again")
            continue
        after, again, files = end["gone_on"]
        if after["quads"] not in (was["quads"], will["quads"]):
            found.append(f"{at}the graphs are neither those before nor those after")
        for identifier, versions in after["articles"].items():
            if not whole.get(identifier, set()).issuperset(versions):
                found.append(f"{at}{identifier} is not whole")
        if again["quads"] != will["quads"]:
            found.append(f"{at}done again, it is not what it would have been")
        if len(files) > _FILES:
            found.append(f"{at}done again, there is left over {files}")
    return found


def test_the_check_can_fail() -> None:
    was: dict[str, Any] = {"quads": ["a"], "articles": {"one": ["a"]}}
    will: dict[str, Any] = {"quads": ["a", "b"], "articles": {"one": ["a"], "two": ["b"]}}
    scene = {"scene": "s", "calls": 9, "was": was, "will": will}

    def told(ended: int = -signal.SIGKILL, gone_on: Any = (was, will, ["lock"])) -> list[str]:
        return faults({**scene, "ends": [{"call": 1, "ended": ended, "gone_on": gone_on}]})

    assert told() == []
    half: dict[str, Any] = {"quads": ["b"], "articles": {}}
    cut: dict[str, Any] = {**was, "articles": {"two": [""]}}
    for bad in (
        told(ended=0),
        told(gone_on=None),
        told(gone_on=(half, will, [])),
        told(gone_on=(cut, will, [])),
        told(gone_on=(was, was, [])),
        told(gone_on=(was, will, list("abcdefg"))),
    ):
        assert len(bad) == 1


def test_a_store_outlasts_being_killed_at_twenty_moments(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path), str(POINTS)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    scenes = [json.loads(line) for line in done.stdout.splitlines()]
    assert sum(len(scene["ends"]) for scene in scenes) == POINTS
    assert all(scene["calls"] > 200 for scene in scenes)
    assert [fault for scene in scenes for fault in faults(scene)] == []
    changed = [scene for scene in scenes if scene["will"]["quads"] != scene["was"]["quads"]]
    assert len(changed) == len(scenes), "a scene does nothing"
    partly = [
        end
        for scene in scenes
        for end in scene["ends"]
        if set(scene["was"]["articles"]) < set(end["gone_on"][0]["articles"]) < set(scene["will"]["articles"])
    ]
    assert partly, "no end came between two articles"
