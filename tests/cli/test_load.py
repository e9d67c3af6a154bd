from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fake_endpoint import SECRET, Fake, Reply, fake_endpoint
from triple_servers import free_port

from kg.cli.main import run

BASE = "https://w3id.org/newskg/id/"
TRIG = f"<{BASE}article/one> {{ <urn:a> <urn:b> 1, 2 }} <{BASE}graph/events> {{ <urn:c> <urn:d> 3 }}"
Kg = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Kg:
    """Runs `kg`, piped, in a folder with a small graph: its exit status, what it printed, what it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("KG_ENDPOINT_USER", "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    Path("graph.trig").write_text(TRIG)

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(list(arguments))
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


@pytest.fixture
def fake() -> Iterator[Fake]:
    with fake_endpoint() as one:
        yield one


def test_what_was_loaded_is_counted_and_can_be_asked(kg: Kg, fake: Fake) -> None:
    found = kg("load", "graph.trig", "--endpoint", fake.url)
    assert found == (0, "", "loaded 2 graphs, 3 triples, verified\n")
    Path("ask.rq").write_text("SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o")
    status, printed, said = kg("query", "ask.rq", "--endpoint", fake.url, "--format", "csv")
    assert (status, printed.split(), said) == (0, ["o", "1", "2", "3"], "")
    assert kg("query", "ask.rq", "--endpoint", fake.url, "--format", "csv", "--limit", "1")[1].split() == [
        "o",
        "1",
    ]


def test_explain_shows_the_query_as_sent_and_where(kg: Kg, fake: Fake) -> None:
    kg("load", "graph.trig", "--endpoint", fake.url)
    Path("ask.rq").write_text("SELECT ?o WHERE { ?s ?p ?o }\n")
    asked = len([one for one in fake.asked if b"SELECT+%3Fo+WHERE+%7B+%3Fs+%3Fp+%3Fo+%7D%0A" in one.body])
    status, printed, said = kg("query", "ask.rq", "--endpoint", fake.url, "--explain")
    assert (status, said) == (0, "")
    assert printed.splitlines() == [
        f"# POST {fake.url}/query",
        f"# with default-graph-uri={BASE}article/one",
        f"# with default-graph-uri={BASE}graph/events",
        "SELECT ?o WHERE { ?s ?p ?o }",
    ]
    assert len([one for one in fake.asked if b"%0A" in one.body]) == asked == 0


def test_what_is_stale_is_said_and_pruned(kg: Kg, fake: Fake) -> None:
    kg("load", "graph.trig", "--endpoint", fake.url)
    Path("graph.trig").write_text(TRIG[TRIG.index("}") + 1 :])
    status, _, said = kg("load", "graph.trig", "--endpoint", fake.url)
    assert status == 0
    assert said.splitlines()[1] == (
        f"1 graph on the server is not in the source ({BASE}article/one): --prune removes it"
    )
    found = kg("load", "graph.trig", "--endpoint", fake.url, "--prune")
    assert found == (0, "", "loaded 1 graph, 1 triple, verified; removed 1 that the source no longer has\n")


def test_the_user_comes_from_the_environment(kg: Kg, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    fake.auth = "digest"
    status, printed, said = kg("load", "graph.trig", "--endpoint", fake.url)
    assert (status, printed) == (3, "")
    assert said.endswith(
        "wants a user (401): set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN,"
        " in the environment\n"
    )
    monkeypatch.setenv("KG_ENDPOINT_USER", "me")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", SECRET)
    assert kg("load", "graph.trig", "--endpoint", fake.url)[0] == 0


def test_or_from_a_prompt_on_a_terminal(kg: Kg, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    fake.auth = "basic"
    answers = iter(["me", SECRET])
    monkeypatch.setattr("kg.cli.load.click.prompt", lambda *_, **__: next(answers))
    monkeypatch.setattr("kg.cli.load._terminal", lambda: True)
    status, _, said = kg("load", "graph.trig", "--endpoint", fake.url)
    assert status == 0
    assert SECRET not in said


def test_no_secret_is_ever_said(
    kg: Kg, fake: Fake, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    for kind in ("basic", "digest", "bearer"):
        fake.auth = kind
        monkeypatch.setenv("KG_ENDPOINT_USER" if kind != "bearer" else "KG_ENDPOINT_TOKEN", SECRET)
        monkeypatch.setenv("KG_ENDPOINT_PASSWORD", SECRET)
        fake.fault = lambda request: Reply(status=500, body=str(request.headers).encode())
        for url in (fake.url, fake.url.replace("//", f"//me:{SECRET}@"), "http://127.0.0.1:1"):
            for command in (("load", "graph.trig"), ("query", "summary")):
                status, printed, said = kg(*command, "--endpoint", url)
                assert status in (2, 3)
                assert SECRET not in printed + said
                assert said.count("\n") == 1
    assert SECRET not in caplog.text
    assert all(SECRET not in path.read_text() for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["graph.trig"], 2, "Missing option '--endpoint'"),
        (["none.trig", "--endpoint", "http://127.0.0.1:1"], 3, "none.trig: no such file"),
        (["graph.trig", "--endpoint", "ours"], 2, "no endpoint called 'ours': give its URL"),
        (["graph.trig", "--endpoint", "http://a@b/"], 2, "the URL holds a user or a password"),
        (["graph.trig", "--endpoint", "FREE"], 3, "does not answer: "),
        (["graph.trig", "--endpoint", "http://127.0.0.1:1", "--timeout", "0"], 2, "--timeout"),
    ],
)
def test_faults_are_one_line_with_the_remedy(arguments: list[str], status: int, message: str, kg: Kg) -> None:
    there = [one.replace("FREE", f"http://127.0.0.1:{free_port()}") for one in arguments]
    found, printed, said = kg("load", *there)
    assert (found, printed) == (status, "")
    assert message in said
    assert said.count("\n") == 1


def test_what_is_not_as_in_the_source_names_the_graph(kg: Kg, fake: Fake) -> None:
    fake.keeps = lambda triples: triples.splitlines(keepends=True)[0]
    status, printed, said = kg("load", "graph.trig", "--endpoint", fake.url)
    assert (status, printed) == (3, "")
    assert f"{BASE}article/one holds 1 triples instead of 2" in said


def test_an_interrupt_says_how_to_go_on(kg: Kg, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.store import remote_writing

    real = remote_writing.ProtocolWriter.replace

    def replace(
        self: remote_writing.ProtocolWriter, graph: str, triples: bytes, /, *, more: bool = False
    ) -> None:
        if "events" in graph:
            raise KeyboardInterrupt
        real(self, graph, triples, more=more)

    monkeypatch.setattr(remote_writing.ProtocolWriter, "replace", replace)
    status, _, said = kg("load", "graph.trig", "--endpoint", fake.url)
    assert (status, said) == (130, "1 of 2 graphs are there: go on with --resume\nkg: interrupted\n")
    monkeypatch.undo()


def test_a_folder_for_the_state_that_cannot_be_written(
    kg: Kg, fake: Fake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    status, _, said = kg("load", "graph.trig", "--endpoint", fake.url)
    assert status == 3
    assert "set XDG_STATE_HOME to a folder that can be written" in said
    assert os.strerror(errno.ENOTDIR) in said
