"""Every request to a server goes through here: timeouts, retries, one line for what went wrong.

Redirects are never followed, so that nothing is sent where the user did not point. Temporary faults are
tried again after a pause that doubles (RFC 9110 `Retry-After` where the server says how long).
"""

from __future__ import annotations

import datetime
import io
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit, urlunsplit

import httpx

from kg.config import program_version
from kg.errors import ResourceError
from kg.store.remote_credentials import PASSWORD, TOKEN, USER, Credentials, refuse_secrets

_LOG = logging.getLogger(__name__)
_TEMPORARY = frozenset({429, 502, 503, 504})
_CONNECT_SECONDS = 10.0
_LONGEST = 160
_PIECE = 1 << 16


class UnauthorizedError(ResourceError):
    """The server wants a user, or another one."""


class RefusedError(ResourceError):
    """The server answered, and not as it should: `status` is that of its answer."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class UnreachableError(ResourceError):
    """No answer: no such host, nobody listening, a connection that broke, or too long a wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a request may take in seconds without a byte, how often it is tried, and the pauses."""

    timeout: float = 300.0
    tries: int = 1
    pause: float = 0.5
    longest_pause: float = 30.0


class Client:
    """One HTTP client for a server; not for several threads at once."""

    def __init__(
        self,
        credentials: Credentials,
        patience: Patience,
        *,
        sleep: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.credentials = credentials
        self.patience = patience
        self.server = ""
        """What the server calls itself, by its last answer."""
        self._sleep = sleep
        self._client = httpx.Client(
            auth=credentials.auth(),
            timeout=httpx.Timeout(patience.timeout, connect=min(patience.timeout, _CONNECT_SECONDS)),
            follow_redirects=False,
            headers={"User-Agent": f"newskg/{program_version()}"},
            transport=transport,
        )

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    def send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        tries: int | None = None,
    ) -> httpx.Response:
        """The answer, its body not yet read (close it), if its status is 2xx.

        Raises `UnauthorizedError` (401, 403), `RefusedError` (any other status) and `UnreachableError`,
        after as many tries as `Patience` allows for what is temporary.
        """
        refuse_secrets(url)
        left = self.patience.tries if tries is None else tries
        pause = self.patience.pause
        while True:
            left -= 1
            wait: float | None = None
            try:
                response = self._client.send(
                    self._client.build_request(method, url, params=params, content=content, headers=headers),
                    stream=True,
                )
            except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
                raise ResourceError(
                    f"{shown(url)}: no URL of a server: write it as http://HOST:PORT/…"
                ) from error
            except httpx.HTTPError as error:
                fault: ResourceError = self._unreachable(url, error)
            else:
                self.server = response.headers.get("server", "")
                if response.is_success:
                    return response
                fault = self._refused(method, url, response)
                if response.status_code not in _TEMPORARY:
                    raise fault
                wait = _retry_after(response.headers.get("retry-after"))
            if left <= 0:
                raise fault
            seconds = min(wait if wait is not None else pause, self.patience.longest_pause)
            _LOG.info("%s; again in %.1f s", fault, seconds)
            self._sleep(seconds)
            pause *= 2

    def read(self, method: str, url: str, **options: object) -> bytes:
        """The whole body of the answer; raises as `send` does."""
        response = self.send(method, url, **options)  # type: ignore[arg-type]
        with body(response) as stream:
            return stream.read()

    def _unreachable(self, url: str, error: httpx.HTTPError) -> UnreachableError:
        if isinstance(error, httpx.TimeoutException) and not isinstance(error, httpx.ConnectTimeout):
            return UnreachableError(
                f"{shown(url)}: no answer within {self.patience.timeout:g} s: allow more with --timeout"
            )
        return UnreachableError(
            f"{shown(url)}: does not answer: {self.credentials.redact(_plain(str(error)))}"
        )

    def _refused(self, method: str, url: str, response: httpx.Response) -> ResourceError:
        """The fault that an answer other than 2xx is."""
        status = response.status_code
        with body(response) as stream:
            said = b""
            with suppress(ResourceError):
                said = stream.read(_PIECE)
        if response.has_redirect_location:
            there = shown(str(httpx.URL(url).join(response.headers["location"])))
            return RefusedError(
                f"{shown(url)}: sends on to {there}: give that URL if it is the right one", status
            )
        if status in (401, 403):
            what = "does not take this user" if self.credentials else "wants a user"
            return UnauthorizedError(
                f"{shown(url)}: {what} ({status}): set {USER} and {PASSWORD}, or {TOKEN}, in the environment"
            )
        words = _plain(self.credentials.redact(said.decode("utf-8", "replace")))
        return RefusedError(
            f"{shown(url)}: {method} is answered with {status}{f': {words}' if words else ''}", status
        )


class _Body(io.RawIOBase):
    """The body of an answer as a stream; a connection that breaks in it is an `UnreachableError`."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        self._pieces: Iterator[bytes] = response.iter_bytes(_PIECE)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            while not self._rest:
                self._rest = next(self._pieces)
        except StopIteration:
            return 0
        except httpx.HTTPError as error:
            where = shown(str(self._response.url))
            raise UnreachableError(
                f"{where}: the answer broke off: {_plain(str(error))}: try again"
            ) from error
        count = min(len(view), len(self._rest))
        view[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def close(self) -> None:
        self._response.close()
        super().close()


def body(response: httpx.Response) -> io.BufferedReader:
    """The body of `response` as a stream of bytes; closing it closes the connection."""
    return io.BufferedReader(_Body(response), _PIECE)


def shown(url: str) -> str:
    """`url` as a message may show it: without user, password, parameters and fragment.

    >>> shown("http://me:word@example.org/sparql?key=1")
    'http://example.org/sparql'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return "the URL"
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _plain(text: str) -> str:
    """The first words of what a server said, on one line, without markup."""
    words = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if words.startswith("<"):
        return ""
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"


def _retry_after(value: str | None) -> float | None:
    """Seconds to wait by a `Retry-After` header: a number of seconds or a date."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max((then - datetime.datetime.now(then.tzinfo)).total_seconds(), 0.0)
