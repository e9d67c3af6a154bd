"""What is installed with newskg is listed, under licences that suit it; what the audit says is understood."""

from __future__ import annotations

import sys

import audit
import licences
import pytest


def test_the_page_is_what_is_installed() -> None:
    found = licences.packages()
    assert {"spacy", "rdflib", "owlready2"} <= {each.name for each in found}
    if sys.version_info[:2] != (3, 11):
        pytest.skip("the page is written with Python 3.11, and others need other packages")
    assert licences.PAGE.read_text(encoding="utf-8") == licences.page(), "write it anew: make licences"


def test_every_licence_is_known_and_none_surprises() -> None:
    found = licences.packages()
    assert [each.name for each in found if each.licence == "not said"] == []
    assert {each.name for each in found if each.strong} == {"unidecode"}, (
        "say in licences.py what it asks for"
    )
    assert {each.name for each in found if each.copyleft} == {"certifi", "owlready2", "tqdm", "unidecode"}


@pytest.mark.parametrize(
    ("licence", "copyleft", "strong"),
    [
        ("GPL-3.0-only", True, True),
        ("GNU General Public License v3 (GPLv3)", True, True),
        ("AGPL-3.0", True, True),
        ("GNU Lesser General Public License v3 or later (LGPLv3+)", True, False),
        ("LGPL-3.0-or-later", True, False),
        ("MPL-2.0 AND MIT", True, False),
        ("Apache-2.0 OR BSD-3-Clause", False, False),
    ],
)
def test_licences_are_told_apart(licence: str, copyleft: bool, strong: bool) -> None:
    package = licences.Package(name="a", version="1", licence=licence, by="newskg")
    assert (package.copyleft, package.strong) == (copyleft, strong)


def test_the_verdict_of_the_audit() -> None:
    fine = {"name": "a", "version": "1", "vulns": []}
    unknown = {"name": "b", "skip_reason": "not found"}
    bad = {"name": "c", "version": "2", "vulns": [{"id": "CVE-1", "fix_versions": ["3"]}]}
    assert audit.verdict({"dependencies": [fine]}) == (0, "no vulnerability is known of 1 packages")
    assert audit.verdict({"dependencies": [fine, unknown]})[1].endswith("SKIPPED 1 of which it knows nothing")
    assert audit.verdict({"dependencies": [unknown]})[1].startswith("SKIPPED")
    status, words = audit.verdict({"dependencies": [fine, unknown, bad]})
    assert status == 1
    assert "c 2: CVE-1, mended in 3" in words
