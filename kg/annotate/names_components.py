"""Adds the components that find who is who to a spaCy pipeline, in their order."""

from __future__ import annotations

from spacy.language import Language

from kg.annotate import repairs, sentences  # noqa: F401 - register kg_repairs and kg_sentences
from kg.annotate.coreference import Coreference
from kg.annotate.groups import Groups
from kg.annotate.kinds import GazetteerLike
from kg.annotate.names import Names
from kg.annotate.titles import TitleFinder

_ORDER = ("kg_repairs", "kg_names", "kg_groups", "kg_titles", "kg_coreference")


def add_entity_components(nlp: Language, gazetteers: GazetteerLike) -> None:
    """Add sentence starts before the parser of `nlp`; repairs, names, groups, titles, coreference
    at its end."""
    nlp.add_pipe("kg_sentences", before="parser" if nlp.has_pipe("parser") else None)
    for name in _ORDER:
        nlp.add_pipe(name)
        component = nlp.get_pipe(name)
        if isinstance(component, Names | Groups | TitleFinder | Coreference):
            component.configure(gazetteers)
