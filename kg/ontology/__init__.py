"""Reads ``ontology/``: the classes and properties, and what is above what."""

from kg.ontology.reading import Ontology, Term, load_ontology, ontology_turtle

__all__ = ["Ontology", "Term", "load_ontology", "ontology_turtle"]
