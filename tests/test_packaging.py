"""What a user installs: the wheel holds the data, the lock holds everything, by hash."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
DATA = {"ontology": "ontology", "queries": "queries", "gazetteer": "data/gazetteer"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, unpacked."""
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (archive,) = out.glob("*.whl")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(out / "site")
    return out / "site"


def test_wheel_holds_the_package(wheel: Path) -> None:
    for path in (ROOT / "kg").rglob("*.py"):
        assert (wheel / path.relative_to(ROOT)).is_file()
    assert (wheel / "kg" / "py.typed").is_file()
    assert {path.name.partition("-")[0] for path in wheel.iterdir()} == {"kg", "newskg"}


@pytest.mark.parametrize(("installed", "checkout"), DATA.items())
def test_wheel_holds_the_data(wheel: Path, installed: str, checkout: str) -> None:
    wanted = {
        path.relative_to(ROOT / checkout)
        for path in (ROOT / checkout).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    folder = wheel / "kg" / "_data" / installed
    assert wanted
    assert {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} == wanted


def test_an_installed_package_finds_its_data_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(wheel)!r}); from kg import resources as r; "
        "print(r.ontology_dir(), r.queries_dir(), r.gazetteer_dir(), sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines() == [str(wheel / "kg" / "_data" / name) for name in DATA]


def locked() -> dict[str, str]:
    """Each locked package and its version."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK, re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


def test_lock_answers_to_the_project() -> None:
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    versions = locked()
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        assert name in versions, f"{name} is not in requirements.lock: run 'make lock'"
        assert requirement.specifier.contains(versions[name]), f"{requirement} is locked as {versions[name]}"


def test_lock_holds_a_hash_for_everything() -> None:
    entries = re.split(r"\n(?=\S)", "\n".join(line for line in LOCK.splitlines() if not line.startswith("#")))
    assert len(entries) > 20
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_lock_names_no_host_and_no_folder_of_this_machine() -> None:
    assert re.findall(r"https?://|file:|--index-url|--extra-index-url|--find-links|@ ", LOCK) == []
    assert str(ROOT) not in LOCK


def test_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert "Version 2.0, January 2004" in text
    assert "9. Accepting Warranty or Additional Liability." in text
    assert "END OF TERMS AND CONDITIONS" in text
