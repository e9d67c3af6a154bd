"""Where the data that comes with the program lies: the ontology, the saved queries, the gazetteers.

A wheel carries them below the package, in ``kg/_data``; in a checkout they are the folders beside it.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import ResourceError

_PACKAGE = Path(__file__).resolve().parent


def _folder(installed: str, checkout: str) -> Path:
    """The folder `installed` of the wheel's data, else `checkout` of the repository."""
    for folder in (_PACKAGE / "_data" / installed, _PACKAGE.parent / checkout):
        if folder.is_dir():
            return folder
    raise ResourceError(f"the program's data folder '{checkout}' is missing: install newskg again")


def ontology_dir() -> Path:
    """The folder of the ontology, the shapes, the alignments and the event lexicon.

    Raises `ResourceError` where the installation lacks it.
    """
    return _folder("ontology", "ontology")


def queries_dir() -> Path:
    """The folder of the saved queries (``*.rq``).

    Raises `ResourceError` where the installation lacks it.
    """
    return _folder("queries", "queries")


def gazetteer_dir() -> Path:
    """The folder of the gazetteers that the program brings along.

    Raises `ResourceError` where the installation lacks it.
    """
    return _folder("gazetteer", "data/gazetteer")
