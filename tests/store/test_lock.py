from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.store.lock import locked

HOLD = """
import sys
from pathlib import Path
from kg.store.lock import locked
with locked(Path(sys.argv[1])):
    print(flush=True)
    input()
"""


def test_another_process_is_named_until_it_ends(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with (
            pytest.raises(ResourceError, match=rf"another program .* \(process {holder.pid}\): wait until"),
            locked(tmp_path),
        ):
            pass
        holder.kill()
    with locked(tmp_path):
        pass


def test_it_is_given_back_when_something_fails(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="oops"), locked(tmp_path):
        raise ValueError("oops")
    with locked(tmp_path), pytest.raises(ResourceError, match="another program"), locked(tmp_path):
        pass


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="cannot be written to"), locked(tmp_path / "none"):
        pass
