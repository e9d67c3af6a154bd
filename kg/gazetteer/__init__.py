"""Gazetteers: names of places, bodies, groups and people, and what they stand for."""

from kg.gazetteer.gazetteers import Gazetteers
from kg.gazetteer.tables import Entry, GazetteerError

__all__ = ["Entry", "GazetteerError", "Gazetteers"]
