"""What of a load is done, in a small file that outlives a break.

One line of JSON a graph, with the digest of what was sent, so that a graph that has changed since is sent
again. It lies in ``~/.local/state/newskg`` (or below ``$XDG_STATE_HOME``), one file an endpoint.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import ResourceError, reason


@dataclass(slots=True, kw_only=True)
class LoadState:
    """The graphs that are done: IRI to digest."""

    path: Path
    done: dict[str, str] = field(default_factory=dict)

    def note(self, graph: str, digest: str) -> None:
        """Remember that `graph` was sent whole. Raises `ResourceError` where that cannot be written."""
        self.done[graph] = digest
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps({"graph": graph, "digest": digest}) + "\n")
        except OSError as error:
            raise ResourceError(
                f"{self.path}: {reason(error)}: set XDG_STATE_HOME to a folder that can be written"
            ) from error

    def forget(self) -> None:
        """All is done, or begun again."""
        self.done.clear()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def open_state(query_url: str, environ: Mapping[str, str] = os.environ) -> LoadState:
    """What is known of the last load into the endpoint; a line that was cut by a break does not count."""
    home = environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    name = hashlib.sha256(query_url.encode()).hexdigest()[:16]
    state = LoadState(path=Path(home) / "newskg" / f"load-{name}.jsonl")
    try:
        lines = state.path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return state
    for line in lines:
        with suppress(ValueError, KeyError, TypeError):
            entry = json.loads(line)
            state.done[str(entry["graph"])] = str(entry["digest"])
    return state
