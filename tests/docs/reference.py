"""Write the parts of the README and of ``data/README.md`` that are generated, and the ontology's pages.

    python tests/docs/reference.py [FIGURES [ABLATION]]

The command reference comes from what the commands say of themselves, the table of saved queries from their
headers, and the figures, where a file with them is given, from ``tests/scores/scores.py --markdown``; the
table of what each step adds, in ``data/README.md``, from ``tests/bench/bench.py ablation --markdown``. Each
stands between two markers; ``tests/docs/test_docs.py`` fails where the first two differ.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import ontology_pages

from kg.query.saved import SavedQuery, saved_queries
from kg.resources import queries_dir

README = Path(__file__).resolve().parent.parent.parent / "README.md"
COMMANDS = README.parent / "docs" / "commands.md"
DATA_README = README.parent / "data" / "README.md"
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


def command_reference() -> str:
    """The reference of all commands, in Markdown."""
    top = help_of()
    parts = [f"```text\n{top}\n```"]
    parts += [f"### kg {name}\n\n```text\n{help_of(name)}\n```" for name in commands(top)]
    return "\n\n".join(parts)


def query_table(queries: list[SavedQuery]) -> str:
    """The saved queries, what each answers, and its parameters, in Markdown."""
    rows = ["| query | answers | parameters |", "| --- | --- | --- |"]
    for query in queries:
        parameters = ", ".join(f"`{parameter.name}`" for parameter in query.parameters)
        rows.append(f"| `{query.name}` | {query.summary} | {parameters} |")
    return "\n".join(rows)


def generated() -> dict[Path, dict[str, str]]:
    """The parts that come from the program itself, by page and the name of their markers."""
    return {
        README: {"queries": query_table(list(saved_queries(queries_dir())))},
        COMMANDS: {"commands": command_reference()},
    }


def with_part(readme: str, name: str, written: str) -> str:
    """The page with `written` between the markers of `name`. Raises `ValueError` where they are missing."""
    begin, end = f"<!-- {name}: written by `make docs` -->", f"<!-- end of {name} -->"
    before, found, rest = readme.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"the page lacks the markers {begin} and {end}")
    return f"{before}{begin}\n\n{written}\n\n{end}{after}"


def main(figures: Path | None = None, ablation: Path | None = None) -> None:
    """Rewrite the pages in place."""
    pages = generated()
    if figures:
        pages[README]["figures"] = figures.read_text(encoding="utf-8").strip()
    for path, parts in pages.items():
        text = path.read_text(encoding="utf-8")
        for name, written in parts.items():
            text = with_part(text, name, written)
        path.write_text(text, encoding="utf-8")
    ontology_pages.main()
    if ablation:
        page = DATA_README.read_text(encoding="utf-8")
        table = ablation.read_text(encoding="utf-8").strip()
        DATA_README.write_text(with_part(page, "ablation", table), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
