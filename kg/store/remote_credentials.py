"""Who asks a server: user and password, or a token; from the environment, never from a command line.

Nothing here is ever printed: the values are left out of `repr`, and `redact` takes them out of what a
server sends back.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from kg.errors import UsageError

USER, PASSWORD, TOKEN = "KG_ENDPOINT_USER", "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_TOKEN"
_HIDDEN = "***"
_KINDS = ("basic", "digest", "bearer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a server is told of the user. `kind` is basic, digest or bearer; None: as the server asks."""

    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    kind: str | None = None

    def __bool__(self) -> bool:
        return self.token is not None or self.user is not None

    def auth(self) -> httpx.Auth | None:
        """The same for the HTTP client; None where there is nothing to say."""
        if self.token is not None and self.kind in (None, "bearer"):
            return _Bearer(self.token)
        if self.user is None:
            return None
        if self.kind == "basic":
            return httpx.BasicAuth(self.user, self.password or "")
        if self.kind == "digest":
            return httpx.DigestAuth(self.user, self.password or "")
        return _AsAsked(self.user, self.password or "")

    def redact(self, text: str) -> str:
        """`text` without the secrets in it."""
        for secret in (self.password, self.token):
            if secret:
                text = text.replace(secret, _HIDDEN)
        return text


def from_environment(
    environ: Mapping[str, str] = os.environ,
    *,
    user: str = USER,
    password: str = PASSWORD,
    token: str = TOKEN,
    kind: str | None = None,
) -> Credentials:
    """The credentials in the environment's variables of these names; an empty one counts as not set.

    Raises `UsageError` where `kind` is none of ours, or a password or token could not be sent.
    """
    if kind is not None and kind not in _KINDS:
        raise UsageError(f"auth {kind!r}: one of {', '.join(_KINDS)}")
    found = {name: environ.get(name) or None for name in (user, password, token)}
    if found[token] is not None and not found[token].isascii():  # type: ignore[union-attr]
        raise UsageError(f"{token}: a bearer token is ASCII")
    return Credentials(user=found[user], password=found[password], token=found[token], kind=kind)


def refuse_secrets(url: str) -> None:
    """Raises `UsageError`, which does not repeat the URL, where a user or a password stands in it, or it is
    no URL."""
    try:
        parts = urlsplit(url)
        secret = "@" in parts.netloc or (
            parts.port is None and ":" in parts.netloc.rstrip(":").rpartition("]")[2]
        )
    except ValueError:  # a port that is none may be a part of a password
        secret = "@" in url
        if not secret:
            raise UsageError("the URL is none: write it as http://HOST:PORT/PATH") from None
    if secret:
        raise UsageError(
            "the URL holds a user or a password: leave it out,"
            f" and set {USER} and {PASSWORD} in the environment"
        )


class _Bearer(httpx.Auth):
    """RFC 6750."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class _AsAsked(httpx.Auth):
    """Says nothing until the server answers 401; then Digest where it takes that, else Basic; and then on
    with every request."""

    def __init__(self, user: str, password: str) -> None:
        self._user, self._password = user, password
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._chosen is None:
            response = yield request
            if response.status_code != 401:
                return
            asked = [one.lower() for one in response.headers.get_list("www-authenticate")]
            digest = any(one.startswith("digest") or ", digest " in one for one in asked)
            kind = httpx.DigestAuth if digest else httpx.BasicAuth
            self._chosen = kind(self._user, self._password)
        yield from self._chosen.auth_flow(request)
