"""Write the README's command reference from what the commands say of themselves.

    python tests/docs/reference.py

Replaces what stands between the two markers; ``tests/docs/test_docs.py`` fails where they differ.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent.parent / "README.md"
BEGIN = "<!-- commands: written by `make docs` -->"
END = "<!-- end of commands -->"
RUN = "import sys; from kg.cli.main import main; sys.argv[0] = 'kg'; sys.exit(main())"


def help_of(*command: str) -> str:
    """What `kg COMMAND --help` prints, 80 columns wide and without colour."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=os.environ | {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"},
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())


def commands(help_text: str) -> list[str]:
    """The names of the commands that a help text lists."""
    _, _, listed = help_text.partition("Commands:\n")
    return re.findall(r"^  ([a-z][a-z-]*)\b", listed, re.MULTILINE)


def reference() -> str:
    """The reference of all commands, in Markdown."""
    top = help_of()
    parts = [f"```text\n{top}\n```"]
    parts += [f"### kg {name}\n\n```text\n{help_of(name)}\n```" for name in commands(top)]
    return "\n\n".join(parts)


def with_reference(readme: str, written: str) -> str:
    """The README with `written` between its markers. Raises `ValueError` where they are missing."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"README.md lacks the markers {BEGIN} and {END}")
    return f"{before}{begin}\n\n{written}\n\n{end}{after}"


if __name__ == "__main__":
    README.write_text(with_reference(README.read_text(encoding="utf-8"), reference()), encoding="utf-8")
