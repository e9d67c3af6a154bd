"""ASK: saved queries and queries of one's own, of anything that answers SPARQL."""

from kg.calling import make_callable

make_callable(__name__)
