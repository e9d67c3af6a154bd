"""An endpoint to make mistakes: SPARQL and a graph store over pyoxigraph in memory, on loopback."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, Store

REALM, NONCE = "fake", "0123456789abcdef"


@dataclass(slots=True, kw_only=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    params: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a fault answers instead."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(slots=True, kw_only=True)
class Fake:
    """The endpoint: its graphs, what it was asked, and what it does wrong.

    `fault` sees each request first and may answer it; it may also raise `ConnectionError`, which breaks the
    connection. `auth` is None, basic, digest or bearer, for user ``me``, password or token ``s3cret-w0rd``.
    `graph_store` and `update` say which services there are, `union` whether the default graph is the union,
    `keeps` which triples of those that it is sent, `most_rows` cuts rows as Virtuoso does.
    """

    url: str = ""
    graphs: Store = field(default_factory=Store)
    asked: list[Request] = field(default_factory=list)
    fault: Callable[[Request], Reply | None] = lambda _: None
    auth: str | None = None
    graph_store: bool = True
    update: bool = True
    union: bool = False
    keeps: Callable[[bytes], bytes] = lambda triples: triples
    most_rows: int | None = None
    server: str = "Fake"

    def sent(self, *methods: str) -> list[Request]:
        """The requests with one of these methods to the graph store."""
        return [one for one in self.asked if one.method in methods and one.path == "/store"]


SECRET = "s3cret-w0rd"


@contextmanager
def fake_endpoint() -> Iterator[Fake]:
    """A `Fake` that answers at its `url`."""
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except ConnectionError:
                self.close_connection = True

        def answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            request = Request(
                method=self.command,
                path=parts.path,
                params=parse_qs(parts.query, keep_blank_values=True),
                headers={name.lower(): value for name, value in self.headers.items()},
                body=body,
            )
            fake.asked.append(request)
            reply = fake.fault(request) or _refusal(fake, request) or _reply(fake, request)
            self.send_response_only(reply.status)
            self.send_header("Server", fake.server)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - the names are http.server's

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        fake.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()


def _refusal(fake: Fake, request: Request) -> Reply | None:
    """401 where the request does not say who asks."""
    said = request.headers.get("authorization", "")
    wanted = {
        "basic": "Basic " + base64.b64encode(f"me:{SECRET}".encode()).decode(),
        "bearer": f"Bearer {SECRET}",
    }
    if fake.auth is None or said == wanted.get(fake.auth):
        return None
    if fake.auth == "digest" and _digest_is_right(said, request.method):
        return None
    challenge = f'Digest realm="{REALM}", nonce="{NONCE}", qop="auth", algorithm=MD5'
    asks = {"basic": f'Basic realm="{REALM}"', "digest": challenge, "bearer": "Bearer"}
    return Reply(status=401, headers={"WWW-Authenticate": asks[fake.auth]}, body=f"not {said}".encode())


def _digest_is_right(said: str, method: str) -> bool:
    """RFC 7616 with MD5 and qop auth."""
    if not said.startswith("Digest "):
        return False
    fields = dict(part.strip().split("=", 1) for part in said[7:].split(", "))
    value = {name: text.strip('"') for name, text in fields.items()}

    def md5(text: str) -> str:
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

    one, two = md5(f"me:{REALM}:{SECRET}"), md5(f"{method}:{value['uri']}")
    wanted = md5(f"{one}:{NONCE}:{value['nc']}:{value['cnonce']}:auth:{two}")
    return value["response"] == wanted


def _reply(fake: Fake, request: Request) -> Reply:
    """What a server without faults answers."""
    if request.path == "/query" and request.method == "POST":
        form = parse_qs(request.body.decode())
        return _answer(fake, form["query"][0], form.get("default-graph-uri"), form.get("named-graph-uri"))
    if request.path == "/update" and request.method == "POST" and fake.update:
        fake.graphs.update(parse_qs(request.body.decode())["update"][0])
        return Reply(status=204)
    if request.path == "/store" and fake.graph_store:
        return _store(fake, request)
    return Reply(status=404, body=b"no such page")


def _answer(fake: Fake, text: str, default: list[str] | None, named: list[str] | None) -> Reply:
    found = fake.graphs.query(
        text,
        use_default_graph_as_union=fake.union and default is None,
        default_graph=[NamedNode(one) for one in default] if default is not None else None,
        named_graphs=[NamedNode(one) for one in named] if named is not None else None,
    )
    if isinstance(found, QueryTriples):
        written = found.serialize(format=RdfFormat.N_TRIPLES)
        media = "application/n-triples"
    else:
        written = found.serialize(format=QueryResultsFormat.JSON)
        media = "application/sparql-results+json"
    assert written is not None
    headers = {"Content-Type": media}
    if fake.most_rows is not None and media.endswith("json") and b'"bindings"' in written:
        cut = json.loads(written)
        if len(cut["results"]["bindings"]) > fake.most_rows:
            cut["results"]["bindings"] = cut["results"]["bindings"][: fake.most_rows]
            written = json.dumps(cut).encode()
            headers["X-SPARQL-MaxRows"] = str(fake.most_rows)
    return Reply(status=200, headers=headers, body=written)


def _store(fake: Fake, request: Request) -> Reply:
    if "graph" not in request.params:
        return Reply(status=400)
    graph = NamedNode(request.params["graph"][0])
    there = fake.graphs.contains_named_graph(graph)
    if request.method == "GET":
        if not there:
            return Reply(status=404)
        written = fake.graphs.dump(format=RdfFormat.N_TRIPLES, from_graph=graph)
        assert written is not None
        return Reply(status=200, headers={"Content-Type": "application/n-triples"}, body=written)
    if request.method in ("PUT", "DELETE"):
        fake.graphs.remove_graph(graph)
    if request.method != "DELETE":
        fake.graphs.load(fake.keeps(request.body), RdfFormat.N_TRIPLES, to_graph=graph)
    return Reply(status=204)
