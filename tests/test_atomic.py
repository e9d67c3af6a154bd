from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from kg.atomic import replaced
from kg.errors import ResourceError


def test_a_file_is_replaced_when_all_went_well(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    with replaced(target) as stream:
        stream.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_fault_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    with pytest.raises(ValueError, match="broken"), replaced(target) as stream:
        stream.write(b"new")
        raise ValueError("broken")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_packed_bytes_repeat(tmp_path: Path) -> None:
    packed = []
    for name in ("one.csv.gz", "two.CSV.GZ"):
        with replaced(tmp_path / name) as stream:
            stream.write(b"the same")
        packed.append((tmp_path / name).read_bytes())
    assert packed[0] == packed[1]
    assert gzip.decompress(packed[0]) == b"the same"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    target = tmp_path / "none" / "out.csv"
    with (
        pytest.raises(ResourceError, match=r"the folder .*none does not exist: make it first"),
        replaced(target),
    ):
        pass


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="is a folder: name a file in it"), replaced(tmp_path):
        pass


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with replaced(pipe) as stream:
        stream.write(b"through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has it")
def test_a_full_device_is_named() -> None:
    refused = pytest.raises(ResourceError, match=r"/dev/full: cannot be written: No space left")
    with refused, replaced(Path("/dev/full")) as stream:
        stream.write(b"new")


def test_a_full_disk_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused = pytest.raises(ResourceError, match=r"out\.csv: cannot be written: No space left")
    with refused, replaced(tmp_path / "out.csv") as stream:
        stream.write(b"new")
    assert list(tmp_path.iterdir()) == []
