"""The layers: which module may import what, held by reading the imports of every module.

A stage never imports its sibling; they meet in `kg.build` and on the command line. Each large library
stays in the layer that was made for it, so that it can be exchanged there and is loaded only there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "kg"

STAGES = frozenset({"documents", "annotate", "resolve", "rdf", "validate", "store", "query", "reason"})
GRAPH_LAYERS = frozenset({"rdf", "store", "query", "validate", "ontology", "reason"})

# A library -> the layers of ours that may import it.
HOMES = {
    "spacy": frozenset({"annotate"}),
    "thinc": frozenset({"annotate"}),
    "rdflib": GRAPH_LAYERS,
    "pyoxigraph": GRAPH_LAYERS | {"gazetteer"},  # which reads SKOS
    "oxrdflib": GRAPH_LAYERS,
    "owlready2": frozenset({"ontology", "reason"}),
    "click": frozenset({"cli"}),
    "rich": frozenset({"cli"}),
}

# The modules that everybody imports -> what they may import of ours.
FOUNDATION = {
    "errors": frozenset[str](),
    "model": frozenset({"errors"}),
    "resources": frozenset({"errors"}),
    "vocabulary": frozenset({"errors"}),
    "atomic": frozenset({"errors"}),
    "config": frozenset({"errors", "model"}),
    "limits": frozenset({"errors"}),
}
NAMED_AFTER_NOTHING = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "shared"})


def imports(tree: ast.AST, package: tuple[str, ...]) -> Iterator[str]:
    """Dotted names that a module of `package` imports, anywhere in it; relative ones made absolute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join((*base, *(node.module.split(".") if node.module else ())))
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def layer_of(dotted: str) -> str:
    """``annotate`` of ``kg.annotate.names``, the empty text of ``kg`` itself."""
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else ""


def may_import(layer: str, other: str) -> bool:
    """Whether a module of our `layer` may import one of our layer `other`."""
    if layer == other:
        return True
    if layer in FOUNDATION:
        return other in FOUNDATION[layer]
    if other in FOUNDATION:
        return True
    if layer in ("cli", "__main__"):
        return True
    if other == "cli" or (other == "build" and layer not in {"build", "api"}):
        return False
    if other == "api":  # what `import kg` offers is for users
        return layer == "__init__"
    if layer in STAGES:
        return other not in STAGES and (other != "gazetteer" or layer in {"annotate", "resolve"})
    if layer in {"gazetteer", "ontology"}:
        return other not in STAGES
    return True


def faults(module: str, source: str) -> list[str]:
    """What `source`, the text of the module `module`, breaks: one line each."""
    tree = ast.parse(source)
    layer = layer_of(module)
    package = tuple(module.split(".")) if module.endswith(".__init__") else tuple(module.split("."))[:-1]
    package = tuple(part for part in package if part != "__init__")
    found = []
    for name in imports(tree, package):
        top = name.split(".")[0]
        if top in HOMES and layer not in HOMES[top]:
            found.append(f"{module} imports {top}, which belongs in {', '.join(sorted(HOMES[top]))}")
        if top == "kg" and not may_import(layer, layer_of(name)):
            found.append(f"{module} imports {name}")
    if layer != "cli":
        found += [
            f"{module}:{node.lineno} calls {ast.unparse(node.func)}: only the command line prints or exits"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and ast.unparse(node.func) in {"print", "exit", "sys.exit", "os._exit"}
        ]
    if NAMED_AFTER_NOTHING.intersection(module.split(".")):
        found.append(f"{module} is named after nothing: name it by its subject")
    return found


def modules() -> list[tuple[str, Path]]:
    """Every module of ours: its dotted name and its file."""
    return [
        (".".join(("kg", *path.relative_to(PACKAGE).with_suffix("").parts)), path)
        for path in sorted(PACKAGE.rglob("*.py"))
    ]


def test_there_are_modules_to_hold() -> None:
    assert {"kg.model", "kg.errors", "kg.annotate.layer"} <= {name for name, _ in modules()}


@pytest.mark.parametrize(
    ("module", "path"), modules(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_layers(module: str, path: Path) -> None:
    assert faults(module, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("module", "path"), modules(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_module_is_one_subject(module: str, path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 500, f"{module} has {lines} lines: split it by subject"


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("kg.resolve.events", "import spacy"),
        ("kg.resolve.events", "def f():\n    from spacy.tokens import Doc"),
        ("kg.annotate.names", "from kg.resolve import linking"),
        ("kg.annotate.names", "from kg import resolve"),
        ("kg.annotate.names", "from ..resolve import linking"),
        ("kg.annotate.__init__", "from ..resolve import linking"),
        ("kg.rdf.mapping", "from kg.gazetteer.index import Index"),
        ("kg.documents.text", "import pyoxigraph as ox"),
        ("kg.build", "import rdflib"),
        ("kg.store.memory", "import click"),
        ("kg.store.memory", "from kg.build import build"),
        ("kg.query.run", "from kg.cli.main import main"),
        ("kg.api", "from kg.cli.main import main"),
        ("kg.query.run", "from kg.api import query"),
        ("kg.model", "from kg.annotate.layer import Layer"),
        ("kg.query.run", "print('done')"),
        ("kg.query.run", "import sys\nsys.exit(1)"),
        ("kg.query.utils", ""),
    ],
)
def test_the_rules_can_fail(module: str, source: str) -> None:
    assert faults(module, source) != []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "kg.annotate.names",
            "from kg.gazetteer.index import Index\nfrom kg.model import Span\nimport spacy",
        ),
        ("kg.annotate.names", "from .layer import Layer"),
        ("kg.annotate.__init__", "from .layer import Layer"),
        (
            "kg.build",
            "from kg.annotate import pipeline\nfrom kg.resolve import events\nfrom kg.rdf import mapping",
        ),
        ("kg.cli.build", "import click\nfrom kg.build import build\nprint('read 4')"),
        ("kg.api", "from kg.build import build\nfrom kg.query import engine"),
        ("kg.rdf.mapping", "import pyoxigraph\nfrom kg.ontology.vocabulary import KG"),
    ],
)
def test_the_rules_let_pass(module: str, source: str) -> None:
    assert faults(module, source) == []
