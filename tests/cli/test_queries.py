from __future__ import annotations

import pytest

from kg.cli.main import run
from kg.query.saved import SavedQuery, saved_queries
from kg.resources import queries_dir

QUERIES = saved_queries(queries_dir())


def test_every_saved_query_is_listed_in_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["queries"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [query.name for query in QUERIES]
    assert all(len(line) <= 80 for line in lines)


@pytest.mark.parametrize("found", QUERIES, ids=lambda query: query.name)
def test_one_is_shown_with_parameters_columns_and_sparql(
    found: SavedQuery, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["queries", found.name]) == 0
    printed = capsys.readouterr().out
    head, _, sparql = printed.partition("\nSPARQL\n")
    assert head.startswith(f"{found.name}: {found.summary}\n")
    assert all(len(line) <= 80 for line in head.splitlines())
    for name in (*(one.name for one in found.parameters), *(one.name for one in found.columns)):
        assert f"\n  {name} " in head
    assert sparql.startswith("PREFIX")
    assert sparql.strip() in found.text


def test_a_default_and_a_need_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    run(["queries", "reports"])
    assert "integer, default 2. At least" in " ".join(capsys.readouterr().out.split())
    run(["queries", "events_at"])
    assert "place, required." in " ".join(capsys.readouterr().out.split())


def test_an_unknown_one_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["queries", "timelin"]) == 2
    assert capsys.readouterr().err.startswith("kg: no saved query 'timelin': did you mean timeline")
