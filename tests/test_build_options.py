from __future__ import annotations

import pytest

from kg.config import DEFAULT_BASE_IRI, BuildOptions, check_base_iri
from kg.errors import UsageError


@pytest.mark.parametrize(
    "iri",
    [
        DEFAULT_BASE_IRI,
        "https://example.org/",
        "http://example.org/id#",
        "http://localhost:8080/a/b/",
        "https://example.org/é/",
        "urn:example:",
        "tag:example.org,2021:",
    ],
)
def test_a_base_iri_is_taken_as_it_stands(iri: str) -> None:
    assert check_base_iri(iri) == iri
    assert BuildOptions(base_iri=iri).base_iri == iri


@pytest.mark.parametrize(
    ("iri", "message"),
    [
        ("", "not absolute"),
        ("example.org/", "not absolute"),
        ("/id/", "not absolute"),
        ("https://", "not absolute"),
        ("https:///id/", "not absolute"),
        ("https://example.org", "must end in / or #: write https://example.org/"),
        ("https://example.org/id", "must end in / or #: write https://example.org/id/"),
        ("https://example.org/?a=/", "has a query"),
        ("https://example.org/a#b/", "not absolute, or has a query"),
        ("https://example.org/my id/", "holds ' '"),
        ("https://example.org/<id>/", "holds '<'"),
    ],
)
def test_what_is_no_base_is_refused_with_the_remedy(iri: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        BuildOptions(base_iri=iri)
    assert message in str(caught.value)
