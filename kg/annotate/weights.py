"""The weights of the pipeline that comes along, compared with those that newskg was made and measured with.

Their SHA-256 sums are data, in ``weights.sha256``, as `sha256sum` writes them.
"""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

from kg.errors import ResourceError, reason

_KNOWN = "weights.sha256"


def check_weights(folder: Path, pipeline: str) -> None:
    """Raises `ResourceError` where a file of `pipeline`, in `folder`, is missing or is another."""
    listed = resources.files(__package__).joinpath(_KNOWN).read_text(encoding="utf-8")
    for line in listed.splitlines():
        wanted, _, name = line.partition("  ")
        try:
            with (folder / name).open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise ResourceError(f"{folder / name}: cannot be read: {reason(error)}") from error
        if found != wanted:
            raise ResourceError(
                f"{folder / name}: is not the file of {pipeline} that newskg was made with: install it again"
                f" from requirements.lock, or use it as it is with --model {pipeline}"
            )
