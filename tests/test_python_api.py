"""newskg from Python: `import kg`, with the behaviour of the command line."""

from __future__ import annotations

import importlib
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import ardan
import pytest

import kg
from kg.cli.main import run
from kg.errors import DataError, KgError, ResourceError, UsageError

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEAVY = {"spacy", "thinc", "numpy", "rdflib", "pyoxigraph", "click", "rich", "yaml", "pyshacl"}


def in_a_new_process(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_importing_it_imports_nothing_heavy() -> None:
    loaded = in_a_new_process("import kg, sys; dir(kg); kg.__doc__; print(*sys.modules)").split()
    assert HEAVY.isdisjoint(loaded)


def test_a_query_never_loads_the_language_model() -> None:
    code = f"import kg, sys; kg.query('captures', {str(ardan.DATA)!r}); print(*sys.modules)"
    assert {"spacy", "thinc", "numpy", "click"}.isdisjoint(in_a_new_process(code).split())


@pytest.mark.parametrize(
    "before",
    [
        "",
        "import kg.build, kg.query.engine, kg.export.writing, kg.api",
        "from kg.query import tokens",
        "from kg import *",
    ],
)
def test_a_name_is_the_same_whatever_was_imported_before(before: str) -> None:
    names = ["build", "query", "export", "open_store", "load", "Source", "KgError"]
    code = f"{before}\nimport kg\nfrom kg import {', '.join(names)}\n"
    code += f"print(all(callable(getattr(kg, name)) and callable(globals()[name]) for name in {names}))"
    assert in_a_new_process(code) == "True"
    assert set(names) <= set(dir(kg))


@pytest.mark.parametrize("name", ["build", "query", "export"])
def test_a_module_that_is_called_is_the_function(name: str) -> None:
    api = importlib.import_module("kg.api")
    module = importlib.import_module(f"kg.{name}")
    assert getattr(kg, name) is module
    assert inspect.signature(module) == inspect.signature(getattr(api, name))
    with pytest.raises(TypeError, match="required positional argument"):
        module()


def test_there_is_nothing_else() -> None:
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'quer'"):
        kg.quer  # type: ignore[attr-defined]  # noqa: B018


def test_submodules_that_are_no_function_stay_modules() -> None:
    code = "import kg, kg.errors; print(kg.errors.KgError is kg.KgError, hasattr(kg, 'annotate'))"
    assert in_a_new_process(code) == "True False"


def test_every_public_function_is_documented_and_typed() -> None:
    api = importlib.import_module("kg.api")
    for name in ("build", "open_store", "query", "load", "export"):
        function = getattr(api, name)
        assert "Raises:" in (function.__doc__ or ""), name
        hints = inspect.signature(function)
        assert hints.return_annotation is not inspect.Signature.empty
        assert all(each.annotation is not inspect.Parameter.empty for each in hints.parameters.values())


def test_the_rows_of_a_saved_query(capsys: pytest.CaptureFixture[str]) -> None:
    rows = kg.query("captures", ardan.DATA, {"place": "Port Ardan", "status": ["Claimed", "Planned"]})
    options = ["--param", "place=Port Ardan", "--param", "status=Claimed", "--param", "status=Planned"]
    assert run(["query", "captures", "--data", str(ardan.DATA), "--format", "json", *options]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(rows.variables) == printed["head"]["vars"]
    assert [
        {name: getattr(row.term(name), "value") for name in rows.variables if row.term(name) is not None}  # noqa: B009
        for row in rows
    ] == [{name: value["value"] for name, value in each.items()} for each in printed["results"]["bindings"]]
    assert len(kg.query("captures", str(ardan.DATA), limit=1)) == 1


def test_a_query_as_text_as_a_file_and_by_name(tmp_path: Path) -> None:
    text = "SELECT ?s WHERE { ?s a <https://w3id.org/newskg/ontology#Person> } ORDER BY ?s"
    path = tmp_path / "people.rq"
    path.write_text(text, encoding="utf-8")
    with kg.open_store(ardan.DATA) as graph:
        described = graph.query("DESCRIBE <https://w3id.org/newskg/id/person/ilo-vant>")
        assert described.variables == ("subject", "predicate", "object") and described
        assert list(graph.query(text)) == list(kg.query(path, ardan.DATA))
        assert [row.s for row in graph.query(path)] == [
            "https://w3id.org/newskg/id/person/ilo-vant",
            "https://w3id.org/newskg/id/person/zoe-ardan",
        ]
        assert len(graph) == len(ardan.Ardan().store)
        assert "https://w3id.org/newskg/id/graph/events" in graph.graphs()
        assert str(ardan.DATA) in repr(graph)


def test_params_are_values() -> None:
    of_day = kg.query("timeline", ardan.DATA, {"from": date(2031, 5, 3), "to": "2031-05-03"})
    assert of_day
    assert not kg.query("timeline", ardan.DATA, {"from": date(2041, 5, 3)})
    assert kg.query("reports", ardan.DATA, {"min": 2})


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: kg.query("captres", ardan.DATA), UsageError, "did you mean captures?"),
        (lambda: kg.query("captures", ardan.DATA, {"plce": "x"}), UsageError, "did you mean 'place'?"),
        (lambda: kg.query("captures", ardan.DATA, {"place": []}), UsageError, "no value for place"),
        (lambda: kg.query("captures", ardan.DATA, {"place": "Nowhere"}), DataError, "Nowhere"),
        (lambda: kg.query("SELECT * { ?s ?p }", ardan.DATA), UsageError, "query, line 1"),
        (lambda: kg.query("DELETE WHERE { ?s ?p ?o }", ardan.DATA), UsageError, "only queries are run"),
        (lambda: kg.query("captures", "none.ttl"), ResourceError, "none.ttl: no such file"),
        (lambda: kg.open_store("none.ttl"), ResourceError, "none.ttl: no such file"),
        (lambda: kg.export(ardan.DATA, "out.pdf"), UsageError, "no format by its ending"),
        (lambda: kg.export(ardan.DATA, "x.ttl", min_confidence="high"), UsageError, "a confidence of high"),
        (lambda: kg.export(ardan.DATA, "x.ttl", types=["Captur"]), UsageError, "did you mean Capture?"),
        (lambda: kg.build([], "out.pdf.csv"), UsageError, "is no ending of a graph"),
        (lambda: kg.build("x", "out.ttl", base_iri="x"), UsageError, "the base IRI 'x'"),
        (lambda: kg.load(ardan.DATA, "http://localhost:9", tries=1), ResourceError, "localhost:9"),
    ],
)
def test_mistakes(call: object, kind: type[KgError], message: str) -> None:
    assert callable(call)
    with pytest.raises(kind) as caught:
        call()
    assert message in str(caught.value)
    assert isinstance(caught.value, kg.KgError)
    assert "\n" not in str(caught.value)


def test_export_as_the_command_line_does(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.trig.gz", tmp_path / "theirs.trig.gz"
    done = kg.export(
        ardan.DATA,
        ours,
        since=date(2031, 5, 1),
        types=["Statement", "Capture"],
        statuses=["asserted", "claimed"],
        min_confidence=0.9,
        sentences=False,
    )
    options = "--since 2031-05-01 --type Statement --type Capture --status asserted --status claimed"
    options += " --min-confidence 0.9 --no-sentences"
    assert run(["export", str(ardan.DATA), "-o", str(theirs), *options.split()]) == 0
    assert ours.read_bytes() == theirs.read_bytes()
    assert done.unit == "quad" and str(done) == f"{done.count} quads"
    with kg.open_store(ours) as graph:
        assert kg.export(graph, tmp_path / "events.csv", format="geojson").unit == "feature"
        assert len(graph) == done.count


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "reports").symlink_to(ROOT / "data" / "reports")
    monkeypatch.chdir(tmp_path)
    yield tmp_path


@pytest.mark.model
def test_the_readme_s_python_runs(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert blocks, "the README shows no Python"
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {"__name__": "readme"})
    assert capsys.readouterr().out.strip()
    assert (reports / "graph.trig").is_file()


def test_build_reports_what_it_leaves_out(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("no JSON\n", encoding="utf-8")
    heard: list[KgError] = []
    report = kg.build(tmp_path / "a.jsonl", tmp_path / "out.ttl", on_failure=heard.append)
    assert report.counts is None and report.failures == tuple(heard) != ()
    assert not (tmp_path / "out.ttl").exists()


def test_decimals_come_as_such() -> None:
    prefix = "PREFIX kg: <https://w3id.org/newskg/ontology#>"
    text = f"{prefix} SELECT ?c {{ ?s a kg:Capture ; kg:confidence ?c }} ORDER BY DESC(?c)"
    assert kg.query(text, ardan.DATA)[0].c == Decimal("0.9")
