"""The whole way, with the language model: text in, a graph out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, Store

from kg.build import build

pytestmark = pytest.mark.model

ARTICLES = {
    "lima": " date 2021-08-10 Rebels captured Cusco on Monday.\r\n\r\nThe army left the city, “tired”.\n",
    "cusco": "date 2021-08-11\n\nThe rebels left Cusco, the army said. Additional reporting by Ana Ruiz.",
    "quito": "The president of Ecuador met union leaders in Quito.\n\nRead more: Ana Ruiz on Quito",
}
MENTIONS = """
    PREFIX kg: <https://w3id.org/newskg/ontology#>
    PREFIX dcterms: <http://purl.org/dc/terms/>
    PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
    SELECT ?article ?begin ?end ?anchor WHERE { GRAPH ?g {
      ?m kg:inArticle ?a ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?anchor .
      ?a dcterms:identifier ?article } }
"""


def test_the_whole_way(tmp_path: Path) -> None:
    rows = [{"id": name, "text": text} for name, text in ARTICLES.items()]
    graphs = []
    for order in (rows, rows[::-1]):
        source, out = tmp_path / "a.jsonl", tmp_path / "g.nq"
        source.write_text("".join(json.dumps(row) + "\n" for row in order))
        report = build([source], out)
        assert (report.read, report.failures) == (3, ())
        graphs.append(out.read_bytes())
    assert graphs[0] == graphs[1]

    store = Store()
    store.load(path=tmp_path / "g.nq")
    found = [[value.value for value in row if isinstance(value, Literal)] for row in store.query(MENTIONS)]  # type: ignore[union-attr]
    assert {article for article, *_ in found} == set(ARTICLES)
    for article, begin, end, anchor in found:
        assert ARTICLES[article][int(begin) : int(end)] == anchor
    anchors = {anchor for *_, anchor in found}
    assert {"Cusco", "Quito", "captured"} <= anchors
    assert not any("Ruiz" in anchor or "date" in anchor for anchor in anchors)


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    rows = [{"id": f"{name} {n}", "text": text} for n in range(20) for name, text in ARTICLES.items()]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    for jobs in (1, 2):
        report = build([source], tmp_path / f"{jobs}.nq", jobs=jobs)
        assert (report.read, report.failures) == (60, ())
    assert (tmp_path / "1.nq").read_bytes() == (tmp_path / "2.nq").read_bytes()
