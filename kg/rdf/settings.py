"""What the mapping to RDF is told."""

from __future__ import annotations

from dataclasses import dataclass

from kg.config import DEFAULT_BASE_IRI, check_base_iri, program_version


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingSettings:
    """How values become RDF.

    `base_iri` is what our IRIs are minted under. `keep_text` writes each article's text
    (``nif:isString``). `model` is the name and version of the spaCy pipeline that read the articles,
    for the provenance; `program` the version of newskg, the installed one where it is None.

    Raises:
        UsageError: `base_iri` cannot be one.
    """

    base_iri: str = DEFAULT_BASE_IRI
    keep_text: bool = False
    model: str | None = None
    program: str | None = None

    def __post_init__(self) -> None:
        check_base_iri(self.base_iri)

    @property
    def program_version(self) -> str:
        """The version of newskg that the provenance names."""
        return program_version() if self.program is None else self.program
