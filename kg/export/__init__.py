"""EXPORT: a graph in the shapes that other tools read; what it tells is asked of it by SPARQL."""

from kg.calling import make_callable

make_callable(__name__)
