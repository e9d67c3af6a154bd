"""What a user can set for a build, checked once; and what the program calls itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError
from kg.model import PartialDate

DEFAULT_BASE_IRI = "https://w3id.org/newskg/id/"

_BASE_IRI = re.compile(
    r"https?://[^/?#\s]+/(?:[^?]*[/#:])?|(?!https?:)[a-z][a-z0-9+.-]*:[^?]*[/#:]", re.IGNORECASE
)
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How articles are built into a graph.

    `date` dates the articles that carry no date of their own. `model` is an installed spaCy pipeline,
    None for the one that comes along; `lexicon` further event frames, tried before those that come along;
    `gazetteers` are read besides those that come along. `keep_text` writes each article's text.
    Without `merge` each account of an event is an event of its own.

    Raises:
        UsageError: `base_iri` cannot be one.
    """

    base_iri: str = DEFAULT_BASE_IRI
    date: PartialDate | None = None
    model: str | None = None
    gazetteers: tuple[Path, ...] = ()
    lexicon: Path | None = None
    keep_text: bool = False
    merge: bool = True

    def __post_init__(self) -> None:
        check_base_iri(self.base_iri)


def check_base_iri(iri: str) -> str:
    """`iri` as it stands, where IRIs can be minted by writing on behind it (RFC 3987).

    Raises:
        UsageError: it is not absolute, holds what no IRI may hold, or does not end in ``/``, ``#`` or ``:``.
    """
    if bad := _NOT_IN_IRI.search(iri):
        raise UsageError(
            f"the base IRI {iri!r} holds {bad[0]!r}, which no IRI may: leave it out or encode it"
        )
    if _BASE_IRI.fullmatch(iri) and iri.count("#") == iri.endswith("#"):
        return iri
    if _BASE_IRI.fullmatch(iri + "/") and "#" not in iri:
        raise UsageError(f"the base IRI {iri!r} must end in / or #: write {iri}/")
    raise UsageError(
        f"the base IRI {iri!r} is not absolute, or has a query: write one such as {DEFAULT_BASE_IRI}"
    )


def program_version() -> str:
    """The version of newskg that is installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("newskg")
    except PackageNotFoundError:
        return "0+unknown"
