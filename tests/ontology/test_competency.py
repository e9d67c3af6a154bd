"""The competency questions: each is answered by its saved query on its graph, with the rows it names."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, ConfigDict
from pyoxigraph import RdfFormat, parse

from kg.cli.main import run
from kg.ontology import load_ontology
from kg.query.saved import saved_queries
from kg.resources import ontology_dir, queries_dir

DATA = Path(__file__).resolve().parent.parent / "data"


class Question(BaseModel):
    """One entry of ``ontology/competency.yaml``. A CONSTRUCT has subject, predicate and object as columns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    terms: list[str]
    query: str
    graph: str
    columns: list[str]
    rows: list[list[str]]
    parameters: dict[str, str] = {}
    more: bool = False


def questions() -> list[Question]:
    """All questions; every value of YAML is read as text."""
    text = (ontology_dir() / "competency.yaml").read_text(encoding="utf-8")
    return [Question.model_validate(each) for each in yaml.load(text, Loader=yaml.BaseLoader)]


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.question)
def test_it_is_answered(asked: Question, capsys: pytest.CaptureFixture[str]) -> None:
    parameters = [f"--param={key}={value}" for key, value in asked.parameters.items()]
    arguments = ["query", asked.query, f"--data={DATA / asked.graph}.trig", *parameters]
    if asked.columns == ["subject", "predicate", "object"]:
        assert run([*arguments, "--format=nt"]) == 0
        found = [
            [str(term).strip("<>") for term in quad.triple]
            for quad in parse(capsys.readouterr().out.encode(), RdfFormat.N_TRIPLES)
        ]
    else:
        assert run([*arguments, "--format=csv"]) == 0
        table = csv.DictReader(io.StringIO(capsys.readouterr().out))
        found = [[row[column] for column in asked.columns] for row in table]
    if asked.more:
        found = [row for row in found if row in asked.rows]
    assert found == asked.rows != []


def test_every_question_is_one_and_its_terms_exist() -> None:
    asked = questions()
    assert len({each.question for each in asked}) == len(asked) >= 20
    assert all(each.question.endswith("?") for each in asked)
    assert {term for each in asked for term in each.terms} <= set(load_ontology().terms)


def test_every_saved_query_answers_one() -> None:
    assert {each.query for each in questions()} == {query.name for query in saved_queries(queries_dir())}
