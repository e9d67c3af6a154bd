"""The texts of the articles that have gold, by their identifiers, as a build reads them."""

from __future__ import annotations

from pathlib import Path

from kg.documents import read_documents
from kg.documents.text import decode
from kg.errors import KgError, ResourceError


def read_articles(source: Path) -> dict[str, str]:
    """The articles of a file or folder by identifier; in a folder also files without an ending, by name.

    Raises `ResourceError` where there is none, or what a file that cannot be read raises.
    """
    failures: list[KgError] = []
    texts = {each.id: each.text for each in read_documents([source], on_error=failures.append)}
    if source.is_dir():
        for path in sorted(source.iterdir()):
            if path.is_file() and not path.suffix and not path.name.startswith("."):
                texts.setdefault(path.name, decode(path.read_bytes(), str(path)))
    if not texts:
        raise failures[0] if failures else ResourceError(f"{source}: there are no articles in it")
    return texts
