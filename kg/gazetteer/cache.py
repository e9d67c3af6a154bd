"""Where what is worked out once is kept: the user's cache folder, as the XDG base directories have it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kg.errors import ResourceError


def cache_dir() -> Path:
    """A folder that can be written to: `NEWSKG_CACHE`, else ``newskg`` in `XDG_CACHE_HOME` or ``~/.cache``.

    Where the home cannot be written to it is a folder of this user below the temporary one. Raises
    `ResourceError` where none can be made, or where `NEWSKG_CACHE` names one that cannot.
    """
    told = os.environ.get("NEWSKG_CACHE")
    if told:
        folder = Path(told)
        if _usable(folder):
            return folder
        raise ResourceError(
            f"the folder '{told}' of NEWSKG_CACHE cannot be written to: name another or unset it"
        )
    user = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    candidates = [
        *(base / "newskg" for base in _user_caches()),
        Path(tempfile.gettempdir()) / f"newskg-{user}",
    ]
    for folder in candidates:
        if _usable(folder):
            return folder
    raise ResourceError("no folder for the index of places can be written to: name one in NEWSKG_CACHE")


def _user_caches() -> list[Path]:
    base = os.environ.get("XDG_CACHE_HOME")
    if base and Path(base).is_absolute():
        return [Path(base)]
    try:
        return [Path("~/.cache").expanduser()]
    except RuntimeError:  # nobody's home
        return []


def _usable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)
