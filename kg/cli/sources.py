"""What a command reads a graph from, as it was typed."""

from __future__ import annotations

from pathlib import Path

from kg.errors import ResourceError


def rdf_file(source: str) -> Path:
    """The path of the RDF file that `source` names.

    Raises `ResourceError` where it is a store folder or an endpoint's URL: they come later.
    """
    path = Path(source)
    if "://" in source or path.is_dir():
        raise ResourceError(f"{source}: stores and endpoints come with a later version: give an RDF file")
    return path
