"""What is exported, shown and checked is the same from a file, a store folder and an endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import ardan
import pytest
from fake_endpoint import fake_endpoint
from pyoxigraph import RdfFormat

import kg
from kg.cli.main import run
from kg.grow import import_file


@pytest.fixture
def sources(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The graph of Ardan, under IRIs that are not ours, in three places."""
    file, folder = tmp_path / "ardan.trig", tmp_path / "store"
    text = ardan.DATA.read_text(encoding="utf-8").replace(
        "https://w3id.org/newskg/id/", "https://example.org/"
    )
    file.write_text(text, encoding="utf-8")
    import_file(file, folder)
    with fake_endpoint() as fake:
        fake.graphs.load(text.encode(), RdfFormat.TRIG)
        yield {"file": str(file), "folder": str(folder), "endpoint": fake.url}


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("all.ttl", ""),
        ("all.nq.gz", ""),
        ("all.trig", ""),
        ("all.rdf", ""),
        ("all.jsonld", ""),
        ("events.csv", ""),
        ("events.geojson", "--no-sentences"),
        ("network.graphml", "--type Statement"),
        ("network.gexf", "--since 2031-05-04"),
        ("tables.zip", "--format neo4j"),
        ("some.nq", "--graph https://example.org/article/two --min-confidence 0.9 --no-sentences"),
    ],
)
def test_exports_are_byte_for_byte_the_same(
    name: str, options: str, sources: dict[str, str], tmp_path: Path
) -> None:
    written = {}
    for kind, source in sources.items():
        out = tmp_path / kind / name
        out.parent.mkdir()
        assert run(["export", source, "-o", str(out), *options.split()]) == 0
        written[kind] = out.read_bytes()
    assert written["file"] == written["folder"] == written["endpoint"] != b""


@pytest.mark.parametrize(
    "command", [["show", "Northern League", "{}"], ["show", "Nobody", "{}"], ["validate", "{}"]], ids=" ".join
)
def test_what_is_shown_is_the_same(
    command: list[str], sources: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    shown = {}
    for kind, source in sources.items():
        status = run([word.format(source) for word in command])
        printed = capsys.readouterr()
        shown[kind] = (status, printed.out, printed.err.replace(source, "SOURCE"))
    assert shown["file"] == shown["folder"] == shown["endpoint"]
    assert shown["file"][1] or shown["file"][2]


def test_from_python_too(sources: dict[str, str]) -> None:
    rows = [list(kg.query("captures", source)) for source in sources.values()]
    assert rows[0] == rows[1] == rows[2] != []
