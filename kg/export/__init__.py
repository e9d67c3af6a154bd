"""EXPORT: a graph in the shapes that other tools read; what it tells is asked of it by SPARQL."""
