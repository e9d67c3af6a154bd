"""CHECK: a graph against the shapes (SHACL), as a report that a person can act on."""

from kg.validate.engines import fast_engine
from kg.validate.evidence import TextReport, check_texts
from kg.validate.pieces import PieceCheck
from kg.validate.report import InvalidGraphError, Report, Violation
from kg.validate.shapes import validate

__all__ = [
    "InvalidGraphError",
    "PieceCheck",
    "Report",
    "TextReport",
    "Violation",
    "check_texts",
    "fast_engine",
    "validate",
]
