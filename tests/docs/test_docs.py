"""The README does not lie: its commands run as written, and its command reference is what `--help` says.

A fenced ``console`` block that follows the comment ``<!-- run -->`` is run, command by command, in one
folder for the whole README, which holds copies of ``data/reports``, ``data/gold`` and
``data/corrections.yaml``. A line that begins with ``$`` is a command, and lines that begin with ``>`` go on
with it; what stands below is its output, where ``...`` stands for anything. A command without output must
only succeed.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import pytest
from reference import README, RUN, commands, generated, query_table, with_part

from kg.query.saved import Parameter, SavedQuery

ROOT = README.parent
BLOCK = re.compile(r"^<!-- run -->\n+```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|#)([^)\s#]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command line, and the output that the README shows below it."""

    line: str
    output: str


def commands_of(block: str) -> list[Command]:
    """The commands of a console block."""
    found = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        first, *rest = part.splitlines()
        more = list(takewhile(lambda line: line.startswith("> "), rest))
        line = "\n".join([first, *(text.removeprefix("> ") for text in more)])
        found.append(Command(line=line, output="\n".join(rest[len(more) :]).strip("\n")))
    return found


def same_output(wanted: str, got: str) -> bool:
    """Whether `got` is what the README shows; ``...`` stands for anything, spaces count once."""
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    return doctest.OutputChecker().check_output(wanted.strip() + "\n", got.strip() + "\n", flags)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as the README's reader has it: the reports, and `kg` on the path."""
    shutil.copytree(ROOT / "data" / "reports", tmp_path / "work" / "data" / "reports")
    shutil.copytree(ROOT / "data" / "gold", tmp_path / "work" / "data" / "gold")
    shutil.copy(ROOT / "data" / "corrections.yaml", tmp_path / "work" / "data")
    script = tmp_path / "bin" / "kg"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{RUN}" "$@"\n')
    script.chmod(0o755)
    return tmp_path / "work"


@pytest.mark.model
def test_readme_commands_run_as_written(folder: Path) -> None:
    path = f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "COLUMNS": "120", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
    blocks = BLOCK.findall(README.read_text(encoding="utf-8"))
    assert blocks, "no console block of the README is marked <!-- run -->"
    for command in (command for block in blocks for command in commands_of(block)):
        done = subprocess.run(
            ["bash", "-c", command.line],
            cwd=folder,
            check=False,
            capture_output=True,
            text=True,
            timeout=300,
            env=environment,
        )
        said = f"$ {command.line}\n{done.stdout}{done.stderr}"
        assert done.returncode == 0, said
        if command.output:
            assert same_output(command.output, done.stdout + done.stderr), (
                f"{said}\nthe README shows\n{command.output}"
            )


def test_generated_parts_are_current() -> None:
    for page, parts in generated().items():
        text = page.read_text(encoding="utf-8")
        for name, written in parts.items():
            assert text == with_part(text, name, written), f"{page.name}: {name} are stale: run 'make docs'"


@pytest.mark.parametrize("name", ["README.md", "docs/commands.md", "data/README.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    missing = [
        link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()
    ]
    assert missing == []


def test_a_console_block_is_read() -> None:
    run = "<!-- run -->\n```console\n$ kg queries\ncaptures\n...\n$ kg build a \\\n>   -o b\n```\n"
    text = f"{run}\n```console\n$ rm\n```\n"
    (block,) = BLOCK.findall(text)
    assert commands_of(block) == [
        Command(line="kg queries", output="captures\n..."),
        Command(line="kg build a \\\n  -o b", output=""),
    ]


def test_output_that_differs_is_seen() -> None:
    assert same_output("read 2, ...", "read 2, failed 0")
    assert not same_output("read 2, failed 0", "read 2, failed 1")


def test_commands_are_read_from_help() -> None:
    options = "Usage: kg\n\nOptions:\n  --help  Show.\n"
    text = f"{options}\nCommands:\n  build    Read\n           more.\n  queries  List.\n"
    assert commands(text) == ["build", "queries"]


def test_a_query_becomes_a_row() -> None:
    query = SavedQuery(name="a", text="", form="SELECT", summary="Who.", parameters=(Parameter(name="org"),))
    assert query_table([query]).splitlines()[-1] == "| `a` | Who. | `org` |"


def test_a_readme_without_markers_is_refused() -> None:
    begin, end = "<!-- queries: written by `make docs` -->", "<!-- end of queries -->"
    assert with_part(f"a {begin} old {end} b", "queries", "new") == f"a {begin}\n\nnew\n\n{end} b"
    with pytest.raises(ValueError, match="lacks the markers"):
        with_part("a", "queries", "new")
