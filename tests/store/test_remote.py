from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_endpoint import SECRET, Fake, Reply, Request, fake_endpoint
from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, RdfFormat
from triple_servers import free_port

from kg.errors import KgError, ResourceError, UsageError
from kg.store.opening import open_source
from kg.store.protocol import Store
from kg.store.remote import RemoteStore, open_endpoint
from kg.store.remote_credentials import Credentials
from kg.store.remote_http import UnauthorizedError, UnreachableError

QUADS = b"""
<urn:a> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g:one> .
<urn:a> <urn:p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g:two> .
<urn:a> <urn:p> "3"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:x/graph/runs> .
"""


@pytest.fixture
def fake() -> Iterator[Fake]:
    with fake_endpoint() as one:
        one.graphs.load(QUADS, RdfFormat.N_QUADS)
        yield one


@pytest.fixture
def store(fake: Fake) -> Iterator[RemoteStore]:
    found = open_endpoint(fake.url, timeout=5)
    yield found
    found.close()


def values(store: Store, text: str = "SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o") -> list[str]:
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    return [row[0].value for row in found]


@pytest.mark.parametrize("path", ["", "/", "/query", "/store", "/update"])
def test_the_query_service_is_found_by_any_url_of_the_server(fake: Fake, path: str) -> None:
    store = open_source(fake.url + path)
    assert isinstance(store, RemoteStore)
    assert store.services.query == f"{fake.url}/query"
    assert f"{fake.url}/store" in store.services.graph_stores
    store.close()


def test_a_server_without_sparql_says_what_was_tried(fake: Fake) -> None:
    with pytest.raises(
        ResourceError, match=r"/some/where: no SPARQL service there \(tried /some/where, /some/wh"
    ):
        open_endpoint(f"{fake.url}/some/where")


def test_nobody_answers() -> None:
    with pytest.raises(UnreachableError, match=r"does not answer: .*Connection refused") as caught:
        open_endpoint(f"http://127.0.0.1:{free_port()}")
    assert caught.value.exit_status == 3


@pytest.mark.parametrize("listed", ['["/a"]', '["/a", "/b"]'])
def test_the_datasets_of_a_fuseki_server(fake: Fake, listed: str) -> None:
    names = [f'{{"ds.name": {name}}}' for name in listed.strip("[]").split(", ")]

    def fault(request: Request) -> Reply | None:
        if request.path == "/$/datasets":
            return Reply(status=200, body=f'{{"datasets": [{", ".join(names)}]}}'.encode())
        if request.path == "/a":
            request.path = "/query"
            return None
        return Reply(status=405) if request.path in ("/query", "/") else None

    fake.fault = fault
    if len(names) == 1:
        store = open_endpoint(fake.url)
        assert store.services.query == f"{fake.url}/a"
        assert f"{fake.url}/a/data" in store.services.graph_stores
        store.close()
    else:
        with pytest.raises(ResourceError, match=f"several datasets: give one of {fake.url}/a, {fake.url}/b"):
            open_endpoint(fake.url)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nothing_is_sent_where_a_server_sends_on(fake: Fake, status: int) -> None:
    with fake_endpoint() as other:
        there = other.url.replace("http://", "http://me:word@")
        fake.fault = lambda _: Reply(status=status, headers={"Location": f"{there}/query?token=x"})
        with pytest.raises(ResourceError, match=f"sends on to {other.url}/query: give that URL") as caught:
            open_endpoint(fake.url, credentials=Credentials(token=SECRET))
        assert "word" not in str(caught.value)
        assert other.asked == []


@pytest.mark.parametrize(
    "url",
    ["http://me:s3cret@host/", "http://me:s3/cret@host/", "http://s3cret@host", "http://me:s3cret@[::1]:1/"],
)
def test_a_password_in_a_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError, match="leave it out, and set KG_ENDPOINT_USER and KG") as caught:
        open_endpoint(url)
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://[", "http://host:none/", "http:///path", "http://h\u00f6st\u2028/", "ftp://a/"]
)
def test_no_url_at_all(url: str) -> None:
    with pytest.raises(KgError) as caught:
        open_endpoint(url)
    assert "\n" not in str(caught.value)


def test_a_user_that_the_server_does_not_take(fake: Fake) -> None:
    fake.auth = "basic"
    with pytest.raises(UnauthorizedError, match=r"does not take this user \(401\)") as caught:
        open_endpoint(fake.url, credentials=Credentials(user="me", password="no-word"))
    assert "no-word" not in str(caught.value)


def test_the_default_graph_is_named_graph_by_graph_where_a_server_knows_nothing_else(
    store: RemoteStore,
) -> None:
    assert values(store) == ["1", "2"]
    assert values(store, "SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g") == [
        "urn:g:one",
        "urn:g:two",
    ]


def test_where_it_is_the_union_already_nothing_is_said(fake: Fake, store: RemoteStore) -> None:
    fake.union = True
    fake.graphs.update("DROP GRAPH <urn:x/graph/runs>")
    assert values(store) == ["1", "2"]
    assert b"graph-uri" not in fake.asked[-1].body


def test_the_graph_about_the_runs_is_in_nothing(store: RemoteStore) -> None:
    assert list(store.graphs()) == ["urn:g:one", "urn:g:two"]
    assert len(store) == 2
    stream = io.BytesIO()
    store.dump(stream)
    assert sorted(stream.getvalue().splitlines()) == sorted(QUADS.strip().splitlines()[:2])


def test_triples_without_a_graph_are_one_too(fake: Fake) -> None:
    fake.graphs.update("DROP GRAPH <urn:x/graph/runs>; INSERT DATA { <urn:b> <urn:p> <urn:c> }")
    store = open_endpoint(fake.url)
    assert list(store.graphs()) == [None, "urn:g:one", "urn:g:two"]
    assert len(store) == 3
    fake.graphs.update("DROP NAMED")
    store.refresh()
    assert list(store.graphs()) == [None]
    stream = io.BytesIO()
    store.dump(stream)
    assert stream.getvalue() == b"<urn:b> <urn:p> <urn:c> .\n"
    store.close()


def test_one_graph_as_n_triples(store: RemoteStore) -> None:
    stream = io.BytesIO()
    store.dump(stream, graph="urn:g:two")
    assert stream.getvalue() == b'<urn:a> <urn:p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'


def test_every_form_of_answer(store: RemoteStore) -> None:
    assert isinstance(store.query("ASK { ?s ?p 1 }"), QueryBoolean)
    found = store.query("# CONSTRUCT\nPREFIX u: <urn:x#ASK> CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(found, QueryTriples)
    assert len(list(found)) == 2
    with pytest.raises(SyntaxError):
        store.query("SELECT")


def test_a_list_that_the_server_cuts_is_no_answer(fake: Fake, store: RemoteStore) -> None:
    values(store)
    fake.most_rows = 1
    with pytest.raises(ResourceError, match="gives no more than 1 rows"):
        values(store)


def test_but_its_graphs_are_all_found_in_parts(fake: Fake) -> None:
    more = "".join(f"<urn:a> <urn:p> <urn:o{at}> <urn:g:{at}> .\n" for at in range(25))
    fake.graphs.load(more.encode(), RdfFormat.N_QUADS)
    fake.most_rows = 6
    store = open_endpoint(fake.url)
    assert len(list(store.graphs())) == 27
    store.close()


@pytest.mark.parametrize(("most", "limit", "cut"), [(6, "", True), (40, "", False), (6, "LIMIT 5", False)])
def test_a_graph_that_the_server_cuts_without_a_word_is_no_answer(
    fake: Fake, most: int, limit: str, cut: bool
) -> None:
    more = "".join(f"<urn:a> <urn:p> <urn:o{at}> <urn:g:{at}> .\n" for at in range(25))
    fake.graphs.load(more.encode(), RdfFormat.N_QUADS)
    fake.graphs.update("DROP GRAPH <urn:x/graph/runs>")
    fake.union, fake.most_rows, fake.server = True, most, "Virtuoso/07"
    store = open_endpoint(fake.url)
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }} {limit}"
    if cut:
        with pytest.raises(ResourceError, match="gives no more than 6 rows"):
            store.query(text)
    else:
        assert isinstance(store.query(text), QueryTriples)
    store.close()


def test_an_answer_that_breaks_off_is_no_answer(fake: Fake, store: RemoteStore) -> None:
    values(store)
    whole = b'{"head":{"vars":["o"]},"results":{"bindings":[{"o":{"type":"literal","value":"x"}},{"o":'
    media = {"Content-Type": "application/sparql-results+json"}
    fake.fault = lambda _: Reply(status=200, headers=media, body=whole)
    with pytest.raises(ResourceError, match="the answer broke off"):
        values(store)
    fake.fault = lambda _: Reply(status=200, headers={**media, "Content-Length": "1000"}, body=whole)
    with pytest.raises(ResourceError, match="broke off"):
        values(store)


def test_a_page_instead_of_an_answer(fake: Fake, store: RemoteStore) -> None:
    values(store)
    fake.fault = lambda _: Reply(status=200, headers={"Content-Type": "text/html"}, body=b"<p>Welcome")
    for text in ("SELECT ?o WHERE { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }", "ASK {}"):
        with pytest.raises(ResourceError, match="answers text/html, no "):
            store.query(text)


def test_what_the_server_says_is_one_short_line(fake: Fake, store: RemoteStore) -> None:
    values(store)
    fake.fault = lambda _: Reply(status=500, body=b"line one\nline\x1b[31m two " + b"x" * 1000)
    with pytest.raises(
        ResourceError, match=r"POST is answered with 500: line one line \[31m two x"
    ) as caught:
        store.query("ASK {}")
    assert len(str(caught.value)) < 300
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ('"datatype":"http://www.w3.org/2001/XMLSchema#boolean","value":"1"', "true"),
        ('"datatype":"http://www.w3.org/2001/XMLSchema#boolean","value":"0"', "false"),
        ('"datatype":"http://www.w3.org/2001/XMLSchema#decimal","value":"1.50"', "1.5"),
        ('"datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"007"', "7"),
        ('"datatype":"http://www.w3.org/2001/XMLSchema#gYear","value":"2021"', "2021"),
        ('"value":"007"', "007"),
        (
            '"datatype":"http://www.openlinksw.com/schemas/virtrdf#Geometry","value":'
            '"POINT(55.304298400879 -87.95302)"',
            "POINT(55.3043 -87.95302)",
        ),
        ('"xml:lang":"en","value":"1"', "1"),
    ],
)
def test_terms_in_canonical_form(fake: Fake, store: RemoteStore, given: str, kept: str) -> None:
    values(store)
    body = f'{{"head":{{"vars":["o"]}},"results":{{"bindings":[{{"o":{{"type":"literal",{given}}}}}]}}}}'
    media = {"Content-Type": "application/sparql-results+json"}
    fake.fault = lambda _: Reply(status=200, headers=media, body=body.encode())
    assert values(store) == [kept]


def test_rows_that_become_one_are_one_where_they_are_distinct(fake: Fake, store: RemoteStore) -> None:
    values(store)
    cell = '{"o":{"type":"literal","datatype":"http://www.w3.org/2001/XMLSchema#decimal","value":"%s"}}'
    body = f'{{"head":{{"vars":["o"]}},"results":{{"bindings":[{cell % "1.0"},{cell % "1"}]}}}}'
    media = {"Content-Type": "application/sparql-results+json"}
    fake.fault = lambda _: Reply(status=200, headers=media, body=body.encode())
    assert values(store, "SELECT ?o WHERE { ?s ?p ?o }") == ["1", "1"]
    assert values(store, "# two\nPREFIX a: <urn:b#c>\n select  distinct ?o WHERE { ?s ?p ?o }") == ["1"]


def test_a_name_in_place_of_a_url(fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OUR_TOKEN", SECRET)
    (tmp_path / "newskg").mkdir()
    settings = tmp_path / "newskg" / "endpoints.toml"
    settings.write_text(
        f'[endpoints.ours]\nurl = "{fake.url}"\ntoken-env = "OUR_TOKEN"\ngraph-store = "{fake.url}/gs"\n'
    )
    (tmp_path / "newskg.toml").write_text(
        '[endpoints.ours]\nurl = "http://a/"\n[endpoints.local]\nurl = "http://b/"\n'
    )
    fake.auth = "bearer"
    store = open_endpoint("ours")
    assert values(store) == ["1", "2"]
    assert store.services.graph_stores == (f"{fake.url}/gs",)
    store.close()
    with pytest.raises(UsageError, match="no endpoint called 'our': did you mean ours"):
        open_endpoint("our")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[endpoints.a]\nurl = ''", "endpoints.a.url: "),
        ("[endpoints.a]\npassword = 's3cret'\nurl = 'http://a'", "endpoints.a.password: Extra inputs"),
        ("[endpoints.a]\nurl = 'http://me:s3cret@a'", "endpoints.a: the URL holds a user or a password"),
        ("[endpoints.a]\nurl = 'http://a'\nauth = 'ntlm'", "endpoints.a.auth: "),
        ("endpoints", "no TOML: "),
    ],
)
def test_faults_of_the_configuration_name_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "newskg.toml").write_text(text)
    with pytest.raises(ResourceError, match=r"newskg\.toml: ") as caught:
        open_endpoint("a")
    assert said in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_server_that_keeps_silent(fake: Fake) -> None:
    store = open_endpoint(fake.url, timeout=0.3)
    values(store)
    silent = threading.Event()
    fake.fault = lambda _: Reply(status=200) if silent.wait(5) else None
    with pytest.raises(UnreachableError, match=r"/query: no answer within 0\.3 s: allow more with --timeout"):
        store.query("ASK {}")
    silent.set()
    store.close()


def test_a_query_that_asks_others_is_read_by_the_server_alone(fake: Fake, store: RemoteStore) -> None:
    values(store)
    fake.fault = lambda _: Reply(status=400, body=b"line 1: no such thing")
    with pytest.raises(SyntaxError, match="no such thing"):
        store.query("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } nonsense")
    with pytest.raises(ResourceError, match="no such thing"):
        store.query("ASK { ?s ?p ?o }")
