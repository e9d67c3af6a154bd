"""Mints IRIs (RFC 3987): the only module that does.

What is not a letter, a digit or one of ``-._~`` in an identifier is percent-encoded as UTF-8, so that
every text gives a valid IRI and no two give the same one. Nothing here is a blank node.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.errors import DataError

# What RFC 3987 lets stand in an IRI outside its query, by section 2.2: reserved, unreserved, ucschar.
_UCSCHAR = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"{chr(plane << 16 | (0x1000 if plane == 14 else 0))}-{chr(plane << 16 | 0xFFFD)}"
    for plane in range(1, 15)
)
_FOREIGN_UNSAFE = re.compile(rf"[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%{_UCSCHAR}]|%(?![0-9A-Fa-f]{{2}})")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
_DOTS = re.compile(r"(?<![^/])\.{1,2}(?![^/])")


class Minter:
    """Mints our IRIs under `base`.

    >>> ids = Minter("https://w3id.org/newskg/id/")
    >>> ids.mention("reports/one.txt", "m1")
    'https://w3id.org/newskg/id/article/reports%2Fone.txt#m1'
    >>> ids.entity("geonames/298795")
    'https://w3id.org/newskg/id/geonames/298795'
    """

    __slots__ = ("_separator", "base")

    def __init__(self, base: str) -> None:
        self.base = base
        self._separator = "/" if "#" in base else "#"

    def article(self, identifier: str) -> str:
        """The article with this identifier; also the name of its graph."""
        return f"{self.base}article/{_segment(identifier)}"

    def mention(self, article: str, key: str) -> str:
        """The mention `key` of the article with the identifier `article`."""
        return f"{self.article(article)}{self._separator}{_segment(key)}"

    def post_mention(self, article: str, key: str) -> str:
        """The relation mention that shows a post, where the entity mention `key` stands."""
        return f"{self.article(article)}{self._separator}post/{_segment(key)}"

    def entity(self, identifier: str) -> str:
        """An entity, a position or an event: `identifier` is the part of its IRI below the base."""
        return self.base + _path(identifier)

    def geometry(self, identifier: str) -> str:
        """The geometry of the place with this identifier."""
        return f"{self.entity(identifier)}{self._separator}geometry"

    def graph(self, name: str) -> str:
        """One of our named graphs: ``entities``, ``events``, ``provenance``."""
        return f"{self.base}graph/{_segment(name)}"

    def tool(self, name: str, version: str) -> str:
        """A program or a model in one version."""
        return f"{self.base}tool/{_segment(name)}/{_segment(version)}"

    def reader(self, name: str) -> str:
        """Somebody who made corrections."""
        return f"{self.base}reader/{_segment(name)}"

    def dataset(self) -> str:
        """The graph that a build makes, as a whole."""
        return f"{self.base}dataset"


def foreign(text: str) -> str | None:
    """`text` as an IRI of somebody else's, what may not stand in one encoded; None where it can be none.

    >>> foreign("https://example.org/a b")
    'https://example.org/a%20b'
    >>> foreign("example.org/a")
    """
    text = text.strip()
    if not _ABSOLUTE.match(text):
        return None
    head, mark, rest = text.partition("#")
    iri = _FOREIGN_UNSAFE.sub(_encode, head + mark + rest.replace("#", "%23"))
    try:
        return NamedNode(iri).value
    except ValueError:  # a port that is no number, a host in brackets that is no address
        return None


@lru_cache(maxsize=1 << 14)
def _segment(identifier: str) -> str:
    if not identifier:
        raise DataError("an empty identifier has no IRI: give the article or entity one")
    if identifier in (".", ".."):
        return identifier.replace(".", "%2E")
    return quote(identifier, safe="", errors="surrogatepass")


def _path(identifier: str) -> str:
    """As `_segment`, the slashes kept; a step of dots alone is encoded, so that it is no relative step."""
    if not identifier:
        raise DataError("an empty identifier has no IRI: give the article or entity one")
    encoded = quote(identifier, safe="/", errors="surrogatepass")
    return _DOTS.sub(lambda dots: dots[0].replace(".", "%2E"), encoded)


def _encode(match: re.Match[str]) -> str:
    return quote(match[0], safe="", errors="surrogatepass")
