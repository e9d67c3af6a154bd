"""Opens what a user names as a source: an RDF file, a store folder or an endpoint's URL."""

from __future__ import annotations

from pathlib import Path

from kg.store.protocol import Store


def open_source(source: str) -> Store:
    """The graphs of `source`, to be asked: a file is read into memory, a folder and a server are opened.

    Raises `ResourceError` where it cannot be opened.
    """
    if is_endpoint(source):
        from kg.store.remote import open_endpoint

        return open_endpoint(source)
    path = Path(source)
    if path.is_dir():
        from kg.store.embedded import open_folder

        return open_folder(path)
    from kg.store.memory import open_file

    return open_file(path)


def is_endpoint(source: str) -> bool:
    """Whether `source` is an endpoint's URL rather than a path."""
    return source.lower().startswith(("http://", "https://"))
